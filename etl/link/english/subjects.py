"""Who and where an English sentence speaks of: places that rule, companies that nobody knows.

In: the tokens of one sentence. Out: the same tokens without the places that rule nothing, a subject that nobody knows
made a company. What a place rules, the walk decides.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from etl.catalogue import Catalogue
from etl.link.english.made import word_of
from etl.link.scene import encloses
from etl.link.tokens import BEHIND, WHOLE, Token
from etl.recognise.cues import Cue
from etl.recognise.places import Where

_SEATS = frozenset(("based in", "located in", "headquartered in", "registered in", "situated in"))
_VERBS = frozenset("link total award new share to plan expect grow fall".split())
#: Words that compare: a place behind them in the same clause is the field of a ranking.
_COMPARING = frozenset(
    "than most highest largest biggest first second third fourth fifth ranking ranks ranked leading leads lead led among".split()
) | {"top", "tops", "topping", "the most", "the highest", "the largest", "the biggest"}
_REST_OF = re.compile(r"(?i)\b(?:(?:rest|remainder) of|elsewhere in) \Z")
_ALL_OF = re.compile(
    r"(?i)\b(?:(?:all|the whole|the entirety) of|all|across(?: all of)?|throughout|the wider|greater) \Z"
)
_AS_A_WHOLE = re.compile(
    r"(?i)(?:,? (?:as a whole|in (?:its entirety|total|all)|overall|at large|altogether)\b|-wide\b)"
)
_CONTRASTING = r"(?:by|in) (?:contrast|comparison)"
_CONTRAST_BEHIND, _CONTRAST = re.compile(rf",? {_CONTRASTING}\b"), re.compile(rf"{_CONTRASTING},? \Z")
_LARGER = ("country", "province", "world")
_BEHIND_SUBJECT = ("function", "adjective", "place", "date", "prep", "yoy")
_LEADS = frozenset(("adjective", "function", "prep", "of", "relative", "date", "say", "predicate"))


def all_but_one(found: list[Token], folded: str) -> list[Token]:
    """The rest of Suzhou: of Suzhou the sentences after it may tell; what has a figure here is of nobody we know."""
    out: list[Token] = []
    figures = any(t.kind == "number" for t in found)
    for token in found:
        out.append(token)
        if token.kind != "place" or not _REST_OF.search(folded[max(0, token.start - 24) : token.start]):
            continue
        while len(out) > 1 and (out[-2].kind in ("of", "prep") or _in_rest(out[-2], folded)):
            out.pop(-2)
        out[-1] = replace(token, what=Where("part", "all but one")) if figures else token
    return out


def as_wholes(found: list[Token], folded: str) -> list[Token]:
    """All of Suzhou had 848, Suzhou as a whole: told to measure a part of it."""
    return [
        replace(t, rule=WHOLE)
        if t.kind == "place"
        and t.what.kind == "known"
        and (_ALL_OF.search(folded[max(0, t.start - 24) : t.start]) or _AS_A_WHOLE.match(folded, t.end))
        else t
        for t in found
    ]


def _in_rest(token: Token, folded: str) -> bool:
    return folded[token.start : token.end].lower() in ("the", "rest", "remainder", "elsewhere")


def one_of_many(found: list[Token], folded: str) -> list[Token]:
    """The plant is one of 1,078 industrial enterprises in the district: so many has the district, and not the plant."""
    at = next((n for n, t in enumerate(found) if folded[t.start : t.end].lower() == "one" and n > 1), 0)
    one_of = at and at + 2 < len(found) and found[at + 1].kind == "of" and found[at - 1].kind == "link"
    holder = found[at - 2] if at else found[0]
    if not one_of or holder.kind != "place" or holder.what.kind != "company":
        return found
    clause = [t for t in takewhile(lambda t: t.kind != "mark", found[at + 2 :]) if t.kind not in ("prep", "adjective")]
    if [t.kind for t in clause[:3]] != ["number", "name", "place"]:
        return found
    place = clause[2]
    if place.what.kind not in ("known", "weak", "rank"):
        return found
    return [replace(place, rule="subject") if t is holder else t for t in found if t is not place]


def narrowed(found: list[Token], folded: str, catalogue: Catalogue) -> list[Token]:
    """Staff at AI companies numbered, patents held by the city's listed companies rose: of something that they have."""
    return [
        replace(t, kind="word", what=folded[t.start : t.end])
        if t.kind == "name" and _had(found, n, folded, catalogue)
        else t
        for n, t in enumerate(found)
    ]


def _had(found: list[Token], n: int, folded: str, catalogue: Catalogue) -> bool:
    """Whether a name of things counted is tied to an unknown word before it, as whose something is, and a verb follows."""
    if catalogue.units[catalogue.indicators[found[n].what.options[0][0]].unit].kind != "count":
        return False
    behind = next((t.kind for t in found[n + 1 :] if t.kind not in _BEHIND_SUBJECT), "")
    at = n - 1
    while at > 0 and (
        found[at].kind == "adjective" or (found[at].kind == "place" and "'" in folded[found[at].start : found[at].end])
    ):
        at -= 1
    if behind not in _VERBS or at < 1 or found[at].kind not in ("prep", "from") or word_of(found[at]) == "as":
        return False
    at -= 1
    while at > 0 and found[at].kind in ("award", "predicate", "release", "function", "new"):
        at -= 1
    return found[at].kind in ("word", "grant")


def contrasted(found: list[Token], folded: str) -> list[Token]:
    """Wujiang has 33; Xiangcheng, by contrast, has four: the second place is only held beside what is told of."""
    out = list(found)
    for n, token in enumerate(found):
        if token.kind != "place" or not any(t.kind == "number" for t in found[:n]):
            continue
        if _CONTRAST_BEHIND.match(folded, token.end) or _CONTRAST.search(
            folded[max(0, token.start - 24) : token.start]
        ):
            out[n] = replace(token, rule=BEHIND)
    return out


def inner_places(found: list[Token], catalogue: Catalogue) -> list[Token]:
    """Suzhou in East China's Jiangsu province: the smaller of two places side by side is meant."""
    out: list[Token] = []
    for n, token in enumerate(found):
        if token.kind == "place" and token.what.kind == "based":
            continue
        if token.kind == "place" and n and word_of(found[n - 1]) in ("outside", "beyond", "excluding"):
            out.append(Token("condition", Cue("condition", "如果"), token.start, token.end, "all but a place"))
            continue
        before = next((t for t in reversed(out) if t.kind not in ("prep", "of") and t.what != "，"), token)
        beside = [before, *found[n + 1 : n + 2]]
        if not (token.kind == "place" and any(_lies_in(t, token, catalogue) for t in beside)):
            out.append(token)
    return out


def _lies_in(inner: Token, outer: Token, catalogue: Catalogue) -> bool:
    if inner.kind != "place" or not {inner.what.kind, outer.what.kind} <= {"known", "weak"}:
        return False
    return encloses(outer.what.place, inner.what.place, catalogue)


def unknown_subjects(found: list[Token]) -> list[Token]:
    """Hengtong reported …: a name that nobody knows, before a verb of quantity, is a company."""
    out, opening = list(found), True
    for n, token in enumerate(found):
        if token.kind in ("mark", "and"):
            opening = True
        elif opening and token.kind == "word":
            opening = False
            if _is_company(found, n):
                out[n] = Token("place", Where("company", token.what), token.start, token.end, "unknown subject")
        elif token.kind not in _LEADS:
            opening = False
    return out


def _is_company(found: list[Token], n: int) -> bool:
    """Whether the words from here are a proper name and the subject of a verb of quantity."""
    at = n
    while at < len(found) and found[at].kind == "word":
        at += 1
    run = [token.what for token in found[n:at]]
    while at < len(found) and found[at].kind in ("prep", "place", "function"):
        at += 1
    if at + 2 < len(found) and _relative(found, at) and found[at + 2].kind in _VERBS:
        at += 2  # Bosch, which has two …
    if at == len(found) or found[at].kind not in _VERBS:
        return False
    first = not any(token.kind != "mark" for token in found[:n])
    capital = [word for word in run if word[:1].isupper()]
    return bool(capital) and not (first and len(capital) == 1 and run[0].endswith("s"))


def known_places(found: list[Token]) -> list[Token]:
    """Places that rule nothing are left out: the field of a ranking, those behind an unknown word."""
    out: list[Token] = []
    opening, compared = True, False
    for n, token in enumerate(found):
        if token.kind in ("mark", "and"):
            opening, compared = True, False
        elif token.kind in ("word", "other", "plan", "expect", "grow", "fall"):
            opening = False
        compared = compared or word_of(token) in _COMPARING
        if token.kind == "place" and token.what.kind != "company":
            if _grown_in(found, n) or _larger_behind(found, n):
                out.append(replace(token, rule=BEHIND))
                continue
            ranking = compared and token.what.kind in ("known", "weak", "rank")
            if ranking or not (opening or _near_a_figure(found, n) or _subject(found, n)):
                continue
        out.append(token)
    return out


def _larger_behind(found: list[Token], n: int) -> bool:
    """The number of AI companies in the country had by then topped …: the larger place behind a name has its figure."""
    before = [t.kind for t in found[max(0, n - 2) : n]]
    return found[n].what.kind == "rank" and found[n].what.place in _LARGER and before == ["name", "prep"]


def _subject(found: list[Token], n: int) -> bool:
    """The city's neighbor Wuxi had, the hub of Kunshan was home to: named behind what it is, before its verb."""
    after = next((t.kind for t in found[n + 1 :] if t.kind not in ("adjective", "function")), "")
    if n + 1 < len(found) and _relative(found, n + 1):
        return True  # bustling Kunshan, which …, had
    return after in _VERBS and n > 0 and found[n - 1].kind in ("word", "of")


def organisations(found: list[Token]) -> list[Token]:
    """A university has 12 centers: what organisations have is theirs; elsewhere they are only mentioned."""
    out: list[Token] = []
    for n, token in enumerate(found):
        if token.kind == "place" and token.what.kind == "organisation":
            after = next((t.kind for t in found[n + 1 :] if t.kind != "function"), "")
            kinds = [t.kind for t in found[n + 1 : n + 3]]
            having = (
                kinds[1:] != ["award"]
                and after in ("total", "new", "award")
                and not any(t.kind == "number" for t in found[:n])
            )
            what = Where("company", token.what.place) if having else Cue("function", "")
            out.append(Token("place" if having else "function", what, token.start, token.end, "organisation"))
        else:
            out.append(token)
    return out


def relative_places(found: list[Token]) -> list[Token]:
    """Five are in the park, which has nine more: the place is the subject of what follows."""
    out: list[Token] = []
    if any(t.kind == "place" and t.what.kind == "company" for t in found):
        return found
    for n, token in enumerate(found):
        out.append(token)
        if n and found[n - 1].kind == "place" and _relative(found, n) and _between_numbers(found, n):
            out += [found[n - 1]] if n < 2 or word_of(found[n - 2]) not in _SEATS else []
    return out


def _between_numbers(found: list[Token], n: int) -> bool:
    return all(any(t.kind == "number" for t in side) for side in (found[:n], found[n:]))


def _relative(found: list[Token], n: int) -> bool:
    following = found[n + 1] if n + 1 < len(found) else None
    return found[n].what == "，" and following is not None and word_of(following) in ("which", "where", "whose")


def _near_a_figure(found: list[Token], n: int) -> bool:
    """Whether a place stands before a name or number, or somewhere behind a number."""
    ahead = [t.kind for t in found[n + 1 :] if t.kind not in ("adjective", "function")]
    return ahead[:1] in (["name"], ["number"]) or any(t.kind == "number" for t in found[:n])


def _grown_in(found: list[Token], n: int) -> bool:
    """Rose in Wuxi by 6.5 percent, fell nationwide to 90: a place between the verb and its figure."""
    ahead = [t.kind for t in found[n + 1 :] if t.kind not in ("adjective", "function")]
    grown = any(t.kind in ("grow", "fall") for t in found[max(0, n - 2) : n])
    return grown and ahead[:1] in (["prep"], ["to"]) and ahead[1:2] == ["number"]


def placed_first(found: list[Token]) -> list[Token]:
    """Industrial output in Kunshan came to …: the place is what the sentence is about, as in Kunshan's industrial output."""
    at = next(
        (n for n, t in enumerate(found) if t.kind not in ("mark", "and", "date", "function", "adjective", "of")),
        len(found),
    )
    told = found[at : at + 4]
    kinds = [t.kind for t in told]
    if kinds[:3] not in (["name", "prep", "place"], ["name", "of", "place"]) or kinds[3:] not in [
        [kind] for kind in _VERBS
    ]:
        return found
    place = told[2]
    if (
        place.what.kind not in ("known", "weak")
        or place.rule in (BEHIND, WHOLE)
        or word_of(told[1]) not in ("in", "of", "at")
    ):
        return found
    return [*found[:at], place, told[0], *found[at + 3 :]]

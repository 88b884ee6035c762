"""Who and where an English sentence speaks of: places that rule, companies that nobody knows.

In: the tokens of one sentence. Out: the same tokens without the places that rule nothing, a subject that nobody knows
made a company. What a place rules, the walk decides.
"""

from __future__ import annotations

from etl.catalogue import Catalogue
from etl.link.english.made import word_of
from etl.link.tokens import Token
from etl.recognise.places import Where

_VERBS = frozenset("link total award new share to plan expect grow fall".split())
#: Words that compare: a place behind them in the same clause is the field of a ranking.
_COMPARING = frozenset(
    "than most highest largest biggest first second third fourth fifth ranking ranks ranked leading leads lead led among".split()
) | {"top", "tops", "topping", "the most", "the highest", "the largest", "the biggest"}
_LEADS = frozenset(("adjective", "function", "prep", "of", "relative", "date", "say", "predicate"))


def inner_places(found: list[Token], catalogue: Catalogue) -> list[Token]:
    """Suzhou in East China's Jiangsu province: the smaller of two places side by side is meant."""
    out: list[Token] = []
    for n, token in enumerate(found):
        if token.kind == "place" and token.what.kind == "based":
            continue
        before = [t for t in out if t.kind not in ("prep", "of") and t.what != "，"][-1:]
        beside = [*before, *found[n + 1 : n + 2]]
        if not (token.kind == "place" and any(_lies_in(t, token, catalogue) for t in beside)):
            out.append(token)
    return out


def _lies_in(inner: Token, outer: Token, catalogue: Catalogue) -> bool:
    if inner.kind != "place" or not {inner.what.kind, outer.what.kind} <= {"known", "weak"}:
        return False
    at = inner.what.place
    while at in catalogue.places:
        at = catalogue.places[at].within
        if at == outer.what.place:
            return True
    return False


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
            ranking = compared and token.what.kind in ("known", "weak", "rank")
            if ranking or not (opening or _near_a_figure(found, n) or _subject(found, n)):
                continue
        out.append(token)
    return out


def _subject(found: list[Token], n: int) -> bool:
    """The city's neighbor Wuxi had, the hub of Kunshan was home to: named behind what it is, before its verb."""
    after = next((t.kind for t in found[n + 1 :] if t.kind not in ("adjective", "function")), "")
    return after in _VERBS and n > 0 and found[n - 1].kind in ("word", "of")


def _near_a_figure(found: list[Token], n: int) -> bool:
    """Whether a place stands before a name or number, or somewhere behind a number."""
    after = next((t.kind for t in found[n + 1 :] if t.kind not in ("adjective", "function")), "")
    return after in ("name", "number") or any(t.kind == "number" for t in found[:n])

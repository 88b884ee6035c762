"""English tokens cleaned: what cannot be read is a word, what rules nothing is left out.

In: the tokens of one English sentence as they stand. Out: fewer of them, in the same order: a name inside a longer one is
a word, foreign money a bracket; asides and the dates of documents are gone, growth stands behind what has grown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise, takewhile

from etl.catalogue import Catalogue
from etl.link.english import growth
from etl.link.english.made import cue, indicator_of, mark, word_of
from etl.link.english.several import shared
from etl.link.english.subjects import (
    all_but_one,
    contrasted,
    inner_places,
    known_places,
    narrowed,
    one_of_many,
    organisations,
    placed_first,
    relative_places,
    unknown_subjects,
)
from etl.link.tokens import Token
from etl.recognise.english.numbers import COUNT
from etl.recognise.periods import When
from etl.recognise.quantities import NotFigure

_INFINITIVE = re.compile(
    r"(?i)build|create|develop|cultivate|foster|nurture|add|introduce|attract|recruit|establish|gather|host|have|install|launch|open|set up|bring in"
)
_DONE = re.compile(r"(?i)\b(?:helped|went on|gone on|goes on|managed|continued?|able|came|grew|grown) \Z")
_PAPERS = ("plan", "blueprint", "guideline", "guidelines", "document")
_AHEAD = re.compile(r"(?i)looking|going forward|(?:in|for) the year ahead")
_MORE = re.compile(r"(?i)\b(?:another|a further) (?:about |some |around |nearly |over )?\Z")
_GOALS = ("target", "targets", "goal", "goals")
_RAISING = re.compile(
    r"(?i)rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|boost(?:s|ed|ing)?|br(?:ing|ings|ought|inging)|push(?:es|ed|ing)?|t(?:ake|akes|ook|aking)"
)
#: Words that take back all that their clause said before them.
_DENIALS = frozenset(
    "denied denies denying refuted refuting untrue incorrect false inaccurate wrong rumors rumours rumored rumoured fake".split()
)
_PAST = frozenset(
    "attracted built cultivated nurtured recruited created developed fostered opened launched established installed deployed completed".split()
) | {"set up", "rolled out"}
_LEADS = frozenset(("adjective", "function", "prep", "of", "relative", "date", "say", "predicate"))
_ASIDE_OPENS = frozenset(("adjective", "relative", "function", "prep", "word"))
_ASIDE = _LEADS | frozenset(("place", "word", "noun", "release", "link", "new", "award", "total", "and"))


def cleaned(found: list[Token], folded: str, catalogue: Catalogue, published: date | None) -> list[Token]:
    """The tokens of one sentence that can be read and say something."""
    found = _denied(_corrected(_steered(found, folded), folded), folded)
    found = _targets(_ones(_said_before(_planned_again(_billions(found, folded)))), folded)
    found = _timed(found, published)
    found = _sums_aside(_dollars_aside(found))
    found = _averages(_dates_of_documents(found))
    found = contrasted(all_but_one(one_of_many(found, folded), folded), folded)
    found = inner_places(found, catalogue)
    found = [_whole_name(found, n, folded, catalogue) for n in range(len(found))]
    found = _heads(narrowed(found, folded, catalogue), catalogue)
    found = unknown_subjects(found)
    found = _without_asides(found)
    found = _elliptic(found, folded)
    found = relative_places(organisations(known_places(found)))
    found = _raised(placed_first(found), folded)
    return growth.told(_lists(shared(_built_in(found, folded), folded)), catalogue, folded)


# -- what is planned, what comes on top ---------------------------------------------------------------------------------
def _steered(found: list[Token], folded: str) -> list[Token]:
    """Looking ahead, the city expects …: a verb of its own says what the figures are, and not the opening words."""
    ahead = [t for t in found if t.kind == "plan" and _AHEAD.match(folded, t.start)]
    other = any(t.kind in ("plan", "expect") and t not in ahead for t in found)
    return _on_top(_purposes([t for t in found if t not in ahead] if other else found, folded), folded)


def _purposes(found: list[Token], folded: str) -> list[Token]:
    """Adopted a guideline to build 40 centres: what is to be done, unless somebody went on to do it, is planned or nothing."""
    out = list(found)
    for n in range(len(found) - 2, 0, -1):
        token, verb = found[n - 1], found[n]
        if (
            word_of(token) != "to"
            or found[n + 1].kind != "number"
            or not _INFINITIVE.fullmatch(folded, verb.start, verb.end)
        ):
            continue
        planned = any(t.kind in ("plan", "expect") for t in found[:n])
        if planned or _DONE.search(folded[max(0, token.start - 16) : token.start]):
            continue
        if any(t.kind == "date" for t in found[n + 1 :]):
            out.insert(n - 1, cue("plan", "将", token.start))  # agreed to build 40 by 2027
        else:
            out[n + 1] = replace(found[n + 1], kind="other", what=NotFigure("no_date"))
    return out


def _on_top(found: list[Token], folded: str) -> list[Token]:
    """Will have another 20 little giants: as many are added; has another 30 is more than nobody knows what."""
    out: list[Token] = []
    planned = False
    for n, token in enumerate(found):
        planned = planned or token.kind in ("plan", "expect")
        if not _more(found, n, folded):
            out.append(token)
        elif planned or (found[n + 1].kind != "name" and not any(t.kind == "total" for t in found[max(0, n - 3) : n])):
            out += [cue("new", "新增", token.start), token]
        else:
            had = any(t.kind == "total" for t in found[max(0, n - 4) : n])
            out.append(replace(token, kind="other", what=NotFigure("growth")) if had else token)
    return out


def _more(found: list[Token], n: int, folded: str) -> bool:
    """Whether a number is of so many more of a name, with neither a verb of adding nor a place of their own."""
    token, at = found[n], n + 1
    further = at < len(found) and folded[found[at].start : found[at].end].lower() in ("more", "further")
    at += further
    if token.kind != "number" or token.what.unit != COUNT or at >= len(found) or found[at].kind != "name":
        return False
    if further:
        return any(
            t.kind in ("award", "total") for t in found[max(0, n - 3) : n]
        )  # named 27 more national 5G factories
    behind = next((t.kind for t in found[n + 2 :] if t.kind not in ("prep", "date", "link", "predicate")), "mark")
    said = any(t.kind == "new" for t in found[max(0, n - 6) : n])
    return behind != "place" and not said and bool(_MORE.search(folded[max(0, token.start - 24) : token.start]))


# -- what is denied -----------------------------------------------------------------------------------------------------
def _corrected(found: list[Token], folded: str) -> list[Token]:
    """Not 2,800 but 1,800: what follows *but* is put in the place of what was denied."""
    out, denied = list(found), False
    for n, token in enumerate(found):
        denied = token.kind == "refute" or (denied and not (token.kind == "mark" and token.what in "；："))
        if denied and token.kind == "and" and folded[token.start : token.end].lower() == "but":
            number = next((t.kind for t in found[n + 1 :] if t.kind not in ("function", "adjective")), "")
            out[n] = cue("correct", "应为", token.start) if number == "number" else token
    return out


def _denied(found: list[Token], folded: str) -> list[Token]:
    """A report said 2,800, but the bureau denied this: nothing of that clause is a fact; what a colon opens is."""
    out: list[Token] = []
    first = 0
    for n, token in enumerate(found):
        if token.kind == "refute" and folded[token.start : token.end].lower() in _DENIALS:
            out[first:] = [
                replace(t, kind="other", what=NotFigure("not_fact")) if t.kind == "number" else t for t in out[first:]
            ]
        out.append(token)
        if token.kind == "mark" and token.what in "；：":
            first = len(out)
            if any(t.kind == "refute" for t in found[:n]):
                out.append(cue("correct", "应为", token.end))
    return out


def _billions(found: list[Token], folded: str) -> list[Token]:
    """Output was 520 billion yuan; the target is 545 billion: money, as what was told before it in the sentence."""
    out, unit = list(found), ""
    for n, token in enumerate(found):
        if token.kind != "number":
            continue
        if token.what.unit in ("yuan", "CNY", "RMB"):
            unit = token.what.unit
        after = found[n + 1] if n + 1 < len(found) else None
        ends = after is None or after.kind in ("mark", "date", "and", "plan", "expect")
        if unit and ends and token.what.unit == COUNT and folded.endswith(("billion", "trillion"), 0, token.end):
            out[n] = replace(token, what=replace(token.what, unit=unit))
    return out


def _planned_again(found: list[Token]) -> list[Token]:
    """Output is to reach 4.9 trillion yuan in 2025; our forecast is 4.87 trillion: of the same year, where it names none."""
    out: list[Token] = []
    date: Token | None = None
    planned = False
    for n, token in enumerate(found):
        out.append(token)
        planned = planned or token.kind in ("plan", "expect")
        date = token if token.kind == "date" and planned else date
        if token.what != "；" or date is None:
            continue
        clause = [t.kind for t in takewhile(lambda t: t.what != "；", found[n + 1 :])]
        if "date" not in clause and "name" not in clause and {"plan", "expect"} & set(clause):
            out.append(replace(date, start=token.end, end=token.end))
    return out


def _said_before(found: list[Token]) -> list[Token]:
    """That is 8 percent of the total: that is the figure of the sentence before. Of the total, Kunshan …: a part of it."""
    out = list(found)
    first = next((n for n, t in enumerate(found) if t.kind not in ("mark", "and")), len(found))
    if first + 1 < len(found):
        word, following = word_of(found[first]), found[first + 1].kind
        behind = [word_of(t) for t in found[first + 1 : first + 3]]
        if word in ("that", "this") and following in ("link", "share"):
            out[first] = cue("this", "这一数字", found[first].start)
        elif word == "of" and ("这一数字" in behind[:1] or behind[-1] in ("total", "这一数字")):
            out[first] = cue("part", "其中", found[first].start)
    return out


def _targets(found: list[Token], folded: str) -> list[Token]:
    """Short of the 5-trillion-yuan target, reaching 4.9 trillion: only what stands before it was the target."""
    out = list(found)
    for n, token in enumerate(found[1:], 1):
        if token.kind == "plan" and folded[token.start : token.end].lower() in _GOALS and found[n - 1].kind == "number":
            out[n] = replace(cue("function", "target", token.start), end=token.end)
            out[n - 1] = replace(found[n - 1], kind="other", what=NotFigure("no_date"))
    return out


def _ones(found: list[Token]) -> list[Token]:
    """One of them, and one lighthouse factory: a number where it ends a list of what is counted; else nobody's."""
    out = list(found)
    for n, token in enumerate(found):
        if token.kind == "number" and token.rule == "one" and not _counted_one(found, n):
            out[n] = cue("function", "one", token.start)
            out[n] = replace(out[n], end=token.end)
    return out


def _counted_one(found: list[Token], n: int) -> bool:
    at = n + 1
    while at < len(found) and found[at].kind in ("adjective", "new"):
        at += 1
    if at == len(found) or found[at].kind not in ("name", "part"):
        return False
    after = next(
        (t.kind for t in found[at + 1 :] if t.kind not in ("place", "date", "prep", "adjective", "of")), "mark"
    )
    return after in ("mark", "and")


# -- dates ------------------------------------------------------------------------------------------------------------
def _timed(found: list[Token], published: date | None) -> list[Token]:
    """Dates that lean on the publication date, by whether the sentence plans."""
    if published is None:
        return found
    coming = any(t.kind in ("plan", "expect") for t in found)
    return [replace(t, what=_nearest(t.what, published, coming=coming)) if t.kind == "date" else t for t in found]


def _nearest(when: When, published: date, *, coming: bool) -> When:
    """By the end of December, said in February, is last year's; by year-end, said of a plan, is this year's."""
    if when.base != "frame" or when.year:
        return when
    if coming and when.point and when.months is None:
        return replace(when, base="publication")
    if not coming and when.months and when.months[0] > published.month:
        return replace(when, base="publication", year=-1)
    if not coming and when.months and when.until and when.point and not when.day:
        return replace(when, base="publication")  # as of January, said in March: of this year, whatever was told
    return when


def _dates_of_documents(found: list[Token]) -> list[Token]:
    """When a plan was released dates no figure; when 80 centres are to be established does."""
    found = _without_issue(found)
    out: list[Token] = []
    counted = False
    for n, token in enumerate(found):
        counted = token.kind == "number" or (counted and token.kind != "mark")
        if counted or not (token.kind == "date" and n and found[n - 1].kind == "release"):
            out.append(token)
    return out


def _without_issue(found: list[Token]) -> list[Token]:
    """In August, the district issued an action plan under which …: when it did so dates nothing of the plan."""
    opening = list(takewhile(lambda t: t.kind not in ("number", "other"), found))
    issued = next((n for n, t in enumerate(opening) if t.kind == "release"), -1)
    paper = any(word_of(t).endswith(_PAPERS) for t in opening[issued + 1 : issued + 5])
    planned = any(t.kind == "plan" for t in found[issued + 1 :])
    if issued < 0 or not paper or not planned:
        return found
    return [t for n, t in enumerate(found) if n > issued or t.kind != "date"]


def _averages(found: list[Token]) -> list[Token]:
    """The Jiangsu average was 6.5 percent: the figure of the place."""
    return [
        token
        for n, token in enumerate(found)
        if not (
            token.kind == "average"
            and n
            and found[n - 1].kind == "place"
            and n + 1 < len(found)
            and found[n + 1].kind in ("of", "link")
        )
    ]


# -- names ------------------------------------------------------------------------------------------------------------
def _whole_name(found: list[Token], n: int, folded: str, catalogue: Catalogue) -> Token:
    """A name that is only part of a longer one is an unknown word: robotics AI companies, AI company executives."""
    token = found[n]
    if token.kind != "name":
        return token
    before, after = found[n - 1] if n else None, found[n + 1] if n + 1 < len(found) else None
    others = before is not None and before.kind == "noun" and "'" in folded[before.start : token.start]
    longer = (
        others
        or _of_others(found, n)
        or (before is not None and before.kind in ("word", "other"))
        or _of_unknown(found, n, catalogue)
    )
    if after is not None and not token.what.whole and folded[token.end - 1] != "s":
        longer = longer or after.kind in ("word", "noun", "grant") or folded[after.start : after.end] in _GOALS
    return replace(token, kind="word", what=folded[token.start : token.end]) if longer else token


def _of_others(found: list[Token], n: int) -> bool:
    """560 German firms, whose industrial output …: theirs alone."""
    at = n - 1
    while at > 0 and found[at].kind == "adjective":
        at -= 1
    owner = found[at - 2].kind if at > 1 and found[at - 1].what == "，" else found[at - 1].kind if at > 0 else ""
    return word_of(found[at]) == "whose" and owner in ("noun", "word")


def _of_unknown(found: list[Token], n: int, catalogue: Catalogue) -> bool:
    """Exports of high-tech enterprises: something unknown that they have; in output of Kunshan's AI industry, the name's."""
    at = n - 1
    if found[at].kind == "place" and catalogue.units[indicator_of(found[n], catalogue).unit].kind != "count":
        return False
    while at > 0 and found[at].kind in ("adjective", "place"):
        at -= 1
    return at > 0 and found[at].kind == "of" and found[at - 1].kind in ("word", "grant")


def _heads(found: list[Token], catalogue: Catalogue) -> list[Token]:
    """Coverage among industrial enterprises: the first name is meant; a count or sum so narrowed is unknown."""
    out = list(found)
    for n, token in enumerate(found):
        if token.kind != "name" or (inner := _complement(found, n)) is None:
            continue
        if catalogue.units[indicator_of(token, catalogue).unit].kind == "percent":
            out[inner] = replace(found[inner], kind="function", what="")
        else:
            out[n], out[inner] = (replace(found[k], kind="word", what="") for k in (n, inner))
    return out


def _complement(found: list[Token], n: int) -> int | None:
    """The index of a name that a preposition ties to the one here."""
    tied = False
    for m in range(n + 1, len(found)):
        if found[m].kind == "name":
            return m if tied else None
        if found[m].kind not in ("prep", "of", "adjective", "function"):
            return None
        tied = tied or found[m].kind in ("prep", "of")
    return None


def _elliptic(found: list[Token], folded: str) -> list[Token]:
    """Investment in Kunshan rose, and Taicang's fell: the name before it is meant again."""
    out: list[Token] = []
    name: Token | None = None
    for n, token in enumerate(found):
        out.append(token)
        name = token if token.kind == "name" else name
        after = found[n + 1].kind if n + 1 < len(found) else ""
        if token.kind != "place" or name is None or after not in ("grow", "fall", "link", "plan", "expect"):
            continue
        that = [word_of(t) for t in found[max(0, n - 2) : n]] in (["that", "of"], ["those", "of"])
        if that or "'" in folded[token.start : token.end]:
            out.append(replace(name, start=token.end, end=token.end))
    return out


# -- asides -----------------------------------------------------------------------------------------------------------
def _dollars_aside(found: list[Token]) -> list[Token]:
    """Foreign money only says a figure again: a bracket of its own (…, or 667 billion US dollars, …)."""
    out: list[Token] = []
    depth, aside = 0, False
    for token in found:
        if token.kind == "mark":
            depth += (token.what == "（") - (token.what == "）")
        if token.kind == "other" and token.what.reason == "unit" and not depth:
            while out and (out[-1].kind in ("and", "function", "adjective") or out[-1].what == "，"):
                out.pop()
            out += [mark("（", token.start), token, mark("）", token.end)]
            aside = True
            continue
        if not (aside and token.what == "，"):
            out.append(token)
        aside = False
    return out


def _sums_aside(found: list[Token]) -> list[Token]:
    """Investment, at 92 billion yuan, was down 1 percent: one clause, whose date is that of the sum too."""
    dropped: set[int] = set()
    for n in range(len(found) - 3):
        kinds = [(t.kind, word_of(t)) for t in found[n : n + 4]]
        if kinds[1] == ("prep", "at") and kinds[2][0] == "number" and found[n].what == found[n + 3].what == "，":
            dropped |= {n, n + 3}
    return [t for n, t in enumerate(found) if n not in dropped]


def _without_asides(found: list[Token]) -> list[Token]:
    """Words between commas that only explain (…, a key gauge of the economy, …) stand in nobody's way."""
    marks = [n for n, token in enumerate(found) if token.kind == "mark"]
    dropped: set[int] = set()
    for first, last in pairwise(marks):
        if found[first].what == found[last].what == "，" and _explains(found[first + 1 : last]):
            dropped.update(range(first + 1, last))
    return [t for n, t in enumerate(found) if n not in dropped or (t.kind == "place" and t.what.kind == "company")]


def _explains(inner: list[Token]) -> bool:
    return (
        bool(inner)
        and (inner[0].kind in _ASIDE_OPENS or (inner[0].kind == "place" and inner[0].what.kind == "rank"))
        and all(t.kind in _ASIDE for t in inner)
        and (inner[0].kind in ("adjective", "relative") or any(t.kind == "word" for t in inner))
    )


def _lists(found: list[Token]) -> list[Token]:
    """Suzhou, Wuxi and Changzhou had …, respectively: commas between what is listed."""
    if not any(t.kind == "each" for t in found):
        return found
    listed = [t.kind for t in found if t.kind in ("name", "place", "date")]
    if (
        "name" not in listed and listed.count("place") < 2 and listed.count("date") < 2
    ):  # of what, an earlier sentence said
        return [replace(t, kind="other", what=NotFigure("unequal_lists")) if t.kind == "number" else t for t in found]
    out: list[Token] = []
    said = [t for t in found if t.kind not in ("function", "adjective", "prep", "of")]
    around = {id(b): (a.kind, c.kind) for a, b, c in zip(said, said[1:], said[2:], strict=False)}
    for token in found:
        before, after = around.get(id(token), ("", ""))
        if token.what == "，" and before in ("place", "name", "date") and after in (before, "and"):
            out += [] if after == "and" else [mark("、", token.start)]
        else:
            out.append(token)
    return out


def _raised(found: list[Token], folded: str) -> list[Token]:
    """Added 25 factories and raised its computing power to 6 exaflops: what is brought to so much is all there is."""
    out = list(found)
    for n, token in enumerate(found):
        if token.kind == "link" and _RAISING.fullmatch(folded, token.start, token.end):
            behind = [t for t in found[n + 1 :] if t.kind not in ("adjective", "function", "place")]
            told = [t.kind for t in behind[:3]]
            if (
                any(t.kind in ("new", "award") for t in found[:n])
                and told[:1] == ["name"]
                and told[1:2] in (["prep"], ["from"], ["to"])
            ):
                out[n] = replace(cue("total", "累计", token.start), end=token.end)
    return out


def _object(found: list[Token], n: int) -> bool:
    """Whether a number follows the verb at once."""
    after = next((t.kind for t in found[n + 1 :] if t.kind not in ("adjective", "function")), "")
    return found[n].kind in ("total", "release", "link") and after == "number"


def _built_in(found: list[Token], folded: str) -> list[Token]:
    """Attracted 212 companies in 2025: what was done within a year is new in it; what has been done is all there is."""
    years = [t for t in found if t.kind == "date" and t.what.base in ("absolute", "publication")]
    if not any(not t.what.point and not t.what.until and not t.what.day for t in years) or any(
        t.what.point for t in years
    ):
        return found
    out = list(found)
    for n, token in enumerate(found):
        before = next((t for t in reversed(found[:n]) if t.kind != "function"), token)
        if (
            _object(found, n)
            and folded[token.start : token.end].lower() in _PAST
            and before.kind in ("place", "date", "mark", "and")
        ):
            out[n] = cue("new", "新增", token.start)
            out[n] = replace(out[n], end=token.end)
    return out

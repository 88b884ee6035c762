"""Appositions between commas that only explain: Kunshan, home to many Taiwanese makers, …; the park, set up in 1994, has ….

In: the tokens of one English sentence as they stand. Out: the same without the appositions that hold no figure: what they
name, places and years among it, rules nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from etl.link.english.made import MONEY, mark, word_of
from etl.link.tokens import Token
from etl.recognise.periods import When
from etl.recognise.quantities import NotFigure

_HOLDERS = frozenset(("place", "name", "noun"))
#: With what an apposition opens: an article, a participle, *home to*, *long known as*, *which*.
_OPENS = frozenset(("adjective", "release", "total", "word", "predicate", "award", "prep", "function", "noun"))
#: From what revenue on an industrial enterprise is above designated size.
_LARGE = 20_000_000
_THRESHOLD = re.compile(
    r"(?i),? ?(?:each )?(?:with|having|whose|of) (?:an? )?(?:annual |yearly )(?:main |core |principal |primary )?(?:business |operating )?(?:revenues?|turnovers?|sales|income)"
    r"(?: from (?:their )?(?:main |principal )?(?:business(?:es)?|operations))? (?:of|is|exceeding|above|over|topping|from|reaching|that exceeds)? ?\Z"
)
_OR_MORE = re.compile(r"(?i)(?: ?\([^()]{0,40}\))?(?: (?:or|and) (?:more|above|higher|over))?(?: each)?,?")
_DASHES = ("—", "–", "-", "--", "——")
_TELLING = frozenset("number mark name other grow fall plan expect and refute".split())
_LABELS = (
    "label",
    "labels",
    "term",
    "terms",
    "title",
    "tag",
    "name",
    "designation",
    "moniker",
    "category",
    "accolade",
    "status",
)
_TIMES = ("年", "个月", "天", "小时", "分钟", "周")
_ARTICLES = ("a", "an", "the", "one")
_VERBS = frozenset("link total new award grow fall to plan expect share predicate say".split())


def bracketed(found: list[Token], folded: str) -> list[Token]:
    """Suzhou hopes to have 3,000 — it counted 2,640 last year — and …: what stands between two dashes is a bracket.

    So is what *which* tells of a name before its verb: Computing power, which stood at 8 exaflops in 2024, is to ….
    What a bracket dates for itself, (2024: 5.61%), is no part of the plan before it: a clause of its own.
    """
    if _heads(found):
        return [token for token in found if token.kind != "mark" or token.what not in "（）"]
    found = _when(_dated_name(_without_threshold(found, folded)))
    dashes = [n for n, t in enumerate(found) if t.what == "，" and folded[t.start : t.end].strip() in _DASHES]
    signs = dict(zip(dashes, "（）", strict=True)) if len(dashes) == 2 and dashes[1] > dashes[0] + 1 else {}
    found = found if signs else _unnamed(found)
    signs |= {} if signs else _relative(found)
    signs |= _current(found)
    out: list[Token] = []
    for n, token in enumerate(found):
        out.append(replace(token, what=signs[n]) if n in signs else token)
        if out[-1].what == "（" and _dates_itself(found[n + 1 :]):
            out.append(mark("，", token.end))
    return out


def _current(found: list[Token]) -> dict[int, str]:
    """Its computing capacity, currently 3,500 petaflops, …: what there is now, told aside of what is planned."""
    signs: dict[int, str] = {}
    for n, token in enumerate(found[:-4]):
        now = isinstance(found[n + 1].what, When) and found[n + 1].what.base == "now"
        if token.what == "，" and now and found[n + 2].kind == "number" and found[n + 3].what == "，":
            signs |= {n: "（", n + 3: "）"}
    return signs


def _without_threshold(found: list[Token], folded: str) -> list[Token]:
    """Industrial enterprises with annual revenue of at least 20 million yuan: what makes them large is no figure."""
    out = found
    for number in [t for t in found if t.kind == "number" and t.what.unit in MONEY]:
        lead = _THRESHOLD.search(folded[max(0, number.start - 100) : number.start])
        if lead is None or number.what.value != _LARGE:
            continue
        behind = _OR_MORE.match(folded, number.end)
        first, last = number.start - len(lead[0]), behind.end() if behind else number.end
        said = replace(number, kind="other", what=NotFigure("unit"))
        out = [said if t is number else t for t in out if t is number or not first <= t.start < last]
    return out


def _dated_name(found: list[Token]) -> list[Token]:
    """High-tech enterprises (end-2025): 17,300. A date alone in brackets behind a name dates what follows."""
    opens = [n for n, t in enumerate(found[:-3]) if t.what == "（" and n and found[n - 1].kind in ("name", "place")]
    alone = [n for n in opens if found[n + 1].kind == "date" and found[n + 2].what == "）"]
    colon = [n for n in alone if found[n + 3].kind in ("mark", "link", "grow", "fall", "total")]
    return [t for n, t in enumerate(found) if not any(n in (m, m + 2) for m in colon)]


def _when(found: list[Token]) -> list[Token]:
    """Up 5 percent from 2024, when it amounted to 1.2 trillion yuan: a bracket, with the date that *when* takes up."""
    out: list[Token] = []
    closing = -1
    for n, token in enumerate(found):
        if n == closing:
            out.append(mark("）", token.start))
        out.append(token)
        date = found[n - 1] if n else token
        if (
            token.what != "，"
            or n + 1 == len(found)
            or word_of(found[n + 1]) != "when"
            or date.kind not in ("date", "yoy")
        ):
            continue
        closing = next((m for m in range(n + 2, len(found)) if found[m].kind == "mark"), len(found))
        if sum(t.kind == "number" for t in found[n:closing]) != 1 or any(t.kind == "date" for t in found[n:closing]):
            closing = -1
            continue
        what = date.what if date.kind == "date" else When("frame", -1)
        out[-1:] = [mark("（", token.start), Token("date", what, token.end, token.end)]
    return [*out, mark("）", found[-1].end)] if closing == len(found) else out


def _relative(found: Sequence[Token]) -> dict[int, str]:
    """The commas of the first clause with a figure that *which* opens behind a name, and behind which a verb goes on."""
    commas = [n for n, t in enumerate(found) if t.what == "，"]
    for first, last in pairwise(commas):
        subject = [
            t.kind for t in found[:first] if t.kind not in ("mark", "adjective", "function", "prep", "of", "date")
        ]
        opens = subject in (["name"], ["name", "place"], ["place", "name"]) and word_of(found[first + 1]) == "which"
        if opens and any(t.kind == "number" for t in found[first:last]):
            behind = next((t.kind for t in found[last + 1 :] if t.kind != "function"), "")
            return {first: "（", last: "）"} if behind in _VERBS else {}
    return {}


def _unnamed(found: list[Token]) -> list[Token]:
    """Electronics, which makes up 30 percent of industrial output, grew …: what is told of the unknown names nothing behind it."""
    commas = [n for n, t in enumerate(found) if t.what == "，"]
    for first, last in pairwise(commas):
        subject = {t.kind for t in found[:first]} - {"mark", "adjective", "function", "and", "date"}
        behind = next((t.kind for t in found[last + 1 :] if t.kind != "function"), "")
        if subject == {"word"} and word_of(found[first + 1]) in ("which", "who") and behind in _VERBS:
            told = [t for t in found[first + 1 : last] if t.kind == "number"]
            unknown = [replace(t, kind="other", what=NotFigure("no_indicator")) for t in told]
            return [*found[:first], *unknown, *found[last + 1 :]]
    return found


def _heads(found: Sequence[Token]) -> bool:
    """The numbers (first half of 2025): a line without figures, whose bracket dates what is listed below."""
    opening = next((n for n, t in enumerate(found) if t.what == "（"), len(found))
    dated = opening + 1 < len(found) and found[opening + 1].kind == "date"
    return dated and found[-1].what == "）" and not any(t.kind in ("number", "name") for t in found)


def _dates_itself(inner: Sequence[Token]) -> bool:
    """Whether a bracket has a date and a figure, and plans nothing."""
    kinds = [t.kind for t in takewhile(lambda t: t.what not in ("）", "，"), inner)]
    return "date" in kinds and "number" in kinds and not {"plan", "expect"} & set(kinds)


def apposed(found: list[Token]) -> list[Token]:
    """The sentence without what stands between a subject and its verb, or its place and what is said of it."""
    marks = [n for n, token in enumerate(found) if token.kind == "mark" and token.what in "，；。"]
    dropped: set[int] = set()
    for first, last in pairwise(marks):
        if found[first].what != "，" or first in dropped:
            continue
        if found[last].what != "，" and _label(found, first, last):
            dropped.update(range(first, last))
        elif found[last].what == "，" and (_apposition(found, first, last) or _label(found, first, last)):
            dropped.update(range(first, last + (found[first - 1].kind != "name")))
    return [token for n, token in enumerate(found) if n not in dropped]


def _label(found: Sequence[Token], first: int, last: int) -> bool:
    """161 little giants, the label Beijing gives to specialised makers; …: what a name means, and no figure."""
    inner = found[first + 1 : last]
    if not first or found[first - 1].kind != "name" or any(t.kind in _TELLING for t in inner):
        return False
    return any(str(t.what if t.kind == "word" else word_of(t)).lower() in _LABELS for t in inner[:4])


def _far_off(token: Token) -> bool:
    """An hour west of Shanghai: how far away a place is, no figure."""
    return token.kind == "number" and token.what.unit in _TIMES


def _apposition(found: Sequence[Token], first: int, last: int) -> bool:
    inner = found[first + 1 : last]
    if not inner or not first or found[first - 1].kind not in _HOLDERS or last + 1 >= len(found):
        return False
    figures = any(t.kind in _TELLING and not _far_off(t) for t in inner)
    opens = inner[0].kind in _OPENS or (inner[0].kind == "place" and found[first - 1].kind != "place")
    if figures or not opens or not any(t.kind in ("word", "place", "date", "noun") for t in inner):
        return False
    behind = next((t for t in found[last + 1 :] if t.kind != "function"), None)
    explains = found[first - 1].kind == "place" and (inner[0].kind == "release" or word_of(inner[0]) in _ARTICLES)
    return explains or (behind is not None and behind.kind in _VERBS)

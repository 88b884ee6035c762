"""What points back at things counted: 31 of the 96 won the title, four of the latter, eleven more will join them, a net gain of 62.

In: the tokens of one English sentence as they stand, and what was counted before it in the paragraph. Out: the same tokens
with the name of what was counted in the place of what points at it, and the time since January as Chinese says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from etl.catalogue import Catalogue
from etl.link.english.made import MONEY, cue, indicator_of, word_of
from etl.link.tokens import Token
from etl.recognise.english.numbers import COUNT
from etl.recognise.places import Where
from etl.recognise.quantities import NotFigure

_OF_LATTER = re.compile(r"(?i)\s*of (?:the|that) (?:latter|last)(?: (?:group|category|kind|type|ones))?\b")
_OF_THESE = re.compile(r"(?i)\s*of (?:them|these|those)\b")
_OF_ALL = re.compile(r"(?i)of (?:the|its|their|those|these|all) (?:[a-z']+ )?")
_OF_WHOM = re.compile(
    r"(?i)\b(?:of|among) (?:them|these|those|whom|which),? (?:about |some |around |only |just |nearly |over )?\Z"
)
#: Had named 12 as excellence-level ones: of another level than what was counted before.
_OF_A_LEVEL = re.compile(
    r"(?i)\s*(?:more )?as (?:an? )?(?:[a-z]+[- ]){1,2}level (?:ones?|plants?|facilit(?:y|ies)|sites?|examples?)\b"
)
_DESCRIBING = ("adjective", "new", "place", "award", "part")
_OF_FORMER = re.compile(r"(?i)\s*of (?:the|that) (?:former|first)(?: (?:group|category|kind|type|ones))?\b")
_OF_THEM = re.compile(r"(?i)\s*of the\s*\Z")
#: Eleven more are expected to join them: as many to be added.
_MORE = re.compile(
    r"(?i)\s*more (?:(?:[a-z]+ ){0,5}(?:join(?:ing|ed)? (?:them|the (?:list|club|ranks))|be added|follow|be named))\b"
)
#: There were some 17,600 nationwide: of what was counted just before.
_THERE_WERE = re.compile(
    r"(?i)\bthere (?:are|were)(?: now| already| currently| then)? (?:about |some |around |only |just )?\Z"
)
#: There were 1,492 such enterprises: of what was spoken of before.
_SUCH = re.compile(
    r"(?i) such (?:companies|enterprises|firms|businesses|factories|plants|facilities|projects|centers|centres|workshops|institutions|services|stations|platforms)\b"
)
_ADDED = re.compile(
    r"(?i)(?:a net (?:gain|increase|addition) of|a gain of|up by|up|an increase of|a rise of|net additions of|growing by|rising by) (?:just |only |about |some )?\Z"
)
_SINCE_JANUARY = re.compile(
    r"(?i),?\s*(?:since (?:january(?! \d)|the (?:start|beginning|turn|outset) of (?:the|this) year|new year)"
    r"|from (?:the (?:start|beginning) of (?:the|this) year|january(?! \d))"
    r"|(?:in|over|during|through) the course of the year|during the year|over the year|so far (?:this year|in the year)|in the year to date|year to date)\b"
)


#: Of which rank the place is that goes by its rank.
_SEATS = {"district": "district", "county": "city_county"}
#: Why a figure of something unknown was refused.
_LOST = ("no_indicator", "unknown_word")


@dataclass(slots=True)
class Counted:
    """What the paragraph has counted, a name for each number."""

    names: list[tuple[Decimal, Token]] = field(default_factory=list)
    last: Token | None = None  # the last name, counted or not
    lost: bool = False  # the last figure was of something unknown
    money: str = ""  # the unit of the last sum of the paragraph
    own: str = ""  # rank of the article's own place
    placed_here: bool = False  # the paragraph has named a place of the catalogue
    seats: dict[str, Where] = field(default_factory=dict)  # the last place of each rank

    def placed(self, token: Token, catalogue: Catalogue) -> Token:
        """The district, the county-level city: the one named last, or nobody knows which; the article's own, if it is one."""
        if token.kind != "place":
            return token
        place = catalogue.places.get(token.what.place)
        if token.what.kind == "known" and place is not None:
            self.seats[place.rank], self.placed_here = token.what, True
        rank = _SEATS.get(token.what.place, "") if token.what.kind == "rank" else ""
        if not rank or self.own == rank:
            return token
        return replace(token, what=self.seats.get(rank, Where("part", token.what.place)))

    def new_paragraph(self) -> None:
        """Nothing has been counted here yet."""
        self.names, self.last, self.lost, self.placed_here, self.money = [], None, False, False, ""

    def told(self, arranged: Sequence[Token], catalogue: Catalogue) -> None:
        """Keep whether the last figure of a sentence is of something that nobody knows: a sum that its name does not have."""
        figures = [t for t in arranged if t.kind == "number" or (t.kind == "other" and t.what.reason in _LOST)]
        if figures:
            self.lost = figures[-1].kind == "other" or _unfit(arranged, figures[-1], catalogue)


def _unfit(arranged: Sequence[Token], figure: Token, catalogue: Catalogue) -> bool:
    """The wages of above-scale manufacturers came to 12 billion yuan: a sum beside the name of things counted."""
    names = [t for t in arranged[: arranged.index(figure)] if t.kind == "name"]
    return (
        bool(names)
        and figure.what.unit in MONEY
        and catalogue.units[indicator_of(names[-1], catalogue).unit].kind == "count"
    )


def of_lost(arranged: list[Token], counted: Counted) -> list[Token]:
    """The clusters generated 3.8 trillion yuan. By 2027, that figure is to …: what points back at the unknown is unknown.

    So is what a sentence without a name of its own goes on with.
    """
    if not counted.lost or not any(t.kind == "number" for t in arranged):
        return arranged
    named = next((n for n, t in enumerate(arranged) if t.kind in ("name", "number")), len(arranged))
    found = [t for n, t in enumerate(arranged) if t.kind != "this" or n > named]
    if any(t.kind == "name" for t in arranged):
        return found
    return [found[0], Token("word", "something else", found[0].end, found[0].end), *found[1:]]


def resolved(found: list[Token], folded: str, counted: Counted, catalogue: Catalogue) -> list[Token]:
    """The tokens of a sentence with names for what it only points at; what it counts is kept for the next one."""
    out: list[Token] = []
    skip = -1
    found = _sums(found, folded, counted)
    found = _parts_of_the_same(_parts_of_unknown(found, folded), folded, counted)
    for n, token in enumerate(found):
        if token.start < skip:
            continue
        out.append(counted.placed(token, catalogue))
        if token.kind == "name":
            counted.last = token
        if token.kind != "number" or token.what.unit != COUNT:
            continue
        if since := _since_january(folded, found, n):
            out = [
                *_before(out[:-1], folded),
                cue("since_january", "较年初", token.start),
                cue("new", "新增", token.start),
                token,
            ]
            skip = since
        elif reason := _of_none_told(folded, token, alone=not out[:-1] and not counted.names):
            out[-1] = replace(token, kind="other", what=NotFigure(reason))
        elif meant := _meant(folded, found, n, counted):
            name, skip, joined = meant
            told = folded[token.end : skip] if joined else ""
            out += [cue("new", "新增", token.start)] * joined + [cue("expect", "预计", token.start)] * (
                "expected" in told
            )
            out += [cue("plan", "将", token.start)] * (" will " in told or " planned " in told)
            out.append(replace(name, start=token.end, end=token.end))
        elif counted.last and (skipped := _all_of_them(folded, found, n, counted)):
            skip = skipped
            out.append(replace(counted.last, start=token.end, end=token.end))
        elif whole := _unknown_whole(folded, found, n):
            out[-1] = replace(token, kind="other", what=NotFigure("part"))
            out.append(replace(whole, kind="other", what=NotFigure("part")))
            skip = whole.end
        else:
            _remember(found, n, counted)
    return out


def _sums(found: list[Token], folded: str, counted: Counted) -> list[Token]:
    """Output hit 4.9 trillion yuan. In 2020, the tally stood at 3.5 trillion: money, as the sum told before it."""
    out = list(found)
    for n, token in enumerate(found):
        if token.kind == "other" and token.what.reason == "unit":
            counted.money = ""  # $4 billion
        if token.kind != "number":
            continue
        behind = found[n + 1].kind if n + 1 < len(found) else "mark"
        bare = token.what.unit == COUNT and folded.endswith(("billion", "trillion"), 0, token.end)
        if token.what.unit in MONEY:
            counted.money = token.what.unit
        elif bare and counted.money and behind in ("mark", "date", "and", "plan", "expect"):
            out[n] = replace(token, what=replace(token.what, unit=counted.money))
    return out


def _of_none_told(folded: str, token: Token, *, alone: bool) -> str:
    """Why a number is of nothing counted before: named 12 as excellence-level ones; of these, where nothing was counted."""
    if _OF_A_LEVEL.match(folded, token.end):
        return "level"
    return "part" if alone and _OF_THESE.match(folded, token.end) else ""


def _parts_of_unknown(found: list[Token], folded: str) -> list[Token]:
    """Of the 34 machines on the list, six were built in Wuzhong: so many of something that no name counts."""
    counts = [n for n, t in enumerate(found) if t.kind == "number" and t.what.unit == COUNT]
    if len(counts) < 2 or not _OF_ALL.fullmatch(folded, found[0].start, found[counts[0]].start):
        return found
    if _behind(found, counts[0]) in ("name", "mark"):
        return found
    bare = {n for n in counts if _behind(found, n) != "name"}
    return [replace(t, kind="other", what=NotFigure("part")) if n in bare else t for n, t in enumerate(found)]


def _parts_of_the_same(found: list[Token], folded: str, counted: Counted) -> list[Token]:
    """52,000 AI specialists. Of those, 1,140 are leading AI specialists: a part, which goes by the name of the whole."""
    told = {name.what.options for _, name in counted.names}
    out = list(found)
    for n, token in enumerate(found):
        part = token.kind == "number" and _OF_WHOM.search(folded[max(0, token.start - 40) : token.start])
        name = next((t for t in found[n + 1 :] if t.kind in ("name", "number", "mark")), None) if part else None
        if name is not None and name.kind == "name" and name.what.options in told:
            out[n] = replace(token, kind="other", what=NotFigure("part"))
        told |= {token.what.options} if token.kind == "name" else set()
    return out


def _behind(found: Sequence[Token], n: int) -> str:
    """The kind of what a number counts, whatever describes it: a name, a noun, nothing."""
    return next((t.kind for t in found[n + 1 :] if t.kind not in _DESCRIBING), "mark")


def _unknown_whole(folded: str, found: Sequence[Token], n: int) -> Token | None:
    """Five of the nine are in the park: the whole, of which nobody said what it counts."""
    whole = next((t for t in found[n + 1 :] if t.kind in ("number", "other", "name", "mark")), None)
    if whole is None or whole.kind != "number" or not _OF_THEM.match(folded[found[n].end : whole.start]):
        return None
    behind = next((t for t in found if t.start >= whole.end), None)
    return (
        whole if behind is not None and behind.kind in ("link", "award", "total", "new", "predicate", "mark") else None
    )


def _remember(found: Sequence[Token], n: int, counted: Counted) -> None:
    """96 national little giants; listed companies: 36."""
    at = n + 1
    while at < len(found) and found[at].kind in ("adjective", "function", "new", "prep"):
        at += 1
    if at < len(found) and found[at].kind == "name":
        counted.names.append((found[n].what.value, found[at]))


def _all_of_them(folded: str, found: Sequence[Token], n: int, counted: Counted) -> int:
    """AI companies are the new favourites: Suzhou has 3,100 of them. Where the words end, if nobody has counted them yet, or 0."""
    match = _OF_THESE.match(folded, found[n].end)
    having = n and (found[n - 1].kind in ("total", "link") or word_of(found[n - 1]) == "with")
    if not match or not having or counted.last is None:
        return 0
    told = counted.last.what.options in [name.what.options for _, name in counted.names]
    return 0 if told else match.end()


def _meant(folded: str, found: Sequence[Token], n: int, counted: Counted) -> tuple[Token, int, bool] | None:
    """The name that a number means without saying it, where the words end that point at it, and whether it adds to them."""
    token = found[n]
    if not counted.names:
        match = _SUCH.match(folded, token.end)
        return (counted.last, match.end(), False) if match and counted.last else None
    last = counted.names[-1][1]
    if match := _OF_LATTER.match(folded, token.end):
        return last, match.end(), False
    if match := _OF_FORMER.match(folded, token.end):
        return counted.names[0][1], match.end(), False
    if match := _MORE.match(folded, token.end):
        return counted.last or last, match.end(), True
    if match := _SUCH.match(folded, token.end):
        return counted.last or last, match.end(), False
    whole = next((t for t in found[n + 1 :] if t.kind in ("number", "other", "name", "mark")), None)
    if whole is not None and whole.kind == "number" and _OF_THEM.match(folded[token.end : whole.start]):
        name = next((name for value, name in reversed(counted.names) if value == whole.what.value), None)
        behind = next((t for t in found if t.start >= whole.end), None)
        if (
            name is not None
            and behind is not None
            and behind.kind not in ("name", "noun", "word", "adjective", "place")
        ):
            return name, whole.end, False
    behind = next((t for t in found[n + 1 :] if word_of(t) not in ("alone", "local")), None)
    if (
        _THERE_WERE.search(folded[max(0, token.start - 40) : token.start])
        and behind
        and behind.kind in ("place", "date", "mark")
    ):
        return last, token.end, False
    return None


def _since_january(folded: str, found: Sequence[Token], n: int) -> int:
    """Where *since January* ends behind a number that was added, or 0."""
    match = _SINCE_JANUARY.match(folded, found[n].end)
    added = match and _ADDED.search(folded[max(0, found[n].start - 40) : found[n].start])
    return match.end() if match and added else 0


def _before(out: list[Token], folded: str) -> list[Token]:
    """The tokens before the words of adding."""
    while (
        out
        and out[-1].kind in ("new", "grow", "prep", "adjective", "of", "function")
        and _ADDING.fullmatch(folded[out[-1].start : out[-1].end].lower())
    ):
        out.pop()
    return out


_ADDING = re.compile(
    r"a net (?:gain|increase) of|net (?:gain|increase) of|(?:a net )?(?:gain|increase|addition)|net|of|by|up|an?|an increase|an increase of|a rise|a gain|rise|rising|growing|just|only|about|some|additions"
)

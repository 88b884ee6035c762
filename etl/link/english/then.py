"""What points back at a date: by then, at that point, on the same date, five years later.

In: the tokens of one English sentence as they stand, and the dates that those before it told. Out: the same tokens with
the date itself in the place of what points at it; where nobody can tell which date is meant, the figures that it would
date are refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise, takewhile

from etl.link.tokens import Token
from etl.recognise.periods import When
from etl.recognise.quantities import NotFigure

_BASE = re.compile(r"(?i)than|from|over|compared|against|versus|since|on (?:20\d\d|the (?:previous|prior) )")
_ENDED = re.compile(r"(?i)(?:finished|ended|ended up|stopped|stopped short|wound up|closed|came out|landed) at")
_TELLING = ("say", "release")
_SAME_YEAR = re.compile(r"(?i)\b(?:that|that same|the same) year\Z")
_LATER = re.compile(r"(?i)\b(?:later|after|afterwards?|thereafter|then|down|on)\b")
#: Verbs of what is so today, whatever once was.
_TODAY = frozenset(("has", "have", "is", "are", "boasts", "hosts", "is home to", "are home to", "houses", "counts"))


@dataclass(slots=True)
class Dates:
    """The dates of the last sentence that told any, of the last that told of what is over, and of the one under reading."""

    told: list[When] = field(default_factory=list)
    over: list[When] = field(default_factory=list)
    here: list[When] = field(default_factory=list)

    def forget(self) -> None:
        """A heading opens something new."""
        self.told, self.over = [], []

    def keep(self, when: When, published: date | None) -> None:
        """A date has been told: last year is the one before the publication's, December that of the year beside it."""
        if when.base == "publication" and published:
            when = replace(when, base="absolute", year=published.year + when.year)
        elif when.base == "frame" and self.here and self.here[-1].base == "absolute":
            when = replace(when, base="absolute", year=self.here[-1].year + when.year)
        self.here.append(when)

    def end(self, published: date | None) -> None:
        """The sentence is over: its dates are those told last."""
        self.told = self.here or self.told
        self.over = [
            w for w in self.here if w.base != "absolute" or not published or w.year <= published.year
        ] or self.over
        self.here = []

    def meant(self, when: When, *, day: bool) -> When | None:
        """The last date told, where none before it was later: 107, compared with 9 in 2020; *by then* is open."""
        told = self.here or (self.over if day else self.told)
        told = [other for other in told if other.base != "now"] or told  # 500 by 2027, compared with 212 now
        if not told or (day and not told[-1].point):
            return None
        last = told[-1]
        if any(other.base != last.base or _end(other) > _end(last) for other in told):
            return None
        if when.base == "later":
            return replace(last, year=last.year + when.year) if when.year and last.base == "absolute" else None
        return last if last.base in ("absolute", "now") or (last.base == "frame" and not last.year) else None

    def year(self, when: When) -> When:
        """The year told last, or so many before it; nobody knows which, where none was told."""
        told = [other for other in self.here or self.told if other.base == "absolute"]
        if not told or (when.year and told[-1].months is not None):
            return When("then", point=True)
        return replace(when, base="absolute", year=told[-1].year + when.year)


def resolved(found: list[Token], folded: str, dates: Dates, published: date | None) -> list[Token]:
    """The tokens of a sentence with the dates that it points at; its own are kept for the next one."""
    out = list(found)
    depth = 0
    for n, token in enumerate(found):
        depth += (token.what == "（") - (token.what == "）") if token.kind == "mark" else 0
        if token.kind != "date":
            continue
        if _points(token.what):
            day = folded.endswith((" date", " day"), 0, token.end)
            out[n] = replace(token, what=dates.meant(token.what, day=day) or token.what)
        elif _SAME_YEAR.search(folded[token.start : token.end]):
            out[n] = replace(token, what=dates.year(token.what))
        elif token.what.base == "frame" and token.what.year < 0 and _opens_part(found, n):
            out[n] = replace(token, what=dates.year(token.what)) if dates.here else token
        if out[n].what.base == "later" and not _LATER.search(folded[token.start : token.end]):
            _refuse_past(out, n, folded)
            out[n] = replace(token, kind="function", what="")
        elif _points(out[n].what):
            _refuse(out, n)
            out[n] = replace(token, kind="function", what="")
        elif not depth and not _aside(out, n, folded):
            dates.keep(out[n].what, published)
    out = _ended(out, folded, dates)
    dates.end(published)
    return out


def _ended(found: list[Token], folded: str, dates: Dates) -> list[Token]:
    """It finished at 107: at the date told before it, where its sentence has none."""
    at = next((n for n, t in enumerate(found) if _ENDED.fullmatch(folded, t.start, t.end)), -1)
    if at < 0 or any(t.kind == "date" for t in found):
        return found
    meant = dates.meant(When("then"), day=False)
    out = list(found)
    if meant is None:
        _refuse(out, at)
        return out
    place = found[at].start
    return [*out[:at], Token("date", meant, place, place), *out[at:]]


_OPEN = frozenset(("will", "will be", "would", "would be"))  # may be of any time to come


def goes_on_planned(found: Sequence[Token], folded: str) -> bool:
    """High-tech enterprises are to number 4,000: a plan without a date is that of the sentence before."""
    first = next((n for n, t in enumerate(found) if t.kind == "number"), -1)
    plan = next((t for t in found[:first] if t.kind == "plan"), None) if first > 0 else None
    if plan is None or folded[plan.start : plan.end].lower() in _OPEN:
        return False
    return not any(t.kind in ("date", "and", "this") or t.what == "（" for t in found[:first])


def _points(when: When) -> bool:
    return when.base == "later" or (when.base == "then" and when.point)


def _end(when: When) -> tuple[int, int]:
    """The year and month with which a date ends."""
    return when.year, when.months[1] if when.months else 12


def _aside(found: Sequence[Token], n: int, folded: str) -> bool:
    """A date that is compared with, or on which something was said or published, is none of what is told."""
    token = found[n]
    if _BASE.match(folded, token.start) or (token.what.base == "frame" and token.what.year < 0):
        return True
    beside = [*found[max(0, n - 2) : n], *found[n + 1 : n + 2]]
    return bool(token.what.day) and any(t.kind in _TELLING for t in beside)


def _opens_part(found: Sequence[Token], n: int) -> bool:
    """Rose 8 percent in 2024; the year before it had grown …: a date that opens what follows a semicolon."""
    before = next((t for t in reversed(found[:n]) if t.kind not in ("and", "function")), None)
    return before is not None and before.what == "；"


def _refuse_past(found: list[Token], n: int, folded: str) -> None:
    """A decade ago it had 300, once had 300, 3,100 against 300 a few years ago: figures of nobody knows which year.

    What is dated in its own clause, or told of today behind it, is not: Founded in the 1990s, the park has 300.
    """
    refused: list[int] = []
    for m in range(n - 1, -1, -1):
        if found[m].kind in ("mark", "date", "from"):
            break
        refused += [m] if found[m].kind == "number" else []
    behind = bool(refused)
    for m in range(n + 1, len(found)):
        token = found[m]
        today = folded[token.start : token.end].lower() in _TODAY
        if (token.kind == "date" and token.what.base == "now") or token.what == "；" or today:
            break
        if behind and token.kind == "mark":
            break
        refused += [m] if token.kind == "number" and not _dated(found, m) else []
    for m in refused:
        found[m] = replace(found[m], kind="other", what=NotFigure("no_date"))


def _dated(found: Sequence[Token], n: int) -> bool:
    """Whether the clause of a number has a date of its own."""
    first = next((m for m in range(n, -1, -1) if found[m].kind == "mark"), -1)
    clause = takewhile(lambda t: t.kind != "mark", found[first + 1 :])
    return any(t.kind == "date" and not _points(t.what) for t in clause)


def _refuse(found: list[Token], n: int) -> None:
    """Refuse the figures between the semicolons around a date that points at nothing, and beside which none stands.

    A decade later, in 2025, is plain enough.
    """
    beside = next((t for t in found[n + 1 :] if t.kind != "mark" or t.what != "，"), None)
    if beside is not None and beside.kind == "date" and not _points(beside.what):
        return
    stops = [m for m, t in enumerate(found) if t.kind == "mark" and t.what in "；。？！"]
    first = max((m for m in stops if m < n), default=-1)
    last = min((m for m in stops if m > n), default=len(found))
    for m in range(first + 1, last):
        if found[m].kind == "number":
            found[m] = replace(found[m], kind="other", what=NotFigure("no_date"))


def shared(tokens: list[Token]) -> list[Token]:
    """Nationwide it grew 5.9 percent last year; Jiangsu posted 6.5 percent: another place's rate is of the only date told."""
    dates = [n for n, t in enumerate(tokens) if t.kind == "date"]
    numbers = [n for n, t in enumerate(tokens) if t.kind == "number"]
    rates = all(tokens[n].what.unit == "%" for n in numbers)
    if len(dates) != 1 or not rates or not (numbers[1:] and numbers[0] < dates[0] < numbers[1]):
        return tokens
    shared_at = {}
    for last, number in pairwise(numbers):
        between = tokens[max(last, dates[0]) + 1 : number]
        place = next((t for t in between if t.kind not in ("mark", "and", "prep")), None)
        if place is None or place.kind != "place" or any(t.kind in ("plan", "expect") for t in between):
            return tokens
        shared_at[place.end] = replace(tokens[dates[0]], start=place.end, end=place.end)
    return [
        each for t in tokens for each in (t, *([shared_at[t.end]] if t.kind == "place" and t.end in shared_at else ()))
    ]

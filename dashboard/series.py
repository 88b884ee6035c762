"""Owns what a yearly chart is made of: which figures are shown, which are joined, and what is computed from them.

In: the observations of one indicator (`Observation`). Out: `Line`s of `Point`s, for `charts` to draw and for the
tables to print. Growth, change and index are computed from exact actual figures of comparable dates alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from dashboard.model import Observation
from dashboard.spoken import decimals_of

#: What the chart can show, in the order of its control. Code -> measure of the observations behind it.
SHOWS = {"level": "value", "new": "new", "change": "value", "growth": "yoy", "index": "value", "share": "share"}
COMPUTED = frozenset({"change", "index"})
Key = tuple[str, str, str]  # place, share_of, scope


@dataclass(frozen=True, slots=True)
class Point:
    """One mark. `observation` is what a click leads to; `before` is the other figure a computed value rests on."""

    day: date
    value: Decimal
    rounding: Decimal
    observation: Observation
    role: str
    before: Observation | None = None

    @property
    def year(self) -> int:
        """The year it belongs to."""
        return self.observation.year


@dataclass(frozen=True, slots=True)
class Line:
    """All marks of one place (and whole, and scope). `joined` are the points of the yearly line in order."""

    key: Key
    points: tuple[Point, ...]

    @property
    def place(self) -> str:
        """The place it is of."""
        return self.key[0]

    @property
    def joined(self) -> list[Point]:
        """The yearly line: outcomes, one a year."""
        return [point for point in self.points if point.role == "line"]

    @property
    def targets(self) -> list[Point]:
        """What was planned."""
        return [point for point in self.points if point.role == "target"]


def drawn_at(observation: Observation) -> date:
    """Where a figure stands on the time axis: a count at its date, a total in the middle of the span it covers."""
    if observation.period_kind == "day" or not observation.adds_up:
        return observation.period_end
    return observation.period_start + (observation.period_end - observation.period_start) / 2


def shows(observations: Iterable[Observation]) -> list[str]:
    """What there is to show: the measures that have figures, and what can be computed from levels."""
    preferred = [o for o in observations if o.role is not None]
    measures = {o.measure for o in preferred}
    able = {show for show, measure in SHOWS.items() if measure in measures and show not in COMPUTED}
    lines = lines_of(preferred, "level")
    if any(_steps(line.joined) for line in lines):
        able |= {"change", "growth"}
    if any(len([p for p in line.joined if _exact(p.observation)]) > 1 for line in lines):
        able.add("index")
    return [show for show in SHOWS if show in able]


def lines_of(observations: Iterable[Observation], show: str, breaks: Sequence[date] = ()) -> list[Line]:
    """The lines of one way of showing, by place in order of first appearance."""
    points: dict[Key, list[Point]] = {}
    for o in observations:
        if o.role is not None and o.measure == SHOWS[show]:
            points.setdefault((o.place, o.share_of, o.scope), []).append(_point(o))
    lines = [Line(key, tuple(found)) for key, found in points.items()]
    match show:
        case "change":
            return [Line(line.key, changes(line, breaks)) for line in lines]
        case "index":
            return [Line(line.key, index(line, breaks)) for line in lines]
    return lines


def changes(line: Line, breaks: Sequence[date] = ()) -> tuple[Point, ...]:
    """By how much each yearly figure exceeds the one a year before."""
    return tuple(
        Point(b.day, b.value - a.value, max(a.rounding, b.rounding), b.observation, "line", a.observation)
        for a, b in _steps(line.joined, breaks)
    )


def growth(line: Line, breaks: Sequence[date] = ()) -> tuple[Point, ...]:
    """Growth on the year before in percent, computed from levels; with the rounding the levels allow."""
    return tuple(
        Point(b.day, grown, rounding, b.observation, "computed", a.observation)
        for a, b in _steps(line.joined, breaks)
        for grown, rounding in [growth_of(a.observation, b.observation)]
    )


def growth_of(before: Observation, after: Observation) -> tuple[Decimal, Decimal]:
    """Percent by which `after` exceeds `before`, and half its uncertainty as a power of ten.

    Levels that were printed with few digits give growth with few: 1.0 to 1.1 trillion is 10 %, not 10.0 %.
    """
    grown = (after.value / before.value - 1) * 100
    error = 100 * (after.rounding / before.value + before.rounding * after.value / before.value**2)
    return grown, Decimal("0.05") if error <= Decimal("0.1") else Decimal("0.5")


def index(line: Line, breaks: Sequence[date] = (), year: int = 0) -> tuple[Point, ...]:
    """Each exact figure of the yearly line as a percentage of the first, or of that of a `year`.

    Only since the definition last changed.
    """
    exact = comparable(line, breaks)
    base = next((point for point in exact if not year or point.year == year), None)
    if base is None or not base.value:
        return ()
    return tuple(
        Point(p.day, p.value / base.value * 100, Decimal("0.05"), p.observation, "line", base.observation)
        for p in exact
    )


def comparable(line: Line, breaks: Sequence[date] = ()) -> list[Point]:
    """The exact actual figures of the yearly line since the definition last changed."""
    since = max((day for day in breaks if line.joined and day <= line.joined[-1].day), default=date.min)
    return [point for point in line.joined if _exact(point.observation) and point.day > since]


def shares(part: Line, whole: Line) -> tuple[Point, ...]:
    """Each exact yearly figure of a place in percent of that of a larger place, for the same period."""
    wholes = {p.observation.period: p for p in whole.joined if _exact(p.observation) and p.value}
    found = [
        (p, wholes[p.observation.period])
        for p in part.joined
        if _exact(p.observation) and p.observation.period in wholes
    ]
    return tuple(
        Point(p.day, p.value / w.value * 100, _share_rounding(p, w), p.observation, "line", w.observation)
        for p, w in found
    )


def _share_rounding(part: Point, whole: Point) -> Decimal:
    """Half a unit of the last digit that a share of two rounded figures deserves: of a tenth, or of one."""
    error = 100 * (part.rounding / whole.value + whole.rounding * part.value / whole.value**2)
    return Decimal("0.05") if error <= Decimal("0.1") else Decimal("0.5")


def segments(points: Sequence[Point], breaks: Sequence[date]) -> list[tuple[Point, Point]]:
    """The pairs of neighbouring years that a line joins: a missing year is a gap, a changed definition a cut."""
    return [
        (a, b) for a, b in pairwise(points) if b.year - a.year == 1 and not any(a.day < day <= b.day for day in breaks)
    ]


def home(observations: Iterable[Observation], show: str, preferred: Sequence[str]) -> list[str]:
    """The places to begin with: the preferred ones that have figures, else the one that has most."""
    counts: dict[str, int] = {}
    for o in observations:
        if o.role is not None and o.measure == SHOWS[show]:
            counts[o.place] = counts.get(o.place, 0) + 1
    found = [place for place in preferred if place in counts]
    return found or sorted(counts, key=lambda place: -counts[place])[:1]


def printed_decimals(points: Iterable[Point], factor: Decimal) -> int:
    """The most decimals any of the points was printed with, on an axis divided by `factor`."""
    return max((decimals_of(point.value, point.rounding, factor) for point in points), default=0)


def _point(observation: Observation) -> Point:
    return Point(
        drawn_at(observation), observation.value, observation.rounding, observation, observation.role or "aside"
    )


def _exact(observation: Observation) -> bool:
    return observation.bound == "=" and observation.status == "actual"


def _steps(joined: Sequence[Point], breaks: Sequence[date] = ()) -> list[tuple[Point, Point]]:
    """Neighbouring exact figures about a year apart, of one definition."""
    year = timedelta(days=366)
    return [
        (a, b)
        for a, b in pairwise(joined)
        if _exact(a.observation)
        and _exact(b.observation)
        and a.value
        and b.year - a.year == 1
        and not any(a.day < day <= b.day for day in breaks)
        and abs((b.observation.period_end - a.observation.period_end) - year) <= timedelta(days=20)
    ]

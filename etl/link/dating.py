"""Which measure a figure is, and which period it belongs to.

In: the indicator's kind, the verb it was said with, the dates in force. Out: measure, period and basis, or the code
of a refusal. Source: the table of reading.md §4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from etl.link.scene import Dated, lies_ahead
from etl.model import Basis, Measure, Status
from etl.period import Period

if TYPE_CHECKING:
    from etl.link.walk import Walk


@dataclass(frozen=True, slots=True)
class Said:
    """How a figure was said. `verb`: new · award (an honour) · entry (into a register) · total or nothing."""

    kind: str  # of the indicator: stock, flow, list
    verb: str
    status: Status
    stated: Dated | None  # a date of the figure's own sentence
    now: bool = False  # 目前
    since_january: bool = False  # 较年初净增
    winners: bool = False  # N家企业获评 …
    batched: bool = False  # of 第八批, whose year is open unless it is told
    done: bool = False  # projects: done within a period, not standing at its end


@dataclass(frozen=True, slots=True)
class Known:
    """What the article knows of time."""

    published: date | None
    last: Dated | None
    opening: Dated | None
    lead: Dated | None
    review: Dated | None
    passing: bool = False  # the last date only stood behind a comma
    closed: Dated | None = None  # the year just over, where an article of its spring tells its sums
    standing: Dated | None = None  # the day of every count that names none: （以下均为去年末数）, 2021年 · 起步


_ACCOUNTS = 3  # months in which the year before is given account of


def knowledge(walk: Walk) -> Known:
    """What holds of time where a sentence is being read."""
    scene = walk.scene
    told = walk.segment or (walk.stated if walk.stated and walk.stated.period.instant else None)
    last = told if told and walk.state.date is None and not walk.state.now else scene.last
    last = None if walk.current else last
    passing = scene.passing and last is scene.last
    return Known(scene.published, last, scene.opening, scene.lead, scene.review, passing, _closed(walk), standing(walk))


def _closed(walk: Walk) -> Dated | None:
    """The year before, which an article of the first months gives account of: counts stand at its end, but for 现有."""
    lead, published = walk.scene.lead, walk.scene.published
    if (
        lead is None
        or published is None
        or published.month > _ACCOUNTS
        or lead.period != Period.year(published.year - 1)
    ):
        return None
    current = any(t.kind == "total" and t.what.word.startswith("现") for t in walk.tokens)
    return None if current or walk.current or walk.scene.present else lead


def standing(walk: Walk) -> Dated | None:
    """The day of counts that name none: told for all that follows, or the end of what a heading dates."""
    scene, heading = walk.scene, walk.scene.heading_date
    if scene.standing or heading is None or scene.published is None or heading.period.end > scene.published:
        return scene.standing
    return Dated(Period.day(heading.period.end), "carried")


Dating = tuple[Measure, Period, Basis] | str


def dated(said: Said, known: Known) -> Dating:
    """Measure, period and basis of a figure, or why there is none."""
    if said.status == "target":
        return _target(said, known)
    if said.kind == "flow":
        return _flow(said, known)
    if said.verb == "new":
        return _new(said, known)
    if said.verb in ("award", "entry"):
        return _award(said, known)
    return _level(said, known)


def _target(said: Said, known: Known) -> Dating:
    found = said.stated or known.opening
    if found is None and known.last and known.published and lies_ahead(known.last.period.end, known.published):
        found = Dated(known.last.period, "carried")  # 今年的功课不轻。区里的目标：…
    if found is None:
        return "no_date"
    this_year = known.published is not None and found.period.end.year == known.published.year
    given = said.winners or said.verb == "award"  # 今年计划认定500个
    new = (said.verb == "new" or (given and this_year)) and said.kind != "flow"
    whole = found.period.instant or (said.kind != "flow" and not new)  # a stock's target is its year's
    period = Period.year(found.period.end.year) if whole else found.period
    return "new" if new else "value", period, found.basis


def _flow(said: Said, known: Known) -> Dating:
    if said.stated and _opens_the_year(said.stated.period):
        return "no_date"  # 去年年初，…: no sum is made by then
    if said.stated:
        return "value", span(said.stated.period), said.stated.basis
    if said.now and known.published:
        return "value", Period.day(known.published), "assumed"
    for carried in (_held(known), known.opening, known.review, known.lead):
        if carried and not (carried.period.instant and carried.basis == "assumed"):
            leans = carried is known.lead and carried.basis == "assumed"  # a title's 半年报
            return "value", span(carried.period), "assumed" if leans else "carried"
    return ("value", Period.day(known.published), "assumed") if known.published else "no_date"


def _opens_the_year(period: Period) -> bool:
    return period.instant and (period.end.month, period.end.day) == (1, 1)


def _held(known: Known) -> Dated | None:
    """同样的账，2024年记的是5440亿元。…: a year before the one under review, told in passing, dates no other sentence."""
    told, last = known.review or known.lead, known.last
    before = told is not None and last is not None and last.period.end < told.period.start
    return None if before and known.passing and known.opening is None else last


def _counted(period: Period, *, done: bool) -> Period:
    """What stands is counted at the end of a month or span it is said with; what is done is the span's total."""
    month = (period.start.year, period.start.month) == (period.end.year, period.end.month)
    if period.instant or period.kind == "year" or (done and not month):
        return period
    return Period.day(period.end)


def span(period: Period) -> Period:
    """A flow up to a day is the flow of that year's months."""
    return Period.months(period.end.year, 1, period.end.month) if period.instant else period


def _new(said: Said, known: Known) -> Dating:
    carried = known.opening or known.last
    if (
        known.review
        and carried
        and carried.period.kind == "part"
        and carried.period.end.year == known.review.period.end.year
    ):
        carried = known.review  # 前11个月…。新添9家: what the year under review brought
    found = said.stated or carried
    if found and _opens_the_year(found.period):
        found = None  # 年初 ends no time in which something is added
    if found and known.review and not said.stated and found.period.end < known.review.period.start:
        found = None  # a year before the one under review was only mentioned
    if found is None:
        return ("new", known.review.period, "carried") if known.review else "no_date"
    period = found.period
    basis: Basis = found.basis if said.stated else "carried"
    if period.instant:
        if found.basis == "assumed" and not said.since_january:
            return ("new", known.review.period, "carried") if known.review else "no_date"
        period = Period.months(period.end.year, 1, period.end.month)
    return "new", period, basis


def _award(said: Said, known: Known) -> Dating:
    if said.now and said.stated is None:
        return _level(said, known)  # 目前有21款通过备案
    found = said.stated or (known.opening if said.winners or said.kind == "list" else None)
    if found and not found.period.instant:
        return "value" if said.kind == "list" else "new", found.period, found.basis if said.stated else "carried"
    if found is None and known.review and said.verb == "award":
        return "value" if said.kind == "list" else "new", known.review.period, "carried"
    return "no_date" if said.batched and found is None else _level(said, known)


def _level(said: Said, known: Known) -> Dating:
    if said.stated:
        return "value", _counted(said.stated.period, done=said.done), said.stated.basis
    if said.now:
        return ("value", Period.day(known.published), "assumed") if known.published else "no_date"
    if known.last and (known.last.period.instant or known.last.stock):
        return "value", known.last.period, "carried" if known.last.basis == "stated" else known.last.basis
    if known.standing:
        return "value", known.standing.period, "carried"
    if known.review:
        end = known.review.period.end
        return "value", Period.day(min(end, known.published) if known.published else end), "carried"
    if known.closed:
        return "value", Period.day(known.closed.period.end), "assumed"
    return ("value", Period.day(known.published), "assumed") if known.published else "no_date"

"""What a date says of the status: what is still to come is no fact, what is past is no plan unless it is recalled.

In: a date of the sentence under reading, or the semicolon behind which another part begins. Out: the walk's state,
changed: actual, estimate or target. Source: reading.md §4.
"""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link import intents, plans
from etl.link.counted import clause
from etl.link.scene import Dated, lies_ahead
from etl.link.tokens import Token
from etl.model import Basis, Status
from etl.period import Period
from etl.recognise import periods
from etl.recognise.periods import When

if TYPE_CHECKING:
    from etl.link.walk import Walk


def said_in_clause(walk: Walk, kind: str, index: int) -> bool:
    """Whether 预计 or 目标是 stands in the same clause before a date (预计2025年达, 当时的目标是到2025年)."""
    depth = 0
    for token in reversed(walk.tokens[:index]):
        if token.kind == kind:
            return True
        if token.kind == "mark" and token.what in "（）":
            depth += 1 if token.what == "）" else -1
            if depth < 0:
                return False  # 预计可达3.9%（2024年为3.78%）
        if token.kind == "mark" and token.what in "，；\t":
            return _announced(walk, kind, token)
    return False


def _announced(walk: Walk, kind: str, comma: Token) -> bool:
    """年初提出，年内新增10家: what is announced right before a comma holds behind it."""
    before = [t for t in walk.tokens if t.end == comma.start]
    return comma.what == "，" and bool(before) and before[0].kind == kind


def _recalled(walk: Walk, when: When, period: Period, index: int) -> bool:
    """当时的目标是到2025年 …, 当时提出，到2024年 …: a plan of the past is still a plan."""
    if when.base == "frame" and when.months and any(c.status == "target" for c in walk.claims):
        return False  # 今年的目标是95%，到十月底做到93%
    if when.until and walk.state.planned:
        plans = (walk.state.date, walk.state.plan_year, walk.state.plan_before)
        return not any(plan and plan.period.end > period.end for plan in plans)  # 今年要增长8%；…到去年末累计2900个
    if walk.by_paper and walk.at.start <= walk.by_paper + 1:
        return True  # 按照规划，2025年产值达到…
    if intents.holds(walk, when, period):
        return True
    said = [t for t in walk.tokens[:index] if t.kind == "plan" and t.what.word not in ("将", "要", "须")]
    return bool(said) and said_in_clause(walk, "plan", index)


def told_as_planned(walk: Walk, period: Period) -> bool:
    """Whether the sentence has told plans of a period that is far from over: what else it tells of it is one too."""
    published = walk.scene.published
    ahead = published is not None and lies_ahead(period.end, published)
    told = [c.status for c in walk.claims if c.period.end.year == period.end.year]
    return ahead and "actual" not in told and any(c.status == "target" and c.period == period for c in walk.claims)


def status_behind(walk: Walk, first: Dated | None) -> Status:
    """The status behind a semicolon: planned where the sentence is, and a fact again behind facts that led to a hope.

    …2914家，年底有望突破3000家；科技型中小企业4380家: the part before began with what there is.
    """
    state = walk.state
    if first and told_as_planned(walk, first.period):
        return "target"
    here = [c for c in walk.claims if c.number.start >= walk.segment_start]
    published = walk.scene.published
    if first and published and first.period.end > published:
        return state.status  # 到2027年，由目前的83家增至160家；…
    if state.status == "estimate" and plans.of_one_name(walk):
        return "actual"
    return "actual" if here and here[0].status == "actual" else state.status


def goes_on_planned(walk: Walk, when: When) -> Dated | None:
    """今年的账列好了：…。全年净增90家: the year of the plans in the sentence before, which a bare date goes on with."""
    plan, published = walk.scene.plan, walk.scene.published
    bare = when.base == "frame" and when.year == 0 and not when.point
    if not (walk.scene.planned and plan and published and bare):
        return None
    return plan if plan.period == Period.year(published.year) else None


_TENTHS = {"上旬": 10, "中旬": 15, "下旬": 25}  # the day of a month by which such a part of it may be told of


def _up_to_now(walk: Walk, period: Period) -> bool:
    """截至3月, told on the 30th, 到12月中旬, told on the 29th: the month under way, as far as it has gone."""
    published = walk.scene.published
    if (
        published is None
        or not period.instant
        or (period.end.year, period.end.month) != (published.year, published.month)
    ):
        return False
    part = walk.folded[walk.at.end : walk.at.end + 2]
    if part in _TENTHS:
        return published.day >= _TENTHS[part]
    return walk.folded.startswith("截", walk.at.start) and not walk.folded.endswith(("底", "末"), 0, walk.at.end)


#: 今年全年, 新的一年: of which nothing can be told but plans before it is over.
_WHOLE = re.compile("(?:20\\d\\d年|今年|本年)全年|新的?一年|(?:20\\d\\d|今|本)年度(?=，)")


SPRING = 5  # months in which a year is still reported on
_TO_COME = timedelta(60)  # of a span that has begun, so that nobody can tell yet what has come of it


def hardly_begun(walk: Walk, when: When, period: Period, index: int) -> bool:
    """Whether a bare 全年, 年末 or 三季度 is told as a fact of a time to come: then that of the year before is meant."""
    published, lead = walk.scene.published, walk.scene.lead
    if not _bare(when) or published is None or published.month > SPRING:
        return False
    if lead and lead.period.start.year == published.year:
        return False  # an article about 一季度: its 全年 is the year that has begun
    return _unplanned(walk, when, _last_of_them(walk, when, period), index)


def _bare(when: When) -> bool:
    return when.base == "frame" and when.year == 0 and not when.day


def _last_of_them(walk: Walk, when: When, period: Period) -> Period:
    """一季度…，二季度…，四季度…: what the last bare months of a sentence are, the first ones are too."""
    if when.months is None:
        return period
    named = (t.what for t in walk.tokens if t.kind == "date" and t.start > walk.at.start)
    spans = (periods.resolve(other, walk.scene.published, None) for other in named if other.months and _bare(other))
    return max((period, *filter(None, spans)), key=lambda span: span.end)


def _unplanned(walk: Walk, when: When, period: Period, index: int) -> bool:
    """Whether a bare date is of a time to come, and what is told of it is told as a fact."""
    published = walk.scene.published
    if not _bare(when) or published is None or not lies_ahead(period.end, published):
        return False
    if when.months and period.start <= published and period.end - published < _TO_COME:
        return False  # 上半年, told in May
    if not any(t.kind == "number" for t in walk.tokens[index:]):
        return False  # 账要算到年底
    if walk.folded.startswith("年内", walk.at.start) or walk.folded.startswith("前", walk.tokens[index].end):
        return False  # 年底前全市…: still to come
    goal = walk.folded.startswith(("目标", "任务", "计划"), walk.tokens[index].end)
    before = takewhile(lambda t: t.kind != "mark", reversed(walk.tokens[:index]))
    behind = list(takewhile(lambda t: t.kind != "number" and t.what not in ("；", "。"), walk.tokens[index:]))
    if any(t.kind == "outcome" for t in behind):
        return True  # 规划定的是36家，年末实有34家
    steering = goal or any(t.kind in ("plan", "expect", "condition", "ask") for t in (*before, *behind))
    return not (steering or when.until or walk.state.status != "actual" or walk.scene.planned or walk.scene.ahead)


def judge(walk: Walk, when: When, period: Period, index: int) -> None:
    """A date settles the status: what is still to come is no fact, what is past is no plan."""
    state, published = walk.state, walk.scene.published
    state.untold = False
    if published is None:
        return
    nearly_over = not lies_ahead(period.end, published)  # 2025年, told in the last days of it
    under_way = _up_to_now(walk, period)
    ahead = (when.until and not state.now and not under_way) or (walk.scene.ahead and not nearly_over)
    if state.status == "estimate" and not state.expected and not said_in_clause(walk, "expect", index):
        state.status = "actual"
    closing = when.point and not when.until and not lies_ahead(period.start, published)  # 年末, said in December
    closing = closing or under_way
    onward = goes_on_planned(walk, when) is not None and not nearly_over
    ahead = ahead or (onward and not walk.folded.startswith("已", walk.at.end))
    ahead = ahead or (walk.current and walk.folded.startswith("年内", walk.at.start))  # 目前为1300P，年内扩至2000P
    whole = _WHOLE.match(walk.folded, walk.at.start) and any(t.kind == "number" for t in walk.tokens[index:])
    ahead = ahead or (bool(whole) and not nearly_over)
    if (period.start > published and not closing) or (ahead and period.end > published):
        state.untold = when.months is not None and not ahead and _unplanned(walk, when, period, index)
        if state.status != "estimate":
            state.status = "target"
    elif (
        state.status == "actual"
        and not when.since
        and told_as_planned(walk, period)
        and not walk.folded.startswith("已", walk.at.end)
    ):
        state.status = "target"  # 2026年产值要…；…，今年安排108亿元
    elif state.status == "target" and (
        when.since or (period.end <= published and not _recalled(walk, when, period, index))
    ):
        state.status, state.planned = "actual", False


_BEGUN = 3  # months of a year in which a sum of the whole year can only be planned
THERE = re.compile("已|现[有存]|目前|拥有|累计")


def year_begun(walk: Walk, number: Token, period: Period) -> bool:
    """2026年，推动…增至3700家, told in February: a count of a year that has just begun is planned, unless it is there already."""
    if not _just_begun(walk, period):
        return False
    here = [t.start for t in clause(walk, number)] or [number.start]
    return not THERE.search(walk.folded, min(here), number.end)


def so_far(walk: Walk, period: Period, basis: Basis, *, done: bool) -> tuple[Period, Basis]:
    """今年以来…累计达51家, told in October: what stands in a year with months to go is counted on the day it is told."""
    published = walk.scene.published
    if done or period.kind != "year" or published is None or not lies_ahead(period.end, published):
        return period, basis
    return Period.day(published), "assumed"


def only_planned(walk: Walk, number: Token, period: Period) -> bool:
    """2026年产值增长5.5%左右, told in January: a year that has just begun has no sums but planned ones.

    A bare sum in which nothing speaks of plans may be of a year mistold.
    """
    return _just_begun(walk, period) and (number.what.bound != "=" or intents.spoken_of(walk, number))


def _just_begun(walk: Walk, period: Period) -> bool:
    published = walk.scene.published
    return published is not None and published.month <= _BEGUN and period == Period.year(published.year)

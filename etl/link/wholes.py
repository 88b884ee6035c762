"""Sums of the parts behind the sum of the whole: 苏州4.89兆元。…昆山，1.22兆元.

In: the sentence under reading and the last sum of a place with parts. Out: the name that a part's sum takes up, or None;
and which sum is the last for the next sentence. Source: reading.md §3.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.link.scene import Dated, Topic, Whole, encloses
from etl.link.state import Claim

if TYPE_CHECKING:
    from etl.link.walk import Walk


def is_money(walk: Walk, indicator: str) -> bool:
    """Whether an indicator is a sum of money."""
    of = walk.catalogue.indicators.get(indicator)
    return of is not None and walk.catalogue.units[of.unit].kind == "money"


def told(walk: Walk, before: Whole | None) -> Whole | None:
    """The last sum that is told of a place with parts, once a sentence has been read; none where another followed."""
    last = None if another_sum(walk) else before
    for claim in walk.claims:
        of = walk.catalogue.indicators[claim.indicator]
        if walk.catalogue.units[of.unit].kind != "money" or claim.measure != "value" or claim.topic is None:
            continue
        parts = any(place.within == claim.place for place in walk.catalogue.places.values())
        fact = of.kind == "flow" and claim.status == "actual"
        if last and parts and fact and _within(walk, claim, last):
            continue  # 1—3月…；其中3月当月4306亿元; 园区1673亿元
        if parts and fact:
            last = Whole(claim.topic, claim.place, claim.value, claim.period)
            last = None if another_sum(walk, claim.number.end) else last
        elif last is None or claim.indicator != last.topic.indicator:
            last = None  # another sum has been told since
    return None if last and _beside_another(walk, last) else last


def _beside_another(walk: Walk, last: Whole) -> bool:
    """规上工业总产值3.4万亿元；…集群产值3.1万亿元: whether one sentence tells two sums of a place; of which, is open."""
    flows = (c for c in walk.claims if c.measure == "value" and c.place == last.place and c.number.what.unit == "元")
    return any(c.indicator != last.topic.indicator and c.number.start < last.topic.start for c in flows)


def _within(walk: Walk, claim: Claim, whole: Whole) -> bool:
    """Whether a sum is of a part of the place or of the time that the last sum has been told of."""
    if whole.topic.indicator != claim.indicator:
        return False
    if whole.place != claim.place or whole.period == claim.period:
        return encloses(whole.place, claim.place, walk.catalogue)
    return whole.period.start <= claim.period.start and claim.period.end <= whole.period.end


#: What may stand between a part's name and its sum: 昆山上半年以6062亿元稳坐龙头.
_LEADS_TO = ("link", "function", "date", "total")
#: 十个板块之中，昆山…: among whom a part stands.
_AMONG = re.compile("(?:板块|区县|县市区?|县级市|地区|城市|区市|功能区|梯队|方阵)(?:之?[中内里间]|里头|当中)?，?$")


def part(walk: Walk, index: int) -> Topic | None:
    """昆山，1.22兆元; 园区（6918亿元）: the sum of a part, right behind its name, of what was told of the whole."""
    state, whole, number = walk.state, walk.scene.whole, walk.tokens[index]
    at = state.place_at
    if whole is None or at is None or number.what.unit != "元" or state.status != "actual" or state.unknown_here:
        return None
    between = [t for t in walk.tokens if at.end <= t.start < number.start]
    near = len(between) <= 4 and all(t.kind in _LEADS_TO or t.what in ("，", "（") for t in between)
    named = any(t.kind in ("name", "theme") for t in walk.tokens if t.start < number.start)
    before = [t for t in walk.tokens if walk.segment_start <= t.start < at.start]
    among = before and _AMONG.search(walk.folded, before[0].start, before[-1].end)
    other = (any(t.kind == "word" for t in before) and not among) or another_sum(walk)  # 外贸方面，昆山…
    if (
        not near
        or named
        or other
        or number.what.value >= whole.value
        or not encloses(whole.place, state.place, walk.catalogue)
    ):
        return None
    if state.date is None:
        state.number_date, state.number_date_at = Dated(whole.period, "carried"), at
    topic = replace(whole.topic, start=at.end, end=at.end)
    state.topic, state.used, state.fresh, state.unknown = topic, False, True, ""
    return topic


def another_sum(walk: Walk, since: int = 0) -> bool:
    """Whether a sum of something else has been told from a position on: 一般公共预算收入2500亿元."""
    lost = (
        (token, reason, of) for token, reason, _, of in walk.refusals if reason in _OPEN and token.what.unit == "元"
    )
    return any(token.start >= since and (reason == "unknown_word" or not of) for token, reason, of in lost)


_OPEN = ("no_indicator", "unknown_word", "unit", "theme", "level", "money_granted")

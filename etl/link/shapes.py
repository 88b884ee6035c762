"""The shapes in which a number stands: which indicator, measure, place and date a figure belongs to.

In: the sentence under reading and the index of a number. Out: a claim or a refusal, noted in the walk. The shapes are
tried in the order of claims of reading.md §3; the first that applies decides, and if it fails for a stated reason the
number is refused and no later shape may have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from etl.link import dating, names
from etl.link.dating import Known, Said
from etl.link.scene import COMPANY, ELSEWHERE, PART, Dated, Topic, located
from etl.link.state import Claim, State
from etl.link.tokens import Token
from etl.model import Measure, Quantity

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: Words that may stand between a number and the name it counts (33家优秀的省级智能工厂).
ADJECTIVES = frozenset("的 优质 优秀 重点 各类 各级 有效 在库 相关 新 多家 企业 规上 重要 高质量 国 在建".split()) - {"企业"}
_TIMES = frozenset("年 个月 天 日 月 小时 分钟 秒 岁 时 周 季度 个季度 期 届 步 方面 次 轮".split())
_RATIO = ("占", "比", "率", "强度", "面")
_PLACE_REASONS = {"": "no_place", ELSEWHERE: "other_place", PART: "part_of_place", COMPANY: "company"}

Verdict = tuple[str, str]  # reason and detail of a refusal


def settle(walk: Walk, index: int) -> None:
    """Read the number at `index`: claim or refuse it, and with it the run of numbers it opens."""
    if reason := _never(walk, index):
        walk.refuse(walk.tokens[index], *reason)
        if reason[0] != "measure_word":
            walk.state.growth = ""
        return
    run = _run(walk, index)
    if walk.state.each and len(run) > 1:
        _deal(walk, run)
        return
    outcome = _single(walk, index)
    if isinstance(outcome, Claim):
        _accept(walk, outcome)
        walk.state.verb_once = ""
    else:
        topic = walk.state.topic
        walk.refuse(walk.tokens[index], *outcome, topic.indicator if topic and topic.call.options else "")
        if outcome[0] != "measure_word":
            walk.state.used, walk.state.fresh = True, False


# -- what no shape may have -----------------------------------------------------------------------------------------
def _never(walk: Walk, index: int) -> Verdict | None:
    state, token = walk.state, walk.tokens[index]
    quantity: Quantity = token.what
    if quantity.unit in _TIMES:
        return "measure_word", quantity.unit
    if quantity.unit.endswith(("百分点", "个点", "倍")):
        return "growth", quantity.unit
    if state.growth and quantity.unit != "%":
        return "growth", quantity.unit
    if state.refuted or _corrected(walk, token):
        return "not_fact", ""
    if state.asked or _question(walk, index):
        return "not_fact", ""
    if state.granted and quantity.unit == "元":
        return "money_granted", ""
    if state.per_unit:
        return "per_unit", ""
    if state.years:
        return "years", ""
    return None


def _corrected(walk: Walk, token: Token) -> bool:
    """A quoted figure in a sentence that corrects it: “1.5万人”多写了一个零，应为1500余人."""
    spoilt = walk.correction or any(t.kind == "refute" for t in walk.tokens)
    return bool(spoilt) and (token.start < walk.correction or not walk.correction) and any(s.start <= token.start < s.end for s in walk.quoted)


def _question(walk: Walk, index: int) -> bool:
    last = walk.tokens[-1]
    if last.what not in ("？", "?"):
        return False
    return any(t.kind == "ask" for t in walk.tokens[index:])


# -- lists ----------------------------------------------------------------------------------------------------------
def _run(walk: Walk, index: int) -> list[int]:
    """Indices of the numbers coordinated with this one: 、 and 和 between, nothing else."""
    run, at = [index], index + 1
    while at + 1 < len(walk.tokens):
        token, following = walk.tokens[at], walk.tokens[at + 1]
        joined = token.kind == "and" or (token.kind == "mark" and token.what == "、")
        if not joined or following.kind != "number":
            break
        run.append(at + 1)
        at += 2
    return run


def _like_last(walk: Walk, number: Token, last: Token) -> Quantity:
    """1366和1018亿元: a unit said once at the end holds for the whole list."""
    quantity: Quantity = number.what
    if quantity.unit or not (digits := re.search(r"\d+(?:\.\d+)?", walk.folded[last.start : last.end])):
        return quantity
    scale = abs(last.what.value) / Decimal(digits[0])
    return replace(quantity, value=quantity.value * scale, digits=quantity.digits * scale, unit=last.what.unit)


def _deal(walk: Walk, run: list[int]) -> None:
    """分别: numbers are dealt over the list of equal length: rows for growth, names, places, dates. Else refused."""
    state = walk.state
    numbers = [walk.tokens[i] for i in run]
    quantities = [_like_last(walk, n, numbers[-1]) for n in numbers]
    walk.taken.update(run)
    size = len(run)
    makers: list[Callable[[int], Claim | Verdict]] = []
    if state.growth and quantities[-1].unit == "%":
        rows = state.rows[:size] if state.former.startswith("前") else [c for c in walk.claims if c.measure == "value"][-size:]
        if len(rows) == size:
            makers = [lambda n: _growth_of(walk, numbers[n], quantities[n], rows[n])]
        elif state.topic and not state.topic.refused and len(state.last_places) == size:
            makers = [lambda n: _at(walk, place=state.last_places[n][0]).growth(numbers[n], quantities[n], state.topic)]
    elif len(listed := state.names if len(state.names) == size else state.last_names) == size:
        makers = [lambda n: _value(walk, numbers[n], quantities[n], listed[n], "dealt over names")]
    elif state.topic and len(state.last_places) == size:
        makers = [lambda n: _at(walk, place=state.last_places[n][0]).make(numbers[n], quantities[n], state.topic, "dealt over places")]
    elif state.topic and len(state.last_dates) == size:
        makers = [lambda n: _at(walk, date=state.last_dates[n]).make(numbers[n], quantities[n], state.topic, "dealt over dates")]
    if not makers:
        for number in numbers:
            walk.refuse(number, "unequal_lists", "", state.topic.indicator if state.topic else "")
        return
    listing, growing, dealt = list(state.names), state.growth, []
    for n in range(size):
        state.growth = growing
        outcome = makers[0](n)
        if isinstance(outcome, Claim):
            _accept(walk, outcome)
            dealt.append(outcome)
        else:
            walk.refuse(numbers[n], *outcome)
    state.last_names = listing if len(listing) > 1 else state.last_names
    state.each, state.growth = False, ""
    if dealt and dealt[0].measure == "value":
        state.rows = dealt


class _at:
    """Make a claim with another place or date in force."""

    def __init__(self, walk: Walk, place: str | None = None, date: tuple[Dated, Token] | None = None) -> None:
        self.walk, self.place, self.date = walk, place, date

    def growth(self, number: Token, quantity: Quantity, topic: Topic | None) -> Claim | Verdict:
        """The growth of the topic at that place."""
        assert topic is not None
        value = -abs(quantity.value) if self.walk.state.growth == "fall" else quantity.value
        self.walk.state.place, saved = self.place or self.walk.state.place, self.walk.state.place
        try:
            return _value(self.walk, number, replace(quantity, value=value), topic, "growth dealt over places", measure="yoy")
        finally:
            self.walk.state.place = saved

    def make(self, number: Token, quantity: Quantity, topic: Topic | None, why: str) -> Claim | Verdict:
        """The claim of a number under that place or date."""
        state = self.walk.state
        saved = state.copy()
        try:
            if self.place is not None:
                state.place, state.place_basis = self.place, "stated"
            if self.date is not None:
                state.number_date, state.number_date_at = self.date
            return _value(self.walk, number, quantity, topic, why) if topic else ("no_indicator", "")
        finally:
            state.place, state.place_basis = saved.place, saved.place_basis
            state.number_date, state.number_date_at = saved.number_date, saved.number_date_at


# -- single numbers ---------------------------------------------------------------------------------------------------
def _single(walk: Walk, index: int) -> Claim | Verdict:
    state, token = walk.state, walk.tokens[index]
    quantity: Quantity = token.what
    if quantity.unit == "%":
        return _percent(walk, index)
    if state.from_ and state.number_date is None and not state.to:
        if (after := name_after(walk, index)) is None:
            return "no_date", ""
        del after
    if (after := name_after(walk, index)) is not None:
        return _before_name(walk, index, after)
    if (winner := _winners(walk, index)) is not None:
        return _before_name(walk, index, winner, winners=True)
    if _counts_something(walk, index):
        return "no_indicator", _following_word(walk, index)
    return _after_name(walk, index)


def name_after(walk: Walk, index: int) -> int | None:
    """Index of the name that a number counts: it follows at once, adjectives only between (33家省级智能工厂)."""
    quantity: Quantity = walk.tokens[index].what
    for at in range(index + 1, min(index + 5, len(walk.tokens))):
        token = walk.tokens[at]
        if token.kind == "name":
            topic = names.named(token, walk.state, walk.scene)
            return at if not topic.indicator or fits(walk, topic.indicator, quantity) else None
        if not (token.kind in ("level", "theme", "other") or (token.kind in ("function", "total", "new") and token.what.word in ADJECTIVES)):
            return None
    return None


_GENERIC_NOUN = re.compile("|".join("企业 项目 产品 平台 机构 服务 单位 公司 数据集 算法 大模型 模型 车间 工厂 中心 场景 案例 实验室 智能体 软件 集群 园区".split()))
_VERBS = ("开展", "从事", "完成", "通过", "布局")  # names that are verb phrases


def _winners(walk: Walk, index: int) -> int | None:
    """Index of the name that so many enterprises hold: 33家企业获评省级智能工厂, 1家企业（亨通力缆）入选 …"""
    depth, verb = 0, False
    following = walk.tokens[index + 1] if index + 1 < len(walk.tokens) else None
    placed = following is not None and following.kind == "place" and following.what.kind == "known"  # 32家苏州企业
    counted = _GENERIC_NOUN.match(walk.folded, following.end if placed and following else walk.tokens[index].end)
    noun = counted.end() if counted else 0
    for at in range(index + 1, len(walk.tokens)):
        token = walk.tokens[at]
        if token.kind == "mark":
            depth += (token.what in "（(") - (token.what in "）)")
            if depth == 0 and token.what not in "）)《》":
                return None
            continue
        if depth:
            continue
        if token.end <= noun:
            continue
        if at == index + 1 and token.kind != "award":
            return None
        if token.kind == "name":
            return at if verb or token.what.head.startswith(_VERBS) else None
        verb = verb or token.kind in ("award", "total", "new")
        if token.kind in ("word", "number", "share", "compare", "grant"):
            return None
    return None


def _before_name(walk: Walk, index: int, at: int, *, winners: bool = False) -> Claim | Verdict:
    token, name = walk.tokens[index], walk.tokens[at]
    state = walk.state
    if name.what.level:
        state.level, state.level_list = name.what.level, True
    topic = names.named(name, state, walk.scene)
    walk.taken.add(at)
    if topic.refused:
        return topic.refused, topic.call.head
    if walk.tokens[index + 1].kind == "place" and (of := located(walk.tokens[index + 1].what, walk.catalogue, walk.scene, state.place)):
        state.place, state.place_basis, state.place_at = of, "stated", walk.tokens[index + 1]
    if not winners and at + 1 < len(walk.tokens):
        winners = _award_follows(walk, at)
    return _value(walk, token, token.what, topic, "winners" if winners else "number before name", winners=winners)


def _award_follows(walk: Walk, at: int) -> bool:
    """15个人工智能应用场景入选市级示范: the honour may stand after the name."""
    for token in walk.tokens[at + 1 :]:
        if token.kind == "award":
            return token.what.word not in ("通过", "成为", "认定")
        if token.kind not in ("function", "level"):
            return False
    return False


def _counts_something(walk: Walk, index: int) -> bool:
    """A count directly followed by a noun counts that noun: no name to its left may claim it."""
    following = walk.tokens[index + 1] if index + 1 < len(walk.tokens) else None
    if following is None or walk.tokens[index].what.unit == "元":
        return False
    if _GENERIC_NOUN.match(walk.folded, walk.tokens[index].end):
        return True
    return following.kind in ("word", "theme") and following.start == walk.tokens[index].end


def _following_word(walk: Walk, index: int) -> str:
    following = walk.tokens[index + 1]
    return walk.folded[following.start : following.end]


def _after_name(walk: Walk, index: int) -> Claim | Verdict:
    """The nearest fitting name to the left in the sentence, or the topic carried into it."""
    state, token = walk.state, walk.tokens[index]
    topic = state.topic
    if topic is None:
        return "no_indicator", ""
    topic = _fitting(walk, topic, token.what)
    if walk.folded[topic.start : topic.end].endswith(("名录", "名单", "榜单")) and state.place_at is None and state.topic.start >= walk.tokens[0].start:
        return "no_place", topic.call.head  # so many stand on the list, wherever they are
    _look_behind(walk, index)
    if verdict := _not_claimable(walk, topic):
        return verdict
    if len(state.names) > 1 and not state.every:
        return "unequal_lists", ""
    if state.share and state.share not in ("open", "?") and not fits_percent(walk, topic):
        return _at(walk, place=state.share).make(token, token.what, topic, "figure of the larger place")
    if state.every and len(state.last_places) > 1:
        for place, _ in state.last_places[:-1]:
            outcome = _at(walk, place=place).make(token, token.what, topic, "one number for each place")
            if isinstance(outcome, Claim):
                _accept(walk, outcome)
        return _value(walk, token, token.what, topic, "one number for each place")
    if state.every and len(state.names) > 1:
        for other in state.names[:-1]:
            outcome = _value(walk, token, token.what, other, "one number for each")
            if isinstance(outcome, Claim):
                _accept(walk, outcome)
    return _value(walk, token, token.what, topic, "name before number", winners=_award_follows(walk, index))


def _fitting(walk: Walk, topic: Topic, quantity: Quantity) -> Topic:
    """The nearest fitting name: where the last one does not fit the unit, one before it in the sentence may."""
    if topic.refused or walk.state.names or not walk.state.fresh or fits(walk, topic.indicator, quantity):
        return topic
    earlier = (c.topic for c in reversed(walk.claims) if c.topic and fits(walk, c.topic.indicator, quantity))
    return next(earlier, topic)


def _not_claimable(walk: Walk, topic: Topic) -> Verdict | None:
    state = walk.state
    if topic.refused:
        return topic.refused, topic.call.head
    if state.unknown:
        return "unknown_word", state.unknown
    if state.part and topic.start < state.part_at and not (state.verb_once or state.number_date or state.part_framed):
        return "part", topic.call.head
    if state.used and not state.fresh:
        return "repeated", topic.call.head
    return None


def _look_behind(walk: Walk, index: int) -> None:
    """13家是江苏全省的数量, 3000家系2026年底的目标数: what the number is may be said after it."""
    tokens, state = walk.tokens, walk.state
    if index + 1 >= len(tokens) or tokens[index + 1].kind != "link" or tokens[index + 1].what.word not in ("是", "系", "为"):
        return
    ahead: list[Token] = []
    for token in tokens[index + 2 :]:
        if token.kind == "mark":
            break
        if token.kind not in ("place", "date", "function", "plan", "total"):
            return
        ahead.append(token)
    if not ahead or ahead[-1].kind not in ("function", "plan", "total"):
        return
    state.fresh = True
    for offset, token in enumerate(ahead):
        if token.kind == "place":
            walk._place(token, index + 2 + offset)
        elif token.kind == "date":
            walk._date(token, index + 2 + offset)
        elif token.kind == "plan":
            state.status = "target"


# -- percent --------------------------------------------------------------------------------------------------------
def _percent(walk: Walk, index: int) -> Claim | Verdict:
    state, token = walk.state, walk.tokens[index]
    if not state.growth and walk.folded[token.start] in "+-" and _beside_a_figure(walk, index):
        state.growth = "grow" if walk.folded[token.start] == "+" else "fall"
    if state.growth:
        return _growth(walk, token)
    if state.share:
        return _share(walk, token)
    topic = state.topic
    if topic is None:
        return "no_indicator", ""
    if verdict := _not_claimable(walk, topic):
        return verdict
    if state.measure == "yoy" and walk.claims and walk.claims[-1].topic == topic and not fits_percent(walk, topic):
        return _value(walk, token, token.what, topic, "growth, as in the clause before", measure="yoy")
    if not fits_percent(walk, topic):
        return "unit", topic.call.head
    if not any(sign in walk.folded[topic.start : topic.end] for sign in _RATIO) and not _ratio_said(walk, topic, token):
        return "measure", topic.call.head
    return _value(walk, token, token.what, topic, "ratio after name")


def _beside_a_figure(walk: Walk, index: int) -> bool:
    """1902亿元（+2.9%）: a signed percentage in brackets behind a figure is its growth."""
    before = [t for t in walk.tokens[:index] if t.kind != "mark"]
    return bool(before) and before[-1].kind == "number" and bool(walk.claims) and walk.claims[-1].number == before[-1]


def _ratio_said(walk: Walk, topic: Topic, token: Token) -> bool:
    words = "".join(walk.folded[t.start : t.end] for t in walk.tokens if topic.end <= t.start < token.start)
    return any(sign in words for sign in ("占", "比重", "占比", "覆盖率", "强度"))


def _growth(walk: Walk, token: Token) -> Claim | Verdict:
    """同比增长8.7%: of the figure before it, or of the topic where it comes first."""
    state, topic = walk.state, walk.state.topic
    if state.growth_base in ("average", "other") or state.compared:
        return "growth", state.growth_base
    if topic is None:
        return "no_indicator", ""
    if topic.refused:
        return topic.refused, topic.call.head
    if state.unknown:
        return "unknown_word", state.unknown
    rows = [c for c in walk.claims if c.topic == topic and c.measure == "value" and not c.base]
    if state.former and state.rows:
        rows = [state.rows[0] if state.former.startswith("前") else state.rows[-1]]
    if state.date and rows and (same := [c for c in rows if c.period == state.date.period]):
        rows = same
    if rows and state.used:
        return _growth_of(walk, token, token.what, rows[-1])
    if state.used and not state.fresh:
        return "repeated", topic.call.head
    return _growth_of(walk, token, token.what, None)


def _growth_of(walk: Walk, token: Token, quantity: Quantity, row: Claim | None) -> Claim | Verdict:
    topic = row.topic if row else walk.state.topic
    assert topic is not None
    if walk.catalogue.units[walk.catalogue.indicators[topic.indicator].unit].kind == "percent":
        return "growth", topic.call.head
    value = -abs(quantity.value) if walk.state.growth == "fall" else quantity.value
    quantity = replace(quantity, value=value)
    if row is None:
        return _value(walk, token, quantity, topic, "growth of the topic", measure="yoy")
    if walk.state.date and walk.state.date_at and walk.state.date_at.start > row.number.start and walk.state.date.period != row.period:
        return _value(walk, token, quantity, topic, "growth at its own date", measure="yoy")
    return _beside(walk, row, token, quantity, "yoy", "", "growth of the figure before it")


def _share(walk: Walk, token: Token) -> Claim | Verdict:
    """占全省的23.5%: of the figure before it."""
    state, topic, quantity = walk.state, walk.state.topic, token.what
    if any(t.kind == "total" and t.what.word in ("合计", "总计", "共计") for t in _clause(walk, token)):
        return "share", "合计"
    if state.share in ("?", "open"):
        if state.share == "open" and topic and not topic.refused and fits_percent(walk, topic) and not state.unknown:
            return _value(walk, token, quantity, topic, "ratio after name")
        return "share", ""
    if topic is None:
        return "no_indicator", ""
    if topic.refused:
        return topic.refused, topic.call.head
    if fits_percent(walk, topic):
        return "share", topic.call.head
    if any(t.kind == "share" and t.what.word.startswith("约") and t.start < token.start for t in walk.tokens[-40:]) and quantity.bound == "=":
        quantity = replace(quantity, bound="~")
    rows = [c for c in walk.claims if c.topic == topic and c.measure in ("value", "new")]
    larger = state.share
    if rows:
        rows = [c for c in rows if c.place != larger] or rows
        return _beside(walk, rows[-1], token, quantity, "share", larger, "share of the figure before it")
    if state.unknown:
        return "unknown_word", state.unknown
    claim = _value(walk, token, quantity, topic, "share of the topic", measure="share")
    return replace(claim, share_of=larger) if isinstance(claim, Claim) else claim


def _beside(walk: Walk, row: Claim, token: Token, quantity: Quantity, measure: Measure, share_of: str, why: str) -> Claim | Verdict:
    """A growth or share of a figure: its place, period and status."""
    if share_of == row.place:
        return "share", share_of
    return replace(
        row, measure=measure, share_of=share_of, value=quantity.value, bound=quantity.bound, rounding=quantity.digits,
        number=token, start=min(row.start, token.start), end=token.end, why=f"{row.why} · {why}",
    )  # fmt: skip


# -- claims ---------------------------------------------------------------------------------------------------------
def fits_percent(walk: Walk, topic: Topic) -> bool:
    """Whether an indicator is itself a percentage."""
    return bool(topic.indicator) and walk.catalogue.units[walk.catalogue.indicators[topic.indicator].unit].kind == "percent"


def fits(walk: Walk, indicator: str, quantity: Quantity) -> Decimal | None:
    """The factor from the number's unit to the indicator's, or None where it does not fit."""
    unit = walk.catalogue.units[walk.catalogue.indicators[indicator].unit]
    if quantity.unit in unit.words:
        return unit.words[quantity.unit]
    if not quantity.unit and unit.kind == "count" and quantity.bound == ">":
        return Decimal(1)  # 3000+
    return None


def _value(
    walk: Walk, token: Token, quantity: Quantity, topic: Topic, why: str, *, winners: bool = False, measure: Measure | None = None
) -> Claim | Verdict:
    state = walk.state
    if topic.refused:
        return topic.refused, topic.call.head
    indicator = walk.catalogue.indicators[topic.indicator]
    factor = Decimal(1) if measure in ("yoy", "share") else fits(walk, topic.indicator, quantity)
    if factor is None:
        return "unit", quantity.unit
    if reason := _PLACE_REASONS.get(state.place):
        return reason, ""
    said = Said(indicator.kind, "" if measure else _verb(walk, token, winners), state.status, _stated(state), state.now, state.since_january, winners)
    found = dating.dated(said, _known(walk))
    if isinstance(found, str):
        return found, ""
    told, period, basis = found
    start, end = _quote(walk, token, topic)
    return Claim(
        indicator=topic.indicator, measure=measure or told, share_of="", place=state.place, place_basis=state.place_basis,
        status=state.status, period=period, period_basis=basis, value=quantity.value * factor, bound=quantity.bound,
        rounding=quantity.digits * factor, number=token, start=start, end=end, why=why, topic=topic, base=_is_base(walk),
    )  # fmt: skip


def _is_base(walk: Walk) -> bool:
    """较去年同期的85家: a figure only given to compare with."""
    at = walk.state.number_date_at
    return at is not None and walk.folded[at.start] in "较比"


def _verb(walk: Walk, token: Token, winners: bool) -> str:
    """new, award or total, as it governs this number."""
    state = walk.state
    clause = _clause(walk, token)
    if winners:
        return "total" if any(t.kind == "total" for t in clause) else "new" if any(t.kind == "new" for t in clause) else "award"
    if state.verb_once:
        return state.verb_once
    if state.topic and any(word in walk.folded[state.topic.start : state.topic.end] for word in ("累计", "总计")):
        return "total"
    if not state.verb and walk.claims and walk.claims[-1].measure == "new" and walk.claims[-1].topic == state.topic:
        if clause and all(t.kind in ("place", "function", "and") for t in clause) and clause[-1].kind == "place":
            return "new"  # 昆山新增10家，太仓5家
    if state.verb == "new" and not walk._batched and not any(t.kind == "new" for t in clause):
        if any(t.kind in ("total", "link") for t in clause) or walk.folded.startswith(("突破", "超", "逾"), token.start):
            return ""  # a clause with a verb of its own: 新增 no longer governs
    return state.verb


def _clause(walk: Walk, token: Token) -> list[Token]:
    """The tokens of the clause before a number."""
    found: list[Token] = []
    for other in walk.tokens:
        if other.start >= token.start:
            break
        if other.kind == "mark" and other.what in "，；：":
            found = []
        else:
            found.append(other)
    return found


def _stated(state: State) -> Dated | None:
    found = state.number_date or state.date
    if state.status == "target" and found is None:
        return state.plan_year
    return found


def _known(walk: Walk) -> Known:
    scene = walk.scene
    last = walk.segment if walk.segment and walk.state.date is None and not walk.state.now else scene.last
    return Known(scene.published, last, scene.opening, scene.lead, scene.review)


def _quote(walk: Walk, token: Token, topic: Topic) -> tuple[int, int]:
    """The run from the first word that gives the figure its meaning to the last, inside the sentence."""
    state, first = walk.state, walk.tokens[0].start
    parts = [token.start, topic.start]
    parts += [t.start for t in (state.number_date_at or state.date_at, state.place_at) if t is not None]
    inside = [start for start in parts if start >= first]
    return min(inside), max(token.end, topic.end if topic.start >= first else token.end)


def _accept(walk: Walk, claim: Claim) -> None:
    """Note a claim, unless the sentence gives the same key another value."""
    state = walk.state
    for other in [c for c in walk.claims if c.key == claim.key and c.value != claim.value]:
        rough = other if other.bound != "=" else claim if claim.bound != "=" else None
        if rough is None:
            walk.claims.remove(other)
            walk.refuse(other.number, "repeated", "", other.indicator)
            walk.refuse(claim.number, "repeated", "", claim.indicator)
            return
        walk.refuse(rough.number, "repeated", "", rough.indicator)
        if rough is claim:
            return
        walk.claims.remove(rough)
    walk.claims.append(claim)
    state.measure = claim.measure
    if claim.topic is not None:
        state.topic = claim.topic
    if claim.measure == "share":
        state.share, state.share_open, state.share_said = "", False, True
    if claim.measure in ("value", "new"):
        state.used, state.fresh = True, False
    state.names, state.unknown, state.growth, state.growth_base = [], "", "", ""
    state.number_date = state.number_date_at = None
    state.to = state.compared = False

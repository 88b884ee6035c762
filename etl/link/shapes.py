"""The shapes in which a number stands: which name it belongs to.

In: the sentence under reading and the index of a number. Out: a claim or a refusal, noted in the walk. The shapes are
tried in the order of claims of reading.md §3; the first that applies decides, and if it fails for a stated reason the
number is refused and no later shape may have it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link import (
    behind,
    denied,
    given,
    honours,
    made,
    names,
    pairs,
    predicated,
    referred,
    rivals,
    rolls,
    sums,
    turns,
    wholes,
)
from etl.link.claimable import not_claimable
from etl.link.claims import Figure, Verdict, accept, fits, fits_percent, value
from etl.link.counted import GOAL, clause
from etl.link.lists import deal, of_places, run_of
from etl.link.never import never
from etl.link.percent import percent
from etl.link.scene import Dated, Topic, located
from etl.link.state import Claim
from etl.link.tokens import Token
from etl.model import Quantity
from etl.period import Period

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: Words that may stand between a number and the name it counts (33家优秀的省级智能工厂).
ADJECTIVES = frozenset("的 优质 优秀 重点 各类 各级 有效 在库 相关 新 多家 规上 重要 高质量 国 在建".split())
_ALSO = ("是", "还", "也", "还是", "也是", "同时", "同时是")  # 其中5家还是重点“小巨人”
_VERBS = ("开展", "从事", "完成", "通过", "布局", "正在", "研发", "开发")  # names that are verb phrases
_GENERIC_NOUN = re.compile(
    "|".join(
        "企业 项目 产品 平台 机构 服务 单位 公司 厂房 厂家 厂商 厂子 数据集 算法 大模型 模型 车间 工厂 中心 场景 案例 实验室 智能体 软件 装备 集群 园区 指标 榜单 名单 方面 领域 阵营 梯队".split()
    )
)


def settle(walk: Walk, index: int) -> None:
    """Read the number at `index`: claim or refuse it, and with it the run of numbers it opens."""
    _spans(walk, walk.tokens[index])
    if referred.of_those(walk, index) or referred.one_each(walk, index) or turns.told(walk, index):
        return
    if reason := never(walk, index):
        _none(walk, index, reason)
        return
    if pairs.told(walk, index):
        return
    if GOAL.match(walk.folded, walk.tokens[index].end):
        _goal(walk)
    run = run_of(walk, index)
    if len(run) > 1 and walk.state.each:
        _named_behind(walk, run)
    if len(run) > 1 and (walk.state.each or _answers(walk, run) or _in_order(walk, run) or of_places(walk, run)):
        _honoured(walk, run)
        deal(walk, run)
    elif len(run) > 1 and _unlike(walk, run):
        for at in run:  # 两个数为176个和19家: of which names, it does not say
            walk.refuse(walk.tokens[at], "unequal_lists")
        walk.taken.update(run)
    else:
        walk.state.rate = False
        _note(walk, index, rivals.figure(walk, index) or _single(walk, index))


def _honoured(walk: Walk, run: list[int]) -> None:
    """2023年、2024年…，常熟分别有5家、7家工厂入围绿色工厂: the honour behind the numbers is what all of them hold."""
    at = None if walk.state.names else _winners(walk, run[-1])
    if at is None or not walk.tokens[at].what.options:
        return
    walk.state.topic, walk.state.used = names.named(walk.tokens[at], walk.state, walk.scene), False
    walk.state.verb, walk.state.verb_once = "", "award"
    walk.taken.update(range(run[-1] + 1, at + 1))


#: …的同比增幅，请把“12.0%”换成10.2%: what is right is a growth too.


def _none(walk: Walk, index: int, reason: Verdict) -> None:
    """Refuse a number, and with it what was said of it alone."""
    state = walk.state
    walk.refuse(walk.tokens[index], *reason)
    put_right = reason[0] == "not_fact" and denied.PUT_RIGHT.match(walk.folded, walk.tokens[index].end)
    if reason[0] != "measure_word" and not put_right:
        state.growth = ""
    if reason[0] == "growth":
        state.number_date = state.number_date_at = None  # 是五年前的近二十倍，77家里…
    if reason[0] in ("money_granted", "per_unit"):
        state.used, state.fresh = True, False  # 企业融资额120亿元，增长35%: the growth is of that sum


_YEARLY = re.compile("的?(?:年度|全年)")


def _goal(walk: Walk) -> None:
    """覆盖率达到94.7%，年度92%的任务提前完成: a figure of its own, whose year, said behind a fact, is no fact's."""
    state, told = walk.state, walk.claims[-1].number.start if walk.claims else None
    state.fresh = True
    if state.date and state.date.period.kind == "part" and _YEARLY.match(walk.folded, walk.at.end):
        state.number_date = Dated(Period.year(state.date.period.end.year), "carried")  # 上半年…，800座的全年任务
        state.number_date_at = state.date_at
    if told is not None and state.status == "actual" and state.date_at and state.date_at.start > told:
        walk.dates = [dated for dated in walk.dates if dated is not state.date]
        walk.stated = walk.dates[-1] if walk.dates else None


def _note(walk: Walk, index: int, outcome: Claim | Verdict) -> None:
    """Keep a claim, or the refusal of a number with what it would have been."""
    if isinstance(outcome, Claim):
        accept(walk, outcome)
        walk.state.verb_once = ""
        return
    topic = walk.state.topic
    walk.refuse(walk.tokens[index], *outcome, topic.indicator if topic and topic.call.options else "")
    if outcome[0] != "measure_word":
        walk.state.used, walk.state.fresh = True, False
        walk.state.number_date = walk.state.number_date_at = None


def _named_behind(walk: Walk, run: list[int]) -> None:
    """2023年、2024年分别有5家、7家工厂入围绿色工厂: what a run of numbers counts may stand behind the last of them."""
    state, first = walk.state, walk.tokens[0].start
    if state.growth or state.share or any(topic.start >= first for topic in (*state.names, *walk.named)):
        return
    at = name_after(walk, run[-1])
    winners = None if at is not None else _winners(walk, run[-1])
    if (at := winners if at is None else at) is None:
        return
    topic = names.named(walk.tokens[at], state, walk.scene)
    walk.taken.add(at)
    state.topic, state.used, state.fresh, state.unknown, state.names, state.last_names = topic, False, True, "", [], []
    state.verb, state.verb_once = state.verb, "award" if winners else state.verb_once


def _unlike(walk: Walk, run: list[int]) -> bool:
    """Whether several numbers stand side by side with no name between: no one name has them all."""
    if walk.state.growth and len(walk.state.rows) > 1:
        return True  # 8610亿元、4990亿元、4520亿元，增速为5.2%和3.1%
    return all(walk.tokens[at].what.unit not in ("", "%") and name_after(walk, at) is None for at in run)


def _answers(walk: Walk, run: list[int]) -> bool:
    """昆山、园区分别为8420亿元和5010亿元，增长5.8%和4.9%: growths as many as the figures dealt out just before."""
    growing = walk.state.growth and all(walk.tokens[at].what.unit == "%" for at in run)
    first = walk.state.former.startswith("前") and len(walk.state.rows) > len(run)  # 一、二名增速为5.2%和3.1%
    return bool(growing) and (first or len(walk.state.rows) == len(run))


def _in_order(walk: Walk, run: list[int]) -> bool:
    """高企、上市公司，2020年底是728家和24家: as many names listed as numbers, each of which fits its own."""
    state = walk.state
    listed = state.names if len(state.names) > 1 else [] if state.names else state.last_names
    listed = listed if len(listed) == len(run) else _by_unit(walk, run)
    if (
        len(listed) != len(run)
        or state.growth
        or state.share
        or len(state.last_dates) > 1
        or len(state.last_places) > 1
    ):
        return False
    if state.topic is None or state.topic.start != listed[-1].start or state.unknown:
        return False
    state.last_names = listed
    pairs = zip(run, listed, strict=True)
    return all(not name.refused and _counts(walk, at, name) for at, name in pairs)


def _by_unit(walk: Walk, run: list[int]) -> list[Topic]:
    """产业园4个，建筑面积17.3万平方米，去年底是3个、12.6万平方米: what was told in this order, each of a unit of its own."""
    rows = walk.claims or walk.scene.counts
    told = list(dict.fromkeys(c.topic for c in rows if c.topic and c.measure == "value"))[-len(run) :]
    framed = walk.state.number_date or walk.state.date
    at = walk.state.place_at
    placed = at is not None and bool(told) and at.start > max(c.number.start for c in rows)
    if len(told) != len(run) or not (framed or placed):  # 苏州高新区5个、145万平方米
        return []
    fitting = {(at, row) for at in run for row, topic in enumerate(told) if _counts(walk, at, topic)}
    return told if fitting == {(at, row) for row, at in enumerate(run)} else []


def _counts(walk: Walk, at: int, name: Topic) -> bool:
    """Whether a number counts a name by its unit, and no other name stands behind it."""
    return fits(walk, name.indicator, walk.tokens[at].what) is not None and name_after(walk, at) is None


_MADE = re.compile("(?:间|里|内)?(?:共|累计|一共|总共|合计)?(?:完成|实施|投入|新增|建成|引进)")


def _spans(walk: Walk, token: Token) -> None:
    """五年完成工业投资680亿元: a sum of so many years is of no year, and so is what a semicolon sets beside it."""
    if token.what.unit == "年" and token.what.value > 1 and _MADE.match(walk.folded, token.end):
        walk.state.years, walk.years_first = True, not walk.spoken


def _single(walk: Walk, index: int) -> Claim | Verdict:
    state, token = walk.state, walk.tokens[index]
    quantity: Quantity = token.what
    if around := predicated.told(walk, index) or made.told(walk, index):
        return around
    if quantity.unit == "%":
        behind.placed(walk, index)
        return percent(walk, index)
    if state.from_ and state.number_date is None and not state.to:
        if (after := name_after(walk, index)) is None:
            return "no_date", ""
        del after
    if (after := name_after(walk, index)) is not None:
        return _before_name(walk, index, after)
    if (borne := honours.told(walk, index)) is not None:
        return borne
    if (winner := _winners(walk, index)) is not None:
        return _before_name(walk, index, winner, winners=True)
    if (front := _front(walk, index)) is not None:
        return value(walk, Figure(token, quantity, front, "number before the front of a name"))
    counts = _counts_something(walk, index) and not honours.who_were(walk, index)
    chosen = counts and _chosen(walk, index)
    if counts and not chosen:
        _asked_no_more(walk, index)
        return "no_indicator", _following_word(walk, index)
    return _after_name(walk, index, winners=chosen or _award_follows(walk, index))


def _asked_no_more(walk: Walk, index: int) -> None:
    """食堂只有一个窗口，现在有11个, in an answer: of the thing that is counted now, and no more of what was asked."""
    topic, token = walk.state.topic, walk.tokens[index]
    if not walk.scene.answering or topic is None or topic.start >= walk.tokens[0].start:
        return
    if not _GENERIC_NOUN.match(walk.folded, token.end) and fits(walk, topic.indicator, token.what) is not None:
        walk.state.topic = None


def name_after(walk: Walk, index: int) -> int | None:
    """Index of the name that a number counts: it follows at once, adjectives only between (33家省级智能工厂)."""
    quantity: Quantity = walk.tokens[index].what
    for at in range(index + 1, min(index + 5, len(walk.tokens))):
        token = walk.tokens[at]
        if token.kind == "name":
            topic = names.named(token, walk.state, walk.scene)
            return at if not topic.indicator or fits(walk, topic.indicator, quantity) else None
        if not (
            (walk.state.part and token.kind in ("link", "and") and token.what.word in _ALSO)
            or token.kind in ("level", "theme", "other")
            or (token.kind in ("function", "total", "new") and token.what.word in ADJECTIVES)
        ):
            return None
    return None


def _front(walk: Walk, index: int) -> Topic | None:
    """1982家规上工业企业实现产值…: what is counted is the front of the name that follows."""
    following = walk.following(index)
    if following is None or following.kind != "name" or following.start != walk.tokens[index].end:
        return None
    call, end = walk.recogniser.indicators.front(walk.folded[following.start : following.end])
    if call is None:
        return None
    topic = names.named(Token("name", call, following.start, following.start + end), walk.state, walk.scene)
    return topic if topic.indicator and fits(walk, topic.indicator, walk.tokens[index].what) else None


def _winners(walk: Walk, index: int) -> int | None:
    """Index of the name that so many enterprises hold (33家企业获评省级智能工厂, 1家企业（亨通力缆）入选)."""
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
        if token.end <= noun or (not noun and not verb and token.kind == "function"):
            continue
        if not noun and not verb and token.kind != "award":
            return None
        if token.kind == "name":
            done = walk.folded.endswith("完成", 0, token.start) and token.what.head.endswith("备案")
            return at if verb or done or token.what.head.startswith(_VERBS) else None
        verb = verb or token.kind in ("award", "total", "new")
        if token.kind in ("word", "number", "share", "compare", "grant"):
            return None
    return None


def _before_name(walk: Walk, index: int, at: int, *, winners: bool = False) -> Claim | Verdict:
    token, name = walk.tokens[index], _of_projects(walk, index, at) if winners else walk.tokens[at]
    state = walk.state
    if name.what.level:
        state.level, state.level_list = name.what.level, True
    if (field := walk.tokens[at - 1]).kind == "theme" and field.end == name.start:
        state.theme, state.theme_end = field.what.theme, field.end  # 36家人工智能上市公司
    topic = names.named(name, state, walk.scene)
    walk.taken.add(at)
    if topic.refused:
        return topic.refused, topic.call.head
    if walk.tokens[index + 1].kind == "place" and (
        of := located(walk.tokens[index + 1].what, walk.catalogue, walk.scene, state.place)
    ):
        state.place, state.place_basis, state.place_at = of, "stated", walk.tokens[index + 1]
    if not winners and at + 1 < len(walk.tokens):
        winners = _award_follows(walk, at)
    if listed := next((n for n in range(index + 1, at) if winners and walk.tokens[n].kind == "date"), None):
        behind.dated(walk, listed)  # 6家企业进入2025年国家5G工厂名录
    behind.called(walk, at)
    behind.placed(walk, at)
    if state.every and len(state.last_places) > 1 and state.place == state.last_places[-1][0]:
        _for_each(walk, token, topic, winners=winners)  # 园区、昆山两地各有1家企业跻身…
    why = "winners" if winners else "number before name"
    return value(walk, Figure(token, token.what, topic, why, winners=winners, place=_of_all(walk, index)))


def _of_projects(walk: Walk, index: int, at: int) -> Token:
    """42个项目入库工信部5G工厂: projects that enter a list of projects are no factories."""
    name = walk.tokens[at]
    counted = walk.folded.startswith("项目", walk.tokens[index].end)
    projects = walk.recogniser.indicators.joined(name.what.head, "项目") if counted else None
    return replace(name, what=replace(projects, level=name.what.level)) if projects else name


def _of_all(walk: Walk, index: int) -> str | None:
    """认定了全球23家灯塔工厂: a count of the whole world or country, whoever the sentence is about; else None."""
    before = walk.tokens[index - 1] if index else None
    if before is None or before.kind != "place" or before.what.place not in ("world", "country", "province"):
        return None
    return located(before.what, walk.catalogue, walk.scene, walk.state.place)


def _award_follows(walk: Walk, at: int) -> bool:
    """15个人工智能应用场景入选市级示范: the honour may stand after the name."""
    for number, token in enumerate(walk.tokens[at + 1 :], at + 1):
        if token.kind == "new" and walk.state.from_:
            return False  # 从2024年末的9个添到22个
        if token.kind == "new":  # 比2020年末的1100家多了四成: another number is what is more
            return (after := walk.following(number)) is None or after.kind != "number"
        if token.kind == "award":
            return token.what.word not in ("通过", "成为", "认定")
        if token.kind not in ("function", "level"):
            return False
    return False


def _counts_something(walk: Walk, index: int) -> bool:
    """A count directly followed by a noun counts that noun: no name to its left may claim it."""
    levels = list(takewhile(lambda token: token.kind == "level", walk.tokens[index + 1 :]))  # 8家省级工业互联网平台
    end = levels[-1].end if levels else walk.tokens[index].end
    following = next((token for token in walk.tokens[index + 1 + len(levels) :]), None)
    if following is None or walk.tokens[index].what.unit == "元":
        return False
    if _GENERIC_NOUN.match(walk.folded, end):
        return True
    if behind.whereabouts(walk, index) is not None:
        return False  # 9个出自园区
    return following.kind in ("word", "theme") and following.start == end


#: Where those who won are told: 名单上, （国家级）方面, 评选中.
_LISTED = re.compile("[^，。；]{0,8}?(?:名单|榜|名录)")
_REGARDING = re.compile("(?:（[^）]{1,6}）)?(?:方面|评选|评审|评定|遴选)(?:[中里])?[，：]")


def _chosen(walk: Walk, index: int) -> bool:
    """…智能工厂名单中，张家港有12家企业新入选; 5G工厂名录，苏州被收录40个项目: the list said before is what they are on."""
    topic, noun = walk.state.topic, _GENERIC_NOUN.match(walk.folded, walk.tokens[index].end)
    rolled = topic is not None and topic.start < walk.tokens[0].start and rolls.called(walk)
    if topic is None or noun is None or not (rolled or _on_that(walk, topic, noun[0])):
        return False
    rest = list(takewhile(lambda token: token.kind != "mark", (t for t in walk.tokens if t.start >= noun.end())))
    before = next((t for t in reversed(walk.tokens[:index]) if t.kind != "function"), None)
    taken_in = before is not None and before.kind == "award" and before.start >= topic.end and not rest
    if not taken_in and not (rest and rest[0].kind in ("award", "new")):
        return False
    if not all(token.kind in ("award", "new", "function") for token in rest):
        return False
    walk.taken.update(at for at, t in enumerate(walk.tokens) if index < at and t.end <= noun.end())
    return True


def _on_that(walk: Walk, topic: Topic, noun: str) -> bool:
    """Whether a name is told as a list, or as an honour that such things may win."""
    if topic.start < walk.tokens[0].start:
        return False
    if _LISTED.match(walk.folded, topic.end) or walk.folded.endswith(("名单", "榜", "榜单", "名录"), 0, topic.end):
        return True
    if any(t.kind == "award" and t.start < topic.start for t in walk.tokens):
        return True  # 认定…智能工厂，常熟十二家企业在列
    of_projects = bool(topic.indicator) and walk.catalogue.indicators[topic.indicator].unit == "projects"
    return noun == "项目" and of_projects and _REGARDING.match(walk.folded, topic.end) is not None


def _following_word(walk: Walk, index: int) -> str:
    following = walk.tokens[index + 1]
    return walk.folded[following.start : following.end]


def _after_name(walk: Walk, index: int, *, winners: bool) -> Claim | Verdict:
    """The nearest fitting name to the left in the sentence, or the topic carried into it."""
    state, token = walk.state, walk.tokens[index]
    topic = state.topic or wholes.part(walk, index)
    if topic is None:
        return "no_indicator", ""
    topic = _fitting(walk, topic, token.what)
    if (listed := given.on_a_list(walk, topic, token)) is not None:
        return listed
    behind.look(walk, index)
    if sums.reached(walk, index, topic):
        walk.state.fresh, walk.state.verb_once = True, "total"
    if verdict := not_claimable(walk, topic) or (("other_place", "") if sums.parts_without(walk, index) else None):
        unfit = verdict[0] == "repeated" and fits(walk, topic.indicator, token.what) is None
        return ("unit", token.what.unit) if unfit else verdict
    if len(state.names) > 1 and not state.every:
        return "unequal_lists", ""
    if state.share and state.share not in ("open", "?") and not fits_percent(walk, topic):
        return value(walk, Figure(token, token.what, topic, "figure of the larger place", place=state.share))
    if state.every:
        _for_each(walk, token, topic)
    elif together := sums.together(walk, token):
        return together, ""
    return value(walk, Figure(token, token.what, topic, "name before number", winners=winners))


def _for_each(walk: Walk, token: Token, topic: Topic, *, winners: bool = False) -> None:
    """均超过1500家: one number for every place or name of the list, the last of which the caller reads."""
    state, why = walk.state, "one number for each"
    others = [
        Figure(token, token.what, topic, why, place=place, winners=winners) for place, _ in state.last_places[:-1]
    ]
    others = others or [Figure(token, token.what, name, why) for name in state.names[:-1]]
    others = others or [Figure(token, token.what, topic, why, date=dated) for dated in state.last_dates[:-1]]
    for figure in others:
        outcome = value(walk, figure)
        if isinstance(outcome, Claim):
            accept(walk, outcome)


def _fitting(walk: Walk, topic: Topic, quantity: Quantity) -> Topic:
    """The nearest fitting name: where the last one does not fit the unit, one before it in the sentence may.

    技改备案项目不少于300个: what words that no name explains stand before counts something else.
    """
    if topic.refused or walk.state.names or not walk.state.fresh or fits(walk, topic.indicator, quantity):
        return topic
    if any(t.kind == "word" or walk.folded.startswith("项目", t.start) for t in clause(walk, walk.at)):
        return topic
    earlier = (c.topic for c in reversed(walk.claims) if c.topic and fits(walk, c.topic.indicator, quantity))
    return next(earlier, topic)

"""Plans and expectations: which words announce a target or an estimate, and which figures they are said of.

In: a cue token of the walk. Out: the walk's state, changed: status, and whether a plan was said. Source: reading.md §4.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link import bases, papers
from etl.link.scene import Dated
from etl.link.tokens import Token
from etl.period import Period
from etl.recognise.cues import UNCHANGED
from etl.recognise.periods import TURN

if TYPE_CHECKING:
    from etl.link.walk import Walk

_REACHED = re.compile(
    "的?(?:已经?|均已?|都已?|全部|全都|提前|如期|按期|圆满|顺利)*(?:兑现|完成|实现|达成|超额)"
)  # 目标兑现了, 目标已提前完成：…: an outcome
_SET = re.compile("已?经?(?:排定|敲定|锁定|明确|出炉|上墙|亮出|公布|确定|定了|定下)")  # 目标已经敲定！
_IS = re.compile("就?是|为")


_AGAINST = re.compile(
    "(?:[高低好优快慢多少强弱逊]于|不如|不及|符合|合乎|大致合|超出|高出|低过|高过|超过|快过)(?:年初|年度|全年|预期|原定?|既定|当初|的)*\\Z"
)
_FUTURE = ("将", "要", "还将", "将要", "将达", "将达到")


_AS_A_NOUN = ("先", "把", "里", "中", "书", "表", "开头", "开篇", "也把", "还把", "对")


def _to_level(walk: Walk, token: Token) -> bool:
    """要1.2万P, 要做到1.2万P: a number follows, or the verb of one."""
    return token.kind in ("number", "to") or walk.folded[token.start : token.end] in ("做到", "达到", *_DONE)


_DONE = ("实施", "完成", "实现", "建成", "达到", "培育", "建设", "引进", "打造", "集聚", "突破", "超过")
_GOALS = ("目标", "目标数", "目标值", "任务", "目标任务", "工作目标", "年度任务")


_WRITTEN = (
    "写下",
    "写明",
    "写的是",
    "写着",
    "许下",
    "立下",
    "定的数",
    "定的数是",
    "定的数为",
    "定的是",
    "订的是",
    "提的是",
    "要求是",
    "要求的是",
    "载明",
    "写入",
)


def _idle(word: str, following: Token) -> bool:
    """Whether a word of plans only describes: 拟…项目; 迈进5万亿元大关 has entered it."""
    if word == "迈进":
        return following.kind == "number"
    return word in ("拟", "要求", "努力") and (following.kind == "word" or following.what == "项目")


def plan(walk: Walk, token: Token, index: int) -> None:
    """目标是, 力争, 将: what follows is a target, unless the word announces nothing here."""
    state, word, following = walk.state, token.what.word, walk.following(index)
    goal = word in _GOALS
    if _AGAINST.search(walk.folded, max(0, token.start - 10), token.start):
        return  # 3.72%，好于年初计划: what the outcome is measured against
    if goal and _SET.match(walk.folded, token.end) and not any(t.kind == "number" for t in walk.tokens):
        walk.plans_told = True
        return
    if word in _WRITTEN and not papers.PAPER.search(
        walk.folded, walk.segment_start or walk.tokens[0].start, token.start
    ):
        return  # 写下亮眼答卷: only what a plan writes is planned
    if goal and (_REACHED.match(walk.folded, token.end) or not _announces(walk, index)):
        return  # 目标 alone announces nothing: 以…为目标, 目标兑现
    if following is not None and _idle(word, following):
        return
    if word in _FUTURE and state.status == "estimate":
        return  # 预计到今年底将突破: an expectation stays one
    if word in ("要", "还要") and not bases.ahead(walk, index, ("number", "name")):
        return  # 口径要分清
    if word in ("计划", "规划", "方案") and walk.folded.startswith(_AS_A_NOUN, token.end):
        return  # 计划先把存量数了一遍: the paper, and no plan
    past = state.date and walk.scene.published and state.date.period.end < walk.scene.published
    if word in ("将", "要") and past and (following is None or not _to_level(walk, following)):
        return  # 将时间拨回2021年
    state.status, state.planned = "target", True
    state.fresh = True
    _of_its_year(walk, token)


_THIS_YEARS = re.compile("[入进在].*(?:年度|全年|本年)")  # 写入年度目标的
_YEARLY = re.compile("年度[^，。；：\\d]{0,4}\\Z")  # 年度建设任务
_NEAR = 8  # signs in which that stands


def _of_its_year(walk: Walk, token: Token) -> None:
    """上半年…1860个，年度计划3500个: a plan of the year, whatever part of it was told; never of a year that is over."""
    state, scene = walk.state, walk.scene
    this_years = _THIS_YEARS.search(walk.folded, token.start, token.end)
    if state.date is None and this_years and scene.published and scene.published.month > TURN:
        state.date, state.date_at = Dated(Period.year(scene.published.year), "carried"), None
    yearly = _YEARLY.search(walk.folded, max(0, token.start - _NEAR), token.start) or token.what.word.startswith("年度")
    if state.date and yearly:
        state.date = Dated(Period.year(state.date.period.end.year), "carried")
    if state.date and scene.published and state.date.period.end < scene.published and scene.plan:
        state.date = scene.plan


def _announces(walk: Walk, index: int) -> bool:
    """目标是 …, 目标已经排定：…: a link or a colon before any number; what heads a column holds for its cells."""
    if walk.tabular:
        return True
    if (following := walk.following(index)) is not None and (
        following.kind in ("number", "new", "grow", "fall", "to")
        or walk.folded[following.start : following.end] in _DONE
    ):
        return True  # 工业投资目标260亿元, 今年目标实施…2000个
    for token in walk.tokens[index + 1 :]:
        if token.kind in ("link", "from") or (token.kind == "mark" and token.what in "：:—"):
            return True
        if token.kind == "mark" and token.what == "，":
            return bool(_IS.match(walk.folded, token.end)) or _headed(walk, index) or _told_next(walk, index)
        if token.kind in ("number", "name") or (token.kind == "mark" and token.what in "；。"):
            return False
    return False


_ALONE = re.compile(
    "，(?:就|定在|[约近超])?[\\d.]+(?:万亿|[万亿])?[元家个座项款%P]?(?:以上|左右|上下)?(?=[，。；！]|$|\\s)"
)


def _headed(walk: Walk, index: int) -> bool:
    """今年目标，500亿元: the goal of a year, with nothing but it and its place before, and a bare figure behind."""
    before = takewhile(lambda t: t.kind != "mark", reversed(walk.tokens[:index]))
    framed = [t for t in before if walk.folded[t.start : t.end] not in ("的", "全年", "工业", "规上")]
    dated = any(t.kind == "date" for t in walk.tokens[:index])
    kept = UNCHANGED.match(walk.folded, walk.tokens[index].end)  # 今年的目标也没下修，5800亿元
    alone = _ALONE.match(walk.folded, kept.end() if kept else walk.tokens[index].end)
    return dated and bool(alone) and all(t.kind in ("date", "place", "name") for t in framed)


#: ，规上工业总产值是5万亿元以上: a name and what it is to be, in the clause behind.
_TO_BE = re.compile(
    "，[^，。；：\\d]{2,20}?(?:是|为|要|须|应|定在|定为|锁定|达到?|不低于|不少于|超过?|突破|力争|确保|增长|增加|新增|再添|净增|保持在?)[^，。；：\\d]{0,4}\\d"
)
_DONE_BY_NOW = re.compile("，[^，。；：\\d]{0,24}(?:已|了|完成|实现|超额|实际|目前|只有|仅|还|才|曾)")


def _told_next(walk: Walk, index: int) -> bool:
    """苏州今年的目标，规上工业总产值是5万亿元以上: a goal of a time, alone in its clause, is of what the next one names."""
    token = walk.tokens[index]
    before = list(takewhile(lambda t: t.kind != "mark", reversed(walk.tokens[:index])))
    alone = all(
        t.kind in ("date", "place") or walk.folded[t.start : t.end] in ("的", "全年", "自己", "本") for t in before
    )
    told = _TO_BE.match(walk.folded, token.end) and not _DONE_BY_NOW.match(walk.folded, token.end)
    return alone and any(t.kind == "date" for t in before) and bool(told)


_THOSE = re.compile(
    "(?:这|那|上述|以上)(?:几|两|二|三|四|些|[1-9])?(?:个|项|组|串)?(?:数)?(?:都|均|皆|全)?(?:是|为|系)?$|(?:都|均|皆|全)(?:是|为|系)$"
)


def _of_those_before(walk: Walk, token: Token, index: int) -> bool:
    """5986亿元、增长5.2%这两个预计数: what the words behind figures say of all of them since the last comma.

    ，均为预计数 in a clause of its own is said of the whole part of the sentence.
    """
    after = walk.following(index)
    if not token.what.word.endswith(("数", "预计", "预估", "估计", "估算")) or (
        after and after.kind not in ("mark", "function")
    ):
        return False
    said = _THOSE.search(walk.folded, walk.tokens[0].start, token.start)
    if said is None or walk.brackets:
        return False
    comma = max((t.start for t in walk.tokens[:index] if t.kind == "mark" and t.what in "，；"), default=0)
    apart = walk.folded[said.start() - 1] in "，；"
    since = walk.segment_start if apart else comma
    for claim in walk.claims:
        if claim.number.start >= since and claim.status == "actual":
            claim.status, claim.why = "estimate", claim.why + " · said behind"
    return True


def _told_already(walk: Walk, plan_at: Token, index: int) -> bool:
    """目标为5950亿元，官方推估上半年可望跨过2900亿元: whether the plan has been told, and of another time is spoken now."""
    told = [c for c in walk.claims if c.status == "target" and c.number.start > plan_at.start]
    behind = takewhile(lambda t: t.kind != "number" and t.what not in ("；", "。"), walk.tokens[index:])
    since = [t for t in (*walk.tokens[:index], *behind) if told and t.start >= told[-1].number.end]
    return any(t.what in ("，", "—") for t in since) and any(t.kind == "date" for t in since)


#: 目标是190亿元，全年预计只有175亿元: what is expected falls short of the plan.
_ONLY = re.compile("(?:最多|至多|恐怕|可能|大概|也|还)*(?:只|仅|不到|不足|不及|达不到|难以|做不到|完不成)")


def expect(walk: Walk, token: Token, index: int) -> None:
    """预计, 有望: what follows is an estimate, or what stands before where the words point back."""
    state = walk.state
    state.fresh = True
    if _of_those_before(walk, token, index):
        return
    plan_at = next((t for t in walk.tokens[:index] if t.kind == "plan" and t.start >= walk.segment_start), None)
    planned_here = plan_at is not None and not _told_already(walk, plan_at, index)
    missed = _ONLY.match(walk.folded, token.end)
    if missed or not (state.status == "target" and state.planned and planned_here):
        state.status = "estimate"  # 目标是200亿元；…改成预计190亿元: a plan before ； does not reach it
    following = walk.following(index)
    if following is not None and following.kind == "mark" and following.what in "，：":
        state.expected = True  # 报告预计，…: it governs the whole sentence


def of_one_name(walk: Walk) -> bool:
    """研发投入强度预计为3.72%；高新技术产业产值…: an expectation between a name and its number, of a year told as over."""
    first, published = walk.state.first_date, walk.scene.published
    dated = first or walk.scene.last or walk.scene.review or walk.scene.lead
    here = [c.period for c in walk.claims if c.number.start >= walk.segment_start]
    told = dated.period if dated else here[0] if here else None
    over = told is not None and published is not None and told.end < published
    spots = [at for at, t in enumerate(walk.tokens) if t.kind == "expect" and t.start >= walk.segment_start]
    before = takewhile(lambda t: t.kind != "mark", reversed(walk.tokens[: spots[0]])) if len(spots) == 1 else ()
    return over and any(t.kind in ("name", "theme", "value_added") for t in before)

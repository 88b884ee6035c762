"""A figure told before its name: 5132亿元！大屏打出这个数——这是2025年全市规上工业总产值, as suspense has it.

In: the walk at a number that nothing claims, and at each mark behind it. Out: the figure's claim, once a clause says what
it was and nothing else. The number waits over sentences without a figure or a name, to the end of its paragraph; another
number or name in between could be meant as well, and ends the waiting. Source: reading.md §3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link.claims import Figure, accept, beside, fits_percent, value
from etl.link.percent import signed
from etl.link.state import Claim
from etl.link.tokens import Token
from etl.recognise.quantities import OTHER_MEASURES

if TYPE_CHECKING:
    from etl.link.walk import Walk

_FAR = 160  # characters after which nobody waits any more
#: ——这是…, 它——…, 这个数，是…: what the figure was is told from here on.
_REVEALS = re.compile(
    "(?:—|：|，|。|！|？|\\n|^|、)(?:而|那么|没错|对|原来)?，?(?:(?:这|此|那)(?:一|个|串|组)?(?:数字?|数据|成绩)?(?:就|正|便|也|，|说的|指的|对应的|代表的)*(?:是|为|叫|即)"
    "|(?:正|就|便)?是(?:它|这个数字?)(?:——|：|，)|[^，。—]{0,12}是它(?:——|—|：)|(?:它(?!的)|这个数字?|这一数字)[^，。—]{1,16}—+)"
)
#: 规上工业总产值停在这个数: the name comes first, and the clause says nothing else.
_HALTS = re.compile(
    "(?:就|正|便|恰好|最终|最后)?(?:停|定格|定|落|锁定|写|记|交出|亮出|达到|做到|跑到|站上|等于)(?:在|下|出|到)?了?(?:这|此)(?:一|个|串|组)?(?:数字?|刻度|数据|水平|成绩|位置)(?:上)?"
)
#: Whose or of what else a figure may be that waits.
_OTHERS = re.compile("企业|公司|集团|工厂|厂区|项目|营收|利润|税收|签约|订单|融资|投下|砸下|老板|董事长")
#: 吴江区上周缴出的2025年…: by whom and when it was made known.
_HANDED = re.compile("(?:上周|本周|昨天|今天|日前|近日|刚刚|最新)?(?:缴|交|拿|亮|晒|报)出来?的")
_TELLING = frozenset(("date", "place", "function", "level", "theme", "link", "total"))
_HOW_MUCH = frozenset(
    "的 数量 总数 总量 总额 总规模 规模 家数 个数 数 总家数 总 额 数字 数目 水平 成绩 成绩单 答卷 账单".split()
)


def note(walk: Walk, index: int, reason: str) -> None:
    """Let a number wait for its name, where no name stands before it and no other number is about."""
    token = walk.tokens[index]
    if token.what.unit in OTHER_MEASURES:
        return
    if walk.suspended and _grows(walk, index):
        walk.grown = index
        return
    alone = reason == "no_indicator" and walk.suspended is None and not walk.state.named and walk.state.topic is None
    walk.suspended = token if alone and not walk.spoken and token.what.unit not in ("", "%") else None


def _grows(walk: Walk, index: int) -> bool:
    """5963亿元，较前年成长4.8%——这是…: by how much the figure that waits has grown on the year before it."""
    state, token, waiting = walk.state, walk.tokens[index], walk.suspended
    told = "，" if waiting is None else walk.folded[waiting.end : token.start]
    near = waiting is not None and waiting.start >= walk.tokens[0].start and told.count("，") <= _CLAUSES
    return near and token.what.unit == "%" and bool(_GREW.search(told)) and not state.named


_CLAUSES = 3  # commas between a figure that waits and its growth, those of a bracket with it
_GREW = re.compile(
    "，(?:同比|按年|年|[较比](?:前年|上年|去年|前一年|上一年)(?:同期)?)?(?P<grew>增长?|成长|上升|涨|升|(?P<fall>减少?|下降|下滑|跌|衰退))了?[约近超]?$"
)


def reveal(walk: Walk, end: int) -> None:
    """At the end of a clause: claim the waiting figure, if the clause says of what and when and whose it was."""
    waiting, topic = walk.suspended, walk.state.topic
    if waiting is None or topic is None or topic.start < max(waiting.end, walk.tokens[0].start):
        return
    told = [m.span() for m in _REVEALS.finditer(walk.folded, max(waiting.end, walk.tokens[0].start - 1), topic.start)]
    if _HALTS.fullmatch(walk.folded, topic.end, end):
        marks = (t.end for t in walk.tokens if t.kind == "mark" and t.end <= topic.start)
        told, end = [(topic.start, max(marks, default=walk.tokens[0].start))], topic.end
    tail = [t for t in walk.tokens if told and told[-1][1] <= t.start < end]
    handed = _HANDED.search(walk.folded, told[-1][1], topic.start) if told else None
    tail = [t for t in tail if handed is None or not handed.start() <= t.start < handed.end()]
    if [t.kind for t in tail[:3]] == ["word", "mark", "place"] and tail[1].what == "、":
        tail = tail[2:]  # 台商聚落、苏州吴江区: what else a place is called
    walk.suspended = None
    if topic.refused or not told or not _tells(walk, tail):
        return
    if _OTHERS.search(walk.folded, waiting.end, told[-1][0]):
        return  # 30亿元！一家企业投下这么多。这是…
    if walk.state.date is not None:  # 2月3日的大会上，…——2025年末，…: the figure's own date, not that of its telling
        walk.dates, walk.stated = [walk.state.date], walk.state.date
    outcome = value(walk, Figure(waiting, waiting.what, topic, "figure told before its name"))
    if not isinstance(outcome, Claim):
        return
    accept(walk, outcome)
    said = _GREW.search(walk.folded, waiting.end, walk.tokens[walk.grown].start) if walk.grown else None
    if said is None or fits_percent(walk, topic):
        return
    number = walk.tokens[walk.grown]
    quantity = signed(number.what, "fall" if said["fall"] else "grow")
    growth = beside(outcome, Figure(number, quantity, topic, "growth told before its name", measure="yoy"))
    if isinstance(growth, Claim):
        accept(walk, growth)


def _tells(walk: Walk, tail: list[Token]) -> bool:
    """Whether words name an indicator, with its place and date before it, and end with it."""
    named = [at for at, t in enumerate(tail) if t.kind == "name"]
    if len(named) != 1:
        return False
    before, behind = tail[: named[0]], tail[named[0] + 1 :]
    framed = all(t.kind in _TELLING or (t.kind == "mark" and t.what in "，—") for t in before)
    return framed and all(walk.folded[t.start : t.end] in _HOW_MUCH for t in behind)


def waits(walk: Walk) -> Token | None:
    """The number that still waits behind a sentence: of what, nothing has said yet."""
    waiting = walk.suspended
    near = waiting is not None and walk.tokens[-1].end - waiting.end < _FAR
    return waiting if near and not walk.state.named else None

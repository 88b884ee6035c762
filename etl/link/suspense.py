"""A figure told before its name: 5132亿元！大屏打出这个数——这是2025年全市规上工业总产值, as suspense has it.

In: the walk at a number that nothing claims, and at each mark behind it. Out: the figure's claim, once a clause says what
it was and nothing else. The number waits over sentences without a figure or a name, to the end of its paragraph; another
number or name in between could be meant as well, and ends the waiting. Source: reading.md §3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link.claims import Figure, accept, value
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
#: Whose or of what else a figure may be that waits.
_OTHERS = re.compile("企业|公司|集团|工厂|厂区|项目|营收|利润|税收|签约|订单|融资|投下|砸下|老板|董事长")
_TELLING = frozenset(("date", "place", "function", "level", "theme", "link", "total"))
_HOW_MUCH = frozenset("的 数量 总数 总量 总额 总规模 规模 家数 个数 数 总家数 总 额 数字 数目 水平 成绩".split())


def note(walk: Walk, index: int, reason: str) -> None:
    """Let a number wait for its name, where no name stands before it and no other number is about."""
    token = walk.tokens[index]
    if token.what.unit in OTHER_MEASURES:
        return
    alone = reason == "no_indicator" and walk.suspended is None and not walk.state.named and walk.state.topic is None
    walk.suspended = token if alone and not walk.spoken and token.what.unit not in ("", "%") else None


def reveal(walk: Walk, end: int) -> None:
    """At the end of a clause: claim the waiting figure, if the clause says of what and when and whose it was."""
    waiting, topic = walk.suspended, walk.state.topic
    if waiting is None or topic is None or topic.start < max(waiting.end, walk.tokens[0].start):
        return
    told = list(_REVEALS.finditer(walk.folded, max(waiting.end, walk.tokens[0].start - 1), topic.start))
    tail = [t for t in walk.tokens if told and told[-1].end() <= t.start < end]
    walk.suspended = None
    if topic.refused or not told or not _tells(walk, tail):
        return
    if _OTHERS.search(walk.folded, waiting.end, told[-1].start()):
        return  # 30亿元！一家企业投下这么多。这是…
    if walk.state.date is not None:  # 2月3日的大会上，…——2025年末，…: the figure's own date, not that of its telling
        walk.dates, walk.stated = [walk.state.date], walk.state.date
    outcome = value(walk, Figure(waiting, waiting.what, topic, "figure told before its name"))
    if isinstance(outcome, Claim):
        accept(walk, outcome)


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

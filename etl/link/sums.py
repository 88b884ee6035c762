"""Counts that sum up what was told before: 三地…，合计8400亿元; 去年底41家，上月评出9家，正好50家.

In: a number behind its name, and the figures before it. Out: whether it is of several places or dates together, or the
level that what was added has led to. Source: reading.md §3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link.counted import clause
from etl.link.scene import Dated, Topic, encloses, located
from etl.link.state import Claim
from etl.link.tokens import Token
from etl.period import Period

if TYPE_CHECKING:
    from etl.link.walk import Walk


def together(walk: Walk, token: Token) -> str:
    """张家港、常熟、太仓…合计8900亿元: why one number behind a list of places is of none of them, or ""."""
    state = walk.state
    if not state.former and len(state.last_places) > 1 and state.place_at is state.last_places[-1][1]:
        return "unequal_lists" if state.each else "part_of_place"  # 园区、昆山分别为2000亿元
    if len(state.last_dates) > 1 and state.date_at is state.last_dates[-1][1] and not _told_since(walk, state.date_at):
        return "unequal_lists"  # 2023年、2024年工业投资152.8亿元
    return "part_of_place" if _added_up(walk, token) else ""


def _told_since(walk: Walk, at: Token) -> bool:
    """Whether a figure has been told since a token."""
    return any(claim.number.start > at.start for claim in walk.claims)


def _added_up(walk: Walk, token: Token) -> bool:
    """三地分别为1763亿元、5486亿元…，合计超过8400亿元: the sum of figures of which nobody could tell whose they are."""
    lost = any(reason == "unequal_lists" and t.start >= walk.segment_start for t, reason, *_ in walk.refusals)
    return lost and any(t.kind == "total" for t in clause(walk, token))


def parts_without(walk: Walk, index: int) -> bool:
    """全球“灯塔工厂”共172家，其中中国74家: what a larger place is a part of is not the own place's."""
    behind = walk.tokens[index + 1 : index + 4]
    if [t.kind for t in behind] != ["mark", "part", "place"]:
        return False
    part = located(behind[2].what, walk.catalogue, walk.scene, walk.state.place)
    return encloses(part, walk.state.place, walk.catalogue)


def _summed_up(walk: Walk, token: Token, last: Claim) -> bool:
    """去年底41家，上月评出9家，正好50家: the level before and what was added to it make just so many, at the end of that."""
    levels = [c for c in walk.claims if c.topic == last.topic and c.measure == "value" and c.place == last.place]
    if not levels or levels[-1].value + last.value != token.what.value or levels[-1].status != last.status:
        return False
    if not _MAKES.fullmatch(walk.folded, last.number.end, token.start):
        return False
    published, end = walk.scene.published, last.period.end
    if not walk.state.now:
        walk.state.number_date = Dated(Period.day(min(end, published) if published else end), "carried")
    return True


#: 、现为, ，正好, ，加起来就是: what may lead from what was added to the level that it makes; 另有 does not.
_MAKES = re.compile(
    "(?:大?约|多|余)?[，、；](?:(?:加起来|合起来|加在一起|两数相加|相加|如今|眼下|目前|现在?|这样|于是|至此|刚好|正好|恰好|一共|总共|合计|共计|共|便?凑[成足齐满]|变成)|[就便已也是为有达到计了成])*"
)


_ARRIVED = ("达到", "达", "已达", "到达", "抵达")
_PASSED = ("突破", "越过", "跨过", "迈过", "冲过", "冲破", "首破", "首次突破")


def reached(walk: Walk, index: int, topic: Topic) -> bool:
    """添了22个，达到145个; 净增120家，突破1500家: what was added to is told next; so is 去年底41家，上月评出9家，正好50家."""
    last, token = walk.claims[-1] if walk.claims else None, walk.tokens[index]
    if last is None or last.topic != topic or last.measure != "new":
        return False
    if _summed_up(walk, token, last):
        return True
    if walk.tokens[index - 1].what == "，" and walk.folded.startswith(_PASSED, token.start):
        return bool(token.what.value > last.value)
    opens = index > 1 and walk.tokens[index - 2].kind == "mark"
    link = walk.tokens[index - 1]
    return opens and link.kind == "link" and link.what.word in _ARRIVED

"""Whether a name to the left may have a number: what unknown words, sizes and other subjects between them take from it.

In: the sentence under reading and the name. Out: the reason why it may not, or None. Source: reading.md §3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link import nouns
from etl.link.claims import Verdict
from etl.link.scene import Topic

if TYPE_CHECKING:
    from etl.link.walk import Walk

_SUMMED = re.compile("(?:加起来|加总|合起来|总共|一共|拢共|合计|总计)")


def tolerable(walk: Walk, topic: Topic) -> bool:
    """Whether unknown words leave a number with the name to its left.

    Sums of money and computing power say by their unit whose they are: unknown words of an earlier clause, or one
    short verb before the number, do not take them from the name (产值扭转下滑，完成171亿元; 产值盯牢4050亿元).
    """
    state = walk.state
    kind = walk.catalogue.units[walk.catalogue.indicators[topic.indicator].unit].kind if topic.indicator else ""
    if kind == "computing" and state.place_at and _SUMMED.match(walk.folded, state.place_at.end):
        return True  # 花桥那个机房300P，全市加起来1.6E
    if state.place_at is not None and state.place_at.start > topic.start:
        return False  # a new subject may have a topic of its own
    if kind not in ("money", "computing") or topic.start < walk.tokens[0].start:
        return False
    return not state.unknown_here


#: 年营收过亿元的不足40家, 10亿元以上的有12家: those of a size, and not all that the name counts.
_SIZED = re.compile("[亿元](?:以上|以下|左右)?的(?:企业|工厂|项目)?(?:已|就|也|仅|只|共)?(?:有|达|是|为)?$")


_TO_BE_EXACT = re.compile("，(?:达到?|为|是|即|实际?为|具体为|准确地?说?是)$")


def _exactly(walk: Walk) -> bool:
    """首次突破万家，为10236家: a figure that was only bounded, and right behind it how much it is."""
    last, here = walk.claims[-1] if walk.claims else None, walk.at.what
    if last is None or last.bound == "=" or here.bound != "=" or here.unit != last.number.what.unit:
        return False
    above = last.bound == ">" and here.value >= last.number.what.value
    below = last.bound == "<" and here.value <= last.number.what.value
    return (above or below) and _TO_BE_EXACT.fullmatch(walk.folded, last.number.end, walk.at.start) is not None


def not_claimable(walk: Walk, topic: Topic) -> Verdict | None:
    """Why a name to the left may not have the number, or None where it may."""
    state = walk.state
    if topic.refused:
        return topic.refused, topic.call.head
    if state.unknown and not tolerable(walk, topic):
        return "unknown_word", state.unknown
    if who := nouns.subject(walk, topic):
        return "company", who
    if sort := nouns.narrowed(walk, topic):
        return "part", sort
    if state.part and topic.start < state.part_at and not (state.verb_once or state.number_date or state.part_framed):
        return "part", topic.call.head
    if _SIZED.search(walk.folded, topic.end, walk.at.start):
        return "part", topic.call.head
    if state.used and not state.fresh and not _exactly(walk):
        return "repeated", topic.call.head
    counted = walk.catalogue.units[walk.catalogue.indicators[topic.indicator].unit].kind == "count"
    if counted and (noun := nouns.another(walk, topic)):
        return "unknown_word", noun
    return None

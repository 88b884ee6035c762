"""Numbers that point back into what the sentence has told: 一个…，一个… for each of its places, 31家里头 for a count.

In: the index of a number. Out: whether it points back, with the walk's state set to what it points to, and the number
itself refused as no figure of its own. Source: reading.md §3 D and H.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link.counted import clause
from etl.link.scene import Dated
from etl.link.tokens import Token

if TYPE_CHECKING:
    from etl.link.walk import Walk

_ONE = re.compile(
    "(?:一个|一家|一地|另一个|另一家|一)(?=(?:[是为达有约近超]?[\\d.]+(?:万亿|亿)元|(?:同比)?(?P<fall>下降|减少|下滑|下跌|跌|降)?(?:增长|上升|增|涨|升|长|快)?了?[约近超]?[\\d.]+%)(?:左右|上下)?[，。；、）])"
)


def one_each(walk: Walk, index: int) -> bool:
    """吴江和常熟咬得很紧，一个1366亿元，一个1248亿元: 一个 is the next place of the list of as many."""
    state, token = walk.state, walk.tokens[index]
    if not _ONE.match(walk.folded, token.start):
        return False
    places = state.last_places if len(state.last_places) > 1 else _in_turn(walk)
    if not places:
        return False
    told = sum(1 for _ in _ONE.finditer(walk.folded, places[-1][1].end, token.start))
    if told + sum(1 for _ in _ONE.finditer(walk.folded, token.start, walk.tokens[-1].end)) != len(places):
        return False
    state.place, state.place_at, state.place_basis = *places[told], "stated"
    state.place_at = state.place_at if places is state.last_places else token  # the growth of that figure only
    state.fresh, state.former = True, "一个"
    walk.refuse(token, "measure_word", "一个")
    return True


def _in_turn(walk: Walk) -> list[tuple[str, Token]]:
    """吴江4018亿元，常熟3645亿元，一个增长8.3%，…: the places whose sums of one thing were told one after the other."""
    rows = [c for c in walk.claims if c.topic == walk.state.topic and c.measure == "value" and not c.base]
    told = {row.place: (row.place, row.number) for row in rows}
    return list(told.values()) if len(told) == len(rows) > 1 else []


#: 31家里头，张家港6家: the count told before whose parts are told now.
_OF_THOSE = re.compile("(?:企业|项目|工厂|单位)?(?:里头|里面|当中|之中|中|里|内)(?:，|(?=有))")


#: 占了苏州8家里的3家: a count whose part is told right behind it.
_PART_OF = re.compile("(?:企业|项目|工厂|单位)?(?:里头|里面|当中|之中|中|里|内)的(?=[近约超]?\\d)")


def _opens(walk: Walk, index: int) -> bool:
    """Whether a number opens its clause, but for 这, 在这 or the place that it is of (苏州的241家里)."""
    before = walk.tokens[index - 1] if index else None
    if before is None or before.kind == "mark" or walk.folded[before.end - 1] in "这那在":
        return True
    here = clause(walk, walk.tokens[index])
    return walk.folded.startswith("的", before.start) and all(t.kind in ("place", "function") for t in here)


def of_those(walk: Walk, index: int) -> bool:
    """Take up what a count told before was of, when, and whether it was added; of one not told, nobody can tell."""
    state, token = walk.state, walk.tokens[index]
    if _PART_OF.match(walk.folded, token.end) and token.what.unit:
        state.used, state.fresh = True, False
        walk.refuse(token, "repeated", "", state.topic.indicator if state.topic else "")
        return True
    if not (_OF_THOSE.match(walk.folded, token.end) and token.what.unit and _opens(walk, index)):
        return False
    counts = (c for c in (*reversed(walk.claims), *reversed(walk.scene.counts)) if c.measure in ("value", "new"))
    same = [c for c in counts if c.value == token.what.value]
    told = same[0] if len({c.indicator for c in same}) == 1 else None
    if told is None:
        state.topic, state.names = None, []
        walk.refuse(token, "no_indicator")
        return True
    state.topic, state.used, state.fresh, state.unknown = told.topic, False, True, ""
    state.place, state.place_basis = told.place, told.place_basis
    state.verb, state.names = "new" if told.measure == "new" else state.verb, []
    state.date, state.date_at = Dated(told.period, told.period_basis), None
    state.part, state.part_at, state.part_framed = True, token.end, False  # 7座之中，5座是外资
    state.added = (told.indicator, told.value) if told.measure == "new" else None
    walk.refuse(token, "repeated", "", told.indicator)
    return True

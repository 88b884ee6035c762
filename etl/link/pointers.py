"""Words that point back to what was told: 前者, 后者; 这一数字, 上述比重.

In: such a word, and the figures, names and places before it. Out: the place or the name that holds from there on.
Source: reading.md §2.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link import denied, naming
from etl.link.state import Claim
from etl.link.tokens import Token

if TYPE_CHECKING:
    from etl.link.walk import Walk


def former(walk: Walk, token: Token, index: int) -> None:
    """前者, 前一个数字: the first of two."""
    _of_list(walk, token.what.word)


def latter(walk: Walk, token: Token, index: int) -> None:
    """后者, 后一项: the second of two."""
    _of_list(walk, token.what.word)


_FIRST_TWO = ("一、二名", "一二名", "冠亚军")


def _of_list(walk: Walk, word: str) -> None:
    """前者, 后者 point into the last list of figures, names or places."""
    state = walk.state
    state.former, state.fresh = "前两者" if word in _FIRST_TWO else word, True
    which = 0 if word.startswith("前") else -1
    if "两" in state.former:
        return
    if len(state.names) == 2 and not any(name.refused for name in state.names):
        state.last_names, state.names, state.rows, state.every = state.names, [], [], False  # A、B两手抓，前者…
    in_turn = _told_in_turn(walk)
    if not state.rows and len(in_turn) > 2:
        state.topic = None
        return
    state.rows = state.rows or in_turn
    if walk.scene.rivals and not state.rows and max(len(state.last_names), len(state.last_places)) < 2:
        state.place, state.place_basis, state.unknown = walk.scene.rivals[which], "carried", ""
        return
    if which and walk.compared_place and not state.rows and len(state.last_names) < 2:
        state.place, state.unknown = walk.compared_place, ""
    elif state.rows and state.rows[0].topic == state.rows[-1].topic:
        state.place, state.unknown = state.rows[which].place, ""
    elif listed := [row.topic for row in state.rows if row.topic] or state.last_names:
        state.topic, state.used, state.unknown = listed[which], False, ""
    else:
        _of_those_told(walk, which)


def _of_those_told(walk: Walk, which: int) -> None:
    """高企517家、科小268家，前者净增11家; …84家和377家。前者今年新添26家: of the names that figures have been told of."""
    state, told = walk.state, walk.scene.topics
    if len(here := list(dict.fromkeys(c.topic for c in walk.claims if c.topic))) == 2:
        state.topic, state.used, state.unknown = here[which], False, ""
    elif len(told) == 2 and all(c.topic in told for c in walk.claims):
        state.topic, state.used, state.unknown = told[which], False, ""
    elif len(told) > 2 and not walk.claims:
        state.topic = None  # of three, nobody can tell
    elif len(state.last_places) == 2:
        state.place, state.unknown = state.last_places[which][0], ""


def _told_in_turn(walk: Walk) -> list[Claim]:
    """高新区2832亿元，太仓2590亿元，前者增3.4%: figures of one thing and several places that nothing was dealt over."""
    told = [c for c in walk.claims if c.measure == "value" and c.number.start >= walk.segment_start]
    one = len({c.indicator for c in told}) == 1 and len({c.place for c in told}) == len(told) > 1
    return told if one and len(walk.claims) == len(told) else []


def _of_a_span(walk: Walk, index: int) -> bool:
    """Whether 这一数字 is told of a time and not as reached: 到年底，这一数字已达321家 is what there is."""
    said = walk.state.date
    behind = takewhile(lambda token: token.kind != "number", walk.tokens[index:])
    reached = any("已" in walk.folded[t.start : t.end] or t.kind == "total" for t in behind)
    return said is not None and not said.period.instant and not reached


_SUCH = ("这样的", "这类", "此类", "这种")


def this(walk: Walk, token: Token, index: int) -> None:
    """这一数字, 该比重, 这样的车间: what was told last, taken up again."""
    if any(t.kind == "word" and t.rule == "English name" for t in walk.tokens[:index]):
        walk.state.topic = None  # of what may not count in this sentence, and no longer of what was told before
        return
    topic = walk.scene.ratio if "比" in token.what.word else walk.scene.topic
    if token.what.word.endswith("账") and len({t.indicator for t in walk.scene.topics}) > 1:
        walk.state.topic = None  # 产值…，工业投资…。同样的账: of which of the two, is open
        return
    if denied.cleared_up(walk, token):
        walk.denies, walk.cleared = True, topic
    if topic and (walk.state.topic is None or walk.state.topic == walk.scene.topic):
        walk.state.topic, walk.state.used = topic, False
        if walk.scene.added and _of_a_span(walk, index):
            walk.state.verb_once = "new"  # 计划新增50家。去年，这一数字是61家
    walk.state.fresh, walk.state.unknown = True, ""
    if token.what.word in _SUCH and walk.following(index) is not None:
        naming.said_again(walk, walk.tokens[index + 1], index + 1, least=2)  # 这样的车间

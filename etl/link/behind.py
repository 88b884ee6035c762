"""What is said of a number behind it: whose it is, of when, that it is planned or new.

In: a number whose name stands before it. Out: the walk's state, with what was read taken. Source: reading.md §3 C.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link import timing
from etl.link.scene import located
from etl.link.tokens import Token

if TYPE_CHECKING:
    from etl.link.walk import Walk


def look(walk: Walk, index: int) -> None:
    """13家是江苏全省的数量, 3000家系2026年底的目标数: what the number is may be said after it."""
    state = walk.state
    if (where := whereabouts(walk, index)) is not None:
        state.place = located(where.what, walk.catalogue, walk.scene, state.place) or state.place
        state.place_basis, state.place_at = "stated", where
        state.fresh = state.part_framed = True
    following = [t.kind for t in walk.tokens[index + 1 : index + 3]]
    if following == ["plan", "date"] and walk.tokens[index + 1].what.word in ("定在", "订在"):
        state.status = "target"  # 把4000亿元订在2027年
        dated(walk, index + 2)
    for at in _predicate(walk, index):
        token, state.fresh = walk.tokens[at], True
        if token.kind == "place":
            state.place = located(token.what, walk.catalogue, walk.scene, state.place) or state.place
            state.place_basis, state.place_at = "stated", token
        elif token.kind == "date":
            dated(walk, at)
        elif token.kind == "plan":
            state.status = "target"
        elif token.kind in ("new", "award"):
            state.verb_once = token.kind
            walk.taken.add(at)  # 13家是今年添的，单项冠军6家


def dated(walk: Walk, at: int) -> None:
    """A date behind a number is that number's own, and frames nothing."""
    state, token = walk.state, walk.tokens[at]
    frame = state.date, state.date_at
    timing.said(walk, token, at)
    if state.date is not frame[0]:
        state.number_date, state.number_date_at = state.date, token
        state.date, state.date_at = frame
    walk.taken.add(at)


_STANDS = re.compile("[就都均全也]?(?:来自于?|位于|坐落[于在]|落户[于在]?|落在|花落|出自|属于|分布[于在]|设在|在)")


def whereabouts(walk: Walk, index: int) -> Token | None:
    """The place behind a number that says where what it counts stands: 其中7个来自科技园, 12座位于苏州."""
    stands = _STANDS.match(walk.folded, walk.tokens[index].end)
    if stands is None:
        return None
    place = next((t for t in walk.tokens[index + 1 :] if t.start >= stands.end()), None)
    if place is None or place.kind != "place" or place.start != stands.end():
        return None
    after = next((t for t in walk.tokens[index + 1 :] if t.start >= place.end), None)
    return place if after is None or after.kind == "mark" else None


#: 市里给2027年定的目标, 早年为2025年设定的目标: who set a goal, and when, is no other thing.
_SET = frozenset(
    "给 为 替 早年 早先 早前 当初 当时 当年 最初 起初 原先 原来 此前 先前 之前 定 定的 定下 定下的 立下 立下的 设 设的 设下 设下的 设定 设定的 提 提的 提出 提出的 下达 "
    "下达的 拟定 拟定的 规划 规划的 确定 确定的 官方 政府".split()
)


def _predicate(walk: Walk, index: int) -> range:
    """Indices of what stands between 是 behind a number and the next mark, where it says nothing but whose and of when."""
    comma = walk.tokens[index + 1 : index + 2]
    quoted = any(q.start <= walk.tokens[index].start < q.end for q in walk.quoted)
    index += bool(comma and quoted and comma[0].what == "，")  # “…约1.2万家”，系2021年末数
    link = walk.tokens[index + 1] if index + 1 < len(walk.tokens) else None
    if link is None or link.kind != "link" or link.what.word not in ("是", "系", "为"):
        return range(0)
    ahead = list(takewhile(lambda token: token.kind != "mark", walk.tokens[index + 2 :]))
    closing = ("function", "plan", "total", "new", "award")
    goal = bool(ahead) and ahead[-1].kind == "plan" and any(token.kind == "date" for token in ahead)
    telling = all(
        token.kind in ("place", "date", *closing) or (goal and walk.folded[token.start : token.end] in _SET)
        for token in ahead
    )
    told = ahead and telling and ahead[-1].kind in closing
    return range(index + 2, index + 2 + len(ahead)) if told else range(0)

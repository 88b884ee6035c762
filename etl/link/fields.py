"""Figures dealt out over industries: 生物医药、纳米技术应用、人工智能三大产业分别实现产值1530亿元、1560亿元、1010亿元.

In: the size of a run of numbers that answers no list of names, places or dates. Out: for each of them the name that its
industry makes of the sum or growth that is told, or None where the catalogue has none. Source: reading.md §3 D.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link.scene import Topic
from etl.link.tokens import LIST_MARKS, Token
from etl.recognise.indicators import Call

if TYPE_CHECKING:
    from etl.link.walk import Walk

_IDLE = ("date", "place", "function", "each", "link")  # what the first industry of a list may be told with


def dealt(walk: Walk, size: int) -> list[Topic | None]:
    """The names of so many industries in a row, as far as the catalogue has them; empty where no row is so long."""
    before = [t for t in walk.tokens if t.kind == "name" and t.start < walk.at.start]
    items = _row(walk, size)
    if not before or not items or any(t.kind == "name" for item in items[:-1] for t in item):
        return []
    call = before[-1].what
    found = [_named(walk, call, item, first=item is items[0], last=item is items[-1]) for item in items]
    return found if any(found) else []


def _row(walk: Walk, size: int) -> list[list[Token]]:
    """The tokens of each member of the last list of that length, before the number under reading."""
    items: list[list[Token]] = [[]]
    rows, told = [items], False
    for token in takewhile(lambda t: t.start < walk.at.start, walk.tokens):
        if token.kind == "mark" and token.what in "，；：":
            items, told = [[]], False
            rows.append(items)
        elif told or (token.kind == "number" and token.what.unit in ("元", "%")):
            told = True  # the figures of a row are no part of it
        elif token.kind == "and" or (token.kind == "mark" and token.what in LIST_MARKS):
            items.append([])
        else:
            items[-1].append(token)
    listed = [row for row in rows if len(row) > 1 and all(row)]
    return listed[-1] if listed and len(listed[-1]) == size else []


def _named(walk: Walk, call: Call, item: list[Token], *, first: bool, last: bool) -> Topic | None:
    """What a member is named that is an industry and nothing more.

    Before the first, its place and date may stand; with the last, what is told of all of them: 人工智能产业产值.
    """
    if first:
        item = item[next((n for n, token in enumerate(item) if token.kind not in _IDLE), 0) :]
    if last and item[0].kind == "name" and item[0].what is call:
        topic = walk.state.topic
        own = topic is not None and topic.call is call and walk.recogniser.indicators.themes_in(call.head)
        return topic if own else None
    narrowed = any(token.kind == "word" for token in item[1:])  # 人工智能芯片企业
    if item[0].kind != "theme" or narrowed or (len(item) > 1 and not last):
        return None
    theme = item[0].what.theme
    indicator = next((option.indicator for option in call.options if option.theme == theme), "")
    return Topic(call, indicator, item[0].start, item[0].end, "") if indicator else None

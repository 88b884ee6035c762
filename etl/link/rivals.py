"""Figures of the places that a place is compared with: 跑赢全市的6.1%, 高于全省（5.2%）, 低于全国5%的增速, 太仓（+8.9%）.

In: a percentage under reading. Out: a claim of the other place, a refusal, or None where the shape is another. And
whether a place stands only as the measure of what was told (不到武汉的一半).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.link.claims import Figure, Verdict, fits_percent, value
from etl.link.counted import clause
from etl.link.scene import encloses, located
from etl.link.state import Claim
from etl.link.tokens import Token

if TYPE_CHECKING:
    from etl.link.walk import Walk

_OF = re.compile("(?:平均水平|平均|整体|同期|水平)?的$")
_RATE_OF = re.compile("的(?:平均)?(?:增速|增幅|涨幅|增长率|平均增速)(?=[，。；、）])")
_AHEAD = re.compile(
    "(?:(?:跑|走|排|冲|站)在|跑赢|跑输|领先|落后于?|[高低快慢好优]于|[高低快慢]过|超过)[^，。；\\d]{0,12}(?:（[^）]{1,8}）[^，。；\\d]{1,8})?\\Z"
)
_RANKED = ("次之", "居次", "紧随其后", "殿后", "垫底", "领跑", "居首", "最快", "最高")


def set_in_a_row(walk: Walk, token: Token, index: int) -> None:
    """论速度，太仓8.2%，…: by what places are set in a row; percentages behind a speed are growths of what was told."""
    state, topic = walk.state, walk.state.topic
    walk.in_a_row, state.fresh = True, True
    carried = topic is not None and topic.start < walk.tokens[0].start
    if carried and len({told.indicator for told in walk.scene.topics}) > 1:
        state.topic = None  # …总产值增长5%，工业投资下降3%。论速度，…: of which of the two, is open
    elif token.what.word == "speed" and topic and not topic.refused and not fits_percent(walk, topic):
        state.rated = topic
    elif token.what.word == "size":
        state.rated = None


def figure(walk: Walk, index: int) -> Claim | Verdict | None:
    """What a percentage says of a place compared with."""
    if walk.tokens[index].what.unit != "%":
        return None
    place = _of(walk, index) or _at_its_rate(walk, index)
    if place is not None:
        return _beside(walk, index, place)
    place = _bracketed(walk, index)
    if place is None:
        return None
    ahead = _AHEAD.search(walk.folded, walk.tokens[0].start, place.start)
    if ahead and _row(walk) is not None:
        return _beside(walk, index, place)
    return _grown(walk, index, place) if ahead or walk.folded[walk.tokens[index].start] in "+-" else None


def _row(walk: Walk) -> Claim | None:
    """The growth or ratio told last, which another place's may be set beside."""
    row = walk.claims[-1] if walk.claims else None
    return row if row is not None and row.measure in ("value", "yoy") and row.number.what.unit == "%" else None


def _of(walk: Walk, index: int) -> Token | None:
    """增速为6.9%，跑赢全市的6.1%: the place whose own figure stands behind 的."""
    token, row = walk.tokens[index], _row(walk)
    if row is None:
        return None
    of = _OF.search(walk.folded, walk.tokens[0].start, token.start)
    place = next((t for t in reversed(walk.tokens[:index]) if t.start < (of.start() if of else 0)), None)
    apart = of is None or place is None or place.kind != "place" or place.end != of.start()
    return place if not apart and _compared(walk, index, row) else None


def _at_its_rate(walk: Walk, index: int) -> Token | None:
    """增长3.4%，低于全省5%的增速: the place before a rate that is called one behind."""
    row, place = _row(walk), walk.tokens[index - 1] if index else None
    if row is None or row.measure != "yoy" or place is None or place.kind != "place":
        return None
    called = _RATE_OF.match(walk.folded, walk.tokens[index].end)
    return strong(walk, index - 1) if called and _compared(walk, index, row) else None


def _compared(walk: Walk, index: int, row: Claim) -> bool:
    """Whether a word of comparison stands since a figure."""
    since = [t for t in walk.tokens[:index] if t.start > row.number.start]
    if since and since[-1].start >= row.number.end and any(t.kind == "share" for t in clause(walk, walk.tokens[index])):
        return False  # …下降1.2%，较前三季度收窄…，约占苏州的12%
    return any(t.kind == "compare" and t.what.word != "相当于" for t in since)


def strong(walk: Walk, index: int) -> Token:
    """苏州全市: the name of a place, of a rank that only says it again."""
    token, before = walk.tokens[index], walk.tokens[index - 1] if index else None
    again = before is not None and before.kind == "place" and before.end == token.start and token.what.kind == "rank"
    return before if before is not None and again else token


def _bracketed(walk: Walk, index: int) -> Token | None:
    """The place right before a bracket that holds a percentage and nothing else: 太仓（+8.9%）, 吴江次之（+7.2%）."""
    if index < 2 or walk.tokens[index - 1].what not in ("（", "("):
        return None
    closing = walk.following(index)
    if closing is None or closing.what not in ("）", ")"):
        return None
    at = index - 2
    at -= walk.folded[walk.tokens[at].start : walk.tokens[at].end] in _RANKED and at > 0
    return strong(walk, at) if walk.tokens[at].kind == "place" else None


def _beside(walk: Walk, index: int, place: Token) -> Claim | Verdict:
    """The figure told last, of another place, at the same time."""
    row, token = walk.claims[-1], walk.tokens[index]
    where = located(place.what, walk.catalogue, walk.scene, row.place)
    if where not in walk.catalogue.places:
        return "other_place", ""
    quantity = token.what
    return replace(
        row, place=where, place_basis="stated", value=quantity.value, bound=quantity.bound, rounding=quantity.digits,
        number=token, end=token.end, why=f"{row.why} · of the place compared with",
    )  # fmt: skip


def _grown(walk: Walk, index: int, place: Token) -> Claim | Verdict | None:
    """步子最大的是太仓（+8.9%）: the growth of what is spoken of, a sum, where only one is."""
    topic, told = walk.state.topic, [t for t in walk.scene.topics if t.indicator]
    if topic is None or topic.refused or fits_percent(walk, topic):
        return None
    of = walk.catalogue.indicators[topic.indicator]
    here = topic.start >= walk.tokens[0].start
    if of.kind != "flow" or (not here and len({t.indicator for t in told}) > 1):
        return None
    where = located(place.what, walk.catalogue, walk.scene, walk.state.place)
    if where not in walk.catalogue.places:
        return "other_place", ""
    token = walk.tokens[index]
    return value(walk, Figure(token, token.what, topic, "growth beside its place", measure="yoy", place=where))


#: 不到武汉的一半, 仅为深圳的六成: another place's figure as a measure.
_PART_OF = re.compile(
    "的(?:大?约|近|将近|超过?|不到|不足|逾)?(?:一半|半数|零头|[一二三四五六七八九]成|[\\d一二三四五六七八九十]+分之)"
)


def measures(walk: Walk, index: int) -> bool:
    """Whether a place only measures what was told of another, of which it is no part."""
    token = walk.tokens[index]
    place = token.what.place if token.what.kind == "known" else ""
    apart = token.what.kind in ("known", "elsewhere") and not encloses(place, walk.state.place, walk.catalogue)
    return apart and walk.spoken and _PART_OF.match(walk.folded, token.end) is not None

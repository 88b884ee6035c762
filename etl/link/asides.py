"""Places in brackets: whose a figure is, where a bracket behind its name, behind itself or before both says so.

In: a bracket that closes, and the state within it. Out: the walk's state or its last claim, changed.
国家5G工厂（昆山累计）17个, 17个（昆山）, （昆山）国家5G工厂17个: that place's. （昆山、太仓）, （不含昆山）, （昆山某钢厂）: of no
place that the catalogue has, and refused. （昆山最多）, （含昆山）, （台湾称基地台） say nothing of it. Source: reading.md §1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link.scene import PART
from etl.link.state import Claim, State
from etl.link.tokens import LIST_MARKS, Token

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: What may stand beside the place without changing whose the figure is: 昆山累计，个; 全市合计.
_PLAIN = re.compile(
    "(?:[，、： \t/的]|累计|合计|总[数计量]|数量|数|口径|部分|地区|区域|境内|辖区|辖内|范围内?|板块|数据|情况|统计|属地|本地|全域|单位|万?亿?元|[家个座户项台款人件])*"
)
_WITHOUT = re.compile("(?:不|未)(?:包括|包含|含|计入?|算)|扣除|剔除|除[^，]*外")
#: 昆山某钢厂, 张家港一家企业, 太仓浏河镇: behind the place, what is only a part of it.
_A_PART = re.compile("(?:厂|公司|集团|企业|院|所|校|镇|街道|村|乡|片区|园区?|新城|基地|港|开发区|度假区|合作区)$")
_OPENING = ("，", "；", "。", "：", "\t", "·", "、", "|")


def closed(walk: Walk, index: int, inner: State) -> None:
    """Take in what the bracket that closes at an index says of a place."""
    opening = next((n for n in range(index - 1, -1, -1) if walk.tokens[n].what in ("（", "(")), None)
    content = walk.tokens[opening + 1 : index] if opening is not None else []
    places = [t for t in content if t.kind == "place"]
    if opening is None or not places or any(t.kind in ("number", "name", "share") for t in content):
        return
    whose = _whose(walk, content, places, inner)
    if whose is None:
        return
    start = walk.tokens[opening].start
    if claim := next((c for c in walk.claims[-1:] if start in (c.number.end, c.end)), None):
        _of_figure(walk, claim, whose, places[-1])
    elif _behind_name(walk, opening):
        _of_name(walk, whose, places[-1])
    elif whose and (not opening or walk.tokens[opening - 1].what in _OPENING):
        walk.state.place, walk.state.place_basis, walk.state.place_at = whose, "stated", places[-1]
        walk.state.fresh = True


def _whose(walk: Walk, content: list[Token], places: list[Token], inner: State) -> str | None:
    """The place that a bracket means, PART where it is of none alone, None where it says nothing of it."""
    said = walk.folded[content[0].start : content[-1].end]
    if _WITHOUT.search(said):
        return PART
    rest = "".join(walk.folded[t.start : t.end] for t in content if t.kind not in ("place", "date"))
    if not _PLAIN.fullmatch(rest):
        return PART if content[0] is places[0] and _A_PART.search(said) else None
    between = [t for t in content if places[0].end <= t.start < places[-1].start]
    if any(t.kind == "and" or t.what in LIST_MARKS for t in between):
        return PART
    return inner.place if inner.place_at in places else None


def _of_figure(walk: Walk, claim: Claim, whose: str, at: Token) -> None:
    """17个（昆山）, 86个（不含昆山）: the figure before the bracket is that place's, or of none."""
    if whose in walk.catalogue.places:
        claim.place, claim.place_basis, claim.end = whose, "stated", max(claim.end, at.end)
        return
    walk.claims.remove(claim)
    walk.refuse(claim.number, "part_of_place", "", claim.indicator)


def _behind_name(walk: Walk, opening: int) -> bool:
    """Whether a bracket stands behind a name, with nothing but 数 or 企业 between."""
    for token in reversed(walk.tokens[:opening]):
        if token.kind not in ("function", "total"):
            return token.kind == "name"
    return False


def _of_name(walk: Walk, whose: str, at: Token) -> None:
    """工业投资（昆山）300亿元: what is told of that name is the place's; of whom the next name is, is open."""
    state = walk.state
    state.aside = (at, state.place, state.place_basis, state.place_at)
    state.place, state.place_basis, state.place_at, state.fresh = whose, "stated", at, True


def left(walk: Walk, *, whole: bool) -> None:
    """End what a bracket behind a name said of its place: whose the next name is, is open; behind a semicolon it is not."""
    state = walk.state
    if state.aside is None or walk.tabular or walk.brackets:
        return
    at, place, basis, outer = state.aside
    if state.place_at is at:
        state.place, state.place_basis, state.place_at = (place, basis, outer) if whole else ("", basis, outer)
    if whole or state.place_at is not outer:
        state.aside = None

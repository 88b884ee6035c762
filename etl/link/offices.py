"""Offices and firms that bear a place's name: 太仓市工信局的负责人说，…, 昆山…股份有限公司.

In: a token of an organisation and the sentence it stands in. Out: the walk's state, changed: what the office of a place
tells without naming another is of that place; what a firm tells is of no place at all. Source: reading.md §1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link.scene import COMPANY, ELSEWHERE, encloses, located
from etl.link.tokens import Token
from etl.recognise.places import Where

if TYPE_CHECKING:
    from etl.link.walk import Walk

FIRM = re.compile("(?:公司|股份|集团|银行|医院|法院)$")
_GOVERNS = re.compile("(?:管委会|工委|委|政府|工信|工业和信息化|统计|科技|发改|经信|商务|数据|局|厅|办公室|指挥部)$")
#: …局的一位负责人说，; …统计局公布的数据显示，: who of the office tells what follows, or that it does.
_TELLS = re.compile(
    "[^，。；：、（）\\d]{0,16}?(?P<person>负责人|负责同志|[局厅处科主]长|主任|书记|[市区县]长|发言人|官员|干部|人士|同志|工作人员|领导)"
    "[^，。；：、（）\\d]{0,12}?(?:说|称|讲|道|表示|介绍|透露|坦言|告诉[^，。；：]{0,6}|披露|指出|预计|预测|估计|判断|认为|回应|答复|强调|通报|直言|感慨|算了?一?笔?账)(?=[，：])"
    "|[^，。；：、（）\\d]{0,12}?(?:显示|获悉|了解到|得知|介绍|透露|通报|披露|(?:提供|公布|发布|给出|出具)的?(?:数据|数字|消息|情况|材料)?|的?(?:数据|数字|统计|消息|测算|口径|快报|说法|(?<=的)数))(?=[，：是为])"
)
_BEFORE = ("mark", "function", "date", "from", "and", "link")


def firm(walk: Walk, token: Token) -> None:
    """昆山…股份有限公司拥有省级智能车间3个: a company that bears a place's name is not the place."""
    walk.state.place, walk.state.place_basis, walk.state.place_at = COMPANY, "stated", token
    walk.state.topic, walk.state.names = None, []


def spoken(walk: Walk, token: Token, index: int) -> None:
    """…南通增长6.0%。对全年走势，市工信局预计…: the own bureau speaks of the own place; another's, of its own."""
    state, scene = walk.state, walk.scene
    if place := _told_by(walk, token, index):
        state.place, state.place_basis, state.place_at = place, "stated", token
        state.fresh = True
        walk.subjects.append(place)
        return
    behind = next((t for t in walk.tokens if t.start >= token.end and t.kind in ("place", "number")), None)
    if behind is not None and behind.kind == "place" and behind.what.kind == "rank":
        office = (p for p in walk.catalogue.places.values() if walk.folded.startswith(p.strong, token.start))
        if whose := next(office, None):  # 苏州市政府要求，年底前全市…: 全市 as who speaks means it
            state.place, state.place_basis = whose.id, "stated"
            return
    if state.place == ELSEWHERE and state.place_at is None and walk.folded[token.start] in "市区":
        walk.subjects.append(scene.own)
        state.place, state.place_basis = scene.own, scene.own_basis


def _told_by(walk: Walk, token: Token, index: int) -> str:
    """The place whose office tells what follows, where it is not the one in force; or "".

    What a larger place's office makes known may be of the place in force; what its head says is of his own.
    """
    if walk.brackets or any(t.kind not in _BEFORE for t in walk.tokens[:index]):
        return ""
    tells = _TELLS.match(walk.folded, token.end)
    if tells is None or not _GOVERNS.search(walk.folded, token.start, token.end) or not token.what.place:
        return ""
    place = token.what.place
    if token.rule == "agency":
        return ""  # 省工信厅, 市工信局: of whom, it does not say
    if place == "park":
        place = located(Where("rank", "park"), walk.catalogue, walk.scene, walk.state.place)
    place = place if place in walk.catalogue.places else ELSEWHERE
    larger = encloses(place, walk.state.place, walk.catalogue)
    return "" if place == walk.state.place or (larger and not tells["person"]) else place

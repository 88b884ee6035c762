"""Rolls: a year's list, or a year's honours, that a sentence says are out; the sentences behind it call who is on it.

In: a sentence that has been read, or the one under reading. Out: the year of the list and what it lists, for the scene; and
whether the sentence under reading calls the roll. Source: reading.md §3.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link import papers
from etl.link.scene import Dated, Topic
from etl.link.tokens import Token
from etl.period import Period
from etl.recognise import periods

if TYPE_CHECKING:
    from etl.link.walk import Walk

_LIST = "(?:名单|名录|榜单|花名册|(?:认定|评选|评审|评定|遴选|入选)?结果)"
_COMES_OUT = "(?:对外|正式|已|全部|悉数|于?日前|近日|昨[天日]|今[天日]|前[天日]|上周|本周|这周|\\d{1,2}日|刚刚?|终于|陆续|相继|同日|当[天日])*(?:公布|发布|揭晓|出炉|公示|放榜|亮相|印发|下发|落定|尘埃落定|见报|下达|面世|新鲜出炉)"
#: 2025年“小巨人”名单揭晓; 公布2025年度首台（套）认定结果.
_OUT = re.compile(
    f"{_LIST}[^，。；：\\d]{{0,6}}?{_COMES_OUT}|(?:公布|发布|揭晓|公示|印发|下发)了?[^，。；：]{{0,40}}?{_LIST}"
)
#: 2025年苏州市人工智能应用场景示范项目上周揭晓: an honour itself is out, right behind its name.
_HONOUR_OUT = re.compile(f"(?:示范)?(?:项目|企业|名额)?{_COMES_OUT}(?=[，。；！])")
#: 第七批“小巨人”名单里，各板块分别上了多少？
_ON_IT = re.compile(f"{_LIST}(?:之)?[里中上内]")
_STANDS = ("已", "现", "目前", "累计", "历年", "总数", "总量", "在库", "在册", "有效", "存量", "保有", "连同", "加上")


def told(walk: Walk) -> Dated | None:
    """The year of the list that the sentence says is out, where it names one thing that is counted; else None."""
    names = {topic.indicator for topic in walk.named if topic.indicator and not topic.refused}
    if len(names) != 1 or not walk.named or not _counted(walk, walk.named[-1]):
        return None
    folded, start, end = walk.folded, walk.tokens[0].start, walk.tokens[-1].end
    asked = _ON_IT.search(folded, start, end) and not any(token.kind == "number" for token in walk.tokens)
    if not asked and not _OUT.search(folded, start, end) and not _HONOUR_OUT.match(folded, walk.named[-1].end):
        return None
    if any(claim.measure == "value" and not _is_list(walk, claim.indicator) for claim in walk.claims):
        return None
    years = {period for token in walk.tokens if (period := _year(walk, token))}
    if not years:
        return papers.of_its_batch(walk, walk.named[-1].indicator, None)
    return Dated(years.pop(), "carried") if len(years) == 1 else None


def _year(walk: Walk, token: Token) -> Period | None:
    """The whole year that a date says, if it is one that may have a list."""
    if token.kind != "date" or token.what.point or token.what.until or token.what.months:
        return None
    period = periods.resolve(token.what, walk.scene.published, None)
    return period if period and period.kind == "year" else None


def _counted(walk: Walk, topic: Topic) -> bool:
    of = walk.catalogue.indicators[topic.indicator]
    return of.kind != "flow" and walk.catalogue.units[of.unit].kind == "count"


def _is_list(walk: Walk, indicator: str) -> bool:
    return walk.catalogue.indicators[indicator].kind == "list"


def called(walk: Walk) -> bool:
    """江苏803家企业入围，苏州占去238席: whether a sentence behind goes on with what is listed, and tells no total."""
    scene, first = walk.scene, next((t for t in walk.tokens if t.kind == "number"), None)
    if scene.roll is None or scene.topic is None or first is None:
        return False
    before = list(takewhile(lambda t: t is not first, walk.tokens))
    if any(t.kind in ("name", "theme", "total") and "共" not in str(getattr(t.what, "word", "")) for t in before):
        return False
    return not any(walk.folded.startswith(_STANDS, t.start) for t in before)

"""Counts that are not all of what their name means: firms within others (机器人企业200家，其中国家级“小巨人”12家), or gone.

In: a name of the sentence under reading, and what was counted before it. Out: whether its number is of so many only, and
none of the place's: the firms of a field that are listed are not all that are. What the catalogue says to lie within
another (`within`) is told whole, and so is what is counted among all firms. Source: reading.md §3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.catalogue import Catalogue, Indicator
from etl.link.scene import Topic
from etl.link.state import Claim
from etl.link.tokens import Token

if TYPE_CHECKING:
    from etl.link.walk import Walk

_COUNTS = "enterprises"  # the unit of what is counted so
_FIRMS = "(?:企业|公司|厂商|厂家|商户|主体|单位|法人)"
_AS_MANY = "(?:大?约|近|逾|超过?|突破|已?达到?|为|共|有|总数|数量|数|已)*[\\d.]+[万千百]?余?多?[家户个]"
#: …机器人企业200家， right before 其中: what was counted, and how many.
_COUNTED = re.compile(f"(?P<kind>[^，。；：、）\\d\\n]{{0,24}}?){_FIRMS}{_AS_MANY}[^，。；\\d\\n]{{0,6}}[，。：（]?$")
#: 2,300 biomedical companies, right before including: the same in English.
_COUNTED_IN_ENGLISH = re.compile(
    r"(?i)\d[\d,.]* (?P<kind>(?:[a-z&-]+ ){0,4}?)(?:companies|firms|enterprises|businesses|manufacturers|start-?ups)\b[^.;\d]{0,24}$"
)
_ANY_IN_ENGLISH = re.compile(
    r"(?i)(?:(?:local|registered|active|existing|resident|tech|technology|industrial|innovative|private|domestic|and) )*"
)
_NEAR = 60  # signs before 其中 in which that stands
#: Firms of no field: all that a place has, or all that the ladder of its programmes has.
_ANY = re.compile(
    "(?:^|[有共计达集聚汇拢存续册记个类级地内的市区县园省国]|工业|科技型?|科创|创新型|优质|中小|专精特新|规上|规模以上|培育|入库|市场|经营)$"
)
#: 机器人产业集聚…, 低空经济领域已有…: a field as what has the firms.
_OF_FIELD = re.compile(
    "(?P<field>[\u3400-\u9fffA-Za-z]{2,10})(?:产业链?|领域|行业|赛道|集群)(?:内|里|中|上)?(?:已经?|现|目前|共|累计|还|也)*"
    "(?:集聚|聚集|汇聚|汇集|集纳|吸引|拥有|有|云集|聚拢)了?(?=[^，。；\\d]{0,16}[\\d近超逾])"
)
#: What is no single field.
_WHOLE = re.compile(
    "(?:制造|工业|各|实体经济|科技|科创|创新|绿色|民营经济|重点|主导|新兴|特色|优势|支柱|未来|相关|全市|全区|全县)$"
)


#: 全年有62家规上工业企业退库: those that have left, behind the number and its name.
_LEFT = re.compile(
    "[^，。；：、\\d]{0,8}?(?:退库|退规|退出名单|注销|吊销|停产|停业|歇业|停工|关停|关闭|关门|倒闭|破产|迁出|外迁|搬走|搬离|流失|摘牌|除名|落选|出局|失效|到期|(?:被|遭)(?:取消|撤销|清退|淘汰|剔除|除名))"
    "(?:了|掉|整顿|整改|资格|称号|处理)*(?=[，。；、）！\\n]|$)"
)
#: 不含已撤销的3家: what is not counted, right before its number.
_LEFT_OUT = re.compile(
    "(?:不含|不包括|不包含|未含|未包括|未计入|不计入|不算|扣除|剔除|除去|排除|减去)[^，。；：、）\\d后]{0,12}$"
)


def counted(walk: Walk, number: Token, topic: Topic) -> str:
    """Why a number is not all that its name means: its firms are counted within others, or within a field; else ""."""
    indicator = walk.catalogue.indicators[topic.indicator]
    if walk.catalogue.units[indicator.unit].kind == "count" and (
        _LEFT.match(walk.folded, max(topic.end, number.end))
        or _LEFT_OUT.search(walk.folded, walk.tokens[0].start, number.start)
    ):
        return "part"
    if _named_within(walk, number, topic):
        return "part"
    if indicator.unit != _COUNTS or walk.recogniser.indicators.themes_in(topic.call.head):
        return ""  # 机器人产业集聚相关企业1200家，其中人工智能企业360家: those of a field of its own
    return "part" if _within_counted(walk, number, topic) or _in_field(walk, number) else ""


def _named_within(walk: Walk, number: Token, topic: Topic) -> bool:
    """算力规模2.4万P，其中智能算力1.8万P: by another of its names, a part of what has just been told."""
    part, last = walk.state.part_at, walk.claims[-1] if walk.claims else None
    if last is None or not walk.segment_start <= part < topic.start or _told_anew(walk, part, number):
        return False
    same = (last.indicator, last.place, last.measure) == (topic.indicator, walk.state.place, "value")
    added = "new" in (walk.state.verb, walk.state.verb_once)
    again = same and last.number.end <= part and not added and number.what.unit == last.number.what.unit
    return again and number.what.value < last.number.what.value


_WORD = 2  # last signs of what was counted, that a name within it says again: 独角兽企业…280家，其中全球独角兽6家


def _within_counted(walk: Walk, number: Token, topic: Topic) -> bool:
    """机器人企业200家，其中…: what the number before 其中 counts, by its claim or by its words."""
    indicator = walk.catalogue.indicators[topic.indicator]
    part = walk.state.part_at
    if not walk.segment_start <= part < number.start or _told_anew(walk, part, number):
        return False
    told = _COUNTED.search(walk.folded, max(0, part - _NEAR), part)
    wholes = [c for c in walk.claims if c.number.end <= part and c.measure in ("value", "new") and _of_firms(walk, c)]
    if wholes and (told is None or wholes[-1].number.start >= told.start()):
        nested = _wholes(indicator, walk.catalogue)
        return wholes[-1].value > number.what.value and not any(c.indicator in nested for c in wholes)
    if told is None and (english := _COUNTED_IN_ENGLISH.search(walk.folded, max(0, part - _NEAR), part)):
        return _ANY_IN_ENGLISH.fullmatch(english["kind"]) is None
    if told is None or _ANY.search(told["kind"]):
        return False
    return len(told["kind"]) < _WORD or told["kind"][-_WORD:] not in topic.call.head


def _in_field(walk: Walk, number: Token) -> bool:
    """机器人产业集聚企业近千家，国家级“小巨人”32家: whether a field has the firms."""
    field = _OF_FIELD.search(walk.folded, max(walk.segment_start, walk.tokens[0].start), number.start)
    return field is not None and not _WHOLE.search(field["field"]) and not _told_anew(walk, field.end(), number)


def _told_anew(walk: Walk, since: int, number: Token) -> bool:
    """…，去年全市新增“小巨人”108家: whether a place or a date has stood before a number since."""
    return any(t.kind in ("place", "date") and since <= t.start < number.start for t in walk.tokens)


def _of_firms(walk: Walk, claim: Claim) -> bool:
    return walk.catalogue.indicators[claim.indicator].unit == _COUNTS


def _wholes(indicator: Indicator, catalogue: Catalogue) -> list[str]:
    """The indicator itself, what it lies within, what that lies within."""
    found = [indicator.id]
    while (within := catalogue.indicators[found[-1]].within) and within not in found:
        found.append(within)
    return found

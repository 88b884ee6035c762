"""Who writes: the place that 我市 and 我们 mean in a report by visitors from elsewhere.

In: an article's own place and its title and first lines, with the places named there. Out: the place of its authors, or
"" where nothing says that they are strangers to the article's own. A host's paper tells of guests who 来苏, and its 我市
is its own; visitors who 赴苏州学习 report home, and theirs is where they came from. Source: reading.md §1.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from etl.catalogue import Catalogue
from etl.link.scene import ELSEWHERE, encloses
from etl.model import Mention
from etl.recognise.places import Where

LEAD = 400  # characters of title and text in which an article says who writes it
#: 赴苏州…考察, 到苏州学习: where those who write have gone, and in one clause what for.
_WENT = re.compile("(?:(?P<out>赴|奔赴|前往|远赴|专程[到赴])|到|在|走进|去|访|上)$")
_LEARNED = re.compile(
    "[^，。；：\n]{0,12}?(?:学习|考察|调研|取经|参观|观摩|对标|研学|见学|跟班|挂职|走访|访问|交流|参访|探营|抄作业)"
)
#: What visitors write: a report, and what they have learned.
_REPORT = re.compile(
    "报告|汇报|体会|启示|手记|札记|见闻|随记|随想|思考|归来|行记|心得|纪要|情况|有感|观感|散记|日记|之行|建议|差距"
)
#: 对标苏州, 苏州经验的启示, 苏州取经记: a title that holds its place up to others.
_HELD_UP = re.compile("(?:对标|看齐|学习|借鉴|追赶|比学|向)$")
_HOLDS_UP = re.compile(
    "(?:的)?(?:经验|做法|模式|样本|实践)?(?:给|对|带给|之于)?(?:我们|我市|我区|我县)?的?(?:几点|若干|一些|[一二三四五]点)?(?:启示|归来|取经|考察|参访|行记|之行|学什么|学到)"
    "|[^，。；\n]{0,8}[，：]?(?:我市|我区|我县|我们)(?:的)?(?:差距|短板|怎么|如何|学什么|该学|还差|差在)"
)
_OURS = re.compile("我市|我区|我县|我们")
#: 绍兴市经信系统考察组: who has signed, in a line without a sentence.
_SIGNED = re.compile(
    "[^，。；：？！\\d]{0,24}(?:考察组|考察团|学习组|学习团|调研组|代表团|访问团|观摩团|取经团|研学班|培训班)[^，。；？！]{0,24}"
)
#: 省委调研组, 全国媒体: who comes from above, or from no place, calls no other city 我市.
_FROM_NOWHERE = re.compile(
    "(?:省[委政人级直]|省\\S{0,6}[组团厅]|国家|中央|全国|院士|媒体|记者|外宾|使节|企业家|商会|公司)[^，。；\n]{0,12}$"
)
#: Parts of such a report that are told of those who write, and what makes them its place's all the same.
_ADVICE = re.compile("建议|启示|思考|对策|差距|体会|打算|下一?步|举措|不足|借鉴|家底")
_HOSTS = re.compile("对方|当地|他们|其")


class Placed(NamedTuple):
    """A place that is named in the lead, and from where to where in it."""

    what: Where
    start: int
    end: int


def placed(mentions: list[Mention[Any]], behind: int = 0) -> list[Placed]:
    """The places among the mentions of a text that stands in the lead behind so many characters."""
    return [Placed(m.what, behind + m.span.start, behind + m.span.end) for m in mentions if isinstance(m.what, Where)]


def found(own: str, catalogue: Catalogue, lead: str, told: list[Placed]) -> str:
    """The place of visitors who write: its id, `ELSEWHERE` where the catalogue has it not, or "" where nobody visits.

    `lead` is the folded title and the first lines behind it, `told` the places named there.
    """
    for place in told if own in catalogue.places else ():
        if place.what.place == own and _visited(lead, place):
            return _home(own, catalogue, lead, told, place)
    return ""


def of_theirs(heading: str) -> bool:
    """四、几点建议, 五、我们的差距: whether a part of a visitors' report tells of those who write.

    >>> of_theirs("四、几点建议"), of_theirs("三、对方的打算")
    (True, False)
    """
    return bool(_ADVICE.search(heading)) and not _HOSTS.search(heading)


def _visited(lead: str, place: Placed) -> bool:
    """Whether the words around the article's place say that those who write have come to it from elsewhere."""
    title, start, end = lead.partition("\n")[0], place.start, place.end
    went = _WENT.search(lead, max(0, start - 4), start)
    learned = went and _LEARNED.match(lead, end)
    if learned and went:
        return bool(went["out"] or _REPORT.search(title) or _signature(lead))
    if end > len(title):
        return False
    held_up = _HELD_UP.search(lead, 0, start) and (_REPORT.search(title) or _OURS.search(lead, end, len(title)))
    return bool(_HOLDS_UP.match(lead, end) or held_up)


def _signature(lead: str) -> re.Match[str] | None:
    """The line in which visitors sign, among the first."""
    at = 0
    for line in lead.split("\n")[:8]:
        if line.strip() and (signed := _SIGNED.fullmatch(lead, at, at + len(line))):
            return signed
        at += len(line) + 1
    return None


def _home(own: str, catalogue: Catalogue, lead: str, told: list[Placed], goal: Placed) -> str:
    """Where the visitors are from: the other place that has signed, or is named right before where they went."""
    signed = _signature(lead)
    first = max(lead.rfind(sign, 0, goal.start) for sign in "\n。；") + 1
    stretches = [signed.span()] if signed else []
    for start, end in (*stretches, (first, goal.start)):
        here = [m.what for m in told if start <= m.start < end and m.what.place != own]
        named = [where for where in here if where.kind in ("known", "elsewhere", "organisation")]
        if not named:
            continue
        place = named[0].place
        if place not in catalogue.places:
            return ELSEWHERE
        return "" if encloses(place, own, catalogue) else place
    return "" if _FROM_NOWHERE.search(lead, first, goal.start) else ELSEWHERE

"""Places that are named and set no frame: who awards, whose land or means it is, how a name is spelt.

In: a place token of the walk. Out: whether the place is only said in passing. Source: reading.md §1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link.scene import encloses
from etl.link.tokens import LIST_MARKS

if TYPE_CHECKING:
    from etl.link.walk import Walk

_SPELT = re.compile(
    "(?:写作|写成|拼作|拼成|拼写为|译作|译为|读作|念作|谐音|英文名|拼音|同名)(?:也|都|就|是|为|叫|同样|也是|“)*$"
)
_OF_LAND = re.compile(
    "(?:不到|不足|约|近)?(?:[\\d一二三四五六七八九十百]+分之[\\d一二三四五六七八九十]+|[\\d.]+%|[一二三四五六七八九十]成)的(?:土地|国土)?(?:面积|土地|人口|用地|空间)"
)


#: 用上了吴江的智改方案: what is another's, and is put to use.
_PUT_TO_USE = re.compile(
    "(?:用上?|采用|启用|借鉴|引进|引入|引来|复制|搬来|照搬|套用|移植|请来|买下?|订购|对接|仿照|参照)[了过着]?\\Z"
)
_TIMES_OF = re.compile("的(?:大?约|近|将近|超过?|不到|逾)?(?:[\\d.]+|[一二两三四五六七八九十]+|几)[多余]?倍")


def passing(walk: Walk, index: int) -> bool:
    """宿州，拼音也写作Suzhou; 以全区七分之一的面积，…; 为无锡的1.8倍; 用上了吴江的方案: nothing is told of the place."""
    folded, token = walk.folded, walk.tokens[index]
    if _SPELT.search(folded, walk.tokens[0].start, token.start):
        return True
    if _OF_LAND.match(folded, token.end) or _TIMES_OF.match(folded, token.end):
        return True
    used = _PUT_TO_USE.search(folded, max(0, token.start - 4), token.start)
    return used is not None and folded.startswith("的", token.end)


_AGO = re.compile("之?[前后内中里]|以[前后内]")


#: Who gives an honour, behind the place: 苏州市认定的, 江苏省授予的.
_GRANTED = re.compile(
    "(?:首批|新|最新|今年|去年|联合)?(?:认定|评定|评审|授予|命名|颁发|认可|授牌|遴选|评选)(?:出来|下来|通过)?的"
)


def awarding(walk: Walk, index: int, place: str) -> bool:
    """A larger place inside the sentence of a smaller one names who awards: 园区获批…、苏州市首批…实验室."""
    at, following, before = walk.state.place, walk.following(index), walk.tokens[index - 1] if index else None
    granted = _GRANTED.match(walk.folded, walk.tokens[index].end)  # 港城拿到苏州市认定的实验室3个
    if following is None or before is None:
        return False
    if not granted and following.kind not in ("other", "name", "level", "theme", "word"):
        return False
    listed = before.kind == "mark" and before.what in LIST_MARKS and walk.state.verb == "new"
    giving = ("award", "new", *(("total", "link") if granted else ()))
    if walk.state.place_at is None and before.kind not in giving and not listed:
        return False  # but 新增国家级绿色工厂3家、苏州市“近零碳”工厂1家, told of a county
    if (before.kind == "mark" and before.what in "，；：") or before.kind in ("date", "part"):
        return False
    if (
        before.kind == "function"
        and index > 1
        and walk.tokens[index - 2].kind == "date"
        and _AGO.match(walk.folded, before.start)
    ):
        return False  # 年底前全市算力…
    return encloses(place, at, walk.catalogue)


def attribute(walk: Walk, index: int) -> bool:
    """A place behind an unknown verb and before an unknown noun (承接江苏省…攻关项目) is no frame."""
    before, following = walk.tokens[index - 1] if index else None, walk.following(index)
    if before is None or before.kind not in ("word", "award", "new", "number"):
        return False
    return (
        following is None
        or following.kind in ("word", "other")
        or (following.kind == "function" and before.kind == "number")
    )

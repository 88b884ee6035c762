"""Who bears an honour: a name said in two pieces around the number, or by the level that its bearers have won.

In: the index of a number, of which no name stands right behind. Out: a claim, a refusal, or None where the shape is
another. Source: reading.md §3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link import names
from etl.link.claims import Figure, Verdict, value
from etl.link.state import Claim
from etl.link.tokens import Token
from etl.recognise.indicators import Call

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: 六家工厂挂上了近零碳的牌子: a name split into the kind that is counted and the honour it bears.
_BEARS = re.compile(
    "(?P<kind>工厂|企业|车间|园区|中心|平台)?(?:还|也|已)?(?:挂上|摘下|摘得|评上|拿下|拿到|戴上|戴着|顶着|挂着|扛着|捧回|获得|获评|获授|获|得到|挂)了?"
    "(?P<what>[^，。；\\d的]{2,12}?)的?(?:牌子|称号|牌匾|名号|招牌|帽子|头衔|铭牌|名头|资格)"
)


def bearers(walk: Walk, index: int) -> Claim | Verdict | None:
    """Read so many of a kind that bear an honour as the name that the two make."""
    bears, token = _BEARS.match(walk.folded, walk.tokens[index].end), walk.tokens[index]
    call = _borne(walk, bears) if bears else None
    if bears is None or call is None:
        return None
    topic = names.named(Token("name", call, bears.start(), bears.end()), walk.state, walk.scene)
    if topic.refused:
        return topic.refused, topic.call.head
    walk.taken.update(at for at, t in enumerate(walk.tokens) if bears.start() <= t.start < bears.end())
    return value(walk, Figure(token, token.what, topic, "bearers of an honour", winners=True))


def _borne(walk: Walk, bears: re.Match[str]) -> Call | None:
    """The name of kind and honour together, or the honour's own where no kind is said (4家戴着重点“小巨人”的帽子)."""
    if bears["kind"]:
        return walk.recogniser.indicators.joined(bears["what"], bears["kind"])
    said = (t for t in walk.tokens if t.kind == "name" and (t.start, t.end) == bears.span("what"))
    name = next(said, None)
    return name.what if name and isinstance(name.what, Call) else None


_ENDS = re.compile("(?:的)?(?:行列|名单|名录|榜单|梯队|阵营)?(?=[，、；。！）\\n]|$)")


def lifted(walk: Walk, index: int) -> Claim | Verdict | None:
    """省先进级智能工厂12家，1家跻身国家卓越级: so many won the same name at the level that ends their clause."""
    topic, told = walk.state.topic, walk.tokens[index + 1 : index + 3]
    if topic is None or [t.kind for t in told] != ["award", "level"] or not _ENDS.match(walk.folded, told[1].end):
        return None
    level = told[1]
    call = walk.recogniser.indicators.at_level(topic.call.head, level.what.level)
    if call is None:
        return "level", topic.call.head
    name = names.named(Token("name", call, level.start, level.end), walk.state, walk.scene)
    walk.taken.update(at for at, t in enumerate(walk.tokens) if walk.tokens[index].end <= t.start <= level.start)
    return value(walk, Figure(walk.tokens[index], walk.tokens[index].what, name, "winners at a level", winners=True))

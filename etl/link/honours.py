"""Who bears an honour: a name said in two pieces around the number, or by the level that its bearers have won.

In: the index of a number, of which no name stands right behind. Out: a claim, a refusal, or None where the shape is
another. Source: reading.md §3.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link import behind, names
from etl.link.claims import Figure, Verdict, value
from etl.link.state import Claim
from etl.link.tokens import Token
from etl.recognise.indicators import Call

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: 六家工厂挂上了近零碳的牌子: a name split into the kind that is counted and the honour it bears.
_BEARS = re.compile(
    "(?P<kind>工厂|企业|车间|园区|中心|平台)?(?:还|也|已)?"
    "(?:(?P<has>挂着|戴着|顶着|扛着|握着|拿着|捧着|留着|保有|持有|拥有)|(?:挂上|摘下|摘得|评上|拿下|拿到|戴上|捧回|获得|获评|获授|获|得到|挂)了?)"
    "(?P<what>[^，。；\\d的]{2,12}?)的?(?:牌子|称号|牌匾|名号|招牌|帽子|头衔|铭牌|名头|资格)"
)


def told(walk: Walk, index: int) -> Claim | Verdict | None:
    """What a number says of a name in pieces around it, by the first of the shapes that fits."""
    shapes = (bearers, public, lifted, levelled, split, among, short)
    return next((found for shape in shapes if (found := shape(walk, index)) is not None), None)


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
    if bears["has"]:  # 挂着, and may have long done so
        walk.state.verb_once = "total"
    return value(walk, Figure(token, token.what, topic, "bearers of an honour", winners=not bears["has"]))


#: 3家企业首发上市, 24家敲钟上市: those that have gone public; 上市公司 and 上市后备 are other words.
_WENT_PUBLIC = re.compile(
    "(?:本土|本地|区内|辖内|园内)?(?:企业|公司)?(?:在[^，。；、\\d]{1,8}?)?(?:首发|成功|敲钟|敲锣|新|陆续|相继|先后|顺利|登陆[^，。；、\\d]{1,6}|挂牌)*"
    "(?:上市|敲钟|敲锣)(?![公企后辅培储申挂步进准苗融股])"
)


def public(walk: Walk, index: int) -> Claim | Verdict | None:
    """Read so many firms that have gone public, or are to, as listed companies."""
    token, went = walk.tokens[index], _WENT_PUBLIC.match(walk.folded, walk.tokens[index].end)
    call = walk.recogniser.indicators.joined("上市", "公司") if went else None
    if went is None or call is None:
        return None
    topic = names.named(Token("name", call, went.start(), went.end()), walk.state, walk.scene)
    walk.taken.update(at for at, t in enumerate(walk.tokens) if went.start() <= t.start < went.end())
    return value(walk, Figure(token, token.what, topic, "firms gone public", winners=True))


_DOES = frozenset("落地 实施 推进 完成 推动 引进 投产 投用 建设 落成 启用 实现 实施了 完成了 落地了 推进了".split())


_PROJECTS = re.compile("(?:重点)?项目(?=[，。；、！（）\\n]|$)")


def split(walk: Walk, index: int) -> Claim | Verdict | None:
    """增资扩产落地143个项目: the kind of project, what was done, and how many; the kind and 项目 are the name."""
    if index < 2 or not _PROJECTS.match(walk.folded, walk.tokens[index].end):
        return None
    kind, verb, token = walk.tokens[index - 2 : index + 1]
    done = walk.folded[verb.start : verb.end] in _DOES and verb.end == token.start and kind.end == verb.start
    if not done or kind.kind not in ("theme", "name", "word"):
        return None
    call = walk.recogniser.indicators.joined(walk.folded[kind.start : kind.end], "项目")
    if call is None:
        return None
    topic = names.named(Token("name", call, kind.start, kind.end), walk.state, walk.scene)
    walk.taken.update(at for at in range(index + 1, len(walk.tokens)) if walk.tokens[at].end <= token.end + len("项目"))
    return (topic.refused, topic.call.head) if topic.refused else value(walk, Figure(token, token.what, topic, "split"))


def _borne(walk: Walk, bears: re.Match[str]) -> Call | None:
    """The name of kind and honour together, or else the honour's own (4家戴着重点“小巨人”的帽子)."""
    if bears["kind"] and (call := walk.recogniser.indicators.joined(bears["what"], bears["kind"])):
        return call
    said = (t for t in walk.tokens if t.kind == "name" and (t.start, t.end) == bears.span("what"))
    name = next(said, None)
    return name.what if name and isinstance(name.what, Call) else None


_ENDS = re.compile("(?:的)?(?:行列|名单|名录|榜单|梯队|阵营)?(?=[，、；。！）和与及\\n]|$)")


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


def levelled(walk: Walk, index: int) -> Claim | Verdict | None:
    """智能工厂中，2460家基础级、151家先进级: so many of the name told before are at the level right behind them.

    12家国家级、30家省级绿色工厂: where the name itself follows the next of the list, the level waits for it.
    """
    token, level = walk.tokens[index], walk.following(index)
    if level is None or level.kind != "level" or level.start != token.end or not _ENDS.match(walk.folded, level.end):
        return None
    head = head_behind(walk, index + 1) or (walk.state.topic.call.head if walk.state.topic else "")
    call = walk.recogniser.indicators.at_level(head, level.what.level)
    if call is None:
        return "level", head
    name = names.named(Token("name", call, level.start, level.end), walk.state, walk.scene)
    walk.taken.add(index + 1)
    return value(walk, Figure(token, token.what, name, "name before, level behind"))


def head_behind(walk: Walk, at: int) -> str:
    """The head behind the last number of a list whose numbers have a level each, the first of which stands `at`; else ""."""
    rest = walk.tokens[at + 1 :]
    while len(rest) > _PAIR and (rest[0].what == "、" or rest[0].kind == "and") and rest[1].kind == "number":
        if rest[2].kind == "name":
            return str(rest[2].what.head)
        if rest[2].kind != "level":
            return ""
        rest = rest[3:]
    return ""


_PAIR = 2  # tokens from one number of a list to what it counts

_ARE = re.compile("(?:还|也|同时|又|更|已)?(?:属于?|是|算作?|兼为?)")
_END = re.compile("[，、；。！）\\n]|$")


def among(walk: Walk, index: int) -> Claim | Verdict | None:
    """“小巨人”107家，8家属于重点“小巨人”: so many of the count told just before are of its higher level.

    30家是高新技术企业, of so many larger firms, are not all the high-tech ones there are.
    """
    token, are = walk.tokens[index], _ARE.match(walk.folded, walk.tokens[index].end)
    last = walk.claims[-1] if walk.claims else None
    name = next((t for t in walk.tokens[index + 1 :] if are and t.start >= are.end()), None)
    if are is None or last is None or name is None or name.kind != "name" or name.start != are.end():
        return None
    topic = names.named(name, walk.state, walk.scene)
    part = last.measure == "value" and last.place == walk.state.place and last.value >= token.what.value
    same = last.topic is not None and topic.call.head.removesuffix("企业") in last.topic.call.head
    if (
        not (part and same)
        or topic.refused
        or topic.indicator == last.indicator
        or not _END.match(walk.folded, name.end)
    ):
        return None
    if walk.state.date_at is not None and walk.state.date_at.start > last.number.start:
        return None
    walk.taken.update(at for at, t in enumerate(walk.tokens) if are.start() <= t.start < name.end)
    return value(walk, Figure(token, token.what, topic, "those among the count before"))


_ANY = ("企业", "项目", "产品", "平台")  # what too many names end with
_SHORT = re.compile("[\u3400-\u9fff]{2,4}?(?=[、和与及，是为均都]|以及)")
_GIVEN = re.compile("(?:新增|新获评|新认定|新获批|新添|新晋|新评上|获评|认定|评上|入选|获批|添|拿下)的?")


def short(walk: Walk, index: int) -> Claim | Verdict | None:
    """其中16个车间、3家工厂是2024年新增的: parts of the counts before, each called by the tail of its name."""
    token, noun = walk.tokens[index], _SHORT.match(walk.folded, walk.tokens[index].end)
    if noun is None or not walk.state.part:
        return None
    counted = [c.topic for c in walk.claims if c.topic and c.measure == "value" and c.value >= token.what.value]
    call = names.by_tail(noun[0], counted, len(noun[0])) if noun[0] not in _ANY else None
    last = list(takewhile(lambda t: t.kind != "mark" or t.what == "、", walk.tokens[index + 1 :]))
    when = next((at for at, t in enumerate(last) if t.kind == "date"), 0)
    if call is None or not when or not _GIVEN.fullmatch(walk.folded, last[when].end, last[-1].end):
        return None
    if not all(t.kind in ("number", "name", "word", "function", "and", "link", "mark", "every") for t in last[:when]):
        return None
    behind.dated(walk, index + 1 + when)
    walk.state.verb_once = "new"
    walk.taken.update(at for at, t in enumerate(walk.tokens) if token.end <= t.start and t.end <= noun.end())
    topic = names.named(Token("name", call, noun.start(), noun.end()), walk.state, walk.scene)
    return value(walk, Figure(token, token.what, topic, "a part by the tail of its name"))


_WHO = re.compile("的，?(?:已|就|共|一共|总共|目前|现在)*有(?:大?约|近|超过?)?")


def who_were(walk: Walk, index: int) -> bool:
    """被工信部收进5G工厂项目库的，有26个项目: who have won the name before 的 are counted, whatever they are called."""
    topic = walk.state.topic
    if topic is None or topic.refused or not _WHO.fullmatch(walk.folded, topic.end, walk.tokens[index].start):
        return False
    return any(t.kind == "award" and t.end <= topic.start for t in walk.tokens)

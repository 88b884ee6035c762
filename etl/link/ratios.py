"""Ratios told by their part and their whole: 规上工业总产值里，高新技术产业贡献了49.1%; GDP的17.4%来自数字经济核心产业.

In: a percentage, or a name that is the whole of a ratio. Out: the ratio that the two names make in the catalogue, with the
figure claimed. A percentage between two wholes, or behind one of which something else has been told, is left to others.
Source: reading.md §3 G.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link import names
from etl.link.claims import Figure, Verdict, fits_percent, value
from etl.link.scene import Topic
from etl.link.state import Claim
from etl.link.tokens import Token

if TYPE_CHECKING:
    from etl.link.walk import Walk

_INSIDE = "(?:之中|当中|里头|里面|里边|之内|[中里内])"
_HEDGE = "(?:大?约|大概|近|将近|接近|超过?|逾|已|已经|就|便|也|还|又|则|更|更是|分别|其中的?)*"
#: 增加值, behind a comma too: what of the part is measured.
_ITS = "(?:，?(?:实现的?|创造的?|完成的?)?的?(?:增加值|总?产值|总量|规模|产出))?"
_DID = "(?:贡献|撑起|扛起|拿下|拿走|分走|创造|做出|提供|包揽|占据?|占去|占到|占有|完成)(?:出|到)?了?"
#: 贡献了49.1%, 拿下52.1%: what a part has done for its whole, right before how much.
_DONE = re.compile(f"{_ITS}，?{_HEDGE}{_DID}{_HEDGE}")
_BARE = re.compile(f"{_ITS}{_HEDGE}(?:则?[是为有]|达到?)?{_HEDGE}")
_ELLIPTIC = re.compile(f"{_DONE.pattern}|{_BARE.pattern}")  # the next of a list may leave the verb out
#: 来自高新技术产业, 由高新技术产业贡献: whose a percentage is, right behind it.
_FROM = re.compile(
    "(?:[都均还也又就则]|主要|直接)*(?P<by>由|靠|是由|是靠)|(?:[都均还也又就则是]|主要|直接)*(?:来自于?|出自于?|源自于?|源于|产自|出在|属于|归于?|落在|集中在|出于|得自)"
)
_MADE_BY = re.compile(f"(?:企业|领域|行业)?(?:所|来)?(?:{_DID}|实现|支撑|撑着|挣来|拉起|生产)的?(?=[，。；、！（）]|$)")
#: 的分量, 所占比重: what a part has of its whole, behind the whole's name.
_SHARE = "(?:的|所)?(?:占据?|占到|占去|占有)?(?:的)?(?:比重|占比|分量|份额|比例|百分比)"
_SHARED = re.compile(f"{_INSIDE}?{_SHARE}")
_WITHIN = re.compile(f"{_INSIDE}(?:，)?(?:{_SHARE}|{_HEDGE}占)")
#: ——说的是两者各自在…: what the percentages before it are, told at the end.
_TOLD_OF = re.compile(
    "(?:（[^）]{0,12}）)?(?:——?|，|：|。)(?:(?:说的|讲的|指的|算的|这里说的|这两个数说的|这组数说的)?(?:都|均|也)?[是指即]|这是|这)?(?:两者|二者|它们|它|其|双方|前后两者|两个产业|两大产业|这两块|这两大产业)?(?:各自|分别|产值)*(?:的)?(?:产值)?(?:在|占)"
)


def of_names(walk: Walk, token: Token, index: int) -> Topic | None:
    """The ratio whose part was named before and whose whole follows 占, or 贡献了, or stands in 在…中的比重."""
    before = [t for t in walk.tokens[:index] if t.kind not in ("function", "link", "place")]  # 占全区规上产值
    if not before:
        return None
    within = _WITHIN.match(walk.folded, token.end) if _lies_within(walk, index) else None
    equal = before[-1].kind == "compare" and before[-1].what.word == "相当于"  # 研发经费58.6亿元，相当于GDP的4.27%
    if not equal and before[-1].kind != "share" and not within and not _contributes(walk, index):
        return None
    if within:  # 在规上工业总产值中的比重: no part of the whole's figure
        walk.taken.update(n for n, t in enumerate(walk.tokens) if token.end <= t.start and t.end <= within.end())
    for part in [t for t in reversed(before) if t.kind == "name"]:
        if call := walk.recogniser.indicators.ratio(part.what.head, token.what.head):
            start = before[-1].start if equal or before[-1].kind == "share" else part.start
            return names.named(Token("name", call, start, token.end), walk.state, walk.scene)
        if len(part.what.head) > names.SHORT:
            break
    return None


_CONTRIBUTED = re.compile(f"{_ITS}，?{_HEDGE}{_DID}")


def _contributes(walk: Walk, index: int) -> bool:
    """高新技术产业贡献了规上工业总产值的52.3%: whether so much of the whole is what the part before it has made."""
    token, behind = walk.tokens[index], walk.tokens[index + 1 : index + 3]
    of = [t.kind for t in behind] == ["function", "number"] and walk.folded.startswith("的", token.end)
    return of and behind[1].what.unit == "%" and _parted(walk, index, _CONTRIBUTED)  # …产业企业贡献了: not all of it


_IN = re.compile(f"{_ITS}，?在")


def _lies_within(walk: Walk, index: int) -> bool:
    """高新技术产业在规上工业总产值中的比重: whether the part stands before 在, and 中占 behind the whole."""
    return _parted(walk, index, _IN)


def _parted(walk: Walk, index: int, words: re.Pattern[str]) -> bool:
    """Whether nothing but such words, and the whole's place, stands between the name before and the whole."""
    part = _name_before(walk, index)
    if part is None:
        return False
    places = [t for t in walk.tokens[:index] if t.start >= part.end and t.kind == "place"]
    end = places[0].start if places else walk.tokens[index].start
    return words.fullmatch(walk.folded, part.end, end) is not None


def _name_before(walk: Walk, index: int) -> Token | None:
    return next((t for t in reversed(walk.tokens[:index]) if t.kind == "name"), None)


def told(walk: Walk, index: int) -> Claim | Verdict | None:
    """What a percentage says of a part and a whole that are both named, in any order; None where they are not."""
    if _of_another(walk, index):
        return "share", walk.state.topic.call.head if walk.state.topic else ""
    for shape in (_part_before, _part_behind, _whole_told_last, _covered):
        if topic := shape(walk, index):
            token = walk.tokens[index]
            return value(walk, Figure(token, token.what, topic, _WHY))
    return None


_WHY = "part of a whole that is named"
#: 出口中，高新技术产业占52%: a part of what no ratio of the catalogue is of.
_IN_ANOTHER = re.compile(
    "(?:出口|进口|进出口|外贸|用电|利润|利税|税收|投资|营收|收入|专利|融资|贷款|订单|增量|增长|增加值|能耗|用地|用工|支出|就业|岗位|销售|经费|企业|公司|项目)"
    f"(?:额|量|总额|总量|总数|规模|数)?{_INSIDE}(?:，|[^，。；]{{0,3}}\\Z)"
)


def _of_another(walk: Walk, index: int) -> bool:
    """Whether a ratio's bare part is told within a whole of another kind, said in the same part of the sentence."""
    topic, token = walk.state.topic, walk.tokens[index]
    if topic is None or topic.refused or not fits_percent(walk, topic) or topic.start < walk.segment_start:
        return False
    whole = walk.folded[topic.start : topic.end].partition("占")[2]  # 高新技术产业占比 says no whole
    bare = whole in ("", "比", "比重") and topic.start >= walk.tokens[0].start
    inside = list(_IN_ANOTHER.finditer(walk.folded, max(walk.segment_start, walk.tokens[0].start), topic.start))
    if not bare or not inside or not walk.recogniser.indicators.is_part(topic.call.head):
        return False
    since = (t for t in walk.tokens if inside[-1].end() <= t.start < token.start and t.kind == "name")
    return not any(walk.recogniser.indicators.is_whole(t.what.head) for t in since)


def _part_before(walk: Walk, index: int) -> Topic | None:
    """规上工业总产值里，高新技术产业贡献了49.1%，战略性新兴产业54.0%: the whole, and then each part with its verb."""
    token, part = walk.tokens[index], _name_before(walk, index)
    whole = _whole_before(walk, part.start, done=True) if part else None
    if part is None or whole is None:
        return None
    listed = bool(walk.claims) and walk.claims[-1].why == _WHY and walk.claims[-1].number.start > whole.start
    told_by = (_ELLIPTIC if listed else _DONE).fullmatch(walk.folded, part.end, token.start)
    return _made(walk, part, whole) if told_by and not walk.folded.startswith("的", token.end) else None


def _part_behind(walk: Walk, index: int) -> Topic | None:
    """规上工业总产值里，63.5%出自高新技术产业; 规上工业总产值的52%由高新技术产业贡献; 52%的规上工业总产值来自…."""
    token, end = walk.tokens[index], walk.tokens[index].end
    whole = _whole_before(walk, token.start)
    following = next((t for t in walk.tokens[index + 1 :] if t.kind == "name"), None)
    if following is not None and walk.folded[end : following.start] in ("的", "的全市", "的全区", "的苏州"):
        whole, end = following, following.end
    origin = _FROM.match(walk.folded, end)
    part = next((t for t in walk.tokens[index + 1 :] if t.kind == "name" and t.start >= end), None)
    if whole is None or origin is None or part is None or part.start != origin.end():
        return None
    done = _MADE_BY if origin["by"] else _ENDS
    return _made(walk, part, whole) if done.match(walk.folded, part.end) else None


_ENDS = re.compile("(?:企业|领域|行业|板块)?(?=[，。；、！（）—：]|$|和|与|而|\\n)")


def _whole_told_last(walk: Walk, index: int) -> Topic | None:
    """高新技术产业62.9%，战略性新兴产业57.6%——说的是两者各自在规上工业总产值中的分量: the whole ends the list."""
    token, part = walk.tokens[index], _name_before(walk, index)
    if part is None or not _BARE.fullmatch(walk.folded, part.end, token.start):
        return None
    rest = [t for t in walk.tokens[index + 1 :] if t.kind in ("name", "number")]
    while len(rest) > 1 and rest[0].kind == "name" and rest[1].kind == "number" and rest[1].what.unit == "%":
        if not _BARE.fullmatch(walk.folded, rest[0].end, rest[1].start):
            return None
        token, rest = rest[1], rest[2:]
    whole = rest[0] if rest and rest[0].kind == "name" else None
    if whole is None:
        return None
    places = [t for t in walk.tokens if token.end <= t.start and t.end == whole.start and t.kind == "place"]
    led = _TOLD_OF.fullmatch(walk.folded, token.end, places[0].start if places else whole.start)
    shared = _SHARED.match(walk.folded, whole.end)
    return _made(walk, part, whole) if led and shared else None


_DONE_WITH = (
    "(?:的企业)?(?:已经?|均|都|也|早已|基本|全面|全部)*(?:完成|实施|做完|做了|做过|实现|走完|搞完|干完|搞了)了?"
)
#: 96.4%完成了智改数转, behind 规上工业企业里; 完成智改数转的占96.4%.
_HAVE = re.compile(f"{_DONE_WITH}(?P<what>[^，。；：、的\\d]{{2,16}}?)(?=[，。；、！（）]|$|\\n)")
_THEY_HAVE = re.compile(
    f"(?:{_INSIDE}|的)?，?(?:{_DONE_WITH})(?P<what>[^，。；：、的\\d]{{2,16}}?)的(?:企业)?(?:占|占到|占了|占比|比例|比重|达|达到|有|已|为|是)*{_HEDGE}"
)
_OF_THEM = re.compile(f"(?:{_INSIDE}，?|的|，(?:其中|当中)?)?(?:已经|已|目前|如今|现|眼下)*(?:有|就有)?{_HEDGE}")


def _covered(walk: Walk, index: int) -> Topic | None:
    """规上工业企业里，96.4%完成了智改数转; 96.4%的规上工业企业…: how many have done what some coverage is of."""
    token, who = walk.tokens[index], _name_before(walk, index)
    have = _HAVE.match(walk.folded, token.end)
    following = walk.tokens[index + 2] if len(walk.tokens) > index + 2 else None
    if following is not None and following.kind == "name" and walk.folded[token.end : following.start] == "的":
        who, have = following, _HAVE.match(walk.folded, following.end)
    elif who is None:
        return None
    elif have is None:
        have = _THEY_HAVE.fullmatch(walk.folded, who.end, token.start)
    elif not _OF_THEM.fullmatch(walk.folded, _end_of_count(walk, who), token.start):
        return None
    if have is None or _narrowed(walk, who):
        return None
    joined = walk.recogniser.indicators.joined
    call = joined(who.what.head + have["what"], "覆盖率")
    call = call or (joined(have["what"], "覆盖率") if joined(who.what.head, "覆盖率") else None)
    if call is None:
        return None
    start, end = min(who.start, token.start), max(have.end(), token.end)
    return names.named(Token("name", call, start, end), walk.state, walk.scene)


def _end_of_count(walk: Walk, who: Token) -> int:
    """Where 规上工业企业1.38万家 ends, or the name alone, where its own count does not follow."""
    last = walk.claims[-1] if walk.claims else None
    return last.number.end if last and last.topic and last.topic.start == who.start < last.number.start else who.end


def _narrowed(walk: Walk, named: Token) -> bool:
    """装备制造业规上工业企业: whether a word right before a name makes a part of the thing."""
    return any(t.end == named.start and t.kind in ("word", "theme") for t in walk.tokens)


#: ，而, （两者有交叉），: what parts one part's figure from the next; and what leads from the whole to the first.
_NEXT = re.compile(
    f"(?:{_DID}|实现|支撑)?的?(?:（[^）]{{0,16}}）)?(?:[，、]|(?=[和与而]))(?:而|另外?|和|与|还|也|其中)*有?{_HEDGE}"
)
_PARTS = re.compile(f"，(?:其中|当中|这其中|里头|里面)[，：]?(?:有|的)?{_HEDGE}")
_OF_IT = re.compile(f"(?:{_INSIDE}的?[，：]?|的)(?:(?:20\\d\\d|[去今前])年，?)?有?{_HEDGE}")


def _whole_before(walk: Walk, end: int, *, done: bool = False) -> Token | None:
    """The name that opens a list of its parts, of which the next stands here: 规上工业总产值里，…, or …4.9万亿元，其中….

    Behind a sum alone, what a part has `done` for it needs no 其中: …4.9万亿元，高新技术产业贡献了52.3%.
    """
    named = (t for t in reversed(walk.tokens) if t.kind == "name" and t.end <= end)
    whole = next((t for t in named if walk.recogniser.indicators.is_whole(t.what.head)), None)
    if whole is None or _narrowed(walk, whole):
        return None
    since = [c for c in walk.claims if c.end > whole.start]
    own = [c for c in since if c.why != _WHY]
    if any(c.topic is None or c.topic.start != whole.start for c in own):
        return None
    own = [c for c in own if c.number.start > whole.start]
    if done and own and own[-1].measure == "value" and walk.folded[own[-1].number.end : end] == "，":
        return whole
    if told := [c for c in since if c.why == _WHY]:
        return whole if _NEXT.fullmatch(walk.folded, told[-1].end, end) else None
    opens = (
        _PARTS.fullmatch(walk.folded, own[-1].number.end, end) if own else _OF_IT.fullmatch(walk.folded, whole.end, end)
    )
    return whole if opens else None


def _made(walk: Walk, part: Token, whole: Token) -> Topic | None:
    """The ratio of a part to its whole, as the catalogue has it; none of what only looks like one."""
    call = walk.recogniser.indicators.ratio(part.what.head, whole.what.head)
    if call is None or not call.options:
        return None
    first, last = sorted((part, whole), key=lambda t: t.start)
    return names.named(Token("name", call, first.start, last.end), walk.state, walk.scene)

"""Figures told before their name: 97.5%是去年规上工业企业的智改数转覆盖率, 5728.4亿元——去年规上工业总产值.

In: the index of a number. Out: the claim of the name that the number is said to be, with the place and the date between
the two; None where something else is said of it. What waits longer for its name is `suspense`'s. Source: reading.md §3.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link import behind, names
from etl.link.claims import Figure, Verdict, fits, fits_percent, value
from etl.link.percent import signed
from etl.link.scene import Topic, located
from etl.link.state import Claim
from etl.link.tokens import Token, passed_over
from etl.model import Measure

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: 是, ，这是, ——这就是: what a number is follows; or it stands behind a dash alone, or a comma before the end.
_IS = re.compile(
    "(?:[，—]+(?:而|那么|没错)?(?:(?:这|那|此)(?:一数字?|个数字?|个数据)?，?)?)?(?:[就正便也则才都]?是|即)"
    "|(?P<bare>[ \t]*—{1,2}[ \t]*| - |(?<=元)，(?=[^，。；]{4,24}(?:[。！]|\\n|$)))"
)
#: 452家是省级绿色工厂的数字: so many are all that the name counts, where it says so.
_CALLED = re.compile(
    "(?:的|总)*(?:数字|数据|数量|家数|个数|数|总数|总量|存量|家底|规模|总规模|在册数|保有量|拥有量|总家数)"
)
_GROWN = re.compile("的?(?:同比)?(?:(?P<fall>降幅|跌幅)|增速|增幅|增长率|涨幅|升幅)")
_LEVEL = re.compile("(?:的?(?:总量|总额|总数|规模|总规模|数字|数据|水平|成绩|成绩单|答卷|家底|盘子))?")
#: 一年做出的, 交出的: how a sum was made, which is no other thing of it.
_MADE = re.compile(
    "(?:(?:一|全|这一|一整)年(?:里|来|间)?)?(?:一共|总共|共|合力|共同|累计)?"
    "(?:做|创造|干|产|打|跑|挣|拼|交|缴|拿|亮|晒|报|捧|写|创|录|完成|实现|贡献|生产|收获)(?:[出下得]来?)?的"
)
_FRAMES = frozenset(("place", "date", "function", "level", "link"))
_ENDS = "，。；！、）（—？"


def told(walk: Walk, index: int) -> Claim | Verdict | None:
    """What a number is said to be, where nothing but a place, a date and how it was made stand before the name."""
    token = walk.tokens[index]
    said = _IS.match(walk.folded, token.end)
    if said is None:
        return None
    ahead = (t for t in walk.tokens if t.start >= said.end())
    tail = list(takewhile(lambda t: t.kind != "mark" or t.what[0] not in _ENDS, ahead))
    named = _name(walk, tail)
    if named is None or not _framed(walk, tail, named):
        return None
    topic = names.named(named, walk.state, walk.scene)
    rest, bare = walk.folded[named.end : tail[-1].end], bool(said["bare"])
    if topic.refused:
        return (topic.refused, topic.call.head) if _CALLED.fullmatch(rest) else None
    grown = _GROWN.fullmatch(rest)
    count = walk.catalogue.units[walk.catalogue.indicators[topic.indicator].unit].kind == "count"
    called = count and not bare and _CALLED.fullmatch(rest) is not None
    if called or (_opens(walk, index, bare=bare) and (grown or (_LEVEL.fullmatch(rest) and (bare or not count)))):
        return _claim(walk, index, tail, topic, grown)
    return None


def _opens(walk: Walk, index: int, *, bare: bool) -> bool:
    """Whether no name or figure of the sentence stands before a number; behind a dash alone, only a frame does."""
    before = walk.tokens[:index]
    free = not any(t.kind in ("name", "number", "theme", "share", "part") for t in before)
    return free and (not bare or all(t.kind in ("date", "place", "mark", "function") for t in before))


def _name(walk: Walk, tail: list[Token]) -> Token | None:
    """The name of a clause, or what two of them make: 规上工业企业|的|智改数转覆盖率; None where it has others."""
    found = [t for t in tail if t.kind == "name"]
    if len(found) == 1:
        return found[0]
    between = [t for t in tail if len(found) == 2 and found[0].end <= t.start < found[1].start]
    if len(found) != 2 or any(t.kind != "date" and walk.folded[t.start : t.end] != "的" for t in between):
        return None
    call = walk.recogniser.indicators.joined(found[0].what.head, found[1].what.head)
    return replace(found[1], what=call, start=found[0].start) if call else None


def _framed(walk: Walk, tail: list[Token], named: Token) -> bool:
    """Whether only frames stand before a name, and how it was made."""
    before = [t for t in tail if t.end <= named.start]
    made = _MADE.search(walk.folded, before[0].start, named.start) if before else None
    within = made is not None and made.end() == named.start
    return all(t.kind in _FRAMES or (within and made and made.start() <= t.start) for t in before)


def _claim(
    walk: Walk, index: int, tail: list[Token], topic: Topic, grown: re.Match[str] | None
) -> Claim | Verdict | None:
    """The figure of a name behind it, at the place and date between the two."""
    state, token = walk.state, walk.tokens[index]
    growth = grown is not None and token.what.unit == "%" and not fits_percent(walk, topic)
    if not growth and (grown or state.growth or fits(walk, topic.indicator, token.what) is None):
        return None
    frames = [at for at, t in enumerate(walk.tokens) if t in tail and t.end <= topic.end]
    place = next((walk.tokens[at] for at in frames if walk.tokens[at].kind == "place"), None)
    where = located(place.what, walk.catalogue, walk.scene, state.place) if place else None
    for at in frames:
        if walk.tokens[at].kind == "date":
            behind.dated(walk, at)
        elif walk.tokens[at].kind == "name":  # two names are one
            first = walk.tokens[at].end < topic.end
            walk.tokens[at] = (
                passed_over(walk.tokens[at]) if first else replace(walk.tokens[at], what=topic.call, start=topic.start)
            )
            walk.taken.add(at)
    quantity = signed(token.what, "fall" if grown and grown["fall"] else "grow") if growth else token.what
    measure: Measure | None = "yoy" if growth else None
    return value(walk, Figure(token, quantity, topic, "called by its name behind", measure=measure, place=where))

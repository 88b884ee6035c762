"""Parts of a larger place's figure told before: 苏州1.12万亿元…，吴江分到11.7%; 全市8.6E。吴江3100P居首，份额为36%.

In: the sentence under reading, and the figures of the one before it. Out: the larger place that a share without a place is
of, or the share that a place is said to make of it. Source: reading.md §3 G.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from etl.link import names
from etl.link.claims import Figure, Verdict, beside, fits_percent, value
from etl.link.counted import clause
from etl.link.scene import encloses, larger, located
from etl.link.state import Claim
from etl.link.tokens import LIST_MARKS, Token

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: What a place does for the larger one's sum, right before how much of it: 贡献了8.4%, 分到11.7%.
_CONTRIBUTED = re.compile(
    "(?:贡献|撑起|分[到得走]|拿[下走到]|[扛挑揽吃]下|[扛挑担]起|包揽|独占|摊到|切走|承担|提供|创造)了?(?:其中的?|的)?(?:还)?(?:就|便|只|仅)?$"
)
#: 六成出自工业园区: where a part of a count just told is.
_LIES_IN = re.compile(
    "(?:[就都均也还]|主要|便)*(?:出自于?|落户在?|落在|位于|坐落[于在]|集中[于在]|分布[于在]|扎根在?|花落|来自于?|聚集[于在]|扎堆在?|归属?于?|属于|在)"
)
_OF_THEM = re.compile(
    "(?:[，、（：]|——?)(?:这?其中|当中|里[面头])?，?(?:而|且)?(?:就?有|的)?(?:大?约|近|超过?|逾|不到|足足|将近)?"
)
_NEXT = re.compile(f"{_LIES_IN.pattern}[^，。；：\\d]{{2,8}}{_OF_THEM.pattern}")
_SAYING = 16  # signs before a percentage in which that stands
_WHY = "share that lies there"
_OPENS = ("place", "date", "function", "and")  # what may stand before that verb in its clause


def told(walk: Walk, index: int) -> Claim | Verdict | None:
    """What a percentage says of a part of a figure just told: how much of it a place contributed, or where so much lies."""
    return contributed(walk, index) or _lying(walk, index) or _of_all(walk, index)


#: 总量, 里有, around the name of what so much of lies somewhere.
_ALL = "(?:的?(?:总量|总数|总额|数量|家数|总规模))?"
_LIES = re.compile(_ALL + _LIES_IN.pattern)
_HEDGE = "(?:总共|一共)?(?:有|就有|已有)?(?:大?约|近|将近|接近|超过?|逾|不到|足足)?"
_OF_WHOLE = re.compile(f"(?:的)?{_HEDGE}")  # 全市（的）近|一半
_OF_NAMED = re.compile(f"{_ALL}(?:的|[中里]，?){_HEDGE}")  # 规上工业总产值的|23%
#: 园区集中了全市|近一半的…: what a place has of the larger one's.
_HAS = re.compile("(?:集中|汇聚|集聚|聚集|拥有|占据?|占有|贡献|囊括|包揽|容纳|承载|撑起|云集)(?:了|着)?")
_MADE = re.compile(f"{_ALL}(?=[，。；！）])")


def _of_all(walk: Walk, index: int) -> Claim | Verdict | None:
    """全市近一半的人工智能企业集中在园区, 园区集中了全市近一半的…, 全市…总产值的23%来自昆山: how much of all lies where."""
    token, before, ahead = walk.tokens[index], walk.tokens[:index], walk.tokens[index + 1 :]
    whole = next((t for t in reversed(before) if t.kind == "place"), None)
    first = next((t for t in ahead if t.kind == "name"), None)
    if whole is None:
        return None
    if (
        first is not None
        and walk.folded[token.end : first.start] == "的"
        and _OF_WHOLE.fullmatch(walk.folded, whole.end, token.start)
    ):
        what, lies = first, _LIES.match(walk.folded, first.end)
    elif before[-1].kind != "place" and (last := next((t for t in reversed(before) if t.kind == "name"), None)):
        what, lies = last, _LIES_IN.match(walk.folded, token.end)
        if whole.end != last.start or not _OF_NAMED.fullmatch(walk.folded, last.end, token.start):
            return None
    else:
        return None
    place = next((t for t in ahead if lies and t.start == lies.end() and t.kind == "place"), None)
    if place is None and what is first and _MADE.match(walk.folded, what.end):
        owner = next((t for t in reversed(before[:-1]) if t.kind == "place" and t is not whole), None)
        place = owner if owner and _HAS.fullmatch(walk.folded, owner.end, whole.start) else None
    return _lying_there(walk, token, what, whole, place) if place else None


def _lying_there(walk: Walk, token: Token, what: Token, whole: Token, place: Token) -> Claim | Verdict | None:
    """So much of the whole's, as an observation of the place; none where the place is only the first of several."""
    after = next((t for t in walk.tokens if t.start >= max(place.end, what.end, token.end)), None)
    if after is not None and (after.kind != "mark" or after.what in LIST_MARKS):
        return None
    topic = names.named(what, walk.state, walk.scene)
    here = walk.scene.place[0]
    where, of = (located(t.what, walk.catalogue, walk.scene, here) for t in (place, whole))
    if whole.what.kind == "rank" and of == where:
        of = larger(where, walk.catalogue)  # 昆山贡献了全市24%的…, told in Kunshan
    if topic.refused or fits_percent(walk, topic) or not encloses(of, where, walk.catalogue):
        return "share", what.what.head
    walk.taken.update(n for n, t in enumerate(walk.tokens) if token.end <= t.start < max(place.end, what.end))
    found = value(walk, Figure(token, token.what, topic, _WHY, measure="share", share_of=of, place=where))
    if not isinstance(found, Claim):
        return found
    ends = (whole, place, what, token)
    return replace(found, start=min(found.start, *(t.start for t in ends)), end=max(t.end for t in ends))


def _lying(walk: Walk, index: int) -> Claim | Verdict | None:
    """累计142个，六成出自工业园区; 8座灯塔工厂，一半在园区: the share of the place behind, in the count just told."""
    token, last = walk.tokens[index], walk.claims[-1] if walk.claims else None
    listed = last is not None and last.why.endswith(_WHY)  # 约两成在昆山，一成七落在园区
    row = next((c for c in reversed(walk.claims) if c.measure != "share"), None) if listed else last
    lies = _LIES_IN.match(walk.folded, token.end)
    place = next((t for t in walk.tokens[index + 1 :] if lies and t.start >= lies.end()), None)
    if (
        last is None
        or row is None
        or lies is None
        or place is None
        or place.kind != "place"
        or place.start != lies.end()
    ):
        return None
    named = 0 if listed or row.topic is None else row.topic.end  # 8座灯塔工厂，一半在园区
    between = (_NEXT if listed else _OF_THEM).fullmatch(walk.folded, max(last.number.end, named), token.start)
    if row.measure == "yoy":
        return None if row.topic is None or fits_percent(walk, row.topic) else ("share", "")  # no growth of what grew
    if row.measure not in ("value", "new") or row.topic is None or row.number.what.unit == "%" or not between:
        return None
    where = located(place.what, walk.catalogue, walk.scene, row.place)
    after = next((t for t in walk.tokens if t.start >= place.end), None)
    if not encloses(row.place, where, walk.catalogue) or (after is not None and after.kind not in ("mark", "and")):
        return "share", row.topic.call.head
    figure = Figure(token, token.what, row.topic, _WHY, measure="share", share_of=row.place)
    return beside(replace(row, place=where, place_basis="stated"), figure)


def contributed(walk: Walk, index: int) -> Claim | Verdict | None:
    """苏州…1.17万亿元，高新区贡献了8.4%: a part of the larger place's figure named just before."""
    token, state = walk.tokens[index], walk.state
    if walk.folded.startswith("的", token.end) or not _CONTRIBUTED.search(
        walk.folded, max(0, token.start - _SAYING), token.start
    ):
        return None
    if state.place_at is None or state.place_at not in clause(walk, token):
        return None
    whole = whole_before(walk)
    row = next((c for c in reversed(walk.claims) if c.place == whole and c.measure == "value"), None)
    if row is None or row.topic is None or row.topic != state.topic:
        return ("share", "") if state.measure == "yoy" else None  # 增长4.9%，吴江分到11.7%: no growth of it
    own = replace(row, place=state.place, place_basis=state.place_basis)
    found = beside(own, Figure(token, token.what, row.topic, "share contributed", measure="share", share_of=whole))
    return found if isinstance(found, Claim) else None


def whole_before(walk: Walk) -> str:
    """全省760个，苏州224个，占比近三成; 全市3.62万亿元，我区占7.5%: the whole is the larger place named before."""
    rows = [c for c in walk.claims if c.topic == walk.state.topic]
    last = walk.claims[-1].number.start if walk.claims else 0
    unread = (t for t, reason, *_ in walk.refusals if t.start > last and reason not in ("measure_word", "growth"))
    if next(unread, None) is not None:
        return ""  # a figure that was not understood may be the whole
    if len(rows) > 1 and encloses(rows[-1].place, rows[-2].place, walk.catalogue):
        return rows[-1].place  # 吴中18个，全市106个，占比近17%
    here = next((c.place for c in reversed(rows) if encloses(c.place, walk.state.place, walk.catalogue)), "")
    return here or _told_before(walk, rows)


_ROUNDED = Decimal("0.1")  # points by which two rounded figures may miss their share
_TENTH = 5  # points that nobody tells who speaks of 两成


def _told_before(walk: Walk, rows: list[Claim]) -> str:
    """全市8.6E。…吴江3100P居首，份额为36%: the place of the sentence before, of whose figure the part is just so much."""
    parts = [c for c in rows if c.place == walk.state.place and c.measure in ("value", "new") and not c.base]
    told = next((t for t in walk.tokens if t.kind == "number" and t.start >= walk.at.start), None)
    if not parts or told is None or told.what.unit not in ("%", "成"):
        return ""
    part = parts[-1]
    if any(t.start > part.number.start for t, *_ in walk.refusals):
        return ""
    larger = [c for c in walk.scene.counts if _same_kind(c, part) and encloses(c.place, part.place, walk.catalogue)]
    just_so = {c.place for c in larger if _is_part(walk, c, part, told)}
    return just_so.pop() if len(just_so) == 1 else ""


def _same_kind(whole: Claim, part: Claim) -> bool:
    """Whether two figures are of one thing, told alike: both there are or both added, both facts or both planned."""
    alike = (whole.indicator, whole.measure, whole.status, whole.scope)
    return alike == (part.indicator, part.measure, part.status, part.scope)


def _is_part(walk: Walk, whole: Claim, part: Claim, told: Token) -> bool:
    """Whether a percentage is what its figures make, to the digits that it is told with."""
    digits: Decimal = (
        max(told.what.digits, Decimal(_TENTH)) if walk.folded.endswith("成", 0, told.end) else told.what.digits
    )
    off = abs(part.value / whole.value * 100 - told.what.value)
    return whole.value > part.value and off <= digits + _ROUNDED

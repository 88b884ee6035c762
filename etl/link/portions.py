"""Parts of a larger place's figure told before: 苏州1.12万亿元…，吴江分到11.7%; 全市8.6E。吴江3100P居首，份额为36%.

In: the sentence under reading, and the figures of the one before it. Out: the larger place that a share without a place is
of, or the share that a place is said to make of it. Source: reading.md §3 G.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from etl.link.claims import Figure, Verdict, beside, fits_percent
from etl.link.counted import clause
from etl.link.scene import encloses, located
from etl.link.state import Claim
from etl.link.tokens import Token

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
    return contributed(walk, index) or _lying(walk, index)


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

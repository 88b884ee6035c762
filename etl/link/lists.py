"""Lists: numbers in a row, dealt out over the list that they answer (分别, 依次, 各).

In: the first number of a run. Out: claims or refusals noted in the walk, for every number of the run. The lists are
figures already read, names, places and dates; equal lengths or refused. Source: reading.md §3 D.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile
from math import prod
from typing import TYPE_CHECKING

from etl.link import fields
from etl.link.claims import Figure, Verdict, accept, beside, fits_percent, value
from etl.link.percent import growth_of, rated, signed
from etl.link.scene import Dated, Topic, encloses
from etl.link.state import Claim
from etl.link.tokens import LIST_MARKS, Token
from etl.model import Quantity
from etl.recognise.quantities import MULTIPLIERS

if TYPE_CHECKING:
    from etl.link.walk import Walk


def run_of(walk: Walk, index: int) -> list[int]:
    """Indices of the numbers coordinated with this one: 、 and 和 between, nothing else."""
    run, at = [index], index + 1
    while at + 1 < len(walk.tokens):
        token = walk.tokens[at]
        joined = token.kind == "and" or (token.kind == "mark" and token.what in LIST_MARKS)
        verb = joined and walk.tokens[at + 1].kind in ("grow", "fall")  # 增长7.5%、下降2.1%
        number = at + 1 + verb
        if not joined or number >= len(walk.tokens) or walk.tokens[number].kind != "number":
            break
        run.append(number)
        at = number + 1
    told = (_shares_of_each, _grown_each, _each_in_name)
    walk.state.each = walk.state.each or (len(run) > 1 and any(each(walk, run) for each in told))
    return run


def _shares_of_each(walk: Walk, run: list[int]) -> bool:
    """两者占全省的27%和三成: so many shares are of as many figures, and never all of the last one."""
    whole = walk.state.share in walk.catalogue.places and not walk.state.growth
    return whole and all(walk.tokens[at].what.unit == "%" for at in run)


def _grown_each(walk: Walk, run: list[int]) -> bool:
    """…分别实现产值1530亿元、1560亿元、1010亿元，同比增长12%、10%、20%: as many growths as figures were just dealt out."""
    growths = bool(walk.state.growth) and all(walk.tokens[at].what.unit == "%" for at in run)
    between = walk.tokens[walk.dealt[1] + 1 : run[0]]
    return growths and walk.dealt[0] == len(run) and not any(t.kind in ("name", "number") for t in between)


def _each_in_name(walk: Walk, run: list[int]) -> bool:
    """人工智能产业分别实现产值…: 分别 may stand within the name."""
    topic, first = walk.state.topic, walk.tokens[run[0]]
    return topic is not None and topic.end == first.start and "分别" in walk.folded[topic.start : topic.end]


def deal(walk: Walk, run: list[int]) -> None:
    """Deal a run of numbers over the list of equal length; refuse them all where there is none."""
    state = walk.state
    numbers = [walk.tokens[index] for index in run]
    quantities = _bounded_alike(walk, run, [_like_last(walk, number, numbers[-1]) for number in numbers])
    walk.taken.update(run)
    walk.dealt = (len(run), run[-1])
    listing = list(state.names)
    growing = _growing(walk) if quantities[-1].unit == "%" else ""
    if _won(walk, run[-1]):
        state.verb, state.verb_once = "", "award"  # 2023年、2024年分别有3家、5家昆山工厂入选
    dealt, bound, share = [], (state.number_date, state.number_date_at), state.share
    for index, number, quantity, member in zip(run, numbers, quantities, _members(walk, run, growing), strict=True):
        growing = (
            walk.tokens[index - 1].kind if growing and walk.tokens[index - 1].kind in ("grow", "fall") else growing
        )
        state.growth, (state.number_date, state.number_date_at) = growing, bound
        state.share = share
        outcome = _outcome(walk, number, quantity, member)
        if isinstance(outcome, Claim):
            accept(walk, outcome)
            dealt.append(outcome)
            if outcome.measure == "new":
                state.verb_once = "new"  # 其中当年摘得的分别是2家和26家: as the first, so the others
        else:
            walk.refuse(number, *outcome)
    state.last_names = listing if len(listing) > 1 else state.last_names
    state.each, state.growth, state.number_date, state.number_date_at = False, "", None, None
    state.former = ""
    if dealt and dealt[0].measure == "value":
        state.rows = dealt


def _bounded_alike(walk: Walk, run: list[int], dealt: list[Quantity]) -> list[Quantity]:
    """分别突破1.8万家、2.9万家: a hedge right behind 分别, or where nothing deals out, is a verb for every number.

    One behind other words is of the first number alone.
    """
    before, number = walk.tokens[run[0] - 1], walk.tokens[run[0]]
    if walk.state.each and (before.kind != "each" or before.end != number.start):
        return dealt
    if not walk.folded.endswith(_EACH_HEDGED, before.start, before.end) and not walk.folded.startswith(
        _EACH_HEDGED, number.start
    ):
        return dealt
    return [replace(quantity, bound=dealt[0].bound) if quantity.bound == "=" else quantity for quantity in dealt]


_EACH_HEDGED = ("突破", "超过", "超", "逾", "接近")


def _won(walk: Walk, last: int) -> bool:
    """Whether the clause ends in an honour behind the numbers, and nothing else is said of them there."""
    behind = takewhile(lambda t: not (t.kind == "mark" and t.what in "，；。"), walk.tokens[last + 1 :])
    kinds = [t.kind for t in behind]
    return kinds[-1:] == ["award"] and set(kinds[:-1]) <= {"function", "place", "word", "new"}


def _growing(walk: Walk) -> str:
    """The growth said here, or the one of the figures before (全国增长6.5%，江苏、浙江各为8.2%、8.9%)."""
    state = walk.state
    ratio = state.topic is not None and fits_percent(walk, state.topic)
    said = state.growth or ("grow" if state.measure == "yoy" and not ratio else "")
    return said or rated(walk, walk.at)


#: What one number of a run is dealt to: a figure it is the growth of, a name, a place or a date; None where the
#: lists do not answer each other.
Member = Claim | Topic | tuple[str, Token] | tuple[Dated, Token] | None


def of_places(walk: Walk, run: list[int]) -> bool:
    """昆山、园区增速为4.6%和3.9%: as many places listed as numbers of one unit, and nothing else told between."""
    state = walk.state
    listed = state.last_places
    if len(listed) != len(run) or len(run) == 1 or state.place_at is not listed[-1][1]:
        return False
    if state.topic is None or state.unknown or max(len(state.names), len(state.last_dates)) > 1:
        return False
    between = [t for t in walk.tokens[: run[0]] if t.start > listed[-1][1].start]
    alike = len({walk.tokens[at].what.unit for at in run}) == 1
    return alike and not any(t.kind in ("number", "share") for t in between)


def _members(walk: Walk, run: list[int], growing: str) -> Sequence[Member]:
    """The list that a run of numbers answers."""
    state, size = walk.state, len(run)
    if not state.each and of_places(walk, run):
        return state.last_places
    rows = (
        state.rows[:size]
        if state.former.startswith("前")
        else [c for c in walk.claims if c.measure == "value" or (c.measure == "new" and not growing)][-size:]
    )
    names = state.names if len(state.names) == size else state.last_names
    topics = [row.topic for row in rows if row.topic] if state.verb_once == "new" else []
    since = state.last_places[0][1].start if state.last_places else 0
    if growing and len(state.last_places) == size and since > max((row.number.start for row in rows), default=since):
        return state.last_places  # 吴中、太仓、相城依次为…，其中太仓、相城增速分别是10.4%和11.7%
    choices: list[Sequence[Member]] = [rows, names] if growing or state.share else [names, topics]
    if not growing and not state.names:
        choices += [list(dict.fromkeys(c.topic for c in walk.claims if c.topic))[-size:]]
    if state.topic is not None:
        choices += [state.last_places, state.last_dates]
    told = [t for t in walk.tokens if t.kind == "number" and t.start < walk.at.start and t.what.value != size]
    framed = size in (len(state.last_places), len(state.last_dates))  # 2023年度、2024年度…名单上，常熟分别有5家、7家
    if not growing and not state.names and not told and not framed:  # 四个层级依次是…; a count of its own answers
        choices += [walk.scene.topics[-size:]]
    return next((choice for choice in choices if len(choice) == size), fields.dealt(walk, size) or [None] * size)


def _outcome(walk: Walk, number: Token, quantity: Quantity, member: Member) -> Claim | Verdict:
    """What a number says of the member of the list that it is dealt to."""
    topic = walk.state.topic
    if isinstance(member, Claim):
        return _beside(walk, number, quantity, member)
    if isinstance(member, Topic):
        if walk.state.growth:
            quantity = signed(quantity, walk.state.growth)
            return value(walk, Figure(number, quantity, member, "growth dealt over names", measure="yoy"))
        return value(walk, Figure(number, quantity, member, "dealt over names"))
    if member is None or topic is None:
        return "unequal_lists", ""
    frame, token = member
    if isinstance(frame, Dated):
        if walk.state.growth:
            quantity = signed(quantity, walk.state.growth)
            return value(
                walk, Figure(number, quantity, topic, "growth dealt over dates", measure="yoy", date=(frame, token))
            )
        return value(walk, Figure(number, quantity, topic, "dealt over dates", date=(frame, token)))
    if walk.state.growth:
        quantity = signed(quantity, walk.state.growth)
        return value(walk, Figure(number, quantity, topic, "growth dealt over places", measure="yoy", place=frame))
    return value(walk, Figure(number, quantity, topic, "dealt over places", place=frame))


def _beside(walk: Walk, number: Token, quantity: Quantity, member: Claim) -> Claim | Verdict:
    """What a number says of the figure that it is dealt to: its growth, a share, or how many of it a part has."""
    state = walk.state
    if member.topic is None or state.growth:
        return growth_of(walk, number, quantity, member)
    why = "share dealt over figures"
    if state.share in walk.catalogue.places:
        return beside(member, Figure(number, quantity, member.topic, why, measure="share", share_of=state.share))
    if not encloses(member.place, state.place, walk.catalogue):
        return "share", ""
    if quantity.unit != "%":  # 昆山市在三类中依次占3个、2个、4个
        return value(walk, Figure(number, quantity, member.topic, "a part's counts", measure=member.measure))
    part = replace(member, place=state.place, place_basis=state.place_basis)
    return beside(part, Figure(number, quantity, member.topic, why, measure="share", share_of=member.place))


def _like_last(walk: Walk, number: Token, last: Token) -> Quantity:
    """1366和1018亿元, 968亿与902亿元: a unit said once at the end holds for the list, its multiplier where none is said."""
    quantity: Quantity = number.what
    if quantity.unit:
        return quantity
    own, its = (_MULTIPLIER.search(walk.folded, at.start, at.end) for at in (number, last))
    if own and (its is None or own[0] != its[0]):
        return quantity  # 1.2万和1.3万亿元: which multiplier, is open
    scale = Decimal(prod(MULTIPLIERS[sign] for sign in its[0]) if its and not own else 1)
    return replace(quantity, value=quantity.value * scale, digits=quantity.digits * scale, unit=last.what.unit)


_MULTIPLIER = re.compile("[万亿兆]+")


#: 两地各有1家, 三个板块均新增2家: so many places, each of which has the figure.
_SEVERAL = re.compile(
    "(?:这|上述|以上|前述)?(?P<many>[两二三四五六七八九十])(?:地|[市区县](?!级)|个?(?:板块|区县|城市|地方|园区)|座城市|县市区?|家园区)"
    "(?:[^，。；：\\d]|20\\d\\d){0,8}$"
)
_MANY = {sign: number for number, sign in enumerate("二三四五六七八九十", 2)} | {"两": 2}


def of_several(walk: Walk, token: Token) -> None:
    """昆山18家，常熟13家。两地去年各有1家…: take up the places told before, as many; which others they are, nobody says."""
    several = _SEVERAL.search(walk.folded, walk.tokens[0].start, token.start)
    if several is None:
        return
    state, scene, many = walk.state, walk.scene, _MANY[several["many"]]
    told = list(dict.fromkeys(claim.place for claim in walk.claims))
    near = [[place for place, _ in state.last_places], told, list(dict.fromkeys(scene.places)), list(scene.rivals)]
    places = next((each for each in near if len(each) == many), [])
    state.last_places = [(place, token) for place in places]
    state.place, state.place_at, state.place_basis = places[-1] if places else "", token, "carried"

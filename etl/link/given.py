"""Counts of all who stand on a list or hold an honour, wherever they are: no count of the own place.

In: a number and the name that it would be given to. Out: the claim for the place of who gives the honour, a refusal where
that is open, or None where no such thing is told. Source: reading.md §3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link.claims import Figure, Verdict, value
from etl.link.scene import Topic, located
from etl.link.state import Claim
from etl.link.tokens import Token
from etl.recognise.places import Where

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: 5G工厂，2025年度名录共400家: the list is told apart from its name, right before what it counts.
_LIST_OF = re.compile("(?:名录|名单|榜单)(?:上|里|中)?(?:总共|一共|共计|合计|共收|共|新收)[有计]?$")


#: 省工信厅今年认定的先进级智能工厂一共312家: who gives an honour gives it to all of his province or country.
_GIVEN = re.compile(
    "(?:省(?:工信厅|科技厅|发改委|经信委|里)|工信部|科技部|国家有关部门)[^，。；]{0,12}(?:认定|公布|评出|评定|公示|发布|评选)"
)


def on_a_list(walk: Walk, topic: Topic, token: Token) -> Claim | Verdict | None:
    """All that a list, or who gives an honour, has named, wherever they are; None where no such thing is told."""
    if _given_here(walk, topic, token):
        why = "all that the city has given"
        return value(walk, Figure(token, token.what, topic, why, measure="new", place=_city(walk)))
    if (whole := _all_named(walk, topic, token)) is not None:
        return whole
    if not _whole_list(walk, topic, token):
        return None
    said = walk.folded.startswith("全国", topic.start) or walk.folded.find("全国", topic.end, token.start) > 0
    if not said:
        return "no_place", topic.call.head
    country = located(Where("rank", "country"), walk.catalogue, walk.scene, walk.state.place)
    return value(walk, Figure(token, token.what, topic, "all of a list", place=country))


#: 国家卓越级智能工厂，工信部今年评出235家: who names so many names those of all his country or province.
_NAMED_BY = re.compile(
    "(?P<country>工信部|工业和信息化部|科技部|国家发展?改革?委|国家数据局|国家有关部门)|(?:江苏)?省(?:工信厅|科技厅|发改委|数据局|里)"
)
_NAMES = re.compile(
    "(?:20\\d\\d年)?[^，。；：我本\\d]{0,8}?(?:公布|评出|评定|评选出?|发布|公示|遴选出?|认定)(?:的|了)?(?:共|一共|总共|合计)?[约近超]?$"
)


def _all_named(walk: Walk, topic: Topic, token: Token) -> Claim | Verdict | None:
    """The count of all whom a ministry or a province names, where smaller ones of places within follow as parts of it."""
    said = _NAMED_BY.search(walk.folded, topic.end, token.start)
    if said is None or walk.state.place_at is not None or not _NAMES.fullmatch(walk.folded, said.end(), token.start):
        return None
    behind = [t for t in walk.tokens if t.start >= token.end][:3]
    parts = [t.kind for t in behind] == ["mark", "place", "number"] and behind[2].what.value < token.what.value
    if not parts or behind[2].what.unit != token.what.unit:
        return "no_place", topic.call.head
    place = located(
        Where("rank", "country" if said["country"] else "province"), walk.catalogue, walk.scene, walk.state.place
    )
    walk.state.verb = walk.state.verb or "award"
    return value(walk, Figure(token, token.what, topic, "all that are named", measure="new", place=place))


_GIVEN_HERE = re.compile("(?:市里|苏州市里)[^，。；\\d]{0,6}(?:认定|评定|评选|评出)的?(?:市级)?$")


def _city(walk: Walk) -> str:
    """The city that the article's own district lies in; "" where the own place is a city itself, or open."""
    own = walk.catalogue.places.get(walk.scene.own)
    return own.within if own is not None and own.rank in ("district", "park") else ""


def _given_here(walk: Walk, topic: Topic, token: Token) -> bool:
    """市里今年认定的数据集共48个, in an article on a district: an honour of the city is told of all who have it."""
    given = _GIVEN_HERE.search(walk.folded, walk.segment_start or walk.tokens[0].start, topic.start)
    total = any(t.kind == "total" for t in walk.tokens if topic.end <= t.start < token.start)
    return bool(given and total and _city(walk) and walk.state.place_at is None)


def _parts_follow(walk: Walk, token: Token) -> bool:
    """Whether the next clause opens with a place and a smaller count of the same unit."""
    behind = [t for t in walk.tokens if t.start >= token.end and t.kind not in ("function", "share", "link")][:3]
    parts = [t.kind for t in behind] == ["mark", "place", "number"] and behind[2].what.unit == token.what.unit
    return parts and bool(behind[2].what.value < token.what.value)


def _whole_list(walk: Walk, topic: Topic, token: Token) -> bool:
    """2024年5G工厂名录共400家: so many stand on the list, wherever they are."""
    said = walk.folded[max(topic.start, walk.tokens[0].start) : topic.end]
    apart = _LIST_OF.search(walk.folded, topic.end, token.start) if topic.start < token.start else None
    given = _GIVEN.search(walk.folded, walk.segment_start or walk.tokens[0].start, topic.start)
    if walk.folded.startswith("全国", topic.start) and _parts_follow(walk, token):
        return True  # 全国5G工厂名录项目1260个，江苏一省占197个
    if walk.state.place_at is not None or not (said.endswith(("名录", "名单", "榜单")) or apart or given):
        return False
    return any(t.kind == "total" for t in walk.tokens if topic.end <= t.start < token.start)

"""Scenes: what place, date and status hold where, and for how long.

A scene is what a sentence inherits: the article's own place and date, its section's, its paragraph's. Scenes are
immutable; each sentence hands on a new one. A heading or a new article on the same page makes a fresh one.
Source of the lifetimes: reading.md §1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from etl.catalogue import Catalogue
from etl.link.tokens import Token
from etl.model import Basis
from etl.period import Period
from etl.recognise.indicators import Call
from etl.recognise.places import Where

if TYPE_CHECKING:
    from etl.link.state import Claim

ELSEWHERE, PART, COMPANY = "*elsewhere", "*part", "*company"  # places whose figures are refused
_CLOSING = timedelta(31)  # before its end, in which a month or year is told as over


def lies_ahead(end: date, published: date) -> bool:
    """Whether nobody can tell yet, on the day of publication, what has come of the time that ends so.

    >>> lies_ahead(date(2025, 12, 31), date(2025, 12, 3)), lies_ahead(date(2025, 12, 31), date(2025, 11, 3))
    (False, True)
    """
    return end > published + _CLOSING


@dataclass(frozen=True, slots=True)
class Dated:
    """A period and how it is known."""

    period: Period
    basis: Basis
    stock: bool = False  # said with a count that stands at it (截至…): the next stock may take it


@dataclass(frozen=True, slots=True)
class Topic:
    """The indicator a passage is about: the call as written and the indicator it was read as."""

    call: Call
    indicator: str
    start: int
    end: int
    refused: str = ""  # a reason, where the name cannot be read


@dataclass(frozen=True, slots=True)
class Whole:
    """A sum of money told of a place with parts; the parts' sums may follow without its name."""

    topic: Topic
    place: str
    value: Decimal
    period: Period


@dataclass(frozen=True, slots=True)
class Scene:
    """What holds at the start of a sentence."""

    own: str  # the article's place, from sources.yaml or its title; "" where open
    own_basis: Basis
    published: date | None
    author: str = ""  # the place of who writes, where visitors do: 赴苏州考察情况汇报
    speaker: str = ""  # the place of who speaks: 昆山市工信局负责人：…
    section: str = ""  # place of the nearest heading that names one
    block: str = ""  # place of the paragraph
    heading_date: Dated | None = None  # a date that is the heading
    mentioned: str = ""  # the last place that the sentence before named, for 这里
    campus: str = ""  # the last one named in the article, for 科技园
    opening: Dated | None = None  # a date that opens the paragraph or is its heading
    last: Dated | None = None  # the last date a sentence of the paragraph stated
    before: Dated | None = None  # of when the last figure was told, in whatever paragraph, for 同期
    passing: bool = False  # … behind a comma: 同样的账，2024年记的是5440亿元
    lead: Dated | None = None  # the first year or span stated with a flow
    standing: Dated | None = None  # the day of every count that follows: （以下存量数均为去年末）
    review: Dated | None = None  # the year that the article reviews
    expected_from: int = -1  # where its sums of that year begin to be expected ones: （预计数，下同）
    programme: Dated | None = None  # the last year of the five-year plan that the article is about
    listed: Dated | None = None  # the year whose lists are told of: 今年公布的几份名单，…
    roll: Dated | None = None  # … and of one list that is out, whose members the sentences behind call
    quoting: Dated | None = None  # the year of the report that the lines below quote
    theme: str = ""  # of the heading or title
    block_theme: str = ""
    titled: str = ""  # the short name that the title has: 产值
    called_short: Topic | None = None  # … and the first full one told of that ends so
    topic: Topic | None = None
    named: tuple[Topic, ...] = ()  # the paragraph's names so far, for one said again by its tail
    topics: tuple[Topic, ...] = ()  # of the figures of the sentence before: 上述两项指标
    places: tuple[str, ...] = ()  # of the figures of the sentence before
    rivals: tuple[str, ...] = ()  # the two that the sentence before set side by side: 园区与昆山在较劲。前者…
    counts: tuple[Claim, ...] = ()  # … in the paragraph, that are no growth or share: 这8家里，…
    rated: Topic | None = None  # the name whose growth, called so, the sentence before told of
    topic_kept: bool = False  # the sentence before had no name of its own
    ratio: Topic | None = None  # the last indicator that is a percentage, for 上述比重
    added: bool = False  # the last figure was of what was added
    plan: Dated | None = None  # the list of targets that the sentence before was in
    planned: bool = False
    present: bool = False  # 眼下 was said in the paragraph, and no date since: counts are of the day they are told
    planned_section: bool = False  # under a heading like 主要目标
    section_new: bool = False  # … or 2024年新增
    leadin: Dated | None = None  # 到2026年末：, said before the items of a list
    leadin_new: bool = False  # … and that they are new
    leadin_planned: bool = False  # … and that they are planned
    pair: tuple[Dated, Dated] | None = None  # （左2020年末，右2025年末）: of when the two figures of each line are
    whole: Whole | None = None
    suspended: Token | None = None  # 6018.6亿元！ A number whose name is still to come
    asked: bool = False  # the heading asks for the topic
    answering: bool = False  # the paragraph answers the question before it
    other_park: bool = False  # the article names another city's park, and never ours: 园区 is that one
    plans_told: bool = False  # … and that was 今年的打算?, or 目标已定！ was said: the paragraph tells plans

    @property
    def place(self) -> tuple[str, Basis]:
        """The innermost place that holds, and its basis."""
        if self.block or self.section:
            return self.block or self.section, "carried"
        return self.own, self.own_basis

    @property
    def ahead(self) -> bool:
        """Whether what is told here is planned: under a heading like 主要目标, or in answer to 今年的打算."""
        return self.planned_section or self.plans_told

    def new_block(self) -> Scene:
        """A new paragraph: its frames begin anew."""
        return replace(
            self,
            block="",
            topic=None if len({topic.indicator for topic in self.topics}) > 1 else self.topic,
            speaker="",
            last=None,
            opening=self.heading_date,
            block_theme="",
            topic_kept=True,
            named=(),
            counts=(),
            rivals=(),
            plan=None,
            planned=False,
            present=False,
            answering=False,
            plans_told=False,
            suspended=None,
            rated=None,
        )

    def new_section(self, section: str, theme: str, heading_date: Dated | None) -> Scene:
        """A heading: it resets the paragraph, and what it names holds for the section."""
        fresh = replace(
            self,
            leadin=None,
            leadin_new=False,
            leadin_planned=False,
            listed=None,
            roll=None,
            pair=None,
            section_new=False,
        )
        return replace(fresh, heading_date=heading_date, section=section, theme=theme, topic=None).new_block()


def located(where: Where, catalogue: Catalogue, scene: Scene, here: str) -> str:
    """The place id a mention means, one of the refused places, or "" where it is open.

    `here` is the place in force at the mention: 全市 in a paragraph about Wujiang is the city Wujiang lies in.
    """
    if where.kind == "known":
        return where.place
    own = where.place.startswith("own_")  # 我区 is the speaker's, whatever the sentence is about
    voice = scene.speaker or scene.author
    abroad = ELSEWHERE in ((voice,) if own else (here, scene.block, scene.section))
    if where.kind == "weak":
        own_rank = catalogue.places[scene.own].rank if scene.own in catalogue.places else ""
        return ELSEWHERE if abroad or own_rank in ("province", "country") else where.place
    if where.kind != "rank" or where.place == "world":
        return {"part": PART, "company": COMPANY}.get(where.kind, ELSEWHERE)
    if where.place == "own":
        return voice or scene.own
    if where.place.startswith("here"):
        return _spoken_of(where, catalogue, scene, here)
    if where.place == "country":
        return _of_rank("country", catalogue)
    if abroad:
        return ELSEWHERE
    if where.place == "province":
        return _of_rank("province", catalogue)
    if (
        where.place == "park"
        and scene.other_park
        and not _enclosing(("park",), (here, scene.block, scene.section), catalogue)
    ):
        return ELSEWHERE
    frames = (voice, scene.section, scene.own, here) if own else (here, scene.block, scene.section, scene.own)
    found = _enclosing(_RANKS[where.place.removeprefix("own_")], (*frames, scene.campus), catalogue)
    return found or _beyond(where, (*frames, scene.own), catalogue)


def _spoken_of(where: Where, catalogue: Catalogue, scene: Scene, here: str) -> str:
    """这里 is the place named last; 该市, behind a province named last, is the city before it."""
    last = scene.mentioned
    large = last in catalogue.places and catalogue.places[last].rank in ("province", "country")
    if not large or last == scene.own:
        return last or here
    if where.place == "here":  # …约为江苏全省的八分之一。当地…
        return scene.block or scene.section or scene.own
    return _enclosing(_RANKS[where.place.removeprefix("here_")], (here, scene.block, scene.own), catalogue)


def _beyond(where: Where, frames: tuple[str, ...], catalogue: Catalogue) -> str:
    """What a rank means where no frame has it: 园区 is ours, and 全区, in an article on Kunshan alone, a part of it."""
    if where.place == "park":
        return _of_rank("park", catalogue)
    ranks = {catalogue.places[at].rank for at in frames if at in catalogue.places}
    return PART if where.place.endswith("district") and ranks == {"city_county"} else ""


#: What 全市, 全区, 全县 and 园区 may mean.
_RANKS: dict[str, tuple[str, ...]] = {
    "city": ("city", "city_county"),
    "greater_city": ("city",),
    "district": ("district", "park"),
    "county": ("city_county",),
    "park": ("park",),
    "campus": ("campus",),
}


def _of_rank(rank: str, catalogue: Catalogue) -> str:
    return next((place.id for place in catalogue.places.values() if place.rank == rank), "")


def _enclosing(ranks: tuple[str, ...], frames: tuple[str, ...], catalogue: Catalogue) -> str:
    """The nearest place of a rank: of each frame, innermost first, itself or what it lies in."""
    for frame in frames:
        at = frame
        while at in catalogue.places:
            if catalogue.places[at].rank in ranks:
                return at
            at = catalogue.places[at].within
    return ""


def larger(place: str, catalogue: Catalogue) -> str:
    """The next larger place, for 占全市 and 在全市."""
    return catalogue.places[place].within if place in catalogue.places else ""


def encloses(outer: str, place: str, catalogue: Catalogue) -> bool:
    """Whether a place lies within a larger one."""
    while place in catalogue.places:
        place = catalogue.places[place].within
        if place == outer:
            return bool(place)
    return False


def holds_for(place: str, scene: Scene, catalogue: Catalogue) -> str:
    """How long a subject place holds: `paragraph` (the article's own places, other cities) or `sentence` (larger, parts)."""
    if place in (PART, COMPANY):
        return "sentence"
    large = place in catalogue.places and catalogue.places[place].rank in ("province", "country")
    return "sentence" if large and encloses(place, scene.own, catalogue) else "paragraph"

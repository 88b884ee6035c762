"""What one sentence has said so far: the state that its tokens change from left to right.

A bracket works on a copy, so that what it names ends with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from etl.link.scene import Dated, Topic
from etl.link.tokens import Token
from etl.model import Basis, Bound, Measure, Status
from etl.period import Period


@dataclass(slots=True)
class Claim:
    """A figure read as an observation, still in folded coordinates. `value` is in the indicator's unit."""

    indicator: str
    measure: Measure
    share_of: str
    place: str
    place_basis: Basis
    status: Status
    period: Period
    period_basis: Basis
    value: Decimal
    bound: Bound
    rounding: Decimal
    number: Token
    start: int  # of the quote
    end: int
    why: str
    topic: Topic | None = None
    scope: str = ""  # empty = the catalogue's definition
    base: bool = False  # what a comparison starts from (较去年同期的85家)

    @property
    def key(self) -> tuple[str, ...]:
        """What two figures must not both say."""
        return (self.indicator, self.place, self.measure, self.share_of, self.scope, self.status, str(self.period))


@dataclass(slots=True)
class State:
    """Frames in force at a token. Token fields keep where a frame was said, for the quote."""

    place: str = ""
    place_basis: Basis = "carried"
    place_at: Token | None = None
    aside: tuple[Token, str, Basis, Token | None] | None = None  # 工业投资（昆山）: its place, and the one before it
    date: Dated | None = None
    date_at: Token | None = None
    number_date: Dated | None = None  # binds the next number only
    number_date_at: Token | None = None
    first_date: Dated | None = None  # opens the sentence: ； restores it
    first_date_at: Token | None = None
    now: bool = False
    status: Status = "actual"
    planned: bool = False  # a plan was said, not only a date to come
    expected: bool = False  # 预计， governs the whole sentence
    untold: bool = False  # 四季度增长6.9%, told in July: of a time to come, and nothing says that it is planned
    levels: list[Token] = field(default_factory=list)  # 国家级、: levels that wait for their head
    plan_year: Dated | None = None
    plan_before: Dated | None = None  # the year of the target before ；, for what goes on to a level
    verb: str = ""
    verb_once: str = ""
    added: tuple[str, Decimal] | None = None  # the last indicator told as added, and how many
    verb_kept: bool = False  # 新增的，分别是 …: the verb crosses one comma
    since_january: bool = False
    level: str = ""
    level_list: bool = False  # the level was set in this very list
    theme: str = ""
    theme_heads: bool = False  # 人工智能及数字产业：首三季产值…, with nothing else between
    theme_alone: str = ""  # 若只计人工智能，去年产值…: of nothing said before, to the semicolon
    theme_end: int = -1  # where its word ends
    name_theme: str = ""  # theme of the last name that has one
    measure: str = ""  # of the last figure
    named: bool = False  # a name has been seen
    names: list[Topic] = field(default_factory=list)
    topic: Topic | None = None
    used: bool = False  # a number has been given to the topic
    fresh: bool = True  # a date, place, level or verb stands since that number
    unknown: str = ""  # an unexplained word since the name
    word_end: int = -1  # where the last unexplained word ends
    unknown_here: str = ""  # the same, in this clause
    ranked: bool = False  # the unexplained word is a rank without a number, and ends with its clause
    doing: str = ""  # an unexplained verb or adverb of this clause
    growth: str = ""  # grow, fall
    raised: bool = False  # the growth was 提升 or 提高
    rate: bool = False  # the growth was a noun, and no number has followed it yet: 增速
    rated: Topic | None = None  # 规上工业增加值增速，…: what percentages are the growth of until another name
    growth_base: str = ""  # yoy, average, other
    base: str = ""  # 与2020年相比，…: of every growth behind it, to the semicolon
    share: str = ""  # the larger place, "?" where it is none
    share_open: bool = False
    share_said: bool = False  # a share was given in this clause: 、another whole may follow
    from_: bool = False
    to: bool = False
    each: bool = False
    every: bool = False
    former: str = ""  # 前者, 前两者, 后者
    part: bool = False
    part_at: int = -1
    part_framed: bool = False  # a date or place stands since 其中
    part_place: bool = False  # the place that holds was said behind 其中
    refuted: bool = False
    called_goal: bool = False  # 10座，是2027年的目标: what the number is called behind it, even of a year over
    asked: bool = False
    per_unit: bool = False
    granted: bool = False
    years: bool = False
    span: Dated | None = None  # 十四五期间, where it is over
    ahead: bool = False  # 用3年左右的时间: a plan whose year is not said
    compared: bool = False
    last_names: list[Topic] = field(default_factory=list)  # the last list of names
    rows: list[Claim] = field(default_factory=list)  # the last list of figures dealt out
    last_places: list[tuple[str, Token]] = field(default_factory=list)
    last_dates: list[tuple[Dated, Token]] = field(default_factory=list)

    def copy(self) -> State:
        """A copy for a bracket to work on."""
        from copy import copy

        twin = copy(self)
        twin.names, twin.last_names = list(self.names), list(self.last_names)
        twin.last_places, twin.last_dates = list(self.last_places), list(self.last_dates)
        return twin

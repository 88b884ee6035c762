"""The values that pages work with: frozen rows of a build, as `queries` reads them.

Names come in both languages; what they say of a figure is told by `spoken`, how it looks by `marks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from dashboard.spoken import Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Observation:
    """One standing observation. `role` is the part it plays on the yearly chart, None where another figure is preferred.

    `set_aside` counts the figures that it is shown for.
    """

    id: str
    origin: str
    article: str | None
    indicator: str
    place: str
    measure: str
    share_of: str
    scope: str
    status: str
    period: str
    period_start: date
    period_end: date
    period_kind: str
    value: Decimal
    bound: str
    rounding: Decimal
    printed: str
    quote: str | None
    char_start: int | None
    char_end: int | None
    figure_start: int | None
    figure_end: int | None
    period_basis: str
    place_basis: str
    suspect: str | None
    title: str | None
    publisher: str | None
    author: str | None
    published: date | None
    published_precision: str | None
    url: str | None
    seen: str | None
    note: str | None
    amended: str | None
    correction: str | None
    citation_gbt: str
    citation_bibtex: str
    kind: str
    unit: Unit
    role: str | None
    set_aside: int

    @property
    def year(self) -> int:
        """The year in which its period ends."""
        return self.period_end.year

    @property
    def adds_up(self) -> bool:
        """Whether it is a total over its period and not a count at a date."""
        return self.kind == "flow" or self.measure == "new"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry of the catalogue with its unit; names in both languages."""

    indicator: str
    category: str
    kind: str
    headline: bool
    cadence: str
    name_zh: str
    name_en: str
    short_zh: str
    short_en: str
    definition_zh: str
    definition_en: str
    definition_source: str
    unit: Unit

    def named(self, language: str) -> str:
        """Its full name."""
        return self.name_zh if language == "zh" else self.name_en

    def short(self, language: str) -> str:
        """Its name on a card or a chart."""
        return self.short_zh if language == "zh" else self.short_en


@dataclass(frozen=True, slots=True)
class Named:
    """Anything with a code and a name in two languages: a place, a category, a scope, a reason."""

    code: str
    zh: str
    en: str

    def named(self, language: str) -> str:
        """Its name."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which the definition of an indicator changed, and how."""

    day: date
    note_zh: str
    note_en: str
    source: str


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of one article, without its text; how many figures it gave and how many were refused."""

    article: str
    title: str | None
    publisher: str | None
    author: str | None
    published: date | None
    precision: str | None
    date_note: str | None
    url: str | None
    publish_text: bool
    state: str
    citation_gbt: str
    citation_bibtex: str
    observations: int
    refusals: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A figure of an article that is no observation, and why."""

    char_start: int
    char_end: int
    printed: str
    reason: Named
    detail: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place in the article that states an observation."""

    observation: str
    char_start: int
    char_end: int
    figure_start: int
    figure_end: int
    why: str


@dataclass(frozen=True, slots=True)
class Made:
    """The build itself: number, version, when it was made, and what it changed."""

    number: int
    id: str
    version: str
    made_at: datetime
    accuracy: str | None
    citation_gbt: str
    citation_bibtex: str
    added: int
    revised: int
    withdrawn: int


STATUSES = ("actual", "estimate", "target")
ORIGINS = ("article", "curated")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the Data page is filtered by; an empty tuple filters nothing. `rows` is first and how many, None for all."""

    indicators: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    years: tuple[int, int] = (0, 9999)


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The first of many: how many there are in all, and those that are shown."""

    number: int
    first: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a target by a day: met, missed, open or silent; by which figure; until when a report is waited for."""

    target: str
    figure: str | None
    place: str
    due: date
    state: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A figure that the rule of preference set aside for another, and why: a code of view `preference`."""

    id: str
    shown: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure that does not fit others: which check found it, and what they allow (null ends are open)."""

    kind: str
    id: str
    against: tuple[str, ...]
    low: float | None
    high: float | None
    gap_percent: float | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that was misread: what was done, why, by whom; `period`, `place` and `value` are as they were read."""

    observation: str
    article: str
    action: str
    amended: tuple[str, ...]
    reason: str
    by: str
    on: date
    char_start: int
    char_end: int
    printed: str
    indicator: str
    place: str
    period: str
    measure: str
    value: Decimal
    bound: str


@dataclass(frozen=True, slots=True)
class Waited:
    """An indicator of a place that the press tells regularly: its last figure, and when the next was to be told."""

    indicator: str
    place: str
    cadence: str
    reports: int
    last: str
    last_end: date
    next_end: date
    due: date
    state: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What one build changed for one reason: how many figures were added, revised, withdrawn."""

    number: int
    version: str
    made_at: datetime
    reason: str
    added: int
    revised: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What was wrong with a file that the build was made from; `failure` where it could not be read."""

    file: str
    line: int
    fault: str
    failure: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """A refused figure beside which an indicator stood: what, why, and the words around it."""

    article: str
    title: str | None
    indicator: str
    reason: Named
    before: str
    printed: str
    after: str

"""Owns every SELECT of the pages: a build and bound parameters go in, frozen rows come out.

Rows are cached by the path of the build, which is new for every build; nothing drawn is cached. One question per page
and purpose: none is asked inside a loop over indicators.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import streamlit as st

from dashboard.builds import Build
from dashboard.spoken import PERCENT, Unit

_BY_PATH: dict[str | type[Any], Callable[[Any], Any]] = {Build: lambda build: build.path}


@dataclass(frozen=True, slots=True)
class Observation:
    """One standing observation. `role` is the part it plays on the yearly chart, None where another figure is preferred."""

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
    citation_gbt: str
    citation_bibtex: str
    kind: str
    unit: Unit
    role: str | None

    @property
    def year(self) -> int:
        """The year in which its period ends."""
        return self.period_end.year

    @property
    def adds_up(self) -> bool:
        """Whether it is a total over its period and not a count at a date."""
        return self.kind == "flow" or self.measure == "new"


_STORED = ", ".join(f"o.{item.name}" for item in fields(Observation) if item.name not in {"kind", "unit", "role"})
_OBSERVATION = f"""
    SELECT {_STORED}, i.kind, u.unit, u.name_zh, u.name_en, s.role
    FROM standing o JOIN indicator i ON i.indicator = o.indicator JOIN unit u ON u.unit = i.unit
    LEFT JOIN series s ON s.id = o.id
"""


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
    added: int
    revised: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What the Data page is filtered by; an empty tuple filters nothing. `rows` is first and how many, None for all."""

    indicators: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    years: tuple[int, int] = (0, 9999)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def made(build: Build) -> Made:
    """The current build with the counts of its changes."""
    [row] = build.rows("""
        SELECT b.number, b.id, b.data_version, b.made_at, b.accuracy,
            count(*) FILTER (c.change = 'added'), count(*) FILTER (c.change = 'revised'),
            count(*) FILTER (c.change = 'withdrawn')
        FROM build b LEFT JOIN change c ON c.build = b.number
        GROUP BY ALL ORDER BY b.number DESC LIMIT 1
    """)
    return Made(*row)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def catalogue(build: Build) -> dict[str, Indicator]:
    """All indicators by id, in the order of the catalogue."""
    rows = build.rows("""
        SELECT i.indicator, i.category, i.kind, i.headline, i.cadence, i.name_zh, i.name_en, i.short_zh, i.short_en,
            i.definition_zh, i.definition_en, i.definition_source, u.unit, u.name_zh, u.name_en
        FROM indicator i JOIN unit u USING (unit) ORDER BY i.ordinal
    """)
    return {row[0]: Indicator(*(*row[:-3], Unit(*row[-3:]))) for row in rows}


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def aliases(build: Build) -> dict[str, tuple[str, ...]]:
    """What each indicator is called, for search."""
    return dict(build.rows("SELECT indicator, list(name ORDER BY name) FROM alias GROUP BY indicator"))


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def categories(build: Build) -> list[Named]:
    """The groups of indicators in order."""
    return [Named(*row) for row in build.rows("SELECT category, name_zh, name_en FROM category ORDER BY ordinal")]


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def places(build: Build) -> dict[str, Named]:
    """All places by id, in the order of the catalogue."""
    rows = build.rows("SELECT place, name_zh, name_en FROM place ORDER BY ordinal")
    return {row[0]: Named(*row) for row in rows}


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_PATH)
def scopes(build: Build, indicator: str) -> dict[str, Named]:
    """The other definitions under which figures of an indicator appear."""
    rows = build.rows("SELECT scope, name_zh, name_en FROM scope WHERE indicator = ? ORDER BY scope", [indicator])
    return {row[0]: Named(*row) for row in rows}


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def breaks(build: Build) -> dict[str, list[Break]]:
    """When definitions changed, by indicator."""
    found: dict[str, list[Break]] = {}
    for row in build.rows(
        "SELECT indicator, day, note_zh, note_en, source FROM definition_break ORDER BY indicator, day"
    ):
        found.setdefault(row[0], []).append(Break(*row[1:]))
    return found


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_PATH)
def observations(build: Build, indicator: str) -> tuple[Observation, ...]:
    """Every standing observation of an indicator, by place and period."""
    order = " ORDER BY o.period_end, o.period_start, o.published DESC NULLS LAST, o.id"
    return _observations(build.rows(f"{_OBSERVATION} WHERE o.indicator = ?{order}", [indicator]))


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def latest(build: Build) -> tuple[Observation, ...]:
    """What cards and rows show: of each indicator and place the yearly line and the last outcome, levels and stated growth."""
    return _observations(
        build.rows(f"""
            {_OBSERVATION} WHERE s.side = 'outcome' AND s.measure IN ('value', 'yoy')
            QUALIFY s.role = 'line'
                OR row_number() OVER (PARTITION BY s.indicator, s.place, s.scope, s.measure ORDER BY s.period_end DESC, s.id) = 1
            ORDER BY o.period_end, o.id
        """)
    )


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_PATH)
def observation(build: Build, identity: str) -> Observation | None:
    """One observation by its id."""
    found = _observations(build.rows(f"{_OBSERVATION} WHERE o.id = ?", [identity]))
    return found[0] if found else None


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_PATH)
def conflicts(build: Build, indicator: str) -> list[tuple[str, str, float]]:
    """Pairs of observations of an indicator that disagree, with the gap in percent."""
    sql = "SELECT id, other_id, gap_percent FROM conflict WHERE indicator = ? ORDER BY id, other_id"
    return [(row[0], row[1], float(row[2] or 0)) for row in build.rows(sql, [indicator])]


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def coverage(build: Build, place: str | None) -> dict[tuple[str, int], int]:
    """How many figures stand for each indicator and year; of one place, or of all."""
    rows = build.rows(
        "SELECT indicator, year, sum(observations)::INTEGER FROM coverage WHERE $place IS NULL OR place = $place GROUP BY ALL",
        {"place": place},
    )
    return {(row[0], row[1]): row[2] for row in rows}


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def articles(build: Build) -> list[Article]:
    """Every article that stands, the newest first."""
    return [Article(*row) for row in build.rows(f"{_ARTICLE} ORDER BY a.published DESC NULLS LAST, a.article")]


_ARTICLE = """
    SELECT a.article, a.title, a.publisher, a.author, a.published, a.published_precision, a.date_note, a.url,
        a.publish_text, a.state, a.citation_gbt, a.citation_bibtex,
        (SELECT count(*) FROM standing o WHERE o.article = a.article) AS observations,
        (SELECT count(*) FROM refusal r WHERE r.article = a.article) AS refusals
    FROM article a WHERE a.withdrawn_build IS NULL
"""


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=_BY_PATH)
def text(build: Build, article: str) -> str:
    """The raw text that all offsets of an article refer to."""
    [[words]] = build.rows("SELECT text FROM article WHERE article = ?", [article])
    return str(words)


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=_BY_PATH)
def read_from(build: Build, article: str) -> tuple[Observation, ...]:
    """The observations an article gave, in the order of its text."""
    return _observations(build.rows(f"{_OBSERVATION} WHERE o.article = ? ORDER BY o.figure_start, o.id", [article]))


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=_BY_PATH)
def evidence(build: Build, article: str) -> list[Evidence]:
    """Every place in an article that states one of its observations."""
    sql = """
        SELECT e.observation, e.char_start, e.char_end, e.figure_start, e.figure_end, e.why
        FROM evidence e JOIN standing o ON o.id = e.observation
        WHERE o.article = ? ORDER BY e.figure_start, e.observation
    """
    return [Evidence(*row) for row in build.rows(sql, [article])]


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=_BY_PATH)
def refusals(build: Build, article: str) -> list[Refusal]:
    """The figures of an article that are no observations, in the order of its text."""
    sql = """
        SELECT r.char_start, r.char_end, r.printed, r.reason, coalesce(w.name_zh, r.reason), coalesce(w.name_en, r.reason),
            r.detail, r.indicator
        FROM refusal r LEFT JOIN reason w USING (reason) WHERE r.article = ? ORDER BY r.char_start, r.char_end
    """
    return [Refusal(*(*row[:3], Named(*row[3:6]), *row[6:])) for row in build.rows(sql, [article])]


_CHOSEN = """
    (len($indicators) = 0 OR list_contains($indicators, o.indicator)) AND (len($places) = 0 OR list_contains($places, o.place))
    AND (len($statuses) = 0 OR list_contains($statuses, o.status)) AND (len($origins) = 0 OR list_contains($origins, o.origin))
    AND year(o.period_end) BETWEEN $first AND $last
"""


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_PATH)
def count(build: Build, choice: Choice) -> int:
    """How many observations a choice leaves."""
    [[number]] = build.rows(f"SELECT count(*) FROM standing o WHERE {_CHOSEN}", _bound(choice))
    return int(number)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=_BY_PATH)
def chosen(build: Build, choice: Choice, first: int, how_many: int) -> tuple[Observation, ...]:
    """One page of the observations a choice leaves, newest period first within each indicator."""
    order = """
        ORDER BY i.ordinal, o.period_end DESC, o.period_start DESC, o.place, o.measure, o.id LIMIT $many OFFSET $skip
    """
    wanted = _bound(choice) | {"many": how_many, "skip": first}
    return _observations(build.rows(f"{_OBSERVATION} WHERE {_CHOSEN} {order}", wanted))


def exported(build: Build, choice: Choice) -> list[dict[str, Any]]:
    """The delivered table, of the chosen rows: columns, cells and order of the view `export`."""
    sql = f"SELECT e.* FROM export e WHERE e.id IN (SELECT o.id FROM standing o WHERE {_CHOSEN})"
    return build.table(sql, _bound(choice))


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def export_columns(build: Build) -> list[str]:
    """The columns of the delivered table."""
    return [row[0] for row in build.rows("SELECT column_name FROM (DESCRIBE export)")]


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def span(build: Build) -> tuple[int, int]:
    """First and last year any period ends in."""
    [[first, last]] = build.rows("SELECT min(year), max(year) FROM coverage")
    return (first, last) if first else (2017, 2026)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def totals(build: Build) -> dict[str, int]:
    """Counts for the head of the pages: standing observations, those read from articles, articles, indicators with any."""
    [row] = build.table("""
        SELECT count(*)::INTEGER AS observations, (count(*) FILTER (origin = 'article'))::INTEGER AS read,
            count(DISTINCT indicator)::INTEGER AS indicators, count(DISTINCT place)::INTEGER AS places,
            (SELECT count(*) FROM article WHERE withdrawn_build IS NULL)::INTEGER AS articles,
            (SELECT count(*) FROM refusal)::INTEGER AS refusals
        FROM standing
    """)
    return row


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=_BY_PATH)
def changes(build: Build, most: int) -> list[tuple[str, Observation]]:
    """What the build added or revised: one figure an indicator, revisions first, then what was read from articles."""
    sql = f"""
        SELECT x.*, c.change
        FROM ({_OBSERVATION}) x JOIN change c ON c.observation = x.id JOIN indicator i ON i.indicator = x.indicator
        WHERE c.build = (SELECT max(number) FROM build)
        QUALIFY row_number() OVER (PARTITION BY x.indicator ORDER BY c.change = 'added', x.origin <> 'article', x.period_end DESC, x.id) = 1
        ORDER BY c.change = 'added', x.origin <> 'article', i.ordinal LIMIT ?
    """
    rows = build.rows(sql, [most])
    return list(zip([row[-1] for row in rows], _observations([row[:-1] for row in rows]), strict=True))


def _observations(rows: Sequence[tuple[Any, ...]]) -> tuple[Observation, ...]:
    """Rows of `_OBSERVATION` as values; growth and shares are in percent, whatever the indicator's unit."""
    return tuple(Observation(*(*row[:-4], _unit(row), row[-1])) for row in rows)


def _unit(row: tuple[Any, ...]) -> Unit:
    measure = row[5]
    return PERCENT if measure in {"yoy", "share"} else Unit(*row[-4:-1])


def _bound(choice: Choice) -> dict[str, Any]:
    """The parameters of `_CHOSEN`."""
    return {
        "indicators": list(choice.indicators),
        "places": list(choice.places),
        "statuses": list(choice.statuses),
        "origins": list(choice.origins),
        "first": choice.years[0],
        "last": choice.years[1],
    }

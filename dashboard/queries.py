"""Owns every SELECT of the pages: a build and bound parameters go in, frozen rows come out.

Rows are kept by the build, which is new for every refresh, and by the day of knowing it is asked for; nothing drawn is
kept. They are frozen, so that all sessions share them and nothing is copied. One question per page and purpose: none is
asked inside a loop over indicators, and none brings more rows than a page shows or a chart draws.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from dashboard.builds import Build
from dashboard.model import (
    Article,
    Aside,
    Break,
    Brought,
    Choice,
    Correction,
    Doubt,
    Evidence,
    Fault,
    Finding,
    Indicator,
    Listed,
    Made,
    Named,
    Observation,
    Outcome,
    Refusal,
    Waited,
)
from dashboard.spoken import PERCENT, Unit

P = ParamSpec("P")
T = TypeVar("T")
_BY_KEY: dict[str | type[Any], Callable[[Any], Any]] = {
    Build: lambda build: build.key,
    Observation: lambda o: o.id,
}

_ELSEWHERE = {"kind", "unit", "role", "set_aside"}
_STORED = ", ".join(f"o.{item.name}" for item in fields(Observation) if item.name not in _ELSEWHERE)
_OBSERVATION = f"""
    SELECT {_STORED}, i.kind, u.unit, u.name_zh, u.name_en, s.role, coalesce(s.set_aside, 0)
    FROM standing o JOIN indicator i ON i.indicator = o.indicator JOIN unit u ON u.unit = i.unit
    LEFT JOIN shown s ON s.id = o.id AND s.indicator = o.indicator
"""


def _kept(entries: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the answers to so many questions, for all sessions."""
    return st.cache_resource(max_entries=entries, show_spinner=False, hash_funcs=_BY_KEY)


@_kept(16)
def made(build: Build) -> Made:
    """The current build with the counts of its changes."""
    [row] = build.rows("""
        SELECT b.number, b.id, b.data_version, b.made_at, b.accuracy, b.citation_gbt, b.citation_bibtex,
            count(*) FILTER (c.change = 'added'), count(*) FILTER (c.change = 'revised'),
            count(*) FILTER (c.change = 'withdrawn')
        FROM build b LEFT JOIN change c ON c.build = b.number
        GROUP BY ALL ORDER BY b.number DESC LIMIT 1
    """)
    return Made(*row)


@_kept(16)
def catalogue(build: Build) -> Mapping[str, Indicator]:
    """All indicators by id, in the order of the catalogue."""
    rows = build.rows("""
        SELECT i.indicator, i.category, i.kind, i.headline, i.cadence, i.name_zh, i.name_en, i.short_zh, i.short_en,
            i.definition_zh, i.definition_en, i.definition_source, u.unit, u.name_zh, u.name_en
        FROM indicator i JOIN unit u USING (unit) ORDER BY i.ordinal
    """)
    return {row[0]: Indicator(*(*row[:-3], Unit(*row[-3:]))) for row in rows}


@_kept(16)
def aliases(build: Build) -> Mapping[str, tuple[str, ...]]:
    """What each indicator is called, for search."""
    return dict(build.rows("SELECT indicator, list(name ORDER BY name) FROM alias GROUP BY indicator"))


@_kept(16)
def categories(build: Build) -> Sequence[Named]:
    """The groups of indicators in order."""
    return [Named(*row) for row in build.rows("SELECT category, name_zh, name_en FROM category ORDER BY ordinal")]


@_kept(16)
def places(build: Build) -> Mapping[str, Named]:
    """All places by id, in the order of the catalogue."""
    rows = build.rows("SELECT place, name_zh, name_en FROM place ORDER BY ordinal")
    return {row[0]: Named(*row) for row in rows}


@_kept(64)
def scopes(build: Build, indicator: str) -> Mapping[str, Named]:
    """The other definitions under which figures of an indicator appear."""
    rows = build.rows("SELECT scope, name_zh, name_en FROM scope WHERE indicator = ? ORDER BY scope", [indicator])
    return {row[0]: Named(*row) for row in rows}


@_kept(16)
def breaks(build: Build) -> Mapping[str, Sequence[Break]]:
    """When definitions changed, by indicator."""
    found: dict[str, list[Break]] = {}
    rows = build.rows("SELECT indicator, day, note_zh, note_en, source FROM definition_break ORDER BY indicator, day")
    for row in rows:
        found.setdefault(row[0], []).append(Break(*row[1:]))
    return found


@_kept(32)
def drawn(build: Build, indicator: str) -> tuple[Observation, ...]:
    """The observations of an indicator that play a part on its chart, by period."""
    order = " ORDER BY o.period_end, o.period_start, o.published DESC NULLS LAST, o.id"
    return _observations(build.rows(f"{_OBSERVATION} WHERE o.indicator = ? AND s.role IS NOT NULL{order}", [indicator]))


@_kept(32)
def compared(build: Build, indicators: tuple[str, ...], places: tuple[str, ...]) -> tuple[Observation, ...]:
    """The yearly lines of some indicators and places, levels and stated growth, by the catalogue's own definition."""
    return _observations(
        build.rows(
            f"""
            {_OBSERVATION} WHERE s.role = 'line' AND o.scope = '' AND o.measure IN ('value', 'yoy')
                AND list_contains($indicators, o.indicator) AND list_contains($places, o.place)
            ORDER BY o.period_end, o.id
            """,
            {"indicators": list(indicators), "places": list(places)},
        )
    )


@_kept(16)
def larger(build: Build) -> Mapping[str, str]:
    """The next larger place of each place that has one."""
    return dict(build.rows("SELECT place, within FROM place WHERE within IS NOT NULL"))


@_kept(16)
def latest(build: Build) -> Mapping[tuple[str, str], Sequence[Observation]]:
    """What cards and rows show, by indicator and place: the yearly line and the last outcome, levels and stated growth."""
    found: dict[tuple[str, str], list[Observation]] = {}
    rows = build.rows(f"""
        {_OBSERVATION} WHERE s.role <> 'target' AND o.measure IN ('value', 'yoy')
        QUALIFY s.role = 'line'
            OR row_number() OVER (PARTITION BY o.indicator, o.place, o.scope, o.measure ORDER BY o.period_end DESC, o.id) = 1
        ORDER BY o.period_end, o.id
    """)
    for o in _observations(rows):
        found.setdefault((o.indicator, o.place), []).append(o)
    return found


@_kept(64)
def observation(build: Build, identity: str) -> Observation | None:
    """One observation by its id."""
    # The indicator is asked for first: what is shown can be reckoned for one indicator much sooner than for all.
    known = build.rows("SELECT indicator FROM standing WHERE id = ?", [identity])
    rows = build.rows(f"{_OBSERVATION} WHERE o.id = ? AND o.indicator = ?", [identity, known[0][0]]) if known else []
    return _observations(rows)[0] if rows else None


@_kept(32)
def rivals(build: Build, indicator: str) -> Mapping[str, Sequence[Observation]]:
    """For each drawn observation the others that cannot be right with it: of each value one, the latest published."""
    pairs = build.rows(
        """
        WITH mine AS (SELECT id FROM shown WHERE indicator = $indicator),
        stated AS (SELECT id, value, bound, published FROM standing WHERE indicator = $indicator),
        pair AS (
            SELECT id, against[1] AS other FROM finding SEMI JOIN mine USING (id) WHERE kind = 'conflict'
            UNION SELECT against[1], id FROM finding SEMI JOIN mine ON mine.id = against[1] WHERE kind = 'conflict'
        )
        SELECT p.id, arg_max(s.id, (s.published, s.id)) AS other
        FROM pair p JOIN stated s ON s.id = p.other SEMI JOIN stated t ON t.id = p.id
        GROUP BY p.id, s.value, s.bound ORDER BY p.id, s.value, other
        """,
        {"indicator": indicator},
    )
    others, found = these(build, tuple(sorted({other for _, other in pairs}))), dict[str, list[Observation]]()
    for mine, other in pairs:
        found.setdefault(mine, []).append(others[other])
    return found


@_kept(16)
def coverage(build: Build, place: str | None) -> Mapping[tuple[str, int], int]:
    """How many figures stand for each indicator and year; of one place, or of all."""
    rows = build.rows(
        "SELECT indicator, year, sum(observations)::INTEGER FROM coverage WHERE $place IS NULL OR place = $place GROUP BY ALL",
        {"place": place},
    )
    return {(row[0], row[1]): row[2] for row in rows}


@_kept(64)
def articles(build: Build, first: int, how_many: int) -> tuple[Article, ...]:
    """Some of the articles that stand, the newest first."""
    order = "ORDER BY published DESC NULLS LAST, article LIMIT ? OFFSET ?"
    return tuple(Article(*row) for row in build.rows(_ARTICLE.format(which=order), [how_many, first]))


@_kept(64)
def article(build: Build, name: str) -> Article | None:
    """One article by its name."""
    found = build.rows(_ARTICLE.format(which="WHERE article = ?"), [name])
    return Article(*found[0]) if found else None


_ARTICLE = """
    SELECT a.article, a.title, a.publisher, a.author, a.published, a.published_precision, a.date_note, a.url,
        a.publish_text, a.state, a.citation_gbt, a.citation_bibtex,
        (SELECT count(*) FROM standing o WHERE o.article = a.article) AS observations,
        (SELECT count(*) FROM refusal r WHERE r.article = a.article) AS refusals
    FROM (FROM library {which}) a ORDER BY a.published DESC NULLS LAST, a.article
"""


@_kept(32)
def text(build: Build, article: str) -> str:
    """The raw text that all offsets of an article refer to."""
    [[words]] = build.rows("SELECT text FROM article WHERE article = ?", [article])
    return str(words)


@_kept(32)
def read_from(build: Build, article: str) -> tuple[Observation, ...]:
    """The observations an article gave, in the order of its text."""
    return _observations(build.rows(f"{_OBSERVATION} WHERE o.article = ? ORDER BY o.figure_start, o.id", [article]))


@_kept(32)
def evidence(build: Build, article: str) -> Sequence[Evidence]:
    """Every place in an article that states one of its observations."""
    sql = """
        SELECT e.observation, e.char_start, e.char_end, e.figure_start, e.figure_end, e.why
        FROM evidence e JOIN standing o ON o.id = e.observation
        WHERE o.article = ? ORDER BY e.figure_start, e.observation
    """
    return [Evidence(*row) for row in build.rows(sql, [article])]


@_kept(32)
def refusals(build: Build, article: str) -> Sequence[Refusal]:
    """The figures of an article that are no observations, in the order of its text."""
    sql = """
        SELECT r.char_start, r.char_end, r.printed, r.reason, coalesce(w.name_zh, r.reason), coalesce(w.name_en, r.reason),
            r.detail, r.indicator
        FROM refusal r LEFT JOIN reason w USING (reason) WHERE r.article = ? ORDER BY r.char_start, r.char_end
    """
    return [Refusal(*(*row[:3], Named(*row[3:6]), *row[6:])) for row in build.rows(sql, [article])]


_CHOSEN = """
    (len($indicators) = 0 OR list_contains($indicators, o.indicator)) AND (len($places) = 0 OR list_contains($places, o.place))
    AND (len($measures) = 0 OR list_contains($measures, o.measure)) AND (len($scopes) = 0 OR list_contains($scopes, o.scope))
    AND (len($statuses) = 0 OR list_contains($statuses, o.status)) AND (len($origins) = 0 OR list_contains($origins, o.origin))
    AND year(o.period_end) BETWEEN $first AND $last
"""


@_kept(64)
def count(build: Build, choice: Choice) -> int:
    """How many observations a choice leaves."""
    [[number]] = build.rows(f"SELECT count(*) FROM standing o WHERE {_CHOSEN}", _bound(choice))
    return int(number)


@_kept(64)
def chosen(build: Build, choice: Choice, first: int, how_many: int) -> tuple[Observation, ...]:
    """One page of the observations a choice leaves, newest period first within each indicator, the shown one before others."""
    order = """
        ORDER BY i.ordinal, o.period_end DESC, o.period_start DESC, o.place, o.measure, s.role IS NULL, o.id LIMIT $many OFFSET $skip
    """
    wanted = _bound(choice) | {"many": how_many, "skip": first}
    one = "AND o.indicator = $indicators[1]" if len(choice.indicators) == 1 else ""  # as in `observation`
    return _observations(build.rows(f"{_OBSERVATION} WHERE {_CHOSEN} {one} {order}", wanted))


def exported(build: Build, choice: Choice) -> list[dict[str, Any]]:
    """The delivered table, of the chosen rows: columns, cells and order of the view `export`."""
    sql = f"SELECT e.* FROM export e WHERE e.id IN (SELECT o.id FROM standing o WHERE {_CHOSEN})"
    return build.table(sql, _bound(choice))


def bundle(build: Build) -> bytes:
    """The bundle of the build: a zip, whatever day of knowing is asked for."""
    [[content]] = build.rows("SELECT zip FROM bundle")
    return bytes(content)


@_kept(16)
def export_columns(build: Build) -> Sequence[str]:
    """The columns of the delivered table."""
    return [row[0] for row in build.rows("SELECT column_name FROM (DESCRIBE export)")]


@_kept(16)
def span(build: Build) -> tuple[int, int]:
    """First and last year any period ends in."""
    [[first, last]] = build.rows("SELECT min(year), max(year) FROM coverage")
    return (first, last) if first else (2017, 2026)


@_kept(16)
def totals(build: Build) -> Mapping[str, Any]:
    """Counts of what stands, those read from articles, articles, indicators with any; and the newest source's day."""
    [row] = build.table("""
        SELECT count(*)::INTEGER AS observations, (count(*) FILTER (origin = 'article'))::INTEGER AS read,
            count(DISTINCT indicator)::INTEGER AS indicators, count(DISTINCT place)::INTEGER AS places,
            (SELECT count(*) FROM library)::INTEGER AS articles,
            (SELECT count(*) FROM refusal SEMI JOIN library USING (article))::INTEGER AS refusals, max(published) AS newest
        FROM standing
    """)
    return row


@_kept(16)
def changes(build: Build, most: int) -> Sequence[tuple[str, Observation]]:
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


# ----------------------------------------------------------------------------------- what the figures say of one another


@_kept(16)
def these(build: Build, ids: tuple[str, ...]) -> Mapping[str, Observation]:
    """Observations by id, those that stand."""
    found = _observations(build.rows(f"{_OBSERVATION} WHERE o.id IN (SELECT unnest($ids))", {"ids": list(ids)}))
    return {o.id: o for o in found}


@_kept(64)
def outcomes(build: Build, day: date) -> Mapping[str, Outcome]:
    """What came of every target by a day, by the target's id; in the order of the catalogue, latest ends first."""
    sql = """
        SELECT t.target, t.outcome, t.place, t.due, t.state FROM target_outcome($1) t
        JOIN indicator i USING (indicator) JOIN place p USING (place) ORDER BY i.ordinal, p.ordinal, t.period_end DESC, t.target
    """
    return {row[0]: Outcome(*row) for row in build.rows(sql, [day])}


@_kept(64)
def asides(build: Build, o: Observation, most: int) -> tuple[Aside, ...]:
    """The figures of the key of an observation that another is shown for, the next best first."""
    sql = """
        WITH among AS (FROM preference WHERE indicator = $indicator)
        SELECT id, shown, why FROM among WHERE shown = (SELECT shown FROM among WHERE id = $id) AND why IS NOT NULL
        ORDER BY id <> $id, preference LIMIT $most
    """
    return tuple(Aside(*row) for row in build.rows(sql, {"indicator": o.indicator, "id": o.id, "most": most}))


@_kept(32)
def history(build: Build, indicator: str, stories: int, steps: int) -> Listed[tuple[str, str]]:
    """The figures of an indicator that more than one source tells: id and step, story after story, newest period first.

    So many stories, and so many steps of each; the number is that of all stories.
    """
    rows = build.rows(
        """
        WITH told AS (
            SELECT r.id, r.step, r.ordinal, dense_rank() OVER (
                ORDER BY s.period_end DESC, s.period_start, p.ordinal, r.measure, r.share_of, r.scope, r.side, r.period) AS story
            FROM revision r JOIN standing s USING (id) JOIN place p ON p.place = r.place
            WHERE r.indicator = $indicator AND s.indicator = $indicator
        )
        SELECT (SELECT max(story) FROM told), id, step FROM told WHERE story <= $stories AND ordinal <= $steps ORDER BY story, ordinal
        """,
        {"indicator": indicator, "stories": stories, "steps": steps},
    )
    return _listed(rows, lambda id_, step: (id_, step))


@_kept(32)
def findings(build: Build, indicator: str | None, most: int) -> Listed[Finding]:
    """What the cross-checks of the build found, of one indicator or of all: so many of each kind, the newest first.

    Only among figures that are known.
    """
    rows = build.rows(
        """
        SELECT count(*) OVER (), f.kind, f.id, f.against, f.low::DOUBLE, f.high::DOUBLE, f.gap_percent
        FROM finding f JOIN standing s USING (id) JOIN indicator i USING (indicator)
        WHERE ($indicator IS NULL OR s.indicator = $indicator)
            AND (getvariable('as_of') IS NULL OR f.rowid NOT IN (
                SELECT u.rowid FROM (SELECT rowid, unnest(against) AS id FROM finding) u ANTI JOIN standing USING (id)))
        QUALIFY row_number() OVER (PARTITION BY f.kind ORDER BY i.ordinal, s.period_end DESC, f.id) <= $most
        ORDER BY i.ordinal, s.period_end DESC, f.kind, f.id
        """,
        {"indicator": indicator, "most": most},
    )
    return _listed(rows, lambda kind, id_, against, *rest: Finding(kind, id_, tuple(against), *rest))


@_kept(64)
def vintages(build: Build, indicator: str) -> Sequence[date]:
    """The days on which a source of an indicator was published."""
    sql = "SELECT DISTINCT published FROM standing WHERE indicator = ? AND published IS NOT NULL ORDER BY published"
    return [row[0] for row in build.rows(sql, [indicator])]


@_kept(16)
def waited(build: Build, day: date) -> Sequence[Waited]:
    """What the press was expected to tell again and had not by a day, the longest waited for first."""
    sql = """
        SELECT s.indicator, s.place, s.cadence, s.reports, s.last_id, s.last_end, s.next_end, s.due, s.state
        FROM silence($1) s JOIN indicator i USING (indicator) JOIN place p USING (place)
        WHERE s.state <> 'current' ORDER BY NOT i.headline, s.next_end, i.ordinal, p.ordinal
    """
    return [Waited(*row) for row in build.rows(sql, [day])]


@_kept(16)
def doubts(build: Build, most: int) -> Listed[Doubt]:
    """The refused figures that are worth a look: an indicator stood near, and the reading was open."""
    rows = build.rows(
        """
        SELECT count(*) OVER (), r.article, a.title, r.indicator, r.reason, w.name_zh, w.name_en,
            substring(a.text, greatest(r.char_start - 29, 1), least(r.char_start, 30)), r.printed, substring(a.text, r.char_end + 1, 20)
        FROM refusal r JOIN library a USING (article) JOIN indicator i USING (indicator) JOIN reason w USING (reason)
        WHERE r.reason IN ('two_indicators', 'two_readings', 'no_place', 'no_date', 'repeated', 'unequal_lists', 'unknown_word', 'measure')
        ORDER BY i.ordinal, r.article, r.char_start LIMIT ?
        """,
        [most],
    )
    return _listed(rows, lambda *row: Doubt(*(*row[:3], Named(*row[3:6]), *row[6:])))


@_kept(16)
def corrections(build: Build) -> Sequence[Correction]:
    """Every correction in force, with what had been read."""
    rows = build.rows("""
        SELECT c.observation, o.article, c.action, c.amended, c.reason, c.made_by, c.made_on, o.figure_start, o.figure_end, o.printed,
            o.indicator, o.place, o.period, o.measure, o.value, o.bound
        FROM correction c JOIN observation o ON o.id = c.observation JOIN library USING (article) ORDER BY c.made_on DESC, o.article, o.figure_start
    """)
    return [Correction(*(*row[:3], tuple(row[3].split()), *row[4:])) for row in rows]


@_kept(16)
def log(build: Build, most: int) -> Sequence[Brought]:
    """What the last builds changed, the newest first, by reason."""
    rows = build.rows(
        """
        SELECT b.number, b.data_version, b.made_at, coalesce(c.reason, ''), count(*) FILTER (c.change = 'added'),
            count(*) FILTER (c.change = 'revised'), count(*) FILTER (c.change = 'withdrawn')
        FROM (FROM build ORDER BY number DESC LIMIT ?) b LEFT JOIN change c ON c.build = b.number
        GROUP BY ALL ORDER BY 1 DESC, 4
        """,
        [most],
    )
    return [Brought(*row) for row in rows]


@_kept(16)
def faults(build: Build) -> Sequence[Fault]:
    """What was wrong with the files this build was made from, what could not be read first."""
    rows = build.rows("SELECT file, line, fault, failure FROM problem ORDER BY failure DESC, file, line")
    return [Fault(*row) for row in rows]


def _listed(rows: Sequence[tuple[Any, ...]], make: Callable[..., T]) -> Listed[T]:
    """Rows that each begin with the number of all there are."""
    return Listed(rows[0][0] if rows else 0, tuple(make(*row[1:]) for row in rows))


def _observations(rows: Sequence[tuple[Any, ...]]) -> tuple[Observation, ...]:
    """Rows of `_OBSERVATION` as values; growth and shares are in percent, whatever the indicator's unit."""
    return tuple(Observation(*(*row[:-5], _unit(row), *row[-2:])) for row in rows)


def _unit(row: tuple[Any, ...]) -> Unit:
    measure = row[5]
    return PERCENT if measure in {"yoy", "share"} else Unit(*row[-5:-2])


def _bound(choice: Choice) -> dict[str, Any]:
    """The parameters of `_CHOSEN`."""
    listed = {item.name: list(getattr(choice, item.name)) for item in fields(Choice) if item.name != "years"}
    return listed | {"first": choice.years[0], "last": choice.years[1]}

"""One build of the database: written from fresh rows and the build before, checked, never changed afterwards.

In: a `Content` (what was read now, what is carried over) and the path of the build before. Out: a file at `path`, and
its `Report`; or `BuildError`, where a check of our own fails. Which build is served is the business of `etl.builds`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from etl import checks, citation, corrections
from etl.builds import CONFIG, connect, has_its_end
from etl.catalogue import Catalogue
from etl.citation import DataSet
from etl.corrections import AsRead, Correction
from etl.errors import BuildError, PassingError, Problem
from etl.model import REASONS
from etl.rows import Rows

Finish = Callable[[duckdb.DuckDBPyConnection], None]

SCHEMA_VERSION = 3
_CARRIED = ("build", "article", "observation", "evidence", "refusal", "correction", "change")  # from build to build
_SQL = ("schema.sql", "views.sql", "evidence.sql")
#: What DuckDB says when the disk is full, gone or read-only, or memory is short.
_MAY_PASS = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException, duckdb.OutOfMemoryException)


class Carried(NamedTuple):
    """An article taken over from the build before: unchanged (`read`), or unreadable now (`kept`, with a note)."""

    article: str
    state: str
    note: str | None
    fingerprint: str


@dataclass(frozen=True)
class Content:
    """What a build is made of. `causes` says of each article read now what had changed: a reason of table `change`."""

    catalogue: Catalogue
    rows: Sequence[Rows]
    rules_sha256: str
    inputs_sha256: str
    made_at: datetime  # UTC
    corrections: Sequence[Correction] = ()
    carried: Sequence[Carried] = ()
    causes: dict[str, str] = field(default_factory=dict)
    failures: Sequence[Problem] = ()
    remarks: Sequence[Problem] = ()
    accept_loss: bool = False
    accuracy: str | None = None  # JSON


@dataclass(frozen=True)
class Report:
    """What stands in a build and what it changed."""

    id: str
    observations: int
    curated: int
    refusals: int
    added: int
    revised: int
    withdrawn: int
    suspects: int
    conflicts: int


class Before(NamedTuple):
    """What the next run needs to know of a build."""

    inputs_sha256: str
    rules_sha256: str
    catalogue_sha256: str
    articles: dict[str, tuple[str, str, str]]  # name → state, fingerprint, SHA-256 of the file
    failures: list[Problem]
    remarks: list[Problem]


def look(path: Path) -> Before | None:
    """Read what the next run needs to know of a build; None where not all of the file can be read.

    Every row is read, and with it DuckDB's checksums of the blocks: the next build is made from all of them. A file that
    cannot be read just now is no damaged one: `OSError` or `PassingError`, lest its history be given up.
    """
    path.open("rb").close()
    try:
        with connect(path) as con:
            if not has_its_end(con, path):
                return None
            for (table,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
                con.execute(f"SELECT bit_xor(hash(t)) FROM {table} t")
            hashes = con.execute(
                "SELECT inputs_sha256, rules_sha256, catalogue_sha256 FROM build ORDER BY number DESC LIMIT 1"
            ).fetchall()[0]
            articles = con.execute("SELECT article, state, fingerprint, sha256 FROM article").fetchall()
            problems = con.execute("SELECT file, line, fault, failure FROM problem").fetchall()
    except duckdb.OutOfMemoryException as error:
        raise PassingError(f"{path}: cannot be read: {error}") from error
    except (duckdb.Error, BuildError, IndexError):
        return None
    return Before(
        inputs_sha256=hashes[0],
        rules_sha256=hashes[1],
        catalogue_sha256=hashes[2],
        articles={name: (state, fingerprint, sha256) for name, state, fingerprint, sha256 in articles},
        failures=[Problem(*row[:3]) for row in problems if row[3]],
        remarks=[Problem(*row[:3]) for row in problems if not row[3]],
    )


def schema() -> str:
    """The tables and views of a build."""
    return "\n".join(files("etl").joinpath(name).read_text(encoding="utf-8") for name in _SQL)


def faults(path: Path) -> list[str]:
    """Every fault of our own in a build, for `check`."""
    with connect(path) as con:
        try:
            return checks.faults(con)
        except duckdb.Error as error:
            return [f"{path}: not all of it can be read: {error}; run a refresh, or roll back"]


def write(path: Path, content: Content, number: int, before: Path | None, finish: Finish) -> Report:
    """Write one build at `path`; `BuildError` with every fault if it does not pass its checks.

    `finish` adds to the checked build what is made from it alone.
    """
    try:
        return _write(path, content, number, before, finish)
    except _MAY_PASS as error:
        raise PassingError(f"the build cannot be written: {error}") from error
    except duckdb.Error as error:
        raise BuildError(f"the build cannot be written: {error}") from error


def _write(path: Path, content: Content, number: int, before: Path | None, finish: Finish) -> Report:
    _lay_out(path)
    with duckdb.connect(str(path), config=dict(CONFIG)) as con:
        _catalogue(con, content.catalogue)
        _attach(con, before)
        _articles(con, content, number)
        _observations(con, content, number)
        _corrections(con, content)
        checks.mark_suspects(con)
        con.execute(
            "INSERT INTO chosen FROM part ORDER BY id; INSERT INTO finding FROM cross_check ORDER BY kind, id, against"
        )
        _changes(con, number)
        _problems(con, content)
        id_ = f"{number}-{_digest(con, content)}"
        _build_row(con, content, number, id_)
        if faults := [*checks.faults(con), *([] if content.accept_loss else checks.loss(con))]:
            raise BuildError("the build is not published:\n" + "\n".join(faults))
        report = _report(con, id_, number)
        con.execute("DETACH before")
        finish(con)
        con.execute("CHECKPOINT")
    return report


def _lay_out(path: Path) -> None:
    """A build with nothing in it. Its views take longer to make than a few articles to store: once a process is enough."""
    if _laid_out:
        path.write_bytes(_laid_out[0])
        return
    with duckdb.connect(str(path), config=dict(CONFIG)) as con:
        con.execute("BEGIN")
        con.execute(schema())
        _comment_views(con)
        con.execute("COMMIT")
    _laid_out.append(path.read_bytes())


_laid_out: list[bytes] = []


# ------------------------------------------------------------------------------------------------------------ loading


def _append(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    if rows := list(rows):
        with con.appender(table) as appender:
            appender.append_rows([tuple(row) for row in rows])


def _catalogue(con: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    indicators = catalogue.indicators.values()
    _append(con, "category", ((c.id, n, c.name_zh, c.name_en) for n, c in enumerate(catalogue.categories.values())))
    _append(con, "unit", ((u.id, u.name_zh, u.name_en) for u in catalogue.units.values()))
    words = ((unit.id, word, factor) for unit in catalogue.units.values() for word, factor in unit.words.items())
    _append(con, "unit_word", words)
    _append(
        con,
        "indicator",
        (
            (i.id, n, i.category, i.unit, i.kind, i.cumulative, i.headline, i.cadence, i.name_zh, i.name_en, i.short_zh, i.short_en,
             i.definition_zh, i.definition_en, i.source)
            for n, i in enumerate(indicators)
        ),
    )  # fmt: skip
    called = {(i.id, "zh", name.text) for i in indicators for name in i.called}
    called |= {(i.id, "en", name) for i in indicators for name in i.english}
    _append(con, "alias", sorted(called))
    _append(con, "scope", ((i.id, code, zh, en) for i in indicators for code, (zh, en) in i.scopes.items()))
    _append(
        con, "definition_break", ((i.id, b.day, b.note_zh, b.note_en, b.source) for i in indicators for b in i.breaks)
    )
    places = catalogue.places.values()
    _append(con, "place", ((p.id, n, p.name_zh, p.name_en, p.within or None, p.rank) for n, p in enumerate(places)))
    _append(con, "reason", ((code, zh, en) for code, (zh, en) in REASONS.items()))


def _attach(con: duckdb.DuckDBPyConnection, before: Path | None) -> None:
    """Make the build before readable as `before`; an empty one where there is none whose history has these columns.

    Its id, version and delivered columns go to `ancestor` in any case: a version counts on across schemas.
    """
    con.execute("CREATE TEMP TABLE ancestor (id VARCHAR, data_version VARCHAR, delivers VARCHAR[])")
    if before:
        con.execute(f"ATTACH '{_quoted(str(before))}' AS before (READ_ONLY)")
        con.execute("""
            INSERT INTO ancestor SELECT id, data_version, (
                SELECT list(column_name ORDER BY column_index) FROM duckdb_columns()
                WHERE database_name = 'before' AND table_name = 'export')
            FROM before.build ORDER BY number DESC LIMIT 1
        """)
        if _columns(con, "before") == _columns(con, con.execute("SELECT current_database()").fetchall()[0][0]):
            return
        con.execute("DETACH before")
    con.execute("ATTACH ':memory:' AS before")
    for table in (*_CARRIED, "standing"):
        con.execute(f"CREATE TABLE before.{table} AS FROM {table} LIMIT 0")


def _columns(con: duckdb.DuckDBPyConnection, database: str) -> list[tuple[str, str, str]]:
    return con.execute(
        """
        SELECT table_name, column_name, data_type FROM duckdb_columns()
        WHERE database_name = $1 AND list_contains($2, table_name) ORDER BY ALL
        """,
        [database, list(_CARRIED)],
    ).fetchall()


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _articles(con: duckdb.DuckDBPyConnection, content: Content, number: int) -> None:
    con.execute("CREATE TEMP TABLE carried (article VARCHAR, state VARCHAR, note VARCHAR, fingerprint VARCHAR)")
    _append(con, "carried", content.carried)
    con.execute("CREATE TEMP TABLE cause (article VARCHAR, reason VARCHAR)")
    _append(con, "cause", content.causes.items())
    con.execute("CREATE TEMP TABLE fresh_article AS FROM article LIMIT 0")
    _append(con, "fresh_article", (row for rows in content.rows for row in rows.articles))
    con.execute(
        """
        INSERT INTO article
        SELECT f.* REPLACE (coalesce(b.first_build, $number) AS first_build)
        FROM fresh_article f LEFT JOIN before.article b USING (article) ORDER BY article;
        """,
        {"number": number},
    )
    con.execute("""
        INSERT INTO article
        SELECT b.* REPLACE (c.state AS state, c.note AS note, c.fingerprint AS fingerprint)
        FROM before.article b JOIN carried c USING (article) ORDER BY article
    """)
    con.execute(
        """
        INSERT INTO article
        SELECT b.* REPLACE ('withdrawn' AS state, coalesce(b.withdrawn_build, $number) AS withdrawn_build)
        FROM before.article b WHERE b.article NOT IN (SELECT article FROM article) ORDER BY article
        """,
        {"number": number},
    )


def _observations(con: duckdb.DuckDBPyConnection, content: Content, number: int) -> None:
    """Fresh rows; then those carried over; then those that no longer stand, marked as withdrawn."""
    con.execute("CREATE TEMP TABLE fresh AS FROM observation LIMIT 0")
    _append(con, "fresh", (row for rows in content.rows for row in rows.observations))
    con.execute(
        """
        INSERT INTO observation
        SELECT f.* REPLACE (coalesce(b.first_build, $number) AS first_build)
        FROM fresh f LEFT JOIN before.observation b USING (id) ORDER BY id
        """,
        {"number": number},
    )
    con.execute("""
        INSERT INTO observation
        SELECT b.* FROM before.observation b JOIN carried USING (article)
        WHERE b.withdrawn_build IS NULL
            AND b.indicator IN (SELECT indicator FROM indicator) AND b.place IN (SELECT place FROM place)
            AND (b.share_of = '' OR b.share_of IN (SELECT place FROM place))
            AND (b.scope = '' OR (b.indicator, b.scope) IN (SELECT (indicator, scope) FROM scope))
        ORDER BY id
    """)
    con.execute(
        """
        INSERT INTO observation
        SELECT b.* REPLACE (coalesce(b.withdrawn_build, $number) AS withdrawn_build)
        FROM before.observation b WHERE b.id NOT IN (SELECT id FROM observation) ORDER BY id
        """,
        {"number": number},
    )
    _append(con, "evidence", (row for rows in content.rows for row in rows.evidence))
    con.execute(
        "INSERT INTO evidence FROM before.evidence b WHERE b.observation NOT IN (SELECT id FROM fresh) ORDER BY ALL"
    )
    _append(con, "refusal", (row for rows in content.rows for row in rows.refusals))
    con.execute(
        "INSERT INTO refusal FROM before.refusal b WHERE b.article IN (SELECT article FROM carried) ORDER BY ALL"
    )


def _corrections(con: duckdb.DuckDBPyConnection, content: Content) -> None:
    """Hang each correction on the observation it means; `InputError` where one no longer means just one."""
    asked = sorted({correction.article for correction in content.corrections})
    known = {row[0] for row in con.execute("SELECT article FROM article WHERE withdrawn_build IS NULL").fetchall()}
    read = con.execute(
        """
        SELECT id, article, indicator, place, measure, period, quote FROM observation
        WHERE withdrawn_build IS NULL AND list_contains($asked, article) ORDER BY id
        """,
        {"asked": asked},
    ).fetchall()
    settled = corrections.settle(content.corrections, (AsRead(*row) for row in read), known)
    _append(con, "correction", (_correction(id_, correction) for id_, correction in sorted(settled.items())))


def _correction(id_: str, correction: Correction) -> tuple[Any, ...]:
    """A row of table `correction`."""
    to = correction.amended or corrections.Amended()
    period = to.period
    return (
        id_, "amend" if correction.amended else "reject",
        " ".join(name for name in corrections.AMENDABLE if getattr(to, name) is not None),
        to.indicator, to.place, to.measure, to.share_of, to.scope, to.status, str(period) if period else None,
        period and period.start, period and period.end, period and period.kind, to.value, to.rounding, to.bound,
        correction.reason, correction.by, correction.on,
    )  # fmt: skip


def _changes(con: duckdb.DuckDBPyConnection, number: int) -> None:
    """Compare what stands with what stood, by id: the value, its bound, and what it is said of."""
    con.execute("INSERT INTO change FROM before.change")
    con.execute(
        """
        INSERT INTO change
        WITH corrected AS (
            SELECT observation AS id FROM (FROM before.correction EXCEPT FROM correction)
            UNION SELECT observation FROM (FROM correction EXCEPT FROM before.correction)
        ), pairs AS (
            SELECT coalesce(n.id, o.id) AS id, coalesce(n.origin, o.origin) AS origin, coalesce(n.article, o.article) AS article,
                o.id AS old_id, n.id AS new_id, o.value AS old_value, n.value AS new_value, o.bound AS old_bound, n.bound AS new_bound
            FROM before.standing o FULL JOIN standing n ON n.id = o.id
            WHERE (o.value, o.bound, o.indicator, o.place, o.measure, o.share_of, o.scope, o.status, o.period)
                IS DISTINCT FROM (n.value, n.bound, n.indicator, n.place, n.measure, n.share_of, n.scope, n.status, n.period)
        )
        SELECT $number, CASE WHEN old_id IS NULL THEN 'added' WHEN new_id IS NULL THEN 'withdrawn' ELSE 'revised' END,
            id, CASE WHEN origin = 'curated' THEN 'curated' WHEN a.state = 'withdrawn' THEN 'removed'
                WHEN id IN (SELECT id FROM corrected) THEN 'correction' ELSE coalesce(c.reason, 'catalogue') END,
            old_value, new_value, old_bound, new_bound
        FROM pairs p LEFT JOIN cause c ON c.article = p.article LEFT JOIN article a ON a.article = p.article
        ORDER BY id
        """,
        {"number": number},
    )


def _problems(con: duckdb.DuckDBPyConnection, content: Content) -> None:
    for failure, problems in ((True, content.failures), (False, content.remarks)):
        _append(con, "problem", ((p.file, p.line, p.fault, failure) for p in sorted(problems)))


def _digest(con: duckdb.DuckDBPyConnection, content: Content) -> str:
    """A hash of what a build says and was made from, independent of when and after what it was made."""
    digest = hashlib.sha256(content.inputs_sha256.encode())
    for row in con.execute("FROM export").fetchall():
        digest.update(repr(row).encode())
    return digest.hexdigest()[:12]


def _build_row(con: duckdb.DuckDBPyConnection, content: Content, number: int, id_: str) -> None:
    con.execute("INSERT INTO build BY NAME FROM before.build")
    last = con.execute("SELECT id FROM ancestor").fetchall()
    [(until,)] = con.execute("SELECT max(published) FROM standing").fetchall()
    data_set = DataSet(_version(con, number), id_, until)
    row = (
        number, id_, SCHEMA_VERSION, last[0][0] if last else None, content.made_at, data_set.version,
        content.catalogue.sha256, content.rules_sha256, content.inputs_sha256, content.accuracy,
        citation.data_set_gbt(data_set), citation.data_set_bibtex(data_set),
    )  # fmt: skip
    _append(con, "build", [row])


def _version(con: duckdb.DuckDBPyConnection, number: int) -> str:
    """Count up by the Data Package recipe, as a reader of the delivered table sees it.

    Other columns are major; rows more or fewer minor; anything mended in a row, or said about the data, a patch.
    """
    last = con.execute("""
        SELECT data_version, delivers = (
            SELECT list(column_name ORDER BY column_index) FROM duckdb_columns()
            WHERE database_name = current_database() AND table_name = 'export')
        FROM ancestor
    """).fetchall()
    if not last:
        return "1.0.0"
    major, minor, patch = map(int, last[0][0].split("."))
    if not last[0][1]:
        return f"{major + 1}.0.0"
    rows_changed = con.execute(
        "SELECT count(*) FROM change WHERE build = $1 AND change IN ('added', 'withdrawn')", [number]
    ).fetchall()
    return f"{major}.{minor + 1}.0" if rows_changed[0][0] else f"{major}.{minor}.{patch + 1}"


def _comment_views(con: duckdb.DuckDBPyConnection) -> None:
    """Give each column of a view that has no comment of its own that of the column of the same name it comes from."""
    missing = con.execute("""
        SELECT v.table_name, v.column_name, o.comment FROM duckdb_columns() v
        JOIN duckdb_columns() o ON o.column_name = v.column_name AND o.comment IS NOT NULL
            AND o.table_name IN (CASE v.table_name WHEN 'library' THEN 'article' ELSE 'observation' END, 'standing')
        WHERE v.comment IS NULL AND v.table_name IN (SELECT view_name FROM duckdb_views() WHERE NOT internal)
        QUALIFY row_number() OVER (PARTITION BY v.table_name, v.column_name ORDER BY o.table_name = 'standing') = 1
    """).fetchall()
    comments = [f"COMMENT ON COLUMN {view}.{column} IS '{_quoted(comment)}';" for view, column, comment in missing]
    con.execute("".join(comments))


def _report(con: duckdb.DuckDBPyConnection, id_: str, number: int) -> Report:
    counts = con.execute(
        """
        SELECT (SELECT count(*) FROM standing WHERE origin = 'article'), (SELECT count(*) FROM standing WHERE origin = 'curated'),
            (SELECT count(*) FROM refusal),
            (SELECT count(*) FROM change WHERE build = $1 AND change = 'added'),
            (SELECT count(*) FROM change WHERE build = $1 AND change = 'revised'),
            (SELECT count(*) FROM change WHERE build = $1 AND change = 'withdrawn'),
            (SELECT count(*) FROM standing WHERE suspect IS NOT NULL), (SELECT count(*) FROM conflict)
        """,
        [number],
    ).fetchall()[0]
    return Report(id_, *counts)

"""The database: which figure is shown, which part it plays in a chart, which disagree, and what a build must hold."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import checks, rows, store
from etl.model import Article, Evidence, Observation, Reading, Span
from etl.period import Period
from etl.rows import ArticleRow, EvidenceRow, ObservationRow, RefusalRow, widened
from tests.conftest import Press
from tests.figures import Figures

EARLY: dict[str, Any] = {"published": date(2025, 1, 1)}
LATE: dict[str, Any] = {"published": date(2025, 6, 1)}
CURATED, REPOST = {"origin": "curated", "seen": "original"}, {"origin": "curated", "seen": "repost"}


@pytest.mark.parametrize(
    ("why", "loser", "winner"),
    [
        ("actual before estimate", {"value": "9", "status": "estimate", **LATE}, {"value": "8", **EARLY}),
        ("exact before bound", {"value": "9", "bound": ">", **LATE}, {"value": "8", **EARLY}),
        ("exact before about", {"value": "9", "bound": "~", **LATE}, {"value": "8", **EARLY}),
        ("later publication", {"value": "9", **EARLY}, {"value": "8", **LATE}),
        ("later publication, though an article is earlier", {"value": "9", **EARLY}, {"value": "8", **LATE, **REPOST}),
        ("unknown publication last", {"value": "9"}, {"value": "8", **EARLY}),
        ("more digits, where the latest agrees", {"value": "12.8", **LATE}, {"value": "12.79", **EARLY}),
        ("more digits, at the very edge of the rounding", {"value": "12.8", **LATE}, {"value": "12.75", **EARLY}),
        ("not more digits, where the latest disagrees", {"value": "12.74", **EARLY}, {"value": "12.8", **LATE}),
        ("article before curated", {"value": "9", **EARLY, **CURATED}, {"value": "8", **EARLY}),
        ("original before repost", {"value": "9", **EARLY, **REPOST}, {"value": "8", **EARLY, **CURATED}),
        ("then id", {"value": "9", **EARLY}, {"value": "8", **EARLY}),
        (
            "a later bound before an earlier bound",
            {"value": "1700", "bound": ">", **EARLY},
            {"value": "1800", "bound": ">", **LATE},
        ),
        ("never a suspect", {"value": "9", "suspect": "slip_1e4", **LATE}, {"value": "8", **EARLY}),
    ],
)
def test_preference(figures: Figures, why: str, loser: dict[str, Any], winner: dict[str, Any]) -> None:
    figures.put("b", **loser)
    figures.put("a", **winner)
    assert figures.column("SELECT id FROM fact") == ["a"], why
    assert figures.column("SELECT set_aside FROM fact") == [0 if "suspect" in loser else 1]


@pytest.mark.parametrize(
    "other",
    [
        {"place": "china"}, {"indicator": "output"}, {"measure": "new"}, {"scope": "core"}, {"period": "2024-11-30"}, {"status": "target"},
    ],
)  # fmt: skip
def test_another_key_is_another_fact(figures: Figures, other: dict[str, Any]) -> None:
    figures.put("a", "8")
    figures.put("b", "9", **other)
    assert figures.column("SELECT id FROM fact ORDER BY id") == ["a", "b"]


def test_the_order_of_arrival_does_not_matter(schema: duckdb.DuckDBPyConnection) -> None:
    values = [
        ("a", "12.8", date(2025, 1, 1)),
        ("b", "12.79", date(2025, 6, 1)),
        ("c", "12.81", None),
        ("d", "12.8", date(2025, 6, 1)),
    ]
    shown, figures = set(), Figures(schema)
    for turn in range(len(values)):
        schema.execute("DELETE FROM observation")
        for id_, value, published in values[turn:] + values[:turn]:
            figures.put(id_, value, published=published)
        shown.update(figures.column("SELECT id FROM fact"))
    assert shown == {"b"}


def test_withdrawn_figures_do_not_stand(figures: Figures) -> None:
    figures.put("a", "8", withdrawn_build=2)
    figures.settle()
    for view in ("standing", "fact", "series", "export", "coverage", "conflict"):
        assert figures.con.execute(f"FROM {view}").fetchall() == []


@pytest.mark.parametrize(
    ("given", "role"),
    [
        ({"indicator": "output", "period": "2024"}, "line"),
        ({"indicator": "output", "period": "2024", "status": "estimate"}, "line"),
        ({"indicator": "output", "period": "2024-H1"}, "part"),
        ({"indicator": "output", "period": "2024-01/2024-11"}, "part"),
        ({"indicator": "output", "period": "2021-01/2024-12"}, "part"),
        ({"indicator": "output", "period": "2024-12-31"}, "assumed"),
        ({"indicator": "output", "period": "2024", "period_basis": "assumed"}, "assumed"),
        ({"indicator": "output", "period": "2024", "status": "target"}, "target"),
        ({"indicator": "output", "period": "2024", "measure": "yoy"}, "line"),
        ({"indicator": "firms", "period": "2024-12-31"}, "line"),
        ({"indicator": "firms", "period": "2024-03-31"}, "line"),
        ({"indicator": "firms", "period": "2024-03-31", "period_basis": "assumed"}, "line"),
        ({"indicator": "firms", "period": "2024"}, "line"),
        ({"indicator": "firms", "period": "2025", "status": "target"}, "target"),
        ({"indicator": "firms", "period": "2024", "measure": "new"}, "line"),
        ({"indicator": "firms", "period": "2024-H1", "measure": "new"}, "part"),
        ({"indicator": "firms", "period": "2024-12-31", "measure": "new"}, "assumed"),
        ({"indicator": "fortune", "period": "2024"}, "line"),
    ],
)
def test_role_of_a_lone_figure(figures: Figures, given: dict[str, Any], role: str) -> None:
    figures.put("a", "8", **given)
    figures.settle()
    assert figures.con.execute("SELECT role, year FROM series").fetchall() == [
        (role, 2025 if given["period"] == "2025" else 2024)
    ]


def test_only_the_last_count_of_a_year_is_on_the_line(figures: Figures) -> None:
    for id_, period in (("a", "2023-12-31"), ("b", "2024-06-30"), ("c", "2024-11-30"), ("d", "2024-Q1")):
        figures.put(id_, "8", period=period)
    figures.put("e", "9", period="2024-12-31", status="estimate")
    figures.put("f", "9", period="2024-12-31", status="target")
    figures.settle()
    assert figures.con.execute("SELECT id, role FROM series ORDER BY id").fetchall() == [
        ("a", "line"), ("b", "count"), ("c", "line"), ("d", "count"), ("e", "count"), ("f", "target"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [
        ({"value": "12.8"}, {"value": "12.79"}, None),
        ({"value": "12.8"}, {"value": "12.71"}, 0.7),
        ({"value": "12.8"}, {"value": "12.7"}, 0.78),  # they only touch: nothing is printed as both
        ({"value": "12.8"}, {"value": "12.6"}, 1.56),
        ({"value": "1800"}, {"value": "2000"}, 10.0),
        ({"value": "1800", "bound": ">"}, {"value": "2000"}, None),
        ({"value": "1800", "bound": ">"}, {"value": "1700"}, 5.56),
        ({"value": "1800", "bound": "<"}, {"value": "2000"}, 10.0),
        ({"value": "1800", "bound": ">"}, {"value": "1900", "bound": ">"}, None),
        ({"value": "1800", "bound": "<"}, {"value": "1900", "bound": ">"}, 5.26),
        ({"value": "2000", "bound": "~"}, {"value": "1900"}, None),
        ({"value": "2000", "bound": "~"}, {"value": "1899"}, 5.05),
        ({"value": "8", "status": "estimate"}, {"value": "9"}, None),
        ({"value": "8", "suspect": "slip_1e4"}, {"value": "9"}, None),
    ],
)
def test_conflict(figures: Figures, one: dict[str, Any], other: dict[str, Any], gap: float | None) -> None:
    figures.put("a", **one)
    figures.put("b", **other)
    assert figures.column("SELECT gap_percent FROM conflict") == ([] if gap is None else [gap])


def test_a_conflict_names_the_shown_figure_first(figures: Figures) -> None:
    figures.put("a", "1800", **EARLY)
    figures.put("b", "2000", **LATE)
    figures.put("c", "2200", **EARLY)
    figures.settle()
    assert figures.con.execute("SELECT id, other_id FROM conflict ORDER BY ALL").fetchall() == [
        ("a", "c"),
        ("b", "a"),
        ("b", "c"),
    ]


def test_coverage(figures: Figures) -> None:
    figures.put("a", "8", article="x")
    figures.put("b", "9", article="x", period="2024-06-30")
    figures.put("c", "9", article="y", status="target", period="2024")
    assert figures.con.execute(
        "SELECT indicator, place, year, observations, actual, targets, sources FROM coverage"
    ).fetchall() == [("firms", "suzhou", 2024, 3, 2, 1, 2)]


@pytest.mark.parametrize(
    ("figure", "others", "expected"),
    [
        ({"value": "100.1", "measure": "share"}, (), "share_above_100"),
        ({"value": "100", "measure": "share"}, (), None),
        ({"value": "120", "measure": "yoy"}, (), None),
        ({"value": "18000000"}, ("1700", "1900"), "slip_1e4"),
        ({"value": "0.17"}, ("1700", "1900"), "slip_1e4"),
        ({"value": "180000000000"}, ("1700", "1900"), "slip_1e8"),
        ({"value": "19000"}, ("1700", "1900"), None),
        ({"value": "18000000"}, ("1700",), None),
    ],
)
def test_suspects(figures: Figures, figure: dict[str, Any], others: tuple[str, ...], expected: str | None) -> None:
    figures.put("a", **figure)
    for n, value in enumerate(others):
        figures.put(f"o{n}", value, period=f"{2020 + n}-12-31")
    checks.mark_suspects(figures.con)
    assert figures.column("SELECT suspect FROM observation WHERE id = 'a'") == [expected]
    assert figures.column("SELECT count(*) FROM observation WHERE id <> 'a' AND suspect IS NOT NULL") == [0]


# -------------------------------------------------------------------------------------------------------------- contract


@pytest.mark.parametrize(
    ("table", "row"),
    [("article", ArticleRow), ("observation", ObservationRow), ("evidence", EvidenceRow), ("refusal", RefusalRow)],
)
def test_rows_have_the_columns_of_their_table(schema: duckdb.DuckDBPyConnection, table: str, row: type) -> None:
    columns = schema.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = $1 ORDER BY column_index", [table]
    )
    assert [name for (name,) in columns.fetchall()] == list(row._fields)  # type: ignore[attr-defined]


def test_every_table_view_and_column_says_what_it_is(press: Press) -> None:
    press.put(a="ai_enterprises@suzhou 2024-12-31 =1800")
    press.refresh()
    silent = press.rows("""
        SELECT table_name FROM duckdb_tables() WHERE comment IS NULL
        UNION ALL SELECT view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal
        UNION ALL SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal
    """)
    assert silent == []


EXPORT = (
    "id article indicator place measure share_of scope status period value unit bound printed quote char_start char_end "
    "figure_start figure_end period_basis place_basis origin suspect title publisher author published published_precision url seen"
).split()


def test_the_export_has_its_columns_in_their_order(schema: duckdb.DuckDBPyConnection) -> None:
    columns = [column[0] for column in schema.execute("FROM export").description or ()]
    assert columns[: len(EXPORT)] == EXPORT


@pytest.mark.parametrize(
    ("given", "column", "cell"),
    [
        ({"value": "4360000000000"}, "value", "4360000000000"),
        ({"value": "12.50"}, "value", "12.5"),
        ({"value": "33.3333"}, "value", "33.3333"),
        ({"value": "0"}, "value", "0"),
        ({"value": "100"}, "value", "100"),
        ({"value": "-0.3"}, "value", "-0.3"),
        ({"value": "8"}, "unit", "enterprises"),
        ({"value": "8", "measure": "yoy"}, "unit", "percent"),
        ({"value": "8", "title": "=1+1"}, "title", "'=1+1"),
        ({"value": "8", "publisher": "@日报"}, "publisher", "'@日报"),
        ({"value": "8", "author": "-张桥"}, "author", "'-张桥"),
        ({"value": "8", "note": "+1"}, "note", "'+1"),
        ({"value": "8", "title": "“AI+制造”"}, "title", "“AI+制造”"),
        ({"value": "8", "bound": "="}, "bound", "="),
        ({"value": "8", "published": date(2024, 1, 1), "published_precision": "year"}, "published", "2024"),
        ({"value": "8", "published": date(2024, 9, 1), "published_precision": "month"}, "published", "2024-09"),
        ({"value": "8", "published": date(2024, 9, 10), "published_precision": "day"}, "published", "2024-09-10"),
        ({"value": "8"}, "published", None),
    ],
)
def test_cells_of_the_export(figures: Figures, given: dict[str, Any], column: str, cell: str | None) -> None:
    figures.put("a", **given)
    assert figures.column(f"SELECT {column} FROM export") == [cell]


# ------------------------------------------------------------------------------------------------------------------ rows

RAW = "标题\n　　——“小巨人”企业超1800家，其中“独角兽”12家。"


@pytest.mark.parametrize(
    ("quote", "figure", "expected"),
    [
        ("企业超1800家", "1800", "企业超1800家"),
        ("“独角兽”12家", "12", "中“独角兽”12家"),
        ("，其中“独角兽”12家", "12", "家，其中“独角兽”12家"),
        ("——“小巨人”企业超1800家", "1800", "题\n　　——“小巨人”企业超1800家"),
    ],
)
def test_a_quote_is_widened_to_the_left(quote: str, figure: str, expected: str) -> None:
    start, number = RAW.index(quote), RAW.index(figure)
    span = widened(RAW, Span(start, start + len(quote)), Span(number, number + len(figure)))
    assert span.of(RAW) == expected


def test_a_quote_at_the_very_start_begins_at_its_first_letter() -> None:
    assert widened("——“小巨人”5家", Span(0, 9), Span(7, 8)).of("——“小巨人”5家") == "小巨人”5家"
    assert widened("“+5", Span(0, 3), Span(2, 3)).of("“+5") == "5"


def said(value: str, at: int, **fields: Any) -> Observation:
    observation = Observation(
        "a", "firms", "suzhou", "value", "", "", "actual", Period.parse("2024"), Decimal(value), "=", Decimal("0.5"), value,
        "stated", "stated", (Evidence(Span(at, at + 1), Span(at, at + 1), "toy"),),
    )  # fmt: skip
    return replace(observation, **fields)


@pytest.mark.parametrize(
    ("observations", "values", "evidence"),
    [
        ([said("5", 0)], ["5"], [1]),
        ([said("5", 0), said("5", 4)], ["5"], [2]),
        ([said("5", 0), said("5.0", 4)], ["5"], [2]),
        ([said("5", 0), said("6", 4)], ["5", "6"], [1, 1]),
        ([said("5", 0), said("6", 4), said("5", 6)], ["5", "6"], [2, 1]),
        ([said("5", 0), said("5", 4, place="china")], ["5", "5"], [1, 1]),
        ([said("5", 0), said("5", 0)], ["5"], [1]),
    ],
)
def test_what_is_said_twice_is_one_observation(
    observations: list[Observation], values: list[str], evidence: list[int]
) -> None:
    article = Article("a", "a.txt", "0123456789", "")
    for order in (observations, observations[::-1]):
        made = rows.of_article(article, Reading(tuple(order)), "")
        assert [str(row.value.normalize()) for row in made.observations] == values
        assert [sum(e.observation == row.id for e in made.evidence) for row in made.observations] == evidence
        assert len({row.id for row in made.observations}) == len(values)


def test_the_exact_statement_leads_its_bounded_echo() -> None:
    made = rows.of_article(
        Article("a", "a.txt", "0123456789", ""), Reading((said("5", 0, bound=">"), said("5", 4))), ""
    )
    assert [(row.bound, row.char_start) for row in made.observations] == [("=", 4)]
    assert [row.char_start for row in made.evidence] == [4, 0]


def test_ids_do_not_hang_on_offsets() -> None:
    ids = {
        rows.of_article(Article("a", "a.txt", "0123456789", ""), Reading((said("5", at),)), "").observations[0].id
        for at in (0, 4)
    }
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("value", "stored"), [("1", "1"), ("1.234567", "1.234567"), (str(Decimal(100) / 3), "33.3333")]
)
def test_values_have_six_decimals_at_most(value: str, stored: str) -> None:
    made = rows.of_article(Article("a", "a.txt", "0123456789", ""), Reading((said(value, 0),)), "")
    assert str(made.observations[0].value) == stored


def test_a_partial_date_counts_as_its_first_day() -> None:
    assert rows.first_day(date(2023, 5, 17), "year") == date(2023, 1, 1)
    assert rows.first_day(date(2023, 5, 17), "month") == date(2023, 5, 1)
    assert rows.first_day(date(2023, 5, 17), "day") == date(2023, 5, 17)
    assert rows.first_day(None, None) is None


# ---------------------------------------------------------------------------------------------------------------- checks


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build without a fault: one observation, one refusal."""
    press = Press(tmp_path_factory.mktemp("press"))
    press.articles.mkdir()
    press.put(a="𠮷\r\nai_enterprises@suzhou 2024-12-31 =1800 ?12")
    report = press.refresh().report
    assert report
    return press.data / "builds" / f"{report.id}.duckdb"


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("UPDATE article SET text = 'x' || text", "a quote or figure is not where it points"),
        ("UPDATE evidence SET figure_end = 999", "a quote or figure is not where it points"),
        ("UPDATE evidence SET quote = 'x'", "a quote or figure is not where it points"),
        ("UPDATE observation SET place = 'atlantis'", "a place is not in the catalogue"),
        ("UPDATE observation SET indicator = 'x'", "an indicator is not in the catalogue"),
        ("UPDATE observation SET share_of = 'china'", "a share has no whole"),
        ("UPDATE observation SET scope = 'x'", "a scope is not the indicator's"),
        ("UPDATE observation SET bound = '≥'", "a code is unknown"),
        ("DELETE FROM evidence", "an observation has no evidence"),
        ("UPDATE refusal SET reason = 'x'", "a refusal has an unknown reason"),
        ("UPDATE refusal SET printed = 'x'", "a refusal points outside"),
        ("UPDATE observation SET place = 'atlantis'", "the export leaves figures out"),
    ],
)
def test_a_damaged_build_is_found_out(sound: Path, tmp_path: Path, damage: str, fault: str) -> None:
    assert store.faults(sound) == []
    shutil.copy(sound, path := tmp_path / "damaged.duckdb")
    with duckdb.connect(str(path)) as con:
        con.execute(damage)
    assert any(found.startswith(fault) for found in store.faults(path))


STATEMENTS = st.builds(
    said,
    st.sampled_from(["5", "5.0", "6", "33.333333333"]),
    st.integers(0, 9),
    bound=st.sampled_from(["=", ">", "~"]),
    place=st.sampled_from(["suzhou", "china"]),
    status=st.sampled_from(["actual", "target"]),
    period_basis=st.sampled_from(["stated", "carried"]),
)


@given(st.lists(STATEMENTS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_statements_leaves_no_trace(statements: list[Observation], random: Random) -> None:
    article, shuffled = Article("a", "a.txt", "0123456789", ""), random.sample(statements, len(statements))
    made = rows.of_article(article, Reading(tuple(statements)), "")
    assert rows.of_article(article, Reading(tuple(shuffled)), "") == made
    assert len({row.id for row in made.observations}) == len(made.observations)
    assert {(row.place, row.status, row.value) for row in made.observations} == {
        (o.place, o.status, rows._stored(o.value)) for o in statements
    }


@given(st.text(min_size=1), st.data())
def test_a_widened_quote_holds_its_figure(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw) - 1))
    first = data.draw(st.integers(start, len(raw) - 1))
    last = data.draw(st.integers(first + 1, len(raw)))
    quote = widened(raw, Span(start, data.draw(st.integers(last, len(raw)))), Span(first, last))
    assert 0 <= quote.start <= first < last <= quote.end <= len(raw)
    assert raw[quote.start].isalnum() or not any(char.isalnum() for char in raw[: first + 1])

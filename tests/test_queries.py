"""Builds are opened safely and asked rightly: what pages see of a tiny database, and what a reader may not do to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard import builds, queries
from dashboard.builds import AskError, Build, NoBuildError
from dashboard.model import Aside, Choice
from etl import store
from tests import tiny


@pytest.fixture
def build(folder: Path) -> Build:
    return builds.current()


@pytest.mark.parametrize(
    "statement",
    [
        "COPY (SELECT 1) TO '{out}'",
        "SELECT * FROM read_text('{schema}')",
        "SELECT * FROM read_csv('{schema}')",
        "ATTACH '{out}' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '4GB'",
        "CREATE TABLE t (x INTEGER)",
        "DELETE FROM observation",
    ],
)
def test_a_reader_can_only_read(build: Build, tmp_path: Path, statement: str) -> None:
    with pytest.raises(AskError):
        build.rows(statement.format(out=tmp_path / "out", schema=store.__file__))
    assert not (tmp_path / "out").exists()


def test_a_question_without_end_is_interrupted(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builds, "TIME_LIMIT", 0.2)
    with pytest.raises(AskError, match=r"(?i)interrupt"):
        build.rows(
            "SELECT count(*) FROM range(1_000_000_000) a, range(1_000_000_000) b WHERE a.range % 7 = b.range % 5"
        )
    assert build.rows("SELECT 1") == [(1,)]


@pytest.mark.parametrize(
    ("pointer", "reason"),
    [
        (None, "no_build"),
        ("", "bad_pointer"),
        ("7-gone\n", "bad_pointer"),
        ("../../etc/passwd", "bad_pointer"),
        ("1-broken", "bad_build"),
    ],
)
def test_a_missing_or_broken_build_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pointer: str | None, reason: str
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    (tmp_path / "builds").mkdir()
    (tmp_path / "builds" / "1-broken.duckdb").write_bytes(b"no database" * 1000)
    if pointer is not None:
        (tmp_path / "current").write_text(pointer)
    with pytest.raises(NoBuildError) as raised:
        builds.current()
    assert raised.value.reason == reason


def test_a_build_of_another_schema_is_not_read(folder: Path) -> None:
    with duckdb.connect(str(folder / "builds" / "1-tiny.duckdb")) as con:
        con.execute("UPDATE build SET schema_version = 99")
    with pytest.raises(NoBuildError) as raised:
        builds.current()
    assert raised.value.reason == "other_schema"


def test_a_figure_for_which_another_is_shown_is_told_but_not_drawn(build: Build) -> None:
    told = queries.chosen(build, Choice(indicators=("output",), measures=("value",), scopes=("",)), 0, 99)
    assert {o.id for o in told} - {o.id for o in queries.drawn(build, "output")} == {"o21b"}
    assert {o.id: o.set_aside for o in told if o.set_aside} == {"o21": 1}


def test_a_new_build_is_seen_while_the_old_one_still_answers(folder: Path, build: Build) -> None:
    before = len(queries.drawn(build, "output"))
    tiny.make(folder, 2, figures=tiny.FIGURES.split("w24")[0])
    after = builds.current()
    assert (after.path, queries.made(after).number) != (build.path, queries.made(build).number)
    assert len(queries.drawn(build, "output")) == before
    assert len(queries.drawn(after, "output")) == before - 3


def test_roles_come_from_the_series_and_units_from_the_measure(build: Build) -> None:
    found = {o.id: (o.role, o.unit.code) for o in queries.drawn(build, "output")}
    assert found["o24"] == ("line", "CNY")
    assert found["o25h"] == ("part", "CNY")
    assert found["o26"] == ("target", "CNY")
    assert found["y24"] == ("line", "percent")
    assert "o21b" not in found, "another figure is shown for it"


def test_a_drawn_figure_knows_its_rivals(build: Build) -> None:
    found = queries.rivals(build, "output")
    assert {mine: [o.id for o in others] for mine, others in found.items()} == {"o21": ["o21b"]}
    assert queries.rivals(build.known_on(date(2022, 1, 1)), "output") == {}, "neither was published yet"


def test_totals_and_coverage_count_what_stands(build: Build) -> None:
    assert queries.totals(build) == {
        "observations": 22, "read": 10, "indicators": 3, "places": 2, "articles": 2, "refusals": 2,
        "newest": date(2026, 1, 17),
    }  # fmt: skip
    assert queries.coverage(build, None)["output", 2024] == 3
    assert ("output", 2018) not in queries.coverage(build, None)
    assert queries.coverage(build, "sip") == {("output", 2025): 2, ("plants", 2026): 1}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), 22),
        (Choice(indicators=("plants", "models")), 6),
        (Choice(places=("sip",)), 3),
        (Choice(statuses=("target",)), 3),
        (Choice(origins=("article",)), 10),
        (Choice(years=(2023, 2024)), 8),
        (Choice(indicators=("plants",), places=("sip",), origins=("curated",)), 0),
        (Choice(indicators=("' OR 1=1 --",)), 0),
    ],
)
def test_filters_count_list_and_export_the_same_rows(build: Build, choice: Choice, expected: int) -> None:
    listed = queries.chosen(build, choice, 0, 1000)
    exported = queries.exported(build, choice)
    assert queries.count(build, choice) == expected
    assert sorted(o.id for o in listed) == sorted(row["id"] for row in exported)
    assert len(listed) == expected


def test_the_export_keeps_order_and_cells_of_the_delivered_table(build: Build) -> None:
    whole = build.table("SELECT * FROM export")
    assert queries.exported(build, Choice()) == whole
    assert queries.exported(build, Choice(places=("suzhou",))) == [row for row in whole if row["place"] == "suzhou"]


def test_pages_of_the_table_do_not_overlap(build: Build) -> None:
    pages = [queries.chosen(build, Choice(), first, 5) for first in range(0, 25, 5)]
    assert [o.id for page in pages for o in page] == [o.id for o in queries.chosen(build, Choice(), 0, 1000)]


def test_every_evidence_is_the_characters_it_points_at(build: Build) -> None:
    for article in ("a1", "a2"):
        text = queries.text(build, article)
        for o in queries.read_from(build, article):
            assert text[o.char_start : o.char_end] == o.quote
        assert [text[r.char_start : r.char_end] for r in queries.refusals(build, article)] == [
            r.printed for r in queries.refusals(build, article)
        ]


def test_what_a_build_changed_names_one_figure_an_indicator(build: Build) -> None:
    changed = queries.changes(build, 10)
    assert [(kind, o.indicator) for kind, o in changed] == [
        ("added", "output"),
        ("added", "plants"),
        ("added", "models"),
    ]
    assert all(o.origin == "article" for _, o in changed)


@pytest.mark.parametrize(
    ("target", "day", "came_of"),
    [
        ("o22t", "2026-11-22", ("met", "o22")),
        ("o23t", "2026-11-22", ("missed", "o23")),
        ("o26", "2026-11-22", ("open", None)),
        ("o26", "2027-06-01", ("silent", None)),
    ],
)
def test_outcomes(build: Build, target: str, day: str, came_of: tuple[str, str | None]) -> None:
    found = queries.outcomes(build, date.fromisoformat(day))[target]
    assert (found.state, found.figure) == came_of


def test_a_build_tells_what_was_known_on_a_day(build: Build) -> None:
    now = {o.id for o in queries.drawn(build, "output")}
    then = build.known_on(date(2024, 12, 31))
    assert {o.id for o in queries.drawn(then, "output")} == {
        id_ for id_ in now if id_ not in {"o23", "o24", "o26", "y23", "y24", "p25", "s25"}
    }
    assert queries.observation(then, "o24") is None
    assert [a.article for a in queries.articles(then, 0, 9)] == []
    assert [a.article for a in queries.articles(build.known_on(date(2025, 1, 1)), 0, 9)] == ["a1"]
    assert queries.totals(then)["articles"] == 0
    assert {o["id"] for o in queries.exported(then, Choice())} == {o.id for o in queries.chosen(then, Choice(), 0, 99)}
    assert {o.id for o in queries.drawn(build, "output")} == now, "asking about a day leaves no trace"


def test_the_rule_of_preference_names_what_it_set_aside(build: Build) -> None:
    for identity in ("o21", "o21b"):
        o = queries.observation(build, identity)
        assert o is not None
        assert queries.asides(build, o, 9) == (Aside("o21b", "o21", "differs"),)


def test_findings_and_histories(build: Build) -> None:
    found = queries.findings(build, "output", 9)
    assert found.number == 2
    assert [(f.kind, f.id, f.against) for f in found.first] == [
        ("share", "s25", ("p25", "o25")),
        ("conflict", "o21", ("o21b",)),
    ]
    known = queries.findings(build.known_on(date(2023, 1, 1)), "output", 9)
    assert [f.id for f in known.first] == ["o21"], "only of what was known"
    told = queries.history(build, "output", 9, 9)
    assert (told.number, told.first) == (1, (("o21", "first"), ("o21b", "revised")))
    assert queries.history(build, "output", 9, 1).first == (("o21", "first"),)


def test_waited_and_log(build: Build) -> None:
    [first, *_] = queries.waited(build, date(2026, 11, 22))
    assert (first.indicator, first.last, first.state, first.next_end) == ("output", "o25h", "late", date(2025, 12, 31))
    [brought] = queries.log(build, 5)
    assert (brought.number, brought.reason, brought.added) == (1, "article", 22)

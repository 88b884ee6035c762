"""Refresh: what is read again, what is carried over, what a build records, and that nothing half done is ever served."""

import csv
import io
import json
import os
from pathlib import Path

import duckdb
import pytest

from etl import checks, deliver, inputs, pipeline
from etl.builds import Builds, connect
from etl.errors import BuildError, InputError
from tests.conftest import ROOT, Press
from tests.toy import CURATED, FIRMS, OUTPUT, ROW, fail, read_nothing, read_toy


def changes(press: Press) -> list[tuple[str, str, str]]:
    """What the current build changed: change, reason, indicator."""
    return press.rows("""
        SELECT change, reason, indicator FROM change c JOIN observation o ON o.id = c.observation
        WHERE build = (SELECT max(number) FROM build) ORDER BY ALL
    """)


# ----------------------------------------------------------------------------------------------------------- increments


def test_nothing_new_changes_no_file(press: Press) -> None:
    press.put(a=FIRMS, b=OUTPUT)
    press.write("observations.csv", CURATED + ROW)
    press.refresh()
    before = press.snapshot()
    outcome = press.refresh(read=fail)
    assert (outcome.report, outcome.present, outcome.read) == (None, 2, 0)
    assert press.snapshot() == before


def test_nothing_new_however_often_something_failed(press: Press) -> None:
    press.put(a=FIRMS)
    press.write("b.txt", b"")
    press.refresh()
    before = press.snapshot()
    outcome = press.refresh()
    assert outcome.report is None
    assert [Path(problem.file).name for problem in outcome.failures] == ["b.txt"]
    assert press.snapshot() == before


def test_what_only_looks_new_is_not(press: Press) -> None:
    press.put(a=FIRMS)
    press.write("sources.yaml", "- file: a.txt\n  title: 标题\n")
    press.refresh()
    press.write("sources.yaml", "# a remark moves the lines\n\n- title: 标题\n  file: a.txt\n")
    os.utime(press.articles / "a.txt", (0, 0))
    assert press.refresh().report is None


def test_only_what_changed_is_read_again(press: Press) -> None:
    press.put(a=FIRMS, b=OUTPUT)
    assert press.counts() == (2, 2, 0, 0)
    press.put(c="ai_enterprises@kunshan 2024-12-31 =500")
    assert press.counts() == (1, 1, 0, 0)
    press.write("sources.yaml", "- file: a.txt\n  title: 标题\n")
    assert press.counts() == (1, 0, 0, 0)
    assert press.rows("SELECT article, title FROM export ORDER BY article") == [("a", "标题"), ("b", None), ("c", None)]


def test_a_changed_catalogue_reads_everything_again(press: Press) -> None:
    press.put(a=FIRMS, b=OUTPUT)
    press.catalogue = press.root / "metrics.yaml"
    press.catalogue.write_bytes((ROOT / "metrics.yaml").read_bytes())
    press.refresh()
    press.catalogue.write_bytes((ROOT / "metrics.yaml").read_bytes() + b"\n# changed\n")
    assert press.counts() == (2, 0, 0, 0)


def test_changed_rules_read_everything_again(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    press.put(a=FIRMS, b=OUTPUT)
    press.refresh()
    monkeypatch.setattr(inputs, "_rules", lambda: "other rules")
    press.put(a=f"{FIRMS} {OUTPUT}")
    assert press.counts() == (2, 1, 0, 0)
    assert changes(press) == [("added", "article", "industrial_output")]


def test_curated_figures_change_without_reading(press: Press) -> None:
    press.put(a=FIRMS)
    press.write("observations.csv", CURATED + ROW)
    press.refresh()
    press.write("observations.csv", CURATED + ROW.replace("1500", "1600"))
    assert press.counts(read=fail) == (0, 0, 1, 0)
    assert changes(press) == [("revised", "curated", "ai_enterprises")]


# -------------------------------------------------------------------------------------------------------------- history


def test_a_revision_keeps_its_id(press: Press) -> None:
    press.put(a=FIRMS, b=OUTPUT)
    press.refresh()
    first = press.rows("SELECT id, first_build FROM observation WHERE article = 'a'")
    press.put(a="moved down\n\n" + FIRMS.replace("=1800", ">1900"))
    assert press.counts() == (1, 0, 1, 0)
    assert press.rows("SELECT id, first_build FROM observation WHERE article = 'a'") == first
    assert press.rows(
        "SELECT change, reason, old_value::INT, new_value::INT, old_bound, new_bound FROM change WHERE build = 2"
    ) == [("revised", "article", 1800, 1900, "=", ">")]


def test_a_removed_article_is_withdrawn_and_may_come_back(press: Press) -> None:
    press.put(a=FIRMS, b=OUTPUT)
    press.refresh()
    press.put(a="")
    assert press.counts() == (0, 0, 0, 1)
    assert changes(press) == [("withdrawn", "removed", "ai_enterprises")]
    assert press.rows("SELECT article, state, withdrawn_build FROM article ORDER BY article") == [
        ("a", "withdrawn", 2),
        ("b", "read", None),
    ]
    assert press.rows("SELECT article FROM export") == [("b",)]
    assert press.rows("SELECT first_build, withdrawn_build, quote FROM observation WHERE article = 'a'") == [
        (1, 2, FIRMS)
    ]
    press.put(a=FIRMS)
    assert press.counts() == (1, 1, 0, 0)
    assert press.rows("SELECT first_build, withdrawn_build FROM observation WHERE article = 'a'") == [(1, None)]
    assert press.rows("SELECT state, withdrawn_build FROM article WHERE article = 'a'") == [("read", None)]
    assert [row[0] for row in press.rows("SELECT change FROM change ORDER BY build, change")] == [
        "added",
        "added",
        "withdrawn",
        "added",
    ]


def test_an_article_that_became_unreadable_keeps_its_last_reading(press: Press) -> None:
    press.put(a=FIRMS + " ?12", b=OUTPUT)
    press.refresh()
    press.write("a.txt", b"\x00\x01\x02")
    outcome = press.refresh()
    assert [Path(problem.file).name for problem in outcome.failures] == ["a.txt"]
    assert press.rows("SELECT state, note IS NOT NULL, text FROM article WHERE article = 'a'") == [
        ("kept", True, FIRMS + " ?12")
    ]
    assert press.rows("SELECT article FROM export ORDER BY article") == [("a",), ("b",)]
    assert press.rows("SELECT count(*) FROM refusal") == [(1,)]
    assert press.rows("SELECT file, failure FROM problem WHERE failure") == [(str(press.articles / "a.txt"), True)]
    press.put(a=FIRMS)
    assert press.counts() == (1, 0, 0, 0)
    assert press.rows("SELECT state, note FROM article WHERE article = 'a'") == [("read", None)]


def test_a_second_file_of_one_stem_loses_nothing(press: Press) -> None:
    press.put(a=FIRMS)
    press.refresh()
    press.write("a.md", OUTPUT)
    outcome = press.refresh()
    assert "would mean two articles" in outcome.failures[0].fault
    assert press.rows("SELECT indicator FROM export") == [("ai_enterprises",)]


def test_builds_know_those_before_them(press: Press) -> None:
    for value in ("1800", "1900", "2000"):
        press.put(a=FIRMS.replace("1800", value))
        press.refresh()
    press.put(b=OUTPUT)
    press.refresh()
    builds = press.rows("SELECT number, id, previous, data_version FROM build ORDER BY number")
    assert [row[0] for row in builds] == [1, 2, 3, 4]
    assert [row[2] for row in builds] == [None, *(row[1] for row in builds[:-1])]
    assert [row[3] for row in builds] == ["1.0.0", "1.0.1", "1.0.2", "1.1.0"]


@pytest.mark.parametrize(
    ("before", "version"),
    [
        ("CREATE OR REPLACE VIEW export AS SELECT 1 AS id", "2.0.0"),  # other columns
        ("ALTER TABLE refusal ADD COLUMN more INTEGER", "1.1.0"),  # other columns, but of nothing delivered
    ],
)
def test_other_columns_in_the_delivered_table_are_another_major_version(
    press: Press, monkeypatch: pytest.MonkeyPatch, before: str, version: str
) -> None:
    press.put(a=FIRMS)
    report = press.refresh().report
    assert report
    with duckdb.connect(str(press.data / "builds" / f"{report.id}.duckdb")) as con:
        con.execute(before)
    monkeypatch.setattr(inputs, "_rules", lambda: "rules with another schema")
    press.put(b=OUTPUT)
    press.refresh()
    assert press.rows("SELECT data_version FROM build ORDER BY number DESC LIMIT 1") == [(version,)]


@pytest.mark.parametrize(
    ("texts", "version"),
    [
        ({"b": OUTPUT}, "1.1.0"),
        ({"a": FIRMS.replace("1800", "1900")}, "1.0.1"),
        ({"a": FIRMS.replace("suzhou", "kunshan")}, "1.1.0"),
        ({"a": f"{FIRMS} ?12"}, "1.0.1"),
    ],
)
def test_the_version_says_what_changed(press: Press, texts: dict[str, str], version: str) -> None:
    press.put(a=FIRMS)
    press.refresh()
    press.put(**texts)
    press.refresh(accept_loss=True)
    assert press.rows("SELECT data_version FROM build ORDER BY number DESC LIMIT 1") == [(version,)]


def test_runs_are_logged(press: Press) -> None:
    press.put(a=FIRMS)
    press.refresh()
    press.refresh()
    press.put(b=OUTPUT)
    with pytest.raises(BuildError):
        press.refresh(read=fail)
    runs = [json.loads(line) for line in (press.data / "runs.jsonl").read_text("utf-8").splitlines()]
    assert [(run["outcome"], run.get("added")) for run in runs] == [("published", 1), ("failed", None)]


def test_another_schema_starts_anew_with_a_higher_number(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    press.put(a=FIRMS)
    report = press.refresh().report
    assert report
    with duckdb.connect(str(press.data / "builds" / f"{report.id}.duckdb")) as con:
        con.execute("ALTER TABLE change ADD COLUMN more INTEGER")
    monkeypatch.setattr(inputs, "_rules", lambda: "rules with another schema")
    press.put(b=OUTPUT)
    report = press.refresh().report
    assert report
    assert report.id.startswith("2-")
    assert press.rows("SELECT article FROM export ORDER BY article") == [("a",), ("b",)]


def test_history_goes_on_where_only_what_is_reckoned_anew_has_other_columns(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.put(a=FIRMS)
    report = press.refresh().report
    assert report
    with duckdb.connect(str(press.data / "builds" / f"{report.id}.duckdb")) as con:
        con.execute(
            "DROP VIEW series; DROP VIEW fact; ALTER TABLE chosen DROP COLUMN indicator; ALTER TABLE finding ADD COLUMN more INTEGER"
        )
    monkeypatch.setattr(inputs, "_rules", lambda: "rules with another schema")
    press.put(b=OUTPUT)
    report = press.refresh().report
    assert report
    assert report.added == 1, "the figure of the first article was there before"
    assert press.rows("SELECT number FROM build ORDER BY number") == [(1,), (2,)]


# --------------------------------------------------------------------------------------------------------------- safety


def test_a_fault_of_the_rules_leaves_the_build_before(press: Press) -> None:
    press.put(a=FIRMS)
    press.refresh()
    current = Builds(press.data).current()
    press.put(b=OUTPUT)
    with pytest.raises(BuildError, match=r"b\.txt: the rules failed on it: ZeroDivisionError"):
        press.refresh(read=fail)
    assert Builds(press.data).current() == current
    assert press.refresh().read == 1


@pytest.mark.parametrize(
    ("article", "fault"),
    [("atlantis", "a place is not in the catalogue"), ("suzhou", "an indicator is not in the catalogue")],
)
def test_a_figure_of_something_unknown_is_our_fault(press: Press, article: str, fault: str) -> None:
    press.put(a=FIRMS.replace("suzhou", article) if article == "atlantis" else FIRMS.replace("ai_enterprises", "firms"))
    with pytest.raises(BuildError, match=fault):
        press.refresh()
    assert Builds(press.data).current() is None


def test_too_much_lost_is_not_published(press: Press) -> None:
    press.put(a=f"{FIRMS} {OUTPUT}")
    press.refresh()
    before = Builds(press.data).current()
    press.put(a="nothing any more")
    with pytest.raises(BuildError, match=r"2 of 2 observations of articles still present are gone.*--accept-loss"):
        press.refresh()
    assert Builds(press.data).current() == before
    assert press.counts(accept_loss=True) == (1, 0, 0, 2)


def test_a_small_loss_and_a_removed_article_are_published(press: Press) -> None:
    press.put(a=" ".join(f"ai_enterprises@suzhou {year}-12-31 ={year}" for year in range(2000, 2020)), b=OUTPUT)
    press.refresh()
    press.put(a=" ".join(f"ai_enterprises@suzhou {year}-12-31 ={year}" for year in range(2001, 2020)), b="")
    assert press.counts() == (1, 0, 0, 2)


def test_an_emptied_folder_is_taken_for_a_mistake(press: Press) -> None:
    press.put(a=FIRMS)
    press.refresh()
    press.put(a="")
    with pytest.raises(BuildError, match="holds no article any more"):
        press.refresh()
    assert press.counts(accept_loss=True) == (0, 0, 0, 1)


def test_faults_of_all_files_are_told_at_once(press: Press) -> None:
    press.put(a=FIRMS)
    press.write("sources.yaml", "- file: a.txt\n  titel: x\n")
    press.write("observations.csv", CURATED + ROW.replace("1500", "many"))
    with pytest.raises(InputError) as error:
        press.refresh()
    assert [(Path(p.file).name, p.line) for p in error.value.problems] == [("observations.csv", 2), ("sources.yaml", 2)]
    assert Builds(press.data).current() is None


def test_a_full_disk_is_no_traceback(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise duckdb.IOException("No space left on device")

    press.put(a=FIRMS)
    monkeypatch.setattr(checks, "mark_suspects", full)
    with pytest.raises(BuildError, match="the build cannot be written: No space left"):
        press.refresh()
    assert Builds(press.data).current() is None


# --------------------------------------------------------------------------------------------------------------- export


def test_the_order_of_arrival_leaves_no_trace(tmp_path: Path) -> None:
    texts = {"a": f"{FIRMS} ?1", "b": f"{OUTPUT}\n{OUTPUT}", "c": f"{FIRMS.replace('1800', '1900')}\r\n{FIRMS}"}
    exports = set()
    for n, arrivals in enumerate(((("a", "b", "c"),), (("c",), ("a", "b")), (("b", "c"), ("d",), ("-d", "a")))):
        press = Press(tmp_path / str(n))
        press.articles.mkdir(parents=True)
        for names in arrivals:
            press.put(**{name.lstrip("-"): "" if name[0] == "-" else texts.get(name, "passing") for name in names})
            press.refresh()
        exports.add(press.export())
    assert len(exports) == 1


def test_curated_rows_in_any_order_are_the_same(press: Press) -> None:
    press.put(a=FIRMS)
    rows = [ROW, ROW.replace("1500", "1600"), ROW.replace("ai_enterprises", "listed_companies")]
    press.write("observations.csv", CURATED + "".join(rows))
    press.refresh()
    first = press.export()
    press.write("observations.csv", CURATED + "".join(rows[::-1]))
    press.refresh()
    assert press.export() == first


def test_the_exported_file(press: Press, tmp_path: Path) -> None:
    press.put(a=f"𠮷，\r\n“{FIRMS}”, and\n{OUTPUT}", b="no figure")
    press.write("sources.yaml", "- file: a.txt\n  title: =标题\n  published: 2024-09-10\n  date_precision: month\n")
    press.write("observations.csv", CURATED + ROW)
    press.refresh()
    with connect(Builds(press.data).path(Builds(press.data).current() or "")) as con:
        path = deliver.export(con, tmp_path / "out")
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid,article,indicator")
    assert sorted(p.name for p in path.parent.iterdir()) == ["observations.csv"]
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [(r["origin"], r["indicator"], r["value"], r["published"], r["title"]) for r in rows] == [
        ("article", "industrial_output", "4680000000000", "2024-09", "'=标题"),
        ("curated", "ai_enterprises", "1500", "2024-01", "标题"),
        ("article", "ai_enterprises", "1800", "2024-09", "'=标题"),
    ]
    raw = (press.articles / "a.txt").read_bytes().decode()
    for row in rows:
        if row["origin"] == "article":
            assert raw[int(row["char_start"]) : int(row["char_end"])] == row["quote"]
            assert raw[int(row["figure_start"]) : int(row["figure_end"])] == row["printed"]
        else:
            assert (row["article"], row["quote"], row["char_start"]) == ("", "", "")


def test_a_pool_gives_what_one_process_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_POOL_FROM", 2)
    exports = []
    for workers in (1, 2):
        press = Press(tmp_path / str(workers))
        press.articles.mkdir(parents=True)
        press.put(**{f"a{n:02}": FIRMS.replace("1800", str(n)) for n in range(12)})
        press.write("z.txt", b"")
        outcome = press.refresh(workers=workers)
        assert (outcome.read, len(outcome.failures)) == (12, 1)
        exports.append(press.export())
    assert exports[0] == exports[1]


def test_progress_is_told(press: Press) -> None:
    press.put(a=FIRMS, b=OUTPUT)
    told: list[tuple[int, int]] = []
    request = pipeline.Request(press.articles, press.catalogue, press.data)
    pipeline.refresh(request, read_nothing, lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_the_toy_reader_reads(press: Press) -> None:
    press.put(a=f"{FIRMS} ?12")
    press.refresh(read_toy)
    assert press.rows("SELECT printed, reason FROM refusal") == [("12", "no_indicator")]

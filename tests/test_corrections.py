"""corrections.yaml: what people found misread stays corrected, whatever is read anew, and a guard that fails is named."""

import re
from pathlib import Path

import pytest

from etl import corrections, pipeline
from etl.builds import Builds
from etl.catalogue import Catalogue
from etl.errors import InputError
from etl.pipeline import Request
from tests.conftest import ROOT, Press
from tests.toy import FIRMS, OUTPUT, fail, read_toy

HEAD = """\
- article: a
  indicator: ai_enterprises
  place: suzhou
  period: 2024-12-31
  expect: ai_enterprises@suzhou2024-12-31=1800
  reason: 原文所说为园区
  by: editor
  on: 2026-03-01
"""
REJECT = HEAD + "  reject: true\n"
STANDS = "SELECT place, period, value::INT, bound, amended, correction FROM export WHERE indicator = 'ai_enterprises'"
LOG = "SELECT change, reason, old_value::INT, new_value::INT FROM change WHERE build = (SELECT max(number) FROM build)"


def amend(what: str) -> str:
    return HEAD + f"  amend: {{{what}}}\n"


@pytest.fixture
def told(press: Press) -> Press:
    """Two articles, read; the figure of the first is the one to be corrected."""
    press.put(a=FIRMS, b=OUTPUT)
    press.refresh()
    return press


def test_a_rejected_figure_stands_no_more(told: Press) -> None:
    told.write("corrections.yaml", REJECT)
    assert told.counts(read=fail) == (0, 0, 0, 1), "corrected without reading anything again"
    assert told.rows("SELECT indicator FROM export") == [("industrial_output",)]
    assert told.rows(LOG) == [("withdrawn", "correction", 1800, None)]
    assert told.rows("SELECT withdrawn_build FROM observation WHERE article = 'a'") == [(None,)], "the reading is kept"


@pytest.mark.parametrize(
    ("what", "stands"),
    [
        ("place: sip", ("sip", "2024-12-31", 1800, "=", "place")),
        ("period: 2023", ("suzhou", "2023", 1800, "=", "period")),
        ("value: 1900, bound: '>'", ("suzhou", "2024-12-31", 1900, ">", "value bound")),
        ("place: sip, period: 2023-12-31", ("sip", "2023-12-31", 1800, "=", "place period")),
    ],
)
def test_an_amended_figure_stands_as_amended(told: Press, what: str, stands: tuple[object, ...]) -> None:
    told.write("corrections.yaml", amend(what))
    assert told.counts(read=fail) == (0, 0, 1, 0)
    assert told.rows(STANDS) == [(*stands, "原文所说为园区")]
    [(kind, reason, *_)] = told.rows(LOG)
    assert (kind, reason) == ("revised", "correction")
    assert told.rows("SELECT count(*) FROM fact WHERE indicator = 'ai_enterprises'") == [(1,)]


def test_amended_columns_move_together(told: Press) -> None:
    told.write("corrections.yaml", amend("period: 2023, measure: share, share_of: china, value: 12.5"))
    told.refresh()
    assert told.rows("""
        SELECT period_start::VARCHAR, period_end::VARCHAR, period_kind, e.measure, e.share_of, rounding::DOUBLE, unit
        FROM standing s JOIN export e USING (id) WHERE s.indicator = 'ai_enterprises'
    """) == [("2023-01-01", "2023-12-31", "year", "share", "china", 0.05, "percent")]


def test_a_correction_survives_a_new_reading(told: Press) -> None:
    told.write("corrections.yaml", amend("place: sip"))
    told.refresh()
    before = told.rows(STANDS)
    told.put(a=f"moved down\n\n{FIRMS} and more: {OUTPUT}")
    assert told.counts() == (1, 1, 0, 0)
    assert told.rows(STANDS) == before
    told.put(c="ai_enterprises@kunshan 2024-12-31 =500")
    assert told.counts() == (1, 1, 0, 0), "the corrected article is carried over unread"
    assert ("sip", "2024-12-31", 1800, "=", "place", "原文所说为园区") in told.rows(STANDS)


def test_a_correction_taken_out_gives_the_reading_back(told: Press) -> None:
    as_read = told.rows(STANDS)
    told.write("corrections.yaml", amend("place: sip"))
    told.refresh()
    told.write("corrections.yaml", "# none\n")
    assert told.counts(read=fail) == (0, 0, 1, 0)
    assert told.rows(STANDS) == as_read
    told.write("corrections.yaml", REJECT)
    told.refresh()
    (told.articles / "corrections.yaml").unlink()
    assert told.counts(read=fail) == (0, 1, 0, 0)
    assert told.rows(LOG) == [("added", "correction", None, 1800)]


def test_a_rejection_is_no_loss(told: Press) -> None:
    told.write("corrections.yaml", REJECT)
    assert told.refresh(accept_loss=False).report


def test_a_guard_that_no_longer_holds_is_named_and_nothing_is_published(told: Press) -> None:
    told.write("corrections.yaml", REJECT)
    told.refresh()
    told.put(a=FIRMS.replace("1800", "1900"))
    builds = Builds(told.data).ids()
    with pytest.raises(InputError) as raised:
        told.refresh()
    assert re.search(
        r'corrections\.yaml:1: expect "ai_enterprises@suzhou2024-12-31=1800" in a .* selects no figure',
        str(raised.value),
    )
    assert '"ai_enterprises@suzhou2024-12-31=1900"' in str(raised.value), "says how it is read now"
    assert Builds(told.data).ids() == builds
    assert told.rows("SELECT indicator FROM export") == [("industrial_output",)], "the last good build serves"


def test_check_names_a_guard_that_no_longer_holds(told: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "read_article", read_toy)
    request = Request(told.articles, told.catalogue, told.data)
    told.write("corrections.yaml", REJECT)
    assert pipeline.check(request).failures == ()
    told.put(a=FIRMS.replace("suzhou", "kunshan"))
    [failure] = pipeline.check(request).failures
    assert Path(failure.file).name == "corrections.yaml"
    assert "selects no figure" in failure.fault


def test_a_guard_that_fits_two_figures_asks_for_more(press: Press) -> None:
    press.put(a=f"{FIRMS} {FIRMS.replace('1800', '1900')}")
    press.write("corrections.yaml", REJECT.replace("2024-12-31=1800", "2024-12-31="))
    with pytest.raises(InputError, match=r"corrections\.yaml:1: expect .* selects 2 figures; quote more of the words"):
        press.refresh()


def test_two_corrections_of_one_figure_are_a_fault(told: Press) -> None:
    told.write("corrections.yaml", REJECT + amend("place: sip"))
    with pytest.raises(InputError, match=r"corrections\.yaml:10: corrects the same figure as line 1"):
        told.refresh()


def test_a_correction_of_an_article_that_is_gone_is_remarked(told: Press) -> None:
    told.write("corrections.yaml", REJECT)
    told.put(a="")
    outcome = told.refresh(accept_loss=True)
    assert outcome.report
    assert any('article "a" is not there to be corrected' in remark.fault for remark in outcome.remarks)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD, r":1: has to say either reject: true or amend"),
        (REJECT + "  amend: {place: sip}\n", r":1: has to say either reject: true or amend"),
        (REJECT.replace("  by: editor\n", ""), r':1: key "by" is missing'),
        (REJECT.replace("ai_enterprises\n", "ai_enterprise\n"), r':2: indicator "ai_enterprise" is not .* did you mean "ai_enterprises"'),
        (REJECT.replace("2024-12-31\n", "end of 2024\n"), r":4: period: not a period"),
        (REJECT.replace("2026-03-01", "March"), r':8: on "March" is no day'),
        (REJECT + "  note: x\n", r':10: unknown key "note"'),
        (amend("value: 1.8万"), r':9: .*value "1\.8万" is no number'),
        (amend("measure: share"), r":9: .*needs share_of"),
        (amend("scope: x"), r':9: .*scope "x" is not plain or a scope of the indicator'),
        (amend("bound: ≥"), r":9: .*bound"),
        ("a: b\n", r":1: this is not a list"),
    ],
)  # fmt: skip
def test_faults_are_named_with_their_lines(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"corrections\.yaml" + fault):
        corrections.read(path, Catalogue.load(ROOT / "metrics.yaml"))


def test_the_file_of_the_project_is_sound() -> None:
    corrections.read(ROOT / "seeds" / "corrections.yaml", Catalogue.load(ROOT / "metrics.yaml"))

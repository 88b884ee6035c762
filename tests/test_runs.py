"""The log of runs: what a line says, and that nothing half written, too long or unreadable in it does harm."""

import json
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from etl import durable, pipeline, runs
from etl.builds import Builds
from etl.errors import BuildError, BusyError
from etl.pipeline import Request
from etl.runs import Run
from tests.conftest import Press
from tests.toy import FIRMS, OUTPUT, fail, read_toy

SIX = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)


def run(number: int = 1, **more: object) -> Run:
    return Run("2026-11-22T22:00:00+00:00", number, "schedule", "unchanged", **more)  # type: ignore[arg-type]


def scheduled(press: Press, read: pipeline.Reader = read_toy) -> None:
    pipeline.refresh(Request(press.articles, press.catalogue, press.data, by="schedule", started=SIX), read)


# ---------------------------------------------------------------------------------------------------------- what it says
def test_a_run_that_published_says_what_it_changed(press: Press) -> None:
    press.put(a=FIRMS, b=OUTPUT)
    press.write("c.txt", b"")
    scheduled(press)

    [line] = runs.last(press.data, 30)
    assert line.pop("seconds") >= 0
    assert line == {
        "started": "2026-11-22T22:00:00+00:00",
        "by": "schedule",
        "outcome": "published",
        "build": Builds(press.data).current(),
        "articles": 3,
        "read": 2,
        "added": 2,
        "revised": 0,
        "withdrawn": 0,
        "failed": 1,
        "failures": [f"{press.articles / 'c.txt'}:1: the file is empty; put the article in it or take it out"],
    }


def test_the_schedule_logs_also_what_found_nothing_new_and_a_hand_does_not(press: Press) -> None:
    press.put(a=FIRMS)
    press.refresh()
    press.refresh()
    scheduled(press)

    said = [(line["by"], line["outcome"], line["added"], line["build"]) for line in runs.last(press.data, 30)]
    current = Builds(press.data).current()
    assert said == [("hand", "published", 1, current), ("schedule", "unchanged", 0, current)]


def test_a_run_that_meets_another_is_skipped_and_one_that_breaks_has_failed(press: Press) -> None:
    press.put(a=FIRMS)
    with Builds(press.data).locked(), pytest.raises(BusyError):
        scheduled(press)
    with pytest.raises(BuildError):
        scheduled(press, fail)

    skipped, failed = runs.last(press.data, 30)
    assert (skipped["outcome"], skipped["reason"]) == (
        "skipped",
        f"another run is at work on {press.data}; wait until it ends",
    )
    assert (failed["outcome"], failed["reason"].endswith("ZeroDivisionError: a fault of the rules")) == ("failed", True)


def test_a_rollback_is_a_run_too(press: Press) -> None:
    for value in ("1800", "1900"):
        press.put(a=FIRMS.replace("1800", value))
        press.refresh()
    served = pipeline.roll_back(press.data)

    line = runs.last(press.data, 1)[0]
    assert (line["by"], line["outcome"], line["build"]) == ("hand", "rolled back", served)


def test_every_key_of_a_line_is_explained() -> None:
    explained = {word.strip(" ,") for line in (runs.__doc__ or "").splitlines() for word in line[:30].split(", ")}

    assert {name.split("  ")[0] for name in explained} >= set(Run.__annotations__)


# --------------------------------------------------------------------------------------------------------------- damage
@pytest.mark.parametrize(
    "rubbish",
    [b'{"started": "2026-', b"\xff\xfe\n", b"[1, 2]\n", b"\0" * 4096, b"\n\n", b"[" * 100_000 + b"\n", b'"\n', b"7\n"],
    ids=[
        "half a line",
        "no text",
        "a list",
        "zeros",
        "empty lines",
        "nested without end",
        "a quotation mark",
        "a number",
    ],
)
def test_rubbish_in_the_log_is_passed_over_and_the_next_line_is_whole(tmp_path: Path, rubbish: bytes) -> None:
    runs.append(tmp_path, run(1))
    with (tmp_path / runs.FILE).open("ab") as log:
        log.write(rubbish)
    runs.append(tmp_path, run(2))
    runs.append(tmp_path, run(3))

    assert [line["seconds"] for line in runs.last(tmp_path, 30)] == [1, 2, 3]


@pytest.mark.parametrize("what", ["nothing", "a folder"])
def test_a_log_that_cannot_be_read_is_as_good_as_none(tmp_path: Path, what: str) -> None:
    if what == "a folder":
        (tmp_path / runs.FILE).mkdir()

    assert runs.last(tmp_path, 30) == []


def test_a_log_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "KEPT", 5)
    for number in range(12):
        runs.append(tmp_path, run(number))

    assert len((tmp_path / runs.FILE).read_bytes().splitlines()) == 5
    assert [line["seconds"] for line in runs.last(tmp_path, 3)] == [9, 10, 11]


def test_a_log_that_cannot_be_cut_is_only_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(runs, "KEPT", 2)
    monkeypatch.setattr(durable, "put", full)
    for number in range(4):
        runs.append(tmp_path, run(number))

    assert [line["seconds"] for line in runs.last(tmp_path, 30)] == [0, 1, 2, 3]


def test_a_line_stays_short_however_much_went_wrong(tmp_path: Path) -> None:
    runs.append(tmp_path, run(failed=5_000, failures=["a file"] * 5_000, reason="x" * 100_000))

    [line] = runs.last(tmp_path, 1)
    assert (line["failed"], len(line["failures"]), len(line["reason"])) == (5_000, 20, 2_000)


def test_names_that_are_no_text_are_logged(tmp_path: Path) -> None:
    name = b"\xff.txt".decode("utf-8", "surrogateescape")
    runs.append(tmp_path, run(failures=[name]))

    assert json.loads((tmp_path / runs.FILE).read_text("utf-8"))["failures"] == [name]


def test_a_line_written_while_another_run_cuts_the_log_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other, put = Thread(target=runs.append, args=(tmp_path, run(7))), durable.put

    def slowly(path: Path, content: bytes) -> None:
        if not other.ident:
            other.start()
            other.join(0.3)
        put(path, content)

    monkeypatch.setattr(runs, "KEPT", 2)
    monkeypatch.setattr(durable, "put", slowly)
    for number in range(3):
        runs.append(tmp_path, run(number))
    other.join()

    assert [line["seconds"] for line in runs.last(tmp_path, 100)] == [2, 7]


def test_what_is_published_is_served_although_it_cannot_be_logged(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    press.put(a=FIRMS)
    monkeypatch.setattr(runs, "append", full)
    outcome = press.refresh()

    assert outcome.report
    assert [str(remark) for remark in outcome.remarks][-1].endswith(
        "runs.jsonl:1: this run is not logged (No space left on device); make room for it"
    )
    assert press.rows("SELECT value FROM export") == [("1800",)]

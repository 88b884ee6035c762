"""The folder of builds: what is served when a run dies, is killed, meets another, or is rolled back."""

import contextlib
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from etl import checks, pipeline, store
from etl.builds import KEPT, Builds, connect
from etl.errors import BuildError
from tests.conftest import Press
from tests.toy import CURATED, FIRMS, OUTPUT, ROW, read_nothing


@pytest.mark.parametrize("moment", ["write", "rename", "point"])
def test_a_run_that_dies_leaves_the_build_before(press: Press, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    press.put(a=FIRMS)
    press.refresh()
    served, builds = press.export(), Builds(press.data)
    press.put(b=OUTPUT)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if moment == "write":
            patch.setattr(checks, "faults", die)
        else:
            patch.setattr(Path, "replace", die) if moment == "rename" else patch.setattr(Builds, "point", die)
        with pytest.raises(KeyboardInterrupt):
            press.refresh()
    assert press.export() == served
    assert press.counts()[0] >= 1
    assert press.rows("SELECT article FROM export ORDER BY article") == [("a",), ("b",)]
    assert [path for path in builds.folder.iterdir() if path.name.startswith(".")] == []


@pytest.mark.soak
def test_a_killed_run_is_never_half_served(press: Press) -> None:
    press.put(a="没有数字。")
    options = {"--articles": press.articles, "--catalogue": press.catalogue, "--data": press.data}
    command = [sys.executable, "-m", "etl", "refresh", *(str(part) for option in options.items() for part in option)]
    random = Random(7)
    for turn in range(40):
        press.write("observations.csv", CURATED + ROW.replace("1500", str(turn + 1)))
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(random.uniform(0.2, 1.2))
        run.kill()
        run.wait()
        builds = Builds(press.data)
        if current := builds.current():
            assert store.faults(builds.path(current)) == []
    assert press.refresh(read_nothing).failures == ()
    assert press.rows("SELECT value FROM export") == [("40",)]


@pytest.mark.parametrize("pointer", [b"", b"7-abc\n", b"\xff\xfe"])
def test_a_broken_pointer_is_mended(press: Press, pointer: bytes) -> None:
    press.put(a=FIRMS)
    press.refresh()
    good = (press.data / "current").read_bytes()
    (press.data / "current").write_bytes(pointer)
    assert press.refresh().report is None
    assert (press.data / "current").read_bytes() == good


def test_a_damaged_build_is_followed_from_the_one_before(press: Press) -> None:
    press.put(a=FIRMS)
    press.refresh()
    press.put(b=OUTPUT)
    report = press.refresh().report
    assert report
    (press.data / "builds" / f"{report.id}.duckdb").write_bytes(b"not a database")
    assert press.counts() == (1, 1, 0, 0)
    assert press.rows("SELECT article, first_build FROM observation ORDER BY ALL") == [("a", 1), ("b", 3)]


def test_a_corrupt_build_is_made_anew(press: Press) -> None:
    press.put(a=FIRMS)
    report = press.refresh().report
    assert report
    (press.data / "builds" / f"{report.id}.duckdb").write_bytes(b"not a database")
    assert press.counts() == (1, 1, 0, 0)
    assert press.rows("SELECT max(number) FROM build") == [(2,)]


def test_readers_keep_what_they_have_open(press: Press) -> None:
    press.put(a=FIRMS)
    press.refresh()
    builds = Builds(press.data)
    with connect(builds.path(builds.current() or "")) as con:
        press.put(b=OUTPUT)
        press.refresh()
        assert con.execute("SELECT count(*) FROM export").fetchall() == [(1,)]
        assert press.rows("SELECT count(*) FROM export") == [(2,)]


def test_two_runs_do_not_meet(press: Press) -> None:
    with Builds(press.data).locked(), pytest.raises(BuildError, match="another run is at work"):
        press.refresh()


def test_rollback_serves_the_build_before(press: Press) -> None:
    for value in ("1800", "1900", "2000"):
        press.put(a=FIRMS.replace("1800", value))
        press.refresh()
    ids = Builds(press.data).ids()
    assert pipeline.roll_back(press.data) == ids[1]
    assert press.rows("SELECT value FROM export") == [("1900",)]
    assert pipeline.roll_back(press.data) == ids[0]
    assert pipeline.roll_back(press.data, ids[2]) == ids[2]
    assert press.rows("SELECT value FROM export") == [("2000",)]
    with pytest.raises(BuildError, match='no build "9-x"'):
        pipeline.roll_back(press.data, "9-x")
    pipeline.roll_back(press.data, ids[0])
    with pytest.raises(BuildError, match="no build before"):
        pipeline.roll_back(press.data)


def test_a_refresh_after_a_rollback_takes_a_new_number(press: Press) -> None:
    for value in ("1800", "1900"):
        press.put(a=FIRMS.replace("1800", value))
        press.refresh()
    pipeline.roll_back(press.data)
    report = press.refresh().report
    assert report
    assert report.id.startswith("3-")
    assert press.rows("SELECT value FROM export") == [("1900",)]


def test_ten_builds_are_kept(press: Press) -> None:
    press.put(a=FIRMS)
    press.refresh()
    for number in range(2, KEPT + 2):
        (press.data / "builds" / f"{number}-abc.duckdb").touch()
    press.put(b=OUTPUT)
    press.refresh()
    assert [id_.split("-")[0] for id_ in Builds(press.data).ids()] == [str(n) for n in range(3, KEPT + 3)]

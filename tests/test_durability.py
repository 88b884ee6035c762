"""What a refresh survives: kills, full and read-only disks, damaged files, two at once, a clock that jumps.

After each of them the dashboard must have the last good build, and the next refresh must be clean by itself.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import duckdb
import pytest
import streamlit as st

from dashboard import builds as served_builds
from dashboard import queries
from etl import builds, deliver, pipeline, runs, store
from etl.builds import Builds
from etl.errors import BuildError
from etl.pipeline import Request
from tests.conftest import ROOT, Press
from tests.toy import CURATED, FIRMS, OUTPUT, ROW, read_toy

TEXT = "2024年，苏州工业园区规上工业总产值突破{}亿元。"
FULL = OSError(28, "No space left on device")


@pytest.fixture(autouse=True)
def _dashboard(press: Press, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATA_DIR", str(press.data))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def command(press: Press, workers: int = 1) -> list[str]:
    options = {"--articles": press.articles, "--catalogue": press.catalogue, "--data": press.data, "--workers": workers}
    return [sys.executable, "-m", "etl", "refresh", *(str(part) for option in options.items() for part in option)]


def shown() -> tuple[str, list[tuple[str, str]]]:
    """What the dashboard serves: the id of the build, and its figures."""
    build = served_builds.current()
    try:
        return queries.made(build).id, build.rows("SELECT article, value FROM export ORDER BY ALL")
    finally:
        build.connection.close()
        st.cache_resource.clear()
        st.cache_data.clear()


def assert_sound(press: Press) -> None:
    """What is served is a whole build, to the dashboard as to the commands."""
    folder = Builds(press.data)
    current = folder.current()
    assert current
    assert store.look(folder.path(current))
    assert store.faults(folder.path(current)) == []
    assert shown()[0] == current


def undisturbed(press: Press, root: Path, read: pipeline.Reader = read_toy) -> bytes:
    """The table of a data folder to which nothing ever happened."""
    shutil.rmtree(root, ignore_errors=True)
    pipeline.refresh(Request(press.articles, press.catalogue, root), read)
    with builds.connect(Builds(root).path(Builds(root).current() or "")) as con:
        return deliver.table(con)


# ---------------------------------------------------------------------------------------------------------------- kills
def turn(press: Press, number: int) -> list[str]:
    """New articles and figures: as many curated ones, and those of such a value, as only this turn has."""
    press.put(**{f"n{number % 3}": TEXT.format(6000 + number)})
    rows = [ROW.replace("2023-12-31", f"{2000 + k}-12-31").replace("1500", str(number)) for k in range(number % 5 + 1)]
    press.write("observations.csv", CURATED + "".join(rows))
    return sorted([f"{number}"] * len(rows))


def curated(rows: list[tuple[str, str]]) -> list[str]:
    return sorted(value for article, value in rows if not article)


def killed(press: Press, random: Random, seconds: float) -> bool:
    """Start a refresh and kill it: half of them anywhere, half once it is writing. Whether it was at work."""
    process = subprocess.Popen(command(press), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait = random.uniform(0, 1.1 * seconds)
    if random.random() < 0.5:
        while process.poll() is None and not Builds(press.data).candidate.exists():
            time.sleep(0.002)
        wait = random.uniform(0, 0.4 * seconds)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(wait)
    process.kill()
    return process.wait() == -signal.SIGKILL


@pytest.mark.parametrize("kills", [4, pytest.param(120, marks=pytest.mark.soak)])
def test_a_killed_refresh_leaves_a_published_build_and_a_clean_next_one(
    press: Press, tmp_path: Path, kills: int
) -> None:
    random, number, published = Random(kills), 1, [turn(press, 1)]
    began = time.perf_counter()
    subprocess.run(command(press), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    seconds, count = time.perf_counter() - began, 0
    while count < kills:
        number += 1
        published.append(turn(press, number))
        count += killed(press, random, seconds)
        assert_sound(press)
        assert curated(shown()[1]) in published[-2:], "the build before, or the whole new one"
        press.refresh(pipeline.read_article)
        assert curated(shown()[1]) == published[-1]
        assert press.export() == undisturbed(press, tmp_path / "undisturbed", pipeline.read_article)
        assert list(Builds(press.data).folder.glob(".*")) == []
        assert all(line.keys() >= {"started", "outcome"} for line in runs.last(press.data, 1000))


def test_reading_processes_end_with_a_killed_refresh(press: Press) -> None:
    press.put(**{f"n{number}": TEXT.format(number) * 300 for number in range(1, 81)})
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command(press, workers=2), cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True)
    workers = set[int]()
    while not workers and process.poll() is None:
        workers = {pid for pid in children(process.pid) if b"spawn_main" in told_by(pid)}
        time.sleep(0.05)
    assert workers, "the refresh ended before it read in processes"
    time.sleep(1)
    process.kill()
    process.wait()

    give_up = time.monotonic() + 60
    while any(b"spawn_main" in told_by(pid) for pid in workers) and time.monotonic() < give_up:
        time.sleep(0.1)
    left = [pid for pid in workers if b"spawn_main" in told_by(pid)]
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    assert left == []


def children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def told_by(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


# ---------------------------------------------------------------------------------------------------------------- disks
@pytest.mark.parametrize(
    "limits", [(1, 5), pytest.param((3, 60), marks=pytest.mark.soak)], ids=["a few sizes", "many sizes"]
)
def test_a_disk_that_is_full_at_any_size_leaves_the_build_before(press: Press, limits: tuple[int, int]) -> None:
    press.put(a=TEXT.format(6000))
    press.refresh(pipeline.read_article)
    served, (steps, parts) = shown(), limits
    size = Builds(press.data).path(served[0]).stat().st_size
    press.put(b=TEXT.format(7000))
    for limit in [10, *range(0, size, steps * size // parts)]:
        failed = subprocess.run(
            command(press), cwd=ROOT, capture_output=True, text=True, check=False,
            preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit)),
        )  # fmt: skip
        assert (failed.returncode, "File too large" in failed.stderr) == (1, True), failed
        assert "Traceback" not in failed.stderr
        assert shown() == served
        assert list(Builds(press.data).folder.glob(".*")) == []
    assert press.refresh(pipeline.read_article).report
    assert_sound(press)
    assert runs.last(press.data, 1)[0]["outcome"] == "published"


@pytest.mark.soak
def test_a_small_disk_that_is_full_says_so_and_serves_on(press: Press) -> None:
    press.data.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(press.data)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        press.put(a=TEXT.format(6000))
        press.refresh(pipeline.read_article)
        served = shown()
        for number in range(10):
            (press.data / "ballast").write_bytes(bytes((37 - 3 * number) * 2**20))
            press.put(b=TEXT.format(7000 + number))
            ran = subprocess.run(command(press), cwd=ROOT, capture_output=True, text=True, check=False)
            assert (ran.returncode == 0) == (shown() != served), ran
            assert ran.returncode == 0 or "No space left on device" in ran.stderr
            assert_sound(press)
            served = shown()
        (press.data / "ballast").unlink()
        press.refresh(pipeline.read_article)
        assert_sound(press)
    finally:
        subprocess.run(["umount", "-l", str(press.data)], check=True)


class Full:
    """A disk that is full at the n-th step of those that write, and from then on."""

    def __init__(self, at: int, patch: pytest.MonkeyPatch) -> None:
        self.left = at
        for owner, name in ((os, "fsync"), (Path, "write_bytes"), (Path, "replace"), (Path, "mkdir"), (runs, "append")):
            patch.setattr(owner, name, self._guarded(getattr(owner, name)))

    def _guarded(self, step: Callable[..., object]) -> Callable[..., object]:
        def guarded(*args: object, **kwargs: object) -> object:
            self.left -= 1
            if self.left < 0:
                raise FULL
            return step(*args, **kwargs)

        return guarded


def test_a_disk_that_is_full_at_any_step_leaves_the_build_before_or_the_new_one(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.put(a=FIRMS)
    press.refresh()
    for at in range(100):
        before = shown()
        press.put(a=FIRMS.replace("1800", str(2000 + at)))
        with monkeypatch.context() as patch:
            Full(at, patch)
            with contextlib.suppress(OSError):
                press.refresh()
                break
        assert_sound(press)
        assert shown()[1] in (before[1], [("a", str(2000 + at))])
        press.refresh()
        assert shown()[1] == [("a", str(2000 + at))]
    assert at > 6, "each step that writes was the one that failed"
    assert press.export() == undisturbed(press, tmp_path / "undisturbed")


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


def without_privilege(arguments: list[str]) -> list[str]:
    """The command as a user who may not write where permissions say so."""
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    return [*drop, *arguments] if os.geteuid() == 0 else arguments


def test_a_read_only_folder_is_named_and_served(press: Press) -> None:
    press.put(a=TEXT.format(6000))
    press.refresh(pipeline.read_article)
    served = shown()
    run = without_privilege(command(press))
    with read_only(press.data):
        idle = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
        press.put(b=TEXT.format(7000))
        failed = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
        assert shown() == served
    assert (idle.returncode, idle.stdout.startswith("nothing new")) == (0, True), idle
    assert (failed.returncode, "Permission denied" in failed.stderr) == (1, True), failed
    assert str(press.data) in failed.stderr
    assert press.refresh(pipeline.read_article).report
    assert_sound(press)


# --------------------------------------------------------------------------------------------------------------- damage
@pytest.fixture
def two(press: Press) -> Press:
    """A folder with two builds, of two articles; the newer one is served."""
    press.put(a=FIRMS)
    press.refresh()
    press.put(b=OUTPUT)
    press.refresh()
    return press


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def gone(path: Path) -> None:
    path.unlink()


def link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


POINTERS: dict[str, Callable[[Path], object]] = {
    "empty": emptied,
    "cut off": halved,
    "gone": gone,
    "garbage": lambda path: path.write_bytes(bytes(range(256))),
    "of a build that is gone": lambda path: path.write_bytes(b"7-abcdef\n"),
    "of a file elsewhere": lambda path: path.write_bytes(b"../../1-abc\n"),
    "a link to nowhere": link_to_nowhere,
}


@pytest.mark.parametrize("damage", POINTERS)
def test_a_bad_pointer_leaves_the_newest_build_served_and_is_mended(two: Press, damage: str) -> None:
    good, before = (two.data / "current").read_bytes(), shown()
    POINTERS[damage](two.data / "current")
    assert_sound(two)
    assert shown() == before
    assert two.refresh().report is None
    assert (two.data / "current").read_bytes() == good


def without_end(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 2**18)  # a block of DuckDB


def another(path: Path) -> None:
    path.unlink()
    duckdb.connect(str(path)).close()


BUILDS: dict[str, Callable[[Path], object]] = {
    "empty": emptied,
    "half written": halved,
    "without its last block": without_end,
    "garbage": lambda path: path.write_bytes(bytes(range(256)) * 1000),
    "gone": gone,
    "another database": another,
}


@pytest.mark.parametrize("damage", BUILDS)
def test_a_damaged_build_leaves_the_one_before_served_and_is_made_anew(
    two: Press, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder, before = Builds(two.data), shown()
    first, second = folder.ids()
    served_builds._warn.cache_clear()
    BUILDS[damage](folder.path(second))

    assert (folder.current(), shown()) == (first, (first, [("a", "1800")]))
    assert f"build {first} is served instead" in caplog.text
    with pytest.raises(BuildError, match=f'no build "{second}" that opens'):
        folder.roll_back(second)
    assert two.refresh().report
    assert_sound(two)
    assert shown()[1] == before[1]
    assert two.refresh().report is None


@pytest.mark.parametrize("part", [1, 3, 5, 7, 9])
def test_a_build_damaged_anywhere_inside_is_made_anew(two: Press, part: int) -> None:
    path, before = Builds(two.data).path(shown()[0]), two.export()
    with path.open("r+b") as build:
        for place in range(part * path.stat().st_size // 10, (part + 1) * path.stat().st_size // 10, 4096):
            build.seek(place)
            build.write(b"\xa5" * 512)
    two.refresh()
    assert_sound(two)
    assert two.export() == before


def test_a_build_that_cannot_be_read_just_now_is_not_given_up(two: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = Builds(two.data).ids()

    def denied(path: Path, *how: str, **more: str) -> object:
        if path.suffix == ".duckdb":
            raise PermissionError(13, "Permission denied")
        return opened(path, *how, **more)

    opened: Callable[..., object] = Path.open
    two.put(c=FIRMS)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", denied)
        with pytest.raises(PermissionError):
            two.refresh()
    assert Builds(two.data).ids() == ids
    assert two.refresh().report
    assert two.rows("SELECT article, first_build FROM article ORDER BY ALL") == [("a", 1), ("b", 2), ("c", 3)]


def test_leftovers_of_a_run_are_cleared_and_harm_nobody(two: Press) -> None:
    folder = Builds(two.data)
    for name in (".candidate.duckdb", ".candidate.duckdb.wal"):
        (folder.folder / name).write_bytes(b"half")
    (folder.folder / ".candidate.duckdb.tmp").mkdir()
    (folder.folder / ".candidate.duckdb.tmp" / "spilt.block").write_bytes(b"half")
    (two.data / ".current.draft").write_bytes(b"7-")
    (two.data / ".runs.jsonl.draft").write_bytes(b"{")
    assert_sound(two)
    two.put(c=FIRMS)
    assert two.refresh().report
    assert list(folder.folder.glob(".*")) == []
    assert_sound(two)


# ------------------------------------------------------------------------------------------------------ others and clocks
@pytest.mark.parametrize("times", [2, pytest.param(20, marks=pytest.mark.soak)])
def test_of_two_refreshes_at_once_one_works_and_the_other_is_told(press: Press, times: int) -> None:
    for number in range(1, times + 1):
        press.put(a=TEXT.format(6000 + number))
        both = [
            subprocess.Popen(command(press), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        ended = sorted((process.communicate(), process.returncode) for process in both)
        said = sorted("new" if "build " in out else err or out for (out, err), _ in ended)
        assert {code for _, code in ended} <= {0, 1}
        assert sum("read anew" in out for (out, _), _ in ended) == 1, said
        other = [(out, err) for (out, err), _ in ended if "read anew" not in out]
        assert all("another run is at work" in err or "nothing new" in out for out, err in other), said
        assert_sound(press)
        assert [id_.partition("-")[0] for id_ in Builds(press.data).ids()][-1] == str(number)


@pytest.mark.parametrize("jump", [-timedelta(days=1), timedelta(days=365)], ids=["a day back", "a year ahead"])
def test_a_clock_that_jumps_does_not_mix_up_the_builds(press: Press, jump: timedelta) -> None:
    now = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
    for number, started in enumerate((now, now + jump, now + timedelta(minutes=1)), 1):
        press.put(a=FIRMS.replace("1800", str(number)))
        pipeline.refresh(Request(press.articles, press.catalogue, press.data, started=started), read_toy)
        assert shown()[1] == [("a", str(number))]
    ids = Builds(press.data).ids()
    assert [id_.partition("-")[0] for id_ in ids] == ["1", "2", "3"]
    assert [line["build"] for line in runs.last(press.data, 30)] == ids, "in the order in which they ran"
    build = served_builds.current()
    assert [brought.number for brought in queries.log(build, 10)] == [3, 2, 1]
    build.connection.close()
    assert press.rows("SELECT build, new_value::INT FROM change ORDER BY build") == [(1, 1), (2, 2), (3, 3)]

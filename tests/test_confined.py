"""A child with limits: whatever it is made to do, its parent gets an answer or is told, and the next request is served."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import confined
from etl.confined import Confined, Died


@pytest.fixture
def child() -> Iterator[Confined]:
    child = Confined("tests.misbehaving")
    yield child
    child.close()


@pytest.mark.parametrize("deed", ["crash", "fill", "fail"])
def test_a_request_that_ends_badly_ends_alone(child: Confined, deed: str) -> None:
    before = child.ask(b"good")
    with pytest.raises(Died):
        child.ask(deed.encode())
    assert child.ask(b"good") == before  # the same child, by its process id


def test_a_request_that_takes_too_long_is_killed(child: Confined, monkeypatch: pytest.MonkeyPatch) -> None:
    child.ask(b"good")
    monkeypatch.setattr(confined, "SECONDS", 0.2)
    with pytest.raises(Died):
        child.ask(b"sleep")
    monkeypatch.undo()
    assert child.ask(b"good").startswith(b"good")


def test_a_parser_can_write_no_file(child: Confined, tmp_path: Path) -> None:
    with pytest.raises(Died):
        child.ask(f"write {tmp_path / 'file'}".encode())
    assert (tmp_path / "file").read_bytes() == b""


def test_the_environment_stays_here(child: Confined, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD", "secret")
    assert b"PASSWORD" not in child.ask(b"environment")


def test_the_child_ends_with_its_parent() -> None:
    code = """if True:
        import time
        from etl.confined import Confined
        print(Confined("tests.misbehaving").ask(b"good").decode(), flush=True)
        time.sleep(60)
    """
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    with parent, parent.stdout:
        orphan = int(parent.stdout.readline().split()[1])
        parent.kill()
    until = time.monotonic() + 30
    while _runs(orphan):
        assert time.monotonic() < until
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False

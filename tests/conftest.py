"""What all tests share: how many examples a random test draws, and a folder of articles to refresh from.

`make test` draws the same hundred each time, so that it says the same thing twice; `make soak` draws new ones by
the thousand.
"""

import gc
import os
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
import streamlit as st
from hypothesis import settings

from etl import deliver, fetch, pipeline, store
from etl.builds import Builds, connect
from etl.pipeline import Outcome, Request
from tests import tiny
from tests.figures import Figures
from tests.toy import read_toy
from tests.wires import Host, Wires

settings.register_profile("test", derandomize=True, max_examples=100, deadline=None)
settings.register_profile("soak", max_examples=5_000, deadline=None)
settings.load_profile("test")

ROOT = Path(__file__).parent.parent


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: those that drive a browser mostly wait for it."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest file first, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: item.path.name != "test_reading.py")


def pytest_collection_finish() -> None:
    """What has been collected stays: the collector of garbage need not walk through it again and again."""
    gc.collect()
    gc.freeze()


@dataclass
class Press:
    """A folder of articles beside a data folder, refreshed with the toy reader."""

    root: Path
    catalogue: Path = ROOT / "metrics.yaml"

    @property
    def articles(self) -> Path:
        return self.root / "articles"

    @property
    def data(self) -> Path:
        return self.root / "data"

    def put(self, **texts: str) -> None:
        """Write articles: name=text; an empty text takes the article away."""
        for name, text in texts.items():
            path = self.articles / f"{name}.txt"
            if text:
                path.write_bytes(text.encode())
            else:
                path.unlink()

    def write(self, file: str, content: str | bytes) -> None:
        (self.articles / file).write_bytes(content.encode() if isinstance(content, str) else content)

    def refresh(self, read: pipeline.Reader = read_toy, *, workers: int = 1, accept_loss: bool = False) -> Outcome:
        return pipeline.refresh(Request(self.articles, self.catalogue, self.data, workers, accept_loss), read)

    def counts(self, read: pipeline.Reader = read_toy, *, accept_loss: bool = False) -> tuple[int, int, int, int]:
        """Refresh; articles read, then observations added, revised, withdrawn."""
        outcome = self.refresh(read, accept_loss=accept_loss)
        assert outcome.report
        return outcome.read, outcome.report.added, outcome.report.revised, outcome.report.withdrawn

    def export(self) -> bytes:
        """The bytes of the table as delivered."""
        builds = Builds(self.data)
        with connect(builds.path(builds.current() or "")) as con:
            return deliver.table(con)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the build that is served."""
        builds = Builds(self.data)
        current = builds.current()
        assert current
        with connect(builds.path(current)) as con:
            return con.execute(query).fetchall()

    def snapshot(self) -> dict[str, tuple[int, int]]:
        """Name, size and time of every file under data."""
        paths = sorted(self.data.rglob("*"))
        return {str(path.relative_to(self.data)): (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}


@pytest.fixture
def press(tmp_path: Path) -> Press:
    """An empty folder of articles and an empty data folder."""
    (tmp_path / "articles").mkdir()
    return Press(tmp_path)


@pytest.fixture(scope="session")
def _empty() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(store.schema())
    return con


@pytest.fixture
def schema(_empty: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database with the schema; what a test writes is rolled back."""
    _empty.execute("BEGIN")
    yield _empty
    _empty.execute("ROLLBACK")


@pytest.fixture
def figures(schema: duckdb.DuckDBPyConnection) -> Figures:
    return Figures(schema)


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.make(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def folder(_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of its own for each test, and nothing remembered."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield Path(shutil.copytree(_made, tmp_path, dirs_exist_ok=True))
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def wires(monkeypatch: pytest.MonkeyPatch) -> Wires:
    """Everything that is fetched goes through these, and none of it leaves this machine."""
    made = Wires()

    def connect(line: socket.socket, target: tuple[str, int]) -> None:
        made.connect(line, target)

    monkeypatch.setattr(socket, "getaddrinfo", made.resolve)
    monkeypatch.setattr(fetch._Line, "connect", connect, raising=False)
    return made


@pytest.fixture
def host(wires: Wires) -> Iterator[Host]:
    """A host to which every public address leads."""
    with Host() as made:
        wires.host = made
        yield made

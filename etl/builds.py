"""The folder of builds: which one is served, how it is changed, and who may change it.

    data/builds/<number>-<hash>.duckdb     a build, never changed after it is published
    data/current                           the id of the build that is served, and a newline

A new file name per build matters: a process that holds a connection to a path would go on seeing the old content.
What is said here of a build is about its file: that it opens and has its full length. What stands in it is `etl.store`'s.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl import durable
from etl.errors import BuildError, BusyError

CONFIG = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
KEPT = 10  # builds kept for rollback, the current one among them
_ID = re.compile(r"(\d+)-[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Builds:
    """The builds under one data folder."""

    data: Path

    @property
    def folder(self) -> Path:
        """Where the builds lie."""
        return self.data / "builds"

    @property
    def candidate(self) -> Path:
        """Where a build is made before it has a name."""
        return self.folder / ".candidate.duckdb"

    def path(self, id_: str) -> Path:
        """The file of a build."""
        return self.folder / f"{id_}.duckdb"

    def ids(self) -> list[str]:
        """The ids of all builds at hand, oldest first."""
        found = [path.stem for path in self.folder.glob("*.duckdb") if _ID.fullmatch(path.stem)]
        return sorted(found, key=_number)

    def by_preference(self) -> list[str]:
        """The ids of all builds at hand: the one the pointer names, then from the newest to the oldest."""
        ids = self.ids()
        try:
            named = (self.data / "current").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            named = ""
        return list(dict.fromkeys([*([named] if named in ids else []), *reversed(ids)]))

    def current(self) -> str | None:
        """The id of the build that is served: the first by preference that opens, none if there is none."""
        return next((id_ for id_ in self.by_preference() if opens(self.path(id_))), None)

    def next_number(self) -> int:
        """One more than any build at hand, so that no name is used twice, not even after a rollback."""
        return max(map(_number, self.ids()), default=0) + 1

    def publish(self, id_: str) -> None:
        """Give the candidate its name and serve it; either all of that happens or the build before keeps serving."""
        durable.synced(self.candidate)
        self.candidate.replace(self.path(id_))
        durable.synced(self.folder)
        self.point(id_)
        self._prune(id_)

    def roll_back(self, id_: str | None = None) -> str:
        """Serve an older build, without a choice the one before the current; give its id."""
        ids, current = [one for one in self.ids() if opens(self.path(one))], self.current()
        earlier = ids[: ids.index(current)] if current else []
        chosen = id_ or (earlier[-1] if earlier else None)
        if chosen is None:
            raise BuildError("there is no build before the current one")
        if chosen not in ids:
            raise BuildError(f'there is no build "{chosen}" that opens; at hand are {", ".join(ids) or "none"}')
        self.point(chosen)
        return chosen

    def point(self, id_: str) -> None:
        """Serve a build, in one step that nobody sees half done; nothing happens if it is served already."""
        pointer, content = self.data / "current", f"{id_}\n".encode()
        if not (pointer.exists() and pointer.read_bytes() == content):
            durable.put(pointer, content)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other run off this folder; `BusyError` at once if one is at work."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            try:
                held.enter_context(durable.locked(self.folder, wait=False))
            except BlockingIOError as error:
                raise BusyError(f"another run is at work on {self.data}; wait until it ends") from error
            yield

    def clear_candidate(self) -> None:
        """Remove what an interrupted run left behind."""
        for path in self.folder.glob(".candidate.duckdb*"):
            if path.is_dir():  # what DuckDB could not hold in memory
                shutil.rmtree(path)
            else:
                path.unlink()

    def _prune(self, current: str) -> None:
        kept = {*self.ids()[-KEPT:], current}
        for id_ in self.ids():
            if id_ not in kept:
                with suppress(OSError):  # the new build is served by now; the next run tries again
                    self.path(id_).unlink()


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a build to read it; `BuildError` where the file is none."""
    try:
        return duckdb.connect(str(path), read_only=True, config=dict(CONFIG))
    except duckdb.Error as error:
        raise BuildError(f"{path}: is no build that can be read; run a refresh, or roll back") from error


def opens(path: Path) -> bool:
    """Whether a file is a build of full length."""
    try:
        with connect(path) as con:
            con.execute("FROM build LIMIT 0")
            return has_its_end(con, path)
    except (BuildError, duckdb.Error):
        return False


def has_its_end(con: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Whether a file has the blocks that its head calls used (free ones may lie behind its end).

    DuckDB itself opens one that was cut off.
    """
    [(size,)] = con.execute("SELECT block_size * used_blocks FROM pragma_database_size()").fetchall()
    return path.stat().st_size >= int(size)


def _number(id_: str) -> int:
    match = _ID.fullmatch(id_)
    assert match, f"not the id of a build: {id_}"
    return int(match[1])

"""The folder of builds: which one is served, how it is changed, and who may change it.

    data/builds/<number>-<hash>.duckdb     a build, never changed after it is published
    data/current                           the id of the build that is served, and a newline

A new file name per build matters: a process that holds a connection to a path would go on seeing the old content.
What is said here of a build is about its file: that it opens and has its full length. What stands in it is `etl.store`'s.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

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
        _synced(self.candidate)
        self.candidate.replace(self.path(id_))
        _synced(self.folder)
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
            put(pointer, content)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other run off this folder; `BusyError` at once if one is at work."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with alone(self.folder, fcntl.LOCK_NB) as mine:
            if not mine:
                raise BusyError(f"another run is at work on {self.data}; wait until it ends")
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
    """Whether a file has as many blocks as its head says: DuckDB itself opens one that was cut off."""
    [(size,)] = con.execute("SELECT block_size * total_blocks FROM pragma_database_size()").fetchall()
    return path.stat().st_size >= int(size)


def put(path: Path, content: bytes) -> None:
    """Write a small file in one step that nobody sees half done, and wait until it is on the disk."""
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(content)
    _synced(draft)
    draft.replace(path)
    _synced(path.parent)


@contextmanager
def alone(folder: Path, how: int = 0) -> Iterator[bool]:
    """Hold the lock of a folder; with `LOCK_NB` say at once whether it could be had. A process that dies lets go of it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | how)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def _number(id_: str) -> int:
    match = _ID.fullmatch(id_)
    assert match, f"not the id of a build: {id_}"
    return int(match[1])


def _synced(path: Path) -> None:
    """Wait until a file, or the entries of a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

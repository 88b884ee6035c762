"""The folder of builds: which one is served, how it is changed, and who may change it.

    data/builds/<number>-<hash>.duckdb     a build, never changed after it is published
    data/current                           the id of the build that is served, and a newline
    data/runs.jsonl                        one line a run that did something

A new file name per build matters: a process that holds a connection to a path would go on seeing the old content.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etl import durable
from etl.errors import BuildError

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

    def current(self) -> str | None:
        """The id of the build that is served: the one the pointer names, else the newest at hand, else none."""
        ids = self.ids()
        try:
            named = (self.data / "current").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            named = ""
        return named if named in ids else ids[-1] if ids else None

    def next_number(self) -> int:
        """One more than any build at hand, so that no name is used twice, not even after a rollback."""
        return max(map(_number, self.ids()), default=0) + 1

    def publish(self, id_: str) -> None:
        """Give the candidate its name and serve it; either all of that happens or the build before keeps serving."""
        durable.synced(self.candidate)
        self.candidate.replace(self.path(id_))
        durable.synced(self.folder)
        self.point(id_)
        self._prune()

    def roll_back(self, id_: str | None = None) -> str:
        """Serve an older build, without a choice the one before the current; give its id."""
        ids, current = self.ids(), self.current()
        earlier = ids[: ids.index(current)] if current else []
        chosen = id_ or (earlier[-1] if earlier else None)
        if chosen is None:
            raise BuildError("there is no build before the current one")
        if chosen not in ids:
            raise BuildError(f'there is no build "{chosen}"; at hand are {", ".join(ids) or "none"}')
        self.point(chosen)
        return chosen

    def point(self, id_: str) -> None:
        """Serve a build, in one step that nobody sees half done; nothing happens if it is served already."""
        pointer, content = self.data / "current", f"{id_}\n".encode()
        if not pointer.exists() or pointer.read_bytes() != content:
            durable.put(pointer, content)

    def log(self, run: dict[str, object]) -> None:
        """Append one line to the log of runs."""
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "runs.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(run, ensure_ascii=False) + "\n")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other run off this folder; `BuildError` at once if one is at work."""
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with durable.locked(self.folder, wait=False):
                yield
        except BlockingIOError as error:
            raise BuildError(f"another run is at work on {self.data}; wait until it ends") from error

    def clear_candidate(self) -> None:
        """Remove what an interrupted run left behind."""
        for path in self.folder.glob(".candidate.duckdb*"):
            path.unlink()

    def _prune(self) -> None:
        kept = {*self.ids()[-KEPT:], self.current()}
        for id_ in self.ids():
            if id_ not in kept:
                self.path(id_).unlink()


def _number(id_: str) -> int:
    match = _ID.fullmatch(id_)
    assert match, f"not the id of a build: {id_}"
    return int(match[1])

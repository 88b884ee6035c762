"""The log of runs, `data/runs.jsonl`: one line a run, a JSON object, the last run last; only the last `KEPT` are kept.

    started     when it began, in UTC: 2026-11-22T22:00:00+00:00. By the clock of that day: a clock may be set back
    seconds     how long it took
    by          who called for it: hand · schedule · catch-up (of a missed time) · retry
    outcome     published · unchanged (nothing new) · skipped (another run was at work) · failed · rolled back
    reason      why it was skipped or failed: the message, one problem a line
    build       the id of the build that was served afterwards
    articles    articles in the folder
    read        of these, read anew
    added, revised, withdrawn     observations that the new build changed
    arrived, edited, passed       what the feeds brought: articles new, changed, and passed over or refused
    failed      articles and entries that could not be read, and feeds and addresses that could not be had
    failures    the first of them, each as file:line: fault; remedy

A key that does not apply is left out. In and out: a data folder. When to run, and what a run does, is decided above.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from etl import durable

By = Literal["hand", "schedule", "catch-up", "retry"]

FILE = "runs.jsonl"
KEPT = 1_000
_FAILURES = 20
_REASON = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Run:
    """One line of the log; the module says what its keys mean."""

    started: str
    seconds: float
    by: By
    outcome: str
    reason: str | None = None
    build: str | None = None
    articles: int | None = None
    arrived: int | None = None
    edited: int | None = None
    passed: int | None = None
    read: int | None = None
    added: int | None = None
    revised: int | None = None
    withdrawn: int | None = None
    failed: int | None = None
    failures: Sequence[str] | None = None

    def line(self) -> bytes:
        """The run as it stands in the file; long lists and messages are cut."""
        known = {name: value for name, value in asdict(self).items() if value is not None}
        known |= {"reason": self.reason[:_REASON]} if self.reason else {}
        known |= {"failures": self.failures[:_FAILURES]} if self.failures else {}
        # the name of a file may hold bytes that are no text: they become escapes, which JSON knows too
        return json.dumps(known, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def append(data: Path, run: Run) -> None:
    """Add one line at the end, and wait until it is on the disk."""
    data.mkdir(parents=True, exist_ok=True)
    with durable.locked(data, wait=True):
        durable.append(data / FILE, run.line())
        with suppress(OSError):  # too long is no harm; the next writer cuts it
            _cut(data / FILE)


def last(data: Path, number: int) -> list[dict[str, Any]]:
    """Read the last runs, the last one last; a log that cannot be read is as good as none."""
    return durable.objects(data / FILE)[-number:]


def _cut(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    if len(lines) > KEPT:
        durable.put(path, b"".join(lines[-KEPT:]))

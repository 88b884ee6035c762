"""Owns the log of runs as the pages read it: the last lines of `runs.jsonl` beside the builds (`etl.runs` says what they hold).

Whatever a line holds that does not fit is left out: the log is a help, and no page may fail for want of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from dashboard import builds

FILE = "runs.jsonl"
_TAIL = 400_000  # bytes at the end of the file that are read: thirty runs with all they may say
_COUNTS = ("articles", "read", "arrived", "edited", "passed", "added", "revised", "withdrawn", "failed")


@dataclass(frozen=True)
class Run:
    """One run: when it began (UTC), how long it took, who called for it, how it ended; counts by the names of the log."""

    started: datetime
    seconds: float
    by: str
    outcome: str
    reason: str
    build: str
    counts: dict[str, int]
    failures: tuple[str, ...]


def last(number: int) -> list[Run]:
    """The last runs, the latest first."""
    return list(islice(filter(None, map(_run, _lines())), number))


def failed() -> Run | None:
    """The latest run, if it was one that failed; runs that found another at work do not count."""
    latest = next((run for run in last(5) if run.outcome != "skipped"), None)
    return latest if latest and latest.outcome == "failed" else None


def _lines() -> Iterator[bytes]:
    """The lines at the end of the log, the last one first."""
    try:
        with (builds.folder() / FILE).open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - _TAIL))
            tail = log.read(_TAIL)
    except OSError:
        return
    yield from reversed(tail.splitlines())


def _run(line: bytes) -> Run | None:
    try:
        said = json.loads(line)
        started = datetime.fromisoformat(said["started"]).astimezone(UTC)
        seconds = float(said["seconds"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    texts = {key: _text(said.get(key)) for key in ("by", "outcome", "reason", "build")}
    counts = {key: said[key] for key in _COUNTS if isinstance(said.get(key), int)}
    failures = said.get("failures")
    return Run(started, seconds, **texts, counts=counts, failures=_texts(failures))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(map(_text, values)) if isinstance(values, list) else ()

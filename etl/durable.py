"""Files that are whole or not there: what is written survives a kill and a power cut, and one writer at a time.

In: a path and its bytes, or a folder to be alone in. What is written, and what a lock means, is the caller's business.
An interrupted `put` leaves at most a hidden draft, which nobody lists and `clear` removes. A log grows line by line; a
kill or a full disk may leave half a line: readers skip what is no JSON object, and the next writer begins a new one.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

_DRAFT = ".draft"


def put(path: Path, content: bytes) -> None:
    """Write a file in one step that nobody sees half done; what a link points to is replaced, the link stays."""
    path = path.resolve()
    draft = path.with_name(f".{path.name}{_DRAFT}")
    draft.write_bytes(content)
    if path.exists():
        shutil.copymode(path, draft)
    synced(draft)
    draft.replace(path)
    synced(path.parent)


def append(path: Path, line: bytes) -> None:
    """Add a line, which ends in a newline, to a log, and wait until it is on the disk."""
    with path.open("ab+") as log:
        log.write((b"" if _ends(log) else b"\n") + line)
        log.flush()
        os.fsync(log.fileno())


def objects(path: Path) -> list[dict[str, Any]]:
    """Read the JSON objects of a log, one a line; a log that cannot be read is as good as none."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return []
    return [found for line in lines if (found := _object(line)) is not None]


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _ends(log: BinaryIO) -> bool:
    """Whether a file is empty or its last line has an end."""
    if log.seek(0, os.SEEK_END) == 0:
        return True
    log.seek(-1, os.SEEK_END)
    return log.read(1) == b"\n"


def clear(folder: Path) -> None:
    """Remove the drafts of interrupted runs; only for whom no other can be writing here, by a lock."""
    for draft in folder.glob(f".*{_DRAFT}"):
        draft.unlink()


def synced(path: Path) -> None:
    """Wait until a file, or the entries of a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(folder: Path, *, wait: bool) -> Iterator[None]:
    """Be the only one in a folder; one who finds another there waits, or gets `BlockingIOError` at once.

    The lock goes with the process, however it ends.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)

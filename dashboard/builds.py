"""Owns the way to a build of the database: where it lies, which one is current, how it is opened and asked.

In: the folder `DATA_DIR` (or `data`) with its pointer `current`; where that leads nowhere, the newest build that opens.
Out: a `Build` that answers questions and can do nothing else.
A `Build` may be asked for what was known on a day: the views of the build then leave out every later source.
A build never changes; a new one has a new name, so a page that keeps its `Build` for one run never mixes two.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb
import streamlit as st

LOG = logging.getLogger(__name__)
TIME_LIMIT = 5.0  # seconds for one question; pages ask for milliseconds
SCHEMA_VERSION = 3
_NAME = "[0-9]*-*"  # of a build, as `etl.builds` numbers them

# Readers get no way out of the file: no other file, no setting, no extension. read_only alone still lets COPY write.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "512MB",
    "threads": 2,
    "lock_configuration": True,
}


class NoBuildError(Exception):
    """There is nothing to show yet, or the pointer leads nowhere; `reason` is a key of the wording."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(f"{reason}: {detail}")


class AskError(Exception):
    """A question that the build could not or would not answer: damaged, too slow, or not a question of ours."""


@dataclass(frozen=True)
class Build:
    """One open build, as known on a day of publication or, without one, now. Compare and cache by `key`.

    `stands_in`: it is served because the current one is damaged.
    """

    path: str
    connection: duckdb.DuckDBPyConnection
    as_of: date | None = None
    stands_in: bool = False

    @property
    def key(self) -> tuple[str, date | None]:
        """What tells one answer from another: the path, which is new for every build, and the day."""
        return self.path, self.as_of

    def known_on(self, day: date | None) -> Build:
        """The same build as known on another day."""
        return replace(self, as_of=day)

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of one's own (threads sharing one lose results), interrupted after `TIME_LIMIT`; AskError."""
        cursor = self.connection.cursor()
        timer = Timer(TIME_LIMIT, cursor.interrupt)
        timer.start()
        try:
            if self.as_of:
                cursor.execute("SET VARIABLE as_of = $1", [self.as_of])
            yield cursor
        except duckdb.Error as error:
            raise AskError(str(error)) from error
        finally:
            timer.cancel()
            cursor.close()

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one question."""
        with self.cursor() as cursor:
            return cursor.execute(sql, parameters).fetchall()

    def table(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[dict[str, Any]]:
        """All rows of one question, each a dict by column."""
        with self.cursor() as cursor:
            result = cursor.execute(sql, parameters)
            names = [column[0] for column in result.description or ()]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def folder() -> Path:
    """The folder that holds the builds."""
    return Path(os.environ.get("DATA_DIR", "data"))


def private() -> bool:
    """Whether only who has logged in may see anything: PRIVATE=1 says so, whatever else is set up or is not."""
    return os.environ.get("PRIVATE", "") not in ("", "0")


def current() -> Build:
    """Open the build that the pointer names now, else the newest that opens; NoBuildError where there is none."""
    try:
        return open_build(str(_named().absolute()))
    except (duckdb.Error, AskError) as error:
        fault = NoBuildError("bad_build", str(error))
    except NoBuildError as error:
        if error.reason == "other_schema":
            raise
        fault = error
    paths = [path for path in (folder() / "builds").glob(f"{_NAME}.duckdb") if not path.is_symlink()]
    for path in sorted(paths, key=_number, reverse=True):
        with suppress(duckdb.Error, AskError, NoBuildError):
            build = open_build(str(path.absolute()))
            _warn(str(fault), path.stem)
            return replace(build, stands_in=True)
    raise fault


def _named() -> Path:
    """The build that the pointer names."""
    try:
        name = (folder() / "current").read_text(encoding="utf-8").strip().removesuffix(".duckdb")
    except FileNotFoundError:
        raise NoBuildError("no_build") from None
    except (OSError, UnicodeDecodeError) as error:
        raise NoBuildError("bad_pointer", str(error)) from None
    path = folder() / "builds" / f"{name}.duckdb"
    with suppress(OSError, ValueError):  # a name that no file can have
        if fnmatch(name, _NAME) and path.name == f"{name}.duckdb" and path.is_file() and not path.is_symlink():
            return path
    raise NoBuildError("bad_pointer", name[:200])


def _number(path: Path) -> int:
    digits = path.stem.partition("-")[0]
    return int(digits) if digits.isdecimal() else 0


@cache  # once is enough: pages ask for the build at every step
def _warn(fault: str, served: str) -> None:
    LOG.warning("%s; build %s is served instead until the next refresh", fault, served)


@st.cache_resource(max_entries=4, show_spinner=False)
def open_build(path: str) -> Build:
    """Open one build, once for all sessions; the one place that knows how."""
    build = Build(path, duckdb.connect(path, read_only=True, config=_CONFIG))
    [[version]] = build.rows("SELECT max(schema_version) FROM build")
    [[used]] = build.rows("SELECT block_size * used_blocks FROM pragma_database_size()")
    if Path(path).stat().st_size < used:  # DuckDB opens a file that has lost its end
        raise NoBuildError("bad_build", f"{path} is cut off")
    if version != SCHEMA_VERSION:
        raise NoBuildError("other_schema", f"schema {version}, not {SCHEMA_VERSION}")
    return build

"""What leaves the house: the table of observations as a file.

In: an open build. Out: files in a folder of the caller's. What the cells hold is settled in the build
(view `export`); here they are only written.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb

FILE = "observations.csv"


def export(build: duckdb.DuckDBPyConnection, output: Path) -> Path:
    """Write observations.csv (UTF-8 with BOM, for spreadsheets) into a folder; give its path."""
    output.mkdir(parents=True, exist_ok=True)
    target, draft = output / FILE, output / f".{FILE}"
    draft.write_bytes(table(build))
    draft.replace(target)
    return target


def table(build: duckdb.DuckDBPyConnection) -> bytes:
    """The bytes of observations.csv."""
    result = build.execute("FROM export")
    header, rows = [column[0] for column in result.description or ()], result.fetchall()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()

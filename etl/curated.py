"""observations.csv: figures curated by hand, with a source line but without a text behind them.

In: the path and the catalogue. Out: a `Figure` for each row, or one `InputError` with every problem and its line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

from etl.catalogue import Catalogue
from etl.errors import InputError, Problem
from etl.model import Bound, Measure, Status
from etl.period import Period
from etl.rows import NUMBER, Figure, rounding
from etl.sources import partial_date
from etl.strict_yaml import suggestion

FILE = "observations.csv"
COLUMNS = [
    "indicator",
    "place",
    "measure",
    "share_of",
    "scope",
    "status",
    "period",
    "value",
    "bound",
    "publisher",
    "title",
    "published",
    "url",
    "seen",
    "confirmed_by",
    "note",
]
SEEN = ("original", "repost")


def read(path: Path, catalogue: Catalogue) -> tuple[Figure, ...]:
    """Read the curated figures in the order of the file; a file that is not there has none."""
    if not path.exists():
        return ()
    sheet = _Sheet(str(path), catalogue)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Problem(str(path), 1, f"is not UTF-8 at byte {error.start}; save it as UTF-8")]) from error
    figures = sheet.figures(text)
    if sheet.problems:
        raise InputError(sheet.problems)
    return figures


class _Sheet:
    """The rows under reading, and what is wrong with them so far."""

    def __init__(self, file: str, catalogue: Catalogue) -> None:
        self.file, self.catalogue = file, catalogue
        self.problems: list[Problem] = []
        self.line = 1

    def fault(self, fault: str) -> None:
        self.problems.append(Problem(self.file, self.line, fault))

    def figures(self, text: str) -> tuple[Figure, ...]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        figures, first = [], dict[tuple[str, ...], int]()
        try:
            if (header := next(reader, [])) != COLUMNS:
                self.fault(f"columns are {', '.join(header) or 'missing'}; write {','.join(COLUMNS)}")
                return ()
            self.line = reader.line_num + 1
            for cells in reader:
                if any(cells):
                    self._repeated(tuple(cells), first)
                    figures.append(self._row(cells))
                self.line = reader.line_num + 1
        except csv.Error as error:
            self.fault(f"not CSV: {error}; mend the quotation marks")
        return tuple(figure for figure in figures if figure)

    def _repeated(self, cells: tuple[str, ...], first: dict[tuple[str, ...], int]) -> None:
        if cells in first:
            self.fault(f"the same row stands on line {first[cells]}; take one out")
        first.setdefault(cells, self.line)

    def _row(self, cells: list[str]) -> Figure | None:
        """Check one row; None where it has a fault."""
        if len(cells) != len(COLUMNS):
            self.fault(f"{len(cells)} cells instead of {len(COLUMNS)}; put a text with a comma between quotation marks")
            return None
        known, row = len(self.problems), dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
        self._ids(row)
        self._codes(row)
        period, value, (published, precision) = self._period(row), self._value(row), self._published(row)
        if len(self.problems) > known or period is None:
            return None
        return Figure(
            indicator=row["indicator"],
            place=row["place"],
            measure=row["measure"],
            share_of=row["share_of"],
            scope=row["scope"],
            status=row["status"],
            period=period,
            value=value,
            printed=row["value"],
            bound=row["bound"],
            rounding=rounding(value),
            publisher=row["publisher"] or None,
            title=row["title"] or None,
            published=published,
            precision=precision,
            url=row["url"] or None,
            seen=row["seen"],
            confirmed_by=row["confirmed_by"] or None,
            note=row["note"] or None,
        )

    def _ids(self, row: dict[str, str]) -> None:
        self._one_of("indicator", row["indicator"], self.catalogue.indicators, "an indicator of the catalogue")
        self._one_of("place", row["place"], self.catalogue.places, "a place of the catalogue")
        if row["measure"] == "share":
            self._one_of("share_of", row["share_of"], self.catalogue.places, "a place of the catalogue")
        elif row["share_of"]:
            self.fault(f'share_of "{row["share_of"]}" without measure share; take it out')
        if row["scope"] and (indicator := self.catalogue.indicators.get(row["indicator"])):
            self._one_of("scope", row["scope"], indicator.scopes, f"a scope of {indicator.id}")

    def _codes(self, row: dict[str, str]) -> None:
        for key, codes in (
            ("measure", get_args(Measure)),
            ("status", get_args(Status)),
            ("bound", get_args(Bound)),
            ("seen", SEEN),
        ):
            self._one_of(key, row[key], codes, "one of " + ", ".join(codes))
        if row["url"] and not re.match(r"https?://[^\s/]+", row["url"]):
            self.fault(f'url "{row["url"]}" is not an address; begin it with http:// or https://')

    def _one_of(self, key: str, value: str, allowed: Collection[str], what: str) -> None:
        if value not in allowed:
            self.fault(f'{key} "{value}" is not {what}; {suggestion(value, allowed) or "write one that is"}')

    def _period(self, row: dict[str, str]) -> Period | None:
        try:
            return Period.parse(row["period"])
        except ValueError as error:
            self.fault(f"period: {error}")
            return None

    def _value(self, row: dict[str, str]) -> Decimal:
        if NUMBER.fullmatch(row["value"]):
            return Decimal(row["value"])
        self.fault(f'value "{row["value"]}" is no number; write digits with at most six decimals, multipliers applied')
        return Decimal(0)

    def _published(self, row: dict[str, str]) -> tuple[date | None, str | None]:
        if not row["published"]:
            return None, None
        try:
            return partial_date(row["published"])
        except ValueError:
            self.fault(f'published "{row["published"]}" is no date; write 2024-09-10, 2024-09, 2024 or nothing')
            return None, None

"""Periods: an instant (a day) or a span of whole months, with one canonical text form each.

A year, a half, a quarter and a month are spans of months; only the text form differs. The forms are those of
the gold README: ``2024`` · ``2025-H1`` · ``2025-Q1`` · ``2025-06`` · ``2024-01/2024-09`` · ``2024-12-31``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_PARTS = {"H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
_NAMES = {months: name for name, months in _PARTS.items()}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTHS = re.compile(r"(\d{4})-(\d{2})(?:/(\d{4})-(\d{2}))?")
_FORMS = "2024, 2025-H1, 2025-Q1, 2025-06, 2024-01/2024-09 or 2024-12-31"
_PART = re.compile(r"(\d{4})-([HQ]\d)")


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Closed interval of days. ``instant`` tells a count taken on a day from a span of one or more months."""

    start: date
    end: date
    instant: bool = False

    @classmethod
    def day(cls, when: date) -> Period:
        """The instant at which a stock is counted."""
        return cls(when, when, instant=True)

    @classmethod
    def year(cls, year: int) -> Period:
        """A whole calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def months(cls, year: int, first: int, last: int, last_year: int | None = None) -> Period:
        """A span of whole months, both ends included.

        >>> str(Period.months(2025, 1, 9))
        '2025-01/2025-09'
        >>> str(Period.months(2025, 7, 9))
        '2025-Q3'
        """
        return cls(date(year, first, 1), last_day(last_year or year, last))

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a canonical form back; ValueError with the text where it is none.

        >>> [str(Period.parse(t)) for t in ("2024", "2025-H1", "2025-06", "2024-01/2025-09", "2024-12-31")]
        ['2024', '2025-H1', '2025-06', '2024-01/2025-09', '2024-12-31']
        """
        try:
            period = cls._read(text)
        except ValueError:  # a month 13, a 30 February
            period = None
        if period is None or period.end < period.start:
            raise ValueError(f"not a period: {text!r}; write {_FORMS}")
        return period

    @classmethod
    def _read(cls, text: str) -> Period | None:
        if re.fullmatch(r"\d{4}", text):
            return cls.year(int(text))
        if match := _DAY.fullmatch(text):
            return cls.day(date(int(match[1]), int(match[2]), int(match[3])))
        if match := _MONTHS.fullmatch(text):
            year, month = int(match[1]), int(match[2])
            return cls.months(year, month, int(match[4] or month), int(match[3] or year))
        if (match := _PART.fullmatch(text)) and match[2] in _PARTS:
            return cls.months(int(match[1]), *_PARTS[match[2]])
        return None

    @property
    def kind(self) -> str:
        """`day` · `year` · `part` (some months of one year) · `span` (months of several years)."""
        if self.instant:
            return "day"
        if self.start.year != self.end.year:
            return "span"
        return "year" if (self.start.month, self.end.month) == (1, 12) else "part"

    def __str__(self) -> str:
        if self.instant:
            return self.start.isoformat()
        first, last = (self.start.year, self.start.month), (self.end.year, self.end.month)
        if self.kind == "year":
            return f"{first[0]}"
        if first == last:
            return f"{first[0]}-{first[1]:02}"
        if self.kind == "part" and (name := _NAMES.get((first[1], last[1]))):
            return f"{first[0]}-{name}"
        return f"{first[0]}-{first[1]:02}/{last[0]}-{last[1]:02}"

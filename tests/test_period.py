"""Periods: one canonical text form each, and the way back from it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as draw

from etl.period import Period

CASES = [  # text form, first day, last day, kind
    ("2024", date(2024, 1, 1), date(2024, 12, 31), "year"),
    ("2025-H1", date(2025, 1, 1), date(2025, 6, 30), "part"),
    ("2025-H2", date(2025, 7, 1), date(2025, 12, 31), "part"),
    ("2025-Q1", date(2025, 1, 1), date(2025, 3, 31), "part"),
    ("2025-Q3", date(2025, 7, 1), date(2025, 9, 30), "part"),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "part"),
    ("2024-01/2024-09", date(2024, 1, 1), date(2024, 9, 30), "part"),
    ("2021-01/2025-12", date(2021, 1, 1), date(2025, 12, 31), "span"),
    ("2024-12-31", date(2024, 12, 31), date(2024, 12, 31), "day"),
]


@pytest.mark.parametrize(("text", "first", "last", "kind"), CASES)
def test_a_period_reads_its_text_form_and_writes_it(text: str, first: date, last: date, kind: str) -> None:
    period = Period.parse(text)

    assert (period.start, period.end, period.kind, str(period)) == (first, last, kind, text)


@pytest.mark.parametrize(
    ("other", "canonical"),
    [
        ("2025-01/2025-06", "2025-H1"),
        ("2025-10/2025-12", "2025-Q4"),
        ("2024-01/2024-12", "2024"),
        ("2024-05/2024-05", "2024-05"),
    ],
)
def test_other_spellings_of_a_span_become_the_canonical_one(other: str, canonical: str) -> None:
    assert str(Period.parse(other)) == canonical


@pytest.mark.parametrize(
    "text", ["", "24", "2024年", "2024-H3", "2024-Q5", "2024-1", "2024 ", "2024-13", "2024-02-30", "2025-06/2025-01"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"not a period: {text!r}")):
        Period.parse(text)


months = draw.integers(1, 12)
years = draw.integers(1949, 2100)


@given(years, months, months, draw.integers(0, 10))
def test_every_span_of_months_comes_back_from_its_text(year: int, one: int, other: int, more: int) -> None:
    first, last = (one, other) if more else sorted((one, other))
    period = Period.months(year, first, last, year + more)

    assert Period.parse(str(period)) == period


@given(draw.dates(date(1949, 1, 1), date(2100, 12, 31)))
def test_every_day_comes_back_from_its_text(day: date) -> None:
    assert Period.parse(str(Period.day(day))) == Period.day(day)

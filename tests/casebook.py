"""The tables of tests/cases as values, and the reading of one case: what test_cases and test_reading share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from etl import link, recognise
from etl.catalogue import Catalogue
from etl.model import Article, Observation, Reading

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # safe both; that in C reads the tables six times as fast
CATALOGUE = Catalogue.load(ROOT / "metrics.yaml")
RECOGNISER = recognise.of(CATALOGUE)

Row = tuple[str, str, str, str, str, str, Decimal]  # indicator, place, measure[/whole], status, period, bound, value


@cache
def table(name: str) -> Any:
    """One file of cases."""
    return yaml.load((CASES / f"{name}.yaml").read_text("utf-8"), Loader=LOADER)


@dataclass(frozen=True)
class Sentence:
    """One case of sentences.yaml. `side`: for, against or known_misses."""

    habit: str
    side: str
    say: str
    at: str
    gives: frozenset[Row]
    refuses: dict[str, str]

    @property
    def negative(self) -> bool:
        """Whether the case shows what must not be read."""
        return self.side == "against" or not self.gives


def sentences() -> Iterator[Sentence]:
    """Every case of sentences.yaml."""
    for habit in table("sentences")["habits"]:
        for side in ("for", "against", "known_misses"):
            for case in habit.get(side, []):
                rows = frozenset(row(written) for written in case.get("gives", []))
                at = case.get("at", habit["at"])
                yield Sentence(habit["habit"], side, case["say"], at, rows, case.get("refuses", {}))


def row(written: str) -> Row:
    """A row as written in a case: ``industrial_output suzhou value actual 2024 = 4.68e12``."""
    indicator, place, measure, status, period, bound, value = written.split()
    return indicator, place, measure, status, period, bound, Decimal(value)


def row_of(seen: Observation) -> Row:
    """An observation as a row."""
    measure = f"{seen.measure}/{seen.share_of}" if seen.share_of else seen.measure
    return seen.indicator, seen.place, measure, seen.status, str(seen.period), seen.bound, seen.value


@cache
def read(raw: str, at: str) -> Reading:
    """Read a text as the article of a place and a day, ``suzhou 2025-03-18``; a - where one is not known.

    Many tests compare with the same reading: it is done once.
    """
    place, _, day = at.partition(" ")
    article = Article(
        "case",
        "case.txt",
        raw,
        "",
        published=None if day in ("", "-") else date.fromisoformat(day),
        precision=None if day in ("", "-") else "day",
        place=None if place == "-" else place,
    )
    return link.read(article, CATALOGUE)


def rows(reading: Reading) -> frozenset[Row]:
    """What a reading observed, without quotes and spans."""
    return frozenset(row_of(seen) for seen in reading.observations)


def refused(reading: Reading, raw: str) -> list[tuple[str, str]]:
    """Each refusal as the figure without white space, and its reason."""
    return [(re.sub(r"\s", "", seen.span.of(raw)), seen.reason) for seen in reading.refusals]

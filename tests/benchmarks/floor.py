"""The floor of any reading: one pass of a bare regular expression that finds numbers with their units, and no more.

    python tests/benchmarks/floor.py

In: texts. Out: how many numbers stand in them. It knows neither indicator nor place, date, status or quote: the ratio
of reading.py to it says what those cost.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable

from tests.casebook import CATALOGUE

_HEDGE = "(?:超过?|逾|突破|近|约|不到|不少于)?"
_NUMBER = r"(?:\d+(?:[,.]\d+)*|[零一二两三四五六七八九十百千]+)"
_UNITS = sorted({word for unit in CATALOGUE.units.values() for word in unit.words}, key=len, reverse=True)
FLOOR = re.compile(f"{_HEDGE}{_NUMBER}[余多]?[百千万亿兆]*[余多]?(?:{'|'.join(map(re.escape, _UNITS))})")


def count(texts: Iterable[str]) -> int:
    """Find every number with a unit."""
    return sum(1 for text in texts for _ in FLOOR.finditer(text))


def speed(texts: list[str]) -> float:
    """Characters a second, best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        count(texts)
        best = min(best, time.process_time() - start)
    return sum(map(len, texts)) / best


if __name__ == "__main__":
    from tests.benchmarks.reading import recombined

    articles = recombined(2_000)
    print(f"bare regular expression: {speed([article.raw for article in articles]):,.0f} characters a second")

"""What holds of any article, drawn from clauses of the seeds, loose figures and stray signs in any order.

Nobody writes such texts; whatever is thrown at it, the reading ends, and never points beside what it read.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as draw

from etl import link
from etl.catalogue import Catalogue
from etl.model import Article, Reading
from etl.text import Text

ROOT = Path(__file__).parent.parent
CATALOGUE = Catalogue.load(ROOT / "metrics.yaml")
SEEDS = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))
CLAUSES = sorted(set(re.findall(r"[^，。；\n]{4,60}[，。；\n]", SEEDS)))
FIGURES = [
    "1.83万家",
    "超1800家",
    "4.68万亿元",
    "12.8%",
    "八分之一",
    "近千亿元",
    "2024年",
    "1—9月",
    "截至目前",
    "分别为",
    "1 800余家",
]
SIGNS = [
    "\n",
    "\n\n",
    "  ",
    "\t",
    "，",
    "。",
    "；",
    "、",
    "（",
    "）",
    "“",
    "”",
    "%",
    "·",
    "\u3000",
    "\u200b",
    "𠮷",
    "１２",
    "年",
    "五",
]

texts = draw.lists(draw.sampled_from(CLAUSES) | draw.sampled_from(FIGURES) | draw.sampled_from(SIGNS), max_size=40).map(
    "".join
)


def read(raw: str) -> Reading:
    article = Article("drawn", "drawn.txt", raw, "", published=date(2025, 3, 1), precision="day")
    return link.read(article, CATALOGUE)


@given(texts | draw.text(max_size=200))
def test_every_folded_character_knows_where_it_came_from(raw: str) -> None:
    text = Text.fold(raw)

    assert len(text.starts) == len(text.ends) == len(text.folded)
    assert all(0 <= start < end <= len(raw) for start, end in zip(text.starts, text.ends, strict=True))
    assert list(text.starts) == sorted(text.starts)


@given(texts)
def test_a_figure_stands_inside_its_quote_and_carries_a_number(raw: str) -> None:
    reading = read(raw)

    for evidence in (e for o in reading.observations for e in o.evidence):
        assert (
            0 <= evidence.quote.start <= evidence.figure.start < evidence.figure.end <= evidence.quote.end <= len(raw)
        )
        assert re.search(r"[\d〇零一二两兩三四五六七八九十百千万萬亿億半几幾数數双雙]", evidence.figure.of(raw))


@given(texts)
def test_no_figure_is_both_read_and_refused(raw: str) -> None:
    reading = read(raw)

    figures = {e.figure for o in reading.observations for e in o.evidence}
    assert figures.isdisjoint(refusal.span for refusal in reading.refusals)


@given(texts)
def test_every_digit_ends_in_an_observation_a_refusal_or_a_date(raw: str) -> None:
    reading = read(raw)

    taken = [e.figure for o in reading.observations for e in o.evidence]
    taken += [*(refusal.span for refusal in reading.refusals), *reading.dates]
    covered = {position for span in taken for position in range(span.start, span.end)}
    assert [match[0] for match in re.finditer(r"\d+", raw) if match.start() not in covered] == []

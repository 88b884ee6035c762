"""Numbers written in every style of the press are read back: value, unit, bound, rounding, and the whole of the phrase.

A hundred figures in each run, several phrases each; tens of thousands of phrases under `make soak`.
"""

from __future__ import annotations

import re

from hypothesis import assume, given
from hypothesis import strategies as draw

from etl.model import Mention, Quantity
from etl.text import Text
from tests.casebook import CATALOGUE, RECOGNISER
from tests.phrases import BEFORE, BEHIND, WITHIN, Figure, Phrase, phrase, phrases

LEAD = "孩子们放风筝。"
COUNTED = {"家": "enterprises", "个": "projects", "座": "factories", "人": "people", "项": "projects", "款": "models"}
MEASURED = {"元": "CNY", "平方米": "square_metres", "P": "PFLOPS", "EFLOPS": "PFLOPS", "台（套）": "sets"}
UNITS = {**COUNTED, **MEASURED, "%": "percent"}
HEDGED = draw.sampled_from(["", *BEFORE, *BEHIND, *WITHIN])


@draw.composite
def figures(pick: draw.DrawFn) -> Figure:
    """Counts up to some millions, amounts up to thousands of 亿, shares with up to two decimals."""
    unit = pick(draw.sampled_from(sorted(UNITS)))
    if unit == "%":
        return Figure(pick(draw.integers(1, 9999)), pick(draw.integers(0, 2)), "", unit)
    scale = pick(draw.sampled_from(("", "万", "亿", "百万", "千亿", "万亿") if unit == "元" else ("", "万")))
    decimals = pick(draw.integers(0, 3 if scale else 0 if unit in COUNTED else 1))
    whole = draw.integers(1, 9_999 if scale else 9_999_999)
    return Figure(pick(whole | whole.map(lambda n: min(n * 10, 9_990))), decimals, scale, unit)


def read(said: Phrase) -> Mention[Quantity]:
    """The one quantity of a phrase that stands alone."""
    text = Text.fold(f"{LEAD}{said.say}。")
    found = [mention for mention in RECOGNISER.mentions(text) if isinstance(mention.what, Quantity)]
    assert len(found) == 1, (said, [text.raw_span(m.span).of(text.raw) for m in found])
    assert text.raw_span(found[0].span).of(text.raw) == said.say
    return found[0]


def agree(said: list[Phrase], figure: Figure) -> None:
    """Assert that value, unit and bound of each phrase come back."""
    assume(said)
    words = CATALOGUE.units[UNITS[figure.unit]].words
    for one in said:
        quantity = read(one).what
        unit = "%" if figure.unit == "%" else quantity.unit
        assert (quantity.value * words[unit], quantity.bound) == (one.value * words[figure.unit], one.bound), one


@given(figures(), HEDGED)
def test_a_number_is_read_as_it_was_written(figure: Figure, hedge: str) -> None:
    agree([one for one in phrases(figure, hedge) if "，" not in one.say], figure)


@given(figures(), HEDGED)
def test_a_full_width_comma_between_digits_parts_thousands(figure: Figure, hedge: str) -> None:
    agree([one for one in phrases(figure, hedge) if "，" in one.say], figure)


def as_precise(said: list[Phrase]) -> None:
    assume(said)
    assert [(one.say, one.rounding) for one in said] == [(one.say, read(one).what.digits) for one in said]


@given(figures(), HEDGED)
def test_a_number_is_as_precise_as_it_was_written(figure: Figure, hedge: str) -> None:
    as_precise([one for one in phrases(figure, hedge) if not re.search("[，点]|百分之", one.say)])


@given(figures(), HEDGED)
def test_numerals_with_a_point_are_as_precise_as_they_were_written(figure: Figure, hedge: str) -> None:
    as_precise([one for one in phrases(figure, hedge) if re.search("点|百分之", one.say)])


@given(draw.integers(10**4, 10**12), draw.sampled_from(["", "超", "近"]))
def test_a_large_number_in_numerals_keeps_its_size(number: int, hedge: str) -> None:
    """亿 and 万 in one number: the place where a slip of 10^4 or 10^8 would come from."""
    said = phrase(Figure(number, 0, "", "元"), "han", hedge)
    assert said

    assert read(said).what.value == number

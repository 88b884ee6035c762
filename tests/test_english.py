"""English articles: numbers, dates and sentences, case by case, from tests/cases/english.yaml."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from etl.model import Mention, Quantity
from etl.period import Period
from etl.recognise import periods
from etl.recognise.english.numbers import COUNT
from etl.recognise.periods import When
from etl.text import Text
from tests.casebook import CATALOGUE, RECOGNISER, Sentence, read, refused, row, rows, table

CONTEXT = "Children fly kites near the old canal, {}, and nobody minds."


def seen(text: str, kind: type) -> list[Mention[Any]]:
    """The mentions of one kind in a text, read as part of an English sentence."""
    return [
        mention for mention in RECOGNISER.mentions(Text.fold(CONTEXT.format(text))) if isinstance(mention.what, kind)
    ]


@pytest.mark.parametrize(("text", "meant"), table("english")["numbers"].items())
def test_a_number_is_read_whole(text: str, meant: list[Any]) -> None:
    (quantity,) = (mention.what for mention in seen(text, Quantity))
    value, unit, bound = meant
    factor = Decimal(1) if quantity.unit == COUNT else CATALOGUE.units[unit].words[quantity.unit]

    assert (quantity.unit == COUNT) == (unit == "count")
    assert quantity.value * factor == Decimal(str(value))
    assert quantity.bound == bound


@pytest.mark.parametrize(("text", "meant"), table("english")["dates"].items())
def test_a_date_means_its_period(text: str, meant: Any) -> None:
    (mention,) = seen(text, When)
    period, frame = meant if isinstance(meant, list) else (meant, None)

    found = periods.resolve(mention.what, date(2025, 3, 18), Period.parse(str(frame)) if frame else None)

    assert str(found) == str(period)


@pytest.mark.parametrize("text", table("english")["no_dates"])
def test_what_dates_nothing_is_no_date(text: str) -> None:
    assert {mention.what.base for mention in seen(text, When)} <= {"years"}


def told() -> list[Any]:
    return [
        pytest.param(
            Sentence(
                habit["habit"],
                side,
                case["say"],
                case.get("at", habit["at"]),
                frozenset(row(written) for written in case.get("gives", [])),
                case.get("refuses", {}),
            ),
            id=case["say"],
        )
        for habit in table("english")["habits"]
        for side in ("for", "against")
        for case in habit[side]
    ]


@pytest.mark.parametrize("case", told())
def test_a_sentence_says_what_it_says_and_no_more(case: Sentence) -> None:
    reading = read(case.say, case.at)

    assert rows(reading) == case.gives
    for figure, reason in case.refuses.items():
        assert (figure, reason) in refused(reading, case.say)


def test_enough_cases_say_no() -> None:
    cases = [parameter.values[0] for parameter in told()]

    assert len(cases) >= 60
    assert sum(not case.gives for case in cases) >= 0.3 * len(cases)
    assert all(not case.gives for case in cases if case.side == "against")
    assert all(case.gives for case in cases if case.side == "for")


def test_a_quote_holds_the_date_behind_the_figure() -> None:
    say = "Suzhou reported an industrial output of 4.4 trillion yuan ($610 billion) in 2023, a record."
    (observation,) = read(say, "suzhou 2025-12-22").observations

    assert observation.evidence[0].quote.of(say).endswith("($610 billion) in 2023")
    assert observation.printed == "4.4trillionyuan"


@pytest.mark.parametrize("lead", ["Looking back on 2024, the city did well.", "The year 2024 in review."])
def test_an_undated_total_of_a_review_stands_at_the_years_end(lead: str) -> None:
    assert rows(read(f"{lead}\n\nSuzhou has 30 lighthouse factories.", "suzhou 2025-01-20")) == {
        row("lighthouse_factories suzhou value actual 2024-12-31 = 30")
    }

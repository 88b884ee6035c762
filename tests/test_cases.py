"""The reading shown case by case: tests/cases holds tables that a domain person can read and add to.

One runner for each file. A case under `known_misses` is one that the reader gets wrong today: it must go on failing,
and shows itself on the day it does not.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from etl.link import names
from etl.link.scene import Scene
from etl.link.state import State
from etl.link.tokens import Token
from etl.model import Mention, Quantity
from etl.period import Period
from etl.recognise import periods
from etl.recognise.indicators import Call, Theme
from etl.recognise.periods import When
from etl.recognise.places import Where
from etl.recognise.quantities import NotFigure
from etl.text import Text
from tests.casebook import CATALOGUE, RECOGNISER, Sentence, read, refused, rows, sentences, table

MISSED = pytest.mark.xfail(strict=True, reason="read wrongly today")


def listed(file: str, part: str, *fields: str) -> list[Any]:
    """Parameters from the groups of a part of a file (cases, or none): one for each text, with its group's fields.

    Those of the file's known misses come last and are expected to fail.
    """
    texts = {"cases": "spellings", "none": "texts"}[part]
    content = table(file)
    groups: list[tuple[Any, tuple[pytest.MarkDecorator, ...]]] = [(group, ()) for group in content[part]]
    groups += [(group, (MISSED,)) for group in content["known_misses"].get(part, ())]
    return [
        pytest.param(str(text), *(group.get(field) for field in fields), marks=marks, id=str(text))
        for group, marks in groups
        for text in group[texts]
    ]


def seen(text: str, *kinds: type) -> list[Mention[Any]]:
    """The mentions of some kinds in a text, read as part of a Chinese article."""
    context = Text.fold(f"孩子们放风筝。{text}")
    return [mention for mention in RECOGNISER.mentions(context) if isinstance(mention.what, kinds)]


# -- quantities -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("text", "value", "unit", "bound"), listed("quantities", "cases", "value", "unit", "bound"))
def test_a_number_is_read_whole(text: str, value: object, unit: str, bound: str | None) -> None:
    (quantity,) = (mention.what for mention in seen(text, Quantity))
    words = CATALOGUE.units[unit].words if unit in CATALOGUE.units else {unit.strip("-"): Decimal(1)}

    assert quantity.value * words[quantity.unit] == Decimal(str(value))
    assert quantity.bound == (bound or "=")


@pytest.mark.parametrize(("text", "reason"), listed("quantities", "none", "reason"))
def test_what_is_no_quantity_is_not_read_as_one(text: str, reason: str | None) -> None:
    assert not seen(text, Quantity)
    if reason:
        assert reason in [mention.what.reason for mention in seen(text, NotFigure)]


# -- periods --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "period", "published", "frame"), listed("periods", "cases", "period", "published", "frame")
)
def test_a_date_means_its_period(text: str, period: str, published: Any, frame: str | None) -> None:
    (mention,) = seen(text, When)

    found = periods.resolve(mention.what, published, Period.parse(str(frame)) if frame else None)

    assert str(found) == str(period)


@pytest.mark.parametrize("text", table("periods")["spans_of_years"])
def test_a_span_of_years_dates_nothing(text: str) -> None:
    assert [mention.what.base for mention in seen(text, When)] == ["years"]


@pytest.mark.parametrize("text", listed("periods", "none"))
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert not seen(text, When)


# -- places ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("text", "kind", "place"), listed("places", "cases", "kind", "place"))
def test_a_place_is_known_for_what_it_is(text: str, kind: str, place: str | None) -> None:
    (mention,) = seen(text, Where)

    assert mention.what.kind == kind
    assert place in (None, mention.what.place)
    assert kind == "organisation" or len(mention.span) == len(Text.fold(text).folded)


@pytest.mark.parametrize("text", listed("places", "none"))
def test_what_is_no_place_is_not_read_as_one(text: str) -> None:
    assert not seen(text, Where)


# -- indicators -----------------------------------------------------------------------------------------------------
def meant(text: str) -> list[str]:
    """The indicators that the names of a text mean, left to right; "" where a name is refused."""
    state, found = State(), []
    for mention in seen(text, Call, Theme):
        if isinstance(mention.what, Theme):
            state.theme = mention.what.theme
            continue
        if theme := RECOGNISER.indicators.themes_in(mention.what.head):
            state.theme = state.name_theme = theme
        token = Token("name", mention.what, mention.span.start, mention.span.end)
        topic = names.named(token, state, Scene("", "assumed", None))
        found.append("" if topic.refused else topic.indicator)
    return found


def named(key: str) -> list[Any]:
    """Parameters from indicators.yaml: each text under `called` or `not` with its indicator."""
    content = table("indicators")
    return [
        pytest.param(text, indicator, marks=marks, id=f"{indicator}: {text}")
        for part, marks in (("cases", ()), ("known_misses", (MISSED,)))
        for indicator, texts in content[part].items()
        for text in texts.get(key, ())
    ]


@pytest.mark.parametrize(("text", "indicator"), named("called"))
def test_a_name_means_its_indicator(text: str, indicator: str) -> None:
    assert meant(text)[-1:] == [indicator]


@pytest.mark.parametrize(("text", "indicator"), named("not"))
def test_a_look_alike_does_not_mean_the_indicator(text: str, indicator: str) -> None:
    assert indicator not in meant(text)


def test_every_indicator_has_names_and_look_alikes() -> None:
    cases = table("indicators")["cases"]

    assert set(cases) == set(CATALOGUE.indicators)
    assert all(len(case["called"]) >= 2 and case["not"] for case in cases.values())


# -- folding --------------------------------------------------------------------------------------------------------
def folding() -> list[Any]:
    content = table("folding")
    groups = [(case, ()) for case in content["cases"]] + [(case, (MISSED,)) for case in content["known_misses"]]
    return [
        pytest.param(case["raw"], case["folded"], case.get("lines"), marks=marks, id=case["why"])
        for case, marks in groups
    ]


def shown(text: Text) -> str:
    return text.folded.replace("\n", "⏎").replace("\t", "⇥")


@pytest.mark.parametrize(("raw", "folded", "lines"), folding())
def test_a_text_is_folded(raw: str, folded: str, lines: list[str] | None) -> None:
    text = Text.fold(raw)

    assert shown(text) == folded
    assert lines in (None, [line.kind for line in text.lines])


@pytest.mark.parametrize("line", table("folding")["furniture"]["gone"])
def test_furniture_is_cut(line: str) -> None:
    assert shown(Text.fold(f"全市工业投资增长。\n\n{line}\n\n全市继续努力。")) == "全市工业投资增长。⏎⏎全市继续努力。"


@pytest.mark.parametrize("line", table("folding")["furniture"]["kept"])
def test_what_looks_like_furniture_stays(line: str) -> None:
    assert line in Text.fold(f"全市工业投资增长。\n\n{line}\n\n全市继续努力。").folded


# -- sentences ------------------------------------------------------------------------------------------------------
def told() -> list[Any]:
    return [
        pytest.param(
            case,
            marks=(MISSED,) if case.side == "known_misses" else (),
            id=f"{case.habit}, {case.side}: {case.say}",
        )
        for case in sentences()
    ]


@pytest.mark.parametrize("case", told())
def test_a_sentence_says_what_it_says_and_no_more(case: Sentence) -> None:
    reading = read(case.say, case.at)

    assert rows(reading) == case.gives
    for figure, reason in case.refuses.items():
        assert any(figure in text and reason == why for text, why in refused(reading, case.say)), (figure, reason)


# -- the tables themselves ------------------------------------------------------------------------------------------
def test_every_habit_has_three_cases_for_and_three_against() -> None:
    for habit in table("sentences")["habits"]:
        shows = [*habit["for"], *habit.get("known_misses", ())]
        assert len(shows) >= 3, habit["habit"]
        assert len(habit["against"]) >= 3, habit["habit"]


def test_there_are_enough_cases_and_enough_of_them_say_no() -> None:
    said = list(sentences())
    furniture = table("folding")["furniture"]
    shows = _texts("cases") + len(named("called")) + len(folding()) + len(furniture["gone"])
    against = _texts("none") + len(named("not")) + len(furniture["kept"]) + len(table("periods")["spans_of_years"])
    against += sum(case.negative for case in said)
    every = shows + against + sum(not case.negative for case in said)

    assert len(said) >= 250
    assert every >= 1000
    assert against >= 0.3 * every


def _texts(part: str) -> int:
    return sum(len(listed(file, part)) for file in ("quantities", "periods", "places"))

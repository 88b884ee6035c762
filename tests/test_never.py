"""What must never happen, whatever else is missed: each event with its own test, over the gold sets and over articles
made up for the purpose, whose every figure is known.

A plan or an expectation given as what was; a figure ten thousand times too large or too small; another place's figure
under Suzhou or the Suzhou Industrial Park; months given as a year; a time far from over told as over; a figure without its words; a flow on the yearly
line that nothing dates, or that is of months. A failure names article and figure; the articles' text it leaves unsaid.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import prod
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as draw

from etl import link
from etl.model import Article, Observation
from etl.period import Period
from tests.accuracy import SETS, reading, received
from tests.casebook import CATALOGUE
from tests.conftest import Press
from tests.stories import Fact, Story, stories, story

T = TypeVar("T")
OURS = ("suzhou", "sip")
CLOSING, JANUARY = 31, timedelta(days=31)  # days before its end in which a time is told as over


@draw.composite
def _drawn(picked: draw.DrawFn) -> Story:
    def pick(options: Sequence[T]) -> T:
        return picked(draw.sampled_from(options))

    return story(pick)


STORIES = _drawn()


# -- what was read beside what is true ------------------------------------------------------------------------------
@dataclass(frozen=True)
class Told:
    """An article, what was read in it, and the facts it states, by value to six digits."""

    article: Article
    seen: tuple[Observation, ...]
    facts: Mapping[tuple[str, str], frozenset[Fact]]

    @classmethod
    def of(cls, article: Article, facts: Iterable[Fact]) -> Told:
        by_value = defaultdict[tuple[str, str], set[Fact]](set)
        for fact in facts:
            by_value[fact.indicator, six_digits(fact.value)].add(fact)
        seen = reading(article) if article.sha256 else link.read(article, CATALOGUE)
        return cls(article, seen.observations, {key: frozenset(found) for key, found in by_value.items()})

    def about(self, seen: Observation) -> frozenset[Fact]:
        """The facts with the indicator and the value of what was read."""
        return self.facts.get((seen.indicator, six_digits(seen.value)), frozenset())

    def misread(self, seen: Observation) -> bool:
        """Whether what was read has the digits of a fact of its indicator, and another size."""
        value = Decimal(six_digits(seen.value))
        others = [Decimal(other) for indicator, other in self.facts if indicator == seen.indicator]
        return any(other != value and other and _digits(other) == _digits(value) for other in others)


def _digits(value: Decimal) -> tuple[int, ...]:
    return value.normalize().as_tuple().digits


def six_digits(value: Decimal) -> str:
    return f"{float(value):.6g}"


@cache
def gold(name: str) -> tuple[Told, ...]:
    """The articles of a gold set with their rows, those marked `ignore` too."""
    facts = defaultdict[str, list[Fact]](list)
    with SETS[name].rows.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            what = (row["indicator"], row["place"], row["measure"], row["status"], row["period"], Decimal(row["value"]))
            facts[row["article"]].append(Fact(*what))
    return tuple(Told.of(article, facts[article.name]) for article in received(name))


def told(made: Story) -> Told:
    return Told.of(made.article, made.facts)


def named(told: Told, seen: Observation) -> tuple[str, int]:
    """A figure as a failure shows it: article, and where in its text."""
    return told.article.name, seen.evidence[0].figure.start


Event = Callable[[Told], list[tuple[str, int]]]


# -- the events -----------------------------------------------------------------------------------------------------
def dressed_up(told: Told) -> list[tuple[str, int]]:
    """Given as actual, where the article knows the figure as target or estimate only."""
    return [
        named(told, seen)
        for seen in told.seen
        if seen.status == "actual" and (facts := told.about(seen)) and all(fact.status != "actual" for fact in facts)
    ]


def slipped(told: Told) -> list[tuple[str, int]]:
    """Of no fact's value, but with the digits of one, some places off."""
    return [named(told, seen) for seen in told.seen if not told.about(seen) and told.misread(seen)]


def misplaced(told: Told) -> list[tuple[str, int]]:
    """Under Suzhou or SIP, where the figure is of other places only."""
    return [
        named(told, seen)
        for seen in told.seen
        if seen.place in OURS and (facts := told.about(seen)) and all(fact.place != seen.place for fact in facts)
    ]


def stretched(told: Told) -> list[tuple[str, int]]:
    """Given as a whole year's, where the figure is of months only."""
    return [
        named(told, seen)
        for seen in told.seen
        if seen.period.kind == "year" and (facts := told.about(seen)) and all(map(of_months, facts))
    ]


def of_months(fact: Fact) -> bool:
    return bool(fact.period) and Period.parse(fact.period).kind == "part"


def early(told: Told) -> list[tuple[str, int]]:
    """Given as actual of a time far from over: a sum, or what is added; a year may have added so much by February."""
    return [
        named(told, seen)
        for seen in told.seen
        if seen.status == "actual"
        and (seen.measure == "new" or CATALOGUE.indicators[seen.indicator].kind == "flow")
        and far_from_over(seen, told.article.published)
    ]


def far_from_over(seen: Observation, published: date | None) -> bool:
    if published is None or seen.period.instant or (seen.period.end - published).days <= CLOSING:
        return False
    return seen.measure != "new" or seen.period.kind != "year" or published < seen.period.start + JANUARY


def unquoted(told: Told) -> list[tuple[str, int]]:
    """Without words of the article that hold the figure as printed."""
    raw, wrong = told.article.raw, []
    for seen in told.seen:
        figures = [(e.quote.of(raw), e.figure.of(raw)) for e in seen.evidence]
        printed = bool(figures) and "".join(figures[0][1].split()) == seen.printed != ""
        if not printed or not all(figure and figure in quote for quote, figure in figures):
            wrong.append((told.article.name, seen.evidence[0].figure.start if seen.evidence else -1))
    return wrong


@given(STORIES)
def test_no_generated_plan_is_given_as_actual(made: Story) -> None:
    assert dressed_up(told(made)) == []


@given(STORIES)
def test_no_generated_figure_slips_by_powers_of_ten(made: Story) -> None:
    assert slipped(told(made)) == []


@given(STORIES)
def test_no_generated_figure_of_elsewhere_stands_under_suzhou_or_sip(made: Story) -> None:
    assert misplaced(told(made)) == []


@given(STORIES)
def test_no_generated_figure_of_months_is_given_as_a_year(made: Story) -> None:
    assert stretched(told(made)) == []


@given(STORIES)
def test_no_generated_figure_of_a_time_far_from_over_is_given_as_actual(made: Story) -> None:
    assert early(told(made)) == []


@given(STORIES)
def test_every_generated_figure_has_its_words(made: Story) -> None:
    assert unquoted(told(made)) == []


@pytest.mark.parametrize("name", SETS)
def test_no_plan_of_a_gold_set_is_given_as_actual(name: str) -> None:
    assert [found for one in gold(name) for found in dressed_up(one)] == []


@pytest.mark.parametrize("name", SETS)
def test_no_figure_of_a_gold_set_slips_by_powers_of_ten(name: str) -> None:
    assert [found for one in gold(name) for found in slipped(one)] == []


@pytest.mark.parametrize("name", SETS)
def test_no_figure_of_elsewhere_in_a_gold_set_stands_under_suzhou_or_sip(name: str) -> None:
    """Nor one that has no row at all: companies, parts of places and other cities have none."""
    unknown = [
        named(one, seen)
        for one in gold(name)
        for seen in one.seen
        if seen.place in OURS and not one.about(seen) and not one.misread(seen)
    ]
    assert [found for one in gold(name) for found in misplaced(one)] + unknown == []


@pytest.mark.parametrize("name", SETS)
def test_no_figure_of_months_in_a_gold_set_is_given_as_a_year(name: str) -> None:
    assert [found for one in gold(name) for found in stretched(one)] == []


@pytest.mark.parametrize("name", SETS)
def test_no_figure_of_a_gold_set_of_a_time_far_from_over_is_given_as_actual(name: str) -> None:
    assert [found for one in gold(name) for found in early(one)] == []


@pytest.mark.parametrize("name", SETS)
def test_every_figure_of_a_gold_set_has_its_words(name: str) -> None:
    assert [found for one in gold(name) for found in unquoted(one)] == []


# -- sizes, reckoned again from what is printed ---------------------------------------------------------------------
PRINTED = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)([万萬亿億兆]+)")
SIZES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}


def reckoned(printed: str) -> Decimal:
    """Digits times their multipliers, added up (1兆2,846億), wide ones too; 0 where none stands behind digits."""
    parts = [
        Decimal(match[1].replace(",", "")) * prod(SIZES[sign] for sign in match[2])
        for match in PRINTED.finditer(normalize("NFKC", printed))
    ]
    return sum(parts, start=Decimal(0))


@pytest.mark.parametrize("name", SETS)
def test_digits_with_a_multiplier_mean_what_they_say(name: str) -> None:
    """Digits times multiplier, in one of the unit words of the indicator: for every figure, with gold row or without."""
    wrong = []
    for one in gold(name):
        for seen in one.seen:
            if seen.measure in ("value", "new") and (size := reckoned(seen.printed)):
                factors = CATALOGUE.units[CATALOGUE.indicators[seen.indicator].unit].words.values()
                if abs(seen.value) not in {size * factor for factor in factors}:
                    wrong.append(named(one, seen))
    assert wrong == []


# -- the yearly line, through the store -----------------------------------------------------------------------------
ON_THE_LINE = """
    SELECT s.article, s.figure_start, s.indicator, s.value, s.period, s.period_basis
    FROM series s JOIN indicator i USING (indicator)
    WHERE s.role = 'line' AND s.origin = 'article' AND (i.kind = 'flow' OR s.measure = 'new')
"""
WITHOUT_WORDS = """
    SELECT article, id FROM observation
    WHERE origin = 'article' AND (coalesce(quote, '') = '' OR char_start IS NULL OR article IS NULL)
    UNION ALL SELECT article, id FROM broken_citation
"""


def astray(press: Press, told: Iterable[Told]) -> list[tuple[str, int]]:
    """Flows on the yearly line that are not known to be of that very year."""
    facts = {one.article.name: one.facts for one in told}
    wrong = []
    for article, start, indicator, value, period, basis in press.rows(ON_THE_LINE):
        known = facts[article].get((indicator, six_digits(value)), frozenset())
        whole = Period.parse(period).kind == "year" and basis != "assumed"
        if not whole or (known and all(not fact.period or of_months(fact) for fact in known)):
            wrong.append((article, start))
    return wrong


def publish(press: Press, made: list[Story]) -> None:
    """Refresh made-up articles into the press's own database."""
    entries = []
    for one in made:
        article = one.article
        press.put(**{article.name: article.raw})
        entries.append(f"- {{file: {article.file}, published: {article.published}, place: {article.place}}}\n")
    press.write("sources.yaml", "".join(entries))
    assert press.refresh(link.read).read == len(made)


def test_no_generated_flow_without_a_year_is_on_the_yearly_line(press: Press) -> None:
    made = stories(150, seed=3)
    publish(press, made)

    assert len(press.rows(ON_THE_LINE)) > 50
    assert astray(press, map(told, made)) == []
    assert press.rows(WITHOUT_WORDS) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 110))
def test_no_flow_of_many_generated_articles_without_a_year_is_on_the_yearly_line(press: Press, seed: int) -> None:
    made = stories(500, seed=seed)
    publish(press, made)

    assert astray(press, map(told, made)) == []
    assert press.rows(WITHOUT_WORDS) == []


@pytest.mark.parametrize("name", SETS)
def test_no_flow_of_a_gold_set_without_a_year_is_on_the_yearly_line(name: str, tmp_path: Path) -> None:
    press = Press(tmp_path)
    press.articles.mkdir()
    for path in SETS[name].folder.iterdir():
        if path.name != "observations.csv":
            press.write(path.name, path.read_bytes())
    press.refresh(lambda article, _: reading(article))  # as link.read does, once a run

    assert astray(press, gold(name)) == []
    assert press.rows(WITHOUT_WORDS) == []


# -- the events can happen ------------------------------------------------------------------------------------------
def test_most_generated_figures_are_read_and_read_right() -> None:
    """Else the tests above would hold of a reading that reads nothing."""
    facts = [(one, fact) for one in stories(300, seed=1) for fact in one.facts if fact.place in CATALOGUE.places]
    seen = {
        (one.article.name, o.indicator, o.place, o.measure, o.status, str(o.period), o.value)
        for one in stories(300, seed=1)
        for o in told(one).seen
    }
    dated = [(one.article.name, *vars(fact).values()) for one, fact in facts if fact.period]

    assert len(dated) > 800
    assert sum(fact in seen for fact in dated) >= 0.97 * len(dated)


FACT = Fact("industrial_output", "kunshan", "value", "actual", "2024-H1", Decimal("2.318e12"))
SAYS = Article(
    "told", "told.txt", "2024年上半年，昆山规上工业总产值2.318万亿元。", "", published=date(2025, 3, 1), precision="day"
)


@pytest.mark.parametrize(
    ("event", "fact", "seen"),
    [
        (dressed_up, {"status": "target"}, {}),
        (dressed_up, {"status": "estimate"}, {}),
        (slipped, {}, {"value": FACT.value / 10**4}),
        (slipped, {}, {"value": FACT.value * 10**8}),
        (misplaced, {}, {"place": "sip"}),
        (misplaced, {"place": "elsewhere"}, {"place": "suzhou"}),
        (stretched, {}, {"period": Period.year(2024)}),
        (early, {}, {"period": Period.year(2025)}),
        (early, {}, {"period": Period.months(2025, 1, 6)}),
        (early, {}, {"indicator": "little_giants", "measure": "new", "period": Period.months(2025, 1, 6)}),
        (unquoted, {}, {"printed": "2.318亿元"}),
        (unquoted, {}, {"evidence": ()}),
    ],
)
def test_each_event_would_be_noticed(event: Event, fact: dict[str, str], seen: dict[str, object]) -> None:
    right = Told.of(SAYS, [FACT])
    wrong = replace(Told.of(SAYS, [replace(FACT, **fact)]), seen=(replace(right.seen[0], **seen),))  # type: ignore[arg-type]

    assert event(right) == []
    assert len(event(wrong)) == 1

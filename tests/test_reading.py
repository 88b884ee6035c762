"""The gold gate and what must hold of any reading.

How well the articles of tests/gold are read, against floors that stand in one place; what holds of every figure read;
and what a reading must not depend on: script, width, line breaks, what else stands in the article, the day it is read.
The articles are compared by counts and positions: a failure shows no text of them.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from opencc import OpenCC

from etl import link
from etl.model import Article, Reading
from etl.recognise.periods import When
from etl.text import Text
from tests import accuracy
from tests.accuracy import FIELDS, SETS, reading, received, scored
from tests.casebook import CATALOGUE, RECOGNISER, Row, Sentence, read, row_of, rows, sentences
from tests.floors import FIELD_FLOORS, FLOORS


# -- the gate -------------------------------------------------------------------------------------------------------
def test_every_gold_set_and_every_field_has_its_floor() -> None:
    assert set(FLOORS) == set(SETS)
    assert set(FIELD_FLOORS) == set(FIELDS)


@pytest.mark.parametrize("name", FLOORS)
def test_a_gold_set_is_the_one_that_its_floor_was_set_for(name: str) -> None:
    assert SETS[name].fingerprint() == FLOORS[name].fingerprint


@pytest.mark.parametrize("part", ["precision", "recall", "f1", "bound"])
@pytest.mark.parametrize("name", FLOORS)
def test_a_gold_set_is_read_at_least_as_well_as_its_floor(name: str, part: str) -> None:
    assert getattr(scored(name), part) >= getattr(FLOORS[name], part)


@pytest.mark.parametrize("field", FIELD_FLOORS)
def test_a_field_is_right_where_all_others_are(field: str) -> None:
    hits = sum(len(scored(name).hits) for name in SETS)
    wrong = sum(scored(name).wrong()[field] for name in SETS)

    assert hits / (hits + wrong) >= FIELD_FLOORS[field]


@pytest.mark.parametrize("name", SETS)
def test_every_article_of_a_gold_set_is_there(name: str) -> None:
    assert SETS[name].named() <= {article.name for article in received(name)}


@pytest.mark.parametrize("name", SETS)
def test_the_score_is_that_of_score_py(name: str, tmp_path: Path) -> None:
    """The script that anyone can run over an export, against the numbers of the gate."""
    export = tmp_path / "observations.csv"
    with export.open("w", encoding="utf-8-sig", newline="") as handle:
        fields = ("article", "indicator", "place", "measure", "share_of", "status", "period", "value", "bound")
        writer = csv.writer(handle)
        writer.writerow(fields)
        observed = [seen for article in received(name) for seen in reading(article).observations]
        writer.writerows([getattr(seen, field) for field in fields] for seen in observed)

    command = [sys.executable, str(accuracy.GOLD / "score.py"), str(SETS[name].rows), str(export)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    of = scored(name)
    assert said[-3:] == [
        f"rows wanted {len(of.hits | of.missed)}, found {len(of.hits)}, missed {len(of.missed)}, false {len(of.false)}",
        f"bound right in {of.bounds}/{len(of.hits)}",
        f"precision {of.precision:.3f} recall {of.recall:.3f} F1 {of.f1:.3f}",
    ]


def test_accuracy_json_says_what_is_reached_now() -> None:
    """Where it does not: run `make accuracy`, and look at what changed."""
    told, now = json.loads(accuracy.RESULT.read_text("utf-8")), accuracy.measured()

    for of in (*told.values(), *now.values()):
        of["interval"] = [round(of.pop("low"), 3), round(of.pop("high"), 3)]
    assert told == now


def test_the_readme_shows_what_accuracy_json_says() -> None:
    readme = accuracy.README.read_text("utf-8")

    assert accuracy.with_table(readme, json.loads(accuracy.RESULT.read_text("utf-8"))) == readme


EVERY = [pytest.param(article, id=f"{name} {article.name[:3]}") for name in SETS for article in received(name)]
SEEDS = [pytest.param(article, id=article.name[:3]) for article in received("seeds")]


# -- what holds of every figure -------------------------------------------------------------------------------------
@pytest.mark.parametrize("article", EVERY)
def test_every_figure_stands_in_its_quote_and_every_quote_begins_with_a_word(article: Article) -> None:
    evidence = [piece for seen in reading(article).observations for piece in seen.evidence]

    assert [e.figure for e in evidence if not e.quote.start <= e.figure.start < e.figure.end <= e.quote.end] == []
    opens = {e.quote: article.raw[e.quote.start] for e in evidence}  # 《财富》世界500强 is a word
    assert [quote for quote, sign in opens.items() if not sign.isalnum() and sign != "《"] == []


@pytest.mark.parametrize("article", EVERY)
def test_the_printed_form_is_the_figure_of_the_article(article: Article) -> None:
    seen = reading(article).observations

    assert [
        o.evidence[0].figure for o in seen if o.printed != re.sub(r"\s", "", o.evidence[0].figure.of(article.raw))
    ] == []


@pytest.mark.parametrize("article", EVERY)
def test_every_run_of_digits_is_accounted_for(article: Article) -> None:
    """By an observation, a refusal or a date."""
    found = reading(article)
    covered = bytearray(len(article.raw))
    figures = [piece.figure for seen in found.observations for piece in seen.evidence]
    for span in [*figures, *(refusal.span for refusal in found.refusals), *found.dates]:
        covered[span.start : span.end] = b"\x01" * len(span)

    assert [run.span() for run in re.finditer(r"\d+", article.raw) if 0 in covered[slice(*run.span())]] == []


@pytest.mark.parametrize("article", EVERY)
def test_no_figure_is_both_read_and_refused(article: Article) -> None:
    found = reading(article)

    assert {piece.figure for o in found.observations for piece in o.evidence} & {
        r.span for r in found.refusals
    } == set()


@pytest.mark.parametrize("article", EVERY)
def test_mentions_never_overlap(article: Article) -> None:
    spans = [mention.span for mention in RECOGNISER.mentions(Text.fold(article.raw))]

    assert all(left.end <= right.start for left, right in pairwise(spans))


@pytest.mark.parametrize("article", EVERY)
def test_reading_twice_says_the_same(article: Article) -> None:
    assert link.read(article, CATALOGUE) == reading(article)


# -- what a reading must not depend on ------------------------------------------------------------------------------
TRADITIONAL = OpenCC("s2t")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
#: Says nothing that could date, place or count a figure.
ELSEWHERE = "周末的公园里，孩子们与老师们一起放风筝，体验传统节气的乐趣，笑声传得很远。"
FILLER = (
    "　　清晨的薄雾散去，河边的老人们开始打太极，孩子们背着书包走过石桥，卖豆浆的铺子前排起了队，热气腾腾，"
    "街角的书店刚刚开门，店主人把新到的书一本一本摆上架子，又给窗台上的花浇了水。"
)

CASES = [case for case in sentences() if not re.search(r"[|\t]|^[A-Z]", case.say)]  # no tables, no English
PROSE = [case for case in CASES if "\n" not in case.say]


def told(cases: list[Sentence]) -> pytest.MarkDecorator:
    """One test a habit, with all its sentences: a test a sentence takes longer to run than to read it."""
    habits: dict[str, list[Sentence]] = {}
    for case in cases:
        habits.setdefault(case.habit, []).append(case)
    return pytest.mark.parametrize("cases", [pytest.param(found, id=habit) for habit, found in habits.items()])


def unlike(
    cases: list[Sentence], one: Callable[[Sentence], Reading], other: Callable[[Sentence], Reading]
) -> list[str]:
    """The sentences that two ways of telling them do not read alike."""
    return [case.say for case in cases if rows(one(case)) != rows(other(case))]


def as_it_is(case: Sentence) -> Reading:
    return read(case.say, case.at)


def observed(article: Article, raw: str) -> set[Row]:
    return {row_of(seen) for seen in link.read(replace(article, raw=raw), CATALOGUE).observations}


@pytest.mark.parametrize("article", SEEDS)
def test_an_article_in_traditional_script_says_the_same(article: Article) -> None:
    assert observed(article, TRADITIONAL.convert(article.raw)) == observed(article, article.raw)


@told(CASES)
def test_a_case_in_traditional_script_says_the_same(cases: list[Sentence]) -> None:
    def text(case: Sentence) -> str:
        return f"{case.say}\n\n{ELSEWHERE}"

    assert not unlike(cases, lambda case: read(TRADITIONAL.convert(text(case)), case.at), as_it_is)


@pytest.mark.parametrize("article", SEEDS)
def test_an_article_in_full_width_digits_says_the_same(article: Article) -> None:
    assert observed(article, article.raw.translate(WIDE)) == observed(article, article.raw)


@told(CASES)
def test_a_case_in_full_width_digits_says_the_same(cases: list[Sentence]) -> None:
    assert not unlike(cases, lambda case: read(case.say.translate(WIDE), case.at), as_it_is)


@pytest.mark.parametrize("article", SEEDS)
def test_an_unrelated_paragraph_at_the_end_changes_nothing(article: Article) -> None:
    assert observed(article, f"{article.raw}\n\n{ELSEWHERE}\n") == observed(article, article.raw)


@told(CASES)
def test_an_unrelated_paragraph_behind_a_case_changes_nothing(cases: list[Sentence]) -> None:
    assert not unlike(cases, lambda case: read(f"{case.say}\n\n{ELSEWHERE}", case.at), as_it_is)


@told(PROSE)
def test_a_paragraph_about_another_city_may_stand_before_or_behind(cases: list[Sentence]) -> None:
    other = "2022年，无锡的集成电路产业规模超过2000亿元。"

    assert not unlike(cases, lambda case: read(f"{other}\n\n{case.say}", case.at), as_it_is)
    assert not unlike(cases, lambda case: read(f"{case.say}\n\n{other}", case.at), as_it_is)


def wrapped(text: str, width: int) -> str:
    """Break every paragraph into lines of one width, as a page does: digits and Latin letters count half."""
    lines = []
    for paragraph in text.split("\n"):
        line, filled = "", 0.0
        for sign in paragraph:
            size = 1 if east_asian_width(sign) in "WFA" else 0.5
            if filled + size > width:
                lines.append(line)
                line, filled = "", 0.0
            line, filled = line + sign, filled + size
        lines.append(line)
    return "\n".join(lines)


@told(PROSE)
@pytest.mark.parametrize("width", [19, pytest.param(31, marks=pytest.mark.soak)])
def test_the_lines_of_a_hard_wrapped_text_say_the_same(cases: list[Sentence], width: int) -> None:
    def text(case: Sentence) -> str:
        return f"{FILLER}\n　　{case.say}\n{FILLER}"

    assert not unlike(
        cases, lambda case: read(wrapped(text(case), width), case.at), lambda case: read(text(case), case.at)
    )


def of_facts(case: Sentence) -> bool:
    """Whether a case was published on a day, and gives facts only."""
    dated = " " in case.at and not case.at.endswith("-")
    return dated and bool(case.gives) and all(status == "actual" for _, _, _, status, *_ in case.gives)


def dates_itself(case: Sentence) -> bool:
    """Whether a case says when for every one of its facts without leaning on the day of publication."""
    when = [m.what.base for m in RECOGNISER.mentions(Text.fold(case.say)) if isinstance(m.what, When)]
    seen = read(case.say, case.at).observations
    return set(when) <= {"absolute", "years"} and all(o.period_basis != "assumed" for o in seen)


@told(list(filter(of_facts, CASES)))
def test_what_dates_itself_says_the_same_on_a_later_day(cases: list[Sentence]) -> None:
    def later(case: Sentence) -> str:
        place, day = case.at.split()
        return f"{place} {date.fromisoformat(day) + timedelta(days=400)}"

    assert not unlike(list(filter(dates_itself, cases)), lambda case: read(case.say, later(case)), as_it_is)

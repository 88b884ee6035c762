"""The gold gate and what must hold of any reading.

How well the articles of tests/gold are read, against floors that stand in one place; what holds of every figure read;
and what a reading must not depend on: script, width, line breaks, what else stands in the article, the day it is read.
The articles are compared by counts and positions: a failure shows no text of them.
"""

from __future__ import annotations

import csv
import re
import runpy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from unicodedata import east_asian_width

import pytest
from opencc import OpenCC

from etl import articles, link
from etl.model import Article, Reading
from etl.recognise.periods import When
from etl.text import Text
from tests.casebook import CATALOGUE, RECOGNISER, ROOT, Row, Sentence, read, row_of, rows, sentences

GOLD = ROOT / "tests" / "gold"
SCORE = SimpleNamespace(**runpy.run_path(str(GOLD / "score.py")))


@dataclass(frozen=True)
class Floor:
    """What a gold set must score at least."""

    rows: Path
    articles: Path
    precision: float
    recall: float
    bounds: float  # right among the found


FLOORS = {
    "seeds": Floor(GOLD / "seeds.csv", ROOT / "seeds", precision=0.98, recall=0.97, bounds=1.0),
    "dev": Floor(GOLD / "dev" / "gold.csv", GOLD / "dev" / "articles", precision=0.95, recall=0.88, bounds=0.95),
}


@cache
def received(name: str) -> tuple[Article, ...]:
    """The articles of a gold set, without those that no row speaks of."""
    folder = articles.listing(FLOORS[name].articles, CATALOGUE.places)
    return tuple(articles.read(one) for one in folder.received)


@cache
def reading(article: Article) -> Reading:
    return link.read(article, CATALOGUE)


EVERY = [pytest.param(article, id=f"{name} {article.name[:3]}") for name in FLOORS for article in received(name)]
SEEDS = [pytest.param(article, id=article.name[:3]) for article in received("seeds")]


# -- the gate -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Scored:
    """A gold set against what was read, by the keys of score.py."""

    precision: float
    recall: float
    bounds: float
    dressed_up: int  # targets and estimates given as actual


@cache
def scored(name: str) -> Scored:
    """Match as score.py does; rows marked `ignore` excuse every reading of their figure."""
    gold = {SCORE.key(row): row for row in SCORE.rows(FLOORS[name].rows)}
    places = {row["place"] for row in gold.values()}
    found = {key: bound for key, bound in _found(name) if key[2] in places}
    wanted = {key for key, row in gold.items() if row["required"] != "ignore"}
    excused = gold.keys() - wanted
    false = {
        key
        for key in found.keys() - gold.keys()
        if not any(key[:3] == other[:3] and SCORE.near(key[7], other[7]) for other in excused)
    }
    hits = wanted & found.keys()
    planned = {(*key[:5], "actual", *key[6:]) for key in wanted if key[5] != "actual"} - wanted
    return Scored(
        precision=len(hits) / (len(hits) + len(false)),
        recall=len(hits) / len(wanted),
        bounds=sum(found[key] == gold[key]["bound"] for key in hits) / len(hits),
        dressed_up=len(false & planned),
    )


def _found(name: str) -> list[tuple[tuple[str, ...], str]]:
    """Key and bound of every observation of a gold set's articles."""
    return [
        (
            (
                article.name,
                seen.indicator,
                seen.place,
                seen.measure,
                seen.share_of,
                seen.status,
                SCORE.period(str(seen.period)),
                f"{float(seen.value):.6g}",
            ),
            seen.bound,
        )
        for article in received(name)
        for seen in reading(article).observations
    ]


@pytest.mark.parametrize("name", FLOORS)
def test_a_gold_set_is_read_precisely(name: str) -> None:
    assert scored(name).precision >= FLOORS[name].precision


@pytest.mark.parametrize("name", FLOORS)
def test_a_gold_set_is_read_wholly(name: str) -> None:
    assert scored(name).recall >= FLOORS[name].recall


@pytest.mark.parametrize("name", FLOORS)
def test_hedges_become_the_right_bounds(name: str) -> None:
    assert scored(name).bounds >= FLOORS[name].bounds


@pytest.mark.parametrize("name", FLOORS)
def test_no_planned_or_expected_figure_is_given_as_actual(name: str) -> None:
    assert scored(name).dressed_up == 0


@pytest.mark.parametrize("name", FLOORS)
def test_every_article_of_a_gold_set_is_there(name: str) -> None:
    with FLOORS[name].rows.open(encoding="utf-8-sig", newline="") as handle:
        wanted = {row["article"] for row in csv.DictReader(handle)}

    assert wanted <= {article.name for article in received(name)}


# -- what holds of every figure -------------------------------------------------------------------------------------
@pytest.mark.parametrize("article", EVERY)
def test_every_figure_stands_in_its_quote_and_every_quote_begins_with_a_word(article: Article) -> None:
    evidence = [piece for seen in reading(article).observations for piece in seen.evidence]

    assert [e.figure for e in evidence if not e.quote.start <= e.figure.start < e.figure.end <= e.quote.end] == []
    assert [e.quote for e in evidence if not article.raw[e.quote.start].isalnum()] == []


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
    "街角的书店刚刚开门，店主人把新到的书一本一本摆上架子，又给窗台上的花浇了水，阳光慢慢爬上屋檐，风也变得"
    "柔和起来，树叶沙沙作响，仿佛在低声讲述往事，行人放慢脚步，听着远处传来的钟声，心里格外安宁。"
)

CASES = [case for case in sentences() if not re.search(r"[|\t]|^[A-Z]", case.say)]  # no tables, no English
PROSE = [case for case in CASES if "\n" not in case.say]


def told(cases: list[Sentence]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [pytest.param(case, id=case.say) for case in cases])


def observed(article: Article, raw: str) -> set[Row]:
    return {row_of(seen) for seen in link.read(replace(article, raw=raw), CATALOGUE).observations}


@pytest.mark.parametrize("article", SEEDS)
def test_an_article_in_traditional_script_says_the_same(article: Article) -> None:
    assert observed(article, TRADITIONAL.convert(article.raw)) == observed(article, article.raw)


@told(CASES)
def test_a_case_in_traditional_script_says_the_same(case: Sentence) -> None:
    text = f"{case.say}\n\n{ELSEWHERE}"

    assert rows(read(TRADITIONAL.convert(text), case.at)) == rows(read(text, case.at))


@pytest.mark.parametrize("article", SEEDS)
def test_an_article_in_full_width_digits_says_the_same(article: Article) -> None:
    assert observed(article, article.raw.translate(WIDE)) == observed(article, article.raw)


@told(CASES)
def test_a_case_in_full_width_digits_says_the_same(case: Sentence) -> None:
    assert rows(read(case.say.translate(WIDE), case.at)) == rows(read(case.say, case.at))


@pytest.mark.parametrize("article", SEEDS)
def test_an_unrelated_paragraph_at_the_end_changes_nothing(article: Article) -> None:
    assert observed(article, f"{article.raw}\n\n{ELSEWHERE}\n") == observed(article, article.raw)


@told(CASES)
def test_an_unrelated_paragraph_behind_a_case_changes_nothing(case: Sentence) -> None:
    assert rows(read(f"{case.say}\n\n{ELSEWHERE}", case.at)) == rows(read(case.say, case.at))


@told(PROSE)
def test_a_paragraph_about_another_city_may_stand_before_or_behind(case: Sentence) -> None:
    other = "2022年，无锡的集成电路产业规模超过2000亿元。"

    assert rows(read(f"{other}\n\n{case.say}", case.at)) == rows(read(f"{case.say}\n\n{other}", case.at))


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


@pytest.mark.parametrize("width", [19, 31])
@told(PROSE)
def test_the_lines_of_a_hard_wrapped_text_say_the_same(case: Sentence, width: int) -> None:
    text = f"{FILLER}\n　　{case.say}\n{FILLER}"

    assert rows(read(wrapped(text, width), case.at)) == rows(read(text, case.at))


def dates_itself(case: Sentence) -> bool:
    """Whether a case gives facts only, and says when for every one of them without leaning on the day of publication."""
    when = [m.what.base for m in RECOGNISER.mentions(Text.fold(case.say)) if isinstance(m.what, When)]
    seen = read(case.say, case.at).observations
    return (
        bool(seen)
        and set(when) <= {"absolute", "years"}
        and all(o.status == "actual" and o.period_basis != "assumed" for o in seen)
    )


@told([case for case in CASES if " " in case.at and not case.at.endswith("-") and dates_itself(case)])
def test_what_dates_itself_says_the_same_on_a_later_day(case: Sentence) -> None:
    place, day = case.at.split()
    later = (date.fromisoformat(day) + timedelta(days=400)).isoformat()

    assert rows(read(case.say, f"{place} {later}")) == rows(read(case.say, case.at))

"""Words and numbers in both languages: complete, and as people write them."""

from __future__ import annotations

import ast
import re
import string
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard import marks, series, spoken
from dashboard.paragraphs import TEXTS
from dashboard.spoken import PERCENT, Unit
from dashboard.wording import WORDING

DASHBOARD = Path(__file__).parent.parent / "dashboard"
CNY, FIRMS, POWER = Unit("CNY", "元", "CNY"), Unit("firms", "家", "enterprises"), Unit("PFLOPS", "P", "PFLOPS")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
LATIN_IN_CHINESE = {
    "Parquet",
    "BibTeX",
    "CC",
    "BY",
    "AI",
    "CSV",
    "MIT",
    "DS",
    "English",
    "seeds",
    "python",
    "etl",
    "refresh",
    "m",
    "dev",
    "round",
}
PAIRS = [(key, *pair) for key, pair in WORDING.items()] + [
    (key, *pair) for key, pairs in TEXTS.items() for pair in pairs
]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("key", "zh", "en"), PAIRS)
def test_both_languages_say_it_with_the_same_values(key: str, zh: str, en: str) -> None:
    assert zh
    assert en
    assert placeholders(zh) == placeholders(en)
    if key != "other_language":
        assert not CHINESE.search(en), "Chinese in the English words"
        words = set(re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "", zh)))
        assert words <= LATIN_IN_CHINESE, "English in the Chinese words"


def asked_for() -> set[str]:
    """The keys that the code asks for by name; those put together from a code end in an underscore."""
    asked = set()
    for path in DASHBOARD.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and "words" in ast.unparse(node.func).split(".") and node.args:
                constants = [n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)]
                asked |= {word for word in constants if isinstance(word, str) and re.fullmatch("[a-z_]+", word)}
    return asked


def test_every_key_that_the_code_asks_for_has_words() -> None:
    known = set(WORDING) | set(TEXTS)
    starts = {key for key in asked_for() if key.endswith("_") and any(word.startswith(key) for word in known)}
    assert not asked_for() - known - starts


@pytest.mark.parametrize("mark", marks.SYMBOLS)
def test_every_mark_has_words_and_a_picture(mark: str) -> None:
    assert WORDING[f"mark_{mark}"]
    assert "base64" in marks.picture(mark, "#000000")


@pytest.mark.parametrize("show", series.SHOWS)
def test_every_way_of_showing_has_words(show: str) -> None:
    assert WORDING[f"show_{show}"]


@pytest.mark.parametrize(
    ("value", "rounding", "unit", "zh", "en"),
    [
        ("4680000000000", "5000000000", CNY, "4.68 万亿元", "CNY 4.68 trn"),
        ("5000000000000", "500000000000", CNY, "5 万亿元", "CNY 5 trn"),
        ("4800000000000", "5000000000", CNY, "4.80 万亿元", "CNY 4.80 trn"),
        ("485200000000", "50000000", CNY, "4,852 亿元", "CNY 485.2 bn"),
        ("650940000000", "5000000", CNY, "6,509.4 亿元", "CNY 650.94 bn"),
        ("8500000", "50000", CNY, "850 万元", "CNY 8.5 m"),
        ("1800", "0.5", FIRMS, "1,800 家", "1,800 enterprises"),
        ("18300", "50", FIRMS, "1.83 万家", "18,300 enterprises"),
        ("18312", "0.5", FIRMS, "18,312 家", "18,312 enterprises"),
        ("20000", "5000", FIRMS, "2 万家", "20,000 enterprises"),
        ("0", "0.5", FIRMS, "0 家", "0 enterprises"),
        ("5869", "0.5", POWER, "5,869 P", "5,869 PFLOPS"),
        ("8.7", "0.05", PERCENT, "8.7%", "8.7\u202f%"),
        ("10", "0.05", PERCENT, "10.0%", "10.0\u202f%"),
        ("10", "0.5", PERCENT, "10%", "10\u202f%"),
        ("-2.5", "0.05", PERCENT, "−2.5%", "−2.5\u202f%"),
        ("12.5", "0", PERCENT, "12.5%", "12.5\u202f%"),
    ],
)
def test_amounts_are_said_as_people_write_them(value: str, rounding: str, unit: Unit, zh: str, en: str) -> None:
    said = [spoken.amount(Decimal(value), Decimal(rounding), unit, language) for language in ("zh", "en")]
    assert [word.replace(" P", " P") for word in said] == [zh, en]


@pytest.mark.parametrize(("value", "decimals", "zh"), [("8.7", 1, "+8.7%"), ("-0.4", 1, "−0.4%"), ("0", 0, "0%")])
def test_changes_bear_their_sign(value: str, decimals: int, zh: str) -> None:
    assert spoken.signed(Decimal(value), decimals, "zh") == zh


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2024", "2024 年", "2024"),
        ("2025-H2", "2025 年下半年", "H2 2025"),
        ("2025-Q1", "2025 年一季度", "Q1 2025"),
        ("2025-06", "2025 年 6 月", "Jun 2025"),
        ("2024-01/2024-09", "2024 年 1—9 月", "Jan–Sep 2024"),
        ("2021-01/2025-12", "2021—2025 年", "2021–2025"),
        ("2023-07/2024-06", "2023 年 7 月—2024 年 6 月", "Jul 2023 – Jun 2024"),
        ("2024-12-31", "截至 2024 年底", "end of 2024"),
        ("2024-06-30", "截至 2024 年 6 月 30 日", "as of 30 Jun 2024"),
    ],
)
def test_periods_are_said_as_people_speak(period: str, zh: str, en: str) -> None:
    assert (spoken.period(period, "zh"), spoken.period(period, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("precision", "zh", "iso"),
    [("day", "2024 年 9 月 10 日", "2024-09-10"), ("month", "2024 年 9 月", "2024-09"), ("year", "2024 年", "2024")],
)
def test_dates_are_no_more_precise_than_known(precision: str, zh: str, iso: str) -> None:
    when = date(2024, 9, 10)
    assert (spoken.day(when, precision, "zh"), spoken.iso(when, precision)) == (zh, iso)


def test_a_late_evening_in_utc_is_the_next_day_in_shanghai() -> None:
    assert spoken.moment(datetime.fromisoformat("2026-11-20T18:30"), "zh") == "2026 年 11 月 21 日"


@pytest.mark.parametrize(
    ("largest", "unit", "language", "label"),
    [
        ("4.9e12", CNY, "zh", "万亿元"),
        ("4.9e12", CNY, "en", "CNY trn"),
        ("6.5e11", CNY, "zh", "亿元"),
        ("18000", FIRMS, "zh", "家"),
        ("250000", FIRMS, "zh", "万家"),
        ("1.8e4", FIRMS, "en", "enterprises"),
        ("56", PERCENT, "zh", "%"),
    ],
)
def test_an_axis_is_scaled_to_its_largest_value(largest: str, unit: Unit, language: str, label: str) -> None:
    assert spoken.axis_scale(Decimal(largest), unit, language).label == label

"""Owns how numbers, periods and dates are said in Chinese and in English.

In: exact values with their rounding (half a unit of the last printed digit), periods in their canonical form. Out: words.
Never more digits than were printed; minus is −; Chinese counts in 万 and 亿, English in m, bn and trn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

THIN = "\u202f"  # narrow no-break space

# Scales from large to small: factor, word. Money never goes below 万 in Chinese, counts use 万 only where it shortens them.
_SCALES = {
    "zh": ((Decimal("1e12"), "万亿"), (Decimal("1e8"), "亿"), (Decimal("1e4"), "万"), (Decimal(1), "")),
    "en": ((Decimal("1e12"), "trn"), (Decimal("1e9"), "bn"), (Decimal("1e6"), "m"), (Decimal(1), "")),
}
_MOST_DECIMALS = {"CNY": 4}  # above this a smaller scale reads better: 18,312 家, not 1.8312 万家
_BOUNDS = {
    "zh": {"=": "", ">": "超 ", "<": "不到 ", "~": "约 "},
    "en": {"=": "", ">": "over ", "<": "under ", "~": "about "},
}
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PARTS = {
    "H1": ("上半年", "H1"),
    "H2": ("下半年", "H2"),
    "Q1": ("一季度", "Q1"),
    "Q2": ("二季度", "Q2"),
    "Q3": ("三季度", "Q3"),
    "Q4": ("四季度", "Q4"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the catalogue: its code and what it is called."""

    code: str
    zh: str
    en: str

    def named(self, language: str) -> str:
        """Its name in a language."""
        return self.zh if language == "zh" else self.en


PERCENT = Unit("percent", "%", "%")


@dataclass(frozen=True, slots=True)
class Scale:
    """A factor and what a number divided by it is counted in (万亿元, CNY bn)."""

    factor: Decimal
    label: str


def plain(value: Decimal, decimals: int) -> str:
    """A number with thousands separators and a true minus.

    >>> plain(Decimal("-1234.5"), 1)
    '−1,234.5'
    """
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{rounded:,.{decimals}f}".replace("-", "−")


def decimals_of(value: Decimal, rounding: Decimal, factor: Decimal = Decimal(1)) -> int:
    """How many decimals of value/factor were printed; where the rounding is unknown, those the value has."""
    last = (rounding * 2 if rounding else Decimal(1).scaleb(_exponent(value))) / factor
    return max(0, -_exponent(last))


def amount(value: Decimal, rounding: Decimal, unit: Unit, language: str) -> str:
    """A value in its unit as people write it, without its bound.

    >>> amount(Decimal("4680000000000"), Decimal("5000000000"), Unit("CNY", "元", "CNY"), "zh")
    '4.68 万亿元'
    >>> amount(Decimal("4680000000000"), Decimal("5000000000"), Unit("CNY", "元", "CNY"), "en")
    'CNY 4.68 trn'
    >>> amount(Decimal(18300), Decimal(50), Unit("enterprises", "家", "enterprises"), "zh")
    '1.83 万家'
    """
    if unit.code == "percent":
        return f"{plain(value, decimals_of(value, rounding))}{'%' if language == 'zh' else THIN + '%'}"
    factor, word = _scale_of(value, rounding, unit, language)
    number = plain(value / factor, decimals_of(value, rounding, factor))
    return _with_unit(number, word, unit, language)


def exact(value: Decimal, unit: Unit, language: str) -> str:
    """The whole value, unscaled: what stands in the database."""
    number = plain(value, max(0, -_exponent(value)))
    if unit.code == "percent":
        return f"{number}%"
    return _with_unit(number, "", unit, language)


def signed(value: Decimal, decimals: int, language: str) -> str:
    """A change in percent, with its sign: +8.7% in Chinese, +8.7 % with a narrow space in English."""
    sign = "+" if value > 0 else ""
    return f"{sign}{plain(value, decimals)}{'%' if language == 'zh' else THIN + '%'}"


def bound(code: str, language: str) -> str:
    """The word for a bound, with the space that follows it; empty for an exact figure."""
    return _BOUNDS[language][code]


def axis_scale(largest: Decimal, unit: Unit, language: str) -> Scale:
    """The scale in which an axis up to `largest` reads best."""
    if unit.code == "percent":
        return Scale(Decimal(1), "%")
    least = Decimal(1) if unit.code == "CNY" else Decimal("1e5")  # counts stay plain until they grow long
    for factor, word in _SCALES[language]:
        if abs(largest) >= factor and (factor == 1 or abs(largest) >= least):
            return Scale(factor, " ".join(_with_unit("", word, unit, language).split()))
    return Scale(Decimal(1), unit.named(language))


def period(text: str, language: str) -> str:
    """A period in its canonical form, as spoken.

    >>> [period(p, "zh") for p in ("2024", "2025-H1", "2024-01/2024-09", "2024-12-31", "2025-06")]
    ['2024 年', '2025 年上半年', '2024 年 1—9 月', '截至 2024 年底', '2025 年 6 月']
    >>> [period(p, "en") for p in ("2024", "2025-H1", "2024-01/2024-09", "2024-12-31", "2025-06")]
    ['2024', 'H1 2025', 'Jan–Sep 2024', 'end of 2024', 'Jun 2025']
    """
    chinese = language == "zh"
    if re.fullmatch(r"\d{4}", text):
        return f"{text} 年" if chinese else text
    if match := re.fullmatch(r"(\d{4})-([HQ]\d)", text):
        zh, en = _PARTS[match[2]]
        return f"{match[1]} 年{zh}" if chinese else f"{en} {match[1]}"
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return _instant(date.fromisoformat(text), language)
    if "/" in text:
        return _span(*text.split("/"), chinese=chinese)
    return day(date.fromisoformat(f"{text}-01"), "month", language)


def day(when: date | None, precision: str | None, language: str) -> str:
    """A date as precisely as it is known, in words; empty where it is not known."""
    if when is None:
        return ""
    year, month = when.year, when.month
    if precision == "year":
        return f"{year} 年" if language == "zh" else f"{year}"
    if precision == "month":
        return f"{year} 年 {month} 月" if language == "zh" else f"{_MONTHS[month]} {year}"
    return f"{year} 年 {month} 月 {when.day} 日" if language == "zh" else f"{when.day} {_MONTHS[month]} {year}"


def iso(when: date | None, precision: str | None) -> str:
    """A date for a table: ISO, cut to what is known."""
    return when.isoformat()[: {"year": 4, "month": 7}.get(precision or "", 10)] if when else ""


def moment(made_at: datetime, language: str) -> str:
    """A time of the store (UTC) as a day in Shanghai, where the readers are."""
    return day((made_at + timedelta(hours=8)).date(), "day", language)


def today() -> date:
    """The day it is in Shanghai."""
    return (datetime.now(UTC) + timedelta(hours=8)).date()


def _exponent(value: Decimal) -> int:
    """The power of ten of the last digit that is not nought; 0 for nought itself."""
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) and value else 0


def _scale_of(value: Decimal, rounding: Decimal, unit: Unit, language: str) -> tuple[Decimal, str]:
    most = _MOST_DECIMALS.get(unit.code, 2)
    for factor, word in _SCALES[language]:
        if unit.code != "CNY" and language == "en":
            break
        if abs(value) >= factor and decimals_of(value, rounding, factor) <= most:
            return factor, word
    return Decimal(1), ""


def _with_unit(number: str, word: str, unit: Unit, language: str) -> str:
    if language == "zh":
        return f"{number} {word}{unit.zh}"
    if unit.code == "CNY":
        return f"CNY {number}{' ' + word if word else ''}".rstrip()
    return f"{number} {word + ' ' if word else ''}{unit.en}"


def _instant(when: date, language: str) -> str:
    if (when.month, when.day) == (12, 31):
        return f"截至 {when.year} 年底" if language == "zh" else f"end of {when.year}"
    return ("截至 " if language == "zh" else "as of ") + day(when, "day", language)


def _span(first: str, last: str, *, chinese: bool) -> str:
    (year, month), (last_year, last_month) = (map(int, end.split("-")) for end in (first, last))
    if year == last_year:
        return f"{year} 年 {month}—{last_month} 月" if chinese else f"{_MONTHS[month]}–{_MONTHS[last_month]} {year}"
    if (month, last_month) == (1, 12):
        return f"{year}—{last_year} 年" if chinese else f"{year}–{last_year}"
    if chinese:
        return f"{year} 年 {month} 月—{last_year} 年 {last_month} 月"
    return f"{_MONTHS[month]} {year} – {_MONTHS[last_month]} {last_year}"

"""Numbers as the press writes them: one figure in every style, from its value, without asking the reading.

In: a `Figure` (digits, decimals, multiplier, unit). Out: phrases, each with the value, bound and rounding that it
states. What test_numbers reads back, and what the generated articles of tests/stories.py are made with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from etl.model import Bound

SCALES = {"": 1, "万": 10**4, "百万": 10**6, "亿": 10**8, "千亿": 10**11, "万亿": 10**12}
#: Hedges by where they stand: before the number, behind the unit, between number and unit.
BEFORE: dict[str, Bound] = {
    **dict.fromkeys(("超", "超过", "逾", "突破", "不少于", "至少", "刚过"), ">"),
    **dict.fromkeys(("近", "接近", "不到", "不足"), "<"),
    **dict.fromkeys(("约", "大约", "约为"), "~"),
}
BEHIND: dict[str, Bound] = {"以上": ">", "左右": "~", "上下": "~"}
WITHIN: dict[str, Bound] = {"余": ">", "多": ">"}
_NUMERALS = "零一二三四五六七八九"
_WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")

Style = Literal["arabic", "wide", "thousands", "wide thousands", "han"]
STYLES: tuple[Style, ...] = ("arabic", "wide", "thousands", "wide thousands", "han")


@dataclass(frozen=True)
class Figure:
    """`digits` shifted by `decimals` places, times the multiplier, in a unit word: 468, 2, 万亿, 元 is 4.68万亿元."""

    digits: int
    decimals: int
    scale: str
    unit: str

    @property
    def value(self) -> Decimal:
        return Decimal(self.digits).scaleb(-self.decimals) * SCALES[self.scale]

    @property
    def round(self) -> bool:
        """Whether a 余 may follow: 1800余家, 1.2万余家, but not 1803余家."""
        return bool(self.scale) or (not self.decimals and self.digits >= 10 and self.digits % 10 == 0)


@dataclass(frozen=True)
class Phrase:
    """A figure as written."""

    say: str
    value: Decimal
    bound: Bound
    rounding: Decimal  # half a unit of the last place that is written


def han(number: int) -> str:
    """A whole number below 10^16 in Chinese numerals.

    >>> [han(n) for n in (2, 15, 105, 1020, 2100, 20_000, 150_000_000, 1_000_500)]
    ['两', '十五', '一百零五', '一千零二十', '两千一百', '两万', '一亿五千万', '一百万零五百']
    """
    said = _two(_spelt(number))
    return said[1:] if said.startswith("一十") else said


def _two(said: str) -> str:
    """两 where people say it: alone, and leading before 千 万 亿."""
    return "两" + said[1:] if said == "二" or said[:2] in ("二千", "二万", "二亿") else said


def _spelt(number: int) -> str:
    """With 零 for the places that are skipped inside."""
    for size, sign in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if rest and rest < size // 10 else ""
            return _spelt(head) + sign + gap + (_spelt(rest) if rest else "")
    return _NUMERALS[number]


def written(figure: Figure, style: Style) -> str | None:
    """The number without multiplier and unit, or None where the style does not fit it."""
    arabic = f"{Decimal(figure.digits).scaleb(-figure.decimals):f}"
    if style == "han":
        whole, _, fraction = arabic.partition(".")
        if fraction:
            return (han(int(whole)) if int(whole) else "零") + "点" + "".join(_NUMERALS[int(sign)] for sign in fraction)
        below = {"": 10**16, "百万": 10, "千亿": 10}.get(figure.scale, 10**4)  # 三千亿, but 三百亿 and not 三十千亿
        return han(figure.digits) if figure.digits < below else None
    if "thousands" in style:
        if figure.decimals or figure.digits < 1000:
            return None
        arabic = f"{figure.digits:,}"
    return arabic.translate(_WIDE) if "wide" in style else arabic


def phrase(figure: Figure, style: Style, hedge: str = "") -> Phrase | None:
    """The figure in a style with a hedge; None where nobody would write it so."""
    number = written(figure, style)
    if number is None or (hedge in WITHIN and not (figure.round and (style != "han" or not figure.decimals))):
        return None
    bound = BEFORE.get(hedge) or BEHIND.get(hedge) or WITHIN.get(hedge) or "="
    unit = "％" if "wide" in style and figure.unit == "%" else figure.unit
    before, within, behind = (hedge if hedge in where else "" for where in (BEFORE, WITHIN, BEHIND))
    if style == "han" and figure.unit == "%":
        number, unit = f"百分之{number}", ""
    return Phrase(
        f"{before}{number}{figure.scale}{within}{unit}{behind}", figure.value, bound, _last_place(figure, style) / 2
    )


def _last_place(figure: Figure, style: Style) -> Decimal:
    """Zeros at the end count as written in digits, and as not written in numerals: 一百二十 is given to the ten."""
    place = Decimal(1).scaleb(-figure.decimals) * SCALES[figure.scale]
    if style == "han" and not figure.decimals:
        digits = str(figure.digits)
        place *= 10 ** (len(digits) - len(digits.rstrip("0")))
    return place


def phrases(figure: Figure, hedge: str = "") -> Iterator[Phrase]:
    """The figure in every style that fits it."""
    for style in STYLES:
        if found := phrase(figure, style, hedge):
            yield found

"""The heads of a table's columns, and the units that a table gives its bare numbers.

In: rows of cells (lists of tokens) and the folded text. Out: a `Head` for each column, merged where two rows stand over
it, the unit that a head, a label or a caption names, of when a column of growth is, and which columns hold slips. What
the cells say stands in `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from etl.link.leadins import only_planned
from etl.link.scene import lies_ahead
from etl.link.tokens import Token
from etl.period import Period
from etl.recognise import periods
from etl.recognise.quantities import MULTIPLIERS, OTHER_MEASURES

Cells = list[list[Token]]
Unit = re.Match[str]
GROWTH = ("grow", "fall", "yoy")

_UNITS = "(?P<scale>[十百千万亿]*)(?P<unit>平方公里|平方米|EFLOPS|PFLOPS|元|家|个|项|座|台|人|名|位|户|%|P|款|件|套)"
_UNIT = re.compile(f"[（(/](?:[^）)，、\\d]{{1,6}}[，、])?(?:单位[：:]?)?{_UNITS}(?![^）)，、/\\s])")
_BARE_UNIT = re.compile(f"{_UNITS}$")
_UNIT_SAID = re.compile("单位(?:均|统一|一律)?[：:为是]?(?P<units>[^）)。；\\t]{1,24})")
_ANY_UNIT = re.compile(f"{_UNITS}(?![^、，,/和\\s])")
#: 软件出口（万美元）: a unit that no indicator has, and no caption's is.
_FOREIGN = re.compile(
    f"[（(/][十百千万亿]*(?:{'|'.join(map(re.escape, sorted(OTHER_MEASURES, key=len, reverse=True)))})[）)]?$"
)
_DIGIT = re.compile("\\d")
#: 误 beside 正, 网传 beside 核实: the column of what was told wrong in a table of slips.
_WRONG = re.compile(
    "(?:原|旧)?(?:图|文|稿|表|报|刊|帖)?(?:中|上|里)?(?:误|错|错误|有误|误写|误植|误作|误为|错写|错处|错字|网传|流传|传言|传闻|谣言|原称|误报|所写|所称)"
    "(?:处|值|数|数值|数据|数字|内容|说法|表述|版本)?|(?:更正|改正|订正|修正|勘误|纠正|改)前(?:的?(?:数值?|数据|数字|内容|表述))?|原(?:图|文|稿|报|刊|帖)(?:数值?|数据|数字|内容|表述)?"
)


def words(cell: list[Token], folded: str) -> str:
    """The words of a cell."""
    return folded[cell[0].start : cell[-1].end] if cell else ""


def tells(row: Cells, folded: str) -> bool:
    """Whether a row tells figures; 万亿元 in the head of a column is none."""
    numbers = (token for cell in row for token in cell if token.kind == "number")
    return any(_DIGIT.search(folded, token.start, token.end) for token in numbers)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a column: one cell, or several one below the other, with their words."""

    cells: tuple[list[Token], ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def tokens(self) -> list[Token]:
        """All that is said over the column."""
        return [token for cell in self.cells for token in cell]

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(self.texts)

    @property
    def growing(self) -> bool:
        """Whether the column tells growth."""
        return any(token.kind in GROWTH for token in self.tokens)

    def unit(self, cell: list[Token], text: str) -> Unit | None:
        """The unit that one of its cells names: in brackets, or alone below another."""
        return _UNIT.search(text) or (_BARE_UNIT.match(text) if len(self.cells) > 1 and cell else None)

    @property
    def own_unit(self) -> Unit | None:
        """The unit of the column; a growth has none of the sum that it stands beside."""
        cells = list(zip(self.cells, self.texts, strict=True))
        if self.growing:
            cells = [(cell, text) for cell, text in cells if any(token.kind in GROWTH for token in cell)] + cells[-1:]
        return next((unit for cell, text in reversed(cells) if (unit := self.unit(cell, text))), None)


def heads(rows: list[Cells], folded: str) -> list[Head]:
    """The heads of the columns; what is said once over several holds for each of them."""
    found = [Head((cell,), (words(cell, folded),)) if cell else Head() for cell in rows[0]]
    for row in rows[1:]:
        upper = list(found)
        for n, cell in enumerate(row):
            over = upper[n]
            if cell and not over.cells and n and row[n - 1]:
                over = upper[n] = upper[n - 1]
            text = words(cell, folded)
            if cell and text not in over.texts:
                found[n] = Head((*over.cells, cell), (*over.texts, text))
    return found


def second(upper: Cells, lower: Cells, folded: str) -> bool:
    """Whether a row goes on the heading above it: below cells that are merged, and with no name of a row of its own."""
    if len(upper) != len(lower) or tells(lower, folded):
        return False
    over, under = ([words(cell, folded) for cell in row] for row in (upper, lower))
    merged = any(below and above in ("", left) for above, left, below in zip(over[1:], over, under[1:], strict=False))
    return merged and under[0] in ("", over[0]) and sum(map(bool, under)) > 1


def slips(headings: Sequence[Head]) -> set[int]:
    """The columns of what was told wrong, which is no fact: | 项目 | 误 | 正 |, | 指标 | 网传 | 核实 |."""
    texts = [re.split("[（(]", head.text)[0].strip() for head in headings]
    return {n for n, text in enumerate(texts) if _WRONG.fullmatch(text)}


#: 2025年末实有, 上年实际, 基数: what a column of facts is called beside one of plans.
_ACTUAL = re.compile("实[有绩际到]|完成|现[有状]|已有|基[数期准]|期初|起点|家底")
_SETTLED = ("plan", "expect", "outcome", "total")


def planned(headings: Sequence[Head], figures: Sequence[int], published: date | None) -> set[int]:
    """The columns of years that are not over, which can only be planned: | 2025年末实有 | 2026年 | 2027年 |.

    Such a year has hardly begun, or stands beside one that is to come, or beside a column of what there is.
    """
    years = {n: year for n in figures if (year := _year(headings[n], published))}
    if published is None or not years:
        return set()
    actual = any(_ACTUAL.search(headings[n].text) for n in figures)
    beside = actual or any(year.start > published for year in years.values())
    return {
        n
        for n, year in years.items()
        if not _ACTUAL.search(headings[n].text)
        and (lies_ahead(year.end, published) if beside else only_planned(year, published, headings[n].text))
    }


def _year(head: Head, published: date | None) -> Period | None:
    """The whole year that is all a column's head says, but for its unit."""
    said = [token for token in head.tokens if token.kind != "mark"]
    dates = [token.what for token in said if token.kind == "date"]
    if len(dates) != 1 or head.growing or any(token.kind in (*_SETTLED, "new", "award", "word") for token in said):
        return None
    period = periods.resolve(dates[0], published, None)
    return period if period and period.kind == "year" else None


def grown_in(headings: Sequence[Head], n: int) -> list[Token]:
    """The date of a column of growth that names none: the latest year of the columns since the last growth.

    | 指标 | 2024年 | 2023年 | 增长 |: whichever way the years are set, what has grown is the last of them.
    """
    if not headings[n].growing or any(token.kind == "date" for token in headings[n].tokens):
        return []
    dates: list[Token] = []
    for head in reversed(headings[:n]):
        if head.growing or any(token.kind == "plan" for token in head.tokens):
            break
        dates += [token for token in reversed(head.tokens) if token.kind == "date"]
    told = [token for token in dates if token.what.base in ("absolute", "publication")]
    before = [token for token in dates if token.what.base == "same" or (token.what.base == "frame" and token.what.year)]
    if not told or len(told) + len(before) < len(dates):
        return []
    latest = max(told, key=lambda token: token.what.year)
    return [latest] if dates[0] in before or latest.what.year > dates[0].what.year else []


def labelled(text: str) -> Unit | None:
    """The unit that the name of a row gives: 工业投资（亿元）."""
    return _UNIT.search(text)


def closing(text: str) -> Unit | None:
    """The unit that the line over a table closes with: 2025年各板块新认定企业数（家）."""
    last = text[max(text.rfind("（"), text.rfind("("), 0) :]
    return _UNIT.match(last) if last.endswith(("）", ")")) else None


def bare(text: str) -> Unit | None:
    """The unit that a cell of units is."""
    return _BARE_UNIT.match(text)


def foreign(text: str) -> bool:
    """Whether a name gives a unit that is none of ours: 软件出口（万美元）."""
    return bool(_FOREIGN.search(text))


def said(above: Sequence[list[Token]], folded: str) -> Unit | None:
    """The unit that the lines over a table give it: 单位：亿元、%. Of several sums or counts none is everybody's."""
    for line in above:
        told = _UNIT_SAID.search(folded, line[0].start, line[-1].end) if line else None
        if told:
            units = [unit for unit in _ANY_UNIT.finditer(told["units"]) if unit["unit"] != "%"]
            units = units or list(_ANY_UNIT.finditer(told["units"]))
            return units[0] if len(units) == 1 else None
    return None


def with_unit(token: Token, unit: Unit | None, *, growing: bool) -> Token:
    """A bare number takes the unit of its column or row; under a growth that names none it is a percentage."""
    if token.kind != "number" or token.what.unit:
        return token
    if unit is None:
        return replace(token, what=replace(token.what, unit="%")) if growing else token
    factor = Decimal(1)
    for sign in unit["scale"]:
        factor *= MULTIPLIERS[sign]
    quantity = token.what
    return replace(
        token, what=replace(quantity, value=quantity.value * factor, digits=quantity.digits * factor, unit=unit["unit"])
    )

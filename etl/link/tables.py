"""Tables: a cell is read as if the heading of its column had been said just before it.

In: the sentences' tokens of the lines of one table. Out: one list of tokens a row, the headings woven in. A heading
gives its column a date, a place, an indicator, a growth or a unit; the walk then reads the row like any sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from etl.link.tokens import Token
from etl.recognise.places import Where
from etl.recognise.quantities import MULTIPLIERS

_UNIT = re.compile(
    r"[（(/](?:单位：?)?(?P<scale>[十百千万亿]*)(?P<unit>元|家|个|项|座|台|人|户|%|P|款|万平方米|平方米)[）)]?"
)
_BARE_UNIT = re.compile(r"(?P<scale>[十百千万亿]*)(?P<unit>元|家|个|项|座|台|人|户|%|P|款|平方米)")
_GROWTH = ("grow", "fall", "yoy")


def woven(rows: list[list[Token]], folded: str) -> list[list[Token]]:
    """The rows of a table, each cell behind the tokens of its column's heading; the heading row itself comes first."""
    if not rows or _figures(rows[0]):
        return rows  # no heading: each row speaks for itself
    headings = _cells(rows[0])
    placed = sum(any(token.kind == "place" for token in row) for row in rows[1:]) * 2 > len(rows)
    if placed:
        rows = [rows[0], *(_elsewhere(row) for row in rows[1:])]
    general = _UNIT.search(folded, rows[0][0].start, rows[0][-1].end) if len(headings) == 1 else None
    return [rows[0], *(_row(row, headings, folded, general) for row in rows[1:])]


def _elsewhere(row: list[Token]) -> list[Token]:
    """A row of a table of places that names none of them is about another place."""
    if not row or not _figures_at_all(row) or any(token.kind == "place" for token in row):
        return row
    first = row[0]
    return [Token("place", Where("elsewhere"), first.start, first.start, "row of an unknown place"), *row]


def _figures_at_all(row: list[Token]) -> bool:
    return any(token.kind == "number" for token in row)


def _figures(row: list[Token]) -> bool:
    return any(token.kind == "number" and token.what.unit for token in row)


def _cells(row: list[Token]) -> list[list[Token]]:
    cells: list[list[Token]] = [[]]
    for token in row:
        if token.kind == "mark" and token.what in "\t|":
            if cells[-1] or len(cells) > 1:
                cells.append([])
        else:
            cells[-1].append(token)
    return cells if cells[-1] else cells[:-1]


def _row(row: list[Token], headings: list[list[Token]], folded: str, general: re.Match[str] | None) -> list[Token]:
    cells = _cells(row)
    if len(cells) != len(headings) or len(cells) < 2:
        return row
    found = list(cells[0])
    for cell, heading in zip(cells[1:], headings[1:], strict=True):
        if cell and _is_unit(heading, folded):
            general = _BARE_UNIT.match(folded, cell[0].start) or general
            continue
        if not cell:
            continue
        found.append(Token("mark", "\t", cell[0].start, cell[0].start))
        unit = _UNIT.search(folded, heading[0].start, heading[-1].end) if heading else None
        found += [token for token in heading if token.kind != "mark" and _speaks(token, unit)]
        label = _UNIT.search(folded, cells[0][0].start, cells[0][-1].end) if cells[0] else None
        growing = any(token.kind in _GROWTH for token in heading)
        found += [_with_unit(token, unit or (None if growing else label) or general, growing=growing) for token in cell]
    return found


def _speaks(token: Token, unit: re.Match[str] | None) -> bool:
    """Whether a token of a heading is more than its unit: of （家，年末） the date."""
    return unit is None or token.start < unit.start() or token.kind == "date"


def _is_unit(heading: list[Token], folded: str) -> bool:
    """A column that only names the unit of its row (计量单位)."""
    return bool(heading) and "单位" in folded[heading[0].start : heading[-1].end]


def _with_unit(token: Token, unit: re.Match[str] | None, *, growing: bool) -> Token:
    """A bare number takes the unit of its column or row; under a growth it is a percentage."""
    if token.kind != "number" or token.what.unit:
        return token
    if growing:
        return replace(token, what=replace(token.what, unit="%"))
    if unit is None:
        return token
    factor = Decimal(1)
    for sign in unit["scale"]:
        factor *= MULTIPLIERS[sign]
    quantity = token.what
    return replace(
        token, what=replace(quantity, value=quantity.value * factor, digits=quantity.digits * factor, unit=unit["unit"])
    )

"""Tables as grids: a cell is read as if its row's head and its column's head had been said just before it.

In: the tokens of the lines of one table, of those above it, and the note below. Out: a `Row` for each line: tokens that
the walk reads like any sentence, and figures that are refused. What a cell lacks comes from the nearest that says it:
its column's head, its row's head, the caption. Where row and column name two indicators or two places, the cell is
refused. A note may call rows, columns or marked cells estimates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from etl.link.tokens import Token
from etl.recognise.cues import Cue
from etl.recognise.periods import When
from etl.recognise.places import Where
from etl.recognise.quantities import MULTIPLIERS

Cells = list[list[Token]]

_UNITS = "(?P<scale>[十百千万亿]*)(?P<unit>元|家|个|项|座|台|人|名|位|户|%|EFLOPS|PFLOPS|P|款|件|平方米)"
_UNIT = re.compile(f"[（(/](?:[^）)，、\\d]{{1,6}}[，、])?(?:单位[：:]?)?{_UNITS}(?![^）)，、/\\s])")
_BARE_UNIT = re.compile(f"{_UNITS}$")
_UNIT_SAID = re.compile(f"单位(?:均|统一|一律)?[：:为是]?{_UNITS}(?![^）)。，；\\s])")
_UNIT_HEAD = re.compile("(?:计量|计算)?单位$")
_RANKS = re.compile("(?:序号|编号|排名|排序|位次|名次|No\\.?|№)$")
_PLANNED = re.compile("目标|计划|规划")
_GROWTH = ("grow", "fall", "yoy")
#: Words of a column's head that say nothing of what is counted: 2024年基数, 2025年实绩.
_VALUES = re.compile(
    "(?:基[数期准值年]|基准值|现[状值]|现状值|实[绩际][值数]?|完成[值数额]|数[值据]|当[前期]值?|本期)+"
)
#: Words of a caption that only say how the table is cut: 各板块, 分地区, 附表.
_CUT = re.compile("(?:[各分]|主要|部分)*(?:板块|地区|区域|县市区?|区县市?|市区|区市|县区|区|市|地)|附?表")
_CAPTION = ("new", "award", "total", "plan", "expect", "theme", "level", "name")  # what a caption says of every cell
_ESTIMATED = re.compile("(?:为|系|是)(?:初步)?(?:预计|预估|估计|估算|初步|快报)")
_ALL = re.compile("[表文][中内]|[上本此]表|以上|数据|均")
_STARRED = re.compile("[带标打加有]\\*|\\*号|星号")
_YEAR = re.compile("20\\d\\d$")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what the walk reads, the figures that it must not, and whether it only heads the table."""

    tokens: list[Token]
    refused: list[tuple[Token, str]] = field(default_factory=list)
    caption: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a table: the tokens of the lines above it, the nearest first, and the note below."""

    above: Sequence[list[Token]] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns of a table by what they are, and what is said of all of it."""

    folded: str
    headings: Cells
    ranks: list[int]  # 序号, 排名
    heads: list[int]  # the columns that name the rows
    figures: list[int]
    unit: int | None  # the column that names the unit of its row
    named: list[Token]  # the indicator, where only the caption names it
    general: re.Match[str] | None  # the unit that the caption names
    month: When | None  # the month that the caption names, for 本月
    note: str

    def text(self, cell: list[Token]) -> str:
        """The words of a cell."""
        return self.folded[cell[0].start : cell[-1].end] if cell else ""


def woven(lines: list[list[Token]], folded: str, around: Around) -> list[Row]:
    """The rows of a table, line by line."""
    cells = [_cells(line) for line in lines]
    told = [n for n, line in enumerate(lines) if any(token.kind != "mark" for token in line)]
    head = next((n for n in told if sum(map(bool, cells[n])) > 1), None)
    cells = [_dated(row, folded, whole=n == head) for n, row in enumerate(cells)]
    if head is None or any(token.kind == "number" for cell in cells[head] for token in cell):
        return [Row(line) for line in lines]  # no heading: each row speaks for itself
    body = [n for n in told if n > head]
    if body and all(len(cells[n]) == len(cells[head]) + 1 for n in body):
        cells[head] = [[], *cells[head]]  # nothing stands over the names of the rows
    above = [*(lines[n] for n in reversed(told) if n < head), *around.above]
    grid = _grid(cells[head], [cells[n] for n in body], folded, replace(around, above=above))
    placed = sum(_places(lines[n]) for n in body) * 2 > len(body)
    found = [Row(line, caption=n < head) for n, line in enumerate(lines)]
    found[head] = Row([token for cell in cells[head] for token in cell])
    for number, n in enumerate(body, 1):
        if len(cells[n]) == len(grid.headings):
            found[n] = _row(cells[n], grid, number)
        if placed:
            found[n] = replace(found[n], tokens=_elsewhere(found[n].tokens))
    return found


def _cells(line: list[Token]) -> Cells:
    """The cells of a line: between bars where it is ruled, else between wide spaces."""
    bar = "|" if line[0].what == "|" else "\t"
    cells: Cells = [[]]
    for token in line:
        if token.kind == "mark" and token.what == bar:
            cells.append([])
        elif token.what != "\t":
            cells[-1].append(token)
    return cells[1:-1] if bar == "|" else cells


def _dated(row: Cells, folded: str, *, whole: bool) -> Cells:
    """Bare years that head a column or a row are dates: | 指标 | 2023 | 2024 |."""

    def dated(cell: list[Token]) -> list[Token]:
        alone = len(cell) == 1 or (cell and cell[1].what == "（")  # 2025（截至9月）
        year = _YEAR.match(folded, cell[0].start, cell[0].end) if alone else None
        return [replace(cell[0], kind="date", what=When("absolute", int(year[0]))), *cell[1:]] if year else cell

    return [dated(cell) if whole or not n else cell for n, cell in enumerate(row)]


def _grid(headings: Cells, body: list[Cells], folded: str, around: Around) -> _Grid:
    """What each column is: a rank, a unit, the name of its row (all before the first figures), or figures."""
    body = [row for row in body if len(row) == len(headings)]
    texts = [folded[cell[0].start : cell[-1].end] if cell else "" for cell in headings]
    ranks = [n for n, text in enumerate(texts) if _RANKS.search(text)]
    unit = next((n for n, text in enumerate(texts) if _UNIT_HEAD.match(text)), None)
    open_ = [n for n in range(len(headings)) if n not in (*ranks, unit)]
    figures = [n for n in open_ if n and _of_figures([row[n] for row in body])]
    heads = [n for n in open_ if n < min(figures, default=0)]
    own = [*(headings[n] for n in figures), *(row[n] for row in body for n in heads)]
    named: list[Token] = []
    if not any(token.kind == "name" for cell in own for token in cell):
        named = next(filter(None, (_named(line, folded) for line in around.above)), [])
    said = (_UNIT_SAID.search(folded, line[0].start, line[-1].end) for line in around.above[:1] if line)
    month = _month([token for line in around.above[:1] for token in line])
    return _Grid(folded, headings, ranks, heads, figures, unit, named, next(said, None), month, around.note)


def _month(caption: list[Token]) -> When | None:
    """The one month of a year that a caption names: 2025年9月全市工业统计月报."""
    dates = [token.what for token in caption if token.kind == "date"]
    single = len(dates) == 1 and dates[0].months and dates[0].months[0] == dates[0].months[1] and not dates[0].day
    return dates[0] if single and dates[0].base == "absolute" else None


def _of_figures(cells: Cells) -> bool:
    """Whether most of the cells that say anything hold a figure, and no name or place."""
    said = [kinds for cell in cells if (kinds := {token.kind for token in cell}) - {"mark"}]
    figures = [kinds for kinds in said if "number" in kinds and kinds.isdisjoint(("name", "place"))]
    return len(figures) * 2 > len(said)


def _named(line: list[Token], folded: str) -> list[Token]:
    """What a caption says of every cell, where it names one indicator, gives no figure and has no unknown word."""
    names = [token for token in line if token.kind == "name"]
    words = [t for t in line if t.kind == "word" and not _CUT.fullmatch(folded, t.start, t.end)]
    if len(names) != 1 or not names[0].what.options or words or any(token.kind == "number" for token in line):
        return []
    return [token for token in line if token.kind in _CAPTION]


def _row(cells: Cells, grid: _Grid, number: int) -> Row:
    """One row: its head, then each figure behind the head of its column."""
    head = [token for n in grid.heads for token in cells[n]]
    start = min(cell[0].start for cell in cells if cell)
    corner = [token for n in grid.heads for token in grid.headings[n] if token.kind == "date"]
    found = [Token("mark", "·", start, start), *grid.named, *corner, *head]
    grown = [token for token in head if token.kind in _GROWTH]  # 规上工业增加值增速（%）
    refused = [(token, "rank") for n in grid.ranks for token in cells[n] if token.kind == "number"]
    rank = next((int(token.what.value) for token, _ in refused), number)
    for n in (n for n in grid.figures if cells[n]):
        if reason := _contradicted(head, grid.headings[n]) or _undated(grid, n):
            refused += [(token, reason) for token in cells[n] if token.kind == "number"]
            continue
        at = cells[n][0].start
        found += [Token("mark", "\t", at, at), *_said(grid, n), *grown]
        if _estimated(grid, n, cells, rank):
            found.append(Token("expect", Cue("expect", "预计"), at, at, "note below the table"))
        growing = bool(grown) or any(token.kind in _GROWTH for token in grid.headings[n])
        unit = _unit(grid, n, cells)
        found += [_with_unit(token, unit, growing=growing) for token in cells[n]]
    return Row(found, refused)


def _undated(grid: _Grid, n: int) -> str:
    """Why no one knows of when a column is: 本月 where the caption names no month, 1—5月 behind a column of 2024年."""
    dates = [t for m in grid.figures if m <= n for t in grid.headings[m] if t.kind == "date"]
    if not dates:
        return ""
    bare = dates[-1].what.base == "frame" and dates[-1].what.months and not dates[-1].what.year
    of_year = len(dates) > 1 and dates[-2].what.base == "absolute" and dates[-2].what.months is None
    apart = bare and of_year and dates[-2] not in next(h for h in grid.headings if dates[-1] in h)
    return "no_date" if apart or (_this_month(dates[-1]) and grid.month is None) else ""


def _this_month(token: Token) -> bool:
    return token.kind == "date" and token.what.base == "month" and token.what.year == 0


def _in_month(grid: _Grid, n: int) -> list[Token]:
    """The head of a column with 本月 as the caption's month, and 本月止累计 as the months up to it."""
    heading = grid.headings[n]
    if grid.month is None or grid.month.months is None or not heading:
        return heading
    last = grid.month.months[1]
    summed = any(sign in grid.text(heading) for sign in ("累计", "止"))
    when = When("absolute", grid.month.year, (1 if summed else last, last))
    if summed and not any(token.kind == "date" for token in heading):
        return [Token("date", when, heading[0].start, heading[0].start, "months up to the caption's"), *heading]
    return [replace(token, what=when) if _this_month(token) else token for token in heading]


def _said(grid: _Grid, n: int) -> list[Token]:
    """What the head of a column says: all but its unit (of （家，年末） the date) and words like 基数."""
    heading = grid.headings[n]
    if not heading:
        return []
    unit = _UNIT.search(grid.folded, heading[0].start, heading[-1].end)
    empty = [match.span() for match in _VALUES.finditer(grid.folded, heading[0].start, heading[-1].end)]
    return [
        token
        for token in _in_month(grid, n)
        if token.kind != "mark"
        and (unit is None or token.start < unit.start() or token.kind == "date")
        and not (token.kind in ("word", "function") and any(a <= token.start < token.end <= b for a, b in empty))
    ]


def _contradicted(head: list[Token], heading: list[Token]) -> str:
    """Why a cell is open: its row and its column name two indicators, or two places and no share."""
    kinds = {token.kind for token in heading}
    names = [{token.what.head for token in part if token.kind == "name"} for part in (head, heading)]
    if all(names) and names[0].isdisjoint(names[1]):
        return "two_indicators"
    placed = any(token.kind == "place" for token in head) and "place" in kinds
    return "no_place" if placed and kinds.isdisjoint(("share", "compare")) else ""


def _unit(grid: _Grid, n: int, cells: Cells) -> re.Match[str] | None:
    """The unit of a cell: its column's, its row's (in brackets or in a column of units), the caption's."""
    heading, growing = grid.headings[n], any(token.kind in _GROWTH for token in grid.headings[n])
    own = _UNIT.search(grid.folded, heading[0].start, heading[-1].end) if heading else None
    if own or growing:
        return own
    if grid.unit is not None:
        return _BARE_UNIT.match(grid.text(cells[grid.unit]))
    label = next((_UNIT.search(grid.text(cells[h])) for h in reversed(grid.heads) if "（" in grid.text(cells[h])), None)
    return label or grid.general


def _with_unit(token: Token, unit: re.Match[str] | None, *, growing: bool) -> Token:
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


def _estimated(grid: _Grid, n: int, cells: Cells, rank: int) -> bool:
    """Whether the note says that a cell is an estimate: 注：第7项的基数为预计数; 带*的为初步数; 2024年为快报数."""
    heading = grid.text(grid.headings[n])
    told = [] if _PLANNED.search(heading) else [t for t in re.split("[，。；]", grid.note) if _ESTIMATED.search(t)]
    return any(_speaks_of(clause, grid, heading, cells[n], rank) for clause in told)


def _speaks_of(clause: str, grid: _Grid, heading: str, cell: list[Token], rank: int) -> bool:
    """Whether a clause of the note speaks of a cell: by its row's number, its column's year or words, its star."""
    items = re.findall("\\d+", "".join(re.findall("第[\\d、和及]+项", clause)))
    years = re.findall("20\\d\\d", clause)
    if _STARRED.search(clause):
        return "*" in grid.text(cell)
    if items or years:
        return (not items or str(rank) in items) and (not years or any(year in heading for year in years))
    words = re.split("[（(]", heading)[0]
    return bool(_ALL.search(clause)) or (len(words) > 1 and words in clause)


def _places(row: list[Token]) -> bool:
    """Whether a row names a place: 工信局, who answers for it, is none."""
    return any(token.kind == "place" and token.what.kind != "organisation" for token in row)


def _elsewhere(row: list[Token]) -> list[Token]:
    """A row of a table of places that names none of them is about another place."""
    if _places(row) or not any(token.kind == "number" for token in row):
        return row
    first = row[0]
    return [Token("place", Where("elsewhere"), first.start, first.start, "row of an unknown place"), *row]

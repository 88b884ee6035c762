"""Tables as grids: a cell is read as if its row's head and its column's head had been said just before it.

In: the tokens of the lines of one table, of those above it, and the note below. Out: a `Row` for each line: tokens that
the walk reads like any sentence, and figures that are refused. What a cell lacks comes from the nearest that says it:
its column's head, its row's head, the row that heads its own, the caption. Where row and column name two indicators or
two places, the cell is refused. A note may call rows, columns or marked cells estimates. A table without heads has only
its rows' names, and what the line over it says of its columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from etl.link import columns, names
from etl.link.columns import GROWTH, Cells, Head, Unit, with_unit, words
from etl.link.tokens import Token
from etl.recognise.cues import Cue
from etl.recognise.periods import When
from etl.recognise.places import Where

_UNIT_HEAD = re.compile("(?:计量|计算)?单位$")
_RANKS = re.compile("(?:序号|编号|排名|排序|位次|名次|No\\.?|№)$")
_PLANNED = re.compile("目标|计划|规划")
#: Words of a column's head that say nothing of what is counted: 2024年基数, 2025年实绩.
_VALUES = re.compile(
    "(?:基[数期准值年]|基准值|现[状值]|现状值|实[绩际][值数]?|完成[值数额]|数[值据]|当[前期]值?|本期)+"
)
#: Words of a caption that only say how the table is cut: 各板块, 分地区, 附表.
_CUT = re.compile(
    "(?:[各分]|主要|部分)*(?:板块|地区|区域|县市区?|区县市?|市区|区市|县区|区|市|地)|附?[表图][一二三四五六七八九十]{0,2}"
)
_CAPTION = ("new", "award", "total", "plan", "expect", "theme", "level", "name")  # what a caption says of every cell
_ESTIMATED = re.compile("(?:为|系|是|20\\d\\d年(?:度|数据?|的)?)(?:初步)?(?:预计|预估|估计|估算|初步|快报)")
_ESTIMATE_HEAD = re.compile("(?:预计|预估|估计|估算|初步|快报)[数值）)]")  # 2025年快报数: what a column is
_ALL = re.compile("[表文][中内]|[上本此]表|以上|数据|均")
_STARRED = re.compile("[带标打加有]\\*|\\*号|星号")
_ADDS = ("new", "award")
_STOCK = re.compile("累计|总[数量计]|合计|存量|保有|家底|现有|已有|[年月季]末|年底|截至|在库|净|占比|比重")
_CAPTION_LENGTH = 40
_NEAR = 2  # lines over a table that may give its unit
_YEAR = re.compile("20\\d\\d$")
#: What may stand over a column of counts beside its year: 2028年目标, 2025年末.
_FRAMES = ("date", "plan", "function", "expect", "total", "outcome")
_OF_A_NAME = {"name", "level", "theme", "function", "new"}
_WHOLE = re.compile("\\d{1,6}|\\d{1,3},\\d{3}")
_SCALED = re.compile("单位[^。；]{0,24}[十百千万亿](?:家|个|项|座|台|人|名|位|户|款|件|套)")
#: 其中：昆山市, ＃太仓市: a part of what the row above tells.
_PART = re.compile("[ \\t]*(?:其中|#)[：:]?")
_GROWN = re.compile("同比|比上年|较上年|增减|增速|增幅")  # what a caption says of the figures behind the sums
_GROWN_SINCE = re.compile("环比|较上月|比上月|较年初|比年初")


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
    published: date | None = None


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns of a table by what they are, and what is said of all of it."""

    folded: str
    headings: list[Head]
    ranks: list[int]  # 序号, 排名
    heads: list[int]  # the columns that name the rows
    figures: list[int]
    unit: int | None  # the column that names the unit of its row
    named: list[Token]  # the indicator, where only the caption names it
    general: Unit | None  # the unit that the caption names
    month: When | None  # the month that the caption names, for 本月
    note: str
    added: list[Token]  # 新获评, where the caption says it of all that is counted
    slips: set[int]  # the columns of what was told wrong
    planned: set[int]  # the columns of years that are not over, beside what tells so

    @property
    def names(self) -> bool:
        """Whether a column, or the caption, says what is counted."""
        return bool(self.named) or any(t.kind == "name" for n in self.figures for t in self.headings[n].tokens)

    def text(self, cell: list[Token]) -> str:
        """The words of a cell."""
        return words(cell, self.folded)


def woven(lines: list[list[Token]], folded: str, around: Around) -> list[Row]:
    """The rows of a table, line by line."""
    cells = [_cells(line) for line in lines]
    told = [n for n, line in enumerate(lines) if any(token.kind != "mark" for token in line)]
    first = next((n for n in told if sum(map(bool, cells[n])) > 1), None)
    cells = [_dated(row, folded, whole=n == first) for n, row in enumerate(cells)]
    if first is None or columns.tells(cells[first], folded):
        general, rates = columns.said(around.above[:_NEAR], folded), _rates(around, folded)
        return [_spoken(line, row, folded, (general, rates)) for line, row in zip(lines, cells, strict=True)]
    under = next((n for n in told if n > first), first)
    over = [first, under] if columns.second(cells[first], cells[under], folded) else [first]
    body = [n for n in told if n > over[-1]]
    headings = columns.heads([cells[n] for n in over], folded)
    if body and all(len(cells[n]) == len(headings) + 1 for n in body):
        headings = [Head(), *headings]  # nothing stands over the names of the rows
    above = [*(lines[n] for n in reversed(told) if n < first), *around.above]
    grid = _grid(headings, [cells[n] for n in body], folded, replace(around, above=above))
    placed = sum(_places(lines[n]) for n in body) * 2 > len(body)
    found = [Row(line, caption=n < first) for n, line in enumerate(lines)]
    for n in over:
        found[n] = Row([token for cell in cells[n] for token in cell])
    above_it = _Above()
    for number, n in enumerate(body, 1):
        row, above_it = above_it.completed(cells[n], grid)
        if len(row) == len(grid.headings):
            found[n] = _row(row, grid, number, above_it)
        if placed and (grid.names or not _names(found[n].tokens)):
            found[n] = replace(found[n], tokens=_elsewhere(found[n].tokens))
    return found


@dataclass(frozen=True, slots=True)
class _Above:
    """What the rows above give to one that does not say it: its merged cells, its group, and whose part it is."""

    heads: tuple[list[Token], ...] = ()  # the names of the row above, column by column
    group: tuple[Token, ...] = ()  # a row that only heads those below it: | 昆山市 | | |
    whole: tuple[list[Token], ...] = ()  # the names of the last row with an indicator of its own
    part: bool = False  # the row names a place or a growth alone: of what a row above it names

    def completed(self, cells: Cells, grid: _Grid) -> tuple[Cells, _Above]:
        """A row with the cells that are merged with those above it, and what holds for it and is left to the next."""
        if len(cells) + 1 == len(grid.headings) and len(grid.heads) > 1 and self._lacks(cells, grid):
            cells = [[], *cells]
        if len(cells) != len(grid.headings):
            return cells, replace(self, part=False)
        if sum(map(bool, cells)) == 1 and cells[0] and not columns.tells(cells, grid.folded):
            return cells, _Above(group=tuple(t for t in cells[0] if t.kind in ("place", "date", *_CAPTION)))
        merged = bool(self.heads) and not cells[grid.heads[0]] if grid.heads else False
        if merged and any(cells[n] for n in grid.heads):
            cells = [
                over if n in grid.heads and not cell and self._left(cells, n) else cell
                for n, (cell, over) in enumerate(zip(cells, self._row(grid), strict=True))
            ]
        head = [token for n in grid.heads for token in cells[n]]
        named = any(token.kind == "name" for token in head)
        begins = bool(head) and bool(_PART.match(grid.folded, head[0].start))
        spoken = [token for token in head if token.kind != "mark"]
        growing = bool(spoken) and all(token.kind in GROWTH for token in spoken)  # | 同比（%） | 4.4 | 5.1 |
        own = tuple(cells[n] for n in grid.heads)
        of_it = _places(head) or (growing and self.heads == self.whole)
        part = not (named or grid.names) and bool(self.whole) and of_it
        whole = self.whole if part else own if named and not begins else ()
        return cells, replace(self, heads=own, whole=whole, part=part)

    def _lacks(self, cells: Cells, grid: _Grid) -> bool:
        """Whether what opens a short row names no row, as the first cell of the one above does."""
        kinds = {token.kind for token in cells[0]}
        return bool(self.heads) and "name" in kinds and "place" not in kinds and _places(self.heads[0])

    def _left(self, cells: Cells, n: int) -> bool:
        """Whether an empty cell stands left of all that the row says: merged with the one above, and not left out."""
        return not any(cells[:n])

    def _row(self, grid: _Grid) -> Cells:
        """The names of the row above, in their columns."""
        names = dict(zip(grid.heads, self.heads, strict=True))
        return [names.get(n, []) for n in range(len(grid.headings))]


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


def _grid(headings: list[Head], body: list[Cells], folded: str, around: Around) -> _Grid:
    """What each column is: a rank, a unit, the name of its row (all before the first figures), or figures."""
    body = [row for row in body if len(row) == len(headings)]
    ranks = [n for n, head in enumerate(headings) if _RANKS.search(head.text)]
    unit = next((n for n, head in enumerate(headings) if _UNIT_HEAD.match(head.text)), None)
    open_ = [n for n in range(len(headings)) if n not in (*ranks, unit)]
    figures = [n for n in open_ if n and _of_figures([row[n] for row in body])]
    heads = [n for n in open_ if n < min(figures, default=0)]
    own = [*(headings[n].tokens for n in figures), *(row[n] for row in body for n in heads)]
    names = any(token.kind == "name" for cell in own for token in cell)
    named = next(filter(None, (_named(line, folded) for line in around.above)), [])
    if names and not all(_said_short(cell, named, folded) for cell in own):
        named = []
    caption = next((line for line in around.above if named and named[0] in line), [])
    general = columns.said(around.above[:_NEAR], folded) or columns.labelled(words(caption, folded))
    over = around.above[0] if around.above else []
    added = [] if named else _added(over, folded)
    if added or not any(token.kind in _ADDS for token in over):  # 新增与累计企业数（家）: which, is open
        general = general or columns.closing(words(over, folded))
    month = _month([token for line in around.above[:1] for token in line])
    slips = columns.slips(headings)
    note = "。".join([around.note, *(words(line, folded) for line in around.above[:_NEAR])])
    planned = columns.planned(headings, figures, around.published)
    return _Grid(folded, headings, ranks, heads, figures, unit, named, general, month, note, added, slips, planned)


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
    unit = columns.labelled(words(line, folded))  # 各板块规上工业总产值（亿元）
    said = line if unit is None else [token for token in line if token.start < line[0].start + unit.start()]
    names = [token for token in said if token.kind == "name"]
    other = [t for t in said if t.kind in ("word", "and") and not _CUT.fullmatch(folded, t.start, t.end)]
    if len(names) != 1 or not names[0].what.options or other or _counting(said, folded):
        return []
    return [token for token in said if token.kind in _CAPTION]


def _said_short(cell: list[Token], named: list[Token], folded: str) -> bool:
    """表1 规上工业总产值, and | 地区 | 总产值（亿元） |: whether a cell that names anything says the caption's name by its end."""
    whole = next((token.what.head for token in named if token.kind == "name"), "")
    ends = [token.end for token in cell if token.kind == "name"]
    said = folded[cell[0].start : ends[0]] if ends else ""
    return not ends or (len(ends) == 1 and said != whole and whole.endswith(said))


def _added(said: list[Token], folded: str) -> list[Token]:
    """2025年新获评企业数量（家）, 第七批名单里各板块的家数: what the line over a table says is new, each cell counts."""
    text = words(said, folded).rpartition("。")[2]
    kinds = {token.kind for token in said}
    stock = _counting(said, folded) or kinds & {"plan", "expect", "total"} or _STOCK.search(text)
    if not said or len(text) > _CAPTION_LENGTH or stock:
        return []
    start = said[-1].end - len(text)
    new = [token for token in said if token.start >= start and token.kind in _ADDS]
    batch = next(
        (t for t in said if t.kind == "other" and names.BATCH.match(folded, t.start) and t.start >= start), None
    )
    if batch is not None and not new:
        return [
            Token("new", Cue("new", "新获评"), batch.start, batch.start, "batch that the line over the table names")
        ]
    return new[:1]


def _counting(said: list[Token], folded: str) -> bool:
    """Whether a caption tells a figure; 表1 is its number."""
    return any(token.kind == "number" and folded[token.start - 1] not in "表图" for token in said)


def _rates(around: Around, folded: str) -> str:
    """What the lines right above a table say of its percentages: yoy, other or nothing."""
    said = " ".join(words(line, folded) for line in around.above[:_NEAR])
    return "other" if _GROWN_SINCE.search(said) else "yoy" if _GROWN.search(said) else ""


def _spoken(line: list[Token], cells: Cells, folded: str, above: tuple[Unit | None, str]) -> Row:
    """A row of a table without heads speaks for itself: its name gives the unit, the line above says what grows.

    `above`: the unit that the lines right above the table give, and what they say of its percentages.
    """
    if not cells or columns.tells(cells[:1], folded) or len(cells) == 1:
        return Row(line)
    label = words(cells[0], folded)
    general = None if columns.foreign(label) else above[0]
    bare = [cell for cell in cells[1:] if any(token.kind == "number" and not token.what.unit for token in cell)]
    unit = (columns.labelled(label) or general) if len(bare) == 1 else None  # of several, nobody says which is which
    found, refused = list(cells[0]), list[tuple[Token, str]]()
    for cell in cells[1:]:
        if cell:
            at = cell[0].start
            found.append(Token("mark", "\t", at, at))
            rate = cell[0].kind == "number" and cell[0].what.unit == "%" and folded[at] in "+-"
            if rate and above[1] == "other":
                refused += [(token, "growth") for token in cell if token.kind == "number"]
                continue
            if rate and above[1] == "yoy":
                found.append(Token("yoy", Cue("yoy", "同比"), at, at, "line over the table"))
            found += [with_unit(token, unit, growing=False) for token in cell]
    return Row([line[0], *found] if line[0].what == "|" else found, refused)


def _row(cells: Cells, grid: _Grid, number: int, above: _Above) -> Row:
    """One row: its head, then each figure behind the head of its column."""
    head = _attributes([token for n in grid.heads for token in cells[n]], grid.folded)
    start = min(cell[0].start for cell in cells if cell)
    corner = [token for n in grid.heads for token in grid.headings[n].tokens if token.kind == "date"]
    if above.part:
        own = [token for token in head if token.kind in ("place", *GROWTH)]
        told = {token.kind for token in own}
        head = [t for cell in above.whole for t in cell if t.kind not in told and t.kind != "mark"] + own
    group = _of_group(above.group, [*head, *(token for n in grid.figures for token in grid.headings[n].tokens)])
    found = [Token("mark", "·", start, start), *grid.named, *group, *corner, *head]
    grown = [token for token in head if token.kind in GROWTH]  # 规上工业增加值增速（%）
    refused = [(token, "rank") for n in grid.ranks for token in cells[n] if token.kind == "number"]
    rank = next((int(token.what.value) for token, _ in refused), number)
    for n in (n for n in grid.figures if cells[n]):
        heading = grid.headings[n].tokens
        if reason := _contradicted(head, heading) or _undated(grid, n) or ("not_fact" if n in grid.slips else ""):
            refused += [(token, reason) for token in cells[n] if token.kind == "number"]
            continue
        at = cells[n][0].start
        found += [Token("mark", "\t", at, at), *columns.grown_in(grid.headings, n)]
        found += [*_new(grid, n, head), *_said(grid, n), *grown]
        if n in grid.planned:
            found.append(Token("plan", Cue("plan", "目标"), at, at, "column of a year that is not over"))
        if _estimated(grid, n, cells, rank):
            found.append(Token("expect", Cue("expect", "预计"), at, at, "note below the table"))
        growing = bool(grown) or grid.headings[n].growing
        unit = _unit(grid, n, cells, above)
        by_number = unit is None and _by_number(grid, n, cells)
        found += [with_unit(token, unit, growing=growing and not by_number) for token in cells[n]]
    return Row(found, refused)


def _by_number(grid: _Grid, n: int, cells: Cells) -> bool:
    """增资扩产项目（个） 97 +8: whether a row counts, and its growth may be so many more as well as per cent."""
    units = filter(None, (columns.labelled(grid.text(cells[h])) for h in grid.heads))
    counts = any(unit["unit"] not in ("元", "%") for unit in units)
    signed = [t for t in cells[n] if t.kind == "number" and grid.folded[t.start] in "+-"]
    return counts and any(not t.what.unit and not t.what.value % 1 for t in signed)


def _new(grid: _Grid, n: int, head: list[Token]) -> list[Token]:
    """What the caption says is new, unless the cell's row or column says itself what it counts."""
    said = [*head, *grid.headings[n].tokens]
    own = any(token.kind in (*_ADDS, *GROWTH, "total", "plan", "share", "date") for token in said)
    return [] if own or _STOCK.search(grid.headings[n].text) else grid.added


def _attributes(head: list[Token], folded: str) -> list[Token]:
    """进入市级培育的大模型: what was won is said of all that the row counts, and makes nothing new."""
    of = folded.rfind("的", head[0].start, head[-1].end) if head else -1
    return [token for token in head if token.kind != "award" or token.start > of]


def _of_group(group: Sequence[Token], said: list[Token]) -> list[Token]:
    """What the row that heads this one says, and this one does not."""
    kinds = {token.kind for token in said}
    told = {"name": kinds & {"name"}, "place": kinds & {"place"}, "date": kinds & {"date"}}
    return [token for token in group if not told.get(token.kind, kinds & {"name"})]


def _undated(grid: _Grid, n: int) -> str:
    """Why no one knows of when a column is: 本月 where the caption names no month, 1—5月 behind a column of 2024年."""
    dates = [t for m in grid.figures if m <= n for t in grid.headings[m].tokens if t.kind == "date"]
    if not dates:
        return ""
    bare = dates[-1].what.base == "frame" and dates[-1].what.months and not dates[-1].what.year
    of_year = len(dates) > 1 and dates[-2].what.base == "absolute" and dates[-2].what.months is None
    apart = bare and of_year and dates[-2] not in next(h.tokens for h in grid.headings if dates[-1] in h.tokens)
    return "no_date" if apart or (_this_month(dates[-1]) and grid.month is None) else ""


def _this_month(token: Token) -> bool:
    return token.kind == "date" and token.what.base == "month" and token.what.year == 0


def _in_month(grid: _Grid, n: int, said: list[Token]) -> list[Token]:
    """The head of a column with 本月 as the caption's month, and 本月止累计 as the months up to it."""
    if grid.month is None or grid.month.months is None or not said:
        return said
    last = grid.month.months[1]
    summed = any(sign in grid.headings[n].text for sign in ("累计", "止"))
    when = When("absolute", grid.month.year, (1 if summed else last, last))
    if summed and not any(token.kind == "date" for token in said):
        return [Token("date", when, said[0].start, said[0].start, "months up to the caption's"), *said]
    return [replace(token, what=when) if _this_month(token) else token for token in said]


def _said(grid: _Grid, n: int) -> list[Token]:
    """What the head of a column says: all but its unit (of （家，年末） the date) and words like 基数."""
    said: list[Token] = []
    for cell, text in zip(grid.headings[n].cells, grid.headings[n].texts, strict=True):
        unit = grid.headings[n].unit(cell, text)
        start = cell[0].start
        empty = [(start + match.start(), start + match.end()) for match in _VALUES.finditer(text)]
        said += [
            token
            for token in cell
            if token.kind != "mark"
            and not (token.kind == "name" and grid.named)
            and (unit is None or token.start < start + unit.start() or token.kind == "date")
            and not (token.kind in ("word", "function") and any(a <= token.start < token.end <= b for a, b in empty))
        ]
    return _in_month(grid, n, said)


def _contradicted(head: list[Token], heading: list[Token]) -> str:
    """Why a cell is open: its row and its column name two indicators, or two places and no share."""
    kinds = {token.kind for token in heading}
    names = [{token.what.head for token in part if token.kind == "name"} for part in (head, heading)]
    if all(names) and names[0].isdisjoint(names[1]):
        return "two_indicators"
    placed = any(token.kind == "place" for token in head) and "place" in kinds
    return "no_place" if placed and kinds.isdisjoint(("share", "compare")) else ""


def _unit(grid: _Grid, n: int, cells: Cells, above: _Above) -> Unit | None:
    """The unit of a cell: its column's, its row's (in brackets or in a column of units), the caption's."""
    heading = grid.headings[n]
    if heading.own_unit or heading.growing:
        return heading.own_unit
    if grid.unit is not None:
        return columns.bare(grid.text(cells[grid.unit]))
    labels = [grid.text(cells[h]) for h in reversed(grid.heads)]
    grown = any(token.kind in GROWTH for h in grid.heads for token in cells[h])
    labels += [grid.text(cell) for cell in reversed(above.whole)] if above.part and not grown else []
    labels += [grid.headings[h].text for h in grid.heads]  # 类别（家）
    if any(map(columns.foreign, (*labels[:1], heading.text))):
        return None
    return next(filter(None, map(columns.labelled, labels)), None) or grid.general or _plain(grid, n, cells)


def _plain(grid: _Grid, n: int, cells: Cells) -> Unit | None:
    """| 基础级智能工厂 | 520 | 700 | under years: a whole number of what can be counted, of which no unit is said, counts it."""
    said = _said(grid, n)
    whole = _WHOLE.fullmatch(grid.text(cells[n]))
    yearly = any(token.kind == "date" for token in said) and all(token.kind in _FRAMES for token in said)
    named = [token.kind for h in grid.heads for token in cells[h] if token.kind != "mark"]
    alone = named.count("name") == 1 and named[-1] == "name" and not set(named) - _OF_A_NAME
    return columns.bare("个") if whole and yearly and alone and not _SCALED.search(grid.note) else None


def _estimated(grid: _Grid, n: int, cells: Cells, rank: int) -> bool:
    """Whether its head or a note says that a cell is an estimate: 2025年快报数, 注：第7项的基数为预计数; 带*的为初步数."""
    heading = grid.headings[n].text
    if _ESTIMATE_HEAD.search(heading):
        return True
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


def _names(row: list[Token]) -> bool:
    """Whether a row names an indicator."""
    return any(token.kind == "name" for token in row)


def _elsewhere(row: list[Token]) -> list[Token]:
    """A row of a table of places that names none of them is about another place."""
    if _places(row) or not any(token.kind == "number" for token in row):
        return row
    first = row[0]
    return [Token("place", Where("elsewhere"), first.start, first.start, "row of an unknown place"), *row]

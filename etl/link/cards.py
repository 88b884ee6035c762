"""Cards of big numbers, as posts set them: a figure alone on its line, its name on the line below or above.

In: the lines of a page that are no rows of tables, with a way to their tokens. Out: for each line of a card the
sentence that is read in its place: 规上工业总产值 2716.5亿元，同比+6.3%, or nothing for a line read with another. A page
sets all its cards one way: which, the cards say that stand alone (a figure and its name between empty lines), else the
first and the last of each run. Where they contradict each other, no line is a card.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from etl.link.columns import GROWTH
from etl.link.tokens import Token
from etl.text import Line

#: 2716.5亿元, 超1800家, 📈 7.4%: a figure alone, and the growth that a wide space parts from it.
_ALONE = re.compile(
    r"(?:[^\w\s+\-]{1,3}[ \t]*)?(?:超过?|突破|近|约|逾|达到?|破|≥)?[+\-]?\d+(?:\.\d+)?[^\d，。；：（）？！\s]{0,8}(?:\t.*)?"
)
_SEVERAL = 2  # figures that make a page one of cards
_LABEL = 30  # characters of the longest name of a figure
_SENTENCE = re.compile("[。；！？：，]$")
_DATED_ONLY = frozenset("年 个月 天 日 月 小时 分钟 秒 岁 时 周 季度 页 期 届 版".split())
_OF_GROWTH = frozenset(("mark", "number", "date", "share", "place", "compare", "function", "link", "other", *GROWTH))


@dataclass(frozen=True, slots=True)
class _Part:
    """A line as it may be part of a card: a figure, the growth of one, a name (known or not), or neither."""

    line: Line
    tokens: list[Token]
    kind: str  # figure · growth · name · unknown · none


def found(lines: Sequence[Line], folded: str, tokens: Callable[[Line], list[Token]]) -> dict[int, list[Token]]:
    """What to read at each line of a card, by the start of the line."""
    near = _near(lines, folded)
    parts = [_part(line, folded, tokens) if n in near else _Part(line, [], "none") for n, line in enumerate(lines)]
    cards = list(_apart(parts, folded))
    if not any(name.kind == "name" for _, name, _ in cards):
        cards = list(_in_runs([part for part in parts if part.kind != "growth"], parts))
    told: dict[int, list[Token]] = {}
    for figure, name, growth in cards:
        told.update({part.line.start: [] for part in (figure, name, *growth)})
        told[min(figure.line.start, name.line.start)] = _sentence(figure, name, growth)
    return told


def _near(lines: Sequence[Line], folded: str) -> set[int]:
    """The lines that stand beside a figure alone, or beside its growth; no row of a table is one."""
    alone = [n for n, line in enumerate(lines) if _ALONE.fullmatch(folded, line.start, line.end)]
    return {at for n in alone for at in range(n - 2, n + 4) if 0 <= at < len(lines) and lines[at].kind != "row"}


def _part(line: Line, folded: str, tokens: Callable[[Line], list[Token]]) -> _Part:
    """What a line may be in a card."""
    words = folded[line.start : line.end]
    if len(words.partition("\t")[0]) > _LABEL or _SENTENCE.search(words):
        return _Part(line, [], "none")
    said = tokens(line)
    spoken = [token for token in said if token.kind != "mark"]
    if not spoken:
        return _Part(line, said, "none")
    first = spoken[0]
    if _ALONE.fullmatch(words) and first.kind == "number":
        figure = first.what.unit and first.what.unit not in _DATED_ONLY and all(t.kind in _OF_GROWTH for t in spoken)
        return _Part(line, said, "figure" if figure else "none")
    if all(token.kind in _OF_GROWTH for token in spoken):
        grown = any(token.kind in (*GROWTH, "share") or folded[token.start] in "+-" for token in spoken)
        return _Part(line, said, "growth" if grown else "unknown")
    head = _before_tab(said)
    if any(token.kind == "number" for token in head):
        return _Part(line, said, "none")
    return _Part(line, said, "name" if any(token.kind == "name" for token in head) else "unknown")


def _before_tab(tokens: list[Token]) -> list[Token]:
    """The tokens before the first wide space that something stands before."""
    spoken = False
    for n, token in enumerate(tokens):
        if token.what == "\t" and spoken:
            return tokens[:n]
        spoken = spoken or token.kind != "mark"
    return tokens


Card = tuple[_Part, _Part, list[_Part]]  # figure, name, growth


def _apart(parts: list[_Part], folded: str) -> Iterator[Card]:
    """Cards that empty lines part: a figure opens one, its name stands below, then its growth."""
    for n, part in enumerate(parts[:-1]):
        opens = n == 0 or _parted(parts[n - 1], part, folded)
        name = parts[n + 1]
        if part.kind == "figure" and opens and name.kind in ("name", "unknown") and not _parted(part, name, folded):
            yield part, name, _growth(parts, n + 2)


def _parted(before: _Part, after: _Part, folded: str) -> bool:
    """Whether an empty line stands between two lines."""
    return "\n\n" in folded[before.line.end : after.line.start]


def _growth(parts: list[_Part], at: int) -> list[_Part]:
    """The growth told from a line on."""
    end = at
    while end < len(parts) and parts[end].kind == "growth":
        end += 1
    return parts[at:end]


def _in_runs(line_by_line: list[_Part], parts: list[_Part]) -> Iterator[Card]:
    """Cards whose lines all stand alike: the way that the ends of every run of figures and names agree on."""
    ways: set[int] = set()
    figures = [n for n, part in enumerate(line_by_line) if part.kind == "figure"]
    known = set(figures)
    for n in figures:
        first, last = n - 2 not in known, n + 2 not in known
        above, below = (0 <= at < len(line_by_line) and line_by_line[at].kind == "name" for at in (n - 1, n + 1))
        if above != below and (first or last):
            ways.add(-1 if above else 1)
        elif first and above:
            ways.add(-1)
        elif last and below:
            ways.add(1)
    if len(figures) < _SEVERAL or len(ways) != 1:
        return
    way, places = ways.pop(), {part.line.start: n for n, part in enumerate(parts)}
    for n in figures:
        name = line_by_line[n + way] if 0 <= n + way < len(line_by_line) else None
        if name and name.kind in ("name", "unknown"):
            lower = max(line_by_line[n].line.start, name.line.start)
            yield line_by_line[n], name, _growth(parts, places[lower] + 1)


def _sentence(figure: _Part, name: _Part, growth: list[_Part]) -> list[Token]:
    """The card as it would be said: the name, the figure, its growth."""
    head, number = _before_tab(name.tokens), _before_tab(figure.tokens)
    number = [token for token in number if token.kind != "mark" or token.what in "（）"]
    tails = [
        figure.tokens[len(_before_tab(figure.tokens)) :],
        name.tokens[len(head) :],
        *(one.tokens for one in growth),
    ]
    said = [*head, *number]
    for tail in tails:
        if spoken := [token for token in tail if token.what != "\t"]:
            said += [Token("mark", "，", spoken[0].start, spoken[0].start), *spoken]
    return said


_PARTS = ("\t", "｜", "|", "：", "—")  # what may part a figure from its name behind it
_COUNTED = frozenset(("number", "total", "new", "award", "function"))
_NAMED = frozenset(("name", "level", "theme", "function", "grow", "fall", "yoy", "place", "total"))


def turned(tokens: list[Token]) -> list[Token]:
    """5486.2亿元　规上工业总产值, 88家｜国家级“小巨人”（占…）: a line whose figure stands before its name, as it would be said."""
    bounds = [n for n, token in enumerate(tokens) if token.kind == "mark"]
    opening = next((n for n in range(len(tokens)) if n not in bounds), 0)  # behind what marks an item
    end = next((n for n in bounds if tokens[n].what in ("（", "(")), len(tokens))
    number = next((n for n in range(opening, end) if tokens[n].kind == "number"), end)
    at = next((n for n in range(number + 1, end) if tokens[n].kind != "function"), end)
    figure, name = tokens[opening:at], [token for token in tokens[at:end] if token.what not in _PARTS]
    of = tokens[number].what if number < end else None
    if of is None or not (of.unit or of.bound == ">") or of.unit in _DATED_ONLY:
        return tokens
    if not {token.kind for token in figure} <= _COUNTED or not {token.kind for token in name} <= _NAMED:
        return tokens
    if [token.kind for token in name].count("name") != 1:
        return tokens
    return [*tokens[:opening], *name, *figure, *tokens[end:]]

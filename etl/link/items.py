"""Items of a list, one a line: what an item says of itself does not hold for the next one.

In: each line with the scene that the lines before it left. Out: the scene in which the line is read. ✔ 小巨人：2020年末
3家→目前102家, ✔ 算法备案21个: the second begins with what held at the list's head, and not at the end of 2020. An item
without a figure (▪ 昆山：) heads those behind it; so does a line without a mark that leads in to more items.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from etl.link.scene import Dated, Scene
from etl.text import Line

_DRAWN = "-—–·•※\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff"
#: What opens an item, by its kind: a drawn sign, * before a space, 1. or 2、, ①, （三）, 四是, 第五，.
MARK = re.compile(
    f"(?P<drawn>[{_DRAWN}]|[*+＊](?=[ \t]))|(?P<digit>\\d{{1,2}}[.、)](?!\\d))|(?P<ring>[①-⑳])|(?P<bracket>（[一二三四五六七八九十\\d]+）)"
    "|(?P<first>[一二三四五六七八九十][是、]|第[一二三四五六七八九十]，)"
)
_LEADS_IN = re.compile("(?:：|—)$")


@dataclass(slots=True)
class _List:
    """A list that is being told: how its items open, what held at its head, and what its last item without a figure left."""

    mark: str
    base: Scene
    head: Scene
    told: bool = True  # the item before told a figure

    def begin(self, scene: Scene, span: Dated | None, *, told: bool) -> Scene:
        """The scene of the next item, which tells a figure or heads those behind it."""
        if not self.told:
            self.head = scene
        self.told = told
        return _anew(self.head if told else self.base, scene, span)


class Items:
    """The lists of a page, in the order of its lines."""

    def __init__(self, folded: str, figures: set[int]) -> None:
        self._folded, self._figures = folded, figures  # the starts of the lines that tell a figure
        self._open: list[_List] = []
        self._span: Dated | None = None  # a span that an item opened with

    def end(self) -> None:
        """A new paragraph, a heading or a table: no list goes on."""
        self._open.clear()
        self._span = None

    def opened(self, date: Dated | None) -> None:
        """✔ 一季度规上工业总产值702.6亿元, ✔ 工业投资43.8亿元: the span that an item opens with is of the next sums too."""
        if self._open and date and not date.period.instant:
            self._span = date

    def begin(self, line: Line, scene: Scene) -> Scene:
        """The scene in which a line is read, an item or none."""
        found, told = MARK.match(self._folded, line.start), line.start in self._figures
        if found is None:
            if self._open and not told and _LEADS_IN.search(self._folded, line.start, line.end):
                scene = _anew(self._open[0].base, scene, None)
                self.end()
            return scene
        mark = self._folded[line.start] if found["drawn"] else str(found.lastgroup)
        return self._list(mark, scene).begin(scene, self._span, told=told)

    def _list(self, mark: str, scene: Scene) -> _List:
        """The list that an item with this mark is of: one that is open, or one below an item without a figure."""
        while len(self._open) > 1 and any(outer.mark == mark for outer in self._open[:-1]):
            self._open.pop()
        if not self._open or (self._open[-1].mark != mark and not self._open[-1].told):
            self._open.append(_List(mark, scene, scene))
        return self._open[-1]


def _anew(head: Scene, scene: Scene, span: Dated | None) -> Scene:
    """The frame of a list's head, with what the article has told since: the names, and of when its sums are."""
    return replace(
        scene,
        block=head.block,
        speaker=head.speaker,
        mentioned=head.mentioned,
        opening=head.opening or span,
        last=span or head.last,
        block_theme=head.block_theme,
        plan=head.plan,
        planned=head.planned,
        present=head.present,
        plans_told=head.plans_told,
    )

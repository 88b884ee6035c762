"""What the setting of a page did to its lines, undone: furniture, headlines printed twice, lines broken at an edge.

In: a text whose signs are even (half width, no spaces of odd widths). Out: `Piece`s: which of its characters to keep,
and how each stretch is followed. Left to others: what kind of line the result is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

HAN = r"\u3400-\u9fff\uf900-\ufaff"
BLANK = " \t\u3000"
_FURNITURE = re.compile(
    r"[ \t\u3000]*(?:"
    r"[·•\-—–]{0,2} ?\d{1,4} ?[·•\-—–]{0,2}"  # page number
    r"|.{0,16}\d{4} ?年第 ?\d+ ?期.{0,16}"  # running head of a journal
    r"|[（(]?(?:责任?编辑?|编辑|责编|校对|审核|审签|拟稿|记者|通讯员|版式|美编|摄影|一审|二审|三审|监制|终审|编发单位|来源|數據來源|数据来源|來源|擬稿|審核|審簽|編輯|原创)[ :：][^，。？！]{0,60}"
    r"|[□◎■●▲]? ?(?:本报|驻|本刊|特约)?[^，。；]{0,10}记者 [^，。；）)]{2,20}"
    r"|(?:联系|咨询|商务合作|热线|广告热线|地址|邮编|电话|新闻热线|投稿|聯繫)[^，。；]{0,12}[:：][^。]{0,60}"
    r"|阅读 .{0,40}|[^。，]{0,12}ICP备.{0,60}|版权所有.{0,60}|Copyright.{0,80}"
    r"|(?:特别声明|特別聲明|免责声明|Notice)[:：].*"
    r"|.{0,4}版[ \t\u3000]+导读.*|[▲△■].{0,60}见\d+版.*"
    r"|[上下]一[篇条](?:[:：]|[ \t\u3000]).*"  # the neighbours of an article on its site
    r"|[─━═┄┅┈┉┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬ ]{6,}"  # the frame of a table
    r"|图为.{0,60}|[^，。]{1,30}供图|[^，。]{1,20} ?摄"
    r")[ \t]*"
)
#: What heads a list of other articles' titles; the items below it say nothing here.
_LINKS = re.compile(
    r"[ \t\u3000]*[【\[◆■▌|]?(?:往期(?:推荐|回顾|精选|精彩|阅读)|(?:相关|延伸|推荐|更多|热门|精彩)(?:阅读|推荐|链接|报道|文章|内容)|猜你喜欢)[】\]：:|]?[ \t]*"
)
ITEM = re.compile(
    r"[ \t]*(?:[-*+•·●◆■▪►➤◇○\u2600-\u27bf\U0001f300-\U0001faff]|\d{1,2}[.)、](?!\d)|[（(]\d{1,2}[）)]|[?？](?= ))[ \t]*"
)
#: A line that only goes on the one before: a bare figure, a growth, a bracket (poem-like lines of posts).
_GOES_ON = re.compile(
    r"[（(]?(?:约|近|超|超过|逾|突破|预计|达|达到|共)?[+\-]?\d+(?:\.\d+)?[万亿]*(?:[元家个款座项位%P+]|平方)|[^\w\s，。（+\-|]?[ \t]?(?:同比|[比较](?:上年|去年|上一年|前一年)|降幅|增幅|增长|下降|[↑↓⬆⬇▲▼](?=[ \t]?\d))[^，。]{0,6}\d"
)
#: 近1100家　星级上云企业: a figure with what it counts behind it.
_FIGURE_FIRST = re.compile(
    r"\S{2,16}(?:\t|[ \u3000]{2,}|\u3000)[ \t\u3000]*(?!同比|环比|[增降升跌占比较])[\u3400-\u9fff《“「]{2,}"
)
#: A figure alone on its line: 2716.5亿元, 超1800家.
_ALONE = re.compile(r"(?:超过?|突破|近|约|逾|达到?|破)?[+\-]?\d+(?:\.\d+)?(?![年月日天])[^\d，。；：（）？！\s]{1,8}")
_SEVERAL = 2  # figures alone that make a run one of cards
OPEN_VERB = re.compile(
    "(?:新增|新添|新晋|再添|培育|建成|拥有|达到|突破|实现|完成|力争|新建|获评|入选|累计|集聚)(?:了)?$"
)
_ADVERB = re.compile("[就便则还也](?![有是])")
#: 国家级绿色工厂、绿色供应链, and below it 累计分别有26家、5家: a list, and its figures.
_LISTED = re.compile("[^，。；：]、[^，。；：]+$")
_DEALT = re.compile("[^，。；、\\d]{0,12}(?:分别|依次|各)(?:[^\\W\\d]{0,4})[\\d一二三四五六七八九十百两]")
_DATELINE = re.compile(r"[^，。；]{2,8}讯[（ \t]")
#: Signs that a headline has once where it has its words twice: 竞逐竞逐，发力发力.
_BETWEEN = frozenset(BLANK + "，：！？—")
#: A row of a table: a line in three cells, or between bars. One wide space parts cells where all the line is set wide.
_CELLS = re.compile(
    r"\S(?:\t|[ \u3000]{2,}).*\S(?:\t|[ \u3000]{2,})\S|\|.*\|$|^[^，。\s]+\u3000+[^，。\s]+(?:\u3000+[^，。\s]+)+$"
)
_RULED = re.compile(r"\|.*\|$")
#: Signs that never open a line.
_CLOSES = frozenset("，。；：、！？）》”’」』%")
_TERMINAL = re.compile(r"[。！？!?…；;][”」』’）)]*$")


def _width(line: str) -> float:
    """Width in Chinese characters; Latin letters and digits count half."""
    return sum(0.5 if ord(sign) < 0x2E80 else 1 for sign in line.strip())


class _Edge(NamedTuple):
    """The width at which lines are broken, how it is measured, and how many lines come near it."""

    width: float
    measure: Callable[[str], float]
    lines: int

    def reached(self, line: str) -> bool:
        """Whether a line is long enough to be broken; a paragraph's first may have lost its indent of two signs."""
        return self.measure(line) >= self.width - max(3.6, 0.1 * self.width)


class Piece(NamedTuple):
    """Characters a:b of the text under way. `then`: joined (next piece goes on) · soft (the same) · line · block."""

    a: int
    b: int
    then: str


#: An English line of so many characters that ends in mid-sentence is wrapped: words make its edge ragged.
WRAPPED = 45
#: Lines narrower than so many Chinese signs are a post's cards or verses, unless sentences run through them.
NARROW = 16
#: So wide a line is prose: one in four may end with its sentence.
WIDE = 24
#: So many lines broken at one width are no accident.
_FEW = 6
#: 四、《计划》之外。: what a numbered paragraph opens with.
_NUMBERED = re.compile("[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）")
#: 【小巨人】第七批…: a paragraph that opens with its theme.
_THEMED = re.compile("【[^】]{1,16}】(?=.)")
_WITHIN = re.compile("[，。；、：](?=.)")
#: What a hard wrap of English parts: two words, or a word and a number.
#: Wujiang – industrial output 281 billion yuan: an item of an English list, not the rest of the line above.
_LABELLED = re.compile(r"[A-Z][A-Za-z&' -]{1,30} [–—-] ")
_LATIN = re.compile(r"[A-Za-z,.;:)%][A-Za-z0-9(]|[0-9][A-Za-z(]")


def pieces(text: str) -> list[Piece]:
    """What to keep of a text: no furniture, no headline twice, the lines of a hard-wrapped file joined."""
    lines: list[tuple[int, str]] = []
    cut: set[int] = set()  # numbers of the lines before which furniture was cut
    at, linked = 0, False
    for line in text.split("\n"):
        a, at = at, at + len(line) + 1
        written = bool(line.strip(BLANK))
        linked = bool(_LINKS.fullmatch(line)) or (linked and (not written or bool(ITEM.match(line))))
        if written and (linked or _FURNITURE.fullmatch(line)):
            cut.add(len(lines))
        else:
            lines.append((a, line))
    return _pieces(lines, cut)


def _pieces(lines: list[tuple[int, str]], cut: set[int]) -> list[Piece]:
    """What to keep of each line, and how it is followed."""
    written = [number for number, (_, line) in enumerate(lines) if line.strip(BLANK)]
    airy = len(lines) - len(written) >= 0.6 * len(written)  # a blank line after (nearly) every line means nothing
    edge = _edge([line.strip(BLANK) for _, line in lines], airy=airy)
    pieces: list[Piece] = []
    cards = _cards(lines)
    for number, following in zip_longest(written, written[1:]):
        a, line = lines[number]
        a += len(line) - len(line.lstrip(BLANK))
        line = line.strip(BLANK)
        if kept := _undouble(line):
            pieces += [Piece(a + i, a + j, "joined") for i, j in kept[:-1]]
            pieces.append(Piece(a + kept[-1][0], a + kept[-1][1], "block"))
            continue
        then = "block"
        if following is not None:
            apart = following > number + 1 and not (
                edge and (airy or any(n in cut for n in range(number + 1, following + 1)))
            )
            then = cards.get((number, following)) or _follow(line, lines[following][1].strip(BLANK), edge, apart=apart)
        pieces.append(Piece(a, a + len(line), then))
    return pieces


def _cards(lines: list[tuple[int, str]]) -> dict[tuple[int, int], str]:
    """How lines follow each other where figures alone on their lines stand over their names, or it is open whether.

    A run of lines that opens with a figure, or has one below a growth, has its names below the figures; one that has a
    growth below a figure, or ends with a figure, has them above, as every other text. Of others nothing is joined.
    """
    found: dict[tuple[int, int], str] = {}
    for blank, group in groupby(enumerate(lines), lambda one: not one[1][1].strip(BLANK)):
        run = [] if blank else [(n, line.strip(BLANK)) for n, (_, line) in group]
        alone = {n for n, (_, line) in enumerate(run) if _ALONE.fullmatch(line)}
        if len(alone) < _SEVERAL:
            continue
        goes_on = [n not in alone and bool(_GOES_ON.match(line)) for n, (_, line) in enumerate(run)]
        above = any(n + 1 == len(run) or goes_on[n + 1] for n in alone)
        below = any(n == 0 or goes_on[n - 1] for n in alone)
        if above and not below:
            continue
        for here, there in pairwise(range(len(run))):
            if there in alone:
                found[run[here][0], run[there][0]] = "block"
            elif here in alone:
                found[run[here][0], run[there][0]] = "line" if below and not above else "block"
    return found


def _follow(line: str, following: str, edge: _Edge | None, *, apart: bool) -> str:
    """How a line is followed: joined with the next, a new line, or a new block."""
    ended = bool(_TERMINAL.search(line))
    if apart:
        return "block"
    if not ended and len(line) >= WRAPPED and two_words(line, following[0]) and not _LABELLED.match(following):
        return "joined"
    if edge is None:
        own = following[0].isdigit() or _FIGURE_FIRST.match(following)  # a figure of its own
        bare = bool(_GOES_ON.match(following)) and not (own and re.search(r"\d", line))
        verb = bool(OPEN_VERB.search(line)) and not re.search(r"\d", line)
        dealt = bool(_LISTED.search(line)) and _DEALT.match(following)
        goes_on = bare or verb or dealt or _ADVERB.match(following)
        return "block" if ended else "soft" if goes_on else "line"
    if following[0] in _CLOSES and not ended:
        return "joined"
    if (
        not edge.reached(line)
        or _CELLS.search(line)
        or _RULED.match(following)
        or _CELLS.search(following)
        or _undouble(following)
        or _DATELINE.match(following)
    ):
        return "block" if ended else "line"
    if ended and (_NUMBERED.match(following) or _THEMED.match(following)):
        return "block"
    short_next = not edge.reached(following) and not _TERMINAL.search(following)
    return "block" if ended and short_next else "joined"


def two_words(line: str, following: str) -> bool:
    """Whether a wrap parted two words of English, and no number of a Chinese text."""
    return bool(_LATIN.match(line[-1] + following)) and not re.search(f"[{HAN}]", line)


def _undouble(line: str) -> list[tuple[int, int]] | None:
    """Parts to keep of a line that prints everything twice (``竞逐竞逐 发力发力``), or None."""
    keep, i = [], 0
    if len(line) < 8:
        return None
    while i < len(line):
        if line[i] in _BETWEEN:
            keep.append((i, i + 1))
            i += 1
            continue
        size = next((n for n in range((len(line) - i) // 2, 0, -1) if line[i : i + n] == line[i + n : i + 2 * n]), 0)
        if not size:
            return None
        keep.append((i, i + size))
        i += 2 * size
    return keep if sum(b - a for a, b in keep) <= 0.6 * len(line) else None


def _edge(lines: list[str], *, airy: bool) -> _Edge | None:
    """Where a hard-wrapped file breaks its lines, or None for a file that keeps one line a paragraph.

    In a hard-wrapped file a good part of the lines ends, in the middle of a sentence, at very nearly one width, and
    few lines are wider (a box, a footer, a doubled headline). Rows of a table say nothing of it. What counts as width
    depends on the page: Latin signs are half as wide as Chinese ones in print, and as wide on a page that counts signs.
    `lines` are stripped; `airy` says that blank ones stand between all of them.
    """
    written = [line for line in lines if line and not _CELLS.search(line)]
    if len(written) < 8:
        return None
    found = [edge for measure in (_width, len) if (edge := _measured(written, measure, airy=airy))]
    return max(found, key=lambda edge: edge.lines) if found else None


def _measured(written: list[str], measure: Callable[[str], float], *, airy: bool) -> _Edge | None:
    widths = [measure(line) for line in written]
    candidates = sorted({round(width * 2) / 2 for width in widths if 8 <= width <= 90})
    if not candidates:
        return None
    full = max(candidates, key=lambda edge: sum(edge - 1.25 <= width <= edge + 0.75 for width in widths))
    near = [line for line, width in zip(written, widths, strict=True) if full - 1.25 <= width <= full + 0.75]
    open_ends = sum(not _TERMINAL.search(line) for line in near)
    wider = sum(width > full + 0.75 for width in widths)
    prose = full >= NARROW or sum(bool(_WITHIN.search(line)) for line in near) * 3 >= len(near)
    broken = prose and open_ends >= (0.75 if full >= WIDE else 0.85) * len(near)
    some = len(near) >= 0.3 * len(written) or (airy and full >= WIDE and _all_broken(near, written))
    wrapped = broken and some and wider <= 0.3 * len(written)
    return _Edge(full, measure, len(near)) if wrapped else None


def _all_broken(near: list[str], written: list[str]) -> bool:
    """Whether all lines of one width end in mid-sentence, and most that end so are of that width: short paragraphs."""
    unended = sum(not _TERMINAL.search(line) for line in written)
    return len(near) >= _FEW and 2 * len(near) >= unended and not any(map(_TERMINAL.search, near))

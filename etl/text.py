"""Folding: an article's raw text becomes one plain form for the recognisers, with the way back to every character.

In: the raw text. Out: `Text`, whose `folded` has half-width digits and letters, simplified characters, mainland words,
no quotation marks, no thousands separators, no page furniture, and one line a paragraph, heading, list item or table
row. `Text.raw_span` leads back; offsets are carried through every step and never searched for afterwards.

Signs with a meaning in `folded`: newline ends a line, tab is a soft break (a table cell, a wide space).
Left to others: what the words mean.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from etl import wrapping
from etl.model import Span
from etl.wrapping import HAN, ITEM, OPEN_VERB, two_words

# -- character tables: one sign for one idea ------------------------------------------------------------------------
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_SIGNS = str.maketrans("％＋－−．／＝＜＞＆＃＊～∼〜＠－–―│┃", "%+--./=<>&#*~~~@---||")
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f", " "))
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
_LINE_ENDS = {"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\v": "\n", "\f": "\n"}
_TABLE = {**_WIDE, **_SIGNS, **_SPACES, **str.maketrans(_LINE_ENDS)}

_CJK = rf"[{HAN}，。；：！？（）、《》%]"
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0e\ufe0f\u00ad]+")
_QUOTES = re.compile('[“”‘’「」『』"〝〞＂]+')
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
#: 1，800家: the full-width comma is a separator too, where no whole number stands before it.
_WIDE_THOUSANDS = re.compile(r"(?<![\d.第])\d{1,3}(?:，\d{3})+(?!\d)")
_HALF_MARKS = re.compile(
    rf"(?<=[{HAN}，。；：！？（）%])[ ]?[,;:!?()]|[,;:!?()](?=[ ]?[{HAN}])|(?<=\d)[,;](?=[ ]?[{HAN}])"
)
_SPREAD = re.compile(rf"(?<![{HAN}])(?:{_CJK} ){{3,}}{_CJK}")
_TIGHT = re.compile(
    rf"(?<=[{HAN}，。；：！？（）、《》%]) (?=[0-9A-Za-z+\-])|(?<=[0-9A-Za-z%+)]) (?={_CJK})|(?<=[，。；：！？（、《》]) |(?<=）) (?! )| (?=[，。；：！？（）、《》])|(?<=\d) (?=[%.])"
)
#: 全　市, 板    块: two signs spread to the width of a cell, between the beginning of a line or a bar and a wide space or a bar.
_JUSTIFIED = re.compile(
    rf"(?m)(?:(?<=^[{HAN}])|(?<=\|[{HAN}])|(?<=\| [{HAN}]))[ \u3000]+(?=[{HAN}](?:[ \u3000]{{2,}}|\u3000(?=[^\s\u3000]{{2}})|\t|[ ]?\|))"
)
#: 项目 / 本季 / 增幅, 指标｜单位｜6月, 指标 | 6月 | 同比: two such bars make a line a row of cells.
_BARS = (
    r"(?<![ \t\u3000])[ \t\u3000]+/[ \t\u3000]+",
    r"(?<![ \t\u3000])[ \t\u3000]*｜[ \t\u3000]*",
    r"(?<![|\s])[ \t\u3000]+\|[ \t\u3000]+(?![|\s])",
)
_BARRED_ROW = re.compile("|".join(rf"(?m:^(?![ \t]*\|)[^\n]*?{bar}[^\n]*?{bar}[^\n]*$)" for bar in _BARS))
_BAR = re.compile("|".join(_BARS))
_SOFT = re.compile(r"[ \t\u3000]{2,}|[\t\u3000]|(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")

# -- shapes of lines ------------------------------------------------------------------------------------------------
_MARKUP = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)|\*\*|__|`|(?<=\])\([^)\n]{0,500}\)|<[^<>\n]{1,200}>")
#: 4．2025年末，…: the number of an item, right before a year.
_ITEM_OF_YEAR = re.compile(r"(?m)(?<=^\d)\.(?=20\d\d年)|(?<=^\d\d)\.(?=20\d\d年)")
_FIVE_G = re.compile("五 ?G|(?<![\\d.])5 G(?![A-Za-z])")
#: 同比还是负0.6%: a sign, written out.
_MINUS = re.compile(r"(?<![担抱辜背肩自胜])负(?=\d)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s，。；、）)\u3400-\u9fff]+")
_HEADING = re.compile(
    r"#{1,6} |(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十\d]+[章节部分]|PART ?\d+|\d{1,2}[.、] ?(?=[^\d]))"
)
#: ◆ 右手：苏州工业园区, ✅ 2024怎么干, alone between empty lines, head what follows.
_BANNER = re.compile("[◆■▪►➤◇\u2580-\u259f【\u2600-\u27bf\U0001f300-\U0001faff]")
#: ❶ 块头, ⑤ 2025，立个flag, right over lines that are no items of its own kind: a numeral in a ring heads them.
_RINGED = re.compile(r"(?:[①-⑳㉑-㉟❶-❿⓫-⓴➀-➓]|\d\u20e3)[ \t]?(?P<words>[^。；！：]{1,20})")
#: ▎绿色制造: a bar before a few words sets a heading, whatever stands below.
_BARRED_HEADING = re.compile(r"[\u2580-\u259f▏][ \t]?[^，。；：！？]{1,16}")
#: 05 ｜ 2026小目标: a number and a bar head what follows.
_BARRED = re.compile(r"(?:PART ?)?\d{1,2} ?[｜丨|] ?\D*(?:20\d\d\D*)?$")
#: 【2026，立个flag】 heads what follows; 占苏州全市近两成, on a line of its own, only goes on the one before.
_FRAMED = re.compile(r"【\D*(?:20\d\d\D*)?】")
_FRAGMENT = re.compile("占|相当于|其中|同比|较[上去]|比[上去]")
#: 全区新晋——, （以下均为年末数）, 上述均为…, 省级智能车间×15: they lead in to other lines, or tell a figure.
_LEADS_IN = re.compile(r"(?:——|：)$|^[（(]?(?:以下|以上|上述)|[（(]以下|× ?\d")
#: （全市的三成多，都在这里）: a line in brackets below another says something of it.
_ASIDE = re.compile(r"（(?![一二三四五六七八九十]{1,3}）)[^（）]*）")
#: 🗓 5月: a month alone on its line heads what follows.
_MONTH = re.compile(r"\W*(?:20\d\d年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?\W*")
_YEAR = re.compile(r"20\d\d(?!\d)")
#: What parts two cells of a row; and what a row has besides, on either side.
_PARTED = re.compile(r"\S[ \t]*\t[ \t]*\S")
_TOLD = re.compile(r"\d|指标|名称|增速|增长|单位")
_HEADED = re.compile("指标|名称|地区|板块|单位")
#: 昆山　　常熟: heads of columns, and nothing over the names of the rows.
_CORNERLESS = re.compile(r"[^\t\d，。：；？！（]{1,8}(?:\t[^\t\d，。：；？！（]{1,8})+")
_SPEAKER = re.compile("[^，。：]{1,16}：")
_FIGURE = re.compile(r"(?<!PART )(?<!PART)\d(?!\d*[年月日、.])(?!\d*-\d)(?!\d*：)|[，：].*\d")


#: ⬆12%, ▼4.9 in a cell: arrows of any make, right before what has risen or fallen.
_ARROW = re.compile(r"(?<=[^\n])[⬆⤴↗▲🔺⬇⤵↘▼🔻](?= ?\d+(?:\.\d+)?(?:%|个百分点|个?点|[ \t]*(?:[|\t\n）)]|$)))")
_RISES = "⬆⤴↗▲🔺"
#: 803家 ➜ 1752家, 2020年末 -> 2025年末: arrows of any make from a figure or a date to the next.
_RIGHTWARD = re.compile(
    r"(?<=[\d%万亿元家个座项户款人名台件位P+年月底末前）)])[ \t\u3000]*(?:[➜➝➞➔➙➛➟➠➤➡⟶⟹⇒⇨⇢⮕▶▷►❯»👉⏩→]|[-=~—]{1,3}>|>>+)+[ \t\u3000]*(?=(?:约|近|超|逾|突破)?\d(?!G)|目前|现在|如今|眼下|今年|去年|上年|十[三四五]五)"
)

ENGLISH = 20  # letters from which a text without Chinese signs counts as English


class Line(NamedTuple):
    """One line of the folded text. `level` of a heading is 1–6, else 0; lines of one block stand together."""

    start: int
    end: int
    kind: str  # text · heading · row
    level: int
    block: int


class _Work(NamedTuple):
    """Text under way: each character with the raw interval it stands for."""

    text: str
    starts: list[int]
    ends: list[int]

    def sub(self, pattern: re.Pattern[str], put: str | Callable[[re.Match[str]], str]) -> _Work:
        """Replace matches; what replaces a match stands for the whole of it (character by character where equally long)."""
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for match in pattern.finditer(self.text):
            new = put if isinstance(put, str) else put(match)
            a, b = match.span()
            parts += self.text[at:a], new
            starts += self.starts[at:a]
            ends += self.ends[at:a]
            if len(new) == b - a:
                starts += self.starts[a:b]
                ends += self.ends[a:b]
            elif new:
                starts += [self.starts[a]] * len(new)
                ends += [self.ends[b - 1]] * len(new)
            at = b
        if not at:
            return self
        return _Work("".join((*parts, self.text[at:])), starts + self.starts[at:], ends + self.ends[at:])

    def map(self, text: str) -> _Work:
        """Put another text of the same length in its place."""
        assert len(text) == len(self.text)
        return _Work(text, self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class Text:
    """The folded text, its lines, and the way back. Spans of `quoted` are folded: what stood in quotation marks."""

    raw: str
    folded: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lines: tuple[Line, ...]
    quoted: tuple[Span, ...]
    english: bool

    def raw_span(self, span: Span) -> Span:
        """Folded span → raw span, shrunk to the characters that carry it."""
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def holds(self, raw: int) -> bool:
        """Whether a raw character is part of what was folded, and no furniture."""
        at = bisect_right(self.starts, raw) - 1
        return at >= 0 and raw < self.ends[at]

    def folded_at(self, raw: int) -> int:
        """The folded position at or just before a raw one."""
        return max(bisect_right(self.starts, raw) - 1, 0)

    @classmethod
    def fold(cls, raw: str) -> Text:
        """Fold an article's raw text.

        >>> Text.fold("園區集聚「AI」企業 1,800 餘家").folded
        '园区集聚AI企业1800余家'
        """
        even = _WIDE_THOUSANDS.sub(lambda match: match[0].replace("，", ","), raw.translate(_TABLE))
        work = _Work(even, list(range(len(raw))), list(range(1, len(raw) + 1)))
        work = work.sub(_INVISIBLE, "").sub(_ADDRESS, "")
        work, taiwan = _simplify(work)
        work = work.sub(_THOUSANDS, "").sub(_MARKUP, "")
        work = _join_lines(_part_cells(work))
        work = work.sub(_TAIWAN, lambda match: TAIWAN_WORDS[match[0]]) if taiwan else work
        work = work.sub(_ARROW, lambda match: "↑" if match[0] in _RISES else "↓")
        work = work.sub(_RIGHTWARD, "→")
        work, quoted = _unquote(work)
        work = work.sub(_HALF_MARKS, lambda match: _FULL[match[0].strip()])
        work = (
            work.sub(_SPREAD, lambda match: match[0].replace(" ", ""))
            .sub(_JUSTIFIED, "")
            .sub(_TIGHT, "")
            .sub(_SOFT, "\t")
        )
        work = work.sub(_FIVE_G, "5G").sub(_MINUS, "-").sub(_ITEM_OF_YEAR, "、")
        spans = tuple(Span(bisect_right(work.starts, a), bisect_right(work.starts, b)) for a, b in quoted)
        english = _is_english(work.text)
        return cls(raw, work.text, tuple(work.starts), tuple(work.ends), tuple(_lines(work.text)), spans, english)


def language(raw: str) -> str | None:
    """The language of a text, by its signs: zh-Hans, zh-Hant, en, or None.

    >>> language("蘇州工業園區集聚人工智能企業")
    'zh-Hant'
    """
    if _is_english(raw):
        return "en"
    script = "zh-Hant" if _is_traditional(raw) else "zh-Hans"
    return script if re.search(f"[{HAN}]", raw) else None


def gist(raw: str) -> str:
    r"""What copies of one text share, however they are set: no space, no quotation marks, half width, simplified.

    >>> gist("園區　集聚「AI」企業，１８００家 ") == gist("园区集聚AI企业,\r\n1800家")
    True
    """
    even = raw.translate(_TABLE).translate({ord(half): full for half, full in _FULL.items()})
    return simplified(re.sub(r"\s+", "", _QUOTES.sub("", _INVISIBLE.sub("", even))))


def _is_english(text: str) -> bool:
    letters = len(re.findall("[A-Za-z]", text))
    return letters >= ENGLISH and len(re.findall(f"[{HAN}]", text)) * 5 < letters


# -- script ---------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=2)
def _opencc(name: str) -> object:
    from opencc import OpenCC  # 20 ms: only where a traditional text needs it

    return OpenCC(name)


def simplified(text: str) -> str:
    """Any text in simplified script, one code point for one.

    >>> simplified("兩家")
    '两家'
    """
    return _convert("t2s", text)


def _convert(name: str, text: str) -> str:
    return str(_opencc(name).convert(text))  # type: ignore[attr-defined]


#: Characters that only traditional text uses: a cheap test before the converter is loaded.
_TRADITIONAL = re.compile("[蘇園區業產億萬個與為這來們國發應實數據體開關點強長門車東馬龍電達億]")


def _is_traditional(text: str) -> bool:
    return len(_TRADITIONAL.findall(text)) * 50 >= len(re.findall(f"[{HAN}]", text))


def _simplify(work: _Work) -> tuple[_Work, bool]:
    """Traditional script → simplified, and whether it was: then the words may be Taiwan's and Hong Kong's too."""
    if not _is_traditional(work.text):
        return work, False
    plain = _convert("t2s", work.text)
    if len(plain) != len(work.text):
        raise AssertionError("t2s changed the length of a text")
    return work.map(plain), True


#: Words of Taiwan's and Hong Kong's press (after t2s) → the mainland's. Closed: only those the grammar meets.
TAIWAN_WORDS: dict[str, str] = {
    "人工智慧": "人工智能", "智慧工厂": "智能工厂", "智慧制造": "智能制造", "智慧车间": "智能车间", "智慧算力": "智能算力",
    "软体": "软件", "硬体": "硬件", "资讯": "信息", "网路": "网络", "基地台": "基站", "晶片": "芯片", "半导体": "半导体",
    "数位": "数字", "前三季": "前三季度", "前两季": "前两季度", "前2季": "前2季度", "前3季": "前3季度", "首季": "一季度",
    "年增率": "同比增速", "年成长率": "同比增速", "年增": "同比增长", "年升": "同比增长", "年减": "同比下降", "年跌": "同比下降", "年缩": "同比下降", "可望": "有望", "上看": "预计达", "伺服器": "服务器",
    "成长": "增长", "成长幅度": "增长幅度", "年增幅": "同比增幅", "演算法": "算法", "标竿": "标杆", "资料集": "数据集", "业者": "企业", "生成式AI": "生成式人工智能",
}  # fmt: skip
_OF_NO_YEAR = "(?<![去今前明当同全历一数每逐按半\\d])"  # 去年增…, 2025年升…: the sign is the year's
_NOT_AFTER = {
    "业者": "(?<![从毕创就失执专肄停歇开事待转守无])业者",
    "成长": "成长(?=[约近逾超达]?[0-9])",
    "年增幅": _OF_NO_YEAR + "年增幅",
    "年增": _OF_NO_YEAR + "年增(?![长加幅])",
    "年减": _OF_NO_YEAR + "年减(?![少])",
    **{
        word: f"{_OF_NO_YEAR}{word}(?=[约近逾超达]?(?:[0-9]|[一二两三四五六七八九]成))"
        for word in ("年升", "年跌", "年缩")
    },
}
_TAIWAN = re.compile(
    "|".join(
        _NOT_AFTER.get(word, word + ("(?!度)" if word.endswith("季") else ""))
        for word in sorted(TAIWAN_WORDS, key=len, reverse=True)
    )
)


# -- cells ----------------------------------------------------------------------------------------------------------
def _part_cells(work: _Work) -> _Work:
    """Cells parted by strokes: a tab parts them as everywhere."""
    rows = [match.span() for match in _BARRED_ROW.finditer(work.text)]
    starts = [start for start, _ in rows]

    def parted(bar: re.Match[str]) -> str:
        at = bisect_right(starts, bar.start()) - 1
        return "\t" if at >= 0 and bar.start() < rows[at][1] else bar[0]

    return work.sub(_BAR, parted)


# -- quotation marks ------------------------------------------------------------------------------------------------
LONGEST_QUOTE = 40  # characters: what is longer is speech


def _unquote(work: _Work) -> tuple[_Work, list[tuple[int, int]]]:
    """Drop quotation marks; return the raw intervals they enclosed."""
    pairs = {"“": "”", "「": "」", "‘": "’", "『": "』"}
    found = [
        (work.starts[match.start()], work.starts[match.end() - 1])
        for opening, closing in pairs.items()
        for match in re.finditer(f"{opening}([^{opening}{closing}\n]{{1,{LONGEST_QUOTE}}}){closing}", work.text)
    ]
    return work.sub(_QUOTES, ""), sorted(found)


# -- lines ----------------------------------------------------------------------------------------------------------
def _join_lines(work: _Work) -> _Work:
    """Keep what `wrapping` keeps. A single newline in the result ends a line, two end a block."""
    pieces = wrapping.pieces(work.text)
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece, following in zip_longest(pieces, pieces[1:]):
        text.append(work.text[piece.a : piece.b])
        starts += work.starts[piece.a : piece.b]
        ends += work.ends[piece.a : piece.b]
        breaks = {"joined": "", "soft": "\t", "line": "\n", "block": "\n\n"}[piece.then]
        if not breaks and following and two_words(work.text[piece.a : piece.b], work.text[following.a]):
            breaks = " "
        if breaks and following:
            text.append(breaks)
            starts += [ends[-1]] * len(breaks)
            ends += [ends[-1] + 1] * len(breaks)
    return _Work("".join(text), starts, ends)


def _lines(text: str) -> list[Line]:
    """Lines of the folded text with their kinds and blocks."""
    found: list[Line] = []
    block = at = 0
    blank = False
    pieces = text.split("\n")
    for number, piece in enumerate(pieces):
        start, end = at, at + len(piece)
        at = end + 1
        if not piece.strip():
            blank = True
            continue
        kind, level = _kind(piece, pieces[number + 1] if number + 1 < len(pieces) else "", first=blank or not found)
        if blank or kind == "heading":
            block += 1
        found.append(Line(start, end, kind, level, block))
        blank = kind == "heading"
    return [
        line if line.kind != "row" or _in_table(found, number) else line._replace(kind="text")
        for number, line in enumerate(found)
    ]


def _in_table(lines: list[Line], number: int) -> bool:
    """Whether a row stands beside another one: a single line with wide spaces is prose."""
    return any(
        0 <= n < len(lines) and lines[n].kind == "row" and lines[n].block == lines[number].block
        for n in (number - 1, number + 1)
    )


def _row_shaped(line: str) -> bool:
    """Whether a line is set in cells, one of which has a figure or heads a column."""
    parted, headed = _PARTED.search(line), _HEADED.search(line)
    told = parted and _TOLD.search(line, parted.end())
    ruled = 0 <= line.find("|") < line.rfind("|")
    return ruled or bool(told) or bool(headed and "\t" in line[headed.end() :])


def _question(line: str, following: str) -> tuple[str, int] | None:
    """What somebody asks heads nothing; what a line of its own asks heads the answer."""
    if _SPEAKER.match(line):
        return "text", 0
    short = len(line) <= 34 and not re.search("[。；]", line) and not _BANNER.match(line)
    alone = short and not following.strip()
    return ("heading", 4) if alone else None


def _heads(line: str, following: str) -> bool:
    """Whether a line in cells heads the row below it; nothing need stand over the names of the rows."""
    cells, below = line.count("\t"), following.count("\t")
    wanted = (cells, cells + 1) if _CORNERLESS.fullmatch(line) else (cells,)
    return below in wanted and bool(re.search(r"\d", following))


def _ringed(line: str, following: str) -> bool:
    """❷ 2025，立个flag: whether a numeral in a ring heads the line below, which is no item of its kind."""
    ringed = _RINGED.fullmatch(line)
    if ringed is None or not following.strip() or _RINGED.match(following):
        return False
    return not (_FIGURE.search(_YEAR.sub("", ringed["words"])) or OPEN_VERB.search(line))


def _kind(line: str, following: str, *, first: bool) -> tuple[str, int]:
    """text, heading (with its level) or row of a table."""
    if match := re.match(r"(#{1,6}) ", line):
        return "heading", len(match[1])
    ruled = line.startswith("|") and line.endswith("|")
    cells = line.count("\t")
    heads = cells + bool(_CORNERLESS.fullmatch(line)) > 1 and _heads(line, following)
    if ruled or ((heads or _row_shaped(line)) and not re.search("[。，]", line)):
        return "row", 0
    if line.endswith(("？", "?")) and (kind := _question(line, following)):
        return kind
    alone, undated = not following.strip(), _YEAR.sub("", line)
    barred = _BARRED_HEADING.fullmatch(line) and not _FIGURE.search(undated)
    barred = barred or (first and _ringed(line, following))
    if barred or _MONTH.fullmatch(line) or _BARRED.match(line) or _FRAMED.fullmatch(line):
        return "heading", 3
    aside = not first and _ASIDE.fullmatch(line)
    if aside or _LEADS_IN.search(line) or OPEN_VERB.search(line) or _FRAGMENT.match(line):
        return "text", 0
    if _BANNER.match(line) and alone and not _FIGURE.search(undated) and not re.search("[。；！？]", line):
        return "heading", 4
    if ITEM.match(line) or len(line) > 34 or re.search(r"[。；，：]$|[。；]", line):
        return "text", 0
    if not _FIGURE.search(line):
        return "heading", (3 if line[0] == "（" else 2) if _HEADING.match(line) else 4
    if alone and first and ("，" not in line or re.match(r"[^\d，。：]{2,8}：", line)):
        return "heading", 4
    return "text", 0

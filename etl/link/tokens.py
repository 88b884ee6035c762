"""Sentences as tokens: every character belongs to a mention, a mark of punctuation or an unknown word.

In: the folded text and its mentions. Out: for each line the sentences, for each sentence its `Token`s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from etl.model import Mention, Quantity, Span
from etl.recognise.cues import Cue
from etl.recognise.indicators import Call, Level, Theme
from etl.recognise.periods import When
from etl.recognise.places import Where
from etl.recognise.quantities import NotFigure
from etl.text import Line, Text

KINDS: dict[type, str] = {
    Quantity: "number", When: "date", Where: "place", Call: "name", Level: "level", Theme: "theme", NotFigure: "other",
}  # fmt: skip
_MARKS = "，。；：！？、（）\t,;:!?()—…|【】[]《》·"
_GAP = re.compile(rf"(?P<mark>[{re.escape(_MARKS)}])|[^{re.escape(_MARKS)}\s]+")
_LETTER = re.compile(r"\w")
BEHIND = "behind its number"  # the rule of a place that only says where what was counted is: no subject
WHOLE = "as a whole"  # rule of a place that is named as the whole of which the own one is a part: all of Suzhou
LIST_MARKS = "、/"
_ENDS = frozenset("。！？!?")
_FUNCTION = Cue("function", "")


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `kind`: number date place name level theme other, a cue's kind, mark, or word (unknown)."""

    kind: str
    what: Any
    start: int
    end: int
    rule: str = ""

    @property
    def span(self) -> Span:
        """Folded span."""
        return Span(self.start, self.end)


def passed_over(token: Token) -> Token:
    """The token as a word that explains nothing away: what it says is told elsewhere."""
    return replace(token, kind="function", what=_FUNCTION)


def put(tokens: list[Token], folded: str, one: Token) -> list[Token]:
    """Tokens with one in the place of all that stand where it does; words are cut for it, and nothing else is."""
    split = [t for t in tokens if t.start < one.start < t.end or t.start < one.end < t.end]
    if any(token.kind not in ("word", "function") for token in split):
        return tokens
    before = [_cut(t, folded, t.start, min(t.end, one.start)) for t in tokens if t.start < one.start]
    behind = [_cut(t, folded, max(t.start, one.end), t.end) for t in tokens if t.end > one.end]
    return [*before, one, *behind]


def _cut(token: Token, folded: str, start: int, end: int) -> Token:
    same = (start, end) == (token.start, token.end)
    return token if same else Token("word", folded[start:end], start, end)


def sentences(text: Text, line: Line, mentions: list[Mention[Any]]) -> Iterator[list[Token]]:
    """The sentences of one line. `mentions` are those of the line, left to right."""
    found: list[Token] = []
    depth = 0
    for token in _tokens(text.folded, line, mentions):
        found.append(token)
        if token.kind == "mark":
            depth += (token.what in "（(《") - (token.what in "）)》")
            if token.what in _ENDS and depth <= 0:
                yield found
                found, depth = [], 0
    if found:
        yield found


#: Tokens of a sentence. People write about a hundred at most; what is longer is no sentence, and is read in pieces, so
#: that looking back over one costs the same wherever it stands.
LONGEST = 200


def pieces(sentence: list[Token]) -> Iterator[list[Token]]:
    """A sentence, whole as people write it."""
    for start in range(0, len(sentence), LONGEST):
        yield sentence[start : start + LONGEST]


def _tokens(folded: str, line: Line, mentions: list[Mention[Any]]) -> Iterator[Token]:
    at = line.start
    asides = [Span(*match.span()) for match in _ASIDE.finditer(folded, line.start, line.end)]
    for mention in _outside(mentions, asides):
        if at < mention.span.start:
            yield from _between(folded, at, mention.span.start)
        if at < mention.span.start and _reaches(mention, folded):
            yield Token("to", Cue("to", mention.what.word), mention.span.start, mention.span.end, "verb + 到")
            at = mention.span.end
            continue
        if at < mention.span.start and _inside_a_word(mention, folded):
            yield Token("word", mention.span.of(folded), mention.span.start, mention.span.end)
            at = mention.span.end
            continue
        what = mention.what
        kind = what.kind if isinstance(what, Cue) else KINDS[type(what)]
        yield Token(kind, what, mention.span.start, mention.span.end, mention.rule)
        at = mention.span.end
    yield from _between(folded, at, line.end)


#: Adverbial phrases that lead in to a figure and say nothing about it: 以…为依托, 按在手订单推算, 在…带动下, 受…影响, 往回翻账本.
_ASIDE = re.compile(
    r"以[^，。；、\d]{1,24}为(?:依托|核心|主导|龙头|抓手|基础|重点|载体|契机|引领|牵引|主体|支撑|主线|代表|主|底座)"
    r"|(?:按照|按|根据|依据|对照|参照)(?:(?!\d[\d.]*万?[家个座项户套])[^，。；：%亿]){0,20}(?:方案|规划|计划|意见|纲要|要求|安排|部署)(?=，)|(?:按照|按|根据)(?:最新|统一|全市|全区|上级|既定|总体)?(?:规划|计划|要求|安排|部署)(?=(?:到)?20\d\d年)"
    r"|(?:按照|按|根据|依据|依|从|照|就|参照|结合)[^，。；：\d]{0,10}(?:订单|排产|产能|产销|合同|排单|备货|开工|用电|产线)(?:情况|数据|量|进度|需求)?(?=(?:推算|测算|估算|估计|预测|推断|推测|匡算|判断|推演|(?:来)?[看算])(?:下来)?，)"
    r"|由[^，。；\d]{0,10}(?:负增长|下降|下滑|回落|负)(?:转为|转|变为|扭转为)(?=增|正|上升|小幅|微)"
    r"|(?:照|按|依)(?:着)?(?:这|此|目前|现在|眼下)(?:个|样|般|种)?的?(?:势头|速度|节奏|进度|走势|态势|样子|势能)?(?:下去|算|走下去)?(?:下来)?(?=，)"
    r"|(?:这|那)(?:可)?(?:是|算)另外?一?(?:本账|回事|码事|笔账|个口径|码|套账)(?=，)"
    r"|(?:再)?(?:往[回前后上]|回头|回过头)再?(?:翻翻?|看看?|数数?|推|追溯)[^，。；\d]{0,4}(?=，)|(?:再)?(?:翻开?|翻翻|查查|看看|掰开)[^，。；\d]{0,3}(?:旧账|老账|账本|账簿|老黄历|往年)(?=，)"
    r"|(?:在[^，。；\d]{2,24}(?:带动|推动|支撑|引领|拉动|加持|驱动|影响)下)|受[^，。；\d]{1,16}(?:影响|拖累|带动|拉动)|随着[^，。；\d]{2,24}(?=，)|得益于[^，。；\d]{2,24}(?=，)"
)


def _outside(mentions: list[Mention[Any]], asides: list[Span]) -> Iterator[Mention[Any]]:
    """Mentions with those inside an aside put together to one neutral word."""
    waiting = list(asides)
    for mention in mentions:
        while waiting and waiting[0].end <= mention.span.start:
            yield Mention(_FUNCTION, waiting.pop(0), "aside")
        if not waiting or mention.span.end <= waiting[0].start:
            yield mention
    yield from (Mention(_FUNCTION, aside, "aside") for aside in waiting)


_NUMERAL = re.compile("了?[0-9一二两三四五六七八九十百千约近超逾]")
_FRAGILE = frozenset(
    "plan expect condition new award grow fall from share compare average every each grant part".split()
)

_NOUNS = frozenset("计划 目标 要求 努力".split())  # verbs that are nouns behind another noun: 导向计划, 行动计划


_GOT = ("分到", "拿到", "抢到", "评到", "轮到", "收到", "得到", "摘到", "捧到", "接到", "招到", "引到", "找到")


def _reaches(mention: Mention[Any], folded: str) -> bool:
    """扩充到316家, 抬升至3%: 到 and 至 behind any verb and before a number mark the level reached."""
    if not isinstance(mention.what, Cue) or mention.what.word not in ("到", "至"):
        return False
    if folded.startswith(_GOT, mention.span.start - 1):
        return False  # 常熟分到7家
    return "\u3400" <= folded[mention.span.start - 1] <= "\u9fff" and bool(_NUMERAL.match(folded, mention.span.end))


def _inside_a_word(mention: Mention[Any], folded: str) -> bool:
    """A steering word of one character behind an unknown one is part of its word: 材料, 重建, 稀少."""
    if not isinstance(mention.what, Cue) or mention.what.kind not in _FRAGILE:
        return False
    if len(mention.span) > 1 and mention.what.word not in _NOUNS:
        return False
    return "\u3400" <= folded[mention.span.start - 1] <= "\u9fff"


def _between(folded: str, start: int, end: int) -> Iterator[Token]:
    for match in _GAP.finditer(folded, start, end):
        kind = "mark" if match.lastgroup or not _LETTER.search(match[0]) else "word"
        yield Token(kind, match[0], *match.span())


_ONE_MORE = re.compile("(?:还|另)有一[个家项]，")
_NOT_YET = (
    "报上去",
    "报上去了",
    "申报",
    "申报了",
    "推荐",
    "推荐了",
    "受理",
    "受理了",
    "储备",
    "储备了",
    "提名",
    "参评",
)


def points(folded: str, token: Token) -> bool:
    """在这三个年末, 还有一个，…, 新申报460家: whether a number points back, elsewhere, or to what is not so yet."""
    if folded.endswith(("这", "那", *_NOT_YET), 0, token.start):
        return True
    return bool(_ONE_MORE.match(folded, max(0, token.start - 2)))

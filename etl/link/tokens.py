"""Sentences as tokens: every character belongs to a mention, a mark of punctuation or an unknown word.

In: the folded text and its mentions. Out: for each line the sentences, for each sentence its `Token`s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from etl.model import Mention, Quantity, Span
from etl.recognise.cues import Cue
from etl.recognise.indicators import Call, Level, Theme
from etl.recognise.periods import When
from etl.recognise.places import Where
from etl.recognise.quantities import NotFigure
from etl.text import Line, Text

_KINDS: dict[type, str] = {
    Quantity: "number", When: "date", Where: "place", Call: "name", Level: "level", Theme: "theme", NotFigure: "other",
}  # fmt: skip
_MARKS = "，。；：！？、（）\t,;:!?()—…|【】[]《》·"
_GAP = re.compile(rf"[{re.escape(_MARKS)}]|[^{re.escape(_MARKS)}\s]+|\s+")
_ENDS = frozenset("。！？!?")


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


def _tokens(folded: str, line: Line, mentions: list[Mention[Any]]) -> Iterator[Token]:
    at = line.start
    for mention in mentions:
        yield from _between(folded, at, mention.span.start)
        if at < mention.span.start and _inside_a_word(mention, folded):
            yield Token("word", mention.span.of(folded), mention.span.start, mention.span.end)
            at = mention.span.end
            continue
        what = mention.what
        kind = what.kind if isinstance(what, Cue) else _KINDS[type(what)]
        yield Token(kind, what, mention.span.start, mention.span.end, mention.rule)
        at = mention.span.end
    yield from _between(folded, at, line.end)


_FRAGILE = frozenset("plan expect condition new award grow fall from share compare average every each grant part".split())

_NOUNS = frozenset("计划 目标 要求 努力".split())  # verbs that are nouns behind another noun: 导向计划, 行动计划


def _inside_a_word(mention: Mention[Any], folded: str) -> bool:
    """A steering word of one character behind an unknown one is part of its word: 材料, 重建, 稀少."""
    if not isinstance(mention.what, Cue) or mention.what.kind not in _FRAGILE:
        return False
    if len(mention.span) > 1 and mention.what.word not in _NOUNS:
        return False
    return "\u3400" <= folded[mention.span.start - 1] <= "\u9fff"


def _between(folded: str, start: int, end: int) -> Iterator[Token]:
    for match in _GAP.finditer(folded, start, end):
        if match[0].isspace() and match[0] != "\t":
            continue
        kind = "mark" if match[0] in _MARKS or not re.search(r"\w", match[0]) else "word"
        yield Token(kind, match[0], *match.span())

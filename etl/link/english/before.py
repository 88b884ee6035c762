"""What stands before a number in an English sentence and tells what sort of number it is.

In: the cleaned tokens and the index of a number. Out: whether it is a part of what was said, the object of an unknown
verb, or only compared with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from etl.link.english.made import word_of
from etl.link.tokens import Token

#: Prepositions before a counted name that make it no count of its own.
_NARROWING = frozenset("in for among within across throughout under inside into by through via".split())
_COMPARED = re.compile(r"(?:compared (?:with|to)|against|versus|vs\.?|than) (?:just |only |about )?$")
_EXISTING = re.compile(
    r"(?:the|its|their|from) (?:existing|current|present)(?: total of| level of| figure of| number of)? (?:just |only |about |roughly )?$"
)
_HAVING = ("had", "has", "have", "having", "saw", "got")
#: A building can hold 300, is big enough for 300: so many as would fit.
_HOLDING = r"(?:hold|host|house|accommodat|support|serv|take in|tak|fit|handl|contain|lodg|shelter|seat)(?:e|ing)?"
_ROOM = re.compile(
    rf"(?i)\b(?:can|could|able to|designed (?:to|for)|(?:big|large|spacious) enough (?:to|for)|capable of|(?:room|space|capacity) (?:to|for))(?: [a-z]+ly)?(?: {_HOLDING})?"
    r" (?:up to |more than |over |about |around |some |nearly |as many as |at least )?\Z"
)
_FROM = re.compile(r"from (?:just |only |about )?$")


def in_part(tokens: Sequence[Token], index: int) -> bool:
    """Including 148 companies: so many of what was said."""
    at = _back(tokens, index, ("function", "adjective", "place", "date"))
    return at >= 0 and tokens[at].kind == "part"


def object_of_unknown(tokens: Sequence[Token], index: int, folded: str) -> bool:
    """Invested in 30 AI companies, visited 30 AI companies, can hold 30 of them: not how many there are."""
    if _ROOM.search(folded[max(0, tokens[index].start - 60) : tokens[index].start]):
        return True
    if index and tokens[index - 1].kind == "place":
        return False  # Suzhou's 10 lighthouse factories are all it has
    at = _back(tokens, index, ("adjective", "function", "of", "place", "date"))
    if at < 0:
        return False
    if (
        tokens[at].kind in ("noun", "word")
        and at
        and tokens[at - 1].kind in ("number", "other")
        and tokens[at + 1].kind == "of"
    ):
        return True  # 174 projects of 98 Fortune Global 500 companies
    if word_of(tokens[at]) == "to":
        clause = takewhile(lambda t: t.kind != "mark", reversed(tokens[:at]))
        return next(
            (t.kind in ("number", "grant", "word") for t in clause if t.kind not in ("name", "function", "adjective")),
            False,
        )
    return tokens[at].kind in ("word", "grant") or (tokens[at].kind == "prep" and word_of(tokens[at]) in _NARROWING)


def compared(tokens: Sequence[Token], index: int, folded: str) -> bool:
    """Up from 1,500 (a year earlier), compared with 1,500: a figure only compared with."""
    start = tokens[index].start
    words = folded[max(0, start - 24) : start].lower()
    to = any(t.kind == "to" and t.start > start for t in tokens)
    if existing(tokens, index, folded):
        return False
    return bool(_COMPARED.search(words) or (_FROM.search(words) and not to))


def existing(tokens: Sequence[Token], index: int, folded: str) -> bool:
    """The existing 510, the current 380: how many there are today."""
    start = tokens[index].start
    return bool(_EXISTING.search(folded[max(0, start - 40) : start].lower()))


def having(tokens: Sequence[Token], index: int, folded: str) -> list[int]:
    """The verb of: had twelve plants recognized last year. So many were recognized then, whatever else there is."""
    at = _back(tokens, index, ("function", "adjective"))
    return [at] if at >= 0 and folded[tokens[at].start : tokens[at].end].lower() in _HAVING else []


def counts_for(tokens: Sequence[Token], index: int, folded: str) -> bool:
    """Assessments for 30,000 companies: a name that ends in a preposition counts whatever follows it."""
    at = _back(tokens, index, ("adjective", "function"))
    return (
        at >= 0
        and tokens[at].kind == "name"
        and folded.endswith((" for", " of", " at", " on", " served", " serve"), 0, tokens[at].end)
    )


def rival(tokens: Sequence[Token], index: int) -> bool:
    """Climbed 7 percent, ahead of the 6.6 percent recorded in Jiangsu: another place's beside the one told of."""
    told = [t for t in tokens[:index] if t.kind in ("number", "name")][-1:]
    return tokens[index].what.unit == "%" and any(t.kind == "number" and t.what.unit == "%" for t in told)


def list_start(tokens: Sequence[Token], index: int) -> int:
    """The first of the numbers of a list that ends here (30 AI companies, 9 labs and 12 institutes have …)."""
    first = at = index
    while at > 0 and (
        tokens[at - 1].kind in ("and", "adjective", "name", "function", "number") or tokens[at - 1].what == "，"
    ):
        at -= 1
        first = at if tokens[at].kind == "number" else first
    whole = first == index or any(t.kind == "and" for t in tokens[first:index])
    return first if whole and (at == 0 or tokens[at - 1].kind in ("mark", "date")) else index


def _back(tokens: Sequence[Token], index: int, kinds: tuple[str, ...]) -> int:
    """The index of the nearest token before a number that is of none of the kinds, or -1."""
    at = index - 1
    while at >= 0 and tokens[at].kind in kinds:
        at -= 1
    return at

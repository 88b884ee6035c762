"""Tokens that an English sentence lacks and Chinese would have, and what is asked of a token everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from etl.catalogue import Catalogue, Indicator
from etl.link.tokens import Token
from etl.recognise.cues import Cue
from etl.recognise.english.names import Named
from etl.recognise.indicators import Option

MONEY = ("yuan", "CNY", "RMB")


def mark(sign: str, at: int) -> Token:
    """A mark that the text does not have."""
    return Token("mark", sign, at, at)


def cue(kind: str, word: str, at: int) -> Token:
    """A steering word that the text does not have."""
    return Token(kind, Cue(kind, word), at, at)


def word_of(token: Token) -> str:
    """The word of a cue, else empty."""
    return token.what.word if isinstance(token.what, Cue) else ""


def indicator_of(name: Token, catalogue: Catalogue) -> Indicator:
    """The indicator of an English name."""
    return catalogue.indicators[name.what.options[0][0]]


def owned_name(start: int, end: int, folded: str, indicator: str) -> Token:
    """The name that a thing (output, revenue) has because of its owner."""
    return Token("name", Named(folded[start:end], (Option(indicator, "", "", ""),)), start, end, "owned")


def without_brackets(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that stand in no bracket: 195 billion yuan ($27 billion) of output."""
    out: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.what == "（"
        if not depth:
            out.append(token)
        depth -= token.what == "）"
    return out

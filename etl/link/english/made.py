"""Tokens that an English sentence lacks and Chinese would have, and what is asked of a token everywhere."""

from __future__ import annotations

from etl.catalogue import Catalogue, Indicator
from etl.link.tokens import Token
from etl.recognise.cues import Cue


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

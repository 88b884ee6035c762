"""What its unit names: Kunshan's capacity reached 4,200 petaflops. Nothing but computing power is counted in them.

In: the tokens of one English sentence. Out: the same tokens, a bare *capacity* as the name of what the unit measures.
Somebody's storage or production capacity has other units and keeps its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from etl.catalogue import Catalogue, Indicator
from etl.link.english.made import owned_name
from etl.link.tokens import Token

_BARE = ("capacity", "capacities")
#: What may stand before the bare word: whose it is, an article, the start of its clause.
_BEFORE = ("place", "adjective", "mark", "and", "date", "say", "function", "relative", "prep")
_TELLING = ("name", "number", "other", "word", "grant", "noun")


def named(found: list[Token], folded: str, catalogue: Catalogue) -> list[Token]:
    """The tokens with a name for each bare capacity whose figure follows in its clause."""
    indicator = _computing(catalogue)
    if indicator is None:
        return found
    units = catalogue.units[indicator.unit].words
    out = list(found)
    for n, token in enumerate(found):
        if token.kind != "word" or token.what.lower() not in _BARE or (n and found[n - 1].kind not in _BEFORE):
            continue
        figure = _figure(found[n + 1 :])
        if figure is not None and figure.what.unit in units:
            out[n] = owned_name(token.start, token.end, folded, indicator.id)
    return out


def _figure(behind: Sequence[Token]) -> Token | None:
    """The first thing told behind the word, where it is a number of its clause."""
    told = next((t for t in behind if t.kind in _TELLING or (t.kind == "mark" and t.what in "；：")), None)
    return told if told is not None and told.kind == "number" else None


@lru_cache(maxsize=4)
def _computing(catalogue: Catalogue) -> Indicator | None:
    """The indicator that has the unit of computing power to itself."""
    found = [
        indicator
        for indicator in catalogue.indicators.values()
        if catalogue.units[indicator.unit].kind == "computing" and indicator.kind == "stock"
    ]
    return found[0] if len(found) == 1 else None

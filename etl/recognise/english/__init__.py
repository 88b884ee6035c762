"""What English articles name: names, dates, numbers, places and steering words, as the values of the Chinese recognisers.

In: a folded `Text` in English and the catalogue. Out: mentions, in the order in which the overlap rule prefers them. What
follows from their order in the sentence is the business of `etl.link.english`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from etl.catalogue import Catalogue
from etl.model import Mention
from etl.recognise.english import dates, names, numbers, places, words
from etl.text import Text

_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ，；：（）", "abcdefghijklmnopqrstuvwxyz,;:()")
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")


class Reader:
    """The English recognisers of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._names = names.Reader(catalogue)
        self._places = places.Reader(catalogue)
        self._numbers = numbers.Reader(
            word for unit in catalogue.units.values() if unit.kind != "count" for word in unit.words
        )

    def ranked(self, text: Text) -> tuple[Iterator[Mention[Any]], ...]:
        """The mentions of each recogniser, the preferred ones first."""
        lower = text.folded.translate(_LOWER)
        return (
            self._names.mentions(lower),
            (mention for mention in dates.mentions(lower) if not _counted(mention, text)),
            self._numbers.mentions(lower),
            self._places.mentions(text.folded, lower),
            words.mentions(lower),
        )


def _counted(mention: Mention[Any], text: Text) -> bool:
    """2,024 companies: what was written with a comma is no year."""
    return bool(_THOUSANDS.search(text.raw_span(mention.span).of(text.raw)))

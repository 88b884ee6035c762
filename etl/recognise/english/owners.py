"""Output of whom: the industries and companies that English names of sums end with, and what each of them can have.

In: the `english` names of the catalogue's sums of money (*output of the AI industry*, *value added of industrial
enterprises …*). Out: what is meant where the two stand apart: the AI industry reported an output of …, their value added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from etl.catalogue import Catalogue
from etl.recognise.english import names

_MADE_OF = re.compile(
    r"(?P<thing>(?:gross )?(?:output|output value)|value added|revenue|sales revenue) (?:of|by|from) (?:the )?(?P<owner>[^…]+)"
)
#: What an owner may be said to have, in plain words.
_THINGS = {
    ("gross", "output", "value"): "output", ("output", "value"): "output", ("gross", "output"): "output", ("output",): "output",
    ("production", "value"): "output", ("industrial", "output"): "output", ("industrial", "output", "value"): "output",
    ("gross", "industrial", "output"): "output", ("gross", "industrial", "output", "value"): "output",
    ("value", "added"): "value added", ("industrial", "value", "added"): "value added", ("value", "added", "output"): "value added",
    ("revenue",): "revenue", ("sale", "revenue"): "revenue", ("gross", "revenue"): "revenue", ("sale",): "revenue",
}  # fmt: skip

#: Things whose names tell of their owner: industrial output is that of industry.
_TOLD = ("output", "revenue")


class Piece(NamedTuple):
    """An owner or a thing owned: its plain words, and where it stands in the text."""

    words: str
    start: int
    end: int


class Owners:
    """What belongs to whom in one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._meant: dict[tuple[str, str], str] = {}
        for indicator in catalogue.indicators.values():
            for name in indicator.english if catalogue.units[indicator.unit].kind == "money" else ():
                if made := _MADE_OF.fullmatch(name):
                    thing = _THINGS[_plain(made["thing"])]
                    self._meant.setdefault((" ".join(_plain(made["owner"])), thing), indicator.id)
        self._owners = {tuple(owner.split()) for owner, _ in self._meant}
        self._owner_of = {
            indicator: owner for (owner, thing), indicator in reversed(self._meant.items()) if thing in _TOLD
        }
        self.industry = next((owner for owner, thing in self._meant if thing == "output"), "")
        self._longest = max(map(len, self._owners), default=0)

    def meant(self, owner: str, thing: str) -> str:
        """The indicator of what an owner has, or empty."""
        return self._meant.get((owner, thing), "")

    def owner_of(self, indicator: str) -> str:
        """Whose output or revenue an indicator is, or empty."""
        return self._owner_of.get(indicator, "")

    def same(self, owner: str) -> str:
        """An owner in the words that stand for all its spellings (larger manufacturers: industrial enterprises)."""
        indicator = next((found for thing in _TOLD if (found := self.meant(owner, thing))), "")
        return self.owner_of(indicator) or owner

    def owners(self, items: Sequence[names.Item]) -> Iterator[Piece]:
        """Every owner named in some words, the longest at each place."""
        yield from (
            Piece(" ".join(words), start, end) for words, start, end in _found(items, self._owners, self._longest)
        )

    @staticmethod
    def things(items: Sequence[names.Item]) -> Iterator[Piece]:
        """Every thing that an owner may have."""
        yield from (Piece(_THINGS[words], start, end) for words, start, end in _found(items, _THINGS, 4))


def _plain(text: str) -> tuple[str, ...]:
    return tuple(item.word for item in names.plain(text.lower()))


def _found(
    items: Sequence[names.Item], known: set[tuple[str, ...]] | dict[tuple[str, ...], str], longest: int
) -> Iterator[tuple[tuple[str, ...], int, int]]:
    at = 0
    while at < len(items):
        for size in range(min(longest, len(items) - at), 0, -1):
            run = items[at : at + size]
            words = tuple(item.word for item in run)
            if words in known and all(item.joined for item in run[1:]):
                yield words, run[0].start, run[-1].end
                at += size
                break
        else:
            at += 1


@lru_cache(maxsize=4)
def of(catalogue: Catalogue) -> Owners:
    """The owners of a catalogue, read once."""
    return Owners(catalogue)

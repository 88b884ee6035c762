"""The five recognisers and the overlap rule.

In: a folded `Text` and the catalogue. Out: `Mentions`, one list of tokens from left to right that never overlap. Each
recogniser reports what it sees without knowing the others; where two overlap, **the longer wins, then the order
below**, and nothing else decides it.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from etl.catalogue import Catalogue
from etl.model import Mention, Span
from etl.recognise import cues, indicators, periods, places, quantities
from etl.text import Text

if TYPE_CHECKING:
    from etl.recognise.english import Reader as EnglishReader


class Recogniser:
    """The recognisers of one catalogue, their patterns compiled once."""

    def __init__(self, catalogue: Catalogue) -> None:
        words = {word for unit in catalogue.units.values() for word in unit.words}
        self._quantities = quantities.Reader(words)
        self._catalogue = catalogue
        self._places = places.Reader(catalogue)
        self.indicators = indicators.Reader(catalogue)

    @cached_property
    def _english(self) -> EnglishReader:
        from etl.recognise import english  # a third of all patterns: compiled when the first English text comes

        return english.Reader(self._catalogue)

    def mentions(self, text: Text) -> list[Mention[Any]]:
        """Every mention of the text, left to right, none overlapping another."""
        folded = text.folded
        if not folded:
            return []
        if text.english:
            found = [(len(m.span), -n, m) for n, some in enumerate(self._english.ranked(text)) for m in some]
            return _without_overlaps(found, len(folded))[0]
        ranked = (
            periods.mentions(folded),
            self.indicators.mentions(folded),
            quantities.not_figures(folded),
            self._places.mentions(folded),
            self._quantities.mentions(folded),
            cues.mentions(folded),
        )
        found = [(len(m.span), -order, m) for order, mentions in enumerate(ranked) for m in mentions]
        return _with_gaps(*_without_overlaps(found, len(folded)), folded)


def _without_overlaps(found: list[tuple[int, int, Mention[Any]]], length: int) -> tuple[list[Mention[Any]], list[Span]]:
    """The overlap rule: longer first, then the recogniser's order, then what stands first. Also the cues that lost."""
    taken = bytearray(length)
    kept: list[Mention[Any]] = []
    lost: list[Span] = []
    for size, _, mention in sorted(found, key=lambda item: (-item[0], -item[1], item[2].span.start)):
        start, end = mention.span.start, mention.span.end
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * size
            kept.append(mention)
        elif mention.rule == "cue":
            lost.append(mention.span)
    return sorted(kept, key=lambda mention: mention.span.start), sorted(lost)


def _with_gaps(kept: list[Mention[Any]], lost: list[Span], folded: str) -> list[Mention[Any]]:
    """Look for cues again where a longer one was lost to a neighbour (占全|全省 leaves 占)."""
    starts, ends = [mention.span.start for mention in kept], [mention.span.end for mention in kept]
    found: list[Mention[Any]] = []
    for gone in lost:
        at = gone.start
        while at < gone.end:
            number = bisect_right(starts, at)
            if number and ends[number - 1] > at:
                at = ends[number - 1]
                continue
            until = starts[number] if number < len(starts) else len(folded)
            found += cues.mentions(folded, at, until)
            at = until
    return sorted([*kept, *dict.fromkeys(found)], key=lambda mention: mention.span.start) if found else kept


@lru_cache(maxsize=4)
def of(catalogue: Catalogue) -> Recogniser:
    """The compiled recognisers of a catalogue, made once a process."""
    return Recogniser(catalogue)

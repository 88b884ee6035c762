"""What a percentage is a share of: of Jiangsu's total, of the city's GDP, of nothing that is known.

In: the tokens of one English sentence, a percentage and the *of* behind it. Out: the tokens to put before the number (占
and a place), none where the whole is not known, and the index behind the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from etl.catalogue import Catalogue
from etl.link.english.made import cue
from etl.link.tokens import Token
from etl.recognise.english import names
from etl.recognise.places import Where

#: Words before the whole of a ratio that say nothing.
_LEADING = frozenset(
    "the its their total gross above-scale regional local a s this that year's municipal provincial overall all".split()
)
_INNER = ("adjective", "function", "place", "this", "name", "prep")


class Of(NamedTuple):
    """What stands before the number because of what it is a share of, and the index behind that."""

    tokens: tuple[Token, ...]
    end: int


def whole(tokens: Sequence[Token], index: int, at: int, catalogue: Catalogue, folded: str) -> Of:
    """Read what the percentage at `index` is a share of, from the *of* at `at` on."""
    topic = next((t for t in reversed(tokens[:index]) if t.kind == "name"), None)
    own = cue("share", "占", tokens[index].start)
    if topic is not None and topic.what.whole and (end := end_of_whole(tokens, at, topic.what.whole, folded)):
        return Of((own,), end)
    end = at + 1
    while end < len(tokens) and tokens[end].kind in _INNER:
        end += 1
    return Of(_of_place(tokens, index, (at + 1, end), topic, catalogue), end)


def _of_place(
    tokens: Sequence[Token], index: int, span: tuple[int, int], topic: Token | None, catalogue: Catalogue
) -> tuple[Token, ...]:
    """Of Jiangsu's total, of the country's lighthouse factories."""
    inner, end = tokens[span[0] : span[1]], span[1]
    place = next((t for t in reversed(inner) if t.kind == "place"), None)
    name = next((t for t in inner if t.kind == "name"), None)
    unknown = end < len(tokens) and tokens[end].kind in ("word", "noun", "other") and name is None
    other = topic is not None and name is not None and topic.what.options != name.what.options
    if place is None or unknown or other or (topic is None and not _held(tokens, index, span)):
        return ()
    own, place = cue("share", "占", tokens[index].start), _known(place, catalogue)
    return (name, own, place) if topic is None and name is not None else (own, place)


def _held(tokens: Sequence[Token], index: int, span: tuple[int, int]) -> bool:
    """Whether somebody is said to hold the share: a place or a verb of shares before it, another place behind it."""
    before = {t.kind for t in tokens[:index]}
    return bool(before & {"place", "share"}) or any(t.kind == "place" for t in tokens[span[1] :])


def _known(place: Token, catalogue: Catalogue) -> Token:
    """The city of a share is the catalogue's, never the next larger place."""
    if place.what.kind != "rank":
        return place
    known = next((p.id for p in catalogue.places.values() if p.rank == place.what.place), "")
    return replace(place, what=Where("known", known)) if known else place


def end_of_whole(tokens: Sequence[Token], at: int, of: str, folded: str) -> int:
    """The index behind what a name has behind its figure (of the city's GDP, in revenue), or 0 where it is not said."""
    end = at
    while end < len(tokens) and tokens[end].kind not in ("mark", "date", "number", "and"):
        end += 1
    stretch = folded[tokens[at].end : max(tokens[at].end, tokens[end - 1].end)].lower()
    for token in tokens[at:end]:
        if token.kind == "place":
            stretch = stretch.replace(folded[token.start : token.end].lower(), "the")
    left = [item.word for item in names.plain(stretch) if item.word not in _LEADING]
    words = of.split()
    return end if left[: len(words)] == words else 0

"""What a percentage is a share of: of Jiangsu's total, of the city's GDP, of nothing that is known.

In: the tokens of one English sentence, a percentage and the *of* behind it. Out: the tokens to put before the number (占
and a place), none where the whole is not known, and the index behind the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from etl.catalogue import Catalogue
from etl.link.english.made import cue, indicator_of, word_of
from etl.link.scene import encloses
from etl.link.tokens import Token
from etl.recognise.english import names
from etl.recognise.english.numbers import COUNT
from etl.recognise.places import Where

#: Words before the whole of a ratio that say nothing.
_LEADING = frozenset(
    "the its their total gross above-scale regional local a s this that year's municipal provincial overall all".split()
)
_WHOLE = re.compile("… (?:of|in) ([^…]+)$")
_TOTALS = frozenset(("total", "这一数字", "sum", "overall"))
_INNER = ("adjective", "function", "place", "this", "name", "prep")


class Of(NamedTuple):
    """What stands before the number because of what it is a share of, and the index behind that."""

    tokens: tuple[Token, ...]
    end: int
    place: int | None = None  # whose GDP it is


def whole(tokens: Sequence[Token], index: int, at: int, catalogue: Catalogue, folded: str) -> Of:
    """Read what the percentage at `index` is a share of, from the *of* at `at` on."""
    topic = next((t for t in reversed(tokens[:index]) if t.kind == "name"), None)
    own = cue("share", "占", tokens[index].start)
    of = topic.what.whole or _wholes(topic, catalogue) if topic is not None else ""
    if of and (end := end_of_whole(tokens, at, of, folded)):
        whose = next((n for n in range(at, end) if tokens[n].kind == "place"), None)
        return Of((own,), end, whose)
    if (named := _named_behind(tokens, at)) is not None:
        whose = next((n for n in range(at, named) if tokens[n].kind == "place"), None)
        return Of((tokens[named], own), named + 1, whose)
    if (spent := _spent_on(tokens, at, folded)) is not None:
        whose = next((n for n in range(at, spent) if tokens[n].kind == "place"), None)
        name = replace(tokens[spent], what=replace(tokens[spent].what, whole=""))
        return Of((name, own), spent + 1, whose)
    end = at + 1
    while end < len(tokens) and tokens[end].kind in _INNER:
        end += 1
    return Of(_of_place(tokens, index, (at + 1, end), topic, catalogue), end)


def _wholes(topic: Token, catalogue: Catalogue) -> str:
    """What a ratio that is named in full may yet be said to be of: R&D intensity … 4.25 percent of GDP."""
    indicator = indicator_of(topic, catalogue)
    if catalogue.units[indicator.unit].kind != "percent":
        return ""
    found = {match[1] for name in indicator.english if (match := _WHOLE.search(name))}
    return "|".join(sorted(" ".join(item.word for item in names.plain(of.lower())) for of in found))


def _named_behind(tokens: Sequence[Token], at: int) -> int | None:
    """The name of 98 percent of (the city's) industrial enterprises had been covered: it says what they are a share of."""
    for n in range(at + 1, len(tokens)):
        if tokens[n].kind == "name":
            return n if tokens[n].what.front else None
        if tokens[n].kind not in _INNER:
            return None
    return None


def _of_place(
    tokens: Sequence[Token], index: int, span: tuple[int, int], topic: Token | None, catalogue: Catalogue
) -> tuple[Token, ...]:
    """Of Jiangsu's total, of the country's lighthouse factories."""
    inner, end = tokens[span[0] : span[1]], span[1]
    place = next((t for t in reversed(inner) if t.kind == "place"), None)
    place = place or _of_the_total(tokens, index, inner, catalogue)
    name = next((t for t in inner if t.kind == "name"), None)
    if place is None and (held := whose(tokens, end)) is not None and topic is not None:
        return cue("share", "占", tokens[index].start), known(tokens[held], catalogue)
    if name is None and end + 1 < len(tokens) and [t.kind for t in tokens[end : end + 2]] == ["number", "name"]:
        name = tokens[end + 1]  # a quarter of the city's 1,053 little giants
    unknown = end < len(tokens) and tokens[end].kind in ("word", "noun", "other") and name is None
    other = topic is not None and name is not None and topic.what.options != name.what.options
    holder = next((t for t in reversed(tokens[:index]) if t.kind == "place"), None)
    beside = holder is not None and place is not None and not _may_hold(holder, place, catalogue)
    if place is None or beside or unknown or other or (topic is None and not _held(tokens, index, span)):
        return ()
    own, place = cue("share", "占", tokens[index].start), known(place, catalogue)
    return (name, own, place) if topic is None and name is not None else (own, place)


#: Between the figure of a whole and whose it is: available across, that … as a whole turned out.
_HELD = ("relative", "predicate", "prep", "function", "adjective", "link", "release")


def whose(tokens: Sequence[Token], number: int) -> int | None:
    """The place of a whole told behind its figure: (a fifth) of the 21 exaflops available across Suzhou."""
    if number >= len(tokens) or tokens[number].kind != "number" or tokens[number].what.unit in ("%", COUNT):
        return None
    clause = list(takewhile(lambda t: t.kind not in ("mark", "and"), tokens[number + 1 :]))
    at = next((n for n, t in enumerate(clause) if t.kind == "place"), 0)
    if not at or clause[at].what.kind not in ("known", "weak", "rank"):
        return None
    others = [t.kind for n, t in enumerate(clause) if n != at]
    return number + 1 + at if all(kind in (*_HELD, "date") for kind in others) else None


def _spent_on(tokens: Sequence[Token], at: int, folded: str) -> int | None:
    """The name behind its whole: (invested 4 percent) of its GDP in R&D."""
    for n in range(at + 1, len(tokens)):
        if tokens[n].kind in ("mark", "number", "and", "date"):
            return None
        if tokens[n].kind == "name":
            tied = tokens[n - 1].kind == "prep" and word_of(tokens[n - 1]) in ("in", "on", "for", "into", "to")
            told = tied and tokens[n].what.whole and end_of_whole(tokens[: n - 1], at, tokens[n].what.whole, folded)
            return n if told else None
    return None


def _of_the_total(tokens: Sequence[Token], index: int, inner: Sequence[Token], catalogue: Catalogue) -> Token | None:
    """With the park accounting for 40 percent of the total: of the larger place that the sentence named before it."""
    if not any(word_of(t) in _TOTALS for t in inner):
        return None
    places = [t for t in tokens[:index] if t.kind == "place"]
    if len(places) < 2 or places[-1].what.kind not in ("known", "weak"):
        return None
    outer, at = set(), places[-1].what.place
    while at in catalogue.places:
        at = catalogue.places[at].within
        outer.add(at)
    named = [known(place, catalogue) for place in places[:-1]]
    return next((place for place in reversed(named) if place.what.place in outer), None)


def _may_hold(holder: Token, whole: Token, catalogue: Catalogue) -> bool:
    """Whether one place may be a part of the other: not Wuzhong of Kunshan."""
    if holder.what.kind != "known" or whole.what.kind != "known":
        return True
    if encloses(whole.what.place, holder.what.place, catalogue):
        return True
    return holder.what.place not in catalogue.places or holder.what.place == whole.what.place


def _held(tokens: Sequence[Token], index: int, span: tuple[int, int]) -> bool:
    """Whether somebody is said to hold the share: a place or a verb of shares before it, another place behind it."""
    before = {t.kind for t in tokens[:index]}
    clause = list(takewhile(lambda t: t.kind != "mark", reversed(tokens[:index])))
    if any(t.kind == "noun" for t in clause) and any(t.kind == "share" for t in clause):
        return False  # the German firms in Taicang contribute a quarter
    return bool(before & {"place", "share", "this"}) or any(t.kind == "place" for t in tokens[span[1] :])


def known(place: Token, catalogue: Catalogue) -> Token:
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
    start, stop = tokens[at].end, max(tokens[at].end, tokens[end - 1].end)
    stretch = folded[start:stop].lower()
    for token in (t for t in tokens[at:end] if t.kind == "place"):
        inner = slice(max(0, token.start - start), token.end - start)
        stretch = stretch[: inner.start] + " " * (token.end - start - inner.start) + stretch[inner.stop :]
    left = [item for item in names.plain(stretch) if item.word not in _LEADING]
    for words in sorted((whole.split() for whole in of.split("|")), key=len, reverse=True):
        if [item.word for item in left[: len(words)]] == words:
            last = start + left[len(words) - 1].end
            return next((n for n in range(at + 1, end) if tokens[n].start >= last), end)
    return 0

"""So many out of so many: five of Suzhou's nine lighthouse factories are in the park; six of the ten districts have one.

In: the tokens of one English sentence as they stand. Out: the same tokens, the whole as the figure of its place and the
part as that of the place it is in; a part of what no name counts, or in no place, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.catalogue import Catalogue
from etl.link.english.made import cue, indicator_of, mark
from etl.link.tokens import Token
from etl.recognise.english.numbers import COUNT
from etl.recognise.quantities import NotFigure

_LYING = re.compile(
    r"(?i)\s*(?:(?:now|today|currently|already|all|still) )?(?:are|were|stand|stood|lie|lay|sit|operate|reside|come|hail|can be found|is|was)(?: (?:now|currently|all|still))?"
    r"(?: (?:located|based|found|situated|concentrated|clustered|to be found|housed))? (?:in|at|from|inside|within)\s*\Z"
)
#: Between the whole and what it counts, or its name and its place.
_DESCRIBING = ("adjective", "new", "award")


@dataclass(frozen=True, slots=True)
class _Out:
    """Indices of: the part, the whole, its name and place, the place of the part (each -1 where there is none)."""

    part: int
    whole: int
    name: int
    outer: int
    inner: int


def told(found: list[Token], folded: str, catalogue: Catalogue) -> list[Token]:
    """The tokens with every part of a whole read as such."""
    for n, token in enumerate(found):
        if token.kind == "number" and token.what.unit == COUNT and (out := _out_of(found, n, folded)):
            return _read(found, out, catalogue)
    return found


def _out_of(found: Sequence[Token], n: int, folded: str) -> _Out | None:
    """Five of (the | Suzhou's) nine lighthouse factories (in Suzhou) are in the park."""
    if n + 2 >= len(found) or found[n + 1].kind != "of" or any(t.kind == "number" for t in found[:n]):
        return None
    at, outer = n + 2, -1
    while at < len(found) and found[at].kind in ("adjective", "place"):
        outer, at = (at if found[at].kind == "place" else outer), at + 1
    if at == len(found) or found[at].kind != "number" or found[at].what.unit != COUNT:
        return None
    whole, at = at, at + 1
    while at < len(found) and found[at].kind in _DESCRIBING:
        at += 1
    if at == len(found) or found[at].kind not in ("name", "noun", "word", "other"):
        return None
    name = at if found[at].kind == "name" else -1
    end = at + 1
    if outer < 0 and end + 1 < len(found) and found[end].kind == "prep" and found[end + 1].kind == "place":
        outer, end = end + 1, end + 2
    inner = next((m for m in range(end, len(found)) if found[m].kind in ("place", "number", "mark", "name")), -1)
    lies = inner > 0 and found[inner].kind == "place" and _LYING.match(folded[found[end - 1].end : found[inner].start])
    return _Out(n, whole, name, outer, inner if lies else -1)


def _read(found: list[Token], out: _Out, catalogue: Catalogue) -> list[Token]:
    """The whole with its place, then the part with its own."""
    held = any(t.kind in ("place", "total", "award") for t in found[: out.part])  # the park hosts five of Suzhou's nine
    count = out.name >= 0 and catalogue.units[indicator_of(found[out.name], catalogue).unit].kind == "count"
    if held and count:
        return found
    if not count:
        return [_refused(t) if m in (out.part, out.whole) else t for m, t in enumerate(found)]
    whole, name, end = found[out.whole], found[out.name], found[out.name].end
    has = cue("total", "累计", whole.start)
    if out.inner < 0:
        return [_refused(t) if m == out.part else t for m, t in enumerate(found)]
    here = [found[out.outer], has, whole, name] if out.outer >= 0 else [_refused(whole)]
    dates = [t for t in found[out.name + 1 : out.inner] if t.kind == "date"]
    part = [found[out.inner], cue("total", "累计", end), found[out.part], replace(name, start=end, end=end)]
    return [*found[: out.part], *dates, *here, mark("，", end), *part, *found[out.inner + 1 :]]


def _refused(token: Token) -> Token:
    return replace(token, kind="other", what=NotFigure("part"))

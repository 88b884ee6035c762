"""What is said to have an output without being named beside it: the AI industry reported an output of …, their value added.

In: the tokens of one English sentence as they stand, and the owner last named in the paragraph. Out: the same tokens with
*output*, *value added* or *revenue* as the name of what its owner has, and the owner that a next sentence's *their* means.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.catalogue import Catalogue
from etl.link.english.made import word_of
from etl.link.tokens import Token
from etl.recognise.english import names, owners
from etl.recognise.english.owners import Piece
from etl.recognise.indicators import Option

#: What may stand before the thing: the verb of having it, an article, nothing that could be another owner.
_BEFORE = frozenset("link total adjective relative prep of and plan new to release share grow".split())
_PRONOUNS = frozenset("their its whose that this".split())
_NEVER = frozenset(("word", "noun", "name"))


def named(found: list[Token], folded: str, catalogue: Catalogue, owner: str) -> tuple[list[Token], str]:
    """The tokens with the things owned as names, and the owner for the next sentence."""
    known = owners.of(catalogue)
    if not found:
        return found, owner
    start, end = found[0].start, found[-1].end
    items = [
        item._replace(start=item.start + start, end=item.end + start) for item in names.plain(folded[start:end].lower())
    ]
    spoken = list(known.owners(items))
    out = found
    for thing in known.things(items):
        before = [piece for piece in spoken if piece.end <= thing.start and _bare(piece, found)]
        called = before[-1].words if before and not _ended(before[-1].end, thing, found) else ""
        if not called and _pronoun(thing, found):
            called = before[-1].words if before else owner
        if (indicator := known.meant(called, thing.words)) and _stands_alone(thing, found):
            out = _renamed(out, thing, folded, indicator)
    return out, spoken[-1].words if spoken else owner


def _bare(piece: Piece, found: Sequence[Token]) -> bool:
    """Whether an owner is no part of a longer name (AI industry companies), though it may end one (output of companies)."""
    return not any(t.kind == "name" and t.start < piece.end < t.end for t in found)


def _ended(at: int, thing: Piece, found: Sequence[Token]) -> bool:
    """Whether another name, a number's sum or a semicolon stands between owner and thing: the thing is another's."""
    between = [t for t in found if at <= t.start and t.end <= thing.start]
    if len(between) > 1 and between[-1].kind in ("prep", "of") and between[-2].kind == "number":
        between = between[:-2]  # posted 3.9 trillion yuan in output
    return any(
        t.kind in ("name", "condition", "refute")
        or (t.kind == "mark" and t.what in "；：")
        or (t.kind == "number" and t.what.unit != "个")
        for t in between
    ) or any(t.kind == "place" and t.what.kind == "company" for t in between)


def _pronoun(thing: Piece, found: Sequence[Token]) -> bool:
    """Their value added, that output: the owner has been named."""
    before = next((t for t in reversed(found) if t.end <= thing.start), None)
    return before is not None and word_of(before) in _PRONOUNS


def _stands_alone(thing: Piece, found: Sequence[Token]) -> bool:
    """Whether the thing is nobody else's: no unknown word before it (chip output), no noun behind it (output growth)."""
    if any(t.kind == "name" and t.start < thing.end and thing.start < t.end for t in found):
        return False
    before = next((t for t in reversed(found) if t.end <= thing.start), None)
    after = next((t for t in found if t.start >= thing.end), None)
    fitting = (
        before is None
        or before.kind in _BEFORE
        or before.what in ("，", "·")
        or word_of(before) in ("annual", "combined")
    )
    return fitting and after is not None and after.kind not in _NEVER


def _renamed(found: list[Token], thing: Piece, folded: str, indicator: str) -> list[Token]:
    inside = [t for t in found if t.start < thing.end and thing.start < t.end]
    if not inside:
        return found
    what = names.Named(folded[thing.start : thing.end], (Option(indicator, "", "", ""),))
    at = found.index(inside[0])
    name = Token("name", what, thing.start, thing.end, "owned")
    return [*found[:at], name, *found[at + len(inside) :]]

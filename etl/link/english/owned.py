"""What is said to have an output without being named beside it: the AI industry reported an output of …, their value added.

In: the tokens of one English sentence as they stand, and whose output was told before it. Out: the same tokens with
*output*, *value added* or *revenue* as the name of what its owner has; what is made without a name (turned out goods worth
…), `produced` finds. Whose output a bare *output* means, `Told` keeps: the owner last named in the paragraph, unless
something unknown has been spoken of since.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.catalogue import Catalogue
from etl.link.english import produced
from etl.link.english.made import owned_name, without_brackets, word_of
from etl.link.tokens import Token
from etl.recognise.english import names, owners
from etl.recognise.english.owners import Piece

#: What may stand before the thing: the verb of having it, an article, nothing that could be another owner.
_BEFORE = frozenset(
    "link total adjective relative prep of and plan expect new to release share grow date place say".split()
)
_PRONOUNS = frozenset("their its whose that this these those".split())
_NEVER = frozenset(("word", "noun", "name"))
_LEADS = frozenset("function adjective prep and mark say date place relative".split())
#: Value added at those firms, by the same enterprises: the owner has been named.
_OF_THOSE = re.compile(
    r"(?i) (?:at|of|by|from|in) (?:those|these|such|the same(?: (?:group|set|cohort|sample) of)?|all (?:those|these)) (?:[a-z-]+ )?(?:firms|companies|enterprises|plants|factories|manufacturers|businesses|producers)\b"
)
#: Output of the whole: where the paragraph has not said whose, it is that of all industry, if of nobody else's was spoken.
_WHOLE = re.compile(r"(?i)(?:full-year|whole-year|half-year|annual|yearly|quarterly|first-half|gross|total|overall) $")
_UNKNOWN = "?"
_OF_MAKERS = ("of", "by", "at", "from", "among")
#: Manufacturers and other industrial firms: together what the first stands for.
_AND_OTHERS = re.compile(
    r"(?i),? (?:and|or) (?:all |any )?other (?:large |larger |major |such |above-scale )?(?:industrial|manufacturing) (?:firms|companies|enterprises|businesses|producers|plants|concerns)\b"
)


@dataclass(slots=True)
class Told:
    """Whose output an article has told of: in the paragraph under reading, and anywhere before it."""

    here: str = ""
    all: set[str] = field(default_factory=set)

    def new_paragraph(self) -> None:
        """A new paragraph says anew whose output it is about."""
        self.here = ""

    def name(self, owner: str) -> None:
        """An owner has been named."""
        self.here = owner
        self.all.add(owner)

    def lose(self) -> None:
        """Something unknown has been spoken of: an output may be of that."""
        self.here = _UNKNOWN

    @property
    def only(self) -> str:
        """The one owner that the article has told of, where nothing else has been spoken of in the paragraph."""
        return next(iter(self.all)) if len(self.all) == 1 and self.here != _UNKNOWN else ""


def named(found: list[Token], folded: str, catalogue: Catalogue, told: Told) -> list[Token]:
    """The tokens with the things owned as names; whose they are is kept for the next sentence."""
    known = owners.of(catalogue)
    if not found:
        return found
    start, end = found[0].start, found[-1].end
    items = [
        item._replace(start=item.start + start, end=item.end + start) for item in names.plain(folded[start:end].lower())
    ]
    told_of = [
        piece for piece in known.owners(items) if any(t.start < piece.end and piece.start < t.end for t in found)
    ]
    found = _of_its_maker(found, known, told_of, folded)
    spoken = sorted([*told_of, *_owners_of_names(found, known)], key=lambda piece: piece.end)
    out = found
    for thing in known.things(items):
        before = [piece for piece in spoken if piece.end <= thing.start and _bare(piece, found)]
        called = before[-1].words if before and not _ended(before[-1].end, thing, found) else ""
        if not called and (maker := _made_by(thing, found, spoken) or _by_maker(thing, found, told_of)):
            called, out = maker.words, [t for t in out if t.kind == "place" or not _lies_in(t, maker)]
        if not called and _pronoun(thing, found, folded):
            called = before[-1].words if before else told.here
        if not called and not _other_subject(thing.start, found):
            called = (before[-1].words if before else told.here) or (told.only if _whole(thing, folded) else "")
        if (indicator := known.meant(called, thing.words)) and _stands_alone(thing, found):
            out = _renamed(out, thing, folded, indicator)
        elif told.here == _UNKNOWN:
            out = [_anothers(t) if thing.start <= t.start < thing.end else t for t in out]
    out = produced.named(out, folded, known, spoken, told.only if not told.here else told.here)
    _remember(found, [known.same(piece.words) for piece in spoken], told)
    return out


def _made_by(thing: Piece, found: Sequence[Token], spoken: Sequence[Piece]) -> Piece | None:
    """A gross output of 1.17 trillion yuan by industrial enterprises …: the owner stands behind the sum."""
    behind = without_brackets([t for t in found if t.start >= thing.end])
    kinds = [t.kind for t in behind[:3]]
    if kinds != ["of", "number", "prep"] or word_of(behind[2]) not in ("by", "at", "among") or len(behind) < 4:
        return None
    return next((piece for piece in spoken if behind[3].start <= piece.end <= behind[3].end), None)


def _by_maker(thing: Piece, found: Sequence[Token], spoken: Sequence[Piece]) -> Piece | None:
    """Output at industrial firms in Kunshan shrank: the owner stands directly behind."""
    behind = [t for t in found if t.start >= thing.end]
    return _maker(behind, spoken) if not any(t.kind == "name" and t.end == thing.end for t in found) else None


def _maker(behind: Sequence[Token], spoken: Sequence[Piece]) -> Piece | None:
    """The owner that *of*, *by* or *at* opens, whatever place it is of: of Kunshan's above-scale manufacturers."""
    if len(behind) < 2 or behind[0].kind not in ("of", "prep") or word_of(behind[0]) not in _OF_MAKERS:
        return None
    starts: list[int] = []
    for token in behind[1:]:
        starts.append(token.start)
        if token.kind not in ("adjective", "place"):
            break
    return next((piece for piece in spoken if piece.start in starts), None)


def _of_its_maker(found: list[Token], known: owners.Owners, spoken: Sequence[Piece], folded: str) -> list[Token]:
    """The gross industrial output of Kunshan's above-scale manufacturers (and other industrial firms): industry's, as named."""
    out = found
    for n, token in enumerate(found):
        owner = known.owner_of(token.what.options[0][0]) if token.kind == "name" else ""
        maker = _maker(found[n + 1 :], spoken) if owner else None
        if maker is None or known.same(maker.words) != owner:
            continue
        others = _AND_OTHERS.match(folded, maker.end)
        last = maker._replace(end=others.end() if others else maker.end)
        out = [t for t in out if t.kind == "place" or not _lies_in(t, last)]
    return out


def _lies_in(token: Token, piece: Piece) -> bool:
    return token.start < piece.end and piece.start < token.end


def _anothers(token: Token) -> Token:
    """A word that must not be read as the tail of a name said before: its output, where *it* is unknown."""
    return Token("word", "another's", token.start, token.start) if token.kind == "word" else token


def _owners_of_names(found: Sequence[Token], known: owners.Owners) -> list[Piece]:
    """Industrial output: a name that says whose output it is names its owner too."""
    return [
        Piece(owner, token.start, token.start)
        for token in found
        if token.kind == "name" and (owner := known.owner_of(token.what.options[0][0]))
    ]


def _remember(found: Sequence[Token], spoken: Sequence[str], told: Told) -> None:
    """Keep whose output the sentence told of; a subject that nobody knows leaves it open."""
    if spoken:
        told.name(spoken[-1])
    elif _unknown_subject(found):
        told.lose()


def _unknown_subject(found: Sequence[Token]) -> bool:
    """Steel mills had a bad year, the textile industry fared better, the company …: of what else might have an output."""
    for n, token in enumerate(found):
        if token.kind == "place" and token.what.kind in ("company", "organisation", "part", "elsewhere"):
            return True
        if token.kind in _LEADS:
            continue
        if token.kind != "word":
            return token.kind == "noun" and not any(word_of(t) in _PRONOUNS for t in found[:n])
        run = [t for t in found[n : n + 3] if t.kind in ("word", "noun")]
        return any(t.kind == "noun" or t.what.lower().endswith(("s", "industry", "sector")) for t in run)
    return False


def _other_subject(at: int, found: Sequence[Token]) -> bool:
    """Whether the clause up to here speaks of somebody whose output it may be."""
    clause: list[Token] = []
    for token in found:
        if token.start >= at:
            break
        clause = [] if token.kind == "mark" and token.what in "，；：·" else [*clause, token]
    return any(
        t.kind in ("word", "noun", "name", "other", "refute", "condition")
        or (t.kind == "place" and t.what.kind not in ("known", "weak", "rank"))
        for t in clause
    )


def _whole(thing: Piece, folded: str) -> bool:
    return bool(_WHOLE.search(folded[max(0, thing.start - 12) : thing.start])) or thing.words == "value added"


def _bare(piece: Piece, found: Sequence[Token]) -> bool:
    """Whether an owner is no part of a longer name (AI industry companies), though it may end one (output of companies)."""
    return not any(t.kind == "name" and t.start < piece.end < t.end for t in found)


def _ended(at: int, thing: Piece, found: Sequence[Token]) -> bool:
    """Whether another name, a number's sum or a semicolon stands between owner and thing: the thing is another's."""
    between = without_brackets([t for t in found if at <= t.start and t.end <= thing.start])
    if len(between) > 1 and between[-1].kind in ("prep", "of") and between[-2].kind == "number":
        between = between[:-2]  # posted 3.9 trillion yuan in output
    return any(
        t.kind in ("name", "condition", "refute")
        or (t.kind == "mark" and t.what in "；：")
        or (t.kind == "number" and t.what.unit != "个")
        for t in between
    ) or any(t.kind == "place" and t.what.kind == "company" for t in between)


def _pronoun(thing: Piece, found: Sequence[Token], folded: str) -> bool:
    """Their value added, that output, value added at those firms: the owner has been named."""
    before = next((t for t in reversed(found) if t.end <= thing.start), None)
    possessive = before is not None and word_of(before) in _PRONOUNS
    return possessive or _OF_THOSE.match(folded, thing.end) is not None


def _stands_alone(thing: Piece, found: Sequence[Token]) -> bool:
    """Whether the thing is nobody else's: no unknown word before it (chip output), no noun behind it (output growth)."""
    if any(t.kind == "name" and t.start < thing.end and thing.start < t.end for t in found):
        return False
    before = next((t for t in reversed(found) if t.end <= thing.start), None)
    after = next((t for t in found if t.start >= thing.end), None)
    fitting = (
        before is None
        or before.kind in _BEFORE
        or before.what in ("，", "·", "；", "：", "）")
        or word_of(before) in ("annual", "combined", "where")
    )
    return fitting and after is not None and after.kind not in _NEVER


def _renamed(found: list[Token], thing: Piece, folded: str, indicator: str) -> list[Token]:
    inside = [t for t in found if t.start < thing.end and thing.start < t.end]
    if not inside:
        return found
    at = found.index(inside[0])
    return [*found[:at], owned_name(thing.start, thing.end, folded, indicator), *found[at + len(inside) :]]

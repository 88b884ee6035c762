"""What is made without a name: turned out goods worth 4 trillion yuan, generated 48 billion yuan, took in 142 billion yuan.

In: the tokens of one English sentence, the owners it names, and whose output the sentences before it told of. Out: the
same tokens with a name, *output* or *revenue*, before each sum of money that an owner's verb of making or earning has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.link.english.made import MONEY, cue, owned_name, without_brackets
from etl.link.tokens import Token
from etl.recognise.english.owners import Owners, Piece
from etl.recognise.quantities import NotFigure

_MAKING = r"turn(?:ed|s|ing)? out|churn(?:ed|s|ing)? out|pump(?:ed|s|ing)? out|roll(?:ed|s|ing)? out|produc(?:ed?|es|ing)|manufactur(?:ed?|es|ing)|ma(?:de|kes?|king)|put out"
_EITHER = r"generat(?:ed?|es|ing)|yield(?:ed|s|ing)?"
_EARNING = r"t(?:ook|akes?|aking) in|br(?:ought|ings?|inging) in|pull(?:ed|s|ing)? in|rak(?:ed|es?|ing) in|earn(?:ed|s|ing)?|gross(?:ed|es|ing)?|turn(?:ed|s|ing)? over|book(?:ed|s|ing)?"
_VERB = re.compile(rf"(?i)(?:(?P<making>{_MAKING})|(?P<either>{_EITHER})|(?P<earning>{_EARNING}))\Z")
#: Between the verb and its sum: goods worth, products valued at, a combined.
_GOODS = re.compile(
    r"(?i)\s*(?:(?:a (?:total|combined) (?:of )?)?(?:(?:[a-z]+ )?(?:goods|products|wares|output)) (?:worth|valued at|with a value of|totall?ing|to the value of) |a (?:combined|total|whopping|hefty|record)(?: of)? )?\Z"
)
#: Behind the sum: of goods, worth of products, in output.
_IN_GOODS = re.compile(
    r"(?i)\s*(?:worth )?(?:of|in) (?:(?:the|this|that|its|their) )?(?:[a-z'-]+ ){0,2}(?:goods|products|output(?: value)?|wares)\b(?! (?:tax|export|import))"
)
_TOLD = ("number", "other", "link", "total", "grow", "fall", "new", "award", "share", "plan", "expect", "name")
_NEAR = 4  # tokens of the words between a verb and its sum
_HAVING = ("place", "date", "function", "adjective", "prep", "relative", "noun", "say", "predicate")


def named(found: list[Token], folded: str, known: Owners, spoken: Sequence[Piece], told: str) -> list[Token]:
    """The tokens with a name for each sum that an owner made or earned; a sum that somebody unknown did is refused."""
    out = found
    for number in [t for t in found if t.kind == "number" and t.what.unit in MONEY]:
        verb = _verb(found, number, folded)
        if verb is None:
            continue
        behind = _IN_GOODS.match(folded, _closing(found, number))
        goods = behind is not None or _goods(verb, number, folded)
        owner = _owner(found, verb, spoken, told) or (known.industry if goods and _of_place(found, verb) else "")
        if indicator := _meant(known, owner, verb, folded, goods=goods):
            name = owned_name(number.start, number.start, folded, indicator)
            out = _made(out, verb, number, behind.end() if behind else number.end, name)
        elif not any(t.kind == "name" for t in found):
            out = [replace(t, kind="other", what=NotFigure("no_indicator")) if t is number else t for t in out]
    return out


def _of_place(found: Sequence[Token], verb: tuple[int, int]) -> bool:
    """Kunshan alone turned out goods worth …: what a place turns out is what its industry does."""
    clause = _after_comma([t for t in found if t.end <= verb[0]])
    return any(t.kind == "place" for t in clause) and _having([t for t in clause if t.kind != "predicate"])


def _verb(found: Sequence[Token], number: Token, folded: str) -> tuple[int, int] | None:
    """Where the verb stands whose sum the number is, in the text."""
    at = found.index(number)
    for n in range(at - 1, max(-1, at - 1 - _NEAR), -1):
        for first in (n, n - 1):
            span = found[max(0, first)].start, found[n].end
            if _VERB.match(folded[span[0] : span[1]]) and _GOODS.match(folded[span[1] : number.start]):
                return span
    return None


def _goods(verb: tuple[int, int], number: Token, folded: str) -> bool:
    return folded[verb[1] : number.start].strip() != ""


def _closing(found: Sequence[Token], number: Token) -> int:
    """Where the number ends, and the bracket behind it (195 billion yuan ($27 billion) of output)."""
    behind = [t for t in found if t.start >= number.end]
    if not behind or behind[0].what != "（":
        return number.end
    after = without_brackets(behind)
    return behind[-1].end if not after else max(t.end for t in behind if t.start < after[0].start)


def _owner(found: Sequence[Token], verb: tuple[int, int], spoken: Sequence[Piece], told: str) -> str:
    """Who is said to make it: an owner in the clause, or the one told of where the clause has a place or none."""
    before = [t for t in found if t.end <= verb[0]]
    at = max((n for n, t in enumerate(before) if t.kind == "mark" and t.what in "；："), default=-1)
    clause = without_brackets(before[at + 1 :])
    here = [piece for piece in spoken if clause and clause[0].start <= piece.start and piece.end <= verb[0]]
    since = [t for t in clause if t.start >= here[-1].end] if here else clause
    if any(t.kind in ("number", "refute", "condition", "name", "other") for t in since) or not here:
        since = _after_comma(since)  # output rose 5 percent, and Kunshan turned out …
        return (here[-1].words if here else told) if _having(since) else ""
    return "" if any(t.kind == "place" and t.what.kind == "company" for t in since) else here[-1].words


def _after_comma(clause: list[Token]) -> list[Token]:
    """What stands behind the last comma, if a clause ends there; the electronics sector, Suzhou's largest, is one subject."""
    at = max((n for n, t in enumerate(clause) if t.kind == "and" or t.what == "，"), default=-1)
    told = any(t.kind in _TOLD for t in clause[: max(at, 0)])
    return clause[at + 1 :] if told else clause


def _having(subject: Sequence[Token]) -> bool:
    """Kunshan, the city's plants, they: nobody unknown."""
    return all(
        (t.kind in _HAVING or t.what == "，")
        and not (t.kind == "place" and t.what.kind not in ("known", "weak", "rank"))
        for t in subject
    )


def _meant(known: Owners, owner: str, verb: tuple[int, int], folded: str, *, goods: bool) -> str:
    """What an owner makes is its output, what it earns its revenue."""
    match = _VERB.match(folded[verb[0] : verb[1]])
    assert match is not None
    if match["earning"] and not goods:
        return known.meant(owner, "revenue")
    return known.meant(owner, "output") or (known.meant(owner, "revenue") if match["either"] and not goods else "")


def _made(found: list[Token], verb: tuple[int, int], number: Token, end: int, name: Token) -> list[Token]:
    """The name and a verb of reaching in the place of the verb of making, goods behind the number left out."""
    out: list[Token] = []
    for token in found:
        if token is number:
            out += [cue("link", "达", number.start), name, cue("link", "达", number.start), token]
        elif not (
            verb[0] <= token.start < number.start
            or (number.end <= token.start < end and token.kind in ("of", "prep", "word", "link", "noun", "name"))
        ):
            out.append(token)
    return out

"""What a share is of, where the sum was told before it: 48 percent of that output, 49.4 percent of the 2025 total.

In: the tokens of one English sentence, and what the sentences before it told of. Out: the same tokens, the name
whole and 占 before the percentage, where the words that point at the sum stood; a date among them stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from etl.catalogue import Catalogue
from etl.link.english.made import cue, indicator_of
from etl.link.tokens import Token
from etl.recognise.english import owners
from etl.recognise.quantities import NotFigure

_OUTPUT = "output"
#: Behind the percentage: of that output, of the 2025 total, of last year's production.
_OF_IT = re.compile(
    r"(?i)\s*of (?:it\b(?! (?:is|was|came|comes|goes|went))|(?:that|this|the|its|their|such|those|last year's|the year's|the district's|the city's|the park's|the county's) (?:same |very )?"
    r"(?:(?:total|overall|combined|aggregate|gross|whole|annual|full-year|20\d\d) ){0,2}(?:output|(?P<sum>total|sum|amount)|production)\b)"
    r"(?!,? (?:of|in|for|by|at|from|value|growth))"
)
#: Before its name: of which, of that.
_OF_WHICH = re.compile(r"(?i)\bof (?:which|that|this)(?: total| output| sum)?,? (?:the )?\Z")
_BARE = ("mark", "and")


def named(found: list[Token], folded: str, catalogue: Catalogue, before: Before) -> list[Token]:
    """The tokens with each share of a sum that was told of as a figure of its own."""
    known = owners.of(catalogue)
    out = found
    goes_on = False  # …, and strategic emerging industries 52.1 percent
    for number in [t for t in found if t.kind == "number" and t.what.unit == "%"]:
        told = [t for t in found if t.end <= number.start]
        name = next((t for t in reversed(told) if t.kind in ("name", "number")), None)
        if name is None or name.kind != "name" or not _of_output(name):
            goes_on = False
            continue
        match = _OF_IT.match(folded, number.end)
        sums = [t for t in told if t.kind == "name" and t is not name and not t.what.whole]
        of_which = _OF_WHICH.search(folded[max(0, name.start - 24) : name.start])
        bare = next((t.kind for t in found if t.start >= number.end), "mark") in _BARE
        if match or (of_which and bare):
            last = sums[-1] if sums else None
            owner = known.owner_of(last.what.options[0][0]) if last else before.of_whom(known, catalogue, match)
            goes_on = owner == known.industry
            if match and owner and not goes_on:  # of the AI industry's output
                out = [replace(t, kind="other", what=NotFigure("share")) if t is number else t for t in out]
        if goes_on and (match or bare):
            out = _whole(out, name, number, match.end() if match else number.end)
    return out


class Before(NamedTuple):
    """Whose output the sentences before told of last, and the last name that they had."""

    owner: str
    last: Token | None

    def of_whom(self, known: owners.Owners, catalogue: Catalogue, match: re.Match[str] | None) -> str:
        """Whose output is meant: *the total* may be that of any sum that was named since."""
        if match is None or self.last is None or not match["sum"]:
            return self.owner
        indicator = indicator_of(self.last, catalogue)
        money = catalogue.units[indicator.unit].kind == "money"
        return "" if money and known.owner_of(indicator.id) != self.owner else self.owner


def _of_output(name: Token) -> bool:
    """High-tech industries …, strategic emerging industries …: what has its share of industrial output."""
    return any(whole.endswith(_OUTPUT) for whole in name.what.whole.split("|"))


def _whole(found: Sequence[Token], name: Token, number: Token, end: int) -> list[Token]:
    """The name that needs no whole any more, 占 and the percentage; what pointed at the sum is gone, and the verb."""
    out: list[Token] = []
    for n, token in enumerate(found):
        if token is name:
            while out and (out[-1].kind == "part" or (out[-1].kind == "of" and n > 1)):
                out.pop()
            out.append(replace(token, what=replace(token.what, whole="")))
        elif token is number:
            out += [cue("share", "占", token.start), token]
        elif token.kind == "date" or not (
            number.end <= token.start < end or (name.end <= token.start < number.start and token.kind == "word")
        ):
            out.append(token)
    return out

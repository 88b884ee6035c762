"""What projects cost: 47 expansion projects were carried out, with completed investment of 1.36 billion yuan; 8 billion was spent on them.

In: the tokens of one English sentence. Out: the same tokens with the name of the investment in the projects counted
before it, where a sum is said to have been spent on them. A sum that is only agreed, planned or announced has no name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from etl.catalogue import Catalogue
from etl.link.english.made import MONEY, cue, indicator_of, owned_name, without_brackets
from etl.link.tokens import Token
from etl.recognise.english import names
from etl.recognise.quantities import NotFigure

_MADE = re.compile(r"(?:completed |actual )?investment (?:in|of) (?P<made>[^…]+)")
#: Before the sum: with completed investment of, which together absorbed, on which was spent.
_BEFORE = re.compile(
    r"(?i)(?:(?:completed|actual) investments? (?:of|totall?ing|worth|reaching|amounting to)|absorb(?:ed|ing)|soaked up|soaking up|swallowed(?: up)?|drew|drawing) "
    r"(?:(?:a|the) (?:total|combined|further) (?:of )?|(?:about|some) )?\Z"
)
#: Behind it: already spent on them, of investment completed, in completed investment, invested so far.
_BEHIND = re.compile(
    r"(?i)\s*(?:(?:has|have|had|was|were)(?: been)? )?(?:already |since |so far |actually )*"
    r"(?:spent|invested|put in|laid out|paid out)(?: (?:on|in|into) (?:them|these|those|the projects|such projects))?(?! by)\b"
    r"|\s*(?:of|in) (?:completed investment|investment (?:already )?(?:completed|carried out|made))\b"
)
#: What is not yet spent: a planned investment of 30 billion yuan.
_SUM = re.compile(r"(?i)investments? (?:of|totall?ing|worth) \Z|\A\s*(?:of|in) (?:[a-z]+ )?investment\b")


def named(found: list[Token], folded: str, catalogue: Catalogue) -> list[Token]:
    """The tokens with a name for each sum that was spent on the projects which the sentence has counted."""
    out = found
    for number in [t for t in found if t.kind == "number" and t.what.unit in MONEY]:
        indicator = _of_projects(found, number, catalogue)
        if not indicator:
            continue
        behind = _BEHIND.match(folded, _closing(found, number))
        before = _BEFORE.search(folded[max(0, number.start - 60) : number.start])
        if not behind and not before:
            if _SUM.search(folded[max(0, number.start - 40) : number.start]) or _SUM.match(folded[number.end :][:40]):
                out = [replace(t, kind="other", what=NotFigure("no_indicator")) if t is number else t for t in out]
            continue
        first = number.start - len(before[0]) if before else number.start
        out = _spent(out, number, first, behind.end() if behind else number.end, (folded, indicator))
    return out


def _spent(found: list[Token], number: Token, first: int, last: int, meant: tuple[str, str]) -> list[Token]:
    """The name and a verb of reaching before the sum, in the place of the words that tell of the spending."""
    out: list[Token] = []
    for token in found:
        if token is number:
            name = owned_name(number.start, number.start, *meant)
            out += [name, cue("link", "达", number.start), token]
        elif not (first <= token.start < number.start or (number.end <= token.start < last and token.kind != "date")):
            out.append(token)
    return out


def _of_projects(found: Sequence[Token], number: Token, catalogue: Catalogue) -> str:
    """The indicator of what is invested in the projects counted last, or empty: no other name stands between."""
    known = _investments(catalogue)
    told = [t for t in found if t.end <= number.start and t.kind in ("name", "place", "plan", "expect", "refute")]
    told = [t for t in told if t.kind != "place" or t.what.kind not in ("known", "weak", "rank")]
    name = told[-1] if told else None
    return known.get(indicator_of(name, catalogue).id, "") if name is not None and name.kind == "name" else ""


def _closing(found: Sequence[Token], number: Token) -> int:
    """Where the number ends, and the bracket behind it."""
    behind = [t for t in found if t.start >= number.end]
    if not behind or behind[0].what != "（":
        return number.end
    after = without_brackets(behind)
    return max(t.end for t in behind if not after or t.start < after[0].start)


@lru_cache(maxsize=4)
def _investments(catalogue: Catalogue) -> dict[str, str]:
    """Indicators of projects, and for each the one of what is invested in them, by their English names."""
    made = {
        _plain(match["made"]): indicator.id
        for indicator in catalogue.indicators.values()
        for name in indicator.english
        if (match := _MADE.fullmatch(name))
    }
    return {
        indicator.id: made[_plain(name)]
        for indicator in catalogue.indicators.values()
        for name in indicator.english
        if _plain(name) in made and made[_plain(name)] != indicator.id
    }


def _plain(text: str) -> tuple[str, ...]:
    return tuple(item.word for item in names.plain(text.lower()))

"""Who *we* are: "We have 430 AI companies," said Li Na, head of the Kunshan data bureau. What officials have is their place's.

In: a line of an English article. Out: its tokens, *we* and *our* as the place of the official who speaks, or left out where
that is the article's own; of anybody else they stay a company's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from etl.catalogue import Catalogue
from etl.link.tokens import Token
from etl.recognise import literals
from etl.recognise.places import Where

_SAID = r"(?:said|says|according to|told|conceded|concedes|added|adds|noted|notes|explained|explains|admitted|admits|acknowledged|stressed|remarked|stated)"
_TITLE = r"(?:official|mayor|director|director-general|head|chief|secretary|spokes(?:person|man|woman)|governor|leader|commissioner|administrator|chair(?:man|woman|person)?)s?"
_BODY = r"(?:bureau|government|committee|commission|authority|administration|council|congress)"
_WORDS = r"(?:[a-z-]+,? (?:and )?)"
#: Whose *we* is the place's throughout.
_WORK_REPORT = re.compile(r"(?is).{0,200}(?:report on the work of the (?:[a-z]+ )?government|government work report)")


class _Officials:
    """How the press names the officials of one catalogue's places."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._places = {
            name.lower(): place.id for place in catalogue.places.values() for name in place.strong if name.isascii()
        }
        names = literals.pattern(self._places)
        own = r"(?:city|district|park|county|municipal|local)"
        whose = rf"(?:(?P<place>{names})|{own})(?:'s)?"
        last = whose.replace("<place>", "<place_too>")
        person = r"(?:[A-Z][A-Za-z]+(?: [A-Z][a-z]+){0,2}, )?"
        self._pattern = re.compile(
            rf"(?i){_SAID} {person}(?:an? |the )?{_WORDS}{{0,4}}(?:{_TITLE} (?:with|at|of|from|in|for) (?:the )?"
            rf"(?:{whose} {_WORDS}{{0,7}}{_BODY}(?![a-z])|{_WORDS}{{0,4}}{_BODY} (?:of|for) {_WORDS}{{0,6}}?(?:(?:of|in) )?(?:the )?{last}(?![a-z]))"
            rf"|mayor of (?:the )?(?P<mayors>{names})(?![a-z]))"
        )

    def speaking(self, folded: str, start: int, end: int) -> str | None:
        """The place of the first official who speaks in a line: an id, empty for the article's own, None for nobody."""
        match = self._pattern.search(folded, start, end)
        if match is None:
            return None
        return self._places.get((match["place"] or match["place_too"] or match["mayors"] or "").lower(), "")


@lru_cache(maxsize=4)
def _officials(catalogue: Catalogue) -> _Officials:
    return _Officials(catalogue)


def placed(tokens: Iterable[Token], folded: str, span: tuple[int, int], catalogue: Catalogue) -> Iterator[Token]:
    """The tokens of a line with *we* as the place of the official who speaks in it."""
    place = "" if _WORK_REPORT.match(folded) else _officials(catalogue).speaking(folded, *span)
    for token in tokens:
        if place is None or not _speaker(token):
            yield token
        elif place:
            yield replace(token, what=Where("known", place), rule="speaker")


def _speaker(token: Token) -> bool:
    return bool(token.kind == "place" and token.what.kind == "company" and token.what.place == "speaker")

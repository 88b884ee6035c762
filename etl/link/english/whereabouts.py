"""Where a sentence is without naming a place: output there fell, citywide; and sentences that only turn to one (Take Taicang.).

In: the tokens of one English sentence, and the places that those before it named. Out: the same tokens with the place in
the stead of what points at it; where it may be one of two, nobody's place. A sentence that turns to a place says no more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.catalogue import Catalogue
from etl.link.english.made import cue, word_of
from etl.link.scene import encloses
from etl.link.tokens import Token
from etl.recognise.places import Where

_LIES = ("known", "weak", "elsewhere", "part", "rank")
_RANKS = ("city", "district", "county", "park")
_SPOKEN_OF = (*_LIES, "company", "organisation")
#: Behind these *there* is a place: output there, factories there, the plants that work there; else it opens *there are*.
_BEFORE_THERE = ("name", "noun", "word", "number", "link", "predicate", "place", "grow", "fall", "award", "new")
_CITYWIDE = re.compile(r"(?i)city-?wide")
#: The pattern is the same across, things look gloomier in, it is a similar story in: a comment, and where it holds.
_COMMENT = re.compile(
    r"(?i)(?:\A|.*[,;:] )(?:(?:but|and|yet|so|still|nor),? )?(?:(?:the|a|an|that|this|much the|very much the|what an?) )?(?:[a-z'-]+ ){0,2}"
    r"(?:patterns?|stor(?:y|ies)|pictures?|trends?|moods?|situation|outlook|scenes?|tales?|contrasts?|boom|slowdown|things|matters|it|numbers|figures|same|so)"
    r"(?: [a-z'-]+){0,6},? (?:in|across|throughout|for|of|around|over in|at) (?:the )?(?:[a-z-]+ )?\Z"
)
#: Take Taicang, next door lies Kunshan, now look at the park.
_TURN = re.compile(
    r"(?i)\A(?:(?:but|and|yet|so|now|then),? )?(?:take|consider|look at|turn to|compare|witness|cross over to|cross into|head to|go to|move on to|on to|not so(?: in)?|so too(?: in)?|likewise(?: in)?|"
    r"(?:next door|nearby|further (?:east|west|north|south|away|off|afield)|next(?: in line| up)?|then|(?:an?|one|two|half an) (?:[a-z-]+ )?(?:drive|hours?|minutes|ride)(?: (?:away|off|east|west|north|south|on|further)){0,2})"
    r",? (?:lies|is|sits|comes|stands|there is))(?: (?:at|to|in))? (?:the )?(?:neighbou?ring |nearby |case of )?\Z"
)


#: A quarter of it, of that, of the total: of what the sentence before told of.
_OF_IT = re.compile(
    r"(?i) of (?:it|that|this|(?:the|that|this) (?:total|output|sum|figure|amount|tally|production|industrial output))\b(?! (?:of|in|for|by|at|from|is|was)\b)"
)


@dataclass(slots=True)
class Places:
    """The places of the last sentence that named any, since the paragraph began."""

    own: Where | None = None  # what *citywide* is in the article, where it is plain
    article: tuple[Where, ...] = ()  # the article's own place
    last: tuple[Where, ...] = ()

    def new_paragraph(self) -> None:
        """Nothing has been named here yet."""
        self.last = ()

    def meant(self, here: Sequence[Where], catalogue: Catalogue) -> Where | None:
        """What *there* is: the one place named last, the inner one of two; of several nobody knows which."""
        named = list(dict.fromkeys(here or self.last))
        named = [w for w in named if w.kind in _LIES] or named  # the firm moved to Kunshan: there is Kunshan
        inner = [w for w in named if not any(encloses(w.place, other.place, catalogue) for other in named)]
        if not inner:
            return None
        return inner[0] if len(inner) == 1 else Where("part", "there")


def citywide(own: str, catalogue: Catalogue) -> Where | None:
    """What *citywide* is in the articles of a place: a county-level city's own, else the city around it."""
    place = catalogue.places.get(own)
    if place is None:
        return None
    return Where("known", own) if place.rank == "city_county" else Where("rank", "greater_city")


def resolved(found: list[Token], folded: str, places: Places, catalogue: Catalogue) -> list[Token]:
    """The tokens of a sentence with the places that it points at; its own are kept for the next one."""
    if turned := _turned(found, folded):
        places.last = tuple(t.what for t in turned if t.kind == "place")
        return turned
    found = _of_it(found, folded, places, catalogue)
    out: list[Token] = []
    here: list[Where] = []
    for n, token in enumerate(found):
        before = found[n - 1].kind if n else ""
        if token.kind == "place" and places.own and _CITYWIDE.fullmatch(folded, token.start, token.end):
            out.append(replace(token, what=places.own))
        elif (
            word_of(token) == "there"
            and before in _BEFORE_THERE
            and not _inverted(found[n - 1], folded)
            and (meant := places.meant(here, catalogue))
        ):
            out.append(Token("place", meant, token.start, token.end, "there"))
        else:
            out.append(token)
        if token.kind == "place" and _spoken_of(token.what):
            here.append(token.what)
    places.last = tuple(here) or places.last
    return out


def _spoken_of(where: Where) -> bool:
    ranked = where.kind == "rank" and where.place in _RANKS
    return ranked or (where.kind in _SPOKEN_OF and where.place != "speaker")


def _inverted(before: Token, folded: str) -> bool:
    """Only in the park are there 30 of them: no place."""
    return folded[before.start : before.end].lower() in ("is", "are", "was", "were")


def _of_it(found: list[Token], folded: str, places: Places, catalogue: Catalogue) -> list[Token]:
    """Suzhou's output reached …. Kunshan contributed a quarter of it: of the larger place's that was told of before."""
    known = [t for t in found if t.kind == "place"]
    number = next((t for t in found if t.kind == "number"), None)
    if len(known) != 1 or known[0].what.kind != "known" or number is None or number.what.unit != "%":
        return found
    match = _OF_IT.match(folded, number.end)
    told = [w for w in places.last if encloses(w.place, known[0].what.place, catalogue)]
    told = told or [w for w in places.article if encloses(w.place, known[0].what.place, catalogue) and not places.last]
    named = any(t.kind in ("name", "word", "noun") for t in found if t.start < number.start)
    if not match or not told or named or known[0].start > number.start:
        return found
    before = [t for t in found if t.end <= number.end]
    of = replace(next(t for t in found if t.start >= number.end), start=number.end)
    whole = Token("place", told[-1], match.end(), match.end(), "of it")
    return [*before, of, whole, cue("adjective", "total", match.end()), *(t for t in found if t.start >= match.end())]


def _turned(found: list[Token], folded: str) -> list[Token]:
    """The place of a sentence that only turns to it, as its subject, and the closing mark; else nothing."""
    named = [t for t in found if t.kind == "place"]
    if len(named) != 1 or named[0].what.kind not in ("known", "weak", "elsewhere"):
        return []
    behind = [t for t in found if t.start >= named[0].end]
    if any(t.kind in ("number", "other", "name") for t in found) or any(t.kind != "mark" for t in behind):
        return []
    said = folded[found[0].start : named[0].start]
    return [named[0], *behind] if _TURN.match(said) or _COMMENT.match(said) else []

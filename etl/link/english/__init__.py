"""English sentences as the tokens that the walk reads.

In: a line of an English article and its mentions. Out: its sentences as `Token`s of the kinds and in the order of Chinese:
`clean` takes out what cannot be read or rules nothing, `order` puts dates, places and steering words before the number
that `behind` finds them to belong to. What follows, scenes, lists, dating, claims, is shared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from etl.catalogue import Catalogue
from etl.link import tokens as chinese
from etl.link.english import comments, measured, owned, references, speakers, spent, then, told, whereabouts, wholes
from etl.link.english.asides import apposed, bracketed
from etl.link.english.clean import cleaned
from etl.link.english.made import cue, mark
from etl.link.english.order import ordered
from etl.link.english.subjects import as_wholes
from etl.link.tokens import KINDS, Token
from etl.model import Mention
from etl.recognise.cues import Cue
from etl.recognise.english import words
from etl.recognise.english.names import Named
from etl.recognise.places import Where
from etl.recognise.quantities import NotFigure
from etl.text import Line, Text

_MARKS = dict(zip(",;:()?![]\t|—，；：（）？！", "，；：（）？！（），，，，；：（）？！", strict=True))
_GAP = re.compile(r"[A-Za-z][\w&']*(?:-[A-Za-z]\w*)*|\d[\w.]*|\.|-{2,}|(?<=\s)-(?=\s)|[^\w\s]|\t|_")
_ABBREVIATIONS = frozenset(
    "co ltd inc corp u.s u.k s k dr mr mrs ms no st vs etc approx jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_DATELINE = re.compile(
    r"[A-Z][A-Z ]{2,20}, (?:China, )?[A-Z][^.\n]{2,20}?\.? ?\d{0,2}(?:, 20\d\d)? ?(?:\([A-Z][A-Za-z ]+\)|/[A-Z][A-Za-z -]+/) ?-+|[A-Z]{3,20} -+ "
)
#: A year looked back on: the year itself, or none where it is the one before the publication.
_REVIEW = re.compile(
    r"(?i)(?:(?:looking|a look|look) back (?:on|at|over)|review(?:ing|s)?(?: of)?|in retrospect,?|recap of) (?:the year )?(?P<year>20\d\d)|"
    r"(?P<in>20\d\d) in (?:review|numbers|figures|retrospect)(?![a-z])|looking back (?:on|at|over) (?:the past|last) year|over the past year|"
    r"government work report|report on the work of the (?:[a-z]+ )?government|review of (?:the |our )?work in (?P<worked>20\d\d)|year in review|annual report|"
    r"statistical communiqu[eé](?: of [a-z]+)?(?: on the (?P<told>20\d\d))?"
)


def reviewed(lead: str, published: date | None) -> int | None:
    """The year that an article reviews, by its first lines: looking back on 2025, a work report of January to March."""
    match = _REVIEW.search(lead)
    if match and (year := match["year"] or match["in"] or match["told"] or match["worked"]):
        return int(year)
    return published.year - 1 if match and published and published.month <= 3 else None


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one article, line by line, and what those read have told."""

    text: Text
    catalogue: Catalogue
    published: date | None
    own: str  # the article's place
    told: owned.Told = field(default_factory=owned.Told)
    counted: references.Counted = field(default_factory=references.Counted)
    dates: then.Dates = field(default_factory=then.Dates)
    places: whereabouts.Places = field(default_factory=whereabouts.Places)

    def __post_init__(self) -> None:
        """The article's own place is what goes by its rank in it."""
        self.counted.own = self.catalogue.places[self.own].rank if self.own in self.catalogue.places else ""
        self.places.article = (Where("known", self.own),) if self.own in self.catalogue.places else ()
        self.places.own = whereabouts.citywide(self.own, self.catalogue)

    def of(self, line: Line, mentions: list[Mention[Any]]) -> Iterator[list[Token]]:
        """The sentences of one English line, in the order of Chinese."""
        self.told.new_paragraph()
        self.counted.new_paragraph()
        self.places.new_paragraph()
        if line.kind == "heading":
            self.dates.forget()
        folded = self.text.folded
        span = line.start, line.end
        tokens = speakers.placed(_tokens(folded, line, mentions), folded, span, self.catalogue)
        for sentence in (piece for whole in _split(tokens) for piece in chinese.pieces(whole)):
            found = then.resolved(apposed(bracketed(sentence, folded)), folded, self.dates, self.published)
            found = whereabouts.resolved(found, folded, self.places, self.catalogue)
            found = as_wholes(found, folded) if self.counted.placed_here else found
            found = wholes.told(comments.cut(found, folded), folded, self.catalogue)
            before = told.Before(self.told.here, self.counted.last)
            found = references.resolved(found, folded, self.counted, self.catalogue)
            found = spent.named(measured.named(found, folded, self.catalogue), folded, self.catalogue)
            found = told.named(found, folded, self.catalogue, before)
            found = owned.named(found, folded, self.catalogue, self.told)
            arranged = _arranged(found, folded, self.catalogue, self.published)
            yield references.of_lost(arranged, self.counted)
            self.counted.told(arranged, self.catalogue)


def _split(tokens: Iterator[Token]) -> Iterator[list[Token]]:
    found: list[Token] = []
    for token in tokens:
        found.append(token)
        if token.kind == "mark" and token.what in "。？！":
            yield found
            found = []
    if found:
        yield found


def _tokens(folded: str, line: Line, mentions: list[Mention[Any]]) -> Iterator[Token]:
    dateline = _DATELINE.match(folded, line.start, line.end)
    at = dateline.end() if dateline else line.start
    for mention in mentions:
        if mention.span.start < at:
            continue
        yield from _between(folded, at, mention.span.start, line)
        what = mention.what
        kind = what.kind if isinstance(what, Cue) else "name" if isinstance(what, Named) else KINDS[type(what)]
        yield Token(kind, what, mention.span.start, mention.span.end, mention.rule)
        at = mention.span.end
    yield from _between(folded, at, line.end, line)


def _between(folded: str, start: int, end: int, line: Line) -> Iterator[Token]:
    """Marks, words nobody knows, and cues that a longer mention beside them had covered."""
    for match in _GAP.finditer(folded, start, end):
        sign = match[0]
        if sign == ".":
            if _ends_sentence(folded, match.start(), line):
                yield Token("mark", "。", *match.span())
        elif sign == "-" and not folded[match.start() - 1].isspace():
            continue  # prefecture-level: one word
        elif sign in _MARKS or sign.startswith("-"):
            yield Token("mark", _MARKS.get(sign, "，"), *match.span())
        elif sign[0].isdigit():
            yield Token("other", NotFigure("name"), *match.span())
        elif sign[0].isalpha() and sign.lower() != "s":
            known = words.single(sign)
            yield Token(known.kind, known, *match.span(), "cue") if known else Token("word", sign, *match.span())


def _ends_sentence(folded: str, at: int, line: Line) -> bool:
    if at + 1 >= line.end:
        return True
    before = re.search(r"[\w.]*$", folded[max(line.start, at - 12) : at])
    if before and before[0].lower() in _ABBREVIATIONS:
        return False
    return bool(re.match(r"\s+[A-Z0-9(\[$]|\)", folded[at + 1 : line.end]))


def _arranged(found: list[Token], folded: str, catalogue: Catalogue, published: date | None) -> list[Token]:
    """One sentence, cleaned and in the order of Chinese, between an opening mark and a closing one."""
    start, end = min(t.start for t in found), found[-1].end
    closing = found[-1] if found[-1].kind == "mark" and found[-1].what in "。？！" else mark("。", end)
    inner = cleaned([token for token in found if token is not closing], folded, catalogue, published)
    asked = [cue("ask", "吗", closing.start)] if closing.what == "？" else []
    goes_on = [cue("and", "同时", start)] if then.goes_on_planned(inner, folded) else []
    return [mark("·", start), *goes_on, *ordered(then.shared(inner), catalogue, folded), *asked, closing]

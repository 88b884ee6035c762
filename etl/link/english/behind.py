"""What stands behind a number in an English sentence and belongs to it: what it counts, where, when, and as what.

In: the cleaned tokens and the index of a number. Out: a `Behind`, indices of the tokens found, or the reason why the
number is of something unknown. Reading goes on to the right as long as what stands there can belong to the number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile

from etl.catalogue import Catalogue
from etl.link.english import shares
from etl.link.english.made import MONEY, cue, indicator_of, word_of
from etl.link.tokens import Token
from etl.recognise.english.numbers import COUNT

#: Prepositions that tie what follows to the number or name before them.
_TYING = frozenset("of in for from among on within across with at into under that which who whose where".split())
_STATES = frozenset(("are", "have been", "had been", "has been"))
_BEING = _STATES | {"were", "was", "is", "be", "being", "been", "having been"}
#: They have a presence in the city, had completed their filing: what makes them those that are counted.
_NO_DEED = re.compile(
    r"(?i)\A(?:[a-z-]+ ){0,2}(?:presence|headquarters|head offices?|offices|bases?|operations|homes?|roots|branches|plants|factories|sites|filings?|registrations?|approvals?|certifications?|accreditations?|licen[cs]es?|titles?|labels?|status|assessments?|evaluations?)\b"
)
_FOUNDED = frozenset(("founded", "established", "set up", "started", "launched", "opened", "registered"))
_AUXILIARIES = _STATES | {"have", "has", "had", "were", "was", "is", "be", "being", "been"}
_YEARLY = ("a year", "each year", "every year", "per year", "per annum")
_CLASSING = frozenset(
    ("listed as", "listed among", "qualified as", "registered as", "rated", "recognized", "recognised", "designated")
)
_TITLE = re.compile(
    r"(?i)national|provincial|level|fortune|world|global|jiangsu|star|scenario|pilot|demonstration|cent(?:re|er)|lab"
)
_LOOSE = frozenset("as by to after while amid".split())
_DIFFERENCE = re.compile(r"(?i) (?:percent )?(?:more|fewer|less|higher|lower|larger|greater)(?: [a-z-]+){0,4} than")


@dataclass(slots=True)
class Behind:
    """What belongs to a number: indices of tokens. `tokens` are new ones to stand before it (占, a place)."""

    name: int | None = None
    noun: bool = False  # it counts companies, factories …
    award: bool = False
    verb: bool = False
    far: bool = False  # a comma stood before the date
    dates: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    cues: list[int] = field(default_factory=list)
    growth: int | None = None
    released: str = ""  # have been launched this year
    among: bool = False  # four of the city's factories
    stands: bool = False  # are recognized as: a state, not this year's award
    part: int | None = None  # 24 of which
    whole: bool = False  # of GDP, in revenue: the name around the figure is whole
    used: list[int] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    refused: str = ""


class Reader:
    """Reads to the right of one number. Each handler says whether to go on; `at` is where it stands."""

    def __init__(self, tokens: list[Token], index: int, catalogue: Catalogue, folded: str) -> None:
        self.tokens, self.index, self.catalogue, self.folded = tokens, index, catalogue, folded
        self.unit: str = tokens[index].what.unit
        self.found = Behind()
        self.at = index + 1
        self.tie = ""  # the preposition just read

    def read(self) -> Behind:
        """Everything that belongs to the number."""
        if self.unit != "%" and _DIFFERENCE.match(self.folded, self.tokens[self.index].end):
            self.found.refused = "growth"
        while self.at < len(self.tokens) and not self.found.refused:
            handler = _HANDLERS.get(self.tokens[self.at].kind)
            if handler is None or not handler(self):
                break
            self.at += 1
        if self.found.name is not None and self._from_elsewhere():
            self.found.refused = "unknown_word"
        if self.found.among and not self.found.places and not self._held():
            self.found.refused = self.found.refused or "part"
        return self.found

    def _held(self) -> bool:
        """Suzhou has nine of the province's factories: a place before the number has them."""
        return any(t.kind == "place" for t in self.tokens[: self.index])

    def _from_elsewhere(self) -> bool:
        """300 AI companies from 20 countries: not those of a place."""
        kinds = [t.kind for t in self.tokens[self.at : self.at + 2]]
        return (
            self.tie == "from"
            and bool(kinds)
            and (kinds[0] == "word" or kinds in (["number", "word"], ["other", "word"]))
        )

    @property
    def token(self) -> Token:
        """The token read now."""
        return self.tokens[self.at]

    @property
    def following(self) -> str:
        """The kind of the next token."""
        return self.tokens[self.at + 1].kind if self.at + 1 < len(self.tokens) else ""

    # -- frames ---------------------------------------------------------------------------------------------------------
    def preposition(self) -> bool:
        """A preposition ties what follows; behind a percentage, *of* opens what it is a share of."""
        if self.token.kind == "of" and self.unit == "%" and self.found.growth is None and not self.found.tokens:
            of = shares.whole(self.tokens, self.index, self.at, self.catalogue, self.folded)
            self.found.tokens, self.found.refused = list(of.tokens), "" if of.tokens else "share"
            self.found.whole = any(t.kind == "share" for t in of.tokens[-1:])
            self.found.places += [] if of.place is None else [of.place]
            self.found.used += range(self.at, of.end)
            self.at = of.end - 1
            return True
        if (name := self._out_of()) is not None:
            self.found.name = name
            return False
        self.tie = word_of(self.token) if self.token.kind != "from" else "from"
        topic = next((t for t in reversed(self.tokens[: self.index]) if t.kind == "name"), None)
        after = topic.what.whole if topic is not None and self.tie in ("in", "of") and self.found.name is None else ""
        if after and (end := shares.end_of_whole(self.tokens, self.at, after, self.folded)):
            self.found.whole = True  # 31 billion yuan in revenue
            self.found.used += range(self.at, end)
            self.at, self.tie = end - 1, ""
        return True

    def _out_of(self) -> int | None:
        """The name of nine of China's 85 lighthouse factories: it stands behind the number of the whole."""
        if self.token.kind != "of" or self.unit != COUNT or self.found.noun or self.found.name is not None:
            return None
        kinds = [(n, t.kind) for n, t in enumerate(self.tokens[self.at + 1 :], self.at + 1) if t.kind != "adjective"][
            :3
        ]
        if [kind for _, kind in kinds] != ["place", "number", "name"] or self.tokens[kinds[2][0]].what.whole:
            return None
        return kinds[2][0]

    def rate(self) -> bool:
        """Ten a year; within a year is a time. Goods worth 500 billion yuan a year are a year's, where a plan names it."""
        before = self.tokens[: self.index]
        planned = any(t.kind == "plan" for t in before) and any(t.kind == "date" for t in before)
        yearly = self.unit in MONEY and word_of(self.token) in _YEARLY and planned
        self.found.refused = "" if self.tie or yearly else "per_unit"
        return True

    def place(self) -> bool:
        """Where: 148 in SIP, 33 Suzhou companies; who awards it (recognized by the province) is not where."""
        awarding = self.tie == "by" and self.found.award
        among = self.tie == "of" and self.unit == COUNT and self.found.name is None and not self.found.noun
        self.found.among = self.found.among or among
        (self.found.used if awarding or among else self.found.places).append(self.at)
        self.tie = ""
        return True

    def date(self) -> bool:
        """When: 148 by the end of 2024."""
        self.found.dates.append(self.at)
        self.tie = ""
        return True

    # -- steering words -------------------------------------------------------------------------------------------------
    def postposed(self) -> bool:
        """Year-on-year, on average, respectively; what an average is taken over means nothing more."""
        self.found.cues.append(self.at)
        if self.token.kind == "average" and self.following in ("word", "noun", "function", "name"):
            self.at += 1
        return True

    def new(self) -> bool:
        """33 added, 33 new factories; 17 factories were added to the list."""
        named = self.found.name is not None
        if (named and not self.found.verb) or (self.tie and not (self.found.noun or named)):
            return False
        self.found.cues.append(self.at)
        self.found.verb = self.found.noun or named
        return True

    def plan(self) -> bool:
        """500 scenarios will be added: the plan stands behind its number."""
        self.found.cues.append(self.at)
        return self.verb()

    def growth(self) -> bool:
        """An 8 percent increase, 8 percent higher."""
        found = self.found
        if self.unit != "%" or found.growth is not None or found.places or found.dates:
            return False
        found.growth = self.at
        return True

    def part(self) -> bool:
        """24 of which won the title last year."""
        self.found.part = self.at
        return self.at == self.index + 1

    def verb(self) -> bool:
        """What is said of the things counted."""
        if self.found.name is not None and not self.found.verb and self._with_object() and self._subject():
            self.found.refused = "unknown_word"
            return False
        if self.token.kind == "award" and not self.found.award:
            before = next((t for t in reversed(self.tokens[: self.at]) if t.kind != "function"), self.token)
            self.found.stands = self.folded[before.start : before.end].lower() in _STATES
        self.found.award = self.found.award or self.token.kind == "award"
        self.found.verb, self.tie = True, ""
        return True

    def _with_object(self) -> bool:
        """300 high-tech enterprises have built labs: so many did it. Those that have been built, or won a title, are all."""
        at = self.at
        while at < len(self.tokens) and self.tokens[at].kind in ("total", "link", "function") and not self._is(at):
            at += 1
        if at == self.at or self._is(at) or self.tokens[at - 1].kind == "function" or "investment" in self._text(at):
            return False
        while at < len(self.tokens) and self.tokens[at].kind in ("adjective", "new", "function"):
            at += 1
        thing = at < len(self.tokens) and self.tokens[at].kind in ("word", "noun", "name", "number")
        return thing and not _NO_DEED.search(self.folded[self.tokens[at].start : self.tokens[at].start + 40])

    def _is(self, at: int) -> bool:
        return self._text(at) in _BEING

    def _text(self, at: int) -> str:
        return self.folded[self.tokens[at].start : self.tokens[at].end].lower() if at < len(self.tokens) else ""

    def release(self) -> bool:
        """300 AI companies founded in 2024: a narrower count, which nobody asked for."""
        if word_of(self.token) == "signed" and self._done_by_them():
            self.found.refused = "unknown_word"
            return False
        self.found.released = word_of(self.token) if self.found.name is not None and self.found.verb else ""
        narrower = self.following in ("date", "prep", "place") and not self.found.verb
        if self.found.part is not None and word_of(self.token) in _FOUNDED:
            self.found.refused = "part"  # 620 of which were founded in 2024
            return False
        if narrower and (self.found.name is not None or self.found.noun):
            self.found.refused = "unknown_word"
        return self.verb()

    # -- nouns ----------------------------------------------------------------------------------------------------------
    def noun(self) -> bool:
        """Companies, factories: something is counted, its name may follow (607 companies had won the title)."""
        if self.found.noun or self.found.name is not None:
            return self.found.verb
        self.found.noun, self.tie = True, ""
        if self.unit != COUNT:
            self.found.refused = "no_indicator"
        return True

    def name(self) -> bool:
        """The name of what is counted, or of what has grown; another name narrows the first."""
        if self.token.what.whole:
            return self.word()  # half a name counts nothing
        found, tied = self.found, self.tie in _TYING
        if self.unit == "%" and found.growth is not None and self.tie in ("in", "of", "for"):
            found.tokens = [self.token]  # 8 percent growth in industrial output
            found.used.append(self.at)
        elif found.name is not None and not found.award:
            found.refused = "unknown_word" if tied and not found.verb else ""
            return False
        elif not self._fits():
            found.refused = "" if found.verb else "no_indicator"
            return False
        else:
            found.name = self.at
            found.award = found.award and not self._classed()
        self.tie = ""
        return True

    def _classed(self) -> bool:
        """Were listed as AI firms in 2020: what they were taken for then; little giants were made so."""
        said = {
            self.folded[t.start : t.end].lower() for t in self.tokens[self.index + 1 : self.at] if t.kind == "award"
        }
        indicator = indicator_of(self.token, self.catalogue)
        titled = indicator.cumulative or any(_TITLE.search(name) for name in indicator.english)
        return bool(said) and said <= _CLASSING and not titled

    def _fits(self) -> bool:
        unit = self.catalogue.units[indicator_of(self.token, self.catalogue).unit]
        return unit.kind == "count" if self.unit == COUNT else self.unit in unit.words

    def word(self) -> bool:
        """An unknown word: what the number counts, what narrows it, or the next thing said."""
        found, named = self.found, self.found.name is not None
        if found.verb and named and self._done_by_them():
            found.refused = "unknown_word"
            return False
        if found.verb and named:
            self.tie = ""
            return True
        if named or found.noun:
            if found.verb:
                found.refused = "no_indicator"
            elif not found.places or self.tie or self._subject():
                found.refused = "unknown_word"
        elif self.tie in _TYING or all(t.kind in ("adjective", "new") for t in self.tokens[self.index + 1 : self.at]):
            found.refused = "no_indicator"
        return False

    def _done_by_them(self) -> bool:
        """300 AI companies have signed up: what those counted did tells how many did it, not how many there are."""
        at = self.at - 1
        while at > self.index and self.tokens[at].kind == "function":
            at -= 1
        if self.folded[self.tokens[at].start : self.tokens[at].end].lower() not in _AUXILIARIES:
            return False
        return self._subject()

    def _subject(self) -> bool:
        """Whether nothing before the number in its clause could have it as an object."""
        clause = list(takewhile(lambda t: t.kind not in ("mark", "relative"), reversed(self.tokens[: self.index])))
        return not any(t.kind in ("total", "new", "award", "link", "plan", "part") for t in clause)

    def quiet(self) -> bool:
        """Function words and adjectives; with a combined … says something new."""
        word = word_of(self.token)
        if word in ("more", "less", "fewer") and self.unit == "%" and self._compares() and self.found.growth is None:
            growing = cue("grow", "增长", self.token.start) if word == "more" else cue("fall", "下降", self.token.start)
            self.tokens[self.at], self.found.growth = growing, self.at
            return True
        if self.tie == "with" and word in ("combined", "total", "overall", "aggregate"):
            return False
        self.tie = "" if word in _LOOSE else self.tie
        return True

    def _compares(self) -> bool:
        """More than a year earlier: a growth, whose base follows."""
        after = self.tokens[self.at + 1 : self.at + 2]
        return any(t.kind == "yoy" or (t.kind == "date" and self.folded.startswith("than", t.start)) for t in after)

    # -- marks ----------------------------------------------------------------------------------------------------------
    def mark(self) -> bool:
        """A bracket is passed over, and a comma before nothing but a date, year-on-year or respectively."""
        if self.token.what == "（":
            self.at = self._closing()
            return True
        self.found.far = self.token.what == "，" and self._frame_only()
        return self.found.far

    def _closing(self) -> int:
        depth = 0
        for n, token in enumerate(self.tokens[self.at :], self.at):
            if token.kind == "mark":
                depth += (token.what == "（") - (token.what == "）")
            if not depth:
                return n
        return len(self.tokens)

    def _frame_only(self) -> bool:
        seen = False
        for token in self.tokens[self.at + 1 :]:
            if token.kind == "mark":
                break
            if token.kind in ("date", "yoy", "each"):
                seen = True
            elif token.kind not in ("function", "prep", "adjective"):
                return False
        return seen

    def and_(self) -> bool:
        """In 2023 and 2024: a list of dates goes on."""
        listed = self.following == "date" and self.tokens[self.at - 1].kind == "date"
        return listed and self.tokens[self.at + 1].what.base != "now"  # in 2024, and now has


#: What each kind of token behind a number means. A kind that is not here ends what belongs to it.
_HANDLERS: dict[str, Callable[[Reader], bool]] = {
    **dict.fromkeys(("of", "prep", "relative", "from"), Reader.preposition),
    **dict.fromkeys(("yoy", "average_growth", "average", "each"), Reader.postposed),
    **dict.fromkeys(("plan", "expect"), Reader.plan),
    **dict.fromkeys(("grow", "fall"), Reader.growth),
    **dict.fromkeys(("award", "link", "total", "predicate"), Reader.verb),
    **dict.fromkeys(("word", "other"), Reader.word),
    **dict.fromkeys(("function", "adjective"), Reader.quiet),
    "rate": Reader.rate,
    "place": Reader.place,
    "date": Reader.date,
    "new": Reader.new,
    "part": Reader.part,
    "release": Reader.release,
    "noun": Reader.noun,
    "name": Reader.name,
    "mark": Reader.mark,
    "and": Reader.and_,
}

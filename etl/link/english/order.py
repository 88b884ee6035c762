"""The order of English brought to that of Chinese: 148 companies in SIP by the end of 2024 → by …, SIP, 148, companies.

In: the cleaned tokens of one English sentence. Out: the same tokens, with everything that says something of a number
before it, the name it counts directly behind it, and a number that counts something unknown marked as such.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from etl.catalogue import Catalogue
from etl.link.english import before, parts, shares
from etl.link.english.behind import Behind, Reader
from etl.link.english.made import cue, indicator_of, mark, word_of
from etl.link.scene import encloses
from etl.link.tokens import BEHIND, Token
from etl.recognise.english.numbers import COUNT
from etl.recognise.periods import When
from etl.recognise.quantities import NotFigure

_CLAUSES = ("place", "plan", "expect", "relative", "grow", "fall", "share")
#: Kinds that mean nothing to the walk.
_SYNTAX = frozenset("noun of prep relative adjective predicate release say rate function".split())
_WHEN = re.compile(r",? when\b")
_NOT_A_YEAR = re.compile(
    r"^(?:from|than|over|compared|against)\b(?!.*(?:same|corresponding)).*\b(?:end|start|beginning|outset|year-end|half|quarter|month)\b"
)
#: What a difference is measured from dates nothing (up 1.3 percentage points from the previous year).
_AGAINST = re.compile(r"(?:from|than|compared|against)\b(?!.*(?:\bto\b|\bthrough\b|-))")
_BASE = re.compile(r"than|from|over(?! (?:that|the (?:same|whole|entire|full)) year\b)|compared|against|on ")


def _same_time(date: Token) -> bool:
    """Over the same period, with nothing behind it, is when, not against what."""
    return bool(date.what.base in ("then", "span"))


def ordered(tokens: list[Token], catalogue: Catalogue, folded: str) -> list[Token]:
    """The tokens of one sentence in the order of Chinese."""
    return _Order(tokens, catalogue, folded).done()


class _Order:
    """One sentence under way: what is put before and behind each token, and what is taken out."""

    def __init__(self, tokens: list[Token], catalogue: Catalogue, folded: str) -> None:
        self.tokens, self.catalogue, self.folded = tokens, catalogue, folded
        self.first: dict[int, list[Token]] = {}  # before all else: dates
        self.ahead: dict[int, list[Token]] = {}
        self.after: dict[int, list[Token]] = {}
        self.removed: set[int] = set()
        self.whole: set[int] = set()  # where names stand whose whole has been said: of GDP, in revenue
        self.part_starts: dict[int, int] = {}  # a part said behind its number, and the number

    def done(self) -> list[Token]:
        """Every number with what belongs to it, then the parts in brackets."""
        for index, token in enumerate(self.tokens):
            if token.kind == "number":
                self._number(index)
        self._closing_date()
        self._parts()
        self.removed.update(n for n, token in enumerate(self.tokens) if token.kind == "date" and self._base_only(n))
        out: list[Token] = []
        for index, token in enumerate(self.tokens):
            out += self.first.get(index, []) + self.ahead.get(index, [])
            if index not in self.removed and token.kind not in _SYNTAX:
                out.append(token)
            out += self.after.get(index, [])
        return out

    def _closing_date(self) -> None:
        """Output of 3 trillion yuan, up 5 percent, was recorded in 2024: the only date, behind a last clause, is of all."""
        dates = [n for n, t in enumerate(self.tokens) if t.kind == "date"]
        numbers = [n for n, t in enumerate(self.tokens) if t.kind == "number"]
        if len(dates) != 1 or not numbers or dates[0] < numbers[-1] or dates[0] in self.removed:
            return
        between = [t for t in self.tokens[numbers[-1] + 1 : dates[0]] if t.what != "，"]
        if all(
            t.kind in ("link", "award", "new", "function", "prep", "adjective", "release", "predicate") for t in between
        ):
            self.first.setdefault(numbers[0], []).append(self.tokens[dates[0]])
            self.removed.add(dates[0])

    def _text(self, n: int) -> str:
        return self.folded[self.tokens[n].start : self.tokens[n].end].lower()

    def _base_only(self, n: int) -> bool:
        """A date that is only compared with."""
        return self._text(n).startswith(("than", "compared", "against"))

    # -- one number -----------------------------------------------------------------------------------------------------
    def _number(self, index: int) -> None:
        behind = Reader(self.tokens, index, self.catalogue, self.folded).read()
        if self.tokens[index].what.unit != "%":
            times = self.tokens[index].what.unit == "倍"  # 2.3 times that of 2023
            bases = [n for n in behind.dates if times or _AGAINST.match(self._text(n))]
            behind.dates = [n for n in behind.dates if n not in bases]
            behind.used += bases
        topic = next((t for t in reversed(self.tokens[:index]) if t.kind == "name"), None)
        if behind.whole:
            self.whole.update(t.start for t in [topic, *behind.tokens] if t is not None and t.kind == "name")
        half = topic is not None and bool(topic.what.whole) and topic.start not in self.whole
        if (
            half
            and topic is not None
            and self.tokens[index].what.unit == "%"
            and self._whole_said(topic, index, behind)
        ):
            half, behind.tokens = False, [cue("share", "占", self.tokens[index].start)]
        if self.tokens[index].what.unit == "%":
            self._percent(index, behind, topic, half=half)
        else:
            half = half and topic is not None and not self._is_ratio(topic)
            behind.refused = behind.refused or self._not_counted(index, behind, half=half)
        if not behind.refused and before.compared(self.tokens, index, self.folded) and behind.growth is None:
            self._compare(index, behind)
        if not behind.refused and before.existing(self.tokens, index, self.folded):
            self._existing(index, behind)
        if behind.refused:
            self._refuse(index, behind)
        else:
            behind.used += [n for n in behind.dates if self._base_only(n)]
            behind.dates = [n for n in behind.dates if not self._base_only(n)]
            self._put(index, behind)
            self._of_whole(index)

    def _not_counted(self, index: int, behind: Behind, *, half: bool) -> str:
        """Why a number that is no percentage is of nothing known, or empty."""
        spans = any(t.kind == "date" and t.what.base == "years" and t.what.last_year for t in self.tokens[:index])
        if spans and any(t.kind == "from" for t in self.tokens[:index]):
            return "years"  # between 2021 and 2025 it rose from 49 to 1,210
        if behind.name is not None:
            if before.in_part(self.tokens, index) and not behind.places and self._named_before(index, behind.name):
                return "part"  # 85,000 specialists, among them 1,200 leading ones
            if behind.released == "founded" and not (behind.dates or self._date_before(index)):
                return "no_date"
            return "unknown_word" if before.object_of_unknown(self.tokens, index, self.folded) else ""
        if behind.noun and before.counts_for(self.tokens, index, self.folded):
            return ""
        uncounted = behind.noun or self._subject(index, behind)
        return "no_indicator" if half or (uncounted and not before.in_part(self.tokens, index)) else ""

    def _moved(self, n: int, start: int) -> Token:
        """A cue to stand before a number; *new* is of the clause before it (had 1,320 newly certified firms)."""
        token, at = self.tokens[n], max(0, start - 1)
        return replace(token, start=at, end=at) if token.kind == "new" and token.start > start else token

    def _number_of(self, index: int) -> bool:
        """The number of little giants reached 600: all there are, whatever was won before it in the sentence."""
        clause = list(takewhile(lambda t: t.kind != "mark", reversed(self.tokens[:index])))
        numbered = any(word_of(t).endswith("number of") for t in clause) and any(t.kind == "link" for t in clause)
        return numbered and not any(t.kind in ("new", "number", "grow", "fall", "average") for t in clause)

    def _within(self, n: int) -> bool:
        """Whether a date is a span of time, within which something was done."""
        when = self.tokens[n].what
        return when.base in ("absolute", "publication", "frame") and not (when.point or when.until or when.day)

    def _refuse_list(self, index: int) -> None:
        """30 AI companies and 12 institutes have signed up: what is refused to the last is refused to all."""
        for n in range(before.list_start(self.tokens, index), index):
            if self.tokens[n].kind == "number":
                self.tokens[n] = replace(self.tokens[n], kind="other", what=NotFigure("unknown_word"))

    def _named_before(self, index: int, name: int) -> bool:
        options = self.tokens[name].what.options
        return any(t.kind == "name" and t.what.options == options for t in self.tokens[:index])

    def _refuse(self, index: int, behind: Behind) -> None:
        """A number of something unknown; its name names nothing, its date still dates what stands before it."""
        if behind.name is not None and behind.verb and behind.refused == "unknown_word":
            self._refuse_list(index)
        self.tokens[index] = replace(self.tokens[index], kind="other", what=NotFigure(behind.refused))
        if behind.name is not None and behind.refused == "unknown_word":
            self.tokens[behind.name] = replace(self.tokens[behind.name], kind="word", what="")
        if behind.dates and (at := self._anchor(index, far=False)) != index:
            self.first.setdefault(at, []).extend(self.tokens[n] for n in behind.dates)
            self.removed.update(behind.dates)

    def _put(self, index: int, behind: Behind) -> None:
        """Bring what belongs to a number before it, and the name that it counts behind it."""
        tokens, start = self.tokens, self.tokens[index].start
        if behind.award and behind.name is not None and any(self._within(n) for n in behind.dates):
            self.removed.update(before.having(tokens, index, self.folded))
        each = any(tokens[n].kind == "each" for n in behind.cues)
        anchor = self._run_start(index) if each else index
        ahead, named = self._steering(index, behind), self._named(behind)
        newly = [self._moved(n, start) for n in behind.cues if tokens[n].kind == "new"]
        every = any(t.kind == "every" for t in tokens[:index])
        if named and (every or (each and not any(t.kind == "name" for t in tokens[:anchor]))):
            ahead, named = [*named, *ahead], []
        (self.first.setdefault(index, []) if not each else ahead).extend(newly)
        self._date(anchor, behind, each=each)
        expected = [t for t in ahead if t.kind == "expect"]
        if expected and behind.dates:  # 11 more are expected by 2026: what is expected is no plan
            ahead = [t for t in ahead if t.kind != "expect"]
            self.first[index] = [*expected, *self.first.get(index, [])]
        where = [replace(tokens[n], rule=BEHIND) for n in behind.places[:1] if not self._of_company(anchor)]
        where = [] if where and self._part_of(index, where[0]) else where
        places = self._of_list(index, behind, where)
        if places and (
            before.rival(tokens, index)
            or any(t.kind == "place" for n, t in enumerate(tokens[:index]) if n not in self.removed)
        ):
            self.ahead.setdefault(anchor, []).append(mark("（", start))
            named.append(mark("）", (named or [tokens[index]])[-1].end))
        self.ahead.setdefault(anchor, []).extend([*places, *behind.tokens, *ahead])
        self.after.setdefault(index, []).extend(named)
        self.removed.update((*behind.dates, *behind.places, *behind.cues, *behind.used))
        self.removed.update(n for n in (behind.name, behind.growth) if n is not None)

    def _part_of(self, index: int, whole: Token) -> bool:
        """Kunshan contributed 1.2 trillion yuan of Suzhou's industrial output: the sum is that of the subject."""
        of = index + 1 < len(self.tokens) and self.tokens[index + 1].kind == "of"
        clause = takewhile(lambda t: t.kind != "mark", reversed(self.tokens[:index]))
        holders = [t for t in clause if t.kind == "place" and t.what.kind == "known"]
        whole = shares.known(whole, self.catalogue)
        return of and any(encloses(whole.what.place, t.what.place, self.catalogue) for t in holders)

    def _whole_said(self, topic: Token, index: int, behind: Behind) -> bool:
        """High-tech industries made up 55 percent of output, and emerging ones 61 percent: of the same, by the same verb."""
        if behind.tokens or behind.growth is not None or behind.refused or self._growing(index) is not None:
            return False
        of = set(topic.what.whole.split("|"))
        return any(
            t.kind == "name" and t.start in self.whole and of & set(t.what.whole.split("|"))
            for t in self.tokens[:index]
        )

    def _steering(self, index: int, behind: Behind) -> list[Token]:
        """The steering words that stand behind a number, and those that its clause only implies."""
        start = self.tokens[index].start
        ahead = [self.tokens[n] for n in behind.cues if self.tokens[n].kind != "new"]
        stands = behind.stands and not any(t.kind == "date" and not t.what.point for t in self.tokens)
        if stands or (behind.name is None and self._number_of(index)):
            ahead.append(cue("total", "累计", start))
        if behind.part is not None:
            self.part_starts[behind.part] = index
            won = behind.award and behind.name is None
            within = any(self._within(n) for n in behind.dates) and not behind.places
            if within and (won or not (behind.award or behind.verb)):
                ahead.append(cue("new", "新增", start))  # 640 of them last year, 27 of which were certified this year
            elif won:
                ahead.append(cue("award", "获评", start))
        return ahead if behind.growth is None else [*ahead, self.tokens[behind.growth]]

    def _of_list(self, index: int, behind: Behind, places: list[Token]) -> list[Token]:
        """10 centers and 30 scenarios have been launched in the park: place and verb are of the whole list."""
        first = before.list_start(self.tokens, index) if behind.verb else index
        if behind.released and any(self._within(n) for n in behind.dates or self._date_before(index)):
            for n in {first, index}:
                self.ahead.setdefault(n, []).append(cue("new", "新增", self.tokens[index].start))
        if places and first != index and not any(t.kind == "place" for t in self.tokens[:index]):
            self.ahead.setdefault(first, []).insert(0, places[0])
            return places[1:]
        return places

    def _date_before(self, index: int) -> list[int]:
        """In 2024, 426 AI companies were founded: the date that opens the clause of a number."""
        dates = [n for n in range(index) if self.tokens[n].kind == "date" and n not in self.removed]
        told = any(t.kind in ("number", "other") for t in self.tokens[dates[-1] : index]) if dates else True
        return [] if told else dates[-1:]

    def _of_company(self, index: int) -> bool:
        """We have 30 centers in Suzhou: a company's, wherever they are."""
        earlier = enumerate(self.tokens[:index])
        told = [t for n, t in earlier if t.kind == "place" or (t.kind == "mark" and not self._aside(n))]
        subject = told[-1] if told else None
        return subject is not None and subject.kind == "place" and subject.what.kind == "company"

    def _aside(self, n: int) -> bool:
        return self.tokens[n + 1].kind == "relative"

    def _named(self, behind: Behind) -> list[Token]:
        """The name that is counted, and that it was won."""
        if behind.name is None:
            return []
        name = self.tokens[behind.name]
        return [name, cue("award", "获评", name.end)] if behind.award else [name]

    def _date(self, anchor: int, behind: Behind, *, each: bool) -> None:
        """Put the dates before the first number that they govern; dates to be dealt out are a list."""
        dates = [self.tokens[n] for n in behind.dates]
        if each and len(dates) > 1:
            dates.insert(1, cue("and", "和", dates[1].start))
        at = self._anchor(anchor, far=behind.far) if dates and behind.part is None else anchor
        self.first.setdefault(at, []).extend(dates)

    def _run_start(self, index: int) -> int:
        """The first of the numbers that end here (120, 90 and 40 respectively); commas between them become 、."""
        at = index
        while at > 1:
            between = at
            while between > 1 and self.tokens[between - 1].kind in ("and", "mark"):
                between -= 1
            if between == at or self.tokens[between - 1].kind != "number":
                break
            joints = self.tokens[between:at]
            joint = next((t for t in joints if t.kind == "and"), mark("、", joints[0].start))
            self.removed.update(range(between, at))
            self.after.setdefault(between - 1, []).append(joint)
            at = between - 1
        return at

    def _anchor(self, index: int, *, far: bool) -> int:
        """The first number that a date behind this one governs: back to another clause, plan, part or date."""
        anchor = index
        coming = any(t.kind == "from" for t in self.tokens[:index])
        ends = {"plan", "expect", "from", "refute", "this", "condition", "date"}
        ends |= {"to"} if coming else set()
        ends |= set() if far else {"part"}
        closed = 0  # brackets, whose figures have their own dates
        for n in range(index - 1, -1, -1):
            token = self.tokens[n]
            closed += (token.what == "）") - (token.what == "（") if token.kind == "mark" else 0
            if closed > 0:
                continue
            if closed < 0:
                break  # grew 5.5% (vs 4.8% in 2024): a date of the bracket alone
            if (
                (token.kind in ends and not self._measured_from(n))
                or word_of(token) in ("after", "before")
                or (token.kind == "mark" and token.what in "；：")
            ):
                break
            if token.kind in ("mark", "and") and self._new_clause(n, index):
                break
            if token.kind == "number":
                anchor = n
        return anchor

    def _measured_from(self, n: int) -> bool:
        """Climbed 6.8 percent from a year earlier to …: a date that only says what the growth is against."""
        before = self.tokens[n - 1] if n else None
        percent = before is not None and before.kind == "number" and before.what.unit == "%"
        return percent and self.tokens[n].kind == "date" and bool(_AGAINST.match(self._text(n)))

    def _new_clause(self, joint: int, index: int) -> bool:
        """Whether a comma or *and* opens a clause with a verb of its own (…, and 219 firms were listed in 2024)."""
        if self.tokens[joint].kind == "mark" and word_of(self.tokens[joint + 1]) == "with":
            return True  # , with 41 added last year
        planned = any(t.kind in ("plan", "expect") for t in self.tokens[:joint])
        if planned and not any(t.kind in (*_CLAUSES, "date") for t in self.tokens[joint + 1 : index]):
            return False  # to build 30 centers and attract 5,000 people by 2026
        if any(t.kind in parts.VERBS for t in self.tokens[joint + 1 : index]):
            return True
        if self.tokens[joint].kind == "and":
            return False
        for token in self.tokens[index + 1 :]:
            if token.kind in ("mark", "and", "number", "link", "total"):
                return token.kind in ("link", "total")
        return False

    def _subject(self, index: int, behind: Behind) -> bool:
        """62 were listed, 300 attended: so many of something, which only a place can tell (300 are in Kunshan)."""
        count = self.tokens[index].what.unit == COUNT
        return count and behind.verb and not behind.places and behind.part is None

    def _compare(self, index: int, behind: Behind) -> None:
        """A figure compared with stands in a bracket with its own date, or is refused."""
        if not behind.dates or _same_time(self.tokens[behind.dates[0]]):
            behind.refused = "" if behind.places and not behind.dates else "no_date"
            return  # from 2,300 over the same period: when that began, it does not say
        self._explained(index)
        if _WHEN.match(self.folded, self.tokens[behind.dates[-1]].end):
            return  # …, when it totaled 3.4 trillion: the date goes on
        self.ahead.setdefault(index, []).append(mark("（", self.tokens[index].start))
        self.after.setdefault(index, []).append(mark("）", self.tokens[index].end))
        now = (
            [cue("outcome", "已", self.tokens[index].start)] if self.tokens[behind.dates[0]].what.base == "now" else []
        )
        behind.tokens = [self.tokens[behind.dates[0]], *now, *behind.tokens]
        behind.used += behind.dates
        behind.dates = []

    def _explained(self, index: int) -> None:
        """Seven services had completed the filing, compared with five: what was said of the seven stands in nobody's way."""
        at = index - 1
        while at > 0 and self.tokens[at].kind in ("function", "prep", "adjective", "from", "grow", "fall"):
            at -= 1
        if self.tokens[at].what != "，":
            return
        for n in range(at - 1, -1, -1):
            kind = self.tokens[n].kind
            if kind in ("mark", "name", "number", "other"):
                return
            if kind == "word":
                self.removed.add(n)

    def _existing(self, index: int, behind: Behind) -> None:
        """Add 100 to the existing 510, up from the current 380: what there is today, in a bracket of its own."""
        number = self.tokens[index]
        self.ahead.setdefault(index, []).append(mark("（", number.start))
        self.after.setdefault(index, []).append(mark("）", number.end))
        if not behind.dates:
            behind.tokens = [
                Token("date", When("now"), number.start, number.start),
                cue("total", "累计", number.start),
                cue("outcome", "已", number.start),
                *behind.tokens,
            ]

    def _of_whole(self, index: int) -> None:
        """About a fifth of Suzhou's total of 640: a figure of the larger place, in a bracket with it."""
        if (held := self._held_behind(index)) is not None:  # its place has been put before it
            self.ahead[index] = [mark("（", self.tokens[held].end), *self.ahead.get(index, [])]
            self.after.setdefault(index, []).append(mark("）", self.tokens[index].end))
            return
        n = index - 1
        while n > 0 and (self.tokens[n].kind in ("of", "adjective") or word_of(self.tokens[n]) in ("total", "tally")):
            n -= 1
        m = n - 1
        while m > 0 and self.tokens[m].kind in ("of", "adjective"):
            m -= 1
        tied = m < n - 1 and any(t.kind == "of" for t in self.tokens[m:n])
        if n < 1 or self.tokens[n].kind != "place" or self.tokens[m].kind not in ("number", "other") or not tied:
            return
        place = shares.known(self.tokens[n], self.catalogue)
        self.removed.add(n)
        self.ahead[index] = [mark("（", place.end), place, *self.ahead.get(index, [])]
        self.after.setdefault(index, []).append(mark("）", self.tokens[index].end))

    def _held_behind(self, index: int) -> int | None:
        """A fifth of the 21 exaflops available across Suzhou: the place behind the figure of the whole."""
        n = index - 1
        while n > 0 and self.tokens[n].kind == "adjective":
            n -= 1
        percent = n > 0 and self.tokens[n].kind == "of" and self.tokens[n - 1].kind in ("number", "other")
        return shares.whose(self.tokens, index) if percent else None

    # -- percentages ----------------------------------------------------------------------------------------------------
    def _percent(self, index: int, behind: Behind, topic: Token | None, *, half: bool) -> None:
        """Growth, a share of a larger place, or a ratio."""
        if behind.tokens or behind.refused:
            self._drop_share(index)
        elif behind.growth is None:
            behind.growth = self._growing(index)
        if behind.growth is not None:
            self._growth_base(index, behind)
        elif half and not behind.tokens:
            behind.refused = "share"
        elif not behind.tokens and not behind.refused and (topic is None or self._is_ratio(topic)):
            self._drop_share(index)
            behind.tokens = [cue("share", "占", self.tokens[index].start)]

    def _is_ratio(self, name: Token) -> bool:
        return self.catalogue.units[indicator_of(name, self.catalogue).unit].kind == "percent"

    def _growth_base(self, index: int, behind: Behind) -> None:
        """Up 5 percent from 2023: what a growth is measured against dates nothing."""
        if any(t.kind == "date" and self._base_only(n) for n, t in enumerate(self.tokens[:index])):
            behind.tokens = [cue("average_growth", "年均", self.tokens[index].start)]  # compared with 2020, …
        if any(_NOT_A_YEAR.search(self._text(n)) for n in behind.dates) and not self._years_apart(index, behind):
            behind.refused = "growth"  # up 38 percent from the end of last year, said of October
        for n in [n for n in behind.dates if _BASE.match(self._text(n)) and not _same_time(self.tokens[n])]:
            behind.tokens = [cue("compare", "比", self.tokens[n].start), self.tokens[n]]
            behind.dates.remove(n)
            behind.used.append(n)

    def _years_apart(self, index: int, behind: Behind) -> bool:
        """At the end of 2024, up 8 percent from the end of 2023: a year, as growth is to be."""
        own = [t for n, t in enumerate(self.tokens) if t.kind == "date" and n not in behind.dates and n < index]
        return any(t.what.point and t.what.months is None for t in own)

    def _growing(self, index: int) -> int | None:
        """The verb or noun of growth before a percentage, in its clause."""
        for n in range(index - 1, -1, -1):
            kind = self.tokens[n].kind
            if n not in self.removed and kind in ("grow", "fall"):
                return n
            if n not in self.removed and kind in ("number", "other", "mark", "name", "share", "to"):
                return None
        return None

    def _drop_share(self, index: int) -> None:
        for n in range(index - 1, -1, -1):
            if self.tokens[n].kind == "share":
                self.removed.add(n)
            if self.tokens[n].kind in ("number", "mark"):
                return

    # -- parts ----------------------------------------------------------------------------------------------------------
    def _parts(self) -> None:
        """Including 148 in SIP, 120 in Kunshan: a bracket, so that what it names ends with it."""
        end = -1
        for n, token in enumerate(self.tokens):
            if token.kind != "part" or n in self.removed or n <= end:
                continue
            end = parts.end(self.tokens, n, self.folded)
            start = self.part_starts.get(n, n)
            opening = mark("（", self.tokens[start].start)
            if start == n:
                self.first.setdefault(n, []).append(opening)
            else:
                self.removed.add(n)
                self.first[start] = [opening, token, *self.first.get(start, [])]
            self.after.setdefault(end, []).append(mark("）", self.tokens[end].end))

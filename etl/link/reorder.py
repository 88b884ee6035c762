"""The order of English brought to that of Chinese: 148 AI companies in SIP by the end of 2024 → by … , SIP, 148, AI companies.

In: the cleaned tokens of one English sentence. Out: the same tokens, with everything that says something of a number
before it, the name it counts directly behind it, and a number that counts something else marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from etl.catalogue import Catalogue
from etl.link.tokens import Token
from etl.recognise.cues import Cue
from etl.recognise.english import names
from etl.recognise.quantities import NotFigure

VERBS = ("link", "total", "award", "new", "share", "to")
#: Kinds that mean nothing to the walk.
_SYNTAX = frozenset("noun of prep relative adjective predicate release say function".split())
#: Prepositions that tie what follows to the number or name before them.
_TYING = frozenset("of in for from among on within across with at into under that which who whose where".split())
_POSTPOSED = ("yoy", "average_growth", "average", "each", "new")
_BASE = re.compile(r"than|from|over|compared|against|on ")


def mark(sign: str, at: int) -> Token:
    """A mark that the text does not have."""
    return Token("mark", sign, at, at)


def word_of(token: Token) -> str:
    """The word of a cue, else empty."""
    return token.what.word if isinstance(token.what, Cue) else ""


@dataclass(slots=True)
class _Tail:
    """What stands behind a number and belongs to it: indices of tokens."""

    name: int | None = None
    noun: bool = False
    award: bool = False
    verb: bool = False
    far: bool = False  # a comma stood before the date
    dates: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    cues: list[int] = field(default_factory=list)
    growth: int | None = None
    part: int | None = None
    dropped: list[int] = field(default_factory=list)
    share: list[Token] = field(default_factory=list)
    refused: str = ""


def reorder(tokens: list[Token], catalogue: Catalogue, folded: str) -> list[Token]:
    """The tokens of one sentence in the order of Chinese."""
    return _Order(tokens, catalogue, folded).done()


class _Order:
    """One sentence under way: what is put before and behind each token, and what is taken out."""

    def __init__(self, tokens: list[Token], catalogue: Catalogue, folded: str) -> None:
        self.tokens, self.catalogue, self.folded = tokens, catalogue, folded
        self.first: dict[int, list[Token]] = {}  # before all else: dates
        self.before: dict[int, list[Token]] = {}
        self.after: dict[int, list[Token]] = {}
        self.removed: set[int] = set()
        self.part_starts: dict[int, int] = {}  # a part said behind its number, and the number

    def done(self) -> list[Token]:
        """Every number with what belongs to it, then the parts in brackets."""
        for index, token in enumerate(self.tokens):
            if token.kind == "number":
                self._number(index)
        self._parts()
        self.removed.update(n for n, token in enumerate(self.tokens) if token.kind == "date" and self._base_only(n))
        out: list[Token] = []
        for index, token in enumerate(self.tokens):
            out += self.first.get(index, [])
            out += self.before.get(index, [])
            if index not in self.removed and token.kind not in _SYNTAX:
                out.append(token)
            out += self.after.get(index, [])
        return out

    # -- one number -----------------------------------------------------------------------------------------------------
    def _number(self, index: int) -> None:
        tail = self._tail(index)
        if self.tokens[index].what.unit == "%":
            self._percent(index, tail)
        elif tail.name is None and tail.noun and not self._behind_part(index):
            tail.refused = tail.refused or "no_indicator"
        elif self._compared(index) and not (tail.places and not tail.dates):
            self._base(index, tail)
        if tail.refused:
            self.tokens[index] = replace(self.tokens[index], kind="other", what=NotFigure(tail.refused))
            if tail.name is not None and tail.refused == "unknown_word":
                self.tokens[tail.name] = replace(self.tokens[tail.name], kind="word", what="")
            if tail.dates and (at := self._anchor(index, far=False)) != index:
                self.first.setdefault(at, []).extend(self.tokens[n] for n in tail.dates)
                self.removed.update(tail.dates)
            return
        for n in [n for n in tail.dates if self._base_only(n)]:
            tail.dates.remove(n)
            tail.dropped.append(n)
        self._put(index, tail)

    def _base_only(self, n: int) -> bool:
        return self._text(n).startswith(("than", "compared", "against"))

    def _text(self, n: int) -> str:
        return self.folded[self.tokens[n].start : self.tokens[n].end].lower()

    def _put(self, index: int, tail: _Tail) -> None:
        """Bring what belongs to a number before it, and the name that it counts behind it."""
        tokens = self.tokens
        ahead = [tokens[n] for n in tail.cues]
        if tail.part is not None:
            self.part_starts[tail.part] = index
            if tail.award and tail.name is None:
                ahead.append(Token("award", Cue("award", "获评"), tokens[index].start, tokens[index].start))
        if tail.growth is not None:
            ahead.append(tokens[tail.growth])
        behind: list[Token] = []
        if tail.name is not None:
            behind.append(tokens[tail.name])
            if tail.award:
                behind.append(Token("award", Cue("award", "获评"), tokens[tail.name].end, tokens[tail.name].end))
        each = any(tokens[n].kind == "each" for n in tail.cues)
        anchor = self._run_start(index) if each else index
        dates = [tokens[n] for n in tail.dates]
        places = [tokens[n] for n in tail.places[:1]]
        if each and len(dates) > 1:
            dates = [dates[0], Token("and", Cue("and", "和"), dates[1].start, dates[1].start), *dates[1:]]
        at = self._anchor(anchor, far=tail.far) if dates and tail.part is None else anchor
        self.first.setdefault(at, []).extend(dates)
        if each and tail.name is not None and not any(t.kind == "name" for t in tokens[:anchor]):
            ahead, behind = [*behind, *ahead], []
        if places and any(t.kind == "place" for n, t in enumerate(tokens[:index]) if n not in self.removed):
            start, end = places[0].start, (behind or [tokens[index]])[-1].end
            self.before.setdefault(anchor, []).append(mark("（", tokens[index].start))
            behind.append(mark("）", end))
            del start
        self.before.setdefault(anchor, []).extend([*places, *tail.share, *ahead])
        self.after.setdefault(index, []).extend(behind)
        moved = [*tail.dates, *tail.places, *tail.cues, *tail.dropped]
        moved += [n for n in (tail.name, tail.growth) if n is not None]
        self.removed.update(moved)

    def _run_start(self, index: int) -> int:
        """The first of the numbers that end here (120, 90 and 40 respectively); commas between them become 、."""
        at = index
        while at > 1:
            between = at - 1
            while (
                between > 0
                and self.tokens[between].kind in ("and", "mark")
                and self.tokens[between - 1].kind in ("mark", "and")
            ):
                between -= 1
            if self.tokens[between].kind not in ("and", "mark") or self.tokens[between - 1].kind != "number":
                break
            joint = next(
                (t for t in self.tokens[between:at] if t.kind == "and"), mark("、", self.tokens[between].start)
            )
            self.removed.update(range(between, at))
            self.after.setdefault(between - 1, []).append(joint if joint.kind == "and" else mark("、", joint.start))
            at = between - 1
        return at

    def _anchor(self, index: int, *, far: bool) -> int:
        """The first number that a date behind this one governs: back to a verb of another clause, a plan, another date."""
        anchor = index
        coming = any(t.kind == "from" for t in self.tokens[:index])
        for n in range(index - 1, -1, -1):
            token = self.tokens[n]
            if token.kind in ("plan", "expect", "from", "refute", "this", "condition") or (
                token.kind == "to" and coming
            ):
                break
            if token.kind == "part" and not far:
                break
            if token.kind == "date" or (token.kind == "mark" and token.what in "；："):
                break
            if token.kind in ("mark", "and"):
                clause = self.tokens[n + 1 : index]
                if any(t.kind in VERBS for t in clause) or (token.kind == "mark" and self._verb_behind(index)):
                    break
            if token.kind == "number":
                anchor = n
        return anchor

    def _verb_behind(self, index: int) -> bool:
        """Whether the number is the subject of a verb of its own (…, and 219 firms were listed in 2024)."""
        for token in self.tokens[index + 1 :]:
            if token.kind in ("mark", "and", "number"):
                return False
            if token.kind in ("link", "total"):
                return True
        return False

    def _behind_part(self, index: int) -> bool:
        """Including 148 companies: so many of what was said."""
        at = index - 1
        while at >= 0 and self.tokens[at].kind in ("function", "adjective", "place", "date"):
            at -= 1
        return at >= 0 and self.tokens[at].kind == "part"

    def _compared(self, index: int) -> bool:
        """Up from 1,500 (a year earlier), compared with 1,500: a figure only compared with."""
        words = self.folded[max(0, self.tokens[index].start - 16) : self.tokens[index].start].lower()
        lone = bool(re.search(r"from (?:just |only |about )?$", words)) and not any(
            t.kind == "to" and t.start > self.tokens[index].start for t in self.tokens
        )
        return lone or bool(re.search(r"(?:compared (?:with|to)|against|versus|than) (?:just |only |about )?$", words))

    def _base(self, index: int, tail: _Tail) -> None:
        """A figure compared with is one of its own date, or nothing."""
        if not tail.dates:
            tail.refused = "no_date"
            return
        at = self.tokens[index].start
        self.before.setdefault(index, []).append(mark("（", at))
        self.after.setdefault(index, []).append(mark("）", self.tokens[index].end))
        tail.share = [self.tokens[tail.dates[0]]]
        tail.dropped += tail.dates
        tail.dates = []

    # -- percentages ----------------------------------------------------------------------------------------------------
    def _percent(self, index: int, tail: _Tail) -> None:
        """Growth, a share of a larger place, or a ratio."""
        topic = next((t for t in reversed(self.tokens[:index]) if t.kind == "name"), None)
        growing = self._growing(index)
        if tail.share or tail.refused:
            self._drop_share(index)
        elif tail.growth is None and growing is not None:
            tail.growth = growing
        if growing is not None or tail.growth is not None:
            for n in [n for n in tail.dates if _BASE.match(self._text(n))]:
                at = self.tokens[n].start
                tail.share = [Token("compare", Cue("compare", "比"), at, at), self.tokens[n]]
                tail.dates.remove(n)
                tail.dropped.append(n)
            return
        if topic is None and any(t.kind == "this" for t in self.tokens[:index]):
            tail.share = tail.share or [_share_at(self.tokens[index].start)]
        elif not tail.share and topic is not None and not tail.refused:
            if topic.what.whole:
                tail.refused = "share"
            elif self._percent_indicator(topic):
                self._drop_share(index)
                tail.share = [_share_at(self.tokens[index].start)]

    def _percent_indicator(self, name: Token) -> bool:
        indicator = self.catalogue.indicators[name.what.options[0][0]]
        return self.catalogue.units[indicator.unit].kind == "percent"

    def _growing(self, index: int) -> int | None:
        """The verb or noun of growth before a percentage, in its clause."""
        for n in range(index - 1, -1, -1):
            token = self.tokens[n]
            if token.kind in ("grow", "fall") and n not in self.removed:
                return n
            if token.kind in ("number", "other", "mark", "name", "share", "to") and n not in self.removed:
                return None
        return None

    def _drop_share(self, index: int) -> None:
        for n in range(index - 1, -1, -1):
            if self.tokens[n].kind == "share":
                self.removed.add(n)
            if self.tokens[n].kind in ("number", "mark"):
                return

    # -- what follows a number ----------------------------------------------------------------------------------------
    def _tail(self, index: int) -> _Tail:
        tail, at, tie = _Tail(refused=self._difference(index)), index + 1, ""
        percent, money = self.tokens[index].what.unit == "%", self.tokens[index].what.unit != "个"
        while at < len(self.tokens) and not tail.refused:
            token, kind = self.tokens[at], self.tokens[at].kind
            if kind == "of" and percent and tail.growth is None:
                at = self._whole(index, at, tail)
                continue
            if kind in ("of", "prep", "relative", "from"):
                tie = word_of(token) if kind != "from" else "from"
            elif kind == "place":
                tail.places.append(at)
                tie = ""
            elif kind == "date":
                tail.dates.append(at)
                tie = ""
            elif kind in _POSTPOSED and not (kind == "new" and (tail.name is not None or tail.noun or tie)):
                tail.cues.append(at)
                if (
                    kind == "average"
                    and at + 1 < len(self.tokens)
                    and self.tokens[at + 1].kind in ("word", "noun", "function", "name")
                ):
                    at += 1
            elif kind in ("plan", "expect"):
                tail.cues.append(at)
                tail.verb, tie = True, ""
            elif kind == "part" and at == index + 1:
                tail.part = at  # 24 of which won the title last year
            elif kind in ("grow", "fall"):
                if not percent or tail.growth is not None or tail.places or tail.dates:
                    break
                tail.growth = at
            elif kind == "noun":
                if tail.noun or tail.name is not None:
                    break
                tail.noun = True
                tail.refused = "no_indicator" if money else ""
                tie = ""
            elif kind == "name":
                if not self._take_name(index, at, tail, tie):
                    break
                tie = ""
            elif kind in ("award", "link", "total", "predicate") or (kind == "new" and tail.noun and tail.name is None):
                if kind == "new":
                    tail.cues.append(at)
                tail.award = tail.award or kind == "award"
                tail.verb, tie = True, ""
            elif kind == "release" and (tail.name is not None or tail.noun) and not tail.verb:
                tail.refused = "unknown_word"
            elif kind in ("word", "other"):
                self._unknown(tail, tie, adjacent=self._adjacent(index, at))
                if not tail.verb or tail.name is None:
                    break
                tie = ""
            elif kind == "mark" and token.what == "（":
                at = self._closing(at)
            elif kind == "mark" and token.what == "，" and self._frame_only(at + 1):
                tail.far = True
            elif kind == "and" and self._same_again(at):
                pass
            elif kind not in ("function", "adjective"):
                break
            elif tie == "with" and word_of(token) in ("combined", "total", "overall", "aggregate"):
                break
            elif word_of(token) in ("as", "by", "to", "after", "while", "amid"):
                tie = ""
            at += 1
        if tail.name is not None and tail.noun and not (tail.award or tail.verb):
            tail.award = False
        return tail

    def _difference(self, index: int) -> str:
        """12 more than a year earlier, another 30: what is added to something, not how many there are."""
        if self.tokens[index].what.unit == "%":
            return ""
        behind = self.folded[self.tokens[index].end :].lower()
        return (
            "growth"
            if re.match(r" (?:percent )?(?:more|fewer|less|higher|lower|larger|greater)(?: [a-z]+)? than", behind)
            else ""
        )

    def _take_name(self, index: int, at: int, tail: _Tail, tie: str) -> bool:
        """Whether a name behind the number is what it counts; False ends the tail."""
        name, quantity = self.tokens[at], self.tokens[index].what
        fits = quantity.unit == "个" or quantity.unit in self._unit_words(name)
        kind = self.catalogue.units[self.catalogue.indicators[name.what.options[0][0]].unit].kind
        if quantity.unit == "个" and kind != "count":
            fits = False
        if self.tokens[index].what.unit == "%" and tail.growth is not None and tie in ("in", "of", "for"):
            tail.share = [self.tokens[at]]  # 8 percent growth in industrial output
            tail.dropped.append(at)
            return True
        if tail.name is not None and not tail.award:
            if tie in _TYING and not tail.verb:
                tail.refused = "unknown_word"
            return False
        if not fits:
            if not tail.verb:
                tail.refused = "no_indicator"
            return False
        tail.name = at
        return True

    def _unit_words(self, name: Token) -> Sequence[str]:
        indicator = self.catalogue.indicators[name.what.options[0][0]]
        return [*self.catalogue.units[indicator.unit].words]

    def _adjacent(self, index: int, at: int) -> bool:
        """Whether only adjectives stand between a number and an unknown word."""
        return all(t.kind in ("adjective", "new") for t in self.tokens[index + 1 : at])

    @staticmethod
    def _unknown(tail: _Tail, tie: str, *, adjacent: bool) -> None:
        """An unknown word behind a number: what it counts, what narrows it, or the next thing said."""
        if tail.verb and tail.name is not None:
            return
        if tail.name is not None or tail.noun:
            if tail.verb and not tail.name:
                tail.refused = "no_indicator"
            elif not tail.places or tie:
                tail.refused = "unknown_word"
        elif adjacent or tie in _TYING:
            tail.refused = "no_indicator"

    def _closing(self, at: int) -> int:
        """The bracket that closes the one here."""
        depth = 0
        for n in range(at, len(self.tokens)):
            if self.tokens[n].kind == "mark":
                depth += (self.tokens[n].what == "（") - (self.tokens[n].what == "）")
            if not depth:
                return n
        return len(self.tokens)

    def _frame_only(self, at: int) -> bool:
        """Whether nothing but a date, year-on-year or respectively stands up to the next mark."""
        seen = False
        for token in self.tokens[at:]:
            if token.kind == "mark":
                return seen
            if token.kind in ("date", "yoy", "each"):
                seen = True
            elif token.kind not in ("function", "prep", "adjective"):
                return False
        return seen

    def _same_again(self, at: int) -> bool:
        """In 2023 and 2024: a list of dates goes on."""
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return following is not None and following.kind == "date" and self.tokens[at - 1].kind == "date"

    def _whole(self, index: int, at: int, tail: _Tail) -> int:
        """What a percentage is a share of, from *of* on; the index behind it."""
        topic = next((t for t in reversed(self.tokens[:index]) if t.kind == "name"), None)
        if topic is not None and topic.what.whole and (end := self._of_whole(topic.what.whole, at)):
            tail.dropped += range(at, end)
            tail.share = [_share_at(self.tokens[index].start)]
            return end
        place: Token | None = None
        name: Token | None = None
        n = at + 1
        while n < len(self.tokens) and self.tokens[n].kind in (
            "adjective",
            "function",
            "place",
            "this",
            "name",
            "prep",
        ):
            if self.tokens[n].kind == "place":
                place = self.tokens[n]
            if self.tokens[n].kind == "name":
                name = self.tokens[n]
            n += 1
        if place is None or (n < len(self.tokens) and self.tokens[n].kind in ("word", "noun", "other") and not name):
            tail.refused = "share"
            return n
        tail.dropped += range(at, n)
        same = name is None or (topic is not None and topic.what.options == name.what.options)
        if topic is None and name is not None:
            tail.share = [name]
        elif not same:
            tail.refused = "share"
        tail.share += [_share_at(self.tokens[index].start), place]
        return n

    def _of_whole(self, whole: str, at: int) -> int:
        """The index behind the whole of a ratio (of the city's GDP), or 0 where something else follows."""
        words = whole.split()
        end = at
        while end < len(self.tokens) and self.tokens[end].kind not in ("mark", "date", "number", "and"):
            end += 1
        if end == at:
            return 0
        stretch = self.folded[self.tokens[at].end : self.tokens[end - 1].end].lower()
        for token in self.tokens[at:end]:
            if token.kind == "place":
                piece = self.folded[token.start : token.end].lower()
                stretch = stretch.replace(piece, "the")
        left = [item.word for item in names.plain(stretch) if item.word not in _LEADING]
        return end if left[: len(words)] == words else 0

    # -- parts ----------------------------------------------------------------------------------------------------------
    def _parts(self) -> None:
        """Including 148 in SIP, 120 in Kunshan: a bracket, so that what it names ends with it."""
        n = 0
        while n < len(self.tokens):
            if self.tokens[n].kind == "part" and n not in self.removed:
                end, start = self._part_end(n), self.part_starts.get(n, n)
                opening = [mark("（", self.tokens[start].start)]
                if start != n:
                    opening.append(self.tokens[n])
                    self.removed.add(n)
                self.first[start] = (
                    [*opening, *self.first.get(start, [])] if start != n else [*self.first.get(n, []), *opening]
                )
                self.after.setdefault(end, []).append(mark("）", self.tokens[end].end))
                n = end
            n += 1

    def _part_end(self, start: int) -> int:
        end = start
        for n in range(start + 1, len(self.tokens)):
            token = self.tokens[n]
            if token.kind == "mark" and token.what in "；。（）":
                break
            if token.kind == "mark" and not self._goes_on(n + 1):
                break
            end = n
        return end

    def _goes_on(self, at: int) -> bool:
        """Whether the segment from here is one more member of the list: numbers and places, no verb."""
        numbers = False
        for token in self.tokens[at:]:
            if token.kind == "mark":
                break
            if token.kind in (*VERBS, "plan", "expect", "grow", "fall", "this", "date"):
                return False
            numbers = numbers or token.kind in ("number", "other")
        return numbers


_LEADING = frozenset(
    "the its their total gross above-scale regional local a s this that year's municipal provincial overall all".split()
)


def _share_at(at: int) -> Token:
    return Token("share", Cue("share", "占"), at, at)

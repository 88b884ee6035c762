"""English names of indicators, found in whatever spelling: companies or firms, -level or not, hyphens, plurals.

In: the folded text and the `english` names of the catalogue. Out: mentions of `Call`. Text and names are brought to one
plain form word by word and compared as such, so that the catalogue writes each name once. In a name … stands for a few
words; in the name of a percentage it stands for the percentage itself (R&D spending … of GDP).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.catalogue import Catalogue
from etl.model import Mention, Span
from etl.recognise.indicators import Call, Option

_GAP_WORDS = 7  # … stands for at most so many words
_WORD = re.compile(r"\d+(?:\.\d+)?[a-z]*|[a-z]+(?:&[a-z]+)*")
_FRONT = re.compile(
    r"(?:percent |per cent |pct |% ?)of (?:all |the |its |their |local |[a-z]+'s |the [a-z]+'s ){0,3}\Z"
)  # before such a name
_AROUND_FIGURE = re.compile("(?P<own>.+) … (?:of|in) (?P<whole>.+)")
_JOIN = re.compile(r"[\s\-/]*'?[\s\-/]*")  # what may stand between the words of one name

_ABBREVIATED = re.compile(r" ?\(")

_SAME: dict[str, str] = {
    "company": "enterprise", "firm": "enterprise", "business": "enterprise", "corporation": "enterprise", "centre": "center",
    "plant": "factory", "lab": "laboratory", "programme": "program", "technology": "tech", "intelligent": "smart", "hi": "high",
    "expenditure": "spending", "industry": "industrial", "industries": "industrial", "petaflop": "pflops", "talent": "talent",
    "specialized": "specialised", "recognized": "recognised", "set": "set", "dataset": "data set", "state": "national", "country": "national",
    "province": "provincial", "city": "municipal", "nationally": "national", "datum": "data", "organisation": "institution",
    "organization": "institution", "institute": "institute", "renminbi": "yuan", "rmb": "yuan", "scenario": "scenario", "total": "gross",
}  # fmt: skip
#: Runs of plain words that mean one: the first column as the text has it.
_PHRASES: dict[tuple[str, ...], str] = {
    tuple(phrase.split()): word
    for phrase, word in {
        "artificial intelligence": "ai", "ai related": "ai", "artificial intelligence related": "ai", "small and medium sized enterprise": "sme", "small and medium enterprise": "sme",
        "small and mid sized enterprise": "sme", "small and medium size enterprise": "sme", "small to medium sized enterprise": "sme",
        "research and development": "r&d", "gross domestic product": "gdp", "regional gdp": "gdp", "national level": "national",
        "provincial level": "provincial", "municipal level": "municipal", "high level": "high level",
        "above the designated size": "above-scale", "above designated size": "above-scale", "above the designated scale": "above-scale",
        "above designated scale": "above-scale", "above scale": "above-scale", "above the official size": "above-scale",
        "above official size": "above-scale", "above the official size threshold": "above-scale", "above the designated size threshold": "above-scale",
        "above the statutory size": "above-scale", "above the size threshold": "above-scale", "above the official threshold": "above-scale",
        "above a designated size": "above-scale", "fifth generation": "5g", "level class of": "level", "level tier of": "level", "level category of": "level", "data set": "dataset", "hong kong": "hongkong",
        "new and high tech": "high tech", "hightech": "high tech", "5g enabled": "5g", "5g powered": "5g", "added value": "value added",
        "science and tech based": "tech based", "science and tech": "tech", "sci tech": "tech",
    }.items()
}  # fmt: skip
_MOST = max(map(len, _PHRASES))
#: Words that may stand inside a name and say nothing.
_SKIPPED = frozenset("the its their local s a an combined overall annual regional".split())
_ARTICLES = frozenset("the a an".split())  # the output of the AI industry, the output of its AI industry
_LIKE_OF = frozenset("in from by".split())
_RANKS = {"municipal", "district", "county", "park", "provincial"}  # the city's, the park's …
#: Words that may follow the name of something counted and name the same things.
_AFTER = frozenset(
    "enterprise title list roster catalog catalogue sme honor honour status designation directory recognition label badge certification accreditation distinction system standard scheme".split()
)


@dataclass(frozen=True, slots=True)
class Named(Call):
    """An English name. Where `whole` is not empty, it is the indicator only of a percentage of that (… of GDP).

    Several wholes stand with | between them. A name in `front` has its percentage before it (90 percent of industrial
    enterprises … covered).
    """

    whole: str = ""
    front: bool = False


class Item(NamedTuple):
    """One plain word of a text and where it stands. `joined`: no mark stands between it and the word before."""

    word: str
    start: int
    end: int
    joined: bool


class _Match(NamedTuple):
    """A name found: the index behind it, the index behind the last place inside it or 0, and what it means."""

    end: int
    first: int
    call: tuple[str, str]


@dataclass(slots=True)
class _Node:
    """A node of the tree of names: the words that may follow, and the names that end here."""

    next: dict[str, _Node] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)  # indicator, and the whole it is a share of


def plain(lower: str) -> list[Item]:
    """The words of a text, given in lower case, in their plain form.

    >>> [item.word for item in plain("national-level high-tech firms")]
    ['national', 'high', 'tech', 'enterprise']
    """
    items: list[Item] = []
    at = 0
    for match in _WORD.finditer(lower):
        joined = _JOIN.fullmatch(lower, at, match.start()) is not None
        items.append(Item(_plain(match[0]), *match.span(), joined))
        at = match.end()
    return _without_abbreviations(_merged(items), lower)


def _without_abbreviations(items: list[Item], lower: str) -> list[Item]:
    """Artificial intelligence (AI) companies: what only says the word before it again, in brackets, stands in no name."""
    found: list[Item] = []
    closed = -1  # where such a bracket ends, and what follows is joined again
    for item in items:
        again = found and item.word == found[-1].word and _ABBREVIATED.fullmatch(lower, found[-1].end, item.start)
        if again and lower.startswith(")", item.end):
            closed = item.end + 1
            continue
        joined = item.joined or (closed > 0 and _JOIN.fullmatch(lower, closed, item.start) is not None)
        found.append(item._replace(joined=joined))
        closed = -1
    return found


def _plain(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "flops")):
        word = (
            word[:-3] + "y"
            if word.endswith("ies")
            else word[:-2]
            if word.endswith(("ches", "shes", "xes", "sses"))
            else word[:-1]
        )
    return _SAME.get(word, word)


def _merged(items: list[Item]) -> list[Item]:
    found: list[Item] = []
    at = 0
    while at < len(items):
        for size in range(min(_MOST, len(items) - at), 1, -1):
            run = items[at : at + size]
            word = _PHRASES.get(tuple(item.word for item in run))
            if word and all(item.joined for item in run[1:]):
                parts = word.split()
                found += [Item(part, run[0].start, run[-1].end, run[0].joined or n > 0) for n, part in enumerate(parts)]
                at += size
                break
        else:
            found.append(items[at])
            at += 1
    return found


class Reader:
    """The English names of one catalogue as a tree of plain words."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._root, self._front = _Node(), _Node()
        self._counted: set[str] = set()
        places = {name for place in catalogue.places.values() for name in place.strong} | catalogue.elsewhere
        self._places = {word for name in places if name.isascii() and name.isalpha() for word in _words(name)} | _RANKS
        for indicator in catalogue.indicators.values():
            kind = catalogue.units[indicator.unit].kind
            if kind == "count":
                self._counted.add(indicator.id)
            for name in indicator.english:
                root = self._front if name.startswith("… of ") else self._root
                for words, whole in _forms(name.removeprefix("… of "), kind):
                    self._learn(root, words, indicator.id, whole)

    @staticmethod
    def _learn(node: _Node, words: Iterable[str], indicator: str, whole: str) -> None:
        for word in words:
            if word not in _ARTICLES:
                node = node.next.setdefault(word, _Node())
        whole = " ".join(word for word in whole.split() if word not in _ARTICLES)
        if node.calls and node.calls[0][0] == indicator and node.calls[0][1] and whole:
            whole = f"{node.calls.pop()[1]}|{whole}"  # of industrial output, of output
        node.calls.append((indicator, whole))

    def mentions(self, lower: str) -> Iterator[Mention[Call]]:
        """The longest name at each place of the text, given in lower case."""
        items = plain(lower)
        at = 0
        while at < len(items):
            front = self._behind_percentage(items, at, lower)
            found = front or self._longest(items, at, self._root, 0)
            if found is None:
                at += 1
                continue
            end, first, (indicator, whole) = found.end, max(found.first, at), found.call
            if lower.startswith("industry's", items[first].start) or self._value_added(items, first):
                at += 1
                continue  # the industry's output: of some industry, not of all
            if indicator in self._counted:
                end = self._goes_on(items, end)
            span = Span(items[first].start, items[end - 1].end)
            options = (Option(indicator, "", "", ""),)
            what = Named(lower[span.start : span.end], options, whole=whole, front=front is not None)
            yield Mention(what, span, "English name")
            at = end

    @staticmethod
    def _value_added(items: list[Item], first: int) -> bool:
        """Value-added output of industrial enterprises: no output, whatever its tail is the name of."""
        before = [item.word for item in items[max(0, first - 2) : first]]
        return items[first].word == "output" and before == ["value", "added"] and items[first].joined

    def _behind_percentage(self, items: list[Item], at: int, lower: str) -> _Match | None:
        """The longest name that begins here and has its percentage before it."""
        if items[at].word not in self._front.next or not _FRONT.search(
            lower, max(0, items[at].start - 40), items[at].start
        ):
            return None
        found = self._longest(items, at, self._front, 0)
        return None if found and lower.startswith(" by ", items[found.end - 1].end) else found  # covered by insurance

    def _begins(self, node: _Node) -> bool:
        return node is self._root or node is self._front

    def _longest(self, items: list[Item], at: int, node: _Node, skipped: int) -> _Match | None:
        """The longest name that goes on from here; a place inside it is passed over and keeps its own mention."""
        best = _Match(at, 0, node.calls[0]) if node.calls and not skipped else None
        if at == len(items) or (not self._begins(node) and not items[at].joined):
            return best
        word = items[at].word
        choices = [best]
        if word in _LIKE_OF and (of := node.next.get("of")) and not of.calls:
            choices.append(self._longest(items, at + 1, of, 0))  # revenue in the software industry
        if child := node.next.get(word):
            choices.append(self._longest(items, at + 1, child, 0))
        if not self._begins(node) and skipped < 3 and (word in _SKIPPED or word in self._places):
            found = self._longest(items, at + 1, node, skipped + 1)
            if found and word in self._places and not found.first:
                found = found._replace(first=at + 1 + (items[at + 1].word == "s"))
            choices.append(found)
        if gap := node.next.get("…"):
            choices += [self._behind_gap(items, at, n, gap) for n in range(_GAP_WORDS) if _run(items, at, n)]
        return max(choices, key=lambda match: match.end if match else -1)

    def _behind_gap(self, items: list[Item], at: int, size: int, node: _Node) -> _Match | None:
        """The rest of a name behind so many words; a place among them keeps its own mention."""
        found = self._longest(items, at + size, node, 0)
        places = [n for n in range(at, at + size) if items[n].word in self._places]
        if found is None or found.first or not places:
            return found
        last = places[-1] + 1
        return found._replace(first=last + (last < at + size and items[last].word == "s"))

    @staticmethod
    def _goes_on(items: list[Item], end: int) -> int:
        """Title, list or companies behind the name of something counted belong to it."""
        while end < len(items) and items[end].joined and items[end].word in _AFTER:
            end += 1
        return end


def _run(items: list[Item], at: int, size: int) -> bool:
    """Whether so many words stand together, and one more."""
    return at + size < len(items) and all(item.joined for item in items[at : at + size + 1])


def _forms(name: str, kind: str) -> Iterator[tuple[list[str], str]]:
    """The plain words of a name, and the whole that is to follow the figure (R&D spending … of GDP, … in revenue)."""
    split = _AROUND_FIGURE.fullmatch(name)
    if split is None or kind not in ("percent", "money"):
        yield [part for piece in re.split("(…)", name) for part in ([piece] if piece == "…" else _words(piece))], ""
        return
    own, of = _words(split["own"]), _words(split["whole"])
    yield own, " ".join(of)
    for share in ("share", "proportion", "percentage", "ratio") if kind == "percent" else ():
        yield [*own, "as", "a", share, "of", *of], ""
        yield [*own, "share", "of", *of], ""
        yield [share, "of", *own, "in", *of], ""
        yield [share, "of", *own, "to", *of], ""
        yield [*own, "to", *of, "ratio"], ""


def _words(text: str) -> list[str]:
    return [item.word for item in plain(text.lower())]

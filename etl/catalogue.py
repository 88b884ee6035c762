"""metrics.yaml as values: units, categories, places and indicators, with the words that name them.

In: the path of metrics.yaml. Out: a frozen `Catalogue`, or one `InputError` with every problem of the file, each as
place, fault, found and remedy. What the words mean in a sentence is the business of `etl.recognise`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from etl.errors import InputError
from etl.strict_yaml import Sheet, Written, parse

T = TypeVar("T")

UNIT_KINDS = ("money", "percent", "area", "computing", "count")
KINDS = ("stock", "flow", "list")
CADENCES = ("monthly", "quarterly", "yearly", "irregular")
RANKS = ("campus", "park", "district", "city_county", "city", "province", "country")
GAP = "…"  # inside a name: a few characters of whatever kind

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_SHORT = {"short_zh": 12, "short_en": 32}  # characters that fit on a card


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the catalogue. `words` are the unit words of prose, each with its factor to this unit."""

    id: str
    kind: str
    name_zh: str
    name_en: str
    words: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Category:
    """A group of indicators."""

    id: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Name:
    """One way to call an indicator: a fixed name, or a head that means it at one of `levels` or under `theme`."""

    text: str
    levels: tuple[str, ...] = ()
    theme: str = ""
    scope: str = ""  # a narrower or wider definition that the name stands for


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which what is counted changed; figures before and after are not one line."""

    day: date
    note_zh: str
    note_en: str
    source: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `source` says where the definition stands, or ``as the articles use it``.

    `kind`: a stock is counted on a day, a flow adds up over a period (a ratio takes the kind of what it divides), a
    list is published once a year. `cumulative`: a stock that only adds up, never falls. `scopes` are narrower, wider or
    older definitions: code -> Chinese, English. `batches`: years in which the first, the second … one was made known.
    `within`: the indicator of which what this one counts is a part by definition.
    """

    id: str
    category: str
    unit: str
    kind: str
    cumulative: bool
    headline: bool
    cadence: str
    name_zh: str
    name_en: str
    short_zh: str
    short_en: str
    definition_zh: str
    definition_en: str
    source: str
    called: tuple[Name, ...]
    english: tuple[str, ...]
    scopes: dict[str, tuple[str, str]]
    breaks: tuple[Break, ...]
    batches: tuple[int, ...] = ()
    within: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place whose figures are kept. `weak` names mean it only in an article that is about it.

    `rank` tells what it can be called in its own articles: 全市, 全区, 全省, 全国. `within` is the next larger place.
    """

    id: str
    name_zh: str
    name_en: str
    within: str
    rank: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of metrics.yaml. The headline indicators come first, otherwise the order of the file holds."""

    units: dict[str, Unit]
    categories: dict[str, Category]
    indicators: dict[str, Indicator]
    places: dict[str, Place]
    elsewhere: frozenset[str]
    levels: dict[str, tuple[str, ...]]
    themes: dict[str, tuple[str, ...]]
    lookalikes: tuple[str, ...]
    sha256: str

    def __eq__(self, other: object) -> bool:
        """The same file: what is made of a catalogue may be kept for the next that reads so."""
        return isinstance(other, Catalogue) and self.sha256 == other.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    @classmethod
    def load(cls, path: Path) -> Catalogue:
        """Read metrics.yaml; `InputError` with all its problems, sorted by line, where there are any."""
        sheet = Sheet(str(path))
        try:
            content = path.read_bytes()
        except OSError as error:
            sheet.fault(1, f"cannot be read ({error.strerror}); name a file that can, with --catalogue")
            raise InputError(sheet.problems) from error
        catalogue = _catalogue(parse(content, sheet), hashlib.sha256(content).hexdigest())
        if sheet.problems:
            raise InputError(sheet.problems)
        return catalogue


def _catalogue(root: Written, sha256: str) -> Catalogue:
    top = root.fields(("units", "categories", "places", "indicators"), ("elsewhere", "levels", "themes", "lookalikes"))
    names = _Names()
    units, categories = _table(top["units"], _unit), _table(top["categories"], _category)
    levels, themes = _table(top["levels"], Written.texts), _table(top["themes"], Written.texts)
    words = _Words(names, frozenset(levels), frozenset(themes))
    ids = top["indicators"].entries()
    indicators = _table(top["indicators"], lambda entry: _indicator(entry, ids, units, categories, words))
    return Catalogue(
        units=units,
        categories=categories,
        indicators=dict(sorted(indicators.items(), key=lambda pair: not pair[1].headline)),
        places=_places(top["places"], names),
        elsewhere=_elsewhere(top["elsewhere"], names),
        levels=levels,
        themes=themes,
        lookalikes=top["lookalikes"].texts(),
        sha256=sha256,
    )


class _Names:
    """The names given so far: no name means two things in one sense."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str], str] = {}

    def claim(self, written: Written, name: str, sense: str) -> None:
        """Take a name in one sense (place, or indicator at a level); a fault where it is taken already."""
        if owner := self._taken.get(meaning := (sense, name.casefold())):
            written.fault(f'{written.key} "{name}" is taken by {owner}; write it once')
        elif name:
            self._taken[meaning] = f"{written.trail} on line {written.line}"


@dataclass(frozen=True, slots=True)
class _Words:
    """What the names of indicators may refer to, and the names given so far."""

    names: _Names
    levels: frozenset[str]
    themes: frozenset[str]

    def called(self, entry: Written) -> tuple[Name, ...]:
        """Read `called`: fixed names as texts, heads as mappings."""
        return tuple(self._head(item) if item.is_mapping() else self._fixed(item) for item in entry.items())

    def english(self, entry: Written) -> tuple[str, ...]:
        """Read the fixed English names."""
        for item in entry.items():
            self.names.claim(item, item.text(), "indicator")
        return entry.texts()

    def _fixed(self, item: Written) -> Name:
        if not (text := item.text()):
            item.fault(f"{item.key} has an empty member; write a name or take it out")
        elif text.startswith(GAP) or text.endswith(GAP):
            item.fault(f'{item.key} "{text}" begins or ends with {GAP}; put the {GAP} between words or take it out')
        self.names.claim(item, text, "indicator")
        return Name(text)

    def _head(self, item: Written) -> Name:
        row = item.fields(("head",), ("level", "theme", "scope"))
        if item and not (row["level"] or row["theme"] or row["scope"]):
            item.fault(
                f'{item.key} "{row["head"].text()}" has no level, theme or scope; add one or write the name alone'
            )
        levels = tuple(level.choice(self.levels, "under levels") for level in row["level"].items())
        theme = row["theme"].choice(self.themes, "under themes")
        for level in levels or ("",):
            self.names.claim(item, row["head"].text(), f"indicator {level} {theme}")
        return Name(row["head"].text(), levels, theme, row["scope"].text())


def _table(written: Written, read: Callable[[Written], T]) -> dict[str, T]:
    """Read each entry of a mapping from ids to things."""
    for entry in (entries := written.entries()).values():
        if not _ID.fullmatch(entry.key):
            entry.fault(f'id "{entry.key}" is not an id; begin with a letter and go on with a–z, 0–9 and _')
    return {key: read(entry) for key, entry in entries.items()}


def _unit(entry: Written) -> Unit:
    row = entry.fields(("kind", "name_zh", "name_en", "words"))
    return Unit(
        id=entry.key,
        kind=_one_of(row["kind"], UNIT_KINDS),
        name_zh=row["name_zh"].text(),
        name_en=row["name_en"].text(),
        words={word: factor.number() for word, factor in row["words"].entries().items()},
    )


def _category(entry: Written) -> Category:
    row = entry.fields(("name_zh", "name_en"))
    return Category(entry.key, row["name_zh"].text(), row["name_en"].text())


_REQUIRED = (
    *("category", "unit", "kind", "cadence", "name_zh", "name_en", "short_zh", "short_en"),
    *("definition_zh", "definition_en", "source", "called"),
)


def _indicator(
    entry: Written, ids: Collection[str], units: Collection[str], categories: Collection[str], words: _Words
) -> Indicator:
    row = entry.fields(_REQUIRED, ("headline", "cumulative", "english", "scopes", "breaks", "batches", "within"))
    called, scopes = words.called(row["called"]), _table(row["scopes"], _scope)
    if row["cumulative"].flag() and row["kind"].text() != "stock":
        row["cumulative"].fault("cumulative is for a stock; take it out, what adds up over a period does so anyway")
    for item, name in zip(row["called"].items(), called, strict=True):
        if name.scope and name.scope not in scopes:
            item.fault(f'{item.key} scope "{name.scope}" is not under scopes; list it there or take it out')
    return Indicator(
        id=entry.key,
        category=row["category"].choice(categories, "under categories"),
        unit=row["unit"].choice(units, "under units"),
        kind=_one_of(row["kind"], KINDS),
        cumulative=row["cumulative"].flag(),
        headline=row["headline"].flag(),
        cadence=_one_of(row["cadence"], CADENCES),
        name_zh=row["name_zh"].text(),
        name_en=row["name_en"].text(),
        short_zh=_short(row["short_zh"]),
        short_en=_short(row["short_en"]),
        definition_zh=row["definition_zh"].text(),
        definition_en=row["definition_en"].text(),
        source=row["source"].text(),
        called=called,
        english=words.english(row["english"]),
        scopes=scopes,
        breaks=tuple(_break(item) for item in row["breaks"].items()),
        batches=tuple(_year(item) for item in row["batches"].items()),
        within=row["within"].choice(ids, "under indicators"),
    )


def _scope(entry: Written) -> tuple[str, str]:
    row = entry.fields(("zh", "en"))
    return row["zh"].text(), row["en"].text()


def _break(item: Written) -> Break:
    row = item.fields(("day", "note_zh", "note_en", "source"))
    return Break(row["day"].day(), row["note_zh"].text(), row["note_en"].text(), row["source"].text())


def _year(item: Written) -> int:
    if not re.fullmatch("20\\d\\d", text := item.text()):
        item.fault(f'{item.key} "{text}" is no year; write four digits, such as 2024')
        return 0
    return int(text)


def _short(written: Written) -> str:
    if len(text := written.text()) > (most := _SHORT[written.key]):
        written.fault(f'{written.key} "{text}" has {len(text)} characters; shorten it to {most}')
    return text


def _places(written: Written, names: _Names) -> dict[str, Place]:
    rows = {
        key: entry.fields(("name_zh", "name_en", "rank", "strong"), ("within", "weak"))
        for key, entry in _table(written, lambda entry: entry).items()
    }
    ranks = {key: _one_of(row["rank"], RANKS) for key, row in rows.items()}
    return {key: _place(key, row, ranks, names) for key, row in rows.items()}


def _place(key: str, row: dict[str, Written], ranks: dict[str, str], names: _Names) -> Place:
    within = row["within"].choice(ranks, "under places")
    if within and (own := ranks[key]) and (its := ranks[within]) and RANKS.index(own) >= RANKS.index(its):
        row["within"].fault(f'within "{within}" is a {its} and no larger than a {own}; name a larger place')
    for item in [*row["strong"].items(), *row["weak"].items()]:
        names.claim(item, item.text(), "place")
    return Place(
        id=key,
        name_zh=row["name_zh"].text(),
        name_en=row["name_en"].text(),
        within=within,
        rank=ranks[key],
        strong=row["strong"].texts(),
        weak=row["weak"].texts(),
    )


def _elsewhere(written: Written, names: _Names) -> frozenset[str]:
    """Read the names of other places, words between spaces; where the list comes from is for people only."""
    row = written.fields(("source", "licence", "names"))
    for key in ("source", "licence"):  # read to be checked, then left
        row[key].text()
    found: set[str] = set()
    for province in row["names"].entries().values():
        for name in province.text().split():
            names.claim(province, name, "place")
            found.add(name)
    return frozenset(found)


def _one_of(written: Written, allowed: tuple[str, ...]) -> str:
    return written.choice(allowed, f"one of {', '.join(allowed)}", "write one of them")

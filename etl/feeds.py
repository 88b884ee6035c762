"""Where new articles come from by themselves: the feeds and list pages of feeds.yaml, looked at politely.

In: the `Request` of a refresh that is about to be made, and the manners of fetching. Out: the request with the counts of what
came and the problems of what could not be had; the articles themselves lie in the folder then, by `etl.intake`. One feed
that fails stops no other, and no refresh.

    feeds.yaml ──▶ the listing, asked only for what is new ──▶ its entries
                   each entry that is new or may have changed ──▶ the page, asked likewise ──▶ taken in
                                                                  if it names a place and an indicator

`data/feeds.jsonl` remembers every address: one line, a JSON object, for each visit that brought something to know.

    url         the address
    seen        when that became known, in UTC
    became      listing · taken · known (its text was there before) · passed over (it names no place with an indicator)
                · refused (it cannot be read) · gone (its host has it no more)
    feed        the listing that named it
    file        the article that it became
    reason      why it was refused
    stamp       when the host said it was changed
    etag, modified     what the host said of the version at hand

An article that was changed at its host is read anew: its text takes the place of the older one, whose original stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from etl import durable, intake, listings
from etl.catalogue import Catalogue
from etl.errors import EtlError, InputError, Problem, told
from etl.fetch import Fetched, FetchError, Known
from etl.listings import Entry
from etl.manners import Manners
from etl.model import About
from etl.pipeline import Request
from etl.strict_yaml import Sheet, Written, parse

FILE = "feeds.yaml"
SEEN = "feeds.jsonl"

_GONE = (404, 410)
_COUNTS = {"new": "arrived", "entered": "arrived", "edited": "edited", "passed over": "passed"}


@dataclass(frozen=True, slots=True)
class Feed:
    """One entry of feeds.yaml. `articles`: the pattern of the addresses wanted, for a list page; empty for a feed."""

    url: str
    at: Problem
    articles: str = ""
    about: About = field(default_factory=About)


@dataclass(frozen=True, slots=True)
class Visit:
    """What is known of an address; the module says what its keys mean."""

    url: str
    seen: str
    became: str
    feed: str = ""
    file: str = ""
    reason: str = ""
    stamp: str = ""
    etag: str = ""
    modified: str = ""

    def line(self) -> bytes:
        """The visit as it stands in the file."""
        known = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(known, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def read(path: Path, catalogue: Catalogue) -> list[Feed]:
    """Read feeds.yaml; a file that is not there, or holds only remarks, names none. `InputError` with all its faults."""
    content = path.read_bytes() if path.exists() else b""
    if all(line.lstrip()[:1] in (b"", b"#") for line in content.splitlines()):
        return []
    sheet = Sheet(str(path))
    feeds = [_feed(item, sheet, catalogue) for item in parse(content, sheet).items()]
    if sheet.problems:
        raise InputError(sheet.problems)
    return feeds


def _feed(item: Written, sheet: Sheet, catalogue: Catalogue) -> Feed:
    fields = item.fields(("url",), ("articles", "publisher", "place"))
    url, place, pattern = (fields[key].text() for key in ("url", "place", "articles"))
    if not url.startswith(("http://", "https://")):
        fields["url"].fault(f'url "{url}" is not an address; begin it with http:// or https://')
    if place and place not in catalogue.places:
        fields["place"].fault(f'place "{place}" is not under places of the catalogue; use one that is')
    try:
        re.compile(pattern)
    except re.error as error:
        fields["articles"].fault(f'articles "{pattern}" is no pattern ({error}); write one, such as /20\\d\\d/.*html')
    about = About(publisher=fields["publisher"].text() or None, place=place or None)
    return Feed(url, Problem(sheet.file, item.line, ""), pattern, about)


def look(request: Request, manners: Manners) -> Request:
    """Look at every feed once and take in what is new."""
    try:
        catalogue = Catalogue.load(request.catalogue)
        feeds = read(request.articles / FILE, catalogue)
    except InputError as error:
        ours = tuple(problem for problem in error.problems if Path(problem.file).name == FILE)
        return replace(request, missed=ours)  # of the catalogue the refresh itself speaks
    if not feeds:
        return request
    looked = _Round(request, catalogue, manners)
    try:
        request.data.mkdir(parents=True, exist_ok=True)
        looked.go(feeds)
    except OSError as error:
        looked.problems.append(Problem(str(request.articles / FILE), 1, f"the look ended early: {told(error)}"))
    return replace(request, news=dict(looked.counts), missed=tuple(looked.problems))


class _Round:
    """One look at the feeds: manners towards the hosts, and what is remembered of the addresses."""

    def __init__(self, request: Request, catalogue: Catalogue, manners: Manners) -> None:
        self.folder = request.articles
        self.concerns = partial(intake.concerns, catalogue=catalogue)
        self.counts: dict[str, int] = dict.fromkeys(("arrived", "edited", "passed"), 0)
        self.problems: list[Problem] = []
        self.manners = manners
        self.log = request.data / SEEN
        self.visits = _visits(self.log)
        self.missed = False  # whether an article of the listing at work could not be had
        self.now = datetime.now(UTC).isoformat(timespec="seconds")

    def go(self, feeds: list[Feed]) -> None:
        for feed in feeds:
            self.missed = False
            try:
                for entry in self._entries(feed):
                    self._visit(feed, entry)
            except InputError as error:
                self.problems += error.problems
            except EtlError as error:
                self._problem(feed, error)

    def _entries(self, feed: Feed) -> Iterator[Entry]:
        """What a listing names; of one that did not change the articles taken in, which may have changed behind it."""
        before = self.visits.get(feed.url)
        fetched = self._fetched(feed.url, before)
        if fetched.unchanged:
            taken = [visit for visit in self.visits.values() if visit.feed == feed.url and visit.became == "taken"]
            yield from (Entry(visit.url, stamp=visit.stamp) for visit in taken[-listings.MOST :])
            return
        yield from listings.read(fetched, feed.articles, feed.at)
        # last: what interrupts this, or a host that fails, must find the listing changed the next time
        if not self.missed:
            self._note(Visit(feed.url, self.now, "listing", etag=fetched.etag, modified=fetched.modified))

    def _visit(self, feed: Feed, entry: Entry) -> None:
        """Fetch and take in one article, if it is new or may have changed; a host that fails is asked again next time."""
        before = self.visits.get(entry.url)
        if before and before.became not in ("taken", "known") and before.stamp == entry.stamp:
            return
        try:
            fetched = self._fetched(entry.url, before)
        except FetchError as error:
            if error.status in _GONE:
                self._note(replace(_blank(feed, entry, self.now, before), became="gone"))
            else:
                self.missed = True
                self._problem(feed, error)
            return
        if not fetched.unchanged:
            visit = replace(_blank(feed, entry, self.now, before), etag=fetched.etag, modified=fetched.modified)
            self._note(self._taken(feed, fetched, visit))

    def _taken(self, feed: Feed, fetched: Fetched, visit: Visit) -> Visit:
        """Take an article in and count what became of it; one that cannot be read leaves what was there."""
        try:
            original = replace(intake.of(fetched), name=visit.url, url=visit.url, renews=True)
            taken = intake.take(original, self.folder, feed.about, only=self.concerns)
        except InputError as error:
            self.counts["passed"] += 1
            return replace(visit, became="refused", reason=str(error))
        if count := _COUNTS.get(taken.state):
            self.counts[count] += 1
        if taken.state == "passed over":
            return replace(visit, became="passed over")
        copied = taken.state == "known" and taken.about.url != visit.url
        return replace(visit, became="known" if copied else "taken", file=taken.file)

    def _fetched(self, url: str, before: Visit | None) -> Fetched:
        """Ask a host for what is not known."""
        known = Known(before.etag, before.modified) if before and (before.etag or before.modified) else None
        return self.manners.fetch(url, known)

    def _problem(self, feed: Feed, error: EtlError) -> None:
        self.problems.append(Problem(feed.at.file, feed.at.line, str(error)))

    def _note(self, visit: Visit) -> None:
        before = self.visits.get(visit.url)
        if before and replace(before, seen=visit.seen) == visit:
            return
        self.visits[visit.url] = visit
        durable.append(self.log, visit.line())


def _blank(feed: Feed, entry: Entry, now: str, before: Visit | None) -> Visit:
    """A visit of which it is yet to be said what became of the article; what it was stays known."""
    return Visit(entry.url, now, "refused", feed.url, before.file if before else "", stamp=entry.stamp)


def _visits(path: Path) -> dict[str, Visit]:
    """The last visit to every address, by address; lines that are none are passed over."""
    found: dict[str, Visit] = {}
    for line in durable.objects(path):
        with suppress(TypeError):
            visit = Visit(**line)
            found[visit.url] = visit
    return found

"""A feed, or a page that lists articles → its entries, newest as the host puts them.

In: bytes from a stranger, where they came from, and for a page the pattern of the addresses wanted. Out: `Entry` values
with whole addresses, each once, at most `MOST`; or `InputError`, which names the place that the listing is known by.

Listings are parsed by libraries, in a child process with limits (`etl.confined`); run as a module, this is that child.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin

from etl.confined import MEMORY, SECONDS, Confined, Died, serve
from etl.errors import InputError, Problem
from etl.fetch import LENGTH, Fetched

MOST = 50  # entries of one listing: as many as feeds have; who missed more finds them by hand
_STAMP = 100  # characters


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a listing names it. `stamp`: when the host says it was changed, in the host's words."""

    url: str
    stamp: str = ""


def read(fetched: Fetched, pattern: str, known_by: Problem) -> list[Entry]:
    """The entries of what was fetched: of a page those whose address has the pattern, of a feed (no pattern) all."""
    request = {"base": fetched.url, "kind": fetched.kind, "charset": fetched.charset, "pattern": pattern}
    try:
        answer: dict[str, Any] = json.loads(_child.ask(json.dumps(request).encode() + b"\n" + fetched.content))
    except Died:
        answer = {"fault": f"takes more than {SECONDS} seconds or {MEMORY >> 20} MB to parse"}
    if "fault" in answer:
        fault = f"{fetched.url} {answer['fault']}; look at it in a browser and mend the entry, or take it out"
        raise InputError([Problem(known_by.file, known_by.line, fault)])
    return [Entry(**entry) for entry in answer["entries"]]


# ------------------------------------------------------------------------------------------------------- in the child
def _answer(request: bytes) -> bytes:
    head, _, content = request.partition(b"\n")
    asked = json.loads(head)
    try:
        found = _of_page(content, asked) if asked["pattern"] else _of_feed(content, asked)
        answer: dict[str, Any] = {"entries": [asdict(entry) for entry in _whole(found, asked["base"])]}
        if asked["pattern"] and not answer["entries"]:  # an empty feed is one, a page with no such link is another page
            answer = {"fault": "has no link to an address of that pattern"}
    except Exception as error:  # noqa: BLE001  whatever a library makes of a strange file is that file's fault
        answer = {"fault": f"is no feed, and no page that can be parsed ({type(error).__name__})"}
    return json.dumps(answer).encode()


def _of_feed(content: bytes, asked: dict[str, str]) -> Iterator[Entry]:
    """RSS and Atom in all their versions; a feed that is not well-formed gives what can be made out."""
    import feedparser

    declared = "; charset=".join(filter(None, (asked["kind"], asked["charset"])))
    headers = {"content-type": declared, "content-location": asked["base"]}
    feed = feedparser.parse(io.BytesIO(content), response_headers=headers)
    if not feed.version:
        raise ValueError("no feed")
    for entry in feed.entries:
        stamp = entry.get("updated") or entry.get("published") or ""
        yield Entry(entry.get("link") or "", stamp)


def _of_page(content: bytes, asked: dict[str, str]) -> Iterator[Entry]:
    import trafilatura

    wanted, tree = re.compile(asked["pattern"]), trafilatura.load_html(content)
    for link in () if tree is None else tree.iter("a"):
        if (address := link.get("href")) and wanted.search(urljoin(asked["base"], address)):
            yield Entry(address)


def _whole(found: Iterator[Entry], base: str) -> Iterator[Entry]:
    """The first `MOST` addresses of the web, each once."""
    seen: set[str] = set()
    for entry in found:
        url = urldefrag(urljoin(base, entry.url.strip())).url
        plain = url.startswith(("http://", "https://")) and len(url) <= LENGTH
        if plain and url not in seen and len(seen) < MOST:
            seen.add(url)
            yield Entry(url, entry.stamp[:_STAMP])


_child = Confined(__name__)

if __name__ == "__main__":
    _answer(
        b'{"base": "https://a.example/", "kind": "", "charset": "", "pattern": ""}\n<rss/>'
    )  # loads what feeds need
    serve(_answer)

"""sources.yaml: what is known of each article beside its text.

In: the path of sources.yaml and the ids of known places. Out: a `Source` for each entry, by the name of its file, or
one `InputError` with every problem. `extended` adds an entry behind what people wrote, of which it changes no byte.
Whether the files are there is the business of `etl.articles`.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Container
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import yaml

from etl.errors import InputError, Problem
from etl.model import About
from etl.strict_yaml import Sheet, Written, parse

KEYS = (
    "title",
    "publisher",
    "author",
    "published",
    "date_precision",
    "date_note",
    "url",
    "language",
    "place",
    "publish_text",
    "invented",
)
_PRECISIONS = {4: "year", 7: "month", 10: "day"}  # by the length of an ISO date
_LENGTHS = {precision: length for length, precision in _PRECISIONS.items()}
_WRITTEN_AS = {"precision": "date_precision"}


ADDRESS = re.compile(r"https?://[^\s/]+")


class _Anywhere:
    """Every place: which of them the catalogue has is asked at a refresh."""

    def __contains__(self, place: object) -> bool:
        return True


ANYWHERE = _Anywhere()


@dataclass(frozen=True, slots=True)
class Source:
    """One entry. `published` is the best single day, `precision` how much of it is known (day, month, year)."""

    file: str
    line: int
    title: str | None
    publisher: str | None
    author: str | None
    published: date | None
    precision: str | None
    date_note: str | None
    url: str | None
    language: str | None
    place: str | None
    publish_text: bool
    invented: bool


def read(path: Path, places: Container[str]) -> dict[str, Source]:
    """Read sources.yaml; a file that is not there, or holds only remarks, has no entries."""
    return _entries(path.read_bytes() if path.exists() else b"", str(path), places)


def extended(path: Path, file: str, about: About) -> bytes:
    """sources.yaml with one more entry at its end; what is not known of the article is null in it."""
    content = path.read_bytes() if path.exists() else b""
    before = _entries(content, str(path), ANYWHERE)
    known = {"file": file, **{_WRITTEN_AS.get(name, name): value for name, value in asdict(about).items()}}
    entry = yaml.safe_dump([known], allow_unicode=True, sort_keys=False, width=math.inf)
    text = content.decode("utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    entry = textwrap.indent(entry, " " * _indentation(text)).replace("\n", end)
    after = content + (end if text and not text.endswith("\n") else "").encode() + entry.encode()
    if not _reads(after, {*before, file}):
        fault = (
            "no entry can be added behind this; write every entry as lines begun with a dash, and nothing after them"
        )
        raise InputError([Problem(str(path), len(text.splitlines()), fault)])
    return after


def _reads(content: bytes, files: set[str]) -> bool:
    """Whether just these files have entries; they have not where people wrote the list in brackets, or ended it."""
    try:
        return set(_entries(content, "", ANYWHERE)) == files
    except InputError:
        return False


def printed_day(about: About) -> str:
    """The day of publication, no more of it than is known; empty where nothing is."""
    return about.published.isoformat()[: _LENGTHS[about.precision or "day"]] if about.published else ""


def _indentation(text: str) -> int:
    """How far in the entries of the file stand."""
    found = re.search(r"^( *)- ", text, re.MULTILINE)
    return len(found[1]) if found else 0


def _entries(content: bytes, file: str, places: Container[str]) -> dict[str, Source]:
    if all(line.lstrip()[:1] in (b"", b"#") for line in content.splitlines()):
        return {}
    sheet = Sheet(file)
    sources: dict[str, Source] = {}
    for item in parse(content, sheet).items():
        source = _source(item, places)
        if source.file in sources:
            item.fault(
                f'file "{source.file}" has an entry on line {sources[source.file].line} already; keep one of them'
            )
        sources.setdefault(source.file, source)
    if sheet.problems:
        raise InputError(sheet.problems)
    return sources


def partial_date(text: str) -> tuple[date, str]:
    """Read 2024, 2024-09 or 2024-09-10 as its first day and its precision; ValueError for anything else.

    >>> partial_date("2024-09")
    (datetime.date(2024, 9, 1), 'month')
    """
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise ValueError(text)
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text), _PRECISIONS[len(text)]


def _source(item: Written, places: Container[str]) -> Source:
    fields = item.fields(("file",), KEYS)
    file = fields["file"].text()
    if Path(file).name != file:
        fields["file"].fault(f'file "{file}" is a path; write the name of a file beside sources.yaml')
    if (place := fields["place"].text()) and place not in places:
        fields["place"].fault(
            f'place "{place}" is not under places of the catalogue; use one that is, or take the key out'
        )
    published, precision = _published(fields["published"], fields["date_precision"])
    texts = {key: fields[key].text() or None for key in ("title", "publisher", "author", "date_note", "language")}
    return Source(
        file=file,
        line=item.line,
        published=published,
        precision=precision,
        url=_url(fields["url"]),
        place=place or None,
        publish_text=fields["publish_text"].flag() if fields["publish_text"] else True,
        invented=fields["invented"].flag(),
        **texts,
    )


def _published(written: Written, precision: Written) -> tuple[date | None, str | None]:
    """The day and how much of it is known; `date_precision` may make a full day less precise."""
    stated = precision.choice(tuple(_PRECISIONS.values()), "day, month or year") or None
    if not (text := written.text()):
        return None, None
    try:
        day, known = partial_date(text)
    except ValueError:
        written.fault(f'published "{text}" is no date; write 2024-09-10, 2024-09 or 2024')
        return None, None
    return day, stated if stated and known == "day" else known


def _url(written: Written) -> str | None:
    url = written.text()
    if url and not ADDRESS.match(url):
        written.fault(f'url "{url}" is not an address; begin it with http:// or https://')
    return url or None

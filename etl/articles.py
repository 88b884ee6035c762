"""A folder of articles as received → `Article` values, each with the raw text that all offsets refer to.

In: the folder, and the entries of sources.yaml. Out: `listing` names what is there without opening a text,
`read` turns one file into an `Article`. A fault of one file never stops the others: it is an `InputError` of its own.
Bytes are decoded once; nothing is normalised, newlines stay as they are.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl import sources
from etl.errors import InputError, Problem
from etl.model import Article
from etl.sources import Source

SOURCES = "sources.yaml"
SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf")

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}  # what pages declare → what they hold
_SHORT_PAGE = 80  # characters: below, the library takes the whole page; its own 250 is for languages with longer words
_ODD = ("Cc", "Cn", "Co")
_LINE_SPACE = "\t\n\r\f\v"


@dataclass(frozen=True, slots=True)
class Received:
    """One file as it lies in the folder. `refused` says why it is not read, where that shows without opening it."""

    name: str
    path: Path
    sha256: str
    source: Source | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder holds: its article files by name, what is missing, and what is only worth a remark."""

    received: tuple[Received, ...]
    failures: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def listing(folder: Path, places: Container[str]) -> Folder:
    """List the article files of a folder in the order of their names; `InputError` for a bad folder or sources.yaml."""
    if not folder.is_dir():
        raise InputError([Problem(str(folder), 1, "is no folder; name the folder of the articles with --articles")])
    entries = sources.read(folder / SOURCES, places)
    stems: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith("."):
            stems[path.stem].append(path)
    present = {path.name for paths in stems.values() for path in paths}
    return Folder(
        tuple(_received(stem, paths, entries) for stem, paths in sorted(stems.items())),
        tuple(_without_file(folder, entries, present)),
        tuple(_without_entry(folder, entries, present)),
    )


def read(received: Received) -> Article:
    """Decode one file; `InputError` with file and remedy where it gives no text."""
    if received.refused:
        raise _unreadable(received.path, received.refused)
    try:
        content = received.path.read_bytes()
    except OSError as error:
        raise _unreadable(received.path, f"cannot be read ({error.strerror}); make it readable") from error
    if not content.strip():
        raise _unreadable(received.path, "the file is empty; put the article in it or take it out")
    markup = received.path.suffix.lower() in (".html", ".htm")
    raw = decode(content, markup=markup)
    if raw is None:
        raise _unreadable(received.path, "is not text in UTF-8, GB18030 or Big5; save it as UTF-8")
    raw = _body(raw) if markup else raw
    if not raw.strip():
        raise _unreadable(received.path, "holds no article text; save the article's words as .txt")
    return _article(received, raw, hashlib.sha256(content).hexdigest())


def decode(content: bytes, *, markup: bool = False) -> str | None:
    """Decode by BOM, declared charset (in markup), UTF-8, then GB18030 or Big5 by plausibility; None if none is.

    >>> decode("苏州工业园区集聚人工智能企业超1800家。".encode("gb18030"))
    '苏州工业园区集聚人工智能企业超1800家。'
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strictly(content[len(bom) :], encoding)
    declared = _DECLARED.search(content[:4096]) if markup else None
    label = declared[1].decode("ascii").lower() if declared else "utf-8"
    for encoding in (_WIDER.get(label, label), "utf-8"):
        if (text := _strictly(content, encoding)) is not None:
            return text
    return _legacy(content)


def _strictly(content: bytes, encoding: str) -> str | None:
    """The text if every byte fits and nothing in it is binary."""
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return text if _is_prose(text) else None


def _legacy(content: bytes) -> str | None:
    from charset_normalizer import from_bytes  # only files that are not UTF-8 pay for the import

    best = from_bytes(content, cp_isolation=["gb18030", "big5"]).best()
    return _strictly(content, best.encoding) if best else None


def _is_prose(text: str) -> bool:
    """Whether there is no zero byte, and next to nothing that is a control, private or unassigned character."""
    odd = sum(n for char, n in Counter(text).items() if unicodedata.category(char) in _ODD and char not in _LINE_SPACE)
    return "\0" not in text and odd <= len(text) / 50


def _body(page: str) -> str:
    """The article of a web page as text: headings, paragraphs, list items and table rows are lines.

    Navigation, side columns, captions and footers are gone. A headline that the library leaves out is put back on top.
    """
    import trafilatura  # only web pages pay for the import
    from trafilatura.settings import use_config

    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(_SHORT_PAGE)
    body = trafilatura.extract(page, include_comments=False, include_tables=True, config=config) or ""
    tree = trafilatura.load_html(page)
    headlines = [] if tree is None else tree.xpath("//h1")
    title = " ".join(headlines[0].text_content().split()) if len(headlines) == 1 else ""
    return f"{title}\n{body}" if body and title and title not in body else body


def _article(received: Received, raw: str, sha256: str) -> Article:
    name, file, source = received.name, received.path.name, received.source
    if source is None:
        return Article(name, file, raw, sha256)
    return Article(
        name=name,
        file=file,
        raw=raw,
        sha256=sha256,
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        published=source.published,
        precision=source.precision,
        date_note=source.date_note,
        url=source.url,
        language=source.language,
        place=source.place,
        publish_text=source.publish_text,
    )


def _received(stem: str, paths: list[Path], entries: dict[str, Source]) -> Received:
    digest, refused, first = hashlib.sha256(), "", paths[0]
    for path in paths:
        try:
            digest.update(path.read_bytes())
        except OSError as error:
            refused = f"cannot be read ({error.strerror}); make it readable"
    if len(paths) > 1:
        others = ", ".join(path.name for path in paths[1:])
        refused = f'has the same name before its ending as {others}, so "{stem}" would mean two articles; rename one'
    elif first.suffix.lower() == ".pdf":
        refused = "is a pdf, which is not read here; save its words as .txt"
    return Received(stem, first, digest.hexdigest(), entries.get(first.name), refused)


def _without_file(folder: Path, entries: dict[str, Source], present: Container[str]) -> Iterator[Problem]:
    for source in entries.values():
        if source.file not in present:
            fault = f'there is no file "{source.file}" in {folder}; put it there or take the entry out'
            yield Problem(str(folder / SOURCES), source.line, fault)


def _without_entry(folder: Path, entries: dict[str, Source], present: set[str]) -> Iterator[Problem]:
    for file in sorted(present - entries.keys()):
        fault = f"has no entry in {SOURCES}: read, but figures it does not date itself are refused; add title and date"
        yield Problem(str(folder / file), 1, fault)


def _unreadable(path: Path, fault: str) -> InputError:
    return InputError([Problem(str(path), 1, fault)])

"""A folder of articles as received → `Article` values, each with the raw text that all offsets refer to.

In: the folder, and the entries of sources.yaml. Out: `listing` names what is there without opening a text,
`read` turns one file into an `Article`. A fault of one file never stops the others: it is an `InputError` of its own.
How bytes become text is the business of `etl.documents`.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl import documents, sources
from etl.errors import InputError, Problem
from etl.model import Article
from etl.sources import Source

SOURCES = "sources.yaml"


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
        if path.suffix.lower() in documents.KINDS and path.is_file() and not path.name.startswith("."):
            stems[path.stem].append(path)
    present = {path.name for paths in stems.values() for path in paths}
    return Folder(
        tuple(_received(stem, paths, entries) for stem, paths in sorted(stems.items())),
        tuple(_without_file(folder, entries, present)),
        tuple(_without_entry(folder, entries, present)),
    )


def read(received: Received) -> Article:
    """Turn one file into its article; `InputError` with file and remedy where it gives no text."""
    if received.refused:
        raise _unreadable(received.path, received.refused)
    content, file = documents.load(received.path), str(received.path)
    raw = documents.text(content, documents.kind(file), file)
    return _article(received, raw, hashlib.sha256(content).hexdigest())


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
            with path.open("rb") as file:
                while piece := file.read(1 << 20):
                    digest.update(piece)
        except OSError as error:
            refused = f"cannot be read ({error.strerror}); make it readable"
    if len(paths) > 1:
        others = ", ".join(path.name for path in paths[1:])
        refused = f'has the same name before its ending as {others}, so "{stem}" would mean two articles; rename one'
    elif first.suffix.lower() == ".pdf":
        refused = f"is a pdf, which is not read here; take its text in: python -m etl add {first}"
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

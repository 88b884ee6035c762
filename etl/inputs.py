"""Everything a build is made from, checked, with the hashes that tell whether any of it is new.

In: the folder of articles and metrics.yaml. Out: a `Gathered`, or one `InputError` with the problems of all files that
people write. The articles' texts are not opened here beyond their bytes' hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TypeVar

from etl import articles, corrections, curated, rows
from etl.articles import Folder, Received
from etl.catalogue import Catalogue
from etl.corrections import Correction
from etl.errors import InputError, Problem
from etl.rows import Rows

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")

_APART = {
    "__main__.py",
    "builds.py",
    "bylines.py",
    "durable.py",
    "feeds.py",
    "fetch.py",
    "intake.py",
    "listings.py",
    "manners.py",
    "runs.py",
    "schedule.py",
    "verify.py",
}  # modules of etl that shape nothing in a build
_LIBRARIES = ("charset-normalizer", "opencc", "trafilatura")  # whose results are stored


@dataclass(frozen=True, slots=True)
class Gathered:
    """What people wrote, checked, with the hash that tells whether any of it is new."""

    catalogue: Catalogue
    folder: Folder
    curated: Rows
    corrections: tuple[Correction, ...]
    rules: str
    prints: dict[str, str]  # article → fingerprint
    inputs: str
    accuracy: str | None


def gather(folder_path: Path, catalogue_path: Path) -> Gathered:
    """Read and check all that people write except the articles' texts; `InputError` with the problems of all of it."""
    catalogue = Catalogue.load(catalogue_path)
    folder, figures, corrected = _all(
        lambda: articles.listing(folder_path, catalogue.places),
        lambda: curated.read(folder_path / curated.FILE, catalogue),
        lambda: corrections.read(folder_path / corrections.FILE, catalogue),
    )
    rules, accuracy = _rules(), _accuracy(catalogue_path)
    prints = {r.name: _hash(r.sha256, _entry(r), r.refused, catalogue.sha256, rules) for r in folder.received}
    known = [f"{Path(p.file).name}: {p.fault}" for p in (*folder.failures, *folder.remarks)]
    curated_rows = rows.of_curated(figures)
    inputs = _hash(
        catalogue.sha256, rules, accuracy or "", *prints.items(), *known, *curated_rows.observations, *corrected
    )
    return Gathered(catalogue, folder, curated_rows, corrected, rules, prints, inputs, accuracy)


@cache
def _rules() -> str:
    """A hash over the code that shapes figures, and the versions of the libraries it stands on.

    Taken once: a process that runs for weeks reads by the rules it began with, whatever is installed meanwhile.
    """
    root, digest = Path(__file__).parent, hashlib.sha256()
    for path in sorted(path for kind in ("py", "sql", "md") for path in root.rglob(f"*.{kind}")):
        if (name := path.relative_to(root).as_posix()) not in _APART:
            digest.update(name.encode() + b"\0" + path.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}".encode())
    return digest.hexdigest()


def _entry(received: Received) -> str:
    """The entry of sources.yaml, wherever it stands in the file."""
    source = received.source
    if source is None:
        return ""
    return repr([getattr(source, name) for name in source.__slots__ if name != "line"])


def _accuracy(catalogue: Path) -> str | None:
    """The scores of the reading on the gold sets, where they lie beside the catalogue."""
    path = catalogue.parent / "tests" / "gold" / "accuracy.json"
    return path.read_text(encoding="utf-8") if path.exists() else None


def _hash(*parts: object) -> str:
    return hashlib.sha256("\x1e".join(map(repr, parts)).encode()).hexdigest()


def _all(first: Callable[[], A], second: Callable[[], B], third: Callable[[], C]) -> tuple[A, B, C]:
    """Do all three, and raise the problems of all together."""
    problems, results = list[Problem](), []
    for do in (first, second, third):
        try:
            results.append(do())
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return results[0], results[1], results[2]  # type: ignore[return-value]

"""Taking an article in: its text as a file of the articles' folder, its original beside, its entry in sources.yaml.

In: an `Original` (bytes, kind, name, address), the folder, and what is known of it. Out: `Taken`, or `InputError`.

    <articles>/NAME.txt               the text, as it will be read; the name is new, nothing is overwritten
    <articles>/originals/NAME.html    the bytes as they came
    <articles>/sources.yaml           one entry more

They are written in the order original, text, entry, each whole or not at all. Whatever interrupts that leaves a folder
that reads without a fault, and the same article taken in again is finished rather than doubled. An article whose text is
there already, in whatever file, is known: nothing is written; so is one whose address is there, with another text, unless
it may renew what was taken in from there. Where files come from is the business of the commands and of `etl.feeds`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import chain, count
from pathlib import Path
from typing import Any

from etl import articles, documents, durable, recognise, sources
from etl.articles import Received
from etl.catalogue import Catalogue
from etl.documents import Document
from etl.errors import InputError, Problem
from etl.fetch import Fetched
from etl.model import About
from etl.recognise.indicators import Call
from etl.recognise.places import Where
from etl.text import Text, gist

ORIGINALS = "originals"

_NAME = 40  # characters of a new name; with its ending far below the 255 bytes that a file's name may have
_NOTHING = About()
_MEDIA = {"text/plain": "txt", "text/markdown": "md", "application/pdf": "pdf"}  # all else that is fetched is a page


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came. `name` is its path or address, for messages; `kind` is one of `documents.KINDS`.

    `renews`: whether it may take the place of an older version that was taken in from the same address.
    """

    content: bytes
    name: str
    kind: str
    url: str | None = None
    renews: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an original.

    `state`: new · known (nothing was written) · entered (its text had no entry yet) · edited (an older version went) ·
    passed over (it was not wanted).
    """

    file: str
    state: str
    text: str
    about: About


def load(path: Path) -> Original:
    """A file from anywhere."""
    kind = documents.kind(str(path))
    return Original(documents.load(path), str(path), kind)


def of(fetched: Fetched) -> Original:
    """A page from the web; its media type says what it is."""
    return Original(fetched.content, fetched.url, _MEDIA.get(fetched.kind, "html"), fetched.url)


def take(
    original: Original,
    folder: Path,
    given: About = _NOTHING,
    ask: Callable[[About], About] | None = None,
    only: Callable[[str], bool] = lambda _text: True,
) -> Taken:
    """Take an article in, if its text is wanted.

    What is `given`, and where it came from, go before what the file says; `ask` may fill in the rest.
    """
    _expect_no_entry(original, folder)
    document = documents.read(original.content, original.kind, original.name)
    if not only(document.text):
        return Taken("", "passed over", document.text, document.about)
    found = _find(original, document, folder)
    if found is None or found.state != "known":
        about = _joined(given, About(url=original.url), document.about)
        document = replace(document, about=ask(about) if ask else about)
        with durable.locked(folder, wait=True):
            found = _find(original, document, folder)
            if found is None or found.state != "known":
                found = _keep(original, document, folder, found)
    _put_away(original, folder, found.file)
    return found


def concerns(text: str, catalogue: Catalogue) -> bool:
    """Whether a text names a place and an indicator of the catalogue; one that does not gives no figures."""
    found = [mention.what for mention in recognise.of(catalogue).mentions(Text.fold(text))]
    place = any(isinstance(what, Where) and what.kind in ("known", "weak") for what in found)
    return place and any(isinstance(what, Call) and bool(what.options) for what in found)


def _joined(*known: About) -> About:
    """For each fact the first that is known; a day goes with its own precision."""
    facts: dict[str, Any] = {}
    for one in known:
        said = {name: value for name, value in asdict(one).items() if value is not None}
        if "published" in facts:
            said.pop("precision", None)
        facts = {**said, **facts}
    return About(**facts)


# ------------------------------------------------------------------------------------------------------- what is known
def _find(original: Original, document: Document, folder: Path) -> Taken | None:
    """The article of the folder that has this text, however it is set, or else this address; rather one with an entry."""
    wanted = _digest(document.text)
    received = [one for one in articles.listing(folder, sources.ANYWHERE).received if not one.refused]
    same = [one for one in received if _digest_of(one.path, one.sha256) == wanted]
    for one in sorted(same, key=lambda one: one.source is None):
        state = "known" if one.source else "entered"
        return Taken(one.path.name, state, document.text, _as_entered(document, one))
    for one in received:
        if original.url and one.source and one.source.url == original.url:
            state = "edited" if original.renews and _originals(folder, one.name) else "known"
            return Taken(one.path.name, state, document.text, _as_entered(document, one))
    return None


def _as_entered(document: Document, received: Received) -> About:
    """What the file says, under the address that its entry in the folder has."""
    return replace(document.about, url=received.source.url) if received.source else document.about


def _originals(folder: Path, stem: str) -> list[Path]:
    """The originals of an article that was taken in; one that people put into the folder has none."""
    return [path for path in (folder / ORIGINALS).glob("*") if path.stem == stem]


@lru_cache(maxsize=100_000)
def _digest_of(path: Path, sha256: str) -> bytes | None:
    """Of an article that lies there; None where it cannot be read, which is for a refresh to say."""
    try:
        return _digest(articles.read(Received(path.stem, path, sha256, None)).raw)
    except InputError:
        return None


def _digest(text: str) -> bytes:
    return hashlib.sha256(gist(text).encode()).digest()


# --------------------------------------------------------------------------------------------------------- what is kept
def _keep(original: Original, document: Document, folder: Path, found: Taken | None) -> Taken:
    """Write what is missing, the entry last; only under the lock."""
    durable.clear(folder)
    if found is None or found.state == "edited":
        originals = folder / ORIGINALS
        originals.mkdir(exist_ok=True)
        durable.clear(originals)
        stem = _free_stem(original, document.about, folder)
        durable.put(originals / (stem + _ending(original)), original.content)
        file = found.file if found else f"{stem}.txt"
        durable.put(folder / file, document.text.encode())
        if found:
            return found
        found = Taken(file, "new", document.text, document.about)
    entries = folder / articles.SOURCES
    durable.put(entries, sources.extended(entries, found.file, document.about))
    return found


def _free_stem(original: Original, about: About, folder: Path) -> str:
    """A name that nothing in the folder or in sources.yaml has; what an interrupted run left of this original has it."""
    files = [path.name for path in folder.iterdir()] + list(sources.read(folder / articles.SOURCES, sources.ANYWHERE))
    taken = {Path(file).stem.casefold() for file in files}
    for path in (folder / ORIGINALS).iterdir():
        if path.suffix != _ending(original) or path.read_bytes() != original.content:
            taken.add(path.stem.casefold())
    name = _name(original, about)
    numbered = (f"{name}-{number}" for number in count(2))
    return next(stem for stem in chain([name], numbered) if stem.casefold() not in taken)


def _name(original: Original, about: About) -> str:
    """Day and title, else the original's own name, of letters and digits alone."""
    stem = Path(original.name).stem
    plain = (re.sub(r"\W+", "-", unicodedata.normalize("NFC", words)) for words in (about.title or "", stem))
    named = next(filter(None, (name[:_NAME].strip("-_") for name in plain)), "")
    return "_".join(filter(None, (sources.printed_day(about), named))) or hashlib.sha256(original.content).hexdigest()


def _ending(original: Original) -> str:
    return next(ending for ending, kind in documents.KINDS.items() if kind == original.kind)


# ----------------------------------------------------------------------------------------- PDFs that lie in the folder
def _expect_no_entry(original: Original, folder: Path) -> None:
    """A PDF in the folder is no article there; an entry for it would be left without a file."""
    if lying := _lying(original, folder):
        entry = sources.read(folder / articles.SOURCES, sources.ANYWHERE).get(lying.name)
        if entry:
            fault = f"the entry is for {lying}, whose text is yet to be taken in; take the entry out and give what it says by options"
            raise InputError([Problem(str(folder / articles.SOURCES), entry.line, fault)])


def _put_away(original: Original, folder: Path, file: str) -> None:
    """Move a PDF that was put into the folder of the articles to the originals, where it is no article to be read."""
    if lying := _lying(original, folder):
        kept = folder / ORIGINALS / f"{Path(file).stem}.pdf"
        kept.parent.mkdir(exist_ok=True)
        if not kept.exists() or kept.read_bytes() == original.content:
            lying.replace(kept)


def _lying(original: Original, folder: Path) -> Path | None:
    path = folder / Path(original.name).name
    lies = original.kind == "pdf" and path.is_file() and path.read_bytes() == original.content
    return path if lies else None

"""A file from a stranger → a `Document`: its text, and what the file itself says of the article.

In: bytes, a kind (txt, md, html, pdf) and the file's name for messages. Out: the text and an `About`, or an `InputError`
that names the file and the remedy. Nothing is invented: what the file does not say is None.

Pages and PDFs are parsed by libraries, in a child process with limits (`etl.confined`); run as a module, this is that
child. Text is decoded once; nothing is normalised, newlines stay as they are. What the text means is left to others.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from etl import bylines
from etl.confined import MEMORY, SECONDS, Confined, Died, serve
from etl.errors import InputError, Problem
from etl.model import About
from etl.text import gist, language

KINDS = {".txt": "txt", ".md": "md", ".html": "html", ".htm": "html", ".pdf": "pdf"}  # by a file's ending
LARGEST = 10_000_000  # bytes of a file
#: Characters and lines of an article: a text of so many, whatever they are, is read within the seconds of `confined`.
LONGEST = 200_000
MOST_LINES = 20_000
PAGES = 500

_SAVE = "save the article's words as .txt"
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
#: A page's own number, alone on its first or last line: 12, - 12 -, 3/15, 第3页, 第 3 页 共 15 页.
_PAGE_NUMBER = re.compile(r"\W*\d{1,4}\W*|\d{1,3} ?/ ?\d{1,3}|第 ?\d+ ?页.{0,10}|Page \d+(?: of \d+)?")
_PASSWORD = 4  # PDFium's number for a document that wants one


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds. The text of a txt or md file is the file's, decoded; nothing of it is left out."""

    text: str
    about: About


class _Refused(Exception):  # noqa: N818  no fault of ours
    """A file that gives no article: fault and remedy."""


# ---------------------------------------------------------------------------------------------------------- the door
def kind(file: str) -> str:
    """The kind of a file by its ending."""
    if found := KINDS.get(Path(file).suffix.lower()):
        return found
    raise _named(file, f"is none of {', '.join(KINDS)}; {_SAVE}")


def load(path: Path) -> bytes:
    """The bytes of a file; of one that is too large only so many that it is seen to be."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise _named(str(path), "is not there; look for a slip in its name") from error
    except OSError as error:
        raise _named(str(path), f"cannot be read ({error.strerror}); make it readable") from error


def text(content: bytes, kind: str, file: str) -> str:
    """The text alone: a function of the bytes and of nothing else."""
    return str(_answered(content, kind, file, kind)["text"])


def read(content: bytes, kind: str, file: str) -> Document:
    """The text, and what the file says of it."""
    answer = _answered(content, kind, file, f"{kind} described")
    about = {name: _plain(value) for name, value in answer["about"].items()}
    day = about.pop("published", None)
    known = About(**about, published=date.fromisoformat(day) if day else None, precision="day" if day else None)
    return Document(answer["text"], replace(known, language=language(answer["text"])))


def _answered(content: bytes, kind: str, file: str, task: str) -> dict[str, Any]:
    """Do a task; every refusal, and the death of the child, becomes an error that names the file."""
    try:
        return _done(content, kind, task)
    except _Refused as refused:
        raise _named(file, str(refused)) from None
    except Died:
        much = f"takes more than {SECONDS} seconds or {MEMORY >> 20} MB to parse, or breaks the parser"
        raise _named(file, f"{much}; {_SAVE}") from None


def _done(content: bytes, kind: str, task: str) -> dict[str, Any]:
    """Do a task: here for text, in the child for what a library has to parse."""
    if len(content) > LARGEST:
        raise _Refused(f"has more than {LARGEST // 1_000_000} MB; {_SAVE}")
    if not content.strip():
        raise _Refused("the file is empty; put the article in it or take it out")
    if kind in ("txt", "md"):
        return _TASKS[task](content)
    answer: dict[str, Any] = json.loads(_child.ask(task.encode() + b"\n" + content))
    if "fault" in answer:
        raise _Refused(answer["fault"])
    return answer


def _named(file: str, fault: str) -> InputError:
    return InputError([Problem(file, 1, fault)])


def _plain(value: str | None) -> str | None:
    """One line of what a file says, without what controls a terminal; nothing where it says nothing."""
    kept = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in value or "")
    return " ".join(kept.split())[:300] or None


def _article(found: str) -> str:
    """A text, if it can be an article's."""
    if not found.strip():
        raise _Refused(f"holds no article text; {_SAVE}")
    if len(found) > LONGEST:
        raise _Refused(f"holds more than {LONGEST:,} characters; cut it into its articles, one a file")
    if sum(map(bool, map(str.strip, found.splitlines()))) > MOST_LINES:
        raise _Refused(f"holds more than {MOST_LINES:,} lines; cut it into its articles, one a file")
    if not _is_prose(found):
        raise _Refused(f"holds signs that are no writing; {_SAVE}")
    return found


# -------------------------------------------------------------------------------------------------------------- text
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
        if (decoded := _strictly(content, encoding)) is not None:
            return decoded
    return _legacy(content)


def _strictly(content: bytes, encoding: str) -> str | None:
    """The text if every byte fits and nothing in it is binary."""
    try:
        decoded = content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return decoded if _is_prose(decoded) else None


def _legacy(content: bytes) -> str | None:
    from charset_normalizer import from_bytes  # only files that are not UTF-8 pay for the import

    best = from_bytes(content, cp_isolation=["gb18030", "big5"]).best()
    return _strictly(content, best.encoding) if best else None


def _is_prose(found: str) -> bool:
    """Whether there is no zero byte, and next to nothing that is a control, private or unassigned character."""
    odd = sum(n for char, n in Counter(found).items() if unicodedata.category(char) in _ODD and char not in _LINE_SPACE)
    return "\0" not in found and odd <= len(found) / 50


def _decoded(content: bytes, *, markup: bool) -> str:
    if (decoded := decode(content, markup=markup)) is None:
        raise _Refused("is not text in UTF-8, GB18030 or Big5; save it as UTF-8")
    return decoded


def _words(content: bytes) -> dict[str, Any]:
    if len(content) > 4 * LONGEST + 4:  # no encoding spends more on a character: told without decoding
        raise _Refused(f"holds more than {LONGEST:,} characters; cut it into its articles, one a file")
    return {"text": _article(_decoded(content, markup=False))}


def _words_described(content: bytes) -> dict[str, Any]:
    found = _words(content)
    return {**found, "about": bylines.among(found["text"].splitlines())}


def _markdown_described(content: bytes) -> dict[str, Any]:
    found = _words_described(content)
    heading = re.search(r"^# +(.+?)[ #]*$", found["text"][:2000], re.MULTILINE)
    return {**found, "about": {"title": heading[1], **found["about"]} if heading else found["about"]}


# ------------------------------------------------------------------------------------------------- pages (in the child)
def _page(content: bytes) -> dict[str, Any]:
    return {"text": _article(_body(_decoded(content, markup=True)))}


def _page_described(content: bytes) -> dict[str, Any]:
    page = _decoded(content, markup=True)
    return {"text": _article(_body(page)), "about": bylines.of_page(page)}


def _body(page: str) -> str:
    """The article of a web page as text: headings, paragraphs, list items and table rows are lines.

    Navigation, side columns, captions and footers are gone. A headline that the library leaves out is put back on top.
    """
    import trafilatura  # only web pages pay for the import
    from trafilatura.settings import use_config

    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(_SHORT_PAGE)
    tree = trafilatura.load_html(page)
    told = page if tree is None or not _list_terms(tree) else tree
    body = trafilatura.extract(told, include_comments=False, include_tables=True, config=config) or ""
    tree = trafilatura.load_html(page)
    headlines = [] if tree is None else tree.xpath("//h1")
    title = " ".join(headlines[0].text_content().split()) if len(headlines) == 1 else ""
    return f"{title}\n{body}" if body and title and title not in body else body


def _list_terms(tree: Any) -> bool:
    """Make a list of each <dl>, one item a term with what is said of it (灯塔工厂：7座); whether there was one."""
    lists = tree.xpath("//dl[.//dt]")
    for found in lists:
        items = []
        for term in found.iter("dt"):
            said = itertools.takewhile(lambda one: one.tag == "dd", term.itersiblings())
            parts = [" ".join(one.text_content().split()) for one in (term, *said)]
            items.append(f"{parts[0].rstrip('：:')}：{'；'.join(parts[1:])}" if len(parts) > 1 else parts[0])
        tail = found.tail
        found.clear()
        found.tag, found.tail = "ul", tail
        for item in items:
            entry = found.makeelement("li")
            entry.text = item
            found.append(entry)
    return bool(lists)


# -------------------------------------------------------------------------------------------------- PDFs (in the child)
def _pdf_described(content: bytes) -> dict[str, Any]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(content)
    except PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise _Refused("is encrypted; save it without a password") from error
        raise _Refused(f"is damaged, or no PDF; {_SAVE}") from error
    if len(document) > PAGES:
        raise _Refused(f"has {len(document)} pages, more than {PAGES}; save the pages of the article alone")
    found = _pages(document)
    if not found.strip():
        raise _Refused("is a PDF without text, scanned perhaps; have its text recognised and save it as .txt")
    return {"text": _article(found), "about": {**_confirmed(document, found), **bylines.among(found.splitlines())}}


def _pages(document: Any) -> str:
    """The text of all pages; as soon as it is too much, only so much that it is seen to be."""
    pages: list[str] = []
    while len(pages) < len(document) and sum(map(len, pages)) <= LONGEST:
        pages.append(_without_number(document[len(pages)].get_textpage().get_text_bounded()))
    return "\n".join(pages)


def _without_number(page: str) -> str:
    r"""A page's text, its own number gone from the first and the last line.

    >>> _without_number("- 12 -\r\n企业12家\r\n12")
    '企业12家'
    """
    lines = page.replace("\r\n", "\n").replace("\ufffe\n", "").strip().split("\n")
    for end in (0, -1):
        if lines and _PAGE_NUMBER.fullmatch(lines[end].strip()):
            del lines[end]
    return "\n".join(lines)


def _confirmed(document: Any, found: str) -> dict[str, Any]:
    """Title and author of the PDF's own entries where the text has them too: alone, they are often a template's."""
    said = {"title": document.get_metadata_value("Title"), "author": document.get_metadata_value("Author")}
    words = gist(found)
    return {name: value for name, value in said.items() if value.strip() and gist(value) in words}


# --------------------------------------------------------------------------------------------------------------- tasks
_TASKS: dict[str, Callable[[bytes], dict[str, Any]]] = {
    "txt": _words,
    "md": _words,
    "html": _page,
    "txt described": _words_described,
    "md described": _markdown_described,
    "html described": _page_described,
    "pdf described": _pdf_described,
}
_child = Confined(__name__)


def _answer(request: bytes) -> bytes:
    """Do one task in the child."""
    task, _, content = request.partition(b"\n")
    try:
        answer = _TASKS[task.decode()](content)
    except _Refused as refused:
        answer = {"fault": str(refused)}
    except Exception as error:  # noqa: BLE001  whatever a library makes of a strange file is that file's fault
        answer = {"fault": f"cannot be parsed ({type(error).__name__}); {_SAVE}"}
    return json.dumps(answer).encode()


if __name__ == "__main__":
    import pypdfium2  # noqa: F401  here and not in each fork

    _page_described(
        "<title>苏州</title><p>苏州工业园区集聚人工智能企业超1800家。</p>".encode()
    )  # loads what pages need
    serve(_answer)

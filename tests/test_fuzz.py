"""Whatever a stranger sends is read or refused by name, within the limits: never another exception, never a hang.

A hundred inputs of each sort in each run, five thousand under `make soak`; what once failed stays as a case by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import confined, documents
from etl.confined import Confined
from etl.errors import InputError
from tests import paper

SEEDS = [path.read_text("utf-8") for path in sorted((Path(__file__).parent.parent / "seeds").glob("0*.txt"))]
GOLD = [path.read_bytes() for path in sorted((Path(__file__).parent / "gold").rglob("*.html"))]


@pytest.fixture(scope="module")
def reader() -> Iterator[Confined]:
    """The whole reading, in the memory and the processor's seconds that a parser has; build servers may be slower."""
    reader = Confined("tests.confined_reader")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confined, "SECONDS", 100)  # of the clock: the child keeps its own limit of the processor's
        yield reader
    reader.close()


def outcome(reader: Confined, kind: str, content: bytes) -> str:
    """Parse and read as a refresh after an `add` would: read, or refused by name; anything else fails, a hang too."""
    if kind in ("html", "pdf"):
        try:
            document = documents.read(content, kind, "a file")
        except InputError as error:
            named = str(error).startswith("a file:1: ") and "; " in str(error)
            return "refused" if named else pytest.fail(str(error))
        kind, content = "txt", document.text.encode()
    answer = reader.ask(kind.encode() + b"\n" + content).decode()
    return answer if answer in ("read", "refused") else pytest.fail(answer)


# ------------------------------------------------------------------------------------------------------ what is inserted
#: Pieces that a text may be spoilt with, each as often as is drawn.
PIECES = (
    *("\u200b", "\u200f", "\u202e", "\u2066", "\ufeff", "\u00ad", "\0", "\x1b[31m", "\ufffe", "\U0010ffff", "\ue000"),
    *("\r", "\r\n", "\n", "\u2028", "\t", "\u3000", " ", "\u0301", "𠮷", "👨\u200d👩\u200d👧"),
    *(
        "9",
        "0.",
        "1,",
        "１，",
        "万",
        "亿",
        "超",
        "%",
        "-",
        "—",
        "年",
        "2024年",
        "2024-",
        "第",
        "同比增长",
        "占",
        "其中",
        "分别为",
    ),
    *(
        "（",
        "）",
        "“",
        "”",
        "「",
        "《",
        "[",
        "](",
        "](http://",
        "<",
        "<b>",
        "&#0;",
        "&amp;",
        "|",
        "| --- ",
        "# ",
        "- ",
        "、",
        "，",
        "。",
    ),
    *("苏州", "园区", "全市", "AI企业", "人工智能企业超", "1800家", "the city's AI firms ", "billion yuan ", "Q1 "),
)
TAGS = (
    "div",
    "p",
    "table",
    "tr",
    "td",
    "b",
    "span",
    "a",
    "ul",
    "li",
    "h1",
    "pre",
    "script",
    "svg",
    "form",
    "template",
    "iframe",
)
OFTEN = st.sampled_from([*[1] * 30, *[20] * 12, *[1_000] * 4, 60_000])
ENCODINGS = ("utf-8", "utf-8-sig", "gbk", "gb18030", "big5", "utf-16", "utf-16-le", "utf-32", "latin-1")
Edit = tuple[float, str, int]
EDITS = st.lists(st.tuples(st.floats(0, 1), st.sampled_from(PIECES), OFTEN), max_size=6)
MARKUP = st.lists(
    st.tuples(
        st.floats(0, 1), st.sampled_from([*PIECES, *(f"<{end}{tag}>" for tag in TAGS for end in ("", "/"))]), OFTEN
    ),
    max_size=6,
)
#: Where bytes are changed: position, what is put there, and how many bytes that replaces.
BYTES = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4), st.integers(0, 4)), max_size=8)
CUT = st.sampled_from([1.0] * 8 + [0.9, 0.5, 0.1])


def spoilt(text: str, edits: list[Edit]) -> str:
    for place, piece, often in edits:
        at = int(place * len(text))
        text = text[:at] + piece * often + text[at:]
    return text


def damaged(content: bytes, changes: list[tuple[float, bytes, int]], cut: float) -> bytes:
    for place, put, over in changes:
        at = int(place * len(content))
        content = content[:at] + put + content[at + over :]
    return content[: int(cut * len(content))]


# ---------------------------------------------------------------------------------------------------------- random ones
@given(st.sampled_from(SEEDS), EDITS, st.sampled_from(ENCODINGS), BYTES, CUT, st.sampled_from(["txt", "md"]))
def test_any_text_is_read_or_refused(  # noqa: PLR0917
    reader: Confined,
    text: str,
    edits: list[Edit],
    encoding: str,
    changes: list[tuple[float, bytes, int]],
    cut: float,
    kind: str,
) -> None:
    content = damaged(spoilt(text[:1500], edits).encode(encoding, "ignore"), changes, cut)
    outcome(reader, kind, content)


@given(st.sampled_from([paper.page(paper.INFO, paper.INFO), *GOLD]), MARKUP, st.sampled_from(ENCODINGS), BYTES, CUT)
def test_any_page_is_read_or_refused(  # noqa: PLR0917
    reader: Confined, page: bytes, edits: list[Edit], encoding: str, changes: list[tuple[float, bytes, int]], cut: float
) -> None:
    text = spoilt(page.decode("utf-8", "replace"), edits)
    outcome(reader, "html", damaged(text.encode(encoding, "ignore"), changes, cut))


@given(st.lists(st.sampled_from(SEEDS), max_size=3), EDITS, BYTES, CUT)
def test_any_pdf_is_read_or_refused(
    reader: Confined, texts: list[str], edits: list[Edit], changes: list[tuple[float, bytes, int]], cut: float
) -> None:
    pages = [spoilt(text[:300], edits).split("\n")[:50] for text in texts]
    outcome(reader, "pdf", damaged(paper.pdf(*pages, title="苏州"), changes, cut))


# ------------------------------------------------------------------------------------------------------------ named ones
PROSE = "".join(SEEDS)
LONG = PROSE * (documents.LONGEST // len(PROSE))

#: Files made to exhaust or to confuse: kind, bytes, and what becomes of them.
NAMED: dict[str, tuple[str, bytes, str]] = {
    "as many characters as are allowed": ("txt", LONG.encode(), "read"),
    "more characters than are allowed": ("txt", (LONG + PROSE).encode(), "refused"),
    "a list that ends in nought": ("txt", "苏州市、昆山市工业总产值分别为12和0亿元。".encode(), "read"),
    "half a character at the end": ("txt", paper.TEXT.encode("gb18030")[:-1], "refused"),
    "a zip file called text": ("txt", b"PK\x03\x04" + bytes(range(256)) * 40, "refused"),
    "a page of a hundred thousand boxes": ("html", paper.nested("div"), "refused"),
    "a page of a hundred thousand tables": ("html", paper.nested("table"), "refused"),
    "a page of unclosed quotes": ("html", b"<html><body " + b"a='" * 100_000 + paper.page(), "read"),
    "a page of entities in entities": ("html", paper.entities(), "read"),
    "a PDF that unpacks to 700 MB": ("pdf", paper.pdf_bomb(700), "refused"),
    "a PDF of 501 pages": ("pdf", paper.pdf(*[[]] * 501), "refused"),
    "half a PDF": ("pdf", paper.pdf(paper.LINES)[:600], "refused"),
    "text called a PDF": ("pdf", paper.TEXT.encode(), "refused"),
}
#: What was or might be slow to read, repeated to a part of the longest article, or the whole. Most of these took minutes:
#: a sentence, or a table's row, was as long as whoever wrote it liked.
REPEATED = {
    "a line of all the seeds": PROSE.replace("\n", ""),
    "a clause without end": "苏州市人工智能企业超1800家，",
    "lines that go on": "苏州市人工智能企业超1800家，\n\n",
    "places": "苏州",
    "names": "人工智能企业",
    "figures": "1800家",
    "figures, each a line": "12家\n\n",
    "semicolons": "园区12家；",
    "shares": "占12%",
    "quoted places": "“园区”集聚1800家",
    "cells of a row": "人工智能企业\t12家\t",
    "rows of a table": "| 人工智能企业 | 12家 |\n",
    "short lines": "\r（",
    "answers": "答：园区\n",
    "headings": "# 园区\n\n",
    "English without a full stop": "Suzhou AI companies 1,800 ",
    "English with figures only": "[31m",
    "addresses in brackets without end": "](",
    "traditional sentences": "蘇州園區集聚企業1800家，成長6%。",
    "digits": "9",
    "separated digits": "1,",
    "brackets": "（",
    "opening quotation marks": "“",
    "unclosed markup": "[",
    "unclosed addresses": "[a](http://",
    "line ends": "\n" * 1000 + "a",
    "zero-width signs": "苏\u200b州\u202e",
    "cells without a figure": "甲\t",
    "strokes": "甲 / ",
    "bars": "甲｜",
    "rows between strokes": "甲 / 乙 / 1\n",
    "wide spaces": " " * 1000 + "甲",
    "years of lists": "2025年国家5G工厂名录，",
    "plans for something": "把研发投入提到5%，",
    "what is asked": "园区有5家？\n\n",
    "notes on all above": "以上均为2023年末数\n\n",
    "sums of parts": "园区12亿元；",
}


@pytest.mark.parametrize("part", [pytest.param(1, marks=pytest.mark.soak), 4])
@pytest.mark.parametrize("name", REPEATED)
def test_what_stands_in_a_text_does_not_make_reading_slow(reader: Confined, name: str, part: int) -> None:
    text = REPEATED[name]
    often = documents.LONGEST // len(text)
    if len(text.splitlines()) > 1 or text.endswith("\n"):
        often = min(often, documents.MOST_LINES)
    assert outcome(reader, "txt", (text * (often // part)).encode()) == "read"


@pytest.mark.parametrize("name", NAMED)
def test_what_is_made_to_harm_does_none(reader: Confined, name: str) -> None:
    kind, content, expected = NAMED[name]
    assert outcome(reader, kind, content) == expected
    assert outcome(reader, "txt", paper.TEXT.encode()) == "read"
    assert outcome(reader, "html", paper.page()) == "read"


@pytest.mark.soak
def test_a_page_that_takes_too_long_is_refused_by_name() -> None:
    page = paper.page(info="<p>苏州市人工智能企业超1800家。</p>" * 180_000)
    with pytest.raises(InputError, match=r"^page.html:1: takes more than 10 seconds or 512 MB to parse"):
        documents.text(page, "html", "page.html")

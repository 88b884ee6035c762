"""What becomes of a stranger's file: its text, what it says of itself and nothing more, or a refusal by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl import documents
from etl.errors import InputError
from etl.model import About
from etl.text import gist, language
from tests import paper
from tests.paper import INFO, LINES, TEXT

BYLINE = "2025年3月1日 08:12　来源：苏州日报　作者：甲某"


def said(content: str | bytes, kind: str) -> dict[str, Any]:
    """What a file says of itself, without what it does not say and its language."""
    content = content.encode() if isinstance(content, str) else content
    about = documents.read(content, kind, f"a.{kind}").about
    known = {name: getattr(about, name) for name in About.__slots__ if getattr(about, name)}
    return {name: value for name, value in known.items() if name != "language"}


# ----------------------------------------------------------------------------------------------------------------- PDFs
def test_a_pdf_gives_its_lines_page_after_page() -> None:
    text = documents.read(paper.pdf(LINES, ["续前页：企业12家。"]), "pdf", "a.pdf").text
    assert text.split("\n") == [*LINES, "续前页：企业12家。"]


@pytest.mark.parametrize("number", ["12", "- 12 -", "·12·", "3/15", "第3页", "第 3 页 共 15 页", "Page 3 of 15"])
def test_the_number_of_a_page_is_none_of_its_words(number: str) -> None:
    page = paper.pdf([*LINES, number], [number, *LINES])
    assert documents.read(page, "pdf", "a.pdf").text.split("\n") == [*LINES, *LINES]


def test_a_term_of_a_page_stands_on_one_line_with_what_is_said_of_it() -> None:
    page = f"""<html><body><article><h1>全市家底</h1><p>{"截至九月末，各项工作稳步推进。" * 8}</p>
    <dl><div><dt>灯塔工厂：</dt><dd>7座</dd></div><dt>二级节点</dt><dd>20个</dd><dd>新增2个</dd></dl></article></body></html>"""
    found = documents.text(page.encode(), "html", "page.html")
    assert found.splitlines()[-2:] == ["- 灯塔工厂：7座", "- 二级节点：20个；新增2个"]


def test_a_figure_alone_on_a_line_inside_a_page_stays() -> None:
    assert "12" in documents.read(paper.pdf([LINES[0], "12", LINES[1]]), "pdf", "a.pdf").text.split("\n")


# ------------------------------------------------------------------------------------------------------------- refusals
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "a PDF without text": ("pdf", paper.pdf([], []), "is a PDF without text, scanned perhaps; have its text recognised"),
    "an encrypted PDF": ("pdf", paper.pdf(LINES, trailer=paper.ENCRYPTED), "is encrypted; save it without a password"),
    "a PDF of too many pages": ("pdf", paper.pdf(*[LINES] * 501), "has 501 pages, more than 500; save the pages of"),
    "a damaged PDF": ("pdf", b"%PDF-1.7 and nothing more", "is damaged, or no PDF; save"),
    "a PDF that is too long": ("pdf", paper.pdf(*[[LINES[0]] * 49] * 160), "holds more than 200,000 characters; cut it"),
    "a page without an article": ("html", b"<html><script>var x = 12</script></html>", "holds no article text; save"),
    "a page in no encoding": ("html", bytes(range(256)) * 9, "is not text in UTF-8, GB18030 or Big5; save it as UTF-8"),
    "a text that is too long": ("txt", "字".encode() * 200_001, "holds more than 200,000 characters; cut it"),
    "a text of too many lines": ("txt", "字\n\n".encode() * 20_001, "holds more than 20,000 lines; cut it"),
    "a text far too long": ("txt", b"x" * 9_000_000, "holds more than 200,000 characters; cut it"),
    "a file that is too large": ("html", b"x" * 10_000_001, "has more than 10 MB; save the article's words as .txt"),
    "an empty file": ("md", b" \n", "the file is empty; put the article in it or take it out"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_gives_no_article_is_refused_by_name_and_with_a_remedy(name: str) -> None:
    kind, content, fault = REFUSED[name]
    with pytest.raises(InputError) as error:
        documents.read(content, kind, f"inbox/a.{kind}")
    assert str(error.value).startswith(f"inbox/a.{kind}:1: {fault}")


def test_as_many_characters_as_an_article_may_have_are_taken() -> None:
    assert len(documents.read("字".encode() * 200_000, "txt", "a.txt").text) == 200_000


@pytest.mark.parametrize(("file", "kind"), [("a.txt", "txt"), ("b/A.HTM", "html"), ("a.b.pdf", "pdf"), ("a.md", "md")])
def test_the_kind_of_a_file_is_told_by_its_ending(file: str, kind: str) -> None:
    assert documents.kind(file) == kind


@pytest.mark.parametrize("file", ["a.docx", "a", ".txt"])
def test_other_kinds_are_refused_by_name(file: str) -> None:
    with pytest.raises(InputError, match=rf"^{file}:1: is none of \.txt, \.md, \.html, \.htm, \.pdf; save"):
        documents.kind(file)


@pytest.mark.parametrize(("file", "fault"), [("gone.txt", "is not there; look for"), (".", "cannot be read (Is a dir")])
def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, file: str, fault: str) -> None:
    with pytest.raises(InputError) as error:
        documents.load(tmp_path / file)
    assert fault in str(error.value)


# ------------------------------------------------------------------------------------------------ what a file itself says
SAYS: dict[str, tuple[str, str | bytes, dict[str, Any]]] = {
    "a text with a byline": (
        "txt", f"园区再上新台阶\n{BYLINE}\n{TEXT}",
        {"publisher": "苏州日报", "author": "甲某", "published": date(2025, 3, 1), "precision": "day"},
    ),
    "a byline without an author": (
        "txt", f"园区再上新台阶\n发布时间：2025-03-01 08:12:30\n{TEXT}", {"published": date(2025, 3, 1), "precision": "day"},
    ),
    "a byline in traditional script": (
        "txt", f"2025/3/1  來源：某報\n{TEXT}", {"publisher": "某報", "published": date(2025, 3, 1), "precision": "day"},
    ),
    "a text that dates its figures only": ("txt", TEXT, {}),
    "a date that no label calls the article's": ("txt", f"2025年3月1日\n{TEXT}", {}),
    "a sentence that tells where something came from": ("txt", f"数据来源：市统计局2025年3月1日公布，详见下表。\n{TEXT}", {}),
    "a day that is in no calendar": ("txt", f"2025年13月41日 来源：苏州日报\n{TEXT}", {}),
    "a byline at the end": ("txt", f"{TEXT}\n" * 10 + BYLINE, {}),
    "a heading of Markdown": ("md", f"# 园区再上新台阶 #\n\n{TEXT}", {"title": "园区再上新台阶"}),
    "a heading sign in a text": ("txt", f"# 园区再上新台阶\n\n{TEXT}", {}),
    "a page with a byline": (
        "html", paper.page(info=INFO),
        {"title": "园区产业再上台阶", "publisher": "苏州日报", "author": "甲某", "published": date(2024, 9, 10), "precision": "day"},
    ),
    "a page that declares": (
        "html",
        paper.page(
            '<meta property="article:published_time" content="2024-09-10T08:00:00+08:00"><meta property="og:site_name" content="新闻网">'
            '<link rel="canonical" href="https://news.example/a/1.html">'
        ),
        {
            "title": "园区产业再上台阶", "publisher": "新闻网", "published": date(2024, 9, 10), "precision": "day",
            "url": "https://news.example/a/1.html",
        },
    ),
    "a page whose byline and declaration differ": (
        "html", paper.page('<meta name="PubDate" content="2025-01-01"><meta property="og:site_name" content="新闻网">', INFO),
        {"title": "园区产业再上台阶", "publisher": "苏州日报", "author": "甲某", "published": date(2024, 9, 10), "precision": "day"},
    ),
    "a page that says nothing": ("html", paper.page(), {"title": "园区产业再上台阶"}),
    "a page with dates of other articles": (
        "html", paper.page(info='<ul><li>2023-05-06 往期要闻</li></ul><p class="tip">统计截至2024-06-30</p>'), {"title": "园区产业再上台阶"},
    ),
    "a page with a script for an address": (
        "html", paper.page('<link rel="canonical" href="javascript:alert(1)">'), {"title": "园区产业再上台阶"},
    ),
    "a PDF whose title its text has": ("pdf", paper.pdf(["园区再上新台阶", *LINES], title="園區再上新台階"), {"title": "園區再上新台階"}),
    "a PDF with a template's title and its maker's name": ("pdf", paper.pdf(LINES, title="新建文档 1", author="admin"), {}),
    "a PDF with a byline": (
        "pdf", paper.pdf([BYLINE, *LINES]),
        {"publisher": "苏州日报", "author": "甲某", "published": date(2025, 3, 1), "precision": "day"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAYS)
def test_what_a_file_says_of_itself_is_kept_and_nothing_is_invented(name: str) -> None:
    kind, content, expected = SAYS[name]
    assert said(content, kind) == expected


def test_a_title_cannot_steer_a_terminal() -> None:
    assert said(f"# 园区\x1b[31m\u202e再上\t新台阶\n{TEXT}", "md") == {"title": "园区 [31m 再上 新台阶"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, "zh-Hans"),
        ("蘇州工業園區集聚人工智能企業超1800家", "zh-Hant"),
        ("Suzhou has more than 1,800 AI companies", "en"),
        ("1800", None),
        ("苏州AI and more", "zh-Hans"),
    ],
)
def test_the_language_is_told_by_the_signs(text: str, expected: str | None) -> None:
    assert language(text) == expected


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.replace("\n", ""),
        TEXT.replace("\n", "\r\n\r\n　　"),
        TEXT.replace("1800", "１８００").replace("，", ","),
        TEXT.replace("苏", "蘇").replace("业", "業").replace("智能工厂", "智能工廠"),
        f"\ufeff{TEXT}".replace("企业", "“企\u200b业”"),
    ],
)
def test_copies_of_a_text_have_one_gist(copy: str) -> None:
    assert gist(copy) == gist(TEXT)


def test_texts_with_other_figures_have_not() -> None:
    assert gist(TEXT.replace("1800", "1801")) != gist(TEXT)

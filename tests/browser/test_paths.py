"""The main paths in a real browser: from a card to the sentence, from the sentence to the file; and no foreign host."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from playwright.sync_api import Page, expect

from tests import tiny
from tests.browser.conftest import at_rest, serving


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.make(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The addresses that the page asks for, as they come."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    return found


def values(page: Page) -> dict[str, str]:
    return {name: found[0] for name, found in parse_qs(urlsplit(page.url).query).items()}


def click_mark(page: Page, text: str) -> None:
    """Click the mark that says `text` under the pointer: marks are tried one by one, and again on a busy machine."""
    marks = page.locator(".scatterlayer .points path")
    expect(marks.first).to_be_visible()
    for number in (*range(marks.count()),) * 3:
        box = marks.nth(number).bounding_box()
        if box is None or box["width"] < 7:
            continue
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.wait_for_timeout(150)
        if text in "".join(page.locator(".hoverlayer").all_text_contents()):
            page.mouse.click(x, y)
            return
    raise AssertionError(f"no mark says {text}")


def exported(folder: Path, where: str) -> list[dict[str, str]]:
    """Rows of the export table of the database, as the cells of a file."""
    with duckdb.connect(str(folder / "builds" / "1-tiny.duckdb"), read_only=True) as con:
        found = con.execute(f"SELECT * FROM export WHERE {where}")
        names = [column[0] for column in found.description or ()]
        return [{n: "" if c is None else str(c) for n, c in zip(names, row, strict=True)} for row in found.fetchall()]


def downloaded(page: Page, button: str) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    content = Path(waiting.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_from_a_card_to_the_sentence_to_the_file(page: Page, server: str, folder: Path, asked: list[str]) -> None:
    page.goto(server)
    expect(page.get_by_role("heading", name="苏州“人工智能＋制造”，逐年看")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.evaluate("window.still = true")  # gone if anything loads the page anew

    page.locator("a.card", has_text="规上工业总产值").click()
    expect(page.get_by_text("图中数字")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]indicator=output(&|$)"))

    click_mark(page, "4.68 万亿元")
    card = page.locator(".quote-card")
    expect(card.locator("blockquote b")).to_have_text("4.68万亿")
    expect(page).to_have_url(re.compile(r"[?&]figure=o24(&|$)"))

    card.get_by_role("link", name="在文章中查看").click()
    figure = page.locator("a.stated.focus")
    expect(figure).to_have_text("4.68万亿")
    expect(figure).to_be_in_viewport()
    expect(page.locator("article .sentence").first).to_have_text("2024年完成")
    expect(page).to_have_url(re.compile(r"[?&]article=a1(&|$)"))
    expect(page).to_have_url(re.compile(r"[?&]figure=o24(&|$)"))

    figure.click()  # and back to its mark on the chart
    expect(page.locator(".quote-card blockquote b")).to_have_text("4.68万亿")

    assert downloaded(page, "下载 CSV") == exported(folder, "indicator = 'output'")
    assert page.evaluate("window.still"), "the paths must not reload the page"
    foreign = {urlsplit(url).hostname for url in asked if urlsplit(url).scheme in {"http", "https", "ws", "wss"}}
    assert foreign <= {"localhost", "127.0.0.1"}


def test_a_row_of_the_table_shows_its_quote_and_leads_to_the_article(page: Page, server: str) -> None:
    page.goto(f"{server}/indicator?indicator=plants")
    at_rest(page)  # a click before that may find a row that is just being drawn anew
    page.locator("tr", has_text="1,800").locator("td.period").click()
    expect(page.locator(".quote-card blockquote")).to_have_text("拥有智能工厂超1,800家")
    page.locator("tr", has_text="1,800").locator("td.quote a").click()
    expect(page.locator("a.stated.focus")).to_have_text("1,800家")


def test_filtered_figures_are_the_file_one_gets_in_english(page: Page, server: str, folder: Path) -> None:
    page.goto(f"{server}/data?lang=en")
    page.get_by_text("Read from articles", exact=True).click()
    expect(page.get_by_text("10 rows, data version 1.1.0")).to_be_visible()
    page.get_by_role("radio", name="target").click()
    expect(page.get_by_text("1 rows, data version 1.1.0")).to_be_visible()
    assert (values(page)["origin"], values(page)["status"]) == ("article", "target")
    assert downloaded(page, "Download CSV") == exported(folder, "origin = 'article' AND status = 'target'")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_language_place_and_years_survive_a_change_of_page(page: Page, server: str) -> None:
    page.goto(f"{server}/indicator?indicator=output&place=sip&years=2024-2026")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="The figures")).to_be_visible()
    page.get_by_role("link", name="Data", exact=True).click()
    expect(page.get_by_text("rows, data version")).to_be_visible()
    kept = {name: values(page)[name] for name in ("lang", "place", "years")}
    assert kept == {"lang": "en", "place": "sip", "years": "2024-2026"}
    expect(page.get_by_text("3 rows, data version 1.1.0")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="The figures")).to_be_visible()


@pytest.mark.parametrize(("kind", "begins"), [("SVG", b"<svg"), ("PNG", b"\x89PNG\r\n")])
def test_a_chart_is_saved_as_a_picture_that_carries_its_sources(
    page: Page, server: str, kind: str, begins: bytes
) -> None:
    page.goto(f"{server}/indicator?indicator=output")
    expect(page.locator(".js-plotly-plot .gtitle").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name=kind, exact=True).click()
    content = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == f"output.{kind.lower()}"
    assert content.startswith(begins)
    if kind == "SVG":
        assert "数据版本 1.1.0" in content.decode()
        assert "规上工业总产值" in content.decode()
    else:
        assert len(content) > 10_000


def test_the_address_of_the_data_gives_what_the_chart_shows(page: Page, server: str) -> None:
    page.goto(f"{server}/indicator?indicator=output&place=sip&years=2024-2026&as_of=2026-02-01")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="JSON", exact=True).click()
    found = json.loads(opened.value.locator("body").inner_text())
    assert (found["as_of"], {row["place"] for row in found["observations"]}) == ("2026-02-01", {"sip"})


def test_a_pasted_address_shows_the_same_figures(page: Page, server: str) -> None:
    page.goto(f"{server}/indicator?indicator=output")
    page.get_by_role("radio", name="同比").click()
    expect(page.get_by_text("与所载相差").first).to_be_visible()
    page.get_by_text("苏州工业园区", exact=True).first.click()
    expect(page).to_have_url(re.compile("place="))
    shown = at_rest(page)
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert at_rest(page) == shown


def test_markup_in_an_article_does_nothing(page: Page, server: str) -> None:
    page.goto(f"{server}/articles?article=a1")
    expect(page.locator("article.text")).to_contain_text("<script>document.title")
    page.wait_for_timeout(300)
    assert "owned" not in page.title()
    assert page.title() != "1"
    assert page.locator("article.text img, article.text script").count() == 0


def test_without_a_database_the_page_says_what_to_run(page: Page, tmp_path: Path) -> None:
    with serving(tmp_path) as address:
        page.goto(address)
        expect(page.get_by_text("python -m etl refresh")).to_be_visible()

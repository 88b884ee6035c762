"""Every control stands in the address, and the keyboard alone does what the mouse does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard.wording import Words
from tests import tiny
from tests.browser.conftest import at_rest, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tiny.make(tmp_path_factory.mktemp("controls"))) as address:
        yield address


@pytest.fixture(scope="module")
def elsewhere(browser: Browser) -> Iterator[BrowserContext]:
    """Another profile, in which no control was ever touched."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield made
    made.close()


def press(role: str, name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]


def pill(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).first.click()


def pick(label: str, name: str) -> Callable[[Page], None]:
    """Type into a box that finds options, and take the first."""

    def act(page: Page) -> None:
        box = page.get_by_role("combobox", name=label).first
        box.click()
        box.fill(name)
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")  # an open list hides the other controls from who cannot see

    return act


def slide(key: str, number: int = 0) -> Callable[[Page], None]:
    """Move a thumb of a slider by one."""

    def act(page: Page) -> None:
        page.get_by_role("slider").nth(number).focus()
        page.keyboard.press(key)

    return act


def search(page: Page) -> None:
    page.get_by_role("textbox").fill("智慧")
    page.keyboard.press("Enter")


def known_on(page: Page) -> None:
    page.get_by_role("button", name=Words("zh")("known_on")).click()
    page.get_by_test_id("stPopoverBody").get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")
    at_rest(page)  # an Escape while the page is drawn anew may find nothing to close
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


Control = tuple[Callable[[Page], None], str, str]  # what to do, and what then stands in the address
CONTROLS: list[tuple[str, list[Control]]] = [
    ("", [(pill("苏州工业园区"), "place", "sip"), (search, "q", "智慧")]),
    (
        "indicator?indicator=output",
        [
            (known_on, "as_of", "2026-01-17"),
            (pill("苏州工业园区"), "place", "suzhou,sip"),
            (slide("ArrowRight"), "years", "2020-2026"),
        ],
    ),
    (
        "indicator?indicator=output",
        [
            (press("radio", "全口径"), "scope", "wide"),
            (press("radio", "同比"), "show", "growth"),
            (pick(Words("zh")("choose_indicator"), "智能工厂"), "indicator", "plants"),
        ],
    ),
    (
        "compare?indicators=output",
        [
            (press("radio", Words("zh")("compare_index")), "show", "index"),
            (pill("苏州工业园区"), "place", "suzhou"),
            (pick(Words("zh")("compare_which"), "智能工厂"), "indicators", "output,plants"),
        ],
    ),
    (
        "targets",
        [
            (press("radio", Words("zh")("outcome_missed")), "state", "missed"),
            (pick("全部地区", "苏州市"), "place", "suzhou"),
        ],
    ),
    (
        "data",
        [
            (slide("ArrowRight"), "years", "2020-2026"),
            (pick("全部地区", "苏州工业园区"), "place", "sip"),
            (pick("全部指标", "智能工厂"), "indicators", "plants"),
        ],
    ),
    ("data", [(press("radio", "目标"), "status", "target"), (press("radio", "读自文章"), "origin", "article")]),
    ("articles", [(press("link", "蘇州工業園區"), "article", "a2")]),
]


@pytest.mark.parametrize(("room", "controls"), CONTROLS, ids=[f"{c[0].split('?')[0]}-{c[1][0][1]}" for c in CONTROLS])
def test_a_control_stands_in_the_address_and_an_address_in_the_control(
    elsewhere: BrowserContext, page: Page, server: str, room: str, controls: list[Control]
) -> None:
    page.goto(f"{server}/{room}")
    said = at_rest(page)
    for act, name, value in controls:
        act(page)
        page.wait_for_function(f"new URLSearchParams(location.search).get('{name}') === '{value}'")
        before, said = said, at_rest(page)
        assert said != before, f"the control of {name} must show something else"
    pasted = elsewhere.new_page()
    pasted.goto(page.url)
    assert at_rest(pasted) == said
    assert parse_qs(urlsplit(pasted.url).query) == parse_qs(urlsplit(page.url).query)
    pasted.close()


def test_back_and_forward_show_what_was_there(page: Page, server: str) -> None:
    page.goto(server)
    first = at_rest(page)
    page.locator("a.card", has_text="规上工业总产值").click()
    expect(page.get_by_text("图中数字")).to_be_visible()
    second = at_rest(page)
    page.get_by_role("link", name="目标", exact=True).click()
    expect(page.get_by_role("heading", name="目标")).to_be_visible()
    third = at_rest(page)
    page.go_back()
    expect(page.get_by_text("图中数字")).to_be_visible()
    assert at_rest(page) == second
    page.go_back()
    expect(page.get_by_role("heading", name="苏州“人工智能＋制造”，逐年看")).to_be_visible()
    assert at_rest(page) == first
    page.go_forward()
    page.go_forward()
    expect(page.get_by_role("heading", name="目标")).to_be_visible()
    assert at_rest(page) == third


def focused(page: Page) -> str:
    """What the focus is on, in words."""
    said = page.evaluate(
        "(e => (e.getAttribute('aria-label') || e.innerText || e.placeholder || '').trim())(document.activeElement)"
    )
    return str(said)


def is_seen(page: Page) -> bool:
    """Whether the focused thing looks otherwise than it does without the focus."""
    focus = page.evaluate_handle("document.activeElement").as_element()
    assert focus
    focus.scroll_into_view_if_needed()
    box = focus.bounding_box()
    assert box
    clip: Any = {
        "x": max(0, box["x"] - 8),
        "y": max(0, box["y"] - 8),
        "width": box["width"] + 16,
        "height": box["height"] + 16,
    }
    with_focus = page.screenshot(clip=clip, caret="initial")
    focus.evaluate("e => e.blur()")
    without = page.screenshot(clip=clip)
    focus.focus()
    return with_focus != without


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what begins with some words; it must be seen to be there."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            assert is_seen(page), f"nothing shows that the focus is on {words}"
            return
    raise AssertionError(f"Tab never comes to {words}; last on {focused(page)}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_keyboard_alone_finds_reads_cites_and_downloads(page: Page, server: str, language: str) -> None:
    words = Words(language)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{server}/?lang={language}")
    at_rest(page)
    tab_to(page, words("search"))
    page.keyboard.type("output")
    page.keyboard.press("Enter")
    at_rest(page)
    tab_to(page, "规上工业总产值" if language == "zh" else "Industrial output")
    page.keyboard.press("Enter")
    expect(page.locator("table.figures")).to_be_visible()
    at_rest(page)
    tab_to(page, "4.68 万亿元" if language == "zh" else "CNY 4.68 trn")
    page.keyboard.press("Enter")
    expect(page.locator(".quote-card")).to_be_visible()
    at_rest(page)
    page.keyboard.press("Home")
    tab_to(page, words("copy_citation"))
    page.keyboard.press("Enter")
    assert "苏州" in page.evaluate("navigator.clipboard.readText()")
    tab_to(page, words("download_csv"))
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert Path(waiting.value.path()).stat().st_size > 100
    page.reload()
    at_rest(page)
    tab_to(page, words("read_in_article"))
    page.keyboard.press("Enter")
    expect(page.locator("a.stated.focus")).to_be_in_viewport()

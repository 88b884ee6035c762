"""Every page in both languages and themes: axe-core finds nothing serious, and no page is wider than its window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests import tiny
from tests.browser.conftest import at_rest, serving

ROOMS = (
    "",
    "indicator",
    "indicator?indicator=output&figure=o21",
    "indicator?indicator=plants&as_of=2026-01-01",
    "compare",
    "compare?indicators=output,plants",
    "targets",
    "articles",
    "articles?article=a1&figure=o24",
    "data",
    "review",
    "about",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tiny.make(tmp_path_factory.mktemp("axe"))) as address:
        yield address


SIZES = [(360, 740), (320, 256), (1440, 900)]  # a telephone, 1280 × 1024 at 400 %, a desk


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("room", ROOMS)
def test_a_page_is_for_everybody(page: Page, server: str, room: str, language: str) -> None:
    """One visit: axe in the light, axe once the system has turned dark, then windows of other sizes."""
    page.emulate_media(color_scheme="light")
    page.goto(f"{server}/{room}{'&' if '?' in room else '?'}lang={language}")
    at_rest(page)
    light = serious(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.documentElement).colorScheme === 'dark'")
    at_rest(page)
    dark = serious(page)
    wide = [(width, found) for width, height in SIZES if (found := scrolled_to(page, width, height)) > width]
    assert (light, dark, wide) == ([], [], [])


def serious(page: Page) -> list[tuple[str, ...]]:
    """What axe calls serious or critical: rule, what it asks, where (three places at most)."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return [
        (one["id"], one["help"], *(" ".join(str(node["target"][0]).split()) for node in one["nodes"][:3]))
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def scrolled_to(page: Page, width: int, height: int) -> int:
    """How wide the page is in a window of a size, in pixels."""
    page.set_viewport_size({"width": width, "height": height})
    at_rest(page)
    found: int = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    return found

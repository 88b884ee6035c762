"""What axe-core finds on every page, in both themes and languages: nothing serious, nothing critical."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests import tiny
from tests.browser.conftest import at_rest, serving

ROOMS = (
    "",
    "indicator?indicator=output&figure=o21",
    "indicator?indicator=plants&as_of=2026-01-01",
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


@pytest.fixture(scope="module", params=["light", "dark"])
def themed(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    theme: Literal["light", "dark"] = request.param
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", color_scheme=theme)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("room", ROOMS)
def test_axe_finds_nothing_serious(themed: Page, server: str, room: str, language: str) -> None:
    themed.goto(f"{server}/{room}{'&' if '?' in room else '?'}lang={language}")
    at_rest(themed)
    themed.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(themed).response["violations"]
    serious = [
        (one["id"], one["help"], [" ".join(node["target"][0].split()) if isinstance(node["target"][0], str) else node["target"] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]  # fmt: skip
    assert serious == []

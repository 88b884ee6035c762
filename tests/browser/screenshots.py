"""Pictures of every page in both languages, both themes and two widths, into the folder screenshots/, to be looked at.

python tests/browser/screenshots.py [--data data] [--only indicator-zh] [--folder screenshots]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import duckdb
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS, REMEDY, chromium, serving

WIDTHS = (1440, 390)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Start the dashboard, take the pictures, print their names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the builds")
    parser.add_argument("--only", default="", help="only pictures whose name holds this")
    parser.add_argument("--folder", type=Path, default=Path("screenshots"))
    chosen = parser.parse_args()
    if (path := chromium()) is None:
        raise SystemExit(REMEDY)
    chosen.folder.mkdir(exist_ok=True)
    with serving(chosen.data) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS])
        for theme, width in product(THEMES, WIDTHS):
            context = browser.new_context(color_scheme=theme, locale="zh-CN")
            page = context.new_page()
            for name, room in views(chosen.data):
                if chosen.only in (full := f"{name}-{theme}-{width}"):
                    page.set_viewport_size({"width": width, "height": 900})
                    take(page, f"{address}/{room}", chosen.folder / f"{full}.png")
                    print(full)
            context.close()
        browser.close()


def views(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and address of every page in both languages."""
    for (name, (page, values)), language in product(pages(folder).items(), ("zh", "en")):
        yield f"{name}-{language}", f"{page}?{urlencode(values | ({'lang': 'en'} if language == 'en' else {}))}"


def pages(folder: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """The pages worth a look, with a figure of the current build where one is needed."""
    build = (folder / "current").read_text(encoding="utf-8").strip()
    with duckdb.connect(str(folder / "builds" / f"{build}.duckdb"), read_only=True) as connection:
        figures = connection.execute(
            "SELECT article, id, indicator FROM standing WHERE origin = 'article' ORDER BY indicator <> 'industrial_output', id"
        ).fetchall()
    found: dict[str, tuple[str, dict[str, str]]] = {
        "overview": ("", {}),
        "indicator": ("indicator", {"indicator": "industrial_output", "place": "suzhou,sip,kunshan"}),
        "growth": ("indicator", {"indicator": "industrial_output", "show": "growth"}),
        "stock": ("indicator", {"indicator": "smart_factories_provincial"}),
        "then": ("indicator", {"indicator": "industrial_output", "as_of": "2024-06-30"}),
        "compare": ("compare", {"place": "suzhou,sip,snd,kunshan"}),
        "index": ("compare", {"show": "index", "place": "suzhou,china"}),
        "targets": ("targets", {}),
        "review": ("review", {}),
        "articles": ("articles", {}),
        "data": ("data", {}),
        "about": ("about", {}),
    }
    if figures:
        article, figure, indicator = figures[0]
        found["figure"] = ("indicator", {"indicator": indicator, "figure": figure})
        found["article"] = ("articles", {"article": article, "figure": figure})
    return found


def take(page: Page, address: str, file: Path) -> None:
    """One picture of a whole page, once it has come to rest; the window grows, since the page scrolls inside it."""
    page.goto(address)
    page.wait_for_selector(".foot", timeout=30_000)
    page.wait_for_timeout(700)
    page.evaluate("document.querySelectorAll('details.histories, details.asides').forEach(d => d.open = true)")
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    wide = page.viewport_size["width"] if page.viewport_size else WIDTHS[0]
    page.set_viewport_size({"width": wide, "height": min(int(tall) + 20, 6000)})
    page.wait_for_timeout(500)
    page.screenshot(path=file)


if __name__ == "__main__":
    main()

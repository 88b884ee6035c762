"""How quick the pages are: against a bare Streamlit and Plotly page in the same run, and the script alone by size.

python tests/benchmarks/pages.py [--data data] [--times 7] [--sizes 5000,1000000]

In a real browser, by the page's own clock: cold load (nothing cached), warm load, click on a widget to the chart drawn anew;
medians, and ratios to the bare page. In AppTest: every page's rerun, 95th percentile of 40, with made-up databases of the given sizes.
"""

from __future__ import annotations

import argparse
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import streamlit as st
from playwright.sync_api import Browser, sync_playwright

from etl.builds import Builds
from tests import large
from tests.browser.conftest import FLAGS, REMEDY, chromium, serving
from tests.pages import PAGES, visit

BARE = "tests/benchmarks/bare.py"
RERUNS = 40
ADDRESSES = {"indicator": {"indicator": "industrial_output"}, "articles": {}, "data": {"place": "suzhou"}}
# Milliseconds from the beginning of the load until a frame in which the chart stands. (Asked from outside, at growing
# intervals up to half a second, the answer would be rounded up to them.)
DRAWN = """async () => {
    while (!document.querySelector(".js-plotly-plot .gtitle")) await new Promise(requestAnimationFrame);
    return performance.now();
}"""
REST = 700  # milliseconds after each load and between two clicks
# Milliseconds from the click on a widget until a frame in which the chart's title names its option, or names it no more.
CLICK = """async ([option, named]) => {
    const title = () => document.querySelector(".js-plotly-plot .gtitle, .js-plotly-plot .gsubtitle")?.parentNode.textContent ?? "";
    const began = performance.now();
    [...document.querySelectorAll("button, label")].find((widget) => widget.textContent.trim() === option).click();
    while (title().includes(option) !== named) await new Promise(requestAnimationFrame);
    return performance.now() - began;
}"""


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder of the builds")
    parser.add_argument("--times", type=int, default=7, help="how often each load is timed")
    parser.add_argument("--sizes", default="5000,1000000", help="observations of the made-up databases")
    chosen = parser.parse_args()
    in_browser(chosen.data, chosen.times)
    for size in filter(None, chosen.sizes.split(",")):
        in_script(int(size))


def in_browser(data: Path, times: int) -> None:
    """Cold, warm and click, the bare page and ours in turn."""
    if (path := chromium()) is None:
        raise SystemExit(REMEDY)
    builds = Builds(data)
    os.environ["BARE"] = str(builds.path(builds.current() or "").resolve())
    with serving(data, BARE) as bare, serving(data) as ours, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS])
        pages: dict[str, tuple[str, Sequence[tuple[str, bool]]]] = {
            "bare": (bare, [("sip", True), ("suzhou", True)]),
            "indicator": (
                f"{ours}/indicator?indicator=industrial_output",
                [("苏州工业园区", True), ("苏州工业园区", False)],
            ),
        }
        loads: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
        clicks: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(times + 1):
            for name, (address, options) in pages.items():
                seconds, clicked = timed(browser, address, options)
                loads[name].append(seconds)
                clicks[name] += clicked
        browser.close()
    print("             cold     warm    click   (s, medians)")
    medians = {
        name: [*(median(column) for column in zip(*rows[1:], strict=True)), median(clicks[name])]
        for name, rows in loads.items()
    }
    for name, row in medians.items():
        print(f"{name:10}" + "".join(f"{value:9.2f}" for value in row))
    print("ratio     " + "".join(f"{a / b:9.2f}" for a, b in zip(medians["indicator"], medians["bare"], strict=True)))


def timed(
    browser: Browser, address: str, options: Sequence[tuple[str, bool]]
) -> tuple[tuple[float, float], list[float]]:
    """Seconds to the drawn chart with nothing cached and again; and after each of two rounds of clicks."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    spans, steps = [], list[Callable[[], object]]([lambda: page.goto(address), page.reload])
    for step in steps:
        step()
        spans.append(page.evaluate(DRAWN) / 1000)
        page.wait_for_timeout(REST)
    clicked = []
    for option in [*options, *options]:
        page.wait_for_timeout(REST)
        clicked.append(page.evaluate(CLICK, list(option)) / 1000)
    context.close()
    return (spans[0], spans[1]), clicked


def in_script(size: int) -> None:
    """The script alone: first run, then reruns, of every page."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder, pointed_at(large.make(Path(folder), size)):
        print(f"\n{size:,} observations   first   rerun p50   p95   (ms)")
        for room in PAGES:
            first, spans = reruns(room)
            print(
                f"  {room or 'overview':18}{first:8.0f}{spans[len(spans) // 2]:12.0f}{spans[int(0.95 * len(spans))]:6.0f}"
            )


def reruns(room: str) -> tuple[float, list[float]]:
    """Milliseconds of the first run, and of the reruns in order of length."""
    began = time.perf_counter()
    app = visit(room, **ADDRESSES.get(room, {}))
    first = time.perf_counter() - began
    spans = []
    for _ in range(RERUNS):
        began = time.perf_counter()
        app.run()
        spans.append(1000 * (time.perf_counter() - began))
    return 1000 * first, sorted(spans)


@contextmanager
def pointed_at(folder: Path) -> Iterator[None]:
    """Let the pages read the builds of a folder."""
    os.environ["DATA_DIR"] = str(folder)
    yield
    st.cache_resource.clear()


if __name__ == "__main__":
    main()

"""A real Chromium for the tests of this folder, and the rule for machines without one.

Where none is installed its tests are skipped with a line that says how to get one. Under CI=true any skipped test of
this folder is a failure: a build that looked at nothing must not pass. CHROMIUM names a browser that is not on PATH.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REMEDY = "no Chromium found: apt-get install chromium fonts-noto-cjk, or set CHROMIUM to a browser's path"
PATIENCE = 30_000  # milliseconds; a busy machine is slow, not wrong
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def chromium() -> str | None:
    """The browser to drive: the one CHROMIUM names, else the first of the usual names on PATH."""
    names = (os.environ["CHROMIUM"],) if "CHROMIUM" in os.environ else NAMES
    return next(filter(None, map(shutil.which, names)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder: -m "not browser" leaves them out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure under CI=true."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        why: Any = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"{item.name}: skipped, which CI=true does not allow: {why}"
    return report


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the tests of a file; closed with it, so that no event loop outlives them."""
    if (path := chromium()) is None:
        pytest.skip(REMEDY)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=[*FLAGS])
        yield started
        started.close()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One profile, of a desktop's size and in Chinese: what the pages stand on is fetched once for all tests of a file."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", accept_downloads=True)
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A fresh page of that profile, with no cookies of the page before."""
    context.clear_cookies()
    opened = context.new_page()
    yield opened
    opened.close()


def at_rest(page: Page) -> str:
    """What the page says once it has stopped changing: its text, what its charts tell a screen reader, and which of its
    options are chosen."""
    expect(page.locator(".foot")).to_be_visible()
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    said, before = _said(page), ""
    while said != before:
        page.wait_for_timeout(400)
        said, before = _said(page), said
    return said


def _said(page: Page) -> str:
    found: list[str] = page.evaluate("""() => [
        ...[...document.querySelectorAll("[data-testid=stHtml]")].map(e => e.innerText),
        ...[...document.querySelectorAll("[data-testid=stPlotlyChart] [aria-label]")].map(e => e.getAttribute("aria-label")),
        ...[...document.querySelectorAll("[data-testid=stMultiSelect]")].map(e => e.innerText),
        ...[...document.querySelectorAll("[aria-checked=true], [aria-pressed=true]")].map(e => e.innerText)]""")
    return "\n".join(found)


@contextmanager
def serving(folder: Path, script: str = "dashboard/serve.py") -> Iterator[str]:
    """The dashboard (or another page) on a free port of this machine, reading the builds of `folder`; its address."""
    with started(folder, script) as (address, _):
        yield address


@contextmanager
def started(folder: Path, script: str = "dashboard/serve.py") -> Iterator[tuple[str, int]]:
    """As `serving`, with the number of the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"]
    environment = os.environ | {"DATA_DIR": str(folder.resolve())}
    with tempfile.TemporaryFile() as said:  # a pipe that nobody reads would stop the server once it is full
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT)
        try:
            address = f"http://localhost:{port}"
            _wait_for(f"{address}/_stcore/health", process, said)
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(10)


def _wait_for(address: str, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    """Return when the server answers; fail with its own words if it ends or takes half a minute."""
    for _ in range(150):
        if process.poll() is not None:
            said.seek(0)
            raise RuntimeError(f"the dashboard did not start:\n{said.read().decode()}")
        try:
            with urlopen(address, timeout=1) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the dashboard did not answer within half a minute")

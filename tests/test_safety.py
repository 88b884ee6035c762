"""What strangers type cannot become part of a question to the database: through every door of the pages and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb
import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard import serve
from dashboard.builds import Build
from tests.pages import APP, PAGES, seen, visit, words

pytestmark = pytest.mark.usefixtures("folder")

MARK = "zz9"  # in every payload, so that it is found however it is cut
PAYLOADS = [
    f"{MARK}'; COPY (SELECT 1) TO 'OUT'; --",
    f"{MARK}' UNION SELECT content FROM read_text('/etc/passwd') --",
    f"{MARK}'; ATTACH 'OUT' AS a; INSTALL httpfs; LOAD httpfs; --",
    f"{MARK}'; SET enable_external_access = true; SET lock_configuration = false; --",
    f'{MARK}"; DROP TABLE observation; --',
    f"$1 {{{MARK}}} %s {MARK} \\ \0",
]
NAMES = [
    "lang", "indicator", "indicators", "place", "years", "show", "scope", "status", "origin", "state", "as_of", "figure",
    "article", "q", "page", "scale",
]  # fmt: skip


class Heard:
    """A cursor that passes every question on, and keeps its words."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, asked: list[str]) -> None:
        self._cursor, self._asked = cursor, asked

    def execute(self, question: str, *parameters: Any) -> Any:
        self._asked.append(question)
        return self._cursor.execute(question, *parameters)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of all questions to the database, as they are asked."""
    found: list[str] = []
    real = Build.cursor

    @contextmanager
    def cursor(self: Build) -> Iterator[Any]:
        with real(self) as opened:
            yield Heard(opened, found)

    monkeypatch.setattr(Build, "cursor", cursor)
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("page", PAGES)
def test_no_value_of_an_address_becomes_part_of_a_question(page: str, asked: list[str], folder: Path) -> None:
    before = files(folder)
    for payload in PAYLOADS:
        visit(page, **dict.fromkeys(NAMES, payload))
    for name in ("q", "article", "place", "indicators"):
        visit(page, **{name: PAYLOADS[0]})
    assert asked, "the page must have asked something"
    assert [question for question in asked if MARK in question] == []
    assert files(folder) == before


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_address_of_the_data_becomes_part_of_a_question(payload: str, asked: list[str], folder: Path) -> None:
    before = files(folder)
    for name in ("output", payload):
        for query in ({}, *({one: payload} for one in NAMES)):
            scope = {
                "type": "http", "method": "GET", "path": "/data/x", "headers": [],
                "query_string": urlencode(query).encode(), "path_params": {"name": name, "kind": "csv"},
            }  # fmt: skip
            assert serve.data(Request(scope)).status_code in (200, 400, 404)
    assert asked
    assert [question for question in asked if MARK in question] == []
    assert files(folder) == before


# -------------------------------------------------------------------------------------------------------- private use
@pytest.mark.parametrize("page", PAGES)
def test_a_private_dashboard_shows_nothing_to_who_has_not_logged_in(
    page: str, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVATE", "1")
    app = visit(page, indicator="output")
    assert asked == []
    assert [button.label for button in app.button] == ["登录"]
    assert "只对登录的人开放" in words(app)


def test_a_private_dashboard_gives_no_data_by_address(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVATE", "1")
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/data/x",
        "headers": [],
        "query_string": b"",
        "path_params": {"name": "all", "kind": "csv"},
    }
    answer = serve.data(Request(scope))
    assert (answer.status_code, asked) == (401, [])


@pytest.mark.parametrize("private", ["0", "1"])
def test_a_private_chart_names_no_address_that_would_answer_nobody(
    private: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVATE", private)
    app = AppTest.from_file(APP, default_timeout=30)
    app._page_hash = calc_hash("indicator")
    app.query_params["indicator"] = "output"
    app.user = {"is_logged_in": True}
    app.run()
    assert "data-picture" in seen(app)
    assert ('href="data/' in seen(app)) == (private == "0")


@pytest.mark.parametrize("known", [True, False])
def test_who_has_logged_in_sees_a_private_dashboard(monkeypatch: pytest.MonkeyPatch, *, known: bool) -> None:
    monkeypatch.setenv("PRIVATE", "1")
    app = AppTest.from_file(APP, default_timeout=30)
    app.user = {"is_logged_in": known, "email": "someone@example.com"}
    app.run()
    assert ('class="card' in seen(app)) == known

"""The stable addresses beside the pages, asked over HTTP: what they give, what they refuse, and the headers of all answers."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import duckdb
import pytest

from tests import tiny
from tests.browser.conftest import serving


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.body.decode("utf-8-sig"), newline="")))

    def json(self) -> Any:
        return json.loads(self.body)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.make(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


def ask(address: str, **headers: str) -> Answer:
    request = Request(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urlopen(request, timeout=10) as answer:
            return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
    except HTTPError as error:
        with error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())


def ids(answer: Answer) -> set[str]:
    return {row["id"] for row in answer.rows()}


def test_health_names_the_build(server: str) -> None:
    answer = ask(f"{server}/api/health")
    assert (answer.status, answer.json()["status"], answer.json()["version"]) == (200, "ok", "1.1.0")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("place=sip", {"p25", "s25"}),
        ("status=target", {"o22t", "o23t", "o26"}),
        ("status=target,estimate&years=2025-2026", {"o25", "o26", "p25", "s25"}),
        ("origin=article&years=2023-2023", {"o23", "y23"}),
        ("as_of=2022-12-31&years=2021-2021", {"o21", "o21b"}),
        ("as_of=2021-12-31", set()),
    ],
)
def test_an_indicator_as_csv(server: str, query: str, wanted: set[str]) -> None:
    answer = ask(f"{server}/data/output.csv?{query}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.body.startswith(b"\xef\xbb\xbfid,article,indicator")
    assert ids(answer) == wanted


def test_all_holds_every_indicator(server: str) -> None:
    assert {row["indicator"] for row in ask(f"{server}/data/all.csv").rows()} == {"output", "plants", "models"}


def test_an_indicator_as_json_says_what_its_rows_mean(server: str) -> None:
    found = ask(f"{server}/data/plants.json?as_of=2026-11-22").json()
    assert (found["version"], found["as_of"], found["indicator"]["unit"]) == ("1.1.0", "2026-11-22", "factories")
    assert [b["day"] for b in found["indicator"]["breaks"]] == ["2025-06-30"]
    values = {row["id"]: (row["value"], row["bound"]) for row in found["observations"]}
    assert values["f25"] == (1800, ">")
    assert ids(ask(f"{server}/data/plants.csv?as_of=2026-11-22")) == set(values)
    growth = ask(f"{server}/data/output.json?years=2024-2024").json()["observations"]
    assert {row["value"] for row in growth if row["measure"] == "yoy"} == {5.6}


def test_parquet_holds_the_same_rows_with_exact_values(server: str, tmp_path: Path) -> None:
    answer = ask(f"{server}/data/output.parquet?years=2023-2024")
    assert answer.status == 200, answer.body
    (path := tmp_path / "output.parquet").write_bytes(answer.body)
    found = duckdb.connect().execute(f"SELECT id, value::VARCHAR, char_start FROM '{path}'").fetchall()
    rows = ask(f"{server}/data/output.csv?years=2023-2024").rows()
    assert {(id_, Decimal(value), start) for id_, value, start in found} == {
        (row["id"], Decimal(row["value"]), int(row["char_start"]) if row["char_start"] else None) for row in rows
    }


def test_the_bundle_is_that_of_the_build(server: str) -> None:
    answer = ask(f"{server}/data/bundle.zip")
    assert (answer.headers["content-type"], answer.body) == ("application/zip", b"tiny")


@pytest.mark.parametrize(
    ("path", "status", "fault"),
    [
        ("outptu.csv", 404, 'no indicator "outptu"; did you mean "output"?'),
        ("output.xlsx", 404, 'no "output.xlsx"'),
        ("bundle.csv", 404, 'no indicator "bundle"'),
        ("output.csv?place=suzhuo", 400, 'no place "suzhuo"; did you mean "suzhou"?'),
        ("output.csv?years=2024", 400, 'years "2024" is no span; write 2019-2024'),
        ("output.csv?years=2024-2019", 400, "is no span"),
        ("output.csv?as_of=yesterday", 400, 'as_of "yesterday" is no day; write 2024-06-30'),
        ("output.csv?status=planned", 400, 'no status "planned"'),
        ("output.csv?plcae=sip", 400, 'no parameter "plcae"'),
        ("bundle.zip?place=sip", 400, "it takes no parameters"),
        ("output.csv?place=%27%3B%20DROP%20TABLE%20observation", 400, "no place"),
    ],
)
def test_a_wrong_address_says_what_is_wrong(server: str, path: str, status: int, fault: str) -> None:
    answer = ask(f"{server}/data/{path}")
    assert answer.status == status
    assert fault in answer.json()["fault"]


def test_what_has_not_changed_is_not_sent_again(server: str) -> None:
    first = ask(f"{server}/data/output.csv?place=sip&status=estimate")
    etag = first.headers["etag"]
    again = ask(f"{server}/data/output.csv?status=estimate&place=sip", if_none_match=f'"other", W/{etag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
    assert ask(f"{server}/data/output.csv?place=suzhou", if_none_match=etag).status == 200


@pytest.mark.parametrize(
    "path", ["/", "/data/output.csv", "/data/none.csv", "/api/health", "/indicator?indicator=output", "/_stcore/health"]
)
def test_every_answer_bears_the_headers(server: str, path: str) -> None:
    headers = ask(server + path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize(
    ("query", "language"), [("", "zh-CN"), ("?lang=en", "en"), ("?lang=zh", "zh-CN"), ("?lang=xx", "zh-CN")]
)
@pytest.mark.parametrize("room", ["", "indicator", "data"])
def test_a_page_names_its_language(server: str, room: str, query: str, language: str) -> None:
    answer = ask(f"{server}/{room}{query}", accept_encoding="gzip")
    body = gzip.decompress(answer.body) if answer.headers.get("content-encoding") == "gzip" else answer.body
    assert f'<html lang="{language}">'.encode() in body


@pytest.mark.parametrize(("room", "charted"), [("indicator", 1), ("compare", 1), ("", 0), ("articles", 0), ("data", 0)])
def test_a_page_with_a_chart_asks_for_plotly_at_once(server: str, room: str, charted: int) -> None:
    parts = re.findall(r'import\("\./(static/js/PlotlyChart\.[^"]+)"\)', ask(f"{server}/{room}").body.decode())
    assert len(parts) == charted
    for part in parts:
        assert "javascript" in ask(f"{server}/{part}").headers["content-type"]


def test_without_data_there_is_an_answer_all_the_same(tmp_path: Path) -> None:
    with serving(tmp_path) as address:
        assert ask(f"{address}/api/health").status == 503
        assert ask(f"{address}/data/all.csv").status == 503


def test_a_new_build_is_served_without_a_restart(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    with serving(folder) as address:
        first = ask(f"{address}/data/output.csv")
        tiny.make(folder, 2, figures="n1 original output suzhou value - - actual 2020 1 = - -")
        second = ask(f"{address}/data/output.csv", if_none_match=first.headers["etag"])
        assert (second.status, ids(second), second.headers["x-data-version"]) == (200, {"n1"}, "1.2.0")

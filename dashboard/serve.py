"""Owns what is served beside the pages: stable addresses of the data, and the headers of every answer.

    /data/<indicator>.csv · .json · .parquet · /data/all.csv · .json · .parquet · /data/bundle.zip · /api/health

`place`, `status`, `origin` and `years` filter as on the Data page, `as_of` goes back to what was known on a day. Every
answer bears an ETag that changes with the build and the question alone. `streamlit run dashboard/serve.py` starts it.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import QueryParams
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import builds, queries
from dashboard.builds import AskError, Build, NoBuildError
from dashboard.model import ORIGINS, STATUSES, Choice
from dashboard.views import delivery

CHARTED = ("indicator", "compare")  # pages that draw with Plotly
PARAMETERS = ("place", "status", "origin", "years", "as_of")
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    # Streamlit brings inline styles and scripts of its own, and Plotly compiles; nothing may come from another host.
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss: data: blob:; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
}


class AddressError(Exception):
    """An address that asks for what there is not; `status` is that of the answer."""

    def __init__(self, status: int, fault: str) -> None:
        self.status = status
        super().__init__(fault)


def health(_request: Request) -> Response:
    """Say which build is served; 503 where there is none."""
    try:
        made = queries.made(builds.current())
    except (NoBuildError, AskError) as error:
        return JSONResponse({"status": "no data", "fault": str(error)}, 503)
    return JSONResponse(
        {"status": "ok", "build": made.id, "version": made.version, "made_at": f"{made.made_at:%Y-%m-%dT%H:%M:%SZ}"}
    )


def data(request: Request) -> Response:
    """Answer one address under /data; who may log in gets the same files from the pages."""
    if builds.private():
        return JSONResponse({"fault": "this dashboard is private; log in, and download from its Data page"}, 401)
    try:
        return _data(request)
    except AddressError as error:
        return JSONResponse({"fault": str(error)}, error.status)
    except (NoBuildError, AskError) as error:
        return JSONResponse({"fault": str(error)}, 503)


def _data(request: Request) -> Response:
    name, kind = request.path_params["name"], request.path_params["kind"]
    build = builds.current()
    make = _maker(build, name, kind, request.query_params)
    question = f"{name}.{kind}?{sorted(request.query_params.multi_items())}"
    made = queries.made(build)
    etag = f'"{made.id}-{hashlib.sha256(question.encode()).hexdigest()[:12]}"'
    headers = {
        "etag": etag,
        "cache-control": "no-cache",
        "access-control-allow-origin": "*",
        "x-data-version": made.version,
    }
    if etag in (known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    content, kind_of = make()
    headers["content-disposition"] = f'inline; filename="{name}-{made.version}.{kind}"'
    return Response(content, media_type=kind_of, headers=headers)


def _maker(build: Build, name: str, kind: str, asked: QueryParams) -> Callable[[], tuple[bytes, str]]:
    """What makes the answer; `AddressError` where the address is wrong, before anything is made."""
    if (name, kind) == ("bundle", "zip"):
        if asked:
            raise AddressError(400, "bundle.zip holds everything; it takes no parameters")
        return lambda: (queries.bundle(build), "application/zip")
    known = queries.catalogue(build)
    if kind not in ("csv", "json", "parquet"):
        raise AddressError(
            404, f'no "{name}.{kind}"; there are .csv, .json and .parquet of all and of each indicator, and bundle.zip'
        )
    if name != "all" and name not in known:
        raise AddressError(404, f'no indicator "{name}"{_near(name, [*known, "all", "bundle"])}')
    choice = replace(_choice(build, asked), indicators=() if name == "all" else (name,))
    then = build.known_on(_day(asked))
    if kind == "csv":
        return lambda: (delivery.comma_separated(then, choice), "text/csv; charset=utf-8")
    if kind == "parquet":
        return lambda: (delivery.parquet(then, choice), "application/vnd.apache.parquet")
    return lambda: (_json(then, name, choice), "application/json")


def _choice(build: Build, asked: QueryParams) -> Choice:
    """The filters of an address, each checked."""
    for name in asked:
        if name not in PARAMETERS:
            raise AddressError(400, f'no parameter "{name}"; there are {", ".join(PARAMETERS)}')
    first, last = 0, 9999
    if years := asked.get("years"):
        if not (span := re.fullmatch(r"(\d{4})-(\d{4})", years)) or span[1] > span[2]:
            raise AddressError(400, f'years "{years}" is no span; write 2019-2024')
        first, last = int(span[1]), int(span[2])
    return Choice(
        places=_codes(asked, "place", queries.places(build)),
        statuses=_codes(asked, "status", STATUSES),
        origins=_codes(asked, "origin", ORIGINS),
        years=(first, last),
    )


def _codes(asked: QueryParams, name: str, known: Collection[str]) -> tuple[str, ...]:
    codes = tuple(code for code in asked.get(name, "").split(",") if code)
    for code in codes:
        if code not in known:
            raise AddressError(400, f'no {name} "{code}"{_near(code, known)}')
    return codes


def _day(asked: QueryParams) -> date | None:
    if not (given := asked.get("as_of")):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise AddressError(400, f'as_of "{given}" is no day; write 2024-06-30') from None


def _near(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, list(known), 1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _json(build: Build, name: str, choice: Choice) -> bytes:
    """The rows with what must be known to read them: version, citation, and of one indicator its catalogue entry."""
    made, known = queries.made(build), queries.catalogue(build)
    about: dict[str, Any] = {"version": made.version, "build": made.id, "citation": made.citation_gbt}
    about["as_of"] = build.as_of.isoformat() if build.as_of else None
    if item := known.get(name):
        breaks = queries.breaks(build).get(name, [])
        about["indicator"] = {
            "id": name, "name_zh": item.name_zh, "name_en": item.name_en, "unit": item.unit.code, "kind": item.kind,
            "cadence": item.cadence, "definition_zh": item.definition_zh, "definition_en": item.definition_en,
            "definition_source": item.definition_source,
            "scopes": {code: {"zh": scope.zh, "en": scope.en} for code, scope in queries.scopes(build, name).items()},
            "breaks": [{"day": b.day.isoformat(), "zh": b.note_zh, "en": b.note_en, "source": b.source} for b in breaks],
        }  # fmt: skip
    rows = [row | {"value": _number(row["value"])} for row in queries.exported(build, choice)]
    return json.dumps(about | {"observations": rows}, ensure_ascii=False).encode()


def _number(text: str) -> int | float:
    value = Decimal(text)
    return int(value) if value == value.to_integral() else float(value)


def _plotly() -> bytes:
    """A script that loads Plotly while the page still asks for its data; empty where Streamlit names its parts otherwise.

    Streamlit itself fetches those megabytes only when the chart has come.
    """
    parts = Path(st.__file__).parent.glob("static/static/js/PlotlyChart.*.js")
    loads = "".join(f'import("./static/js/{part.name}").catch(() => {{}});' for part in parts)
    return f'<script type="module">{loads}</script>'.encode() if loads else b""


class Frame:
    """Middleware: the headers of every answer; into a page, the language that is asked for, and Plotly where it draws."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and frame its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if "." not in scope["path"]:  # a page: it must come uncompressed, or its language cannot be set
            scope = {**scope, "headers": [(n, v) for n, v in scope["headers"] if n != b"accept-encoding"]}
        await self.app(scope, receive, _Framed(scope, send))


class _Framed:
    """One answer on its way out. A page is held back until it is whole, so that it can be changed."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.send = send
        self.language = b"en" if QueryParams(scope["query_string"]).get("lang") == "en" else b"zh-CN"
        self.charted = scope["path"].strip("/").rpartition("/")[2] in CHARTED
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [(name, value) for name, value in message["headers"] if name.lower().decode() not in HEADERS]
            headers += [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            message = {**message, "headers": headers}
            if _is_page(headers):
                self.start = message
                return
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page()
            return
        await self.send(message)

    async def _send_page(self) -> None:
        assert self.start is not None
        body = self.body.replace(b'<html lang="en">', b'<html lang="' + self.language + b'">', 1)
        if self.charted:
            body = body.replace(b"</head>", PLOTLY + b"</head>", 1)
        kept = [
            (n, v) for n, v in self.start["headers"] if n.lower() not in (b"content-length", b"etag", b"last-modified")
        ]
        await self.send({**self.start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
        await self.send({"type": "http.response.body", "body": body})


PLOTLY = _plotly()


def _is_page(headers: Collection[tuple[bytes, bytes]]) -> bool:
    named = {name.lower(): value for name, value in headers}
    return named.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in named


app = st.App(
    Path(__file__).with_name("app.py"),
    routes=[Route("/api/health", health), Route("/data/{name}.{kind}", data)],
    middleware=[Middleware(Frame)],
)

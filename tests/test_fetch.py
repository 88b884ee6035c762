"""Fetching: what is asked, what an answer becomes, and what a hostile host cannot do."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from etl import fetch
from etl.fetch import Fetched, FetchError, Known, Policy
from tests.wires import PAGE, PLAIN, PUBLIC, Host, Said, Wires, Write, answer, onward, refused

PRESS = "https://press.example/a.html"


# -------------------------------------------------------------------------------------------------------- what is asked
def test_a_request_says_who_asks_and_for_what_and_nothing_else(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("default login somebody password secret\n", "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    host.answers = {
        "/a.html": onward("/b.html").replace(b"\r\n\r\n", b"\r\nSet-Cookie: a=b\r\n\r\n"),
        "/b.html": answer(),
    }

    assert fetch.fetch(PLAIN, Policy(kinds=frozenset({"text/html", "text/plain"}))).url == "http://press.example/b.html"
    assert host.heads[1].splitlines() == [
        "GET /b.html HTTP/1.1",
        "Host: press.example",
        "User-Agent: suzhou-ai-manufacturing",
        "Accept: text/html, text/plain",
        "Accept-Encoding: gzip, deflate",
        "",
    ]


def test_what_is_known_makes_the_request_conditional(host: Host) -> None:
    host.answers = {"/a.html": b"HTTP/1.1 304 Not Modified\r\n\r\n"}
    known = Known('"v1"', "Sat, 01 Mar 2025 08:00:00 GMT")

    fetched = fetch.fetch(PLAIN, known=known)

    assert fetched == Fetched(PLAIN, b"", etag=known.etag, modified=known.modified, unchanged=True)
    assert {'If-None-Match: "v1"', f"If-Modified-Since: {known.modified}"} < set(host.heads[0].splitlines())


def test_a_page_unchanged_since_a_visit_that_never_was_is_refused(host: Host) -> None:
    host.answers = {"/a.html": b"HTTP/1.1 304 Not Modified\r\n\r\n"}

    assert "answers 304" in refused(PLAIN)


def test_an_answer_tells_where_it_is_from_what_it_is_and_how_to_ask_again(host: Host) -> None:
    modified = "Sat, 01 Mar 2025 08:00:00 GMT"
    host.answers = {
        "/a.html": answer(Content_Type="Text/HTML; Charset='GB2312'", ETag='W/"v1"', Last_Modified=modified)
    }

    assert fetch.fetch(PLAIN) == Fetched(PLAIN, PAGE, "text/html", "gb2312", 'W/"v1"', modified)


# ---------------------------------------------------------------------------------------------------------- hostile hosts
def slowly(*pieces: bytes, pause: float = 0.05) -> Said:
    """Write the pieces one by one, then the last again and again; never end by itself."""

    def write(send: Write) -> None:
        for piece in pieces:
            send(piece)
        while True:
            time.sleep(pause)
            send(pieces[-1])

    return write


ENDLESS: dict[str, Said] = {
    "a head a byte at a time": slowly(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "a status a byte at a time": slowly(b"H"),
    "headers without end": slowly(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a body a byte at a time": slowly(answer(b"", Content_Length="1000000"), b"x"),
    "a body that never ends": slowly(answer(b"", Content_Length=""), b"x"),
    "a chunk a byte at a time": slowly(answer(b"", Content_Length="", Transfer_Encoding="chunked") + b"ffff\r\n", b"x"),
    "the size of a chunk": slowly(answer(b"", Content_Length="", Transfer_Encoding="chunked"), b"0"),
    "trailers": slowly(answer(b"", Content_Length="", Transfer_Encoding="chunked") + b"0\r\n", b"x: y\r\n"),
    "packs of nothing": slowly(answer(b"", Content_Length="", Content_Encoding="gzip"), gzip.compress(b"", mtime=0)),
    "nothing": lambda send: time.sleep(3),
}


@pytest.mark.parametrize("said", ENDLESS)
def test_a_host_that_drips_is_left_at_the_deadline(host: Host, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setattr(fetch, "DEADLINE", 0.4)
    host.answers = {"/a.html": ENDLESS[said]}

    began = time.monotonic()
    assert "took longer than 0.4 s; try again later" in refused(PLAIN)
    assert time.monotonic() - began < 4


def test_the_deadline_is_one_for_all_redirects(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "DEADLINE", 0.4)

    def late(send: Write) -> None:
        time.sleep(0.15)
        send(onward("/a.html"))

    host.answers = {"/a.html": late}

    assert "took longer than" in refused(PLAIN)


def test_a_resolver_that_hangs_is_left_at_the_deadline(wires: Wires, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(fetch, "DEADLINE", 0.3)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(20))

    began = time.monotonic()
    assert "took longer than" in refused(PLAIN)
    over.set()
    assert time.monotonic() - began < 4


def test_a_body_that_says_it_is_too_large_is_not_read(host: Host) -> None:
    host.answers = {"/a.html": answer(b"", Content_Length=str(fetch.SIZE + 1))}

    assert "holds more than 10 MB" in refused(PLAIN)


@pytest.mark.parametrize("framing", ["", "chunked"])
def test_a_body_without_end_is_left_at_the_limit(host: Host, framing: str) -> None:
    def flood(send: Write) -> None:
        send(answer(b"", Content_Length="", Transfer_Encoding=framing))
        while True:
            send(b"10000\r\n" + b"x" * 65536 + b"\r\n" if framing else b"x" * 65536)

    host.answers = {"/a.html": flood}

    assert "holds more than 10 MB" in refused(PLAIN)


def test_a_body_of_just_the_limit_is_taken(host: Host) -> None:
    host.answers = {"/a.html": answer(b"x" * fetch.SIZE)}

    assert len(fetch.fetch(PLAIN).content) == fetch.SIZE


@pytest.fixture(scope="session")
def bomb() -> bytes:
    """300 MB of nothing, packed."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(bytes(10_000_000)) for _ in range(30)), packer.flush()])


@pytest.mark.parametrize("told", [True, False])
def test_a_packed_body_counts_as_what_it_unpacks_to(host: Host, bomb: bytes, *, told: bool) -> None:
    length = str(len(bomb))
    assert int(length) < fetch.SIZE / 10
    host.answers = {"/a.html": answer(bomb, Content_Encoding="gzip", Content_Length=length if told else "")}

    tracemalloc.start()
    assert "holds more than 10 MB" in refused(PLAIN)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 4 * fetch.SIZE


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("X-Gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("identity", PAGE),
    ],
)
def test_a_packed_body_is_unpacked(host: Host, packing: str, body: bytes) -> None:
    host.answers = {"/a.html": answer(body, Content_Encoding=packing)}

    assert fetch.fetch(PLAIN).content == PAGE


@pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip", "compress", "x"])
def test_a_packing_that_was_not_asked_for_is_refused(host: Host, packing: str) -> None:
    host.answers = {"/a.html": answer(Content_Encoding=packing)}

    assert f'is packed as "{packing}"' in refused(PLAIN)


@pytest.mark.parametrize(
    "kind", ["image/png", "application/zip", "application/octet-stream", "", "html", "text/html, a/b"]
)
def test_a_type_that_is_not_taken_is_refused(host: Host, kind: str) -> None:
    host.answers = {"/a.html": answer(Content_Type=kind)}

    assert f'is of the type "{kind}", which is not taken here' in refused(PLAIN)


@pytest.mark.parametrize("kind", sorted(fetch.KINDS))
def test_pages_documents_and_feeds_are_taken(host: Host, kind: str) -> None:
    host.answers = {"/a.html": answer(Content_Type=f"{kind} ;charset=utf-8")}

    assert fetch.fetch(PLAIN).kind == kind


@pytest.mark.parametrize("status", [204, 206, 300, 401, 403, 404, 410, 429, 500, 503])
def test_an_answer_that_is_no_page_is_an_error_that_names_its_status(host: Host, status: int) -> None:
    host.answers = {"/a.html": answer(b"", status)}

    with pytest.raises(FetchError, match=f"answers {status}") as caught:
        fetch.fetch(PLAIN)
    assert caught.value.status == status


BROKEN = {
    "less than it said": answer(PAGE, Content_Length="1000"),
    "cut in a chunk": answer(b"", Content_Length="", Transfer_Encoding="chunked") + b"ff\r\nabc",
    "cut between chunks": answer(b"", Content_Length="", Transfer_Encoding="chunked") + b"3\r\nabc\r\n",
    "a chunk of no size": answer(b"", Content_Length="", Transfer_Encoding="chunked") + b"zz\r\nabc\r\n",
    "packed, and cut": answer(gzip.compress(PAGE, mtime=0)[:-12], Content_Encoding="gzip", Content_Length="1000"),
    "said to be packed": answer(PAGE, Content_Encoding="gzip"),
    "two lengths": answer(PAGE, Content_Length="3, 4"),
    "nothing": b"",
    "no HTTP": b"SSH-2.0-OpenSSH_9.6\r\n",
    "a line without end": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    "too many headers": b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 500 + b"\r\n",
}


@pytest.mark.parametrize("said", BROKEN)
def test_a_broken_answer_is_an_error_and_never_half_a_page(host: Host, said: str) -> None:
    host.answers = {"/a.html": BROKEN[said]}

    assert refused(PLAIN)


@pytest.mark.parametrize("said", [*BROKEN.values(), answer(), answer(b"", 404), ENDLESS["a body that never ends"]])
def test_no_line_is_left_open(host: Host, monkeypatch: pytest.MonkeyPatch, said: Said) -> None:
    monkeypatch.setattr(fetch, "DEADLINE", 1)
    host.answers = {"/a.html": said}

    with contextlib.suppress(FetchError):
        fetch.fetch(PLAIN)
    assert host.left.wait(4)


def test_an_error_moves_no_cursor_and_repeats_no_password(wires: Wires) -> None:
    told = str(FetchError("http://somebody:secret@press.example/\x1b[2J", "is refused\r\n\x1b]0;"))

    assert told == "http://…@press.example/�[2J: is refused���]0;"


# -------------------------------------------------------------------------------------------------------------- TLS
@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that the system trusts."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return authority


@pytest.fixture
def asked() -> list[str]:
    """The names that were asked for in the handshake."""
    return []


@pytest.fixture
def secure(host: Host, trusted: trustme.CA, asked: list[str]) -> Host:
    """A host with a certificate for press.example."""
    host.context = _context(trusted.issue_cert("press.example"))
    host.context.sni_callback = lambda line, name, context: asked.append(name)
    host.answers = {"/a.html": answer()}
    return host


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


def test_the_line_goes_to_the_checked_address_and_the_certificate_proves_the_name(
    wires: Wires, secure: Host, asked: list[str]
) -> None:
    assert fetch.fetch(PRESS).content == PAGE
    assert wires.tried == [(PUBLIC, 443)]
    assert asked == ["press.example"]
    assert "Host: press.example" in secure.heads[0].splitlines()


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (lambda trusted: trusted.issue_cert("other.example"), "Hostname mismatch"),
        (lambda trusted: trusted.issue_cert("example"), "Hostname mismatch"),
        (lambda trusted: trusted.issue_cert(PUBLIC), "Hostname mismatch"),
        (lambda trusted: trustme.CA().issue_cert("press.example"), "unable to get local issuer certificate"),
    ],
)
def test_a_certificate_that_does_not_prove_the_name_is_refused(
    secure: Host, trusted: trustme.CA, made: Callable[[trustme.CA], trustme.LeafCert], fault: str
) -> None:
    secure.context = _context(made(trusted))

    assert fault in refused(PRESS)
    assert secure.heads == []


def test_a_secure_page_is_not_left_for_an_open_one(wires: Wires, secure: Host) -> None:
    secure.answers = {"/a.html": onward("http://press.example/b.html")}

    assert "which anybody on the way could change" in refused(PRESS)
    assert wires.tried == [(PUBLIC, 443)]


def test_a_secure_host_that_drips_is_left_at_the_deadline(secure: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "DEADLINE", 0.6)
    secure.answers = {"/a.html": slowly(answer(b"", Content_Length="1000000"), b"x")}

    began = time.monotonic()
    assert "took longer than" in refused(PRESS)
    assert time.monotonic() - began < 4


def test_a_handshake_that_hangs_is_left_at_the_deadline(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "DEADLINE", 0.4)

    assert "took longer than" in refused(PRESS)

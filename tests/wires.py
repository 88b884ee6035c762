"""A net of one's own for tests of fetching: names and addresses as the test tells them, all lines ending on loopback.

`Wires` stands between the product and the net: it answers for the resolver, notes every connection that is tried, and
leads public addresses to a `Host` here. Nothing else is ever connected to.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import pytest

from etl import fetch
from etl.fetch import FetchError, Known, Policy

PUBLIC = "93.184.215.14"
PAGE = "<p>苏州集聚人工智能企业超1800家。</p>".encode()

PLAIN = "http://press.example/a.html"

Write = Callable[[bytes], None]
Said = bytes | Callable[[Write], None]


def answer(body: bytes = PAGE, status: int = 200, /, **headers: str) -> bytes:
    """The bytes of an answer: headers by name, hyphens as underscores; an empty one is left out."""
    lines = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(body)), **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode("latin-1") + body


def onward(location: str, status: int = 302) -> bytes:
    return answer(b"", status, Location=location)


@dataclass
class Host:
    """A server on loopback: path -> what it answers, bytes or something that writes them. Notes the heads it was sent."""

    answers: dict[str, Said] = field(default_factory=dict)
    context: ssl.SSLContext | None = None
    heads: list[str] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)  # once a visitor has closed its line

    def __enter__(self) -> Self:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for."""
        return [head.split()[1] for head in self.heads]

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self.listener.accept()
                threading.Thread(target=self._speak, args=[line], daemon=True).start()

    def _speak(self, line: socket.socket) -> None:
        line.settimeout(5)
        with contextlib.suppress(OSError), line:
            if self.context is None:
                with contextlib.suppress(ConnectionError):
                    self._answer(line)
                    line.shutdown(socket.SHUT_WR)
                    line.recv(1)
                self.left.set()
            else:
                with self.context.wrap_socket(line, server_side=True) as secured:
                    self._answer(secured)

    def _answer(self, line: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += line.recv(4096)
        self.heads.append(head.decode("latin-1"))
        said = self.answers.get(self.asked[-1], answer(b"", 404))
        if callable(said):
            said(line.sendall)
        else:
            line.sendall(said)


@dataclass
class Wires:
    """What names mean, answer by answer (the last one stays), and where public addresses lead."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    host: Host | None = None
    resolved: list[str] = field(default_factory=list)
    tried: list[tuple[str, int]] = field(default_factory=list)
    patience: list[float] = field(default_factory=list)

    def resolve(self, host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        """Stand in for `socket.getaddrinfo`; a name that nobody told is at a public address, numbers are what they are."""
        self.resolved.append(host)
        said = self.names.get(host, [[_counted(host)]])
        found = said.pop(0) if len(said) > 1 else said[0]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]

    def connect(self, line: socket.socket, target: tuple[str, int]) -> None:
        """Stand in for `connect`: to the host that the test runs, or nowhere."""
        self.tried.append(target)
        self.patience.append(line.gettimeout() or 0)
        if self.host is None:
            raise ConnectionRefusedError(111, "nobody is there")
        socket.socket.connect(line, ("127.0.0.1", self.host.port))


def _counted(host: str) -> str:
    """What the system's resolver would make of a host: it reads 2130706433 and 0x7f.1 as numbers."""
    if ":" in host:
        return host
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return PUBLIC


def refused(url: str, policy: Policy = fetch.ANYWHERE, known: Known | None = None) -> str:
    """What is said of an address that is not fetched."""
    with pytest.raises(FetchError) as caught:
        fetch.fetch(url, policy, known)
    return str(caught.value)

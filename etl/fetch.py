"""Every request that this product sends: an address goes in, bytes come out, and nothing can make it reach inside.

In: an address from anybody, a `Policy`, what is `Known` of an earlier visit. Out: `Fetched`, or a `FetchError` that
names the address and the remedy. One door, for the first address and for each it is redirected to:

    Address.read   the spelling: taken apart once, so that what is checked is what is asked for
    _let_in        the policy: allowed hosts, ports
    _checked       the host, resolved once: every address that it has must be public
    _connected     a line to one of those addresses, not to the name; no wait on it outlasts the deadline
    _received      the answer: status, type, packing, size

TLS and the Host header keep the name. No proxy, cookie, .netrc or password plays a part. When a host may be asked, and
how often, is left to `manners`; what the bytes mean, to those who asked for them.
"""

from __future__ import annotations

import os
import re
import socket
import ssl
import string
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any, Self
from urllib.parse import quote, urljoin

from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.exceptions import TimeoutError as LateError
from urllib3.util import Url, parse_url

from etl.errors import EtlError

AGENT = "suzhou-ai-manufacturing"  # what hosts are told, and what robots.txt may call us
DEADLINE = 15.0  # seconds over all: name, redirects, handshakes, bodies
REDIRECTS = 5
SIZE = 10_000_000  # bytes of a body, unpacked
LENGTH = 2_000  # characters of an address
KINDS = frozenset({
    "application/atom+xml", "application/pdf", "application/rdf+xml", "application/rss+xml", "application/xhtml+xml",
    "application/xml", "text/html", "text/markdown", "text/plain", "text/xml",
})  # fmt: skip

_STANDARD = {"http": 80, "https": 443}
# Where pages are served. Any other may be a service of this machine or its neighbours that minds no public address.
_PORTS = frozenset({80, 443, 8080, 8443})
_NAME = re.compile(r"(?!.{254})[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"(.*\.)?([0-9]+|0x[0-9a-f]*)")  # what ends in a number is an IPv4 address, for browsers too

_NAT64 = IPv6Network("64:ff9b::/96")  # how an IPv6-only network names the IPv4 address in the last 32 bits
_ALLOTTED = IPv6Network("2000::/3")  # all that is public of IPv6; mapped, local and unspecified lie outside
_INSIDE = (  # beyond those that every supported ipaddress knows as not global
    IPv4Network("168.63.129.16/32"),  # Azure's platform, at a public address
    IPv4Network("192.0.0.0/24"),  # protocol assignments, and Oracle's metadata
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
    IPv6Network("2001::/23"),  # protocol assignments, and Teredo, a tunnel to an IPv4 address
    IPv6Network("2002::/16"),  # 6to4, another
    IPv6Network("3fff::/20"),  # documentation
)

_MOVED = frozenset({301, 302, 303, 307, 308})
_PACKINGS = ("", "identity", "gzip", "x-gzip", "deflate")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_CHUNK = 2**16

_IP = IPv4Address | IPv6Address


class FetchError(EtlError):
    """An address that was not fetched, printed as ``address: fault; remedy``; `status` is what the host answered, if so."""

    def __init__(self, url: str, fault: str, status: int = 0) -> None:
        self.url, self.status = re.sub(r"//[^/?#]*@", "//…@", url), status  # a password is not repeated
        told = f"{self.url[:LENGTH]}: {fault}"
        super().__init__("".join(char if char.isprintable() else "�" for char in told))  # nor what moves a cursor


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be fetched. `allowed`: hosts, with all below them; none means any public host. `kinds`: media types.

    `loopback` is for tests alone: this machine may be asked then, at any port, and nothing else.
    """

    allowed: frozenset[str] = frozenset()
    loopback: bool = False
    kinds: frozenset[str] = field(default=KINDS, repr=False)

    def allows(self, host: str) -> bool:
        """Whether the list of hosts, if there is one, holds this host or one above it."""
        names = {Address.read(f"https://{name}").host for name in self.allowed}
        return not names or any(f".{host}".endswith(f".{name}") for name in names)


@dataclass(frozen=True, slots=True)
class Known:
    """What the host said of the version at hand; makes a request conditional."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came. `url`: where from, after redirects; `kind`: the media type; `charset`: as declared, or empty.

    `unchanged`: the host said that what is known still holds; there is no content then.
    """

    url: str
    content: bytes
    kind: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """A web address taken apart. `host`: lower case, in ASCII, without brackets or a final dot; `target`: path and query."""

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def read(cls, url: str) -> Self:
        """Take an address apart; `FetchError` if it is not spelled plainly.

        >>> address = Address.read("https://新闻.中国/苏州")
        >>> address.host, address.port, address.target
        ('xn--efvy88h.xn--fiqs8s', 443, '/%E8%8B%8F%E5%B7%9E')
        """
        parts = _spelled(url)
        scheme, host = str(parts.scheme), _host(url, str(parts.host))
        return cls(url, scheme, host, _STANDARD[scheme] if parts.port is None else parts.port, parts.request_uri)

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt speaks for."""
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


ANYWHERE = Policy()


def fetch(url: str, policy: Policy = ANYWHERE, known: Known | None = None) -> Fetched:
    """Fetch what lies at an address, following up to five redirects; `FetchError` where it may not or cannot be had."""
    deadline = time.monotonic() + DEADLINE
    address = Address.read(url)
    for _ in range(REDIRECTS + 1):
        found = _ask(address, policy, known, deadline)
        if isinstance(found, Fetched):
            return found
        address = found
    raise FetchError(url, f"is redirected more than {REDIRECTS} times; give the address that it ends at")


def _ask(address: Address, policy: Policy, known: Known | None, deadline: float) -> Fetched | Address:
    """Send one request: what came, or the address to ask instead."""
    _let_in(address, policy)
    with _told(address), _line(address, policy, deadline) as line:
        # Given an open line, a connection resolves nothing; and it may open no other by itself.
        connection = (HTTPSConnection if address.scheme == "https" else HTTPConnection)(address.host, address.port)
        connection.sock, connection.auto_open, connection.timeout = line, 0, _left(deadline)
        connection.request("GET", address.target, headers=_headers(policy, known), preload_content=False)
        response = connection.getresponse()
        return _onward(address, response) if response.status in _MOVED else _received(address, response, policy, known)


# ------------------------------------------------------------------------------------------------------------- the door
def _spelled(url: str) -> Url:
    if len(url) > LENGTH:
        raise FetchError(url, f"is longer than {LENGTH} characters; find a shorter address of the page")
    if not url.isprintable() or " " in url or "\\" in url:
        raise FetchError(url, "holds a space, a backslash or an invisible character; copy the address anew")
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise FetchError(url, "is no address of the web; copy the address anew") from error
    if parts.scheme not in _STANDARD or not parts.host:
        raise FetchError(url, "is no address of the web; give one that begins with https:// and a host")
    if parts.auth is not None:
        raise FetchError(url, "holds a user name or password; leave out what stands before the @")
    return parts


def _host(url: str, host: str) -> str:
    """The one spelling of a host that is let through: a name in ASCII, or an address of four numbers or in brackets."""
    plain = host.strip("[]").removesuffix(".")
    numeric = host.startswith("[") or _NUMBER.fullmatch(plain)
    if "%" in plain or not (numeric or _NAME.fullmatch(plain)):
        raise FetchError(url, "has a host that is no name; copy the address anew")
    try:
        return str(ip_address(plain)) if numeric else plain
    except ValueError as error:
        raise FetchError(url, "hides a numeric address behind another spelling; give the host's name") from error


def _let_in(address: Address, policy: Policy) -> None:
    if not policy.allows(address.host):
        raise FetchError(address.url, f"{address.host} is not among the allowed hosts; add it to them if it should be")
    if address.port not in _PORTS and not policy.loopback:
        ports = ", ".join(map(str, sorted(_PORTS)))
        raise FetchError(address.url, f"asks for port {address.port}; only {ports} are asked, where pages are served")


def _checked(address: Address, policy: Policy, deadline: float) -> list[_IP]:
    """All that the host resolves to, asked once; one that is not public condemns the host."""
    found = _resolved(address, deadline)
    for ip in found:
        if not (ip.is_loopback if policy.loopback else _is_public(ip)):
            raise FetchError(address.url, f"leads to {ip}, which is not on the public internet; give a public address")
    return found


def _resolved(address: Address, deadline: float) -> list[_IP]:
    """Ask the resolver, which cannot be interrupted: past the deadline it is left behind, to end by limits of its own."""
    asker = ThreadPoolExecutor(1)
    try:
        asked = asker.submit(socket.getaddrinfo, address.host, address.port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(ip_address(str(answer[4][0])) for answer in asked.result(_left(deadline))))
    finally:
        asker.shutdown(wait=False)


def _is_public(ip: _IP) -> bool:
    """Whether an address is one host of the public internet; of those that carry an IPv4 address only NAT64 may.

    >>> _is_public(ip_address("64:ff9b::8.8.8.8")), _is_public(ip_address("64:ff9b::10.0.0.1"))
    (True, False)
    """
    if ip in _NAT64:
        return _is_public(IPv4Address(int(ip) & 0xFFFFFFFF))
    allotted = ip.version == 4 or ip in _ALLOTTED
    return allotted and ip.is_global and not ip.is_multicast and not any(ip in network for network in _INSIDE)


# ------------------------------------------------------------------------------------------------------------- the line
class _Line(socket.socket):
    """A connection on which no read outlasts the deadline, however few bytes come at a time."""

    deadline: float

    def recv_into(self, *args: Any, **options: Any) -> int:
        self.settimeout(_left(self.deadline))
        return super().recv_into(*args, **options)


class _SecureLine(_Line, ssl.SSLSocket):
    """The same under TLS; its handshake keeps the time that was left when it began."""


@contextmanager
def _line(address: Address, policy: Policy, deadline: float) -> Iterator[_Line]:
    line = _connected(_checked(address, policy, deadline), address.port, deadline)
    if address.scheme == "https":
        line = _secured(line, address.host)
    try:
        yield line
    finally:
        if (handle := line.detach()) >= 0:
            os.close(handle)  # close() would wait for the reader of an answer that broke off


def _connected(ips: list[_IP], port: int, deadline: float) -> _Line:
    """A line to the first address that answers; each has its share of the time that is left."""
    failure = OSError("the name has no address")
    for tries, ip in zip(range(len(ips), 0, -1), ips, strict=True):
        line = _Line(socket.AF_INET if ip.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
        line.deadline = deadline
        line.settimeout(_left(deadline) / tries)
        try:
            line.connect((str(ip), port))
        except OSError as error:
            line.close()
            failure = error
        else:
            return line
    raise failure


def _secured(line: _Line, host: str) -> _SecureLine:
    """The line under TLS, with a certificate that proves the name; the trusted authorities are the system's."""
    context = ssl.create_default_context()
    context.sslsocket_class = _SecureLine
    line.settimeout(_left(line.deadline))
    secured = context.wrap_socket(line, server_hostname=host)
    assert isinstance(secured, _SecureLine)
    secured.deadline = line.deadline
    return secured


def _left(deadline: float) -> float:
    """Seconds until the deadline; `TimeoutError` if it is past."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


# ----------------------------------------------------------------------------------------------------------- the answer
def _headers(policy: Policy, known: Known | None) -> dict[str, str]:
    headers = {
        "User-Agent": AGENT,
        "Accept": ", ".join(sorted(filter(None, policy.kinds))),
        "Accept-Encoding": "gzip, deflate",
        "If-None-Match": known.etag if known else "",
        "If-Modified-Since": known.modified if known else "",
    }
    return {name: value for name, value in headers.items() if value}


def _onward(address: Address, response: HTTPResponse) -> Address:
    """Where an answer leads; bytes that no address may hold are escaped, as browsers do."""
    location = quote(response.headers.get("Location", ""), safe=string.punctuation, encoding="latin-1")
    if not location:
        raise FetchError(address.url, "is redirected to nowhere; look for the page's new address")
    try:
        onward = Address.read(urljoin(address.url, location))
    except ValueError as error:
        raise FetchError(address.url, "is redirected to what is no address; look for the page's new one") from error
    if (address.scheme, onward.scheme) == ("https", "http"):
        raise FetchError(address.url, f"is redirected to {onward.url}, which anybody on the way could change")
    return onward


def _received(address: Address, response: HTTPResponse, policy: Policy, known: Known | None) -> Fetched:
    headers = response.headers
    if response.status == 304 and known:
        return Fetched(address.url, b"", etag=known.etag, modified=known.modified, unchanged=True)
    if response.status != 200:
        raise FetchError(address.url, f"answers {response.status}; look at it in a browser", response.status)
    declared = headers.get("Content-Type", "")
    kind, charset = declared.partition(";")[0].strip().lower(), _CHARSET.search(declared)
    if kind not in policy.kinds:
        raise FetchError(address.url, f'is of the type "{kind}", which is not taken here; give the address of a page')
    if (packing := headers.get("Content-Encoding", "").strip().lower()) not in _PACKINGS:
        raise FetchError(
            address.url, f'is packed as "{packing}", which was not asked for; save the page and add the file'
        )
    return Fetched(
        address.url, _body(address, response), kind, charset[1].lower() if charset else "",
        headers.get("ETag", ""), headers.get("Last-Modified", ""),
    )  # fmt: skip


def _body(address: Address, response: HTTPResponse) -> bytes:
    """The whole body, unpacked piece by piece, so that no more is ever held than the limit and one piece."""
    content = bytearray()
    if (response.length_remaining or 0) <= SIZE:
        for chunk in response.stream(_CHUNK):
            content += chunk
            if len(content) > SIZE:
                break
        else:
            return bytes(content)
    raise FetchError(address.url, f"holds more than {SIZE // 1_000_000} MB; save the article's words as .txt")


@contextmanager
def _told(address: Address) -> Iterator[None]:
    """Turn what can go wrong on the way into an error that says so."""
    try:
        yield
    except (TimeoutError, LateError) as error:
        raise FetchError(address.url, f"took longer than {DEADLINE:g} s; try again later") from error
    except ssl.SSLCertVerificationError as error:
        fault = f"has no certificate to be trusted ({error.verify_message}); look at it in a browser"
        raise FetchError(address.url, fault) from error
    except (OSError, HTTPException, HTTPError) as error:
        raise FetchError(address.url, f"could not be read ({error}); try again later") from error

"""What is owed to the hosts that are asked: their robots.txt, and an interval between two requests.

In: an address that is about to be fetched. Out: whether its host lets us and how long to wait before, or the page itself,
fetched when that time has come. robots.txt comes in through `fetch`, like everything else. One `Manners` serves one run:
it reads each robots.txt once and remembers when each host may be asked again.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace

from protego import Protego

from etl.fetch import AGENT, ANYWHERE, Address, Fetched, FetchError, Known, Policy, fetch

INTERVAL = 2.0  # seconds between two requests to a host
LONGEST = 60.0  # of an interval that a robots.txt asks for
SIZE = 500 * 1024  # bytes of a robots.txt that are read: what RFC 9309 asks for at least

_KINDS = frozenset({"", "application/octet-stream", "text/html", "text/plain"})  # as hosts declare it, page or none
_AGENT_LINE = re.compile(r"\s*user(?:-|\s+)?agent(?:\s*:|\s)", re.IGNORECASE)


class Manners:
    """The manners of one run. `clock` counts seconds and never goes back."""

    def __init__(
        self,
        policy: Policy = ANYWHERE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._policy = policy
        self._clock, self._sleep = clock, sleep
        self._rules: dict[str, Protego | FetchError] = {}  # by scheme, host and port
        self._free: dict[str, float] = {}  # when a host may be asked again

    def fetch(self, url: str, known: Known | None = None) -> Fetched:
        """Fetch a page once its host may be asked; `FetchError` where it may not or cannot be had."""
        if not self.may_fetch(url):
            raise FetchError(url, "its host's robots.txt keeps programs away; save the page and add the file")
        self._sleep(self.wait(url))
        return fetch(url, self._policy, known)

    def may_fetch(self, url: str) -> bool:
        """Whether the host's robots.txt lets us; `FetchError` where that cannot be known, for then we may not either."""
        address = Address.read(url)
        return self._read(address).can_fetch(f"{address.origin}{address.target}", AGENT)

    def wait(self, url: str) -> float:
        """Seconds to wait before asking the host of this address, which counts as asked when they are over."""
        address, now = Address.read(url), self._clock()
        start = max(now, self._free.get(address.host, now))
        self._free[address.host] = start + self._interval(address)
        return start - now

    def _interval(self, address: Address) -> float:
        rules = self._rules.get(address.origin)
        asked = rules.crawl_delay(AGENT) if isinstance(rules, Protego) else None
        return max(INTERVAL, min(asked or 0.0, LONGEST))

    def _read(self, address: Address) -> Protego:
        """The rules of a host; a failure too is remembered, so that a host that is down is not asked for each page."""
        if address.origin not in self._rules:
            try:
                self._rules[address.origin] = _rules(address, replace(self._policy, kinds=_KINDS))
            except FetchError as error:
                self._rules[address.origin] = error
        rules = self._rules[address.origin]
        if isinstance(rules, FetchError):
            raise rules
        return rules


def _rules(address: Address, policy: Policy) -> Protego:
    """Fetch and read a robots.txt; a host that says it has none allows all (RFC 9309, 2.3.1.3)."""
    try:
        content = fetch(f"{address.origin}/robots.txt", policy).content
    except FetchError as error:
        if error.status == 429 or not 400 <= error.status < 500:
            raise
        content = b""
    return Protego.parse(_ours(content[:SIZE].decode("utf-8-sig", errors="replace")))


def _ours(text: str) -> str:
    r"""A robots.txt with one name for all agents that are not us, so that a rule is kept once, not once an agent.

    Thousands of rules for thousands of agents would otherwise fill the memory.

    >>> _ours("User-agent: a\nUser-agent: Suzhou*\nDisallow: /b").splitlines()
    ['User-agent: another', 'User-agent: suzhou', 'Disallow: /b']
    """
    return "\n".join(_renamed(line) for line in text.splitlines())


def _renamed(line: str) -> str:
    match = _AGENT_LINE.match(line)
    if match is None:
        return line
    name = line[match.end() :].partition("#")[0].strip().lower()
    name = name.replace("*", "") or name[:1]
    return f"User-agent: {name if name == '*' or AGENT.startswith(name) else 'another'}"

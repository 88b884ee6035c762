"""Manners: what robots.txt forbids is not fetched, and no host is asked twice in a breath."""

from __future__ import annotations

import time

import pytest

from etl.fetch import FetchError, Policy
from etl.manners import INTERVAL, LONGEST, SIZE, Manners
from tests.wires import PUBLIC, Host, Wires, answer, onward

SITE = "http://press.example"


def robots(text: str) -> bytes:
    return answer(text.encode(), Content_Type="text/plain")


RULES = {
    "": ("/a", True),
    "# 没有规则": ("/a", True),
    "User-agent: *\nDisallow:": ("/a", True),
    "User-agent: *\nDisallow: /": ("/a", False),
    "User-agent: *\nDisallow: /private/": ("/private/a", False),
    "User-agent: *\r\nDisallow: /private/\r\n": ("/public/a", True),
    "\ufeffUser-agent: *\nDisallow: /": ("/a", False),
    "User-agent: *\nDisallow: /*.aspx$": ("/苏州/a.aspx", False),
    "User-agent: *\nDisallow: /苏州/": ("/%E8%8B%8F%E5%B7%9E/a", False),
    "User-agent: *\nDisallow: /\nAllow: /news/": ("/news/a", True),
    "User-agent: *\nDisallow: /b": ("/a/../b", False),
    "User-agent: suzhou-ai-manufacturing\nDisallow: /\n\nUser-agent: *\nDisallow:": ("/a", False),
    "User-agent: Suzhou-AI-Manufacturing # us\nDisallow: /": ("/a", False),
    "user agent: suzhou*\nDisallow: /": ("/a", False),
    "User-agent: other\nUser-agent: *\nDisallow: /": ("/a", False),
    "User-agent: *\nDisallow: /\n\nUser-agent:\nAllow: /": ("/a", False),
    "Useragents: none\nUser-agent: *\nDisallow: /": ("/a", False),
    "User-agent: other\nDisallow: /": ("/a", True),
    "User-agent: other\nDisallow: /\n\nUser-agent: *\nAllow: /": ("/a", True),
    "<html><body>Not found</body></html>": ("/a", True),
}


@pytest.mark.parametrize("text", RULES)
def test_a_robots_txt_is_kept_to(host: Host, text: str) -> None:
    path, allowed = RULES[text]
    host.answers = {"/robots.txt": robots(text)}

    assert Manners().may_fetch(SITE + path) == allowed


def test_what_a_robots_txt_says_after_half_a_megabyte_is_not_read(host: Host) -> None:
    host.answers = {"/robots.txt": robots(f"#{'x' * SIZE}\nUser-agent: *\nDisallow: /")}

    assert Manners().may_fetch(f"{SITE}/a")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_host_without_robots_txt_allows_all(host: Host, status: int) -> None:
    host.answers = {"/robots.txt": answer(b"", status)}

    assert Manners().may_fetch(f"{SITE}/a")


@pytest.mark.parametrize("status", [204, 304, 429, 500, 503])
def test_a_host_whose_robots_txt_cannot_be_had_is_not_asked_for_pages(host: Host, status: int) -> None:
    host.answers = {"/robots.txt": answer(b"", status)}
    manners = Manners()

    for page in ("/a", "/b"):
        with pytest.raises(FetchError, match=rf"/robots.txt: answers {status}"):
            manners.may_fetch(SITE + page)
    assert host.asked == ["/robots.txt"]


def test_a_robots_txt_is_read_once_for_all_pages_of_a_host(host: Host) -> None:
    host.answers = {"/robots.txt": robots("User-agent: *\nDisallow: /b")}
    manners = Manners()

    assert [manners.may_fetch(SITE + page) for page in ("/a", "/b", "/c")] == [True, False, True]
    assert host.asked == ["/robots.txt"]


def test_a_robots_txt_comes_through_the_same_door(wires: Wires, host: Host) -> None:
    host.answers = {"/robots.txt": onward("http://127.0.0.1/robots.txt")}
    wires.names = {"intranet.example": [["10.0.0.1"]]}

    for url, fault in {
        f"{SITE}/a": "not on the public internet",
        "http://intranet.example/a": "not on the public internet",
        "http://other.example/a": "not among the allowed hosts",
        "file:///etc/passwd": "no address of the web",
    }.items():
        hosts = frozenset({"press.example", "intranet.example", "127.0.0.1"})
        with pytest.raises(FetchError, match=fault):
            Manners(Policy(allowed=hosts)).may_fetch(url)
    assert wires.tried == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "".join(f"Disallow: /{n}\n" for n in range(12_000)),
        "".join(f"user  agent  a{n}*\n" for n in range(15_000)) + "".join(f"Disallow: /{n}\n" for n in range(12_000)),
        "User-agent: *\n" + "".join(f"Disallow: /*a*b*{n}$\n" for n in range(20_000)),
        "".join(f"User-agent: s{'*' * n}\n" for n in range(600)) + "".join(f"Disallow: /{n}\n" for n in range(20_000)),
        "User-agent: *\nDisallow: /" + "*a" * 200_000 + "c",
        "User-agent: *\nDisallow: /x\n" + "\0\xff" * 1_000_000,
    ],
    ids=["agents", "agents spelled otherwise", "agents with stars", "patterns", "one pattern", "rubbish"],
)
def test_a_hostile_robots_txt_costs_neither_time_nor_memory(host: Host, text: str) -> None:
    host.answers = {"/robots.txt": robots(text)}

    began = time.process_time()  # of the processor: how busy the machine is says nothing of the rules
    assert Manners().may_fetch(f"{SITE}/{'ab' * 500}")
    assert time.process_time() - began < 10


class Clock:
    """A clock that stands until it is set."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_host_is_asked_at_once_and_then_at_intervals_whatever_the_scheme_and_port(wires: Wires) -> None:
    clock = Clock()
    manners = Manners(clock=clock)

    assert manners.wait(f"{SITE}/a") == 0
    assert manners.wait("https://PRESS.example:8443/b") == INTERVAL
    clock.now += INTERVAL / 2
    assert manners.wait(f"{SITE}/c") == INTERVAL * 1.5
    assert manners.wait("http://other.example/a") == 0
    clock.now += 3_600
    assert manners.wait(f"{SITE}/d") == 0
    assert wires.resolved == []


@pytest.mark.parametrize(
    ("asked", "interval"),
    [("10", 10), ("0.1", INTERVAL), ("86400", LONGEST), ("-1", INTERVAL), ("inf", INTERVAL), ("soon", INTERVAL)],
)
def test_an_interval_that_a_host_asks_for_is_kept_up_to_a_minute(host: Host, asked: str, interval: float) -> None:
    host.answers = {"/robots.txt": robots(f"User-agent: *\nCrawl-delay: {asked}\nDisallow: /private")}
    manners = Manners(clock=Clock())

    assert manners.may_fetch(f"{SITE}/a")
    assert [manners.wait(f"{SITE}/a"), manners.wait(f"{SITE}/b")] == [0, interval]

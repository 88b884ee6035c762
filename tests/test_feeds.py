"""Feeds: what is looked at, what is taken in, what is remembered, and that one host's faults are its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from etl import articles, durable, feeds, listings, pipeline, runs, sources
from etl.catalogue import Catalogue
from etl.errors import InputError, Problem
from etl.fetch import Fetched
from etl.listings import MOST, Entry
from etl.manners import Manners
from etl.pipeline import Request
from tests.conftest import ROOT, Press
from tests.wires import Host, Wires, answer

CATALOGUE = Catalogue.load(ROOT / "metrics.yaml")
SITE = "http://press.example"
FEED = f"- url: {SITE}/rss.xml\n  publisher: 苏州日报\n"
KNOWN_BY = Problem("feeds.yaml", 3, "")


def page(words: str, title: str = "园区产业再上台阶", day: str = "2024-09-10") -> bytes:
    more = "<p>企业和研究机构的合作进一步加深，一批新的项目陆续落地，现场负责人介绍了下一步的安排。</p>" * 3
    head = f'<html><head><meta charset="utf-8"><title>{title}</title><meta property="article:published_time" content="{day}"></head>'
    return f"{head}<body><article><h1>{title}</h1><p>{words}</p>{more}</article></body></html>".encode()


def firms(number: int) -> bytes:
    return page(f"苏州工业园区集聚人工智能企业超{number}家。")


def rss(*paths: str, stamps: dict[str, str] | None = None) -> bytes:
    stamp = stamps or {}
    items = "".join(
        f"<item><title>t{path}</title><link>{SITE}{path}</link><pubDate>{stamp.get(path, '')}</pubDate></item>"
        for path in paths
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


def xml(content: bytes, **headers: str) -> bytes:
    return answer(content, Content_Type="application/rss+xml", **headers)


class Paper:
    """A paper on the web and the folder that follows it."""

    def __init__(self, press: Press, host: Host) -> None:
        self.press, self.host = press, host
        self.waits: list[float] = []
        host.answers["/robots.txt"] = answer(b"", 404)
        press.catalogue = ROOT / "metrics.yaml"
        press.write("feeds.yaml", FEED)

    def look(self) -> Request:
        self.host.heads.clear()
        request = Request(self.press.articles, self.press.catalogue, self.press.data)
        return feeds.look(request, Manners(clock=lambda: 0.0, sleep=self.waits.append))

    def counts(self) -> tuple[int, ...]:
        return tuple(self.look().news.values())

    def texts(self) -> dict[str, str]:
        return {path.name: path.read_text("utf-8") for path in sorted(self.press.articles.glob("*.txt"))}

    def became(self) -> dict[str, str]:
        lines = durable.objects(self.press.data / feeds.SEEN)
        return {line["url"].removeprefix(SITE): line["became"] for line in lines}


@pytest.fixture
def paper(press: Press, host: Host) -> Iterator[Paper]:
    return Paper(press, host)  # type: ignore[return-value]


# -------------------------------------------------------------------------------------------------------- feeds.yaml
def test_feeds_yaml_of_the_project_reads() -> None:
    assert feeds.read(ROOT / "seeds" / feeds.FILE, CATALOGUE) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("- url: ftp://a.example/x", "begin it with http"),
        ("- url: https://a.example/x\n  place: atlantis", "not under places"),
        ("- url: https://a.example/x\n  articles: '(['", "no pattern"),
        ("- publisher: 苏州日报", "url"),
        ("- url: https://a.example/x\n  often: 5", "often"),
    ],
)
def test_a_fault_of_feeds_yaml_names_file_line_and_remedy(tmp_path: Path, entry: str, fault: str) -> None:
    (tmp_path / "feeds.yaml").write_text(f"# feeds\n{entry}\n", "utf-8")
    with pytest.raises(InputError, match=fault) as caught:
        feeds.read(tmp_path / "feeds.yaml", CATALOGUE)
    assert str(tmp_path / "feeds.yaml") in str(caught.value)
    assert caught.value.problems[0].line >= 2


def test_a_fault_of_feeds_yaml_stops_no_refresh(paper: Paper) -> None:
    paper.press.write("feeds.yaml", "- publisher: x\n")
    paper.press.put(old="苏州工业园区集聚人工智能企业超1800家。")
    outcome = pipeline.refresh(paper.look())
    assert outcome.report
    assert "feeds.yaml:1" in str(outcome.failures[0])


def test_without_feeds_nothing_is_asked_or_written(press: Press, wires: Wires) -> None:
    press.write("feeds.yaml", "# none yet\n")
    request = Request(press.articles, ROOT / "metrics.yaml", press.data)
    assert feeds.look(request, Manners()) == request
    assert (wires.tried, press.data.exists()) == ([], False)


# ---------------------------------------------------------------------------------------------------- what is taken in
def test_an_article_that_names_a_place_and_an_indicator_is_taken_in(paper: Paper) -> None:
    paper.host.answers |= {
        "/rss.xml": xml(rss("/1.html", "/2.html")),
        "/1.html": answer(firms(1800)),
        "/2.html": answer(page("今天天气晴好，适合出行。")),
    }
    assert paper.counts() == (1, 0, 1)
    assert paper.became() == {"/1.html": "taken", "/2.html": "passed over", "/rss.xml": "listing"}
    [(name, text)] = paper.texts().items()
    assert "超1800家" in text
    entry = sources.read(paper.press.articles / "sources.yaml", CATALOGUE.places)[name]
    assert (entry.title, entry.publisher, entry.url) == ("园区产业再上台阶", "苏州日报", f"{SITE}/1.html")
    assert str(entry.published) == "2024-09-10"
    assert paper.host.asked == ["/robots.txt", "/rss.xml", "/1.html", "/2.html"]
    assert paper.waits == [0, 2, 4], "two seconds between the requests"
    assert paper.counts() == (0, 0, 0)
    assert paper.host.asked == ["/robots.txt", "/rss.xml", "/1.html"], "what names nothing is not asked for again"


def test_a_list_page_gives_the_addresses_of_its_pattern(paper: Paper) -> None:
    listing = '<a href="/about.html">a</a><a href="n/1.html#top">b</a><a href="http://press.example/news/n/1.html">c</a><a href="mailto:x@y">d</a>'
    paper.press.write("feeds.yaml", f"- url: {SITE}/news/\n  articles: /n/\\d+\\.html$\n")
    paper.host.answers |= {
        "/news/": answer(f"<html><body>{listing}</body></html>".encode()),
        "/news/n/1.html": answer(firms(1800)),
    }
    assert paper.counts() == (1, 0, 0)
    assert paper.host.asked[1:] == ["/news/", "/news/n/1.html"]


def test_what_did_not_change_is_not_sent_again(paper: Paper) -> None:
    paper.host.answers |= {"/rss.xml": xml(rss("/1.html"), ETag='"f1"'), "/1.html": answer(firms(1800), ETag='"a1"')}
    paper.look()
    paper.host.answers |= {
        "/rss.xml": b"HTTP/1.1 304 Not Modified\r\n\r\n",
        "/1.html": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    }
    assert paper.counts() == (0, 0, 0)
    assert paper.host.asked == ["/robots.txt", "/rss.xml", "/1.html"]
    assert ['If-None-Match: "f1"' in paper.host.heads[1], 'If-None-Match: "a1"' in paper.host.heads[2]] == [True, True]


def test_an_article_that_was_changed_is_read_anew_and_its_original_stays(paper: Paper) -> None:
    paper.host.answers |= {"/rss.xml": xml(rss("/1.html")), "/1.html": answer(firms(1800))}
    first = pipeline.refresh(paper.look())
    before = paper.texts()
    paper.host.answers["/1.html"] = answer(firms(1900))
    asked = paper.look()
    assert tuple(asked.news.values()) == (0, 1, 0)
    assert paper.texts().keys() == before.keys()
    assert "超1900家" in "".join(paper.texts().values())
    originals = sorted(path.read_bytes() for path in (paper.press.articles / "originals").iterdir())
    assert originals == sorted([firms(1800), firms(1900)])
    second = pipeline.refresh(asked)
    assert first.report
    assert second.report
    assert (second.report.added, second.report.revised, second.report.withdrawn) == (0, 1, 0)
    assert paper.counts() == (0, 0, 0)


def test_an_article_that_people_put_there_is_never_renewed(paper: Paper) -> None:
    words = "苏州工业园区集聚人工智能企业超1700家。"
    paper.press.put(ours=words)
    paper.press.write("sources.yaml", f"- file: ours.txt\n  title: t\n  url: {SITE}/1.html\n")
    paper.host.answers |= {"/rss.xml": xml(rss("/1.html")), "/1.html": answer(firms(1800))}
    for number in (1800, 1900):
        paper.host.answers["/1.html"] = answer(firms(number))
        assert paper.counts() == (0, 0, 0)
    assert paper.texts() == {"ours.txt": words}


def test_a_copy_at_another_address_is_known(paper: Paper) -> None:
    paper.host.answers |= {"/rss.xml": xml(rss("/1.html", "/copy.html"))} | {
        f"/{name}.html": answer(firms(1800)) for name in ("1", "copy")
    }
    assert paper.counts() == (1, 0, 0)
    assert paper.became()["/copy.html"] == "known"
    assert len(paper.texts()) == 1


def test_an_article_that_its_host_has_no_more_stays(paper: Paper) -> None:
    paper.host.answers |= {"/rss.xml": xml(rss("/1.html")), "/1.html": answer(firms(1800))}
    paper.look()
    paper.host.answers["/1.html"] = answer(b"", 410)
    assert paper.look().missed == ()
    assert (paper.became()["/1.html"], len(paper.texts())) == ("gone", 1)
    paper.look()
    assert "/1.html" not in paper.host.asked


def test_a_page_that_cannot_be_read_is_asked_for_again_when_it_was_changed(paper: Paper) -> None:
    paper.host.answers |= {"/rss.xml": xml(rss("/1.html", stamps={"/1.html": "Mon"})), "/1.html": answer(b"\0\1\2")}
    assert paper.counts() == (0, 0, 1)
    assert paper.became()["/1.html"] == "refused"
    paper.host.answers["/1.html"] = answer(firms(1800))
    assert paper.counts() == (0, 0, 0)
    paper.host.answers["/rss.xml"] = xml(rss("/1.html", stamps={"/1.html": "Tue"}))
    assert paper.counts() == (1, 0, 0)


# ------------------------------------------------------------------------------------------------------ what goes wrong
def test_a_host_that_fails_is_told_and_asked_again(paper: Paper) -> None:
    paper.press.write("feeds.yaml", f"- url: {SITE}/down.xml\n{FEED}")
    paper.host.answers |= {
        "/down.xml": answer(b"", 503),
        "/rss.xml": xml(rss("/1.html", "/2.html"), ETag='"f1"'),
        "/1.html": answer(b"", 500),
        "/2.html": answer(firms(1800)),
    }
    asked = paper.look()
    assert tuple(asked.news.values()) == (1, 0, 0)
    told = [str(problem) for problem in asked.missed]
    assert [line.partition(": ")[0].rpartition("/")[2] for line in told] == ["feeds.yaml:1", "feeds.yaml:2"]
    assert ["down.xml" in told[0], "1.html" in told[1]] == [True, True]
    assert "/rss.xml" not in paper.became(), "the listing is to be read again, for an article is missing"
    paper.host.answers["/1.html"] = answer(firms(1900))
    assert paper.counts() == (1, 0, 0)


def test_a_host_that_keeps_programs_away_is_not_asked(paper: Paper) -> None:
    paper.host.answers["/robots.txt"] = answer(b"User-agent: *\nDisallow: /rss", Content_Type="text/plain")
    assert "keeps programs away" in str(paper.look().missed[0])
    assert paper.host.asked == ["/robots.txt"]


def test_a_feed_cannot_lead_inside(paper: Paper, wires: Wires) -> None:
    inside = b"<rss><channel><item><link>http://127.0.0.1/a</link></item><item><link>file:///etc/passwd</link></item></channel></rss>"
    paper.host.answers["/rss.xml"] = xml(inside)
    asked = paper.look()
    assert "not on the public internet" in str(asked.missed[0])
    assert {host for host, _ in wires.tried} == {"93.184.215.14"}
    assert (len(asked.missed), paper.texts()) == (1, {})


def test_what_the_feeds_brought_stands_in_the_log_of_runs(paper: Paper) -> None:
    paper.press.write("feeds.yaml", f"- url: {SITE}/down.xml\n{FEED}")
    paper.host.answers |= {"/rss.xml": xml(rss("/1.html")), "/1.html": answer(firms(1800))}
    outcome = pipeline.refresh(paper.look())
    [line] = runs.last(paper.press.data, 1)
    assert (line["arrived"], line["edited"], line["passed"], line["added"], line["failed"]) == (1, 0, 0, 1, 1)
    assert "down.xml" in line["failures"][0]
    assert len(outcome.failures) == 1


def test_a_look_that_finds_nothing_new_writes_nothing(paper: Paper) -> None:
    paper.host.answers |= {
        "/rss.xml": xml(rss("/1.html", "/2.html")),
        "/1.html": answer(firms(1800)),
        "/2.html": answer(b"", 404),
    }
    paper.look()
    before = paper.press.snapshot()
    paper.look()
    assert paper.host.asked == ["/robots.txt", "/rss.xml", "/1.html"]
    assert paper.press.snapshot() == before


def test_a_broken_line_of_what_is_remembered_harms_nothing(paper: Paper) -> None:
    paper.press.data.mkdir()
    (paper.press.data / feeds.SEEN).write_bytes(b'[1]\n{"url": 5}\n{"other": 1}\n{"url": "http')
    paper.host.answers |= {"/rss.xml": xml(rss("/1.html")), "/1.html": answer(firms(1800))}
    assert paper.counts() == (1, 0, 0)
    assert paper.counts() == (0, 0, 0)


# ------------------------------------------------------------------------------------------------------------ listings
def entries(content: bytes, pattern: str = "", **of: Any) -> list[Entry]:
    return listings.read(Fetched(f"{SITE}/news/list", content, **of), pattern, KNOWN_BY)


def test_rss_and_atom_give_address_and_stamp() -> None:
    assert entries(rss("/1.html", stamps={"/1.html": "Mon, 02 Sep 2024"})) == [
        Entry(f"{SITE}/1.html", "Mon, 02 Sep 2024")
    ]
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>园区 <b>产业</b></title><link href="../2.html"/><updated>2024-09-02T00:00:00Z</updated></entry></feed>'
    assert entries(atom.encode()) == [Entry(f"{SITE}/2.html", "2024-09-02T00:00:00Z")]


def test_a_feed_in_gb18030_reads() -> None:
    feed = '<?xml version="1.0" encoding="gb18030"?><rss><channel><item><title>园区</title><link>/1.html</link></item></channel></rss>'
    assert entries(feed.encode("gb18030")) == [Entry(f"{SITE}/1.html")]


def test_a_feed_without_end_gives_what_it_has() -> None:
    assert [entry.url for entry in entries(rss(*(f"/{n}.html" for n in range(99)))[:-60])][:2] == [
        f"{SITE}/0.html",
        f"{SITE}/1.html",
    ]
    assert len(entries(rss(*(f"/{n}.html" for n in range(99))))) == MOST


@pytest.mark.parametrize(
    ("content", "pattern"),
    [
        (b"", ""),
        (b"<html><body>no feed</body></html>", ""),
        (b"\0\xff" * 1000, ""),
        (b"<a href=/x>" * 200_000, "/(x+)+y$"),
        (b"<div>" * 500_000, "/n"),
    ],
    ids=["nothing", "a page", "rubbish", "a slow pattern", "depth"],
)  # fmt: skip
def test_a_listing_that_gives_nothing_is_named_with_a_remedy(content: bytes, pattern: str) -> None:
    with pytest.raises(InputError, match="look at it in a browser") as caught:
        entries(content, pattern)
    assert [(problem.file, problem.line) for problem in caught.value.problems] == [("feeds.yaml", 3)]


def test_entities_of_a_feed_are_not_multiplied() -> None:
    more = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    feed = (
        f'<!DOCTYPE l [<!ENTITY a0 "aaaaaaaaaa">{more}]><rss><channel><item><link>&a11;</link></item></channel></rss>'
    )
    assert [len(entry.url) < 100 for entry in entries(feed.encode())] == [True]


def test_articles_taken_in_by_a_feed_read_without_a_remark(paper: Paper) -> None:
    paper.host.answers |= {"/rss.xml": xml(rss("/1.html")), "/1.html": answer(firms(1800))}
    paper.look()
    listed = articles.listing(paper.press.articles, CATALOGUE.places)
    assert (listed.failures, listed.remarks, len(listed.received)) == ((), (), 1)


# ------------------------------------------------------------------------------------------------- a day in fast motion
class Newsroom:
    """A paper that adds, changes, breaks and removes articles, and a tally of what every run must find."""

    def __init__(self, paper: Paper, seed: int) -> None:
        self.paper, self.random = paper, Random(seed)
        self.numbers = iter(self.random.sample(range(1, 5000), 1000))  # each but once: two equal texts are one article
        self.pages: dict[str, int | None] = {}  # path → the number that its page tells; None where the page is broken
        self.tried: dict[str, str] = {}  # broken pages that were asked for, with the stamp they had
        self.stamps: dict[str, str] = {}
        self.standing: dict[str, int] = {}
        self.expected: list[dict[str, int]] = []

    def act(self) -> None:
        """Do one to three things."""
        for _ in range(self.random.randint(1, 3)):
            self.random.choice([self.add, self.edit, self.break_, self.remove])()
        self.paper.host.answers |= {path: answer(self.page(number)) for path, number in self.pages.items()}
        self.paper.host.answers["/rss.xml"] = xml(rss(*self.pages, stamps=self.stamps))

    def add(self) -> None:
        self.pages[f"/{len(self.stamps)}.html"] = next(self.numbers)
        self.stamps[f"/{len(self.stamps)}.html"] = "new"

    def edit(self) -> None:
        self.put(next(self.numbers))

    def break_(self) -> None:
        self.put(None)

    def put(self, number: int | None) -> None:
        if self.pages:
            path = self.random.choice(sorted(self.pages))
            self.pages[path], self.stamps[path] = number, str(self.random.random())

    def remove(self) -> None:
        if self.pages:
            del self.pages[path := self.random.choice(sorted(self.pages))]
            self.paper.host.answers[path] = answer(b"", 404)

    def page(self, number: int | None) -> bytes:
        return b"\0\1\2" if number is None else page(f"截至2024年末，苏州工业园区集聚人工智能企业{number}家。")

    def expect(self) -> None:
        counts = Counter(arrived=0, edited=0, passed=0, added=0, revised=0)
        for path, number in self.pages.items():
            if number is None:
                counts["passed"] += self.tried.get(path) != self.stamps[path]
                self.tried[path] = self.stamps[path]
            elif path not in self.standing:
                counts.update(arrived=1, added=1)
            elif number != self.standing[path]:
                counts.update(edited=1, revised=1)
            if number is not None:
                self.standing[path] = number
        self.expected.append({**counts, "withdrawn": 0, "failed": 0})


@pytest.mark.parametrize("turns", [8, pytest.param(200, marks=pytest.mark.soak)])
def test_a_day_of_a_feed_comes_out_as_it_went(paper: Paper, turns: int) -> None:
    room = Newsroom(paper, turns)
    for _ in range(turns):
        room.act()
        room.expect()
        asked = paper.look()
        pipeline.refresh(replace(asked, by="schedule"))
    lines = runs.last(paper.press.data, turns)
    assert [{key: line.get(key, 0) for key in room.expected[0]} for line in lines] == room.expected
    news = [number == 0 or any(one[key] for key in ("arrived", "edited")) for number, one in enumerate(room.expected)]
    assert [line["outcome"] for line in lines] == ["published" if is_new else "unchanged" for is_new in news]
    found = paper.press.rows("SELECT a.url, e.value::INT FROM export e JOIN article a USING (article)")
    assert {url.removeprefix(SITE): value for url, value in found} == room.standing
    changes = paper.press.rows("SELECT change, count(*) FROM change GROUP BY ALL ORDER BY ALL")
    assert dict(changes) == {kind: n for kind in ("added", "revised") if (n := sum(one[kind] for one in room.expected))}

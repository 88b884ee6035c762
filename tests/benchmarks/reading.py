"""How fast articles are read, on one core: characters a second, against two yardsticks, and what it grows with.

    python tests/benchmarks/reading.py [--articles 2000] [--jionlp PYTHON] [--only speed]

The articles are made of paragraphs of the gold sets, no two alike. What is timed: `link.read` over texts in memory (all
that makes observations of an article), and a whole refresh from files into a published database. The yardsticks: one
pass of a bare regular expression (floor.py), and JioNLP's readers of money and time, where PYTHON is an interpreter
that has them (`python3 -m venv DIR && DIR/bin/pip install jionlp`; the project never depends on it).
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import TypeVar

from etl import link, pipeline
from etl.catalogue import Catalogue, Indicator
from etl.model import Article
from etl.pipeline import Request
from tests.accuracy import received
from tests.benchmarks import floor
from tests.casebook import CATALOGUE, ROOT

T = TypeVar("T")
LENGTH = 1_000  # characters of an article at least
SETS = ("seeds", "dev")


def paragraphs(name: str) -> list[str]:
    """Every paragraph of a set's articles, line breaks inside kept."""
    return [part for article in received(name) for part in re.split(r"\n\s*\n", article.raw) if part.strip()]


def recombined(number: int, length: int = LENGTH, seed: int = 1) -> list[Article]:
    """Distinct articles, each of paragraphs of one set drawn at random."""
    draw, stock = Random(seed), [paragraphs(name) for name in SETS]
    patterns = [article for name in SETS for article in received(name)]
    made: dict[str, Article] = {}
    for like, parts in islice(zip(cycle(patterns), cycle(stock), strict=False), 2 * number):
        chosen: list[str] = []
        while sum(map(len, chosen)) < length:
            chosen.append(draw.choice(parts))
        raw = "\n\n".join(chosen)
        made.setdefault(raw, replace(like, name=f"a{len(made):05}", file=f"a{len(made):05}.txt", raw=raw))
        if len(made) == number:
            break
    return list(made.values())


def timed(do: Callable[[], T]) -> tuple[float, T]:
    """Seconds of processor time, and what was done."""
    start = time.process_time()
    done = do()
    return time.process_time() - start, done


def best(do: Callable[[], object]) -> float:
    """The least of three times."""
    return min(timed(do)[0] for _ in range(3))


def read(articles: list[Article], catalogue: Catalogue = CATALOGUE) -> int:
    """Read every article; how many observations there were."""
    return sum(len(link.read(article, catalogue).observations) for article in articles)


def speed(articles: list[Article], jionlp: str) -> None:
    """Reading against the yardsticks, one after the other in this run."""
    texts = [article.raw for article in articles]
    read(articles[:20])  # compiles its patterns
    size, (took, observations) = sum(map(len, texts)), timed(lambda: read(articles))
    own, bare = size / took, floor.speed(texts)
    print(f"{len(articles)} articles, {size:,} characters, {observations:,} observations")
    print(f"reading                 {own:12,.0f} characters a second ({took:.2f} s)")
    print(f"bare regular expression {bare:12,.0f} characters a second ({bare / own:.0f} times the reading)")
    for name, option in (("JioNLP, spans", "--spans"), ("JioNLP, parsed", "--parse")):
        if theirs := _jionlp(jionlp, texts, option):
            print(
                f"{name:23} {size / theirs:12,.0f} characters a second (reading is {theirs / took:.1f} times as fast)"
            )


def _jionlp(python: str, texts: list[str], option: str) -> float:
    """Seconds that JioNLP's money and time readers take, or 0 where they cannot be run."""
    if not python:
        print("JioNLP: not measured; give --jionlp an interpreter that has it")
        return 0
    script = str(Path(__file__).with_name("jionlp_speed.py"))
    done = subprocess.run(
        [python, script, option], input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"JioNLP: {done.stderr.strip().splitlines()[-1]}")
        return 0
    return float(done.stdout.strip().splitlines()[-1])


def refreshed(articles: list[Article]) -> None:
    """Files on disk to a published database, one process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "articles"
        folder.mkdir()
        for article in articles:
            (folder / article.file).write_text(article.raw, "utf-8")
        entries = (f"- {{file: {a.file}, published: {a.published}}}\n" for a in articles if a.published)
        (folder / "sources.yaml").write_text("".join(entries), "utf-8")
        request = Request(folder, ROOT / "metrics.yaml", Path(name) / "data", 1)
        took, _ = timed(lambda: pipeline.refresh(request, link.read))
    size = sum(len(article.raw) for article in articles)
    print(f"whole refresh           {size / took:12,.0f} characters a second ({took:.2f} s, files to database)")


def growth() -> None:
    """Time for a text 1, 2, 4 and 16 times as long, and for catalogues of 1 and 10 times as many indicators."""
    print("one article of so many characters: microseconds a character, with its paragraphs and on one line")
    for name in SETS:
        for times in (1, 2, 4, 16):
            draw = Random(7)
            parts = draw.choices(paragraphs(name), k=100 * times)
            raw, line = "\n\n".join(parts), "".join(parts).replace("\n", "")
            like = received(name)[0]
            each = [best(partial(read, [replace(like, raw=text)])) / len(text) * 1e6 for text in (raw, line)]
            print(f"  {name:6} {len(raw):8,} {each[0]:8.2f} {each[1]:8.2f}")
    articles = recombined(200)
    size = sum(len(article.raw) for article in articles)
    print("indicators in the catalogue: microseconds a character")
    for times in (1, 2, 10):
        catalogue = replace(CATALOGUE, indicators=dict(_renamed(times)))
        read(articles[:20], catalogue)  # compiles its patterns
        took = best(partial(read, articles, catalogue))
        print(f"  {len(catalogue.indicators):6,} {took / size * 1e6:8.2f}")


def _renamed(times: int) -> Iterator[tuple[str, Indicator]]:
    """The indicators, and copies of them whose names end in another sign each."""
    yield from CATALOGUE.indicators.items()
    for sign in "甲乙丙丁戊己庚辛壬癸"[: times - 1]:
        for id_, indicator in CATALOGUE.indicators.items():
            called = tuple(replace(name, text=f"{name.text}{sign}") for name in indicator.called)
            english = tuple(f"{name} {sign}" for name in indicator.english)
            yield f"{id_}_{sign}", replace(indicator, id=f"{id_}_{sign}", called=called, english=english)


def profile(articles: list[Article]) -> None:
    """Where the time goes: functions by their own time, and by time with what they call."""
    read(articles[:20])
    profiler = cProfile.Profile()
    profiler.runcall(read, articles)
    for order in ("tottime", "cumulative"):
        pstats.Stats(profiler).sort_stats(order).print_stats(30)


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--jionlp", default="", metavar="PYTHON", help="an interpreter that has jionlp")
    parser.add_argument("--only", choices=["speed", "refresh", "growth", "profile"])
    chosen = parser.parse_args()
    articles = recombined(chosen.articles)
    if chosen.only in (None, "speed"):
        speed(articles, chosen.jionlp)
    if chosen.only in (None, "refresh"):
        refreshed(articles)
    if chosen.only in (None, "growth"):
        growth()
    if chosen.only == "profile":
        profile(articles[:300])


if __name__ == "__main__":
    main()

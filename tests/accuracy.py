"""How well the gold sets are read: every set's score, by the key of tests/gold/score.py, in one place.

In: the sets of tests/gold (rows and articles) and the reading as it is. Out: a `Score` for each set. As a script
(`make accuracy`) it writes the scores to tests/gold/accuracy.json, which the build carries to the About page, and as a
table into the README. The gate is tests/test_reading.py, its floors tests/floors.py.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
import runpy
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from etl import articles, link
from etl.model import Article, Observation, Reading
from tests.casebook import CATALOGUE, ROOT

GOLD = ROOT / "tests" / "gold"
RESULT = GOLD / "accuracy.json"
#: What each round scored before anyone who writes rules had looked at it; never renewed.
FIRST = GOLD / "first_sight.csv"
README = ROOT / "README.md"
SCORE = SimpleNamespace(**runpy.run_path(str(GOLD / "score.py")))
FIELDS: tuple[str, ...] = SCORE.KEY[1:]  # of the key: the article is given
PARTS = ("precision", "recall", "f1")
DRAWS, SEED = 2_000, 20261121
_BEGIN, _END = "<!-- accuracy: written by make accuracy -->", "<!-- /accuracy -->"

Key = tuple[str, ...]


@dataclass(frozen=True)
class GoldSet:
    """Articles with the rows that a careful reader finds in them."""

    name: str
    rows: Path
    folder: Path

    def articles(self) -> tuple[Article, ...]:
        """Those of the folder; of seeds/, which others may add to, those that the rows name."""
        received = articles.listing(self.folder, CATALOGUE.places).received
        named = self.named()
        return tuple(articles.read(one) for one in received if self.folder.parent != ROOT or one.name in named)

    def gold(self) -> dict[Key, dict[str, str]]:
        """The rows by key, with periods and values in the one form that keys are compared in."""
        return {SCORE.key(row): row for row in SCORE.rows(self.rows)}

    def named(self) -> set[str]:
        """The articles that the rows speak of."""
        with self.rows.open(encoding="utf-8-sig", newline="") as handle:
            return {row["article"] for row in csv.DictReader(handle)}

    def fingerprint(self) -> str:
        """SHA-256 over the rows, the articles' bytes and what sources.yaml tells the reading about them."""
        digest = hashlib.sha256(self.rows.read_bytes())
        for article in self.articles():
            told = (article.file, article.sha256, article.title, article.published, article.precision, article.place)
            digest.update("\x1e".join(map(str, told)).encode())
        return digest.hexdigest()


def _counted(name: str) -> tuple[str, int]:
    """Where a set stands among the others: round2 before round10."""
    word = name.rstrip("0123456789")
    return word, int(name.removeprefix(word) or 0)


_PLACES = {"seeds": (GOLD / "seeds.csv", ROOT / "seeds")} | {
    path.parent.name: (path, path.parent / "articles") for path in GOLD.glob("*/gold.csv")
}
SETS = {name: GoldSet(name, *_PLACES[name]) for name in sorted(_PLACES, key=_counted)}


@dataclass(frozen=True)
class Score:
    """A gold set against what was read. `hits`, `missed` and `false` are keys; `bounds` the hits with the right one."""

    hits: frozenset[Key]
    missed: frozenset[Key]
    false: frozenset[Key]
    bounds: int

    @property
    def precision(self) -> float:
        return _share(len(self.hits), len(self.false))

    @property
    def recall(self) -> float:
        return _share(len(self.hits), len(self.missed))

    @property
    def f1(self) -> float:
        return _f1(len(self.hits), len(self.missed), len(self.false))

    @property
    def bound(self) -> float:
        return self.bounds / len(self.hits) if self.hits else 0.0

    def wrong(self) -> Counter[str]:
        """Of the misses with a false row that differs from them in one field only: which field."""
        wrong = Counter[str]()
        for miss in self.missed:
            twins = [[n for n, a, b in zip(SCORE.KEY, miss, other, strict=True) if a != b] for other in self.false]
            if fields := [names[0] for names in sorted(twins) if len(names) == 1]:
                wrong[fields[0]] += 1
        return wrong

    def fields(self) -> dict[str, float]:
        """How often each field is right where all the others are."""
        wrong = self.wrong()
        return {name: _share(len(self.hits), wrong[name]) for name in FIELDS}

    def interval(self) -> tuple[float, float]:
        """The 95 % interval of F1 by bootstrap over the articles. Without any error it is a point, and says little."""
        counts = Counter((key[0], n) for n, keys in enumerate((self.hits, self.missed, self.false)) for key in keys)
        each = [[counts[name, n] for n in range(3)] for name in sorted({name for name, _ in counts})]
        draw = random.Random(SEED)
        drawn = sorted(_f1(*map(sum, zip(*draw.choices(each, k=len(each)), strict=True))) for _ in range(DRAWS))
        return drawn[round(DRAWS * 0.025)], drawn[round(DRAWS * 0.975) - 1]


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 0.0


def _f1(hits: int, missed: int, false: int) -> float:
    return 2 * hits / (2 * hits + missed + false) if hits else 0.0


@cache
def received(name: str) -> tuple[Article, ...]:
    """The articles of a gold set."""
    return SETS[name].articles()


@cache
def reading(article: Article) -> Reading:
    """What an article gives, read once a run."""
    return link.read(article, CATALOGUE)


def key(seen: Observation) -> Key:
    """The key of an observation, as score.py makes it of an exported row."""
    when, value = SCORE.period(str(seen.period)), f"{float(seen.value):.6g}"
    return (seen.article, seen.indicator, seen.place, seen.measure, seen.share_of, seen.status, when, value)


@cache
def scored(name: str) -> Score:
    """Match as score.py does: rows marked `ignore` excuse every reading of their figure."""
    gold = SETS[name].gold()
    places = {row["place"] for row in gold.values()}
    observed = [seen for article in received(name) for seen in reading(article).observations]
    found = {key(seen): seen.bound for seen in observed if seen.place in places}
    wanted = {key for key, row in gold.items() if row["required"] != "ignore"}
    hits = wanted & found.keys()
    return Score(
        hits=frozenset(hits),
        missed=frozenset(wanted - hits),
        false=frozenset(_not_excused(found.keys() - gold.keys(), gold.keys() - wanted)),
        bounds=sum(found[key] == gold[key]["bound"] for key in hits),
    )


def _not_excused(keys: Iterable[Key], excused: set[Key]) -> Iterator[Key]:
    for key in keys:
        if not any(key[:3] == other[:3] and SCORE.near(key[7], other[7]) for other in excused):
            yield key


# -- what is written ------------------------------------------------------------------------------------------------
def measured() -> dict[str, dict[str, object]]:
    """The content of accuracy.json: set → its numbers, shares to four places."""
    first = first_sight()
    return {name: {**_numbers(name, scored(name)), "first": first.get(name)} for name in SETS}


def first_sight() -> dict[str, dict[str, float]]:
    """Round → precision, recall and F1 as first scored, to five places: three of four would round twice."""
    with FIRST.open(encoding="utf-8", newline="") as handle:
        counts = {
            row["set"]: [int(row[part]) for part in ("hits", "missed", "false")] for row in csv.DictReader(handle)
        }
    return {
        name: {
            "precision": round(_share(hits, false), 5),
            "recall": round(_share(hits, missed), 5),
            "f1": round(_f1(hits, missed, false), 5),
        }
        for name, (hits, missed, false) in counts.items()
    }


def _numbers(name: str, score: Score) -> dict[str, object]:
    low, high = score.interval()
    shares = {"precision": score.precision, "recall": score.recall, "f1": score.f1, "low": low, "high": high}
    return {
        **{part: round(share, 4) for part, share in shares.items()},
        "articles": len(received(name)),
        "rows": len(score.hits) + len(score.missed),
        "bound": round(score.bound, 4),
        "fields": {field: round(share, 4) for field, share in score.fields().items()},
        "fingerprint": SETS[name].fingerprint(),
    }


def written(numbers: dict[str, dict[str, object]]) -> str:
    """The text of accuracy.json: the same scores give the same bytes, in the order of `SETS`."""
    return json.dumps(numbers, indent=2) + "\n"


def table(numbers: dict[str, dict[str, object]]) -> str:
    """The table of the README."""
    lines = [
        "| set | articles | rows | at first sight: precision | recall | F1 | now: precision | recall | F1 | 95 % interval of F1 | bound right |",
        "| --- |" + " --- |" * 10,
    ]
    for name, of in numbers.items():
        first: dict[str, float] = of["first"] or {}  # type: ignore[assignment]
        sight = " | ".join(f"{first[part]:.3f}" if first else "" for part in PARTS)
        now = " | ".join(f"{of[part]:.3f}" for part in PARTS)
        interval = f"{of['low']:.3f}–{of['high']:.3f}"
        lines.append(f"| {name} | {of['articles']} | {of['rows']} | {sight} | {now} | {interval} | {of['bound']:.3f} |")
    return "\n".join(lines)


def with_table(readme: str, numbers: dict[str, dict[str, object]]) -> str:
    """The README with the table between its two markers."""
    before, _, rest = readme.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        raise SystemExit(f"README.md: the markers {_BEGIN} and {_END} are gone; put them where the table belongs")
    return f"{before}{_BEGIN}\n{table(numbers)}\n{_END}{after}"


def main() -> None:
    """Write the scores to both places, and print them."""
    numbers = measured()
    RESULT.write_text(written(numbers), "utf-8")
    README.write_text(with_table(README.read_text("utf-8"), numbers), "utf-8")
    print(table(numbers))
    for name in SETS:
        print(f"{name}: wrong in one field only: {dict(scored(name).wrong()) or 'none'}")


if __name__ == "__main__":
    main()

"""How long a refresh takes where nothing or little is new: seconds, and which files it touched.

    python tests/benchmarks/refreshing.py [--articles 2000]

Each command is run as a person would run it, start of Python included. The articles are one of the seeds under many
names, so that they need no invention; what is timed is everything but the reading.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.casebook import ROOT

SEED = "002_b406db96828a8de5.txt"


def main() -> None:
    """Print a line for the seeds and one for many articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    many = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        measure("the seeds", ROOT / "seeds", Path(folder) / "seeds")
        articles = Path(folder) / "articles"
        multiply(articles, many)
        measure(f"{many} articles", articles, Path(folder) / "many")


def multiply(folder: Path, number: int) -> None:
    """Fill a folder with copies of one article, each with an entry of its own."""
    folder.mkdir()
    text = (ROOT / "seeds" / SEED).read_text(encoding="utf-8")
    entries = []
    for n in range(number):
        (folder / f"a{n:05}.txt").write_text(f"{text}\n{n}\n", encoding="utf-8")
        entries.append(
            f"- {{file: a{n:05}.txt, title: 第{n}篇, published: 2025-01-10, date_precision: month, place: suzhou}}"
        )
    (folder / "sources.yaml").write_text("\n".join(entries), encoding="utf-8")


def measure(name: str, articles: Path, data: Path) -> None:
    """Refresh once, again with nothing new, and once more with one article changed."""
    first = refresh(articles, data)
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    again = min(refresh(articles, data) for _ in range(3))
    touched = {path: path.stat().st_mtime_ns for path in data.rglob("*")} != before
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "articles"
        one.mkdir()
        for path in articles.iterdir():
            (one / path.name).symlink_to(path)
        chosen = min(one.glob("*.txt"))
        text = chosen.read_text(encoding="utf-8")
        chosen.unlink()
        chosen.write_text(text + "\n", encoding="utf-8")
        changed = refresh(one, data)
    print(
        f"{name}: first {first:.2f} s · nothing new {again:.2f} s, {'files touched!' if touched else 'no file touched'} · one changed {changed:.2f} s"
    )


def refresh(articles: Path, data: Path) -> float:
    """Run the command; seconds."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "etl", "refresh", "--articles", str(articles), "--data", str(data)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

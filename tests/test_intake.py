"""Taking articles in: what is written, what is left alone, and what a kill at any moment leaves behind."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from etl import articles, durable, intake, sources
from etl.catalogue import Catalogue
from etl.errors import InputError
from etl.intake import Original
from etl.model import About
from tests import paper
from tests.conftest import ROOT, Press
from tests.paper import INFO, LINES, TEXT

CATALOGUE = Catalogue.load(ROOT / "metrics.yaml")
HTML = Original(paper.page(info=INFO), "inbox/p1.html", "html")
NAME = "2024-09-10_园区产业再上台阶"
SOURCES = """\
# What is known.
- file: old.txt
  title:   '旧闻'   # as printed
  published: 2024-01-01
"""
OLD = "无锡市走访企业，听取意见。"


@pytest.fixture
def folder(press: Press) -> Path:
    """A folder with an article and its entry."""
    press.put(old=OLD)
    press.write("sources.yaml", SOURCES)
    return press.articles


def original(text: str, name: str = "inbox/note.txt") -> Original:
    return Original(text.encode(), name, "txt")


def held(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def listed(folder: Path) -> articles.Folder:
    return articles.listing(folder, CATALOGUE.places)


# ------------------------------------------------------------------------------------------------------ what is written
def test_an_article_taken_in_is_text_original_and_entry(folder: Path) -> None:
    taken = intake.take(HTML, folder, About(place="sip"))
    assert (taken.file, taken.state) == (f"{NAME}.txt", "new")
    assert set(held(folder)) == {"old.txt", "sources.yaml", f"{NAME}.txt", f"originals/{NAME}.html"}
    assert held(folder)[f"originals/{NAME}.html"] == HTML.content
    received = next(one for one in listed(folder).received if one.name == NAME)
    article = articles.read(received)
    assert article.raw == taken.text
    assert (article.title, article.publisher, article.author) == ("园区产业再上台阶", "苏州日报", "甲某")
    assert (article.published, article.precision) == (date(2024, 9, 10), "day")
    assert (article.url, article.language, article.place) == (None, "zh-Hans", "sip")
    assert (listed(folder).failures, listed(folder).remarks) == ((), ())


def test_what_is_given_goes_before_what_the_file_says(folder: Path) -> None:
    given = About(title="另题", published=date(2024, 9, 1), precision="month", url="https://news.example/1")
    intake.take(HTML, folder, given)
    entry = sources.read(folder / "sources.yaml", CATALOGUE.places)["2024-09_另题.txt"]
    assert (entry.title, entry.published, entry.precision) == ("另题", date(2024, 9, 1), "month")
    assert (entry.publisher, entry.url) == ("苏州日报", "https://news.example/1")


def test_where_a_page_came_from_goes_before_the_address_it_gives_itself(folder: Path) -> None:
    content = paper.page('<link rel="canonical" href="https://elsewhere.example/">')
    taken = intake.take(Original(content, "https://news.example/1.html", "html", "https://news.example/1.html"), folder)
    assert taken.file == "园区产业再上台阶.txt"
    assert sources.read(folder / "sources.yaml", CATALOGUE.places)[taken.file].url == "https://news.example/1.html"


def test_only_what_is_not_known_is_asked_for(folder: Path) -> None:
    asked: list[About] = []

    def ask(about: About) -> About:
        asked.append(about)
        return about

    intake.take(HTML, folder, About(place="sip"), ask)
    intake.take(HTML, folder, About(), ask)  # known by now
    [about] = asked
    assert about == About("园区产业再上台阶", "苏州日报", "甲某", date(2024, 9, 10), "day", None, "zh-Hans", "sip")


@pytest.mark.parametrize(
    ("about", "name", "expected"),
    [
        (About(title="园区：AI＋制造，再上“新台阶”！", published=date(2025, 3, 1), precision="day"), "x.txt", "2025-03-01_园区-AI-制造-再上-新台阶"),
        (About(title="年报", published=date(2025, 1, 1), precision="year"), "x.txt", "2025_年报"),
        (About(), "inbox/我的 摘录(1).txt", "我的-摘录-1"),
        (About(title="../../etc/passwd"), "x.txt", "etc-passwd"),
        (About(title=".hidden"), "x.txt", "hidden"),
        (About(title="=1+1"), "x.txt", "1-1"),
        (About(title="字" * 300), "x.txt", "字" * 40),
        (About(title="？！"), "x.txt", "x"),
        (About(published=date(2025, 3, 1), precision="month"), "——.txt", "2025-03"),
    ],
)  # fmt: skip
def test_a_new_file_is_named_after_day_and_title(folder: Path, about: About, name: str, expected: str) -> None:
    assert intake.take(original(TEXT, name), folder, about).file == f"{expected}.txt"


def test_an_article_without_any_name_is_named_by_its_bytes(folder: Path) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}\.txt", intake.take(original(TEXT, "——.txt"), folder).file)


def test_nothing_is_overwritten(folder: Path) -> None:
    (folder / "originals").mkdir()
    for file in ("note.html", "originals/Note-2.pdf", "sources.yaml"):
        (folder / file).write_text("- file: old.txt\n- file: note-3.txt\n", "utf-8")
    before = held(folder)
    assert intake.take(original(TEXT), folder).file == "note-4.txt"
    assert intake.take(original(TEXT + "其他。"), folder).file == "note-5.txt"
    assert {file: content for file, content in held(folder).items() if file in before and file != "sources.yaml"} == {
        file: content for file, content in before.items() if file != "sources.yaml"
    }


#: sources.yaml as people write it, each with an entry for old.txt.
STYLES = {
    "plain": SOURCES,
    "no line end at the end": SOURCES.rstrip("\n"),
    "indented, with remarks at the end": "- file: old.txt\n  title: 旧闻\n# more to come\n".replace("- ", "    - ").replace("  title", "      title"),
    "Windows": SOURCES.replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + SOURCES,
    "entries in braces": '- {file: old.txt, "title": 旧闻}\n',
    "a block of text at the end": "- file: old.txt\n  date_note: |+\n    two\n    lines\n\n\n",
    "empty lines at the end": SOURCES + "\n\n",
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_of_sources_yaml_nothing_else_changes(press: Press, style: str) -> None:
    press.put(old=OLD)
    before = STYLES[style].encode()
    press.write("sources.yaml", before)
    entries = sources.read(press.articles / "sources.yaml", CATALOGUE.places)
    intake.take(HTML, press.articles)
    after = (press.articles / "sources.yaml").read_bytes()
    assert after.startswith(before)
    read = sources.read(press.articles / "sources.yaml", CATALOGUE.places)
    assert read.pop(f"{NAME}.txt").publisher == "苏州日报"
    assert read == entries


@pytest.mark.parametrize("content", [None, "", "# nothing yet\n"])
def test_the_first_entry_may_be_the_only_one(press: Press, content: str | None) -> None:
    if content is not None:
        press.write("sources.yaml", content)
    intake.take(HTML, press.articles)
    assert list(sources.read(press.articles / "sources.yaml", CATALOGUE.places)) == [f"{NAME}.txt"]


@pytest.mark.parametrize(
    "title", ["a: b # c", "no", "2024-01-01", "- x", "'“\"", "{a}", "&a *b !c %d @e `f", "😀", "null", "~"]
)
def test_any_title_comes_back_as_it_was(folder: Path, title: str) -> None:
    taken = intake.take(original(TEXT), folder, About(title=title))
    entry = sources.read(folder / "sources.yaml", CATALOGUE.places)[taken.file]
    assert entry.title == title


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("[{file: old.txt}]\n", "sources.yaml:1: no entry can be added behind this; write every entry as lines"),
        ("- file: old.txt\n...\n", "sources.yaml:2: no entry can be added behind this"),
        ("- file: old.txt\n  titel: x\n", 'sources.yaml:2: unknown key "titel"; did you mean "title"?'),
    ],
)
def test_a_sources_yaml_that_takes_no_entry_is_named_and_nothing_new_is_read(
    folder: Path, content: str, fault: str
) -> None:
    (folder / "sources.yaml").write_text(content, "utf-8")
    with pytest.raises(InputError) as error:
        intake.take(HTML, folder)
    assert fault in str(error.value)
    assert (folder / "sources.yaml").read_text("utf-8") == content


# ------------------------------------------------------------------------------------------------------- what is known
@pytest.mark.parametrize(
    "copy",
    [
        TEXT,
        TEXT.replace("\n", "\r\n\r\n"),
        TEXT.replace("1800", "１８００"),
        TEXT.replace("苏", "蘇").replace("业", "業"),
    ],
)
def test_a_copy_of_an_article_is_known_and_nothing_is_written(folder: Path, copy: str) -> None:
    first = intake.take(original(TEXT), folder)
    before = held(folder)
    again = intake.take(original(copy, "inbox/other.md"), folder, About(title="另题"))
    assert (again.file, again.state) == (first.file, "known")
    assert held(folder) == before


def test_a_copy_in_another_format_is_known(folder: Path) -> None:
    (folder / "page.html").write_bytes(HTML.content)
    (folder / "sources.yaml").write_text(SOURCES + "- file: page.html\n", "utf-8")
    text = articles.read(listed(folder).received[1]).raw
    assert intake.take(original(text), folder).file == "page.html"


def test_an_article_that_lies_there_without_an_entry_gets_one(folder: Path) -> None:
    (folder / "note.txt").write_text(TEXT, "utf-8")
    taken = intake.take(original(TEXT, "note.txt"), folder, About(title="题"))
    assert (taken.file, taken.state) == ("note.txt", "entered")
    assert sources.read(folder / "sources.yaml", CATALOGUE.places)["note.txt"].title == "题"
    assert set(held(folder)) == {"old.txt", "note.txt", "sources.yaml"}


def test_a_file_that_cannot_be_read_is_no_copy_of_anything(folder: Path) -> None:
    (folder / "broken.html").write_bytes(b"<html></html>")
    (folder / "old.md").write_text(TEXT, "utf-8")  # refused: old.txt has the same stem
    assert intake.take(original(TEXT), folder).state == "new"


# ----------------------------------------------------------------------------------------- PDFs that lie in the folder
def test_a_pdf_in_the_folder_is_taken_in_and_put_away(folder: Path) -> None:
    content = paper.pdf(LINES)
    (folder / "report.pdf").write_bytes(content)
    [refused] = [one.refused for one in listed(folder).received if one.refused]
    assert refused.endswith(f"take its text in: python -m etl add {folder / 'report.pdf'}")
    taken = intake.take(intake.load(folder / "report.pdf"), folder)
    assert set(held(folder)) == {"old.txt", "sources.yaml", taken.file, f"originals/{Path(taken.file).stem}.pdf"}
    assert [one.refused for one in listed(folder).received] == ["", ""]


def test_a_pdf_with_an_entry_of_its_own_is_left_until_that_is_out(folder: Path) -> None:
    (folder / "report.pdf").write_bytes(paper.pdf(LINES))
    (folder / "sources.yaml").write_text(SOURCES + "- file: report.pdf\n", "utf-8")
    before = held(folder)
    with pytest.raises(InputError, match=r"sources\.yaml:5: the entry is for .*report\.pdf.*; take the entry out"):
        intake.take(intake.load(folder / "report.pdf"), folder)
    assert held(folder) == before


# -------------------------------------------------------------------------------------------------------- interruptions
class _Killed(BaseException):
    """Stands for a kill: nothing catches it."""


def killing(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let so many operations on files happen, and none after; the last of them, where it writes, half."""
    left = [after]

    def counted(whole: Callable[..., Any], half: Callable[..., Any] | None = None) -> Callable[..., Any]:
        def operation(*arguments: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                if half and left[0] == -1:
                    half(*arguments)
                raise _Killed
            return whole(*arguments, **options)

        return operation

    write = Path.write_bytes
    monkeypatch.setattr(
        Path, "write_bytes", counted(write, lambda path, content: write(path, content[: len(content) // 2]))
    )
    for name in ("replace", "unlink", "mkdir"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
    monkeypatch.setattr(durable, "synced", counted(durable.synced))


@pytest.mark.parametrize("kind", ["html", "pdf in the folder"])
def test_a_kill_between_any_two_steps_is_mended_by_the_next_add(press: Press, kind: str) -> None:
    for after in range(100):
        folder = press.root / f"{kind}{after}"
        folder.mkdir()
        (folder / "old.txt").write_text(OLD, "utf-8")
        (folder / "sources.yaml").write_text(SOURCES, "utf-8")
        taken = HTML if kind == "html" else Original(paper.pdf(LINES), str(folder / "x.pdf"), "pdf")
        if kind != "html":
            (folder / "x.pdf").write_bytes(taken.content)
        with pytest.MonkeyPatch.context() as patch:
            killing(patch, after)
            try:
                intake.take(taken, folder)
                break
            except _Killed:
                pass
        assert (folder / "old.txt").read_text("utf-8") == OLD
        assert (folder / "sources.yaml").read_text("utf-8").startswith(SOURCES)
        assert listed(folder).failures == ()
        assert all(articles.read(one) for one in listed(folder).received if not one.refused)
        intake.take(taken, folder)
        name = NAME if kind == "html" else "x-2"
        assert set(held(folder)) == {"old.txt", "sources.yaml", f"{name}.txt", f"originals/{name}.{taken.kind}"}
        assert list(sources.read(folder / "sources.yaml", CATALOGUE.places)) == ["old.txt", f"{name}.txt"]
    assert after > 10


def inbox(root: Path, number: int) -> list[Path]:
    """Files to be taken in, of all kinds."""
    (root / "inbox").mkdir()
    files = []
    for n in range(number):
        kind = ("txt", "html", "pdf")[n % 3]
        line = f"第{n}份材料：苏州市人工智能企业{1000 + n}家。"
        content = {
            "txt": line.encode(),
            "html": paper.page().replace(b"1800", str(1000 + n).encode()),
            "pdf": paper.pdf([line, *LINES]),
        }[kind]
        files.append(root / "inbox" / f"{n}.{kind}")
        files[-1].write_bytes(content)
    return files


def adding(folder: Path, files: list[Path]) -> subprocess.Popen[bytes]:
    options = ["--articles", str(folder), "--catalogue", str(ROOT / "metrics.yaml")]
    command, nowhere = [sys.executable, "-m", "etl", "add", *map(str, files), *options], subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere)


def killed_and_mended(press: Press, kills: int) -> None:
    """Kill an `add` of a dozen files at random moments until it is through; then nothing is lost and nothing is twice."""
    files, random = inbox(press.root, 12), Random(kills)
    done = 0
    while done < kills:
        folder = press.root / f"articles{done}"
        folder.mkdir()
        (folder / "old.txt").write_text(OLD, "utf-8")
        (folder / "sources.yaml").write_text(SOURCES, "utf-8")
        for _ in range(5):
            run = adding(folder, files)
            with contextlib.suppress(subprocess.TimeoutExpired):
                run.wait(random.uniform(0.3, 2.5))
            run.kill()
            run.wait()
            done += 1
            assert listed(folder).failures == ()
            assert (folder / "old.txt").read_text("utf-8") == OLD
            assert (folder / "sources.yaml").read_text("utf-8").startswith(SOURCES)
        assert adding(folder, files).wait() == 0
        received = listed(folder)
        assert (len(received.received), received.failures, received.remarks) == (13, (), ())
        assert len({articles.read(one).raw for one in received.received}) == 13
        assert len(list((folder / "originals").iterdir())) == 12
        assert not [file for file in held(folder) if "/." in f"/{file}"]


def test_a_killed_add_loses_nothing_and_is_finished_by_the_next(press: Press) -> None:
    killed_and_mended(press, 10)


@pytest.mark.soak
def test_a_hundred_killed_adds_lose_nothing(press: Press) -> None:
    killed_and_mended(press, 120)


def test_two_adds_at_once_take_each_article_in_once(press: Press) -> None:
    files = inbox(press.root, 9)
    press.write("sources.yaml", SOURCES)
    press.put(old=OLD)
    runs = [adding(press.articles, files), adding(press.articles, list(reversed(files)))]
    assert [run.wait() for run in runs] == [0, 0]
    received = listed(press.articles)
    assert (len(received.received), received.failures, received.remarks) == (10, (), ())
    assert len(list((press.articles / "originals").iterdir())) == 9


def test_one_who_adds_waits_for_the_one_who_is_at_it(folder: Path) -> None:
    adder = threading.Thread(target=intake.take, args=(HTML, folder))
    with durable.locked(folder, wait=True):
        adder.start()
        adder.join(0.5)
        assert adder.is_alive()
        assert set(held(folder)) == {"old.txt", "sources.yaml"}
    adder.join(30)
    assert f"{NAME}.txt" in held(folder)


def test_a_folder_that_cannot_be_written_is_left_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = held(folder)

    def full(path: Path, _: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        intake.take(HTML, folder)
    assert held(folder) == before


# ------------------------------------------------------------------------------------------------------------- concerns
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("苏州工业园区集聚人工智能企业超1800家。", True),
        ("蘇州工業園區集聚人工智能企業超1800家。", True),
        ("Suzhou now counts more than 1,800 AI companies, officials of the city said.", True),
        ("无锡集聚人工智能企业超1800家。", False),
        ("苏州昨日多云转晴，最高气温26度。", False),
        ("人工智能企业的日子好过起来。", False),
        ("", False),
    ],
)
def test_an_article_concerns_the_catalogue_if_it_names_a_place_and_an_indicator(text: str, *, expected: bool) -> None:
    assert intake.concerns(text, CATALOGUE) is expected

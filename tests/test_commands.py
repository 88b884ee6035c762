"""The commands as they are typed: what they print, where, and with which exit status."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl import durable, pipeline, sources
from etl.__main__ import main
from etl.builds import Builds
from tests import paper
from tests.conftest import ROOT, Press
from tests.toy import CURATED, FIRMS, OUTPUT, ROW, read_toy
from tests.wires import Host, answer

TEXT = "苏州工业园区走访企业，听取意见。"


@dataclass
class Printed:
    """What a command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Printed]


@pytest.fixture
def run(press: Press, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A way to run a command on the folders of `press`; the articles are read by the toy reader."""
    monkeypatch.setattr(pipeline, "read_article", read_toy)
    options = {
        "refresh": ("--articles", press.articles, "--data", press.data),
        "add": ("--articles", press.articles),
        "check": ("--articles", press.articles, "--data", press.data),
        "export": ("--data", press.data),
        "explain": ("--articles", press.articles),
        "rollback": ("--data", press.data),
    }

    def run(command: str, *arguments: object) -> Printed:
        catalogue = ("--catalogue", press.catalogue) if "--articles" in options.get(command, ()) else ()
        status = 0
        capsys.readouterr()
        try:
            main([command, *map(str, (*options.get(command, ()), *catalogue, *arguments))])
        except SystemExit as end:
            status = int(end.code or 0)
        printed = capsys.readouterr()
        return Printed(status, printed.out, printed.err)

    return run


@pytest.fixture
def served(press: Press, run: Run) -> str:
    """A good build of two articles and a curated figure; its id."""
    press.put(a=TEXT, b=TEXT)
    press.write("sources.yaml", "- file: a.txt\n  title: 标题\n- file: b.txt\n  title: 标题\n")
    press.write("observations.csv", CURATED + ROW)
    assert run("refresh").status == 0
    return Builds(press.data).current() or ""


def test_refresh_says_what_it_did(press: Press, run: Run) -> None:
    press.put(a=TEXT)
    press.write("sources.yaml", "- file: a.txt\n")
    press.write("observations.csv", CURATED + ROW)
    first, second = run("refresh"), run("refresh")
    assert (first.status, second.status) == (0, 0)
    assert first.out.startswith("1 of 1 articles read\nbuild 1-")
    assert "1 of 1 articles read anew; 0 observations, 1 curated figures, 0 refusals; 1 added" in first.out
    assert second.out.startswith("nothing new: 1 articles unchanged")
    assert (first.err, second.err) == ("", "")


def unknown_key(press: Press) -> None:
    press.catalogue = press.root / "metrics.yaml"
    press.catalogue.write_text((ROOT / "metrics.yaml").read_text("utf-8") + "\nindicatorz: {}\n", encoding="utf-8")


def repeated_key(press: Press) -> None:
    press.catalogue = press.root / "metrics.yaml"
    press.catalogue.write_text((ROOT / "metrics.yaml").read_text("utf-8") + "\nunits: {}\n", encoding="utf-8")


def written(file: str, content: str | bytes) -> Callable[[Press], None]:
    return lambda press: press.write(file, content)


#: What may be wrong with the input, the exit status, and words on stderr.
FAULTS: dict[str, tuple[Callable[[Press], None], int, str]] = {
    "an unknown key in metrics.yaml": (unknown_key, 1, 'unknown key "indicatorz"; did you mean "indicators"?'),
    "a repeated key in metrics.yaml": (repeated_key, 1, 'key "units" is repeated'),
    "an article in GB18030": (written("b.txt", TEXT.encode("gb18030")), 0, ""),
    "an article in Big5": (written("b.txt", "蘇州工業園區走訪企業，聽取意見。".encode("big5")), 0, ""),
    "an article in garbage": (written("b.txt", bytes(range(256))), 3, "b.txt:1: is not text in UTF-8, GB18030 or Big5"),
    "an empty file": (written("b.txt", b""), 3, "b.txt:1: the file is empty"),
    "an article without an entry": (written("c.txt", TEXT), 0, "c.txt:1: has no entry in sources.yaml"),
    "an entry without a file": (written("sources.yaml", "- file: a.txt\n- file: b.txt\n- file: d.txt\n"), 3, 'sources.yaml:3: there is no file "d.txt"'),
    "two files of one stem": (written("b.md", TEXT), 3, 'so "b" would mean two articles'),
    "a pdf": (written("c.pdf", b"%PDF-1.7"), 3, "c.pdf:1: is a pdf"),
    "an unknown key in sources.yaml": (written("sources.yaml", "- file: a.txt\n  titel: x\n"), 1, 'sources.yaml:2: unknown key "titel"'),
    "a curated row with an unknown id": (written("observations.csv", CURATED + ROW.replace("ai_e", "e")), 1, "observations.csv:2: indicator"),
    "a curated row with a bad number": (written("observations.csv", CURATED + ROW + ROW.replace("1500", "1.5万")), 1, 'observations.csv:3: value "1.5万"'),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_bad_input_is_named_and_nothing_is_lost(press: Press, run: Run, served: str, fault: str) -> None:
    damage, status, words = FAULTS[fault]
    damage(press)
    printed = run("refresh")
    assert printed.status == status, printed
    assert words in printed.err
    assert (printed.err == "") == (words == "")
    assert all(line.count(":") >= 2 for line in printed.err.splitlines())
    assert (Builds(press.data).current() == served) == (status == 1)
    assert press.rows(
        "SELECT article FROM article WHERE state <> 'withdrawn' AND article IN ('a', 'b') ORDER BY article"
    ) == [
        ("a",),
        ("b",),
    ]
    assert press.rows("SELECT count(*) FROM export") == [(1,)]


@pytest.mark.parametrize("fault", [fault for fault, (_, status, _) in FAULTS.items() if status])
def test_check_finds_the_same_faults(press: Press, run: Run, served: str, fault: str) -> None:
    damage, _, words = FAULTS[fault]
    damage(press)
    printed = run("check")
    assert (printed.status, words in printed.err) == (1, True), printed


def test_check_of_what_is_well(run: Run, served: str) -> None:
    printed = run("check")
    assert (printed.status, printed.err) == (0, "")
    assert printed.out.strip() == f"73 indicators · 2 articles · 1 curated figures · build {served}"


def test_export(run: Run, served: str, tmp_path: Path) -> None:
    printed = run("export", "--output", tmp_path / "out")
    assert (printed.status, printed.out.strip()) == (
        0,
        f"{tmp_path / 'out' / 'observations.csv'}: data version 1.0.0",
    )
    assert (tmp_path / "out" / "observations.csv").read_text("utf-8-sig").count("\n") == 2


def test_export_of_nothing_says_what_to_do(run: Run, tmp_path: Path) -> None:
    printed = run("export", "--output", tmp_path / "out")
    assert (printed.status, "run: python -m etl refresh" in printed.err) == (1, True)


@pytest.mark.parametrize("command", [("check",), ("export", "--output", "out")])
def test_a_damaged_build_is_named(press: Press, run: Run, served: str, command: tuple[str, ...]) -> None:
    (press.data / "builds" / f"{served}.duckdb").write_bytes(b"not a database")
    printed = run(*command)
    assert (printed.status, "is no build that can be read; run a refresh" in printed.err) == (1, True), printed


def test_rollback(press: Press, run: Run, served: str) -> None:
    press.put(c=TEXT)
    run("refresh")
    assert run("rollback").out == f"build {served} is served\n"
    assert Builds(press.data).current() == served
    assert run("rollback").status == 1


@pytest.mark.parametrize(
    ("position", "status", "words"),
    [
        ("a", 2, "is not ARTICLE:OFFSET"),
        ("a:x", 2, "is not ARTICLE:OFFSET"),
        ("nowhere:1", 1, 'there is no article "nowhere"'),
        ("a:999", 1, f"has {len(TEXT)} characters; 999 is behind its end"),
    ],
)
def test_explain_of_what_is_not_there(run: Run, served: str, position: str, status: int, words: str) -> None:
    printed = run("explain", position)
    assert (printed.status, words in printed.err) == (status, True), printed


def test_a_first_refresh_on_bad_input_publishes_nothing(press: Press, run: Run) -> None:
    press.write("observations.csv", CURATED + ROW.replace("suzhou", "atlantis"))
    assert run("refresh").status == 1
    assert Builds(press.data).current() is None


def test_the_seeds_are_read_once_and_every_quote_is_its_slice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        "refresh",
        "--articles",
        str(ROOT / "seeds"),
        "--catalogue",
        str(ROOT / "metrics.yaml"),
        "--data",
        str(tmp_path),
    ]
    for words in ("build 1-", "nothing new: 5 articles unchanged"):
        with pytest.raises(SystemExit, match="0"):
            main(arguments)
        assert words in capsys.readouterr().out
    with pytest.raises(SystemExit, match="0"):
        main(["export", "--data", str(tmp_path), "--output", str(tmp_path)])
    rows = list(
        csv.DictReader(io.StringIO((tmp_path / "observations.csv").read_bytes().decode("utf-8-sig"), newline=""))
    )
    assert sum(row["origin"] == "curated" for row in rows) == 537
    for row in rows:
        if row["origin"] == "article":
            raw = (ROOT / "seeds" / f"{row['article']}.txt").read_bytes().decode()
            start, end, first, last = (
                int(row[key]) for key in ("char_start", "char_end", "figure_start", "figure_end")
            )
            assert raw[start:end] == row["quote"]
            assert start <= first < last <= end
            assert row["quote"][0].isalnum()


def test_a_refresh_of_plain_files_imports_nothing_slow(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(TEXT, encoding="utf-8")
    code = f"""if True:
        import sys
        from etl.__main__ import main
        try:
            main(["refresh", "--articles", "articles", "--catalogue", {str(ROOT / "metrics.yaml")!r}])
        except SystemExit as end:
            print(*{{"pandas", "streamlit", "trafilatura", "charset_normalizer", "pyarrow"}} & set(sys.modules), sep=" ")
            sys.exit(end.code)
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, ""), done.stderr


# ------------------------------------------------------------------------------------------------------ taking articles in


@pytest.fixture
def inbox(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files from strangers, and nobody at the terminal."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    (tmp_path / "page.html").write_bytes(paper.page(info=paper.INFO))
    (tmp_path / "scan.pdf").write_bytes(paper.pdf([]))
    (tmp_path / "weather.txt").write_text("无锡昨日多云转晴。", "utf-8")
    return tmp_path


def test_add_says_what_became_of_each_file(press: Press, run: Run, inbox: Path) -> None:
    first, second = run("add", inbox / "page.html", inbox / "weather.txt"), run("add", inbox / "page.html")
    assert (first.status, second.status) == (0, 0)
    assert first.out.splitlines() == [
        f"{inbox}/page.html: taken in as 2024-09-10_园区产业再上台阶.txt (126 characters, 苏州日报, 2024-09-10)",
        f"{inbox}/weather.txt: taken in as weather.txt (9 characters, publisher unknown, undated, so only what it dates itself is read)",
    ]
    assert (
        first.err
        == f"{inbox}/weather.txt: names no place with an indicator of the catalogue: it will give no figures\n"
    )
    assert second.out == f"{inbox}/page.html: known already as 2024-09-10_园区产业再上台阶.txt\n"
    refreshed = run("refresh")
    assert (refreshed.status, refreshed.err) == (0, "")


def test_add_takes_in_what_it_can_and_names_what_it_cannot(press: Press, run: Run, inbox: Path) -> None:
    added = run("add", inbox / "scan.pdf", inbox / "gone.txt", inbox / "note.docx", inbox / "page.html")
    assert added.status == 1
    assert [line.split("; ")[0] for line in added.err.splitlines()] == [
        f"{inbox}/scan.pdf:1: is a PDF without text, scanned perhaps",
        f"{inbox}/gone.txt:1: is not there",
        f"{inbox}/note.docx:1: is none of .txt, .md, .html, .htm, .pdf",
    ]
    assert added.out.startswith(f"{inbox}/page.html: taken in as ")


def test_add_takes_in_what_lies_at_an_address(press: Press, run: Run, host: Host) -> None:
    host.answers = {"/robots.txt": answer(b"", 404), "/a": answer(paper.page(info=paper.INFO)), "/b": answer(b"", 500)}
    added = run("add", "http://press.example/a", "http://press.example/b", "http://10.0.0.1/", "gopher://a.example/")
    assert added.status == 1
    assert added.out.startswith("http://press.example/a: taken in as 2024-09-10_园区产业再上台阶.txt (")
    assert [line.split(": ")[0] for line in added.err.splitlines()] == [
        "http://press.example/b",
        "http://10.0.0.1:80/robots.txt",
        "gopher://a.example/",
    ]
    assert "url: http://press.example/a" in (press.articles / "sources.yaml").read_text("utf-8")
    assert "not among the allowed hosts" in run("add", "--allow", "other.example", "http://press.example/a").err


def test_refresh_looks_at_the_feeds_when_it_is_told_to(press: Press, run: Run, host: Host) -> None:
    press.write("feeds.yaml", "- url: http://press.example/rss\n")
    host.answers = {"/robots.txt": answer(b"", 404), "/rss": answer(b"", 503)}
    assert (run("refresh").status, host.asked) == (0, [])
    told = run("refresh", "--feeds")
    assert (told.status, host.asked) == (3, ["/robots.txt", "/rss"])
    assert told.err.startswith(f"{press.articles}/feeds.yaml:1: http://press.example/rss: answers 503")


def test_add_keeps_what_the_options_say(press: Press, run: Run, inbox: Path) -> None:
    said = ("--title", "题", "--published", "2025-03", "--place", "sip", "--url", "https://news.example/1")
    assert run("add", inbox / "weather.txt", *said).status == 0
    assert (press.articles / "sources.yaml").read_text("utf-8") == (
        "- file: 2025-03_题.txt\n  title: 题\n  publisher: null\n  author: null\n  published: 2025-03-01\n"
        "  date_precision: month\n  url: https://news.example/1\n  language: zh-Hans\n  place: sip\n"
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--title", "题"), "options describe one article; add the files one by one"),
        (("--published", "gestern"), '"gestern" is no date; write 2024-09-10, 2024-09 or 2024'),
        (("--place", "atlantis"), '"atlantis" is no place of the catalogue; it has suzhou,'),
        (("--url", "news.example"), '"news.example" is not an address; begin it with http'),
    ],
)
def test_add_wants_options_it_can_use(
    press: Press, run: Run, inbox: Path, options: tuple[str, ...], words: str
) -> None:
    files = ["page.html", "weather.txt"][: 2 if "--title" in options else 1]
    added = run("add", *(inbox / file for file in files), *options)
    assert (added.status, added.out) == (2, "")
    assert words in " ".join(added.err.split())
    assert list(press.articles.iterdir()) == []


def test_add_says_that_a_disk_is_full(press: Press, run: Run, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, _: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(durable, "put", full)
    added = run("add", inbox / "page.html")
    assert added.status == 1
    assert added.err.endswith(f"No space left on device; {inbox}/page.html is not taken in\n")


def test_add_asks_at_a_terminal_for_what_the_file_does_not_say(press: Press, inbox: Path) -> None:
    here, there = os.openpty()
    options = ("--articles", press.articles, "--catalogue", press.catalogue)
    command = [sys.executable, "-m", "etl", "add", str(inbox / "page.html"), *map(str, options)]
    with subprocess.Popen(command, stdin=there, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as adding:
        os.write(here, b"atlantis\nsip\n\n")  # a place that is none, one that is, and no address
        out, err = adding.communicate(timeout=60)
    assert (adding.returncode, out.count("taken in as")) == (0, 1), err
    assert '"atlantis" is no place of the catalogue' in err
    assert [question for question in ("Title", "Publisher", "Published", "Place", "Address") if question in err] == [
        "Place",
        "Address",
    ]
    entry = sources.read(press.articles / "sources.yaml", ("sip",))["2024-09-10_园区产业再上台阶.txt"]
    assert (entry.publisher, entry.place, entry.url) == ("苏州日报", "sip", None)


# -------------------------------------------------------------------------------------------------------------- bundles


@pytest.fixture
def told(press: Press, run: Run) -> Press:
    """Two articles with a figure each."""
    press.put(a=FIRMS, b=OUTPUT)
    assert run("refresh").status == 0
    return press


def test_export_writes_a_bundle_that_verify_proves(run: Run, told: Press, tmp_path: Path) -> None:
    path = tmp_path / "out" / "b.zip"
    assert run("export", "--bundle", path).out == f"{path}: data version 1.0.0\n"
    proved = run("verify", path)
    assert (proved.status, proved.err) == (0, "")
    assert "8 members as their checksums say" in proved.out
    assert "quotes not checked" in proved.out
    assert "quotes found in their articles" in run("verify", path, "--articles", told.articles).out


def test_verify_says_what_is_wrong_and_fails(run: Run, told: Press, tmp_path: Path) -> None:
    run("export", "--bundle", path := tmp_path / "b.zip")
    path.write_bytes(path.read_bytes()[:-40])
    broken = run("verify", path)
    assert (broken.status, broken.out) == (1, "")
    assert "b.zip" in broken.err


def test_export_as_of_a_day_leaves_later_sources_out(run: Run, told: Press, tmp_path: Path) -> None:
    told.write("sources.yaml", "- {file: a.txt, published: 2024-05-01}\n- {file: b.txt, published: 2025-05-01}\n")
    run("refresh")
    run("export", "--output", tmp_path, "--as-of", "2024-12-31")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "observations.csv").read_text("utf-8-sig"))))
    assert {row["article"] for row in rows} == {"a"}


@pytest.mark.parametrize("options", [(), ("--as-of", "2024-12-31"), ("--bundle", "b.zip", "--as-of", "2024-12-31")])
def test_export_wants_to_know_what_to_write(run: Run, told: Press, options: tuple[str, ...]) -> None:
    asked = run("export", *options)
    assert asked.status == 2
    assert "--output DIR [--as-of DAY], --bundle FILE.zip" in asked.err

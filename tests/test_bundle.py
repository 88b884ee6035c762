"""The bundle: the same build gives the same bytes, an outsider finds it valid, and whoever touches it is found out."""

import csv
import io
import json
import random
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import duckdb
import frictionless
import pytest

from etl import deliver, pipeline, verify
from etl.builds import Builds, connect
from etl.pipeline import Request
from tests import accuracy
from tests.casebook import CATALOGUE
from tests.conftest import ROOT, Press
from tests.toy import CURATED, FIRMS, OUTPUT, ROW

MEMBERS = ["CITATION.cff", "README.md", "SHA256SUMS", "data.csv", "data.parquet", "datapackage.json", "revisions.csv", "sources.csv"]  # fmt: skip


def bundled(data: Path, path: Path) -> Path:
    """The bundle of the build that is served."""
    builds = Builds(data)
    with connect(builds.path(builds.current() or "")) as con:
        return deliver.bundle(con, path)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of the seeds, read by the real rules."""
    folder = tmp_path_factory.mktemp("seeds")
    pipeline.refresh(Request(ROOT / "seeds", ROOT / "metrics.yaml", folder / "data"))
    return bundled(folder / "data", folder / "bundle.zip")


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(path: Path, content: dict[str, bytes]) -> Path:
    """A zip of just these members, in the form of a bundle."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(content):
            archive.writestr(deliver.entry(name), content[name])
    return path


def resigned(path: Path, content: dict[str, bytes]) -> Path:
    """A bundle of these members with checksums that fit: what a careful forger would make."""
    path.write_bytes(deliver.packed({name: body for name, body in content.items() if name != deliver.SUMS}))
    return path


# --------------------------------------------------------------------------------------------------------- as it is made


def test_the_bundle_of_the_seeds_proves_itself(bundle: Path) -> None:
    proof = verify.verify(bundle, ROOT / "seeds")
    assert (proof.faults, proof.absent, proof.members) == ([], [], 8)
    rows = verify._rows(members(bundle)["data.csv"])
    assert proof.values == len(rows) > 600
    assert proof.quotes == sum(1 for source in verify._rows(members(bundle)["sources.csv"]) if source["article"]) > 90


def test_the_members_are_those_promised(bundle: Path) -> None:
    assert sorted(members(bundle)) == MEMBERS


def test_the_table_is_the_export(bundle: Path, tmp_path: Path) -> None:
    builds = Builds(bundle.parent / "data")
    with connect(builds.path(builds.current() or "")) as con:
        assert members(bundle)["data.csv"] == deliver.table(con)
        (path := tmp_path / "data.parquet").write_bytes(members(bundle)["data.parquet"])
        parquet = duckdb.connect().execute(f"SELECT * REPLACE (value::DOUBLE AS value) FROM '{path}'").fetchall()
        assert parquet == con.execute("SELECT * REPLACE (value::DOUBLE AS value) FROM export").fetchall()


@pytest.mark.filterwarnings("default")
def test_frictionless_finds_it_valid(bundle: Path, tmp_path: Path) -> None:
    for name, content in members(bundle).items():
        (tmp_path / name).write_bytes(content)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    assert [task.name for task in report.tasks] == ["data", "revisions", "sources", "data-parquet"]


def test_every_column_says_what_it_means(bundle: Path) -> None:
    package = json.loads(members(bundle)["datapackage.json"])
    for resource in package["resources"]:
        for column in resource.get("schema", {"fields": []})["fields"]:
            assert column["description"], f"{resource['name']}.{column['name']}"
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])


def test_no_cell_begins_like_a_formula(bundle: Path) -> None:
    for name in ("data.csv", "revisions.csv", "sources.csv"):
        rows = csv.DictReader(io.StringIO(members(bundle)[name].decode("utf-8-sig"), newline=""))
        for row in rows:
            for column, cell in row.items():
                number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
                assert column in ("bound", "quote") or number or not re.match(r"[=+\-@\t\r]", cell), (
                    name,
                    column,
                    cell,
                )


def test_the_same_articles_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    found = set()
    for turn, order in enumerate((("a", "b", "c"), ("c", "b", "a"))):
        (tmp_path / str(turn) / "articles").mkdir(parents=True)
        press = Press(tmp_path / str(turn))
        texts = {"a": FIRMS, "b": OUTPUT, "c": f"{OUTPUT.replace('468', '469')} ?7"}
        for name in order:
            press.put(**{name: texts[name]})
        press.write("observations.csv", CURATED + ROW)
        press.refresh()
        found.add(bundled(press.data, tmp_path / f"{turn}.zip").read_bytes())
    assert len(found) == 1


def test_the_bundle_carries_the_version_of_its_build(press: Press, tmp_path: Path) -> None:
    press.put(a=FIRMS)
    press.refresh()
    press.put(b=OUTPUT)
    press.refresh()
    [(version, build, cited)] = press.rows(
        "SELECT data_version, id, citation_gbt FROM build ORDER BY number DESC LIMIT 1"
    )
    content = members(bundled(press.data, tmp_path / "bundle.zip"))
    assert version == "1.1.0"
    assert cited == f"苏州 AI＋制造 指标[DS]. 数据版本 1.1.0, 构建 {build}."
    assert json.loads(content["datapackage.json"])["version"] == version
    for name in ("README.md", "CITATION.cff"):
        assert cited in content[name].decode()


# ------------------------------------------------------------------------------------------------------------ tampering


@pytest.mark.parametrize("where", ["first", "middle", "last"])
@pytest.mark.parametrize("name", MEMBERS)
def test_one_flipped_byte_in_any_member_is_named(bundle: Path, tmp_path: Path, name: str, where: str) -> None:
    content = members(bundle)
    body = bytearray(content[name])
    body[{"first": 0, "middle": len(body) // 2, "last": len(body) - 1}[where]] ^= 1
    faults = verify.verify(rezipped(tmp_path / "b.zip", content | {name: bytes(body)})).faults
    assert faults
    assert all(fault.startswith(f"{name}:") for fault in faults)


def test_no_flipped_byte_of_the_file_changes_what_is_proved(bundle: Path, tmp_path: Path) -> None:
    whole, sound = bundle.read_bytes(), members(bundle)
    chance, path = random.Random(4), tmp_path / "b.zip"
    for at in chance.sample(range(len(whole)), 300):
        body = bytearray(whole)
        body[at] ^= 1 << chance.randrange(8)
        path.write_bytes(body)
        assert verify.verify(path).faults or members(path) == sound, f"byte {at}"


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_taken_out_is_named(bundle: Path, tmp_path: Path, name: str) -> None:
    content = members(bundle)
    del content[name]
    [fault] = verify.verify(rezipped(tmp_path / "b.zip", content)).faults
    assert fault.startswith(f"{name}:")


def test_a_member_put_in_is_named(bundle: Path, tmp_path: Path) -> None:
    assert verify.verify(rezipped(tmp_path / "b.zip", members(bundle) | {"more.csv": b"x"})).faults == [
        "more.csv: is not in SHA256SUMS"
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("4680000000000,CNY", "468000000,CNY", r'"4\.68万亿元" is not 468000000 CNY'),
        (",206,", ",207,", r'"206家" is not 207 enterprises'),
        ("206家", "207家", r"is not quoted as sources.csv has it|is not in its quote"),
    ],
)
def test_a_forged_value_is_found_though_its_checksum_fits(
    bundle: Path, tmp_path: Path, old: str, new: str, fault: str
) -> None:
    content = members(bundle)
    forged = content["data.csv"].decode("utf-8-sig").replace(old, new, 1)
    assert forged != content["data.csv"].decode("utf-8-sig")
    path = resigned(tmp_path / "b.zip", content | {"data.csv": b"\xef\xbb\xbf" + forged.encode()})
    faults = verify.verify(path).faults
    assert any(re.match(f"data.csv: .*(?:{fault})", found) for found in faults), faults


def test_a_forged_quote_is_found_where_the_article_is_at_hand(bundle: Path, tmp_path: Path) -> None:
    content = members(bundle)
    for name in ("data.csv", "sources.csv"):
        content[name] = content[name].replace("园区".encode(), "全市".encode())
    path = resigned(tmp_path / "b.zip", content)
    assert verify.verify(path).faults == [], "without the articles nothing can be said of the words around a figure"
    faults = verify.verify(path, ROOT / "seeds").faults
    assert faults
    assert all(re.match(r"sources\.csv: \w+: its quote is not where it points", fault) for fault in faults)


def test_articles_that_are_not_those_read_or_not_at_hand_are_named(bundle: Path, tmp_path: Path) -> None:
    names = sorted(path.name for path in (ROOT / "seeds").glob("*.txt"))
    (tmp_path / names[0]).write_bytes((ROOT / "seeds" / names[0]).read_bytes() + b"\n")
    proof = verify.verify(bundle, tmp_path)
    assert proof.faults == [f"sources.csv: {names[0]} in the folder is not the file that was read (SHA-256 differs)"]
    assert sorted(proof.absent) == names[1:]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_bundle_is_said(tmp_path: Path, content: bytes) -> None:
    (path := tmp_path / "b.zip").write_bytes(content)
    [fault] = verify.verify(path).faults
    assert "is no zip file" in fault


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    [fault] = verify.verify(tmp_path / "none.zip").faults
    assert "none.zip" in fault


def test_a_value_amended_by_hand_is_counted_not_reckoned(press: Press, tmp_path: Path) -> None:
    press.put(a=FIRMS)
    press.write(
        "corrections.yaml",
        "- {article: a, indicator: ai_enterprises, place: suzhou, period: 2024-12-31, expect: =1800, amend: {value: 1900}, reason: r, by: b, on: 2026-01-01}\n",
    )
    press.refresh()
    proof = verify.verify(bundled(press.data, tmp_path / "b.zip"), press.articles)
    assert (proof.faults, proof.amended, proof.values, proof.quotes) == ([], 1, 0, 1)


# ------------------------------------------------------------------------------------------------------------- reckoning


@pytest.mark.parametrize("name", accuracy.SETS)
def test_every_figure_of_the_gold_articles_is_worth_its_value(name: str) -> None:
    reckoner = verify._Reckoner({u.id: {w: str(f) for w, f in u.words.items()} for u in CATALOGUE.units.values()})
    for article in accuracy.received(name):
        for o in accuracy.reading(article).observations:
            unit = "percent" if o.measure in ("yoy", "share") else CATALOGUE.indicators[o.indicator].unit
            worth = {abs(value) for value in reckoner.worth(o.evidence[0].figure.of(article.raw), unit)}
            assert verify._stored(abs(o.value)) in worth, (article.name, o.printed, o.value)


@pytest.mark.parametrize(
    ("figure", "unit", "worth"),
    [
        ("4.68 万亿元", "CNY", "4680000000000"),
        ("逾1,900間", "enterprises", "1900"),
        ("八分之一", "percent", "12.5"),
        ("1.2平方公里", "square_metres", "1200000"),
        ("4.7 trillion yuan", "CNY", "4700000000000"),
        ("forty-seven", "enterprises", "47"),
    ],
)
def test_a_figure_with_its_unit_has_one_worth(figure: str, unit: str, worth: str) -> None:
    words = {u.id: {w: str(f) for w, f in u.words.items()} for u in CATALOGUE.units.values()}
    assert Decimal(worth) in (found := verify._Reckoner(words).worth(figure, unit))
    assert not {Decimal(worth) * 10**4, Decimal(worth) / 10**4, Decimal(worth) * 10**8} & found

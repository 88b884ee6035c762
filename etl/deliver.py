"""What leaves the house: the table of observations as a file, and the bundle that proves itself.

In: an open build. Out: bytes, or files in a folder of the caller's. What the cells hold is settled in the build (views
`export` and `revision`); here they are only written. A bundle is a function of its build: the same build gives the same
bytes, so it is made once, when the build is, and kept in it for everybody who serves it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

FILE = "observations.csv"
SUMS = "SHA256SUMS"
_BOM = b"\xef\xbb\xbf"  # so that spreadsheets read the file as UTF-8
_NAME = "suzhou-ai-manufacturing"
_TITLES = ("苏州 AI＋制造 指标", "Suzhou AI + Manufacturing")

_SOURCES = """
    SELECT s.id, coalesce(e.ordinal, 0) AS ordinal, s.origin, s.article, a.file, a.sha256, safe_cell(s.title) AS title,
        safe_cell(s.publisher) AS publisher, safe_cell(s.author) AS author, x.published, s.published_precision, safe_cell(s.url) AS url,
        s.seen, e.quote, e.char_start, e.char_end, e.figure_start, e.figure_end, safe_cell(s.citation_gbt) AS citation_gbt
    FROM standing s JOIN export x USING (id) LEFT JOIN evidence e ON e.observation = s.id LEFT JOIN article a ON a.article = s.article
    ORDER BY s.id, ordinal
"""
_REVISIONS = """
    SELECT r.indicator, r.place, r.measure, r.share_of, r.scope, r.period, r.side, r.ordinal, r.id, x.published, r.status, x.value,
        r.bound, r.previous, r.step, r.is_shown::VARCHAR AS is_shown
    FROM revision r JOIN export x USING (id)
    ORDER BY r.indicator, r.place, r.measure, r.share_of, r.scope, r.period, r.side, r.ordinal
"""
#: The tables of the bundle: member, query, what it holds, its key.
_TABLES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("data.csv", "FROM export", "Every figure, one a row", ("id",)),
    ("revisions.csv", _REVISIONS, "What several sources told of one figure, in the order of publication", ("id",)),
    ("sources.csv", _SOURCES, "Every place that states a figure", ("id", "ordinal")),
)
#: Columns of the bundle's tables that no view of the build describes.
_MEANINGS = {
    "ordinal": "Counts the places that state a figure from 0, or the tellings of one figure from 1",
    "file": "Name of the article's file",
    "sha256": "SHA-256 of that file as received",
}
_NAMED = {"value": "number", "is_shown": "boolean"}  # written as text, and meant as this
_TYPES = {"INTEGER": "integer", "BIGINT": "integer"}


def export(build: duckdb.DuckDBPyConnection, output: Path) -> Path:
    """Write observations.csv (UTF-8 with BOM, for spreadsheets) into a folder; give its path."""
    output.mkdir(parents=True, exist_ok=True)
    return _written(output / FILE, table(build))


def table(build: duckdb.DuckDBPyConnection, query: str = "FROM export") -> bytes:
    """The bytes of a table as CSV: observations.csv, unless another query is given."""
    result = build.execute(query)
    header, rows = [column[0] for column in result.description or ()], result.fetchall()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)  # a null becomes an empty cell
    return _BOM + text.getvalue().encode()


def version(build: duckdb.DuckDBPyConnection) -> str:
    """The version of the data in a build."""
    return str(build.execute("SELECT data_version FROM build ORDER BY number DESC LIMIT 1").fetchall()[0][0])


def bundle(build: duckdb.DuckDBPyConnection, path: Path) -> Path:
    """Write the bundle that the build holds to a path; give it back."""
    [(content,)] = build.execute("SELECT zip FROM bundle").fetchall()
    path.parent.mkdir(parents=True, exist_ok=True)
    return _written(path, content)


def enclose(build: duckdb.DuckDBPyConnection) -> None:
    """Make the bundle of a build that is otherwise complete, and put it in."""
    content = packed(_members(build))
    build.execute("INSERT INTO bundle VALUES (?, ?)", [content, hashlib.sha256(content).hexdigest()])


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip of the members with their checksums: the same members give the same bytes."""
    whole = {**members, SUMS: sums(members)}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in sorted(whole):
            archive.writestr(entry(name), whole[name], compresslevel=9)
    return file.getvalue()


def entry(name: str) -> zipfile.ZipInfo:
    """The entry of a member in the zip: no time, no owner, nothing that differs from one machine to the next."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
    return info


def sums(members: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS as `sha256sum -c` reads it, with a last line that vouches for the lines above it."""
    lines = "".join(f"{hashlib.sha256(members[name]).hexdigest()}  {name}\n" for name in sorted(members))
    return f"{lines}# {hashlib.sha256(lines.encode()).hexdigest()} of the lines above\n".encode()


def _members(build: duckdb.DuckDBPyConnection) -> dict[str, bytes]:
    tables = {name: table(build, query) for name, query, _, _ in _TABLES}
    facts = _facts(build)
    members = tables | {"data.parquet": _parquet(build)}
    members["datapackage.json"] = _datapackage(build, members, facts)
    members["README.md"] = files("etl").joinpath("bundle.md").read_text(encoding="utf-8").format(**facts).encode()
    members["CITATION.cff"] = _citation(facts)
    return members


def _facts(build: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """What the texts of the bundle say of it."""
    result = build.execute("""
        SELECT b.id AS build, b.data_version AS version, b.citation_gbt, b.citation_bibtex,
            (SELECT count(*) FROM standing) AS observations, (SELECT count(*) FROM standing WHERE origin = 'curated') AS curated,
            (SELECT count(*) FROM library) AS articles,
            coalesce((SELECT max(published) FROM standing)::VARCHAR, '—') AS until
        FROM build b ORDER BY b.number DESC LIMIT 1
    """)
    names = [column[0] for column in result.description or ()]
    return dict(zip(names, result.fetchall()[0], strict=True)) | {"product_zh": _TITLES[0], "product_en": _TITLES[1]}


def _parquet(build: duckdb.DuckDBPyConnection) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.parquet"
        query = "SELECT * REPLACE (value::DECIMAL(24, 6) AS value) FROM export"
        build.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        return path.read_bytes()


def _datapackage(build: duckdb.DuckDBPyConnection, members: Mapping[str, bytes], facts: Mapping[str, Any]) -> bytes:
    meanings = _MEANINGS | dict(
        build.execute("""
            SELECT column_name, comment FROM duckdb_columns() WHERE database_name = current_database() AND comment IS NOT NULL
            QUALIFY row_number() OVER (PARTITION BY column_name ORDER BY list_position(['export', 'revision', 'evidence', 'observation'], table_name)) = 1
        """).fetchall()
    )
    resources = [
        _resource(name, members[name], describes)
        | {"mediatype": "text/csv", "encoding": "utf-8", "schema": _schema(build, query, key, meanings)}
        for name, query, describes, key in _TABLES
    ]
    resources.append(_resource("data.parquet", members["data.parquet"], "The same as data.csv, with exact decimals"))
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": _NAME,
        "title": " · ".join(_TITLES),
        "version": facts["version"],
        "build": facts["build"],
        "citation": facts["citation_gbt"],
        "licenses": [
            {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
        ],
        "units": _units(build),
        "resources": resources,
    }  # fmt: skip
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(name: str, content: bytes, describes: str) -> dict[str, Any]:
    stem, _, kind = name.rpartition(".")
    return {
        "name": stem if kind == "csv" else f"{stem}-{kind}",
        "path": name,
        "description": describes,
        "type": "table" if kind == "csv" else "file",
        "format": kind,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _schema(
    build: duckdb.DuckDBPyConnection, query: str, key: Sequence[str], meanings: Mapping[str, str]
) -> dict[str, Any]:
    """The columns of a table: name, type, meaning."""
    described = build.execute(f"DESCRIBE {query}").fetchall()
    types = {name: _NAMED.get(name) or _TYPES.get(kind, "string") for name, kind, *_ in described}
    fields = [{"name": name, "type": kind, "description": meanings[name]} for name, kind in types.items()]
    return {"fields": fields, "primaryKey": list(key), "missingValues": [""]}


def _units(build: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The words of each unit with their factors: what `printed` is reckoned with."""
    units: dict[str, dict[str, str]] = {}
    for unit, word, factor in build.execute("SELECT unit, word, factor FROM unit_word ORDER BY unit, word").fetchall():
        units.setdefault(unit, {})[word] = f"{factor.normalize():f}"
    return units


def _citation(facts: Mapping[str, Any]) -> bytes:
    """CITATION.cff, version 1.2.0; its texts are JSON strings, which YAML reads as they are."""
    lines = {
        "cff-version": "1.2.0",
        "message": "Cite the publisher of a figure, and this data set with its version.",
        "type": "dataset",
        "title": " · ".join(_TITLES),
        "version": facts["version"],
        "license": "CC-BY-4.0",
        "abstract": facts["citation_gbt"],
    }
    written = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in lines.items()]
    return "\n".join([*written, "authors:", f"  - name: {json.dumps(_TITLES[1])}", ""]).encode()


def _written(path: Path, content: bytes) -> Path:
    """Write a file in one step that nobody sees half done."""
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(content)
    draft.replace(path)
    return path

"""A bundle, proved: by its checksums, by reckoning every value again from what is printed, and by the articles themselves.

In: the path of a bundle and, where they are at hand, the folder of the articles. Out: a `Proof` with counts and faults,
each fault naming the member of the bundle it is in. Nothing but the bundle is needed: no database, no catalogue.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from etl import articles, deliver
from etl.errors import InputError
from etl.model import Quantity
from etl.recognise import quantities
from etl.recognise.english import numbers
from etl.text import simplified

Row = dict[str, str]
_SCALES = [Decimal(10) ** power for power in (0, 4, 8, 12)]  # of a bare number whose unit stands in a table's head


@dataclass(slots=True)
class Proof:
    """What was proved: how many members, values and quotes; which articles were not at hand; what is wrong."""

    members: int = 0
    values: int = 0
    quotes: int = 0
    curated: int = 0
    amended: int = 0
    absent: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def verify(bundle: Path, folder: Path | None = None) -> Proof:
    """Prove a bundle; faults are results, never raised. `folder` holds the articles as received."""
    proof = Proof()
    members = _members(bundle, proof)
    if proof.faults:
        return proof
    proof.members = len(members)
    rows, sources = _rows(members["data.csv"]), _rows(members["sources.csv"])
    proof.faults += _not_quoted(rows, sources)
    _values(rows, json.loads(members["datapackage.json"])["units"], proof)
    if folder is not None:
        _quotes(sources, folder, proof)
    return proof


# ----------------------------------------------------------------------------------------------------------- checksums


def _members(bundle: Path, proof: Proof) -> dict[str, bytes]:
    """The members of the zip, each proved by its checksum."""
    try:
        with zipfile.ZipFile(bundle) as archive:
            infos = archive.infolist()
            members = {info.filename: _content(archive, info, proof) for info in infos}
    except (OSError, zipfile.BadZipFile) as error:
        proof.faults.append(f"{bundle}: is no zip file that can be read ({error})")
        return {}
    if len(members) != len(infos):
        proof.faults.append(f"{bundle}: holds a member twice")
    if not proof.faults:
        proof.faults += _sums(members)
    return members


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, proof: Proof) -> bytes:
    plain = deliver.entry(info.filename)
    if any(getattr(info, name) != getattr(plain, name) for name in ("date_time", "external_attr", "extra", "comment")):
        proof.faults.append(f"{info.filename}: its entry in the zip was changed")
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        proof.faults.append(f"{info.filename}: cannot be unpacked ({error})")
        return b""


def _sums(members: Mapping[str, bytes]) -> Iterator[str]:
    """SHA256SUMS against itself, then every member against it."""
    lines = members.get(deliver.SUMS, b"").decode("utf-8", "replace").splitlines(keepends=True)
    vouched = f"# {hashlib.sha256(''.join(lines[:-1]).encode()).hexdigest()} of the lines above\n"
    if not lines or lines[-1] != vouched:
        yield f"{deliver.SUMS}: does not vouch for its own lines"
        return
    named = dict(line.rstrip("\n").split("  ", 1)[::-1] for line in lines[:-1])
    for name in sorted({*members, *named} - {deliver.SUMS}):
        if name not in named:
            yield f"{name}: is not in {deliver.SUMS}"
        elif name not in members:
            yield f"{name}: is missing"
        elif hashlib.sha256(members[name]).hexdigest() != named[name]:
            yield f"{name}: is not what its checksum says"


# -------------------------------------------------------------------------------------------------------------- values


def _rows(content: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _not_quoted(rows: Iterable[Row], sources: Iterable[Row]) -> list[str]:
    """Every figure has a source, and its quote is the first of them."""
    first = {source["id"]: source for source in sources if source["ordinal"] == "0"}
    columns = ("article", "quote", "char_start", "char_end", "figure_start", "figure_end")
    return [
        f"data.csv: {row['id']} is not quoted as sources.csv has it"
        for row in rows
        if row["id"] not in first or any(row[name] != first[row["id"]][name] for name in columns)
    ]


def _values(rows: Iterable[Row], units: Mapping[str, Mapping[str, str]], proof: Proof) -> None:
    reckoner = _Reckoner(units)
    for row in rows:
        if row["origin"] == "curated":
            proof.curated += 1
            printed = {Decimal(row["printed"])}
        elif "value" in row["amended"].split():
            proof.amended += 1
            continue
        else:
            start = int(row["char_start"])
            figure = row["quote"][int(row["figure_start"]) - start : int(row["figure_end"]) - start]
            printed = reckoner.worth(figure, row["unit"])
            if _squeezed(figure) != row["printed"]:
                proof.faults.append(f'data.csv: {row["id"]}: "{row["printed"]}" is not in its quote')
        if abs(Decimal(row["value"])) in {abs(value) for value in printed}:
            proof.values += 1
        else:
            proof.faults.append(f'data.csv: {row["id"]}: "{row["printed"]}" is not {row["value"]} {row["unit"]}')


class _Reckoner:
    """Reads a single figure again, by the unit words that the bundle brings."""

    def __init__(self, units: Mapping[str, Mapping[str, str]]) -> None:
        self.factors = {
            unit: {word: Decimal(factor) for word, factor in words.items()} for unit, words in units.items()
        }
        every = {word for words in units.values() for word in words}
        self.readers = (quantities.Reader(every), numbers.Reader(every))

    def worth(self, figure: str, unit: str) -> set[Decimal]:
        """What a figure may be worth in a unit. A bare number may have its unit in the head of a table."""
        text = re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", figure))
        chinese, english = self.readers
        found = [*chinese.mentions(simplified(_squeezed(text)))]
        found += english.mentions(f"has {' '.join(text.lower().split())} of ")  # so that one and a quarter are numbers
        factors = self.factors.get(unit, {})
        worth = {m.what.value * factors.get(m.what.unit, Decimal(1)) for m in found if isinstance(m.what, Quantity)}
        try:
            bare = Decimal(_squeezed(text))
        except InvalidOperation:
            return {_stored(value) for value in worth}
        return {_stored(bare * factor * scale) for factor in {*factors.values(), Decimal(1)} for scale in _SCALES}


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _stored(value: Decimal) -> Decimal:
    """With as many decimals as the data hold."""
    exponent = int(value.as_tuple().exponent)
    return value if -exponent <= 6 else value.quantize(Decimal("0.0001"))


# -------------------------------------------------------------------------------------------------------------- quotes


def _quotes(sources: Iterable[Row], folder: Path, proof: Proof) -> None:
    """Hash → text → offsets → quote, for every article that is at hand."""
    texts: dict[str, str | None] = {}
    for source in sources:
        if not source["article"]:
            continue
        name = source["article"]
        if name not in texts:
            texts[name] = _text(folder / source["file"], source["sha256"], proof)
        if (text := texts[name]) is None:
            continue
        if text[int(source["char_start"]) : int(source["char_end"])] == source["quote"]:
            proof.quotes += 1
        else:
            proof.faults.append(f"sources.csv: {source['id']}: its quote is not where it points in {source['file']}")


def _text(path: Path, sha256: str, proof: Proof) -> str | None:
    """The text that offsets count in; None, and why, where the file is not at hand or not the one that was read."""
    if not path.is_file():
        proof.absent.append(path.name)
        return None
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        proof.faults.append(f"sources.csv: {path.name} in the folder is not the file that was read (SHA-256 differs)")
        return None
    try:
        return articles.read(articles.Received(path.stem, path, sha256, None)).raw
    except InputError as error:
        proof.faults.append(f"{path.name}: {error}")
        return None

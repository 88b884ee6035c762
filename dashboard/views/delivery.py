"""What a reader takes along: the rows as a CSV file, equal to the delivered table of the build, and how to cite them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.parquet as pq
import streamlit as st

from dashboard import builds, fragments, queries
from dashboard.builds import Build
from dashboard.fragments import Visit
from dashboard.model import Choice, Indicator

BOM = "\ufeff"  # so that spreadsheets read the file as UTF-8


def comma_separated(build: Build, choice: Choice) -> bytes:
    """The chosen rows of the delivered table as CSV, UTF-8 with BOM."""
    rows = queries.exported(build, choice)
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(queries.export_columns(build))
    writer.writerows(["" if cell is None else cell for cell in row.values()] for row in rows)
    return (BOM + page.getvalue()).encode()


def parquet(build: Build, choice: Choice) -> bytes:
    """The chosen rows of the delivered table as Parquet, values as exact decimals."""
    rows = [row | {"value": Decimal(row["value"])} for row in queries.exported(build, choice)]
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, _schema(build)), file)
    return file.getvalue()


def _schema(build: Build) -> pa.Schema:
    """The columns of the delivered table: text, but for the value and the offsets."""
    kinds = {"value": pa.decimal128(24, 6)} | dict.fromkeys(
        ("char_start", "char_end", "figure_start", "figure_end"), pa.int32()
    )
    return pa.schema([(name, kinds.get(name, pa.string())) for name in queries.export_columns(build)])


def section(visit: Visit, choice: Choice, stem: str) -> None:
    """A download button with what will be in the file; the file is made when it is asked for."""
    words, made, number = visit.words, queries.made(visit.build), queries.count(visit.build, choice)
    known = f"-as-of-{visit.build.as_of}" if visit.build.as_of else ""
    kinds = (
        ("csv", "text/csv", lambda: comma_separated(visit.build, choice)),
        ("parquet", "application/vnd.apache.parquet", lambda: parquet(visit.build, choice)),
    )
    with st.container(key="delivery", horizontal=True, vertical_alignment="center"):
        for kind, mime, make in kinds:
            st.download_button(
                words(f"download_{kind}"),
                data=make,
                file_name=f"{stem}-{made.version}{known}.{kind}",
                mime=mime,
                on_click="ignore",
                key=f"{kind}-{visit.address.page}",
                disabled=not number,
            )
        st.html(f'<p class="note">{escape(words("download_note", number=number, version=made.version))}</p>')


def chart(visit: Visit, indicator: str, places: Sequence[str], years: tuple[int, int]) -> str:
    """What of a chart can be taken along: the picture, and the stable address of what it shows."""
    words = visit.words
    pictures = "".join(
        f'<button type="button" data-picture="{kind}" data-name="{escape(indicator)}">{kind.upper()}</button>'
        for kind in ("svg", "png")
    )
    said = f"{escape(words('take_picture'))} {pictures}"
    if builds.private():  # whose addresses answer nobody
        return f'<p class="take">{said}</p>'
    asked = {"place": ",".join(places), "years": f"{years[0]}-{years[1]}"}
    asked |= {"as_of": visit.build.as_of.isoformat()} if visit.build.as_of else {}
    query = escape(urlencode(asked, safe=","))
    addresses = " ".join(
        f'<a href="data/{escape(indicator)}.{kind}?{query}" target="_blank" rel="noopener">{kind.upper()}</a>'
        for kind in ("json", "csv")
    )
    return f'<p class="take">{said} {escape(words("take_data"))} {addresses}</p>'


def bundle(visit: Visit) -> None:
    """A button for the whole data as a zip that proves itself, and how to cite it."""
    words, made = visit.words, queries.made(visit.build)
    with st.container(key="bundle", horizontal=True, vertical_alignment="center"):
        st.download_button(
            words("download_bundle"),
            data=lambda: queries.bundle(visit.build),
            file_name=f"suzhou-ai-manufacturing-{made.version}.zip",
            mime="application/zip",
            on_click="ignore",
            key="zip",
        )
        st.html(f'<p class="note">{escape(words("bundle_note", version=made.version))}</p>')
    st.html(f'<p class="citation">{escape(made.citation_gbt)}</p>{copies(visit, made.citation_gbt)}')


def citation(visit: Visit, item: Indicator) -> str:
    """How to cite the figures of one indicator, by GB/T 7714-2025: its name stands after the title of the data set."""
    title, kind, rest = queries.made(visit.build).citation_gbt.partition("[DS]")
    return f"{title}{visit.words('colon')}{item.short(visit.language)}{kind}{rest}"


def copies(visit: Visit, cited: str) -> str:
    """Buttons that copy a citation of the data, and the data set's as BibTeX."""
    bibtex = fragments.copy_button(visit, queries.made(visit.build).citation_bibtex, "copy_bibtex")
    return f"{fragments.copy_button(visit, cited, 'copy_citation')} {bibtex}"

"""What a reader takes along: the rows as a CSV file, equal to the delivered table of the build, and how to cite them."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from html import escape

import streamlit as st

from dashboard import queries
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


def section(visit: Visit, choice: Choice, stem: str) -> None:
    """A download button with what will be in the file; the file is made when it is asked for."""
    words, made, number = visit.words, queries.made(visit.build), queries.count(visit.build, choice)
    with st.container(key="delivery", horizontal=True, vertical_alignment="center"):
        st.download_button(
            words("download_csv"),
            data=lambda: comma_separated(visit.build, choice),
            file_name=f"{stem}-{made.version}.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"csv-{visit.address.page}",
            disabled=not number,
        )
        st.html(f'<p class="note">{escape(words("download_note", number=number, version=made.version))}</p>')


def citation(visit: Visit, item: Indicator) -> str:
    """How to cite the figures of one indicator, with the version they had."""
    made = queries.made(visit.build)
    day = (made.made_at + timedelta(hours=8)).date().isoformat()
    return visit.words(
        "cite_indicator", product=visit.words("product"), name=item.short(visit.language), version=made.version, build=made.id,
        day=day,
    )  # fmt: skip

"""The Data room: every standing figure, filtered, a page at a time, and the filtered rows as a file."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import controls, fragments, queries, spoken
from dashboard.fragments import Visit
from dashboard.model import ORIGINS, STATUSES, Choice, Observation
from dashboard.views import delivery

PAGE = 50  # rows at a time


def show(visit: Visit) -> None:
    """Filters, count and download, rows, pages."""
    words = visit.words
    st.html(
        f'<div class="page-head"><h1>{escape(words("nav_table"))}</h1><p class="lead">{escape(words("data_lead"))}</p></div>'
    )
    choice = _choose(visit)
    number = queries.count(visit.build, choice)
    delivery.section(visit, choice, "suzhou-ai-manufacturing")
    delivery.bundle(visit)
    if not number:
        st.html(f'<p class="empty">{escape(words("nothing_here"))}</p>')
        return
    pages = -(-number // PAGE)
    page = visit.address.number("page", 1, pages)
    rows = queries.chosen(visit.build, choice, (page - 1) * PAGE, PAGE)
    _in_view(visit)
    table = fragments.table("figures data", _heads(visit), [_row(visit, o) for o in rows])
    st.html(table + fragments.pages(visit, page, pages))


def _choose(visit: Visit) -> Choice:
    """The filters, in one row that wraps."""
    words, address, build = visit.words, visit.address, visit.build
    with st.container(key="filters"):
        left, right = st.columns(2)
        with left:
            indicators = controls.many(
                address, "indicators", words("all_indicators"), list(visit.catalogue), visit.indicator
            )
        with right:
            places = controls.many(address, "place", words("all_places"), list(visit.places), visit.place)
        with st.container(horizontal=True, key="controls", vertical_alignment="center"):
            origin = controls.one(
                address, "origin", words("origin"), ("all", *ORIGINS), lambda code: words(f"origin_{code}")
            )
            status = controls.one(
                address, "status", words("status"), ("all", *STATUSES), lambda code: words(f"status_{code}")
            )
        years = controls.years(address, words("years"), *queries.span(build))
    return Choice(
        indicators=tuple(indicators),
        places=tuple(places),
        statuses=() if status == "all" else (status,),
        origins=() if origin == "all" else (origin,),
        years=years,
    )


def _heads(visit: Visit) -> list[tuple[str, str]]:
    words = visit.words
    names = (
        "name:indicator",
        "period:period",
        "place:place",
        "value:value",
        "quote:quote_or_title",
        "source:source",
        "date:published",
    )
    return [(kind, words(key)) for kind, key in (name.split(":") for name in names)]


def _row(visit: Visit, o: Observation) -> tuple[str, list[str]]:
    chosen = ' class="chosen"' if o.id == visit.address.get("figure") else ""
    return f"data-row{chosen}", [
        fragments.link(visit.address.here(figure=o.id), escape(visit.indicator(o.indicator))),
        escape(fragments.period(visit, o)),
        escape(visit.place(o.place)),
        f"{fragments.mark(visit, o, visit.palette.ink)}{escape(fragments.figure(visit, o))}<small>{escape(fragments.state(visit, o))}</small>",
        fragments.sentence(visit, o),
        fragments.outward(o.url, escape(fragments.source(visit, o))),
        escape(spoken.iso(o.published, o.published_precision) or visit.words("undated")),
    ]


def _in_view(visit: Visit) -> None:
    """The figure one clicked, with a way to its chart."""
    wanted = visit.address.get("figure")
    found = queries.observation(visit.build, wanted) if wanted else None
    if wanted and found is None:
        visit.address.faults.append(("figure", wanted))
    if found:
        way = fragments.link(
            fragments.to_indicator(visit, found), escape(visit.words("to_chart", name=visit.indicator(found.indicator)))
        )
        st.html(fragments.quote_card(visit, found) + f'<p class="hint">{way}</p>')

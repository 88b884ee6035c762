"""Targets: each plan beside what came of it, with both sentences. Met, missed, open, or silent: overdue and not reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from dashboard import controls, fragments, marks, palette, queries, spoken
from dashboard.fragments import Visit
from dashboard.model import Observation, Outcome

PAGE = 100  # targets at a time
STATES = ("all", "met", "missed", "silent", "open")
_BOUNDS = {"=": "exact", ">": "over", "<": "under", "~": "about"}


def show(visit: Visit) -> None:
    """Head with the counts, choice of state and place, one row a target."""
    words = visit.words
    when = spoken.day(visit.day, "day", visit.language)
    st.html(
        f'<div class="page-head"><h1>{escape(words("nav_targets"))}</h1>'
        f'<p class="lead">{escape(words("targets_lead", when=when))}</p>{_counts(visit)}</div>'
    )  # fmt: skip
    state, places = _choose(visit)
    found = [
        outcome
        for outcome in visit.outcomes.values()
        if state in ("all", outcome.state) and (not places or outcome.place in places)
    ]
    if not found:
        st.html(f'<p class="empty">{escape(words("nothing_here"))}</p>')
        return
    pages = -(-len(found) // PAGE)
    page = visit.address.number("page", 1, pages)
    heads = [("name", words("indicator")), ("place", words("place")), ("period", words("target_for"))]
    heads += [("value", words("target")), ("value", words("outcome")), ("state", words("state"))]
    table = fragments.table("figures targets", heads, _rows(visit, found[(page - 1) * PAGE : page * PAGE]))
    st.html(table + fragments.pages(visit, page, pages))


def _counts(visit: Visit) -> str:
    """How many of each state, in words."""
    states = [outcome.state for outcome in visit.outcomes.values()]
    said = (f'<li class="{state}"><b>{states.count(state)}</b> {escape(visit.words("outcome_" + state))}</li>' for state in STATES[1:])  # fmt: skip
    return f'<ul class="counts">{"".join(said)}</ul>'


def _choose(visit: Visit) -> tuple[str, list[str]]:
    words, address = visit.words, visit.address
    # a place that one comes with is offered too: it travels on, and that it has no target is an answer
    having = {outcome.place for outcome in visit.outcomes.values()} | set(address.get("place").split(","))
    options = [place for place in visit.places if place in having]
    with st.container(horizontal=True, key="controls", vertical_alignment="center"):
        state = controls.one(address, "state", words("state"), STATES, lambda code: words("state_all") if code == "all" else words(f"outcome_{code}"))  # fmt: skip
        places = controls.many(address, "place", words("all_places"), options, visit.place)
    return state, places


def _rows(visit: Visit, found: Sequence[Outcome]) -> list[tuple[str, list[str]]]:
    ids = {id_ for outcome in found for id_ in (outcome.target, outcome.figure) if id_}
    figures = queries.these(visit.build, tuple(sorted(ids)))
    return [_row(visit, outcome, figures) for outcome in found]


def _row(visit: Visit, outcome: Outcome, figures: Mapping[str, Observation]) -> tuple[str, list[str]]:
    words, target = visit.words, figures[outcome.target]
    name = fragments.link(fragments.to_indicator(visit, target), escape(visit.indicator(target.indicator)))
    said = words("outcome_" + outcome.state)
    waiting = words("waited_until", day=outcome.due.isoformat()) if outcome.state in ("open", "silent") else ""
    about = " · ".join(filter(None, [fragments.measure(visit, target), fragments.scope(visit, target)]))
    return f'data-row class="{outcome.state}"', [
        f"<div>{name}<small>{escape(about)}</small></div>",
        escape(visit.place(target.place)),
        escape(fragments.period(visit, target)),
        _figure(visit, target),
        _figure(visit, figures[outcome.figure]) + _bullet(visit, target, figures[outcome.figure])
        if outcome.figure
        else "—",
        f'<div><span class="tag">{escape(said)}</span><small>{escape(waiting)}</small></div>',
    ]


def _bullet(visit: Visit, target: Observation, outcome: Observation) -> str:
    """How much of the plan the outcome is, as a picture and in words; of growth that may be negative, nothing."""
    if target.value <= 0 or outcome.value < 0:
        return ""
    part = outcome.value / target.value
    colour = palette.of_places([target.place], visit.palette)[target.place]
    said = visit.words(f"of_plan_{_BOUNDS[outcome.bound]}", part=f"{spoken.plain(100 * part, 0)}%")
    return f"<div>{marks.bullet(float(part), visit.palette, colour)}<small>{escape(said)}</small></div>"


def _figure(visit: Visit, o: Observation) -> str:
    """A figure with its date of publication and its sentence."""
    dated = spoken.iso(o.published, o.published_precision) or visit.words("undated")
    about = " · ".join([fragments.period(visit, o), fragments.source(visit, o), dated])
    return (
        f"<div>{fragments.mark(visit, o, visit.palette.ink)}<b>{escape(fragments.figure(visit, o))}</b>"
        f"<small>{escape(about)}</small><blockquote>{fragments.sentence(visit, o)}</blockquote></div>"
    )

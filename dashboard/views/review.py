"""Review: what a careful reader should look at: figures that do not fit, corrections, silence, changes, sources, runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from html import escape

import streamlit as st

from dashboard import fragments, queries, runs, spoken
from dashboard.fragments import Visit
from dashboard.model import Brought, Doubt, Listed, Waited
from dashboard.runs import Run
from dashboard.views import evidence
from dashboard.wording import WORDING, Words

FINDINGS = 20  # of each kind
BUILDS = 10  # of the log of changes
WAITED = 40  # rows of what is waited for
DOUBTS = 30  # refused figures
RUNS = 30  # of the log of runs


def show(visit: Visit) -> None:
    """One section a question; an empty one says so."""
    words, build = visit.words, visit.build
    st.html(
        f'<div class="page-head"><h1>{escape(words("nav_review"))}</h1><p class="lead">{escape(words("review_lead"))}</p></div>'
    )
    found, made = queries.findings(build, None, FINDINGS), queries.corrections(build)
    waited, faults = queries.waited(build, visit.day), queries.faults(build)
    _section(visit, "review_findings", found.number, evidence.findings(visit, found, named=True))
    doubts, log = queries.doubts(build, DOUBTS), queries.log(build, BUILDS)
    _section(visit, "review_doubts", doubts.number, _doubts(visit, doubts))
    _section(visit, "review_corrections", len(made), evidence.corrections(visit, made))
    _section(visit, "review_silence", len(waited), _silence(visit, waited))
    _section(
        visit,
        "review_log",
        len({b.number for b in log}),
        _log(visit, log),
    )
    items = "".join(
        f"<li data-row><b>{escape(f.file.rpartition('/')[2])}:{f.line}</b> {escape(f.fault)}</li>" for f in faults
    )
    _section(visit, "review_faults", len(faults), f'<ul class="findings">{items}</ul>')
    held = runs.last(RUNS)
    _section(visit, "review_runs", len(held), _runs(visit.words, held))


def _section(visit: Visit, name: str, number: int, body: str) -> None:
    head = f'<h2 class="section" id="{name}">{escape(visit.words(name))} <small>{number}</small></h2>'
    note = f'<p class="note">{escape(visit.words(f"note_{name}"))}</p>'
    st.html(head + note + (body if number else f'<p class="empty">{escape(visit.words("nothing_to_review"))}</p>'))


def _doubts(visit: Visit, doubts: Listed[Doubt]) -> str:
    """Refused figures with the words around them."""
    items = "".join(
        f"<li data-row><h3>{escape(visit.indicator(d.indicator))} <small>{escape(d.reason.named(visit.language))}</small></h3>"
        f"<blockquote>…{escape(d.before)}<b>{escape(d.printed)}</b>{escape(d.after)}…</blockquote>"
        f"{fragments.link(visit.address.to('articles', article=d.article), escape(d.title or d.article))}</li>"
        for d in doubts.first
    )
    return f'<ul class="findings">{items}</ul>{evidence.more(visit, doubts.number - len(doubts.first))}'


def _silence(visit: Visit, waited: Sequence[Waited]) -> str:
    words = visit.words
    heads = [("name", words("indicator")), ("place", words("place")), ("period", words("last_told"))]
    heads += [("date", words("waited_for")), ("state", words("state"))]
    rows = [
        (
            f'data-row class="{w.state}"',
            [
                fragments.link(visit.address.to("indicator", indicator=w.indicator, place=w.place, figure=w.last), escape(visit.indicator(w.indicator))),
                escape(visit.place(w.place)),
                f"<div>{escape(spoken.day(w.last_end, 'day', visit.language))}<small>{escape(words('cadence_' + w.cadence))}</small></div>",
                f"<div>{w.next_end.isoformat()}<small>{escape(words('waited_until', day=w.due.isoformat()))}</small></div>",
                f'<span class="tag">{escape(words("silence_" + w.state, since=w.next_end.isoformat()))}</span>',
            ],
        )
        for w in waited[:WAITED]
    ]  # fmt: skip
    return fragments.table("figures silence", heads, rows) + evidence.more(visit, len(waited) - WAITED)


def _log(visit: Visit, brought: Sequence[Brought]) -> str:
    words = visit.words
    heads = [("name", words("build")), ("date", words("made_at")), ("quote", words("reason"))]
    heads += [("number", words(f"change_{change}")) for change in ("added", "revised", "withdrawn")]
    rows = [
        (
            "data-row",
            [
                f"{b.number} <small>{escape(b.version)}</small>",
                escape(spoken.moment(b.made_at, visit.language)),
                escape(words(f"reason_{b.reason}" if b.reason else "reason_none")),
                *(str(number) if number else "—" for number in (b.added, b.revised, b.withdrawn)),
            ],
        )
        for b in brought
    ]
    return fragments.table("figures log", heads, rows)


def _runs(words: Words, held: Sequence[Run]) -> str:
    heads = [
        ("date", words("run_started")),
        ("state", words("state")),
        ("name", words("build")),
        ("quote", words("reason")),
    ]
    heads += [("number", words(f"change_{change}")) for change in ("added", "revised", "withdrawn")]
    rows = [
        (
            f'data-row class="{"failed" if run.outcome == "failed" else "run"}"',
            [
                f"<div>{_clock(run)}<small>{escape(_coded(words, 'run_by_', run.by))}</small></div>",
                f'<span class="tag">{escape(_coded(words, "run_", run.outcome))}</span>',
                escape(run.build.partition("-")[0] or "—"),
                _told(words, run),
                *(str(run.counts.get(change, "—")) for change in ("added", "revised", "withdrawn")),
            ],
        )
        for run in held
    ]
    return fragments.table("figures runs", heads, rows)


def _clock(run: Run) -> str:
    """When a run began, in Shanghai, where the readers are."""
    return f"{run.started + timedelta(hours=8):%Y-%m-%d %H:%M}"


def _coded(words: Words, prefix: str, code: str) -> str:
    """The words for a code of the log; one that a later version writes stands as it is."""
    return words(prefix + code) if prefix + code in WORDING else code


def _told(words: Words, run: Run) -> str:
    """What a run did, or why it failed; what could not be read unfolds."""
    counts = run.counts
    said = [run.reason] if run.reason else []
    if "arrived" in counts:
        said.append(words("run_arrived", **{name: counts.get(name, 0) for name in ("arrived", "edited", "passed")}))
    if "read" in counts:
        said.append(words("run_read", read=counts["read"], articles=counts.get("articles", "—")))
    said.append(words("run_took", seconds=f"{run.seconds:.1f}"))
    told = "<br>".join(escape(line) for line in said)
    if not run.failures:
        return told
    items = "".join(f"<li>{escape(failure)}</li>" for failure in run.failures)
    summary = escape(words("run_not_read", failed=counts.get("failed", len(run.failures))))
    return f"{told}<details><summary>{summary}</summary><ul>{items}</ul></details>"

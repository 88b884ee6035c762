"""How the figures stand to one another, in words: what does not fit, how one figure was told over time, what was amended.

In: a visit and rows of `queries`. Out: HTML, for the room of an indicator and for the room of review.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from html import escape
from itertools import groupby

from dashboard import fragments, queries, spoken
from dashboard.fragments import Visit
from dashboard.model import Correction, Finding, Listed, Observation

PERCENT_CHECKS = ("growth", "share")
STORIES, STEPS = 10, 12  # of one indicator, of one figure: more than anybody reads, and no page without end


def findings(visit: Visit, found: Listed[Finding], *, named: bool) -> str:
    """The findings as a list, each with what was said, by whom, and what the others allow; `named` by indicator."""
    ids = tuple(sorted({id_ for one in found.first for id_ in (one.id, *one.against)}))
    figures = queries.these(visit.build, ids)
    items = "".join(
        f"<li data-row>{_finding(visit, one, figures, named=named)}</li>" for one in found.first if one.id in figures
    )
    return f'<ul class="findings">{items}</ul>{more(visit, found.number - len(found.first))}'


def more(visit: Visit, number: int) -> str:
    """How many more there are than are shown; nothing where there are none."""
    return f'<p class="note">{escape(visit.words("and_more", number=number))}</p>' if number > 0 else ""


def histories(visit: Visit, indicator: str) -> str:
    """Every figure of an indicator that more than one source tells, source after source; empty where there is none."""
    told = queries.history(visit.build, indicator, STORIES, STEPS)
    figures = queries.these(visit.build, tuple(sorted({id_ for id_, _ in told.first})))
    stories = [list(story) for _, story in groupby(told.first, key=lambda step: _key(figures[step[0]]))]
    if not stories:
        return ""
    blocks = "".join(_story(visit, [(figures[id_], step) for id_, step in story]) for story in stories)
    head = f"<summary>{escape(visit.words('history'))} <small>{told.number}</small></summary>"
    return (
        f'<details class="histories">{head}<p class="note">{escape(visit.words("history_note"))}</p>{blocks}'
        f"{more(visit, told.number - len(stories))}</details>"
    )


def corrections(visit: Visit, made: Iterable[Correction]) -> str:
    """Corrections as a list: what was read, what was done, why, by whom."""
    return f'<ul class="findings">{"".join(f"<li data-row>{_correction(visit, one)}</li>" for one in made)}</ul>'


def _finding(visit: Visit, one: Finding, figures: Mapping[str, Observation], *, named: bool) -> str:
    o, words = figures[one.id], visit.words
    against = [figures[id_] for id_ in one.against if id_ in figures]
    about = [visit.indicator(o.indicator)] if named else []
    about += filter(
        None, [visit.place(o.place), fragments.period(visit, o), fragments.measure(visit, o), fragments.scope(visit, o)]
    )
    allowed = _allowed(visit, one, against[0] if against else o)
    said = words(f"finding_{one.kind}", allowed=allowed, gap=_gap(visit, one, o, against))
    others = "".join(f"<li>{_told(visit, other)}</li>" for other in against)
    return (
        f'<h3>{escape(" · ".join(about))} <small>{escape(words(f"check_{one.kind}"))}</small></h3>'
        f"<p>{escape(said)}</p><ul><li>{_told(visit, o)}</li>{others}</ul>"
    )  # fmt: skip


def _gap(visit: Visit, one: Finding, o: Observation, against: Sequence[Observation]) -> str:
    """How far two figures are apart: percent of the larger, points where both are percentages."""
    if o.unit.code == "percent" and against:
        points = abs(o.value - against[0].value).normalize()
        return visit.words("points", number=spoken.plain(points, spoken.decimals_of(points, Decimal(0))))
    return f"{spoken.plain(Decimal(str(one.gap_percent or 0)), 1)}%"


def _allowed(visit: Visit, one: Finding, like: Observation) -> str:
    """What the other figures allow, in the unit of the claim: percent for growth and shares."""
    if one.kind == "falling":
        return fragments.figure(visit, like)
    if one.kind in PERCENT_CHECKS:
        ends = [f"{spoken.plain(Decimal(str(end)), 1)}%" for end in (one.low, one.high) if end is not None]
    else:  # whole units: half a factory is no help to anybody
        rounded = ((one.low, ROUND_CEILING), (one.high, ROUND_FLOOR))
        whole = [Decimal(str(end)).to_integral_value(way) for end, way in rounded if end is not None]
        ends = [spoken.amount(end, Decimal(0), like.unit, visit.language) for end in whole]
    if len(dict.fromkeys(ends)) == 2:
        return visit.words("between", low=ends[0], high=ends[1])
    key = "at_least" if one.high is None else "at_most" if one.low is None else "just"
    return visit.words(key, value=ends[0]) if ends else ""


def _told(visit: Visit, o: Observation) -> str:
    """A figure with its period, source and date, leading to its chart; and its sentence, where there is one."""
    dated = spoken.iso(o.published, o.published_precision) or visit.words("undated")
    said = fragments.link(fragments.to_indicator(visit, o), f"<b>{escape(fragments.figure(visit, o))}</b>")
    about = " · ".join([fragments.period(visit, o), fragments.source(visit, o), dated])
    sentence = f"<blockquote>{fragments.sentence(visit, o)}</blockquote>" if o.quote else ""
    return f"{said} <small>{escape(about)}</small>{sentence}"


def _key(o: Observation) -> tuple[object, ...]:
    return (o.place, o.measure, o.share_of, o.scope, o.period, o.status == "target")


def _story(visit: Visit, steps: Sequence[tuple[Observation, str]]) -> str:
    o, words = steps[0][0], visit.words
    about = [visit.place(o.place), fragments.period(visit, o), fragments.measure(visit, o), fragments.scope(visit, o)]
    about += [words("status_target")] if o.status == "target" else []
    items = "".join(_step(visit, o, step) for o, step in steps)
    return f'<h3>{escape(" · ".join(filter(None, about)))}</h3><ol class="story">{items}</ol>'


def _step(visit: Visit, o: Observation, step: str) -> str:
    dated = spoken.iso(o.published, o.published_precision) or visit.words("undated")
    said = fragments.link(visit.address.here(figure=o.id), f"<b>{escape(fragments.figure(visit, o))}</b>")
    state = fragments.state(visit, o, within={"yoy": "growth"}.get(o.measure, o.measure))
    notes = " · ".join(filter(None, [fragments.source(visit, o), state]))
    return (
        f'<li class="{step}{" chosen" if o.role else ""}"><time>{escape(dated)}</time> {said} '
        f"<i>{escape(visit.words(f'step_{step}'))}</i> <small>{escape(notes)}</small></li>"
    )


def _correction(visit: Visit, one: Correction) -> str:
    words = visit.words
    done = words("rejected") if one.action == "reject" else words("amended_what", what=_columns(visit, one.amended))
    read = " · ".join([visit.indicator(one.indicator), visit.place(one.place), spoken.period(one.period, visit.language), one.printed])  # fmt: skip
    where = fragments.link(visit.address.to("articles", article=one.article), escape(words("read_in_article")))
    return (
        f"<h3>{escape(read)} <small>{escape(done)}</small></h3><p>{escape(one.reason)}</p>"
        f"<p class='note'>{escape(words('corrected_by', by=one.by, on=one.on.isoformat()))} · {where}</p>"
    )


def _columns(visit: Visit, columns: Sequence[str]) -> str:
    return visit.words("list_comma").join(visit.words(f"column_{column}") for column in columns)

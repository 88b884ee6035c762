"""One indicator: its yearly progression with every mark, the figure one clicked, and the same figures as a table.

In: a visit whose address names indicator, places, years, what to show and the figure in view. Out: the page.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from html import escape

import streamlit as st

from dashboard import charts, controls, fragments, palette, queries, series, spoken
from dashboard.charts import Chart
from dashboard.fragments import Visit
from dashboard.model import Break, Choice, Indicator, Observation
from dashboard.series import Line, Point
from dashboard.views import delivery, evidence

PREFERRED = ("suzhou",)
ROWS = 100  # of the table under the chart; all of them stand on the Data page
FINDINGS = 10  # of each kind
# Seconds for which nothing more is sent after the chart. The browser gathers what comes within some 10 ms and draws a chart
# after all else that came with it: redrawn, it stands a quarter sooner for this; on a page just opened, where its parts must
# be loaded and mounted first, a fifth (tests/benchmarks/pages.py).
PAUSE_REDRAWN, PAUSE_NEW = 0.03, 0.4
CHART = "progression"


@dataclass(frozen=True)
class Shown:
    """What the controls chose: the indicator and what is drawn of it, the way of showing, places, scope and years."""

    item: Indicator
    observations: tuple[Observation, ...]
    show: str
    places: tuple[str, ...]
    scope: str
    years: tuple[int, int]

    @property
    def kept(self) -> list[Observation]:
        """The drawn observations that places, scope and years leave."""
        first, last = self.years
        return [
            o for o in self.observations if o.place in self.places and o.scope == self.scope and first <= o.year <= last
        ]


def show(visit: Visit) -> None:
    """Head and controls, chart, the figure in view, the table, definition, citation and download."""
    item = _choose(visit)
    st.html(f'<h1 class="unseen">{escape(item.named(visit.language))}</h1>')
    observations = queries.drawn(visit.build, item.indicator)
    if not observations:
        st.html(f'<p class="empty">{escape(visit.words("no_figures"))}</p>')
        _about(visit, item)
        return
    shown = _controls(visit, item, observations)
    chart = chart_of(visit, shown)
    is_new = CHART not in st.session_state
    _draw(visit, shown, chart)
    time.sleep(PAUSE_NEW if is_new else PAUSE_REDRAWN)
    _in_view(visit, shown)
    _table(visit, shown, chart)
    _evidence(visit, item)
    _about(visit, item)
    delivery.section(visit, Choice(indicators=(item.indicator,)), item.indicator)


def _choose(visit: Visit) -> Indicator:
    """The indicator of the address, in a box that finds others by typing."""
    catalogue = visit.catalogue
    codes = list(catalogue)
    address = visit.address
    key = address.key("indicator", lambda: address.code("indicator", codes, codes[0]))
    if st.session_state[key] not in catalogue:
        st.session_state[key] = codes[0]
    code = st.selectbox(
        visit.words("choose_indicator"), codes, key=key, format_func=visit.indicator, on_change=_forget_figure
    )
    address.put("indicator", str(code))
    return catalogue[str(code)]


def _forget_figure() -> None:
    """Another indicator has other figures."""
    for name in ("figure", "show", "scope"):
        if name in st.query_params:
            del st.query_params[name]


def _controls(visit: Visit, item: Indicator, observations: tuple[Observation, ...]) -> Shown:
    words, address, language = visit.words, visit.address, visit.language
    ways = series.shows(observations) or ["level"]
    with st.container(horizontal=True, key="controls", vertical_alignment="center"):
        way = controls.one(address, "show", words("show"), ways, lambda code: words(f"show_{code}"))
        scopes = {
            "": "",
            **{code: s.named(language) for code, s in queries.scopes(visit.build, item.indicator).items()},
        }
        used = [
            code for code in scopes if any(o.scope == code and o.measure == series.SHOWS[way] for o in observations)
        ]
        scope = (
            controls.one(address, "scope", words("scope"), used, lambda c: scopes[c] or words("scope_plain"))
            if len(used) > 1
            else (used or [""])[0]
        )
        _known_on(visit, item)
    drawn = [o for o in observations if o.scope == scope and (o.measure == series.SHOWS[way] or _computes(way, o))]
    order = list(visit.places)
    having = sorted({o.place for o in drawn}, key=order.index)
    default = series.home(drawn, way, PREFERRED) or having[:1]
    places = controls.places(address, words("place"), having, visit.place, default)
    ends = [o.year for o in observations]
    first, last = controls.years(address, words("years"), min(ends), max(ends))
    return Shown(item, observations, way, tuple(p for p in having if p in places), scope, (first, last))


def _known_on(visit: Visit, item: Indicator) -> None:
    """Go back to what was known on a day: one of those on which a source of the indicator was published."""
    days = [day.isoformat() for day in queries.vintages(visit.build.known_on(None), item.indicator)]
    if visit.build.as_of and visit.build.as_of.isoformat() not in days:
        days = sorted([*days, visit.build.as_of.isoformat()])
    if days:
        with st.popover(visit.words("known_on"), key="known"):
            st.html(f'<p class="note">{escape(visit.words("known_on_note"))}</p>')
            controls.along(
                visit.address, "as_of", visit.words("known_on"), [*days, ""], lambda day: day or visit.words("now")
            )


def _computes(way: str, o: Observation) -> bool:
    """Whether growth can be computed from an observation that states none."""
    return way == "growth" and o.measure == "value"


def chart_of(visit: Visit, shown: Shown) -> Chart:
    """The chart of what is shown; pure but for names."""
    broken = queries.breaks(visit.build).get(shown.item.indicator, [])
    days = [item.day for item in broken]
    lines = series.lines_of(shown.kept, shown.show, days)
    computed = (
        [Line(line.key, series.growth(line, days)) for line in series.lines_of(shown.kept, "level")]
        if shown.show == "growth"
        else []
    )
    unit = spoken.PERCENT if shown.show in {"growth", "share"} else shown.item.unit
    largest = max((abs(p.value) for line in lines for p in line.points), default=Decimal(1))
    scale = spoken.axis_scale(largest, unit, visit.language)
    if shown.show == "index":
        scale = spoken.Scale(Decimal(1), "")
    return Chart(
        title=shown.item.short(visit.language),
        subtitle=_subtitle(visit, shown, scale.label),
        foot=_sources(visit, lines),
        lines=lines,
        computed=[line for line in computed if line.points],
        scale=scale,
        years=shown.years,
        names={place: visit.place(place) for place in shown.places},
        colours=palette.of_places(shown.places, visit.palette),
        palette=visit.palette,
        hover=lambda point: hover(visit, shown, point),
        label=lambda point: _label(visit, shown, point),
        breaks=[(item.day, _note(visit, item)) for item in broken if shown.years[0] <= item.day.year <= shown.years[1]],
        rivals=queries.rivals(visit.build, shown.item.indicator) if shown.show not in series.COMPUTED else {},
        outcomes={o: outcome.state for o, outcome in visit.outcomes.items()},
        selected=visit.address.get("figure"),
    )


def _note(visit: Visit, item: Break) -> str:
    return item.note_zh if visit.language == "zh" else item.note_en


def value_of(visit: Visit, shown: Shown, point: Point) -> str:
    """The value of a mark in words: as printed, or as computed and with no more digits than that allows."""
    if point.before is None:
        return fragments.figure(visit, point.observation)
    decimals = spoken.decimals_of(point.value, point.rounding)
    if shown.show == "index":
        return spoken.plain(point.value, decimals)
    if shown.show == "change":
        sign = "+" if point.value > 0 else ""
        return sign + spoken.amount(point.value, point.rounding, point.observation.unit, visit.language)
    return spoken.signed(point.value, decimals, visit.language)


def hover(visit: Visit, shown: Shown, point: Point) -> str:
    """What a mark says under the pointer."""
    o, words = point.observation, visit.words
    what = [
        f"<b>{escape(value_of(visit, shown, point))}</b>",
        escape(f"{visit.place(o.place)} · {fragments.period(visit, o)}"),
    ]
    if point.before is not None:
        what.append(escape(words("computed_from", year=point.before.year, after=o.year)))
    elif o.origin == "article":
        what.append(escape(f"{words('printed')}{words('colon')}{o.printed}"))
    what.append(
        escape(words(f"status_{o.status}")) + (f" · {words('origin_curated')}" if o.origin == "curated" else "")
    )
    if o.set_aside:
        what.append(escape(words("over_others", number=o.set_aside)))
    what.append(
        escape(
            charts.wrapped(f"{fragments.source(visit, o)} {spoken.iso(o.published, o.published_precision)}", 44)
        ).replace("&lt;br&gt;", "<br>")
    )
    return "<br>".join(what)


def alternative(visit: Visit, shown: Shown, chart: Chart) -> str:
    """The chart in a sentence: first, last, least, greatest, and how many marks carry a caveat."""
    said = []
    for line in chart.lines or chart.computed:
        points = line.joined or list(line.points)
        if points:
            least, most = (pick(points, key=lambda p: p.value) for pick in (min, max))
            ends = {"first": points[0], "last": points[-1], "least": least, "most": most}
            values = {name: f"{point.year} {value_of(visit, shown, point)}" for name, point in ends.items()}
            said.append(visit.words("alt_line", place=visit.place(line.place), **values))
    return f"{chart.title}. {chart.subtitle}. {' '.join(said)}"


def _subtitle(visit: Visit, shown: Shown, unit: str) -> str:
    """Unit, what is shown where it is not the level, places, years."""
    first, last = shown.years
    listed = visit.words("list_comma").join(visit.place(place) for place in shown.places)
    way = visit.words(f"show_{shown.show}") if shown.show not in {"level", "index"} else ""
    base = visit.words("index_base") if shown.show == "index" else ""
    return " · ".join(filter(None, [way, unit if shown.show != "growth" else "", base, listed, f"{first}–{last}"]))


def _sources(visit: Visit, lines: Sequence[Line]) -> str:
    """Up to three publishers by name, and the version of the data."""
    publishers = dict.fromkeys(
        p.observation.publisher for line in lines for p in line.points if p.observation.publisher
    )
    names = visit.words("list_comma").join(list(publishers)[:3])
    said = visit.words("sources_more", names=names, number=len(publishers)) if len(publishers) > 3 else names
    made = queries.made(visit.build)
    return visit.words(
        "chart_foot",
        sources=said or visit.words("articles_of_seeds"),
        version=made.version,
        product=visit.words("product"),
    )


def _label(visit: Visit, shown: Shown, point: Point) -> str:
    """The words at a mark: the span of a part of a year; the value at the end of a single line."""
    o = point.observation
    if point.role in {"part", "assumed"}:
        said = fragments.period(visit, o)
        year = f"{o.year} 年"
        return said.removeprefix(year).strip() if visit.language == "zh" else said.replace(f" {o.year}", "")
    return "" if shown.show == "growth" else value_of(visit, shown, point)


def _draw(visit: Visit, shown: Shown, chart: Chart) -> None:
    if not any(line.points for line in [*chart.lines, *chart.computed]):
        st.html(f'<p class="empty">{escape(visit.words("nothing_here"))}</p>')
        return
    st.plotly_chart(
        charts.progression(chart),
        theme=None,
        key=CHART,
        on_select=lambda: controls.clicked(CHART),
        selection_mode="points",
        alt=alternative(visit, shown, chart),
        config={
            "displaylogo": False,
            "displayModeBar": False,
            "responsive": True,
        },
    )
    taken = delivery.chart(visit, shown.item.indicator, shown.places, shown.years)
    st.html(fragments.legend(visit, charts.used_marks(chart)) + taken)


def _in_view(visit: Visit, shown: Shown) -> None:
    """The quote card of the figure in the address; else a line that says how to get one."""
    wanted = visit.address.get("figure")
    found = queries.observation(visit.build, wanted) if wanted else None
    found = found if found and found.indicator == shown.item.indicator else None
    if wanted and found is None:
        visit.address.faults.append(("figure", wanted))
    if found is None:
        st.html(f'<p class="hint">{escape(visit.words("click_hint"))}</p>')
        return
    st.html(fragments.quote_card(visit, found))


def _table(visit: Visit, shown: Shown, chart: Chart) -> None:
    """The figures of the chart, newest first: what, when, where, the sentence, the source."""
    words = visit.words
    computed = {p.observation.id: p for line in [*chart.lines, *chart.computed] for p in line.points if p.before}
    heads = [("period", words("period")), ("place", words("place")), ("value", words("value"))]
    heads += [("computed", words("computed_head"))] if computed else []
    heads += [("quote", words("quote_or_title")), ("source", words("source")), ("date", words("published"))]
    number, listed = _listed(visit, shown, computed)
    rows = [_row(visit, shown, chart, o, computed) for o in listed]
    href = visit.address.to("data", indicators=shown.item.indicator)
    more = words("more_on_data", number=number - ROWS)
    st.html(
        f'<h2 class="section">{escape(words("figures"))} <small>{number}</small></h2>'
        + fragments.table("figures", heads, rows)
        + (f'<p class="note">{fragments.link(href, escape(more))}</p>' if number > ROWS else "")
    )


def _listed(visit: Visit, shown: Shown, computed: dict[str, Point]) -> tuple[int, list[Observation]]:
    """How many figures of the measure shown there are, and the newest of them.

    With growth also the levels it was computed from, where none is stated; of what is only computed those it rests on.
    """
    kept = shown.kept
    if shown.show in series.COMPUTED:
        told = [o for o in kept if o.id in computed]
        return len(told), sorted(told, key=_newest, reverse=True)[:ROWS]
    choice = Choice(
        indicators=(shown.item.indicator,),
        places=shown.places,
        measures=(series.SHOWS[shown.show],),
        scopes=(shown.scope,),
        years=shown.years,
    )
    stated = queries.chosen(visit.build, choice, 0, ROWS)
    said = {(o.place, o.year) for o in kept if o.measure == "yoy" and o.role == "line"}
    levels = [p.observation for p in computed.values() if (p.observation.place, p.year) not in said]
    listed = sorted([*stated, *levels], key=_newest, reverse=True)
    return queries.count(visit.build, choice) + len(levels), listed[:ROWS]


def _newest(o: Observation) -> tuple[datetime, bool, str]:
    return datetime.combine(o.period_end, datetime.min.time()), o.role is not None, o.id


def _row(visit: Visit, shown: Shown, chart: Chart, o: Observation, computed: dict[str, Point]) -> tuple[str, list[str]]:
    colour = chart.colours.get(o.place, visit.palette.ink)
    is_level = shown.show == "growth" and o.measure == "value"
    mark = "" if is_level else fragments.mark(visit, o, colour)
    said = "—" if is_level else escape(fragments.figure(visit, o))
    state = f"<small>{escape(fragments.state(visit, o, within=shown.show))}</small>"
    cells = [
        escape(fragments.period(visit, o)),
        escape(visit.place(o.place)),
        mark + fragments.link(visit.address.here(figure=o.id), said) + state,
    ]
    if computed:
        cells.append(_compared(visit, shown, o, computed))
    cells += [
        fragments.sentence(visit, o),
        fragments.outward(o.url, escape(fragments.source(visit, o))),
        escape(spoken.iso(o.published, o.published_precision) or visit.words("undated")),
    ]
    chosen = ' class="chosen"' if o.id == visit.address.get("figure") else ""
    return f'data-row id="figure-{escape(o.id)}"{chosen}', cells


def _compared(visit: Visit, shown: Shown, o: Observation, computed: dict[str, Point]) -> str:
    """The computed value beside the stated one, and how far apart they are."""
    point = computed.get(o.id)
    if point is None and shown.show == "growth" and o.role == "line":
        point = next((p for p in computed.values() if (p.observation.place, p.year) == (o.place, o.year)), None)
    if point is None:
        return ""
    said = escape(value_of(visit, shown, point))
    if shown.show == "growth" and o.measure == "yoy" and o.bound == "=":
        gap = spoken.plain(point.value - o.value, spoken.decimals_of(point.value, point.rounding))
        said += f"<small>{escape(visit.words('gap', gap=gap))}</small>"
    return said


def _evidence(visit: Visit, item: Indicator) -> None:
    """What does not fit, and how the figures were told over time."""
    found = queries.findings(visit.build, item.indicator, FINDINGS)
    if found.number:
        head = f"<summary>{escape(visit.words('checks'))} <small>{found.number}</small></summary>"
        st.html(
            f'<details class="histories">{head}<p class="note">{escape(visit.words("note_review_findings"))}</p>'
            f"{evidence.findings(visit, found, named=False)}</details>"
        )
    if told := evidence.histories(visit, item.indicator):
        st.html(told)


def _about(visit: Visit, item: Indicator) -> None:
    """Definition with its source, kind and cadence, breaks, and how to cite."""
    words, zh = visit.words, visit.language == "zh"
    definition = item.definition_zh if zh else item.definition_en
    origin = item.definition_source
    breaks = "".join(
        f"<li>{change.day.isoformat()} · {escape(_note(visit, change))} ({escape(change.source)})</li>"
        for change in queries.breaks(visit.build).get(item.indicator, [])
    )
    cited = delivery.citation(visit, item)
    said = (
        words("as_articles")
        if origin.casefold() == "as the articles use it"
        else words("definition_from", source=origin)
    )
    st.html(
        f'<section class="about"><div><h2>{escape(words("definition"))}</h2><p><b>{escape(item.named(visit.language))}</b></p>'
        f'<p>{escape(definition)}</p><p class="note">{escape(said)} · {escape(words("kind_" + item.kind))} · '
        f"{escape(words('cadence_' + item.cadence))}</p>{f'<ul>{breaks}</ul>' if breaks else ''}</div>"
        f'<div><h2>{escape(words("how_to_cite"))}</h2><p class="citation">{escape(cited)}</p>'
        f'{delivery.copies(visit, cited)}<p class="note">{escape(words("cite_note"))}</p></div></section>'
    )

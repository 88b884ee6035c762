"""Compare: several indicators or places side by side, as small multiples; or on one scale, as an index or as shares.

Only the yearly lines of the catalogue's own definitions are compared. What cannot be compared is left out, and said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape

import streamlit as st

from dashboard import charts, controls, fragments, palette, queries, series, spoken
from dashboard.charts import Chart
from dashboard.fragments import Visit
from dashboard.model import Observation
from dashboard.series import Line, Point

WAYS = ("level", "growth", "index", "share")
MOST = 6  # indicators at a time
HOME = ("suzhou", "sip")
_PLOT = 220  # height of one of several charts


@dataclass(frozen=True)
class Panel:
    """One of the charts: its title, the unit of its axis, its lines, and what they are called."""

    title: str
    unit: str
    scale: spoken.Scale
    lines: tuple[Line, ...]
    names: dict[str, str]
    colours: dict[str, str]
    breaks: tuple[date, ...] = ()


def show(visit: Visit) -> None:
    """Head and controls, the charts, the figure in view, the same figures as a table."""
    words = visit.words
    st.html(
        f'<div class="page-head"><h1>{escape(words("nav_compare"))}</h1><p class="lead">{escape(words("compare_lead"))}</p></div>'
    )
    indicators, way = _choose(visit)
    covered = {o.place for o in queries.compared(visit.build, indicators, tuple(visit.places))}
    options = [place for place in visit.places if place in covered]
    if not options:
        st.html(f'<p class="empty">{escape(words("nothing_here"))}</p>')
        return
    default = [place for place in HOME if place in options] or options[:1]
    places = tuple(controls.places(visit.address, words("place"), options, visit.place, default))
    panels = panels_of(visit, indicators, places, way)
    if not panels:
        said = words(f"nothing_to_compare_{way}") if way in ("index", "share") else words("nothing_here")
        st.html(f'<p class="empty">{escape(said)}</p>')
        return
    years, used = _years(panels), list[str]()
    with st.container(key="panels"):
        columns = st.columns(2)
    for number, panel in enumerate(panels):
        with columns[number % 2]:
            used += charts.used_marks(_draw(visit, panel, years, number))
    st.html(fragments.legend(visit, used))
    _in_view(visit)
    st.html(_table(visit, panels))


def panels_of(visit: Visit, indicators: Sequence[str], places: Sequence[str], way: str) -> list[Panel]:
    """The charts of one way of comparing; those without a line are left out."""
    larger = queries.larger(visit.build)
    asked = tuple(dict.fromkeys([*places, *(larger[place] for place in places if place in larger)]))
    observations = queries.compared(visit.build, tuple(indicators), asked)
    lines = {(indicator, place): _line(observations, indicator, place) for indicator in indicators for place in asked}
    breaks = {name: tuple(b.day for b in found) for name, found in queries.breaks(visit.build).items()}
    if way == "index":
        panels = [_indexed(visit, lines, indicators, place, breaks) for place in places]
    else:
        panels = [
            _multiple(visit, lines, indicator, places, (way, breaks.get(indicator, ()))) for indicator in indicators
        ]
    return [panel for panel in panels if any(line.points for line in panel.lines)]


def _line(observations: Sequence[Observation], indicator: str, place: str) -> Line:
    found = [o for o in observations if (o.indicator, o.place, o.measure) == (indicator, place, "value")]
    return Line((place, "", ""), tuple(Point(series.drawn_at(o), o.value, o.rounding, o, "line") for o in found))


def _multiple(
    visit: Visit,
    lines: dict[tuple[str, str], Line],
    indicator: str,
    places: Sequence[str],
    how: tuple[str, tuple[date, ...]],
) -> Panel:
    """One indicator, a line a place: levels, growth computed from them, or shares of the next larger place."""
    way, breaks = how
    larger, item = queries.larger(visit.build), visit.catalogue[indicator]
    drawn = []
    for place in places:
        line = lines[indicator, place]
        if way == "growth":
            line = Line(line.key, tuple(Point(p.day, p.value, p.rounding, p.observation, "line", p.before) for p in series.growth(line, breaks)))  # fmt: skip
        elif way == "share":
            whole = larger.get(place)
            line = Line(line.key, series.shares(line, lines[indicator, whole]) if whole else ())
        drawn.append(line)
    unit = spoken.PERCENT if way in ("growth", "share") else item.unit
    largest = max((abs(p.value) for line in drawn for p in line.points), default=Decimal(1))
    scale = spoken.axis_scale(largest, unit, visit.language)
    names = {place: visit.place(place) for place in places}
    if way == "share":
        names = {place: _of_whole(visit, place) for place in places}
    return Panel(item.short(visit.language), scale.label, scale, tuple(drawn), names, palette.of_places(list(places), visit.palette), breaks)  # fmt: skip


def _indexed(
    visit: Visit,
    lines: dict[tuple[str, str], Line],
    indicators: Sequence[str],
    place: str,
    breaks: dict[str, tuple[date, ...]],
) -> Panel:
    """One place, a line an indicator, each 100 in the first year that most of them share."""
    held = {
        indicator: series.comparable(lines[indicator, place], breaks.get(indicator, ())) for indicator in indicators
    }
    years = [point.year for points in held.values() if len(points) > 1 for point in points]
    base = min((year for year in years if years.count(year) == max(map(years.count, years))), default=0)
    drawn = tuple(
        Line((indicator, "", ""), series.index(lines[indicator, place], breaks.get(indicator, ()), base))
        for indicator in indicators
    )
    kept = tuple(line for line in drawn if len(line.points) > 1)
    names = {indicator: visit.indicator(indicator) for indicator in indicators}
    colours = dict(zip(indicators, visit.palette.pigments, strict=False))
    unit = visit.words("index_in", year=base)
    return Panel(visit.place(place), unit, spoken.Scale(Decimal(1), ""), kept, names, colours)


def _of_whole(visit: Visit, place: str) -> str:
    whole = queries.larger(visit.build).get(place, "")
    return f"{visit.place(place)} / {visit.place(whole)}" if whole else visit.place(place)


def _choose(visit: Visit) -> tuple[tuple[str, ...], str]:
    words, address = visit.words, visit.address
    way = controls.one(address, "show", words("show"), WAYS, lambda code: words(f"compare_{code}"))
    default = [item.indicator for item in visit.catalogue.values() if item.headline][:4]
    chosen = controls.many(address, "indicators", words("compare_which"), list(visit.catalogue), visit.indicator)
    if len(chosen) > MOST:
        st.html(f'<p class="notice">{escape(words("compare_most", most=MOST))}</p>')
    return tuple(chosen[:MOST] or default), way


def _years(panels: Sequence[Panel]) -> tuple[int, int]:
    """One span for all charts, so that they can be read across."""
    years = [point.year for panel in panels for line in panel.lines for point in line.points]
    return min(years), max(years)


def _draw(visit: Visit, panel: Panel, years: tuple[int, int], number: int) -> Chart:
    made = queries.made(visit.build)
    chart = Chart(
        title=panel.title,
        subtitle=panel.unit,
        foot=visit.words("compare_foot", product=visit.words("product"), version=made.version),
        lines=[line for line in panel.lines if line.points],
        scale=panel.scale,
        years=years,
        names=panel.names,
        colours=panel.colours,
        palette=visit.palette,
        hover=lambda point: _hover(visit, panel, point),
        label=lambda point: _value(visit, panel, point),
        breaks=[(day, "") for day in panel.breaks if years[0] <= day.year <= years[1]],
        selected=visit.address.get("figure"),
        plot=_PLOT,
    )
    st.plotly_chart(
        charts.progression(chart),
        theme=None,
        key=f"panel-{number}",
        on_select=lambda: controls.clicked(f"panel-{number}"),
        selection_mode="points",
        alt=_alternative(visit, panel),
        config={"displayModeBar": False, "responsive": True},
    )
    return chart


def _in_view(visit: Visit) -> None:
    wanted = visit.address.get("figure")
    found = queries.observation(visit.build, wanted) if wanted else None
    if wanted and found is None:
        visit.address.faults.append(("figure", wanted))
    st.html(fragments.quote_card(visit, found) if found else f'<p class="hint">{escape(visit.words("click_hint"))}</p>')


def _value(visit: Visit, panel: Panel, point: Point) -> str:
    """A value in words: as printed, or as computed and with no more digits than that allows."""
    if point.before is None:
        return fragments.figure(visit, point.observation)
    decimals = spoken.decimals_of(point.value, point.rounding)
    if panel.scale.label == "%":
        shared = point.before.place != point.observation.place
        return (
            f"{spoken.plain(point.value, decimals)}%"
            if shared
            else spoken.signed(point.value, decimals, visit.language)
        )
    return spoken.plain(point.value, decimals)


def _hover(visit: Visit, panel: Panel, point: Point) -> str:
    o = point.observation
    said = [f"<b>{escape(_value(visit, panel, point))}</b>", escape(f"{visit.indicator(o.indicator)} · {visit.place(o.place)} · {fragments.period(visit, o)}")]  # fmt: skip
    if point.before is not None:
        said.append(escape(fragments.figure(visit, o)))
    return "<br>".join(
        [*said, escape(f"{fragments.source(visit, o)} {spoken.iso(o.published, o.published_precision)}")]
    )


def _alternative(visit: Visit, panel: Panel) -> str:
    """The chart in a sentence: each line's first and last value."""
    said = []
    for line in panel.lines:
        if line.points:
            first, last = (f"{p.year} {_value(visit, panel, p)}" for p in (line.points[0], line.points[-1]))
            said.append(visit.words("alt_ends", name=panel.names[line.place], first=first, last=last))
    return f"{panel.title}. {panel.unit}. {' '.join(said)}"


def _table(visit: Visit, panels: Sequence[Panel]) -> str:
    """The figures of the charts, chart by chart: what, where, when, the sentence, the source."""
    words = visit.words
    heads = [
        ("name", words("indicator")),
        ("place", words("place")),
        ("period", words("period")),
        ("value", words("value")),
    ]
    heads += [("quote", words("quote_or_title")), ("source", words("source"))]
    rows = [
        (
            "data-row",
            [
                escape(visit.indicator(p.observation.indicator)),
                escape(visit.place(p.observation.place)),
                escape(fragments.period(visit, p.observation)),
                fragments.link(visit.address.here(figure=p.observation.id), escape(_value(visit, panel, p))),
                fragments.sentence(visit, p.observation),
                escape(fragments.source(visit, p.observation)),
            ],
        )
        for panel in panels
        for line in panel.lines
        for p in reversed(line.points)
    ]
    head = f"<summary>{escape(words('figures'))} <small>{len(rows)}</small></summary>"
    return f'<details class="histories">{head}{fragments.table("figures", heads, rows)}</details>'

"""Owns the pictures: lines of points go in, one Plotly figure comes out, complete with title, unit, sources and version.

`go.Figure` and plain dicts only. Every mark carries the id of its observation as custom data, so that a click leads to
the sentence. What may be drawn and joined is decided in `series`; what a mark looks like in `marks` and `palette`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.marks import BOUNDS, SIZES, SYMBOLS, mark_of
from dashboard.model import Observation
from dashboard.palette import Palette
from dashboard.series import Line, Point, segments
from dashboard.spoken import Scale

FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
_SERIF = '"Songti SC", "Noto Serif CJK SC", serif'
# In half-width characters: what fits a telephone.
_TITLE_WIDTH, _SUBTITLE_WIDTH, _FOOT_WIDTH = 34, 52, 62
_NARROW = 560  # the width a plot is reckoned to have when labels are spread

Trace = dict[str, Any]  # as Plotly spells it


@dataclass(frozen=True)
class Chart:
    """All that one chart shows. `names` and `colours` by place (or by indicator, whose lines a comparison draws).

    `hover` gives the words of a point; `plot` is the height of the plot in pixels.
    """

    title: str
    subtitle: str
    foot: str
    lines: Sequence[Line]
    scale: Scale
    years: tuple[int, int]
    names: Mapping[str, str]
    colours: Mapping[str, str]
    palette: Palette
    hover: Callable[[Point], str]
    label: Callable[[Point], str]
    computed: Sequence[Line] = ()
    breaks: Sequence[tuple[date, str]] = ()
    rivals: Mapping[str, Sequence[Observation]] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    selected: str = ""
    plot: int = 360


def progression(chart: Chart) -> go.Figure:
    """The yearly progression: one colour a place, one mark a kind of statement."""
    # Put together as plain dicts and handed over once: each change of a finished figure is checked anew, at 10 ms a chart.
    return go.Figure(data=list(_traces(chart)), layout=_layout(chart))


def _traces(chart: Chart) -> Iterator[Trace]:
    days = [day for day, _ in chart.breaks]
    for line in chart.lines:
        colour = chart.colours[line.place]
        yield from _links(chart, line, colour, days)
        yield from _rivals(chart, line, colour)
        yield from _marks(chart, line.points, colour)
        yield from _bounds(chart, line, colour)
    for line in chart.computed:
        yield from _marks(chart, line.points, chart.colours[line.place])


def used_marks(chart: Chart) -> list[str]:
    """The names of the marks that stand in a chart, for its legend."""
    names: list[str] = []
    for line in [*chart.lines, *chart.computed]:
        for point in line.points:
            names.append(_mark(chart, point))
            names += [BOUNDS[point.observation.bound]] if point.observation.bound in BOUNDS else []
    return names + (["disagree"] if _disputed(chart) else []) + (["break"] if chart.breaks else [])


def wrapped(text: str, width: int) -> str:
    """Text broken into lines of at most `width` half-width characters, at spaces where there are any."""
    lines, line, used = [], "", 0
    for piece in _pieces(text):
        wide = _width(piece)
        if used + wide > width and line:
            lines.append(line.rstrip())
            line, used = "", 0
        line, used = (line + piece).lstrip(), used + wide
    return "<br>".join([*lines, line])


def _width(text: str) -> int:
    """In half-width characters."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _pieces(text: str) -> list[str]:
    """Words of Latin script whole, Chinese characters one by one, closing marks with what they close."""
    pieces: list[str] = []
    for letter in text:
        joins = (pieces and letter in "，。、；：）”》") or (pieces and letter.isascii() and pieces[-1][-1].isascii())
        if joins and not pieces[-1].endswith(" "):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _mark(chart: Chart, point: Point) -> str:
    return mark_of(point.observation, point.role, chart.outcomes.get(point.observation.id, "open"))


def _height(chart: Chart, value: Any) -> float:
    return float(value / chart.scale.factor)


def _links(chart: Chart, line: Line, colour: str, days: Sequence[date]) -> Iterator[Trace]:
    """What joins the marks: solid between actual years, dotted to an estimate, thin dashes to a target."""
    joined = segments(line.joined, days)
    solid = [pair for pair in joined if all(p.observation.status == "actual" for p in pair)]
    actual = [p for p in line.joined if p.observation.status == "actual"]
    planned = [
        (before[-1], target)
        for target in line.targets
        if (before := [p for p in actual if p.year < target.year]) and target.day > before[-1].day
    ]
    dotted = [pair for pair in joined if pair not in solid]
    yield from _pairs(chart, solid, {"color": colour, "width": 2})
    yield from _pairs(chart, dotted, {"color": colour, "width": 1.6, "dash": "dot"})
    yield from _pairs(chart, planned, {"color": colour, "width": 0.9, "dash": "dash"})


def _pairs(chart: Chart, pairs: Sequence[tuple[Point, Point]], line: dict[str, Any]) -> Iterator[Trace]:
    if not pairs:
        return
    x: list[date | None] = []
    y: list[float | None] = []
    for a, b in pairs:
        x += [a.day, b.day, None]
        y += [_height(chart, a.value), _height(chart, b.value), None]
    yield {"type": "scatter", "x": x, "y": y, "mode": "lines", "line": line, "hoverinfo": "skip"}


def _marks(chart: Chart, points: Sequence[Point], colour: str) -> Iterator[Trace]:
    """One trace of all the marks of a place; each names its observation."""
    if not points:
        return
    names = [_mark(chart, point) for point in points]
    pale = _pale(colour, chart.palette)
    chosen = [point.observation.id == chart.selected for point in points]
    spans = _labels_that_fit(chart, points, names)
    yield {
        "type": "scatter",
        "x": [point.day for point in points],
        "y": [_height(chart, point.value) for point in points],
        "mode": "markers+text",
        "text": spans,
        "textposition": "bottom center",
        "textfont": {"size": 10, "color": chart.palette.soft},
        "customdata": [point.observation.id for point in points],
        "hovertext": [chart.hover(point) for point in points],
        "hoverinfo": "text",
        "marker": {
            "symbol": [SYMBOLS[name] for name in names],
            "size": [SIZES.get(name, 8.5) + (4 if picked else 0) for name, picked in zip(names, chosen, strict=True)],
            "color": [pale if name == "repost" else colour for name in names],
            "line": {"color": colour, "width": [1.3 if name == "target" else 1.6 for name in names]},
            "opacity": 1,
        },
        # Without this a click would grey out every other mark.
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": chart.palette.soft}},
        "cliponaxis": False,
    }


def _bounds(chart: Chart, line: Line, colour: str) -> Iterator[Trace]:
    """A caret above: at least; below: at most; a short bar: about. Kept at a fixed distance from the mark."""
    bounded = [point for point in line.points if point.observation.bound in BOUNDS]
    if not bounded:
        return
    kinds = [BOUNDS[point.observation.bound] for point in bounded]
    yield {
        "type": "scatter",
        "x": [point.day for point in bounded],
        "y": [_height(chart, point.value) for point in bounded],
        "mode": "markers",
        "hoverinfo": "skip",
        "marker": {
            "symbol": [SYMBOLS[kind] for kind in kinds],
            "size": [6.5 if kind != "about" else 8 for kind in kinds],
            "angle": [0 if kind == "below" else 180 for kind in kinds],  # turned about: standoff only moves backwards
            "standoff": [11] * len(kinds),
            "color": colour,
            "line": {"width": [1.8 if kind == "about" else 0 for kind in kinds], "color": colour},
        },
        "unselected": {"marker": {"opacity": 1}},
        "cliponaxis": False,
    }


def _rivals(chart: Chart, line: Line, colour: str) -> Iterator[Trace]:
    """Where sources disagree: a bar from the preferred figure to the others, each with its own mark."""
    pairs = _disputed(chart, line)
    yield from _pairs(chart, pairs, {"color": colour, "width": 1.4})
    yield from _marks(chart, [rival for _, rival in pairs], colour)


def _disputed(chart: Chart, *lines: Line) -> list[tuple[Point, Point]]:
    """Points of some lines, or of all, with each of their rivals. A computed point is no figure that others contradict."""
    return [
        (point, Point(point.day, rival.value, rival.rounding, rival, "aside"))
        for line in lines or chart.lines
        for point in line.points
        for rival in chart.rivals.get(point.observation.id, ())
    ]


def _labels_that_fit(chart: Chart, points: Sequence[Point], names: Sequence[str]) -> list[str]:
    """The spans of parts of a year, left out (but for the hover) where they would lie on one another."""
    first, last = chart.years
    low, high = _heights(chart)
    placed: list[tuple[float, float]] = []
    labels = []
    for point, name in zip(points, names, strict=True):
        across = _NARROW * (point.day - date(first, 1, 1)).days / (365.25 * (last - first + 1))
        up = chart.plot * (_height(chart, point.value) - low) / (high - low)
        fits = name == "part" and all(abs(across - x) > 44 or abs(up - y) > 15 for x, y in placed)
        placed += [(across, up)] if fits else []
        labels.append(chart.label(point) if fits else "")
    return labels


def _heights(chart: Chart) -> tuple[float, float]:
    """Where the vertical axis begins and ends: at nought where nothing is below it, with room for marks above."""
    points = [point for line in [*chart.lines, *chart.computed] for point in line.points]
    values = [*(point.value for point in points), *(rival.value for _, rival in _disputed(chart))]
    heights = [_height(chart, value) for value in values]
    low, high = min(heights, default=0.0), max(heights, default=1.0)
    if low >= 0 and not (chart.scale.label == "%" and low > high / 2):
        return 0.0, high * 1.1 or 1.0
    room = (high - low) * 0.1 or 1.0
    return low - room, high + room


def _end_labels(chart: Chart) -> Iterator[dict[str, Any]]:
    """Names at the lines' ends instead of a legend, the value where there is one line; pushed apart, clear of marks.

    A name for which no room is left above the axis stands to the left of its mark.
    """
    ends = [(line, (line.joined or list(line.points))[-1]) for line in chart.lines if line.points]
    ends.sort(key=lambda end: -end[1].value)
    low, high = _heights(chart)
    step = (high - low) * 22 / chart.plot
    shown: list[float] = []
    for line, point in ends:
        wanted = _height(chart, point.value)
        later = not _ends_last(line)
        text = wrapped(chart.names[line.place] if len(chart.lines) > 1 else chart.label(point), 18)
        height = wanted + (step if later else _way_out(chart, point, text, step))
        if shown and shown[-1] - height < step:
            height = shown[-1] - step
        below = height < low
        shown += [] if below else [height]
        yield {
            "x": point.day,
            "y": wanted if below else height,
            "text": text,
            "xanchor": "right" if later or below else "left",
            "xshift": -12 if below else 16 if later else 12,
            "showarrow": False,
            "align": "left",
            "font": {"size": 12.5, "color": chart.colours[line.place]},
        }


def _way_out(chart: Chart, end: Point, text: str, step: float) -> float:
    """How far a name to the right of its mark is moved up or down, so that no mark lies under it; nought where none does."""
    wide = 7 * max(map(_width, text.split("<br>")))
    until = end.day + _days(chart, 12 + wide)
    marks = [_height(chart, p.value) for line in chart.lines for p in line.points if end.day < p.day <= until]
    here = _height(chart, end.value)
    return next((way for way in (0, step, -step) if all(abs(here + way - mark) > 0.7 * step for mark in marks)), 0)


def _days(chart: Chart, pixels: float) -> timedelta:
    """How much time so many pixels of the axis stand for; a small plot is narrow, too."""
    first, last = chart.years
    return timedelta(days=365.25 * (last - first + 1) * pixels / (_NARROW if chart.plot > 300 else _NARROW / 2))


def _note(note: str) -> str:
    return wrapped(note, 36)


def _break_lines(chart: Chart) -> list[dict[str, Any]]:
    line = {"color": chart.palette.soft, "width": 0.8}
    return [
        {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "y domain", "line": line}
        for day, _ in chart.breaks
    ]


def _break_notes(chart: Chart) -> Iterator[dict[str, Any]]:
    for day, note in chart.breaks:
        yield {
            "x": day, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "left", "text": _note(note),
            "showarrow": False, "align": "left", "font": {"size": 10.5, "color": chart.palette.soft},
        }  # fmt: skip


def _layout(chart: Chart) -> dict[str, Any]:
    """Ink on paper: few lines, the title above, unit and place below it, sources and version at the foot."""
    palette = chart.palette
    title, subtitle = wrapped(chart.title, _TITLE_WIDTH), wrapped(chart.subtitle, _SUBTITLE_WIDTH)
    foot = wrapped(chart.foot, _FOOT_WIDTH)
    head = (
        26 * (title.count("<br>") + 1)
        + 20 * (subtitle.count("<br>") + 1)
        + (18 + 15 * max((_note(note).count("<br>") + 1 for _, note in chart.breaks), default=0))
    )
    feet = 40 + 15 * (foot.count("<br>") + 1)
    low, high = _heights(chart)
    left = 14 + 8 * max(len(f"{value:,.0f}") for value in (low, high))
    source = {
        "text": foot, "x": 0, "xref": "paper", "xanchor": "left", "xshift": -left, "y": 0, "yref": "paper",
        "yanchor": "top", "yshift": -32, "showarrow": False, "align": "left",
        "font": {"size": 11, "color": palette.soft},
    }  # fmt: skip
    return {
        "height": chart.plot + head + feet,
        "margin": {"l": left, "r": _right(chart), "t": head, "b": feet},
        "title": {
            "text": f"<b>{title}</b>",
            "font": {"family": _SERIF, "size": 20, "color": palette.ink},
            "subtitle": {"text": subtitle, "font": {"family": FONT, "size": 13, "color": palette.soft}},
            "x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top",
            "pad": {"t": 4 + 25 * title.count("<br>")},
        },
        "paper_bgcolor": palette.paper,
        "plot_bgcolor": palette.paper,
        "font": {"family": FONT, "size": 12.5, "color": palette.ink},
        "hoverlabel": {
            "bgcolor": palette.card, "bordercolor": palette.rule, "align": "left",
            "font": {"color": palette.ink, "family": FONT, "size": 13},
        },
        "hovermode": "closest",
        "clickmode": "event+select",
        "dragmode": False,
        "showlegend": False,
        "shapes": _break_lines(chart),
        "annotations": [*_end_labels(chart), *_break_notes(chart), source],
        "xaxis": _time_axis(chart),
        "yaxis": {
            "range": [low, high],
            "gridcolor": palette.rule,
            "zeroline": True,
            "zerolinecolor": palette.soft,
            "zerolinewidth": 1,
            "nticks": 7,
            "fixedrange": True,
            "tickfont": {"color": palette.soft},
            "separatethousands": True,
        },
    }  # fmt: skip


def _right(chart: Chart) -> int:
    """Room to the right: for the names of lines that end there."""
    ending = [line for line in chart.lines if line.points and _ends_last(line)]
    return 100 if ending else 28


def _ends_last(line: Line) -> bool:
    """Whether nothing of a line stands to the right of the end of its yearly line, so that its label may."""
    end = (line.joined or list(line.points))[-1]
    return not any(point.day > end.day for point in line.points)


def _time_axis(chart: Chart) -> dict[str, Any]:
    """Years as intervals: the label stands in the middle, a tick at each border."""
    first, last = chart.years
    return {
        "range": [date(first, 1, 1) - timedelta(days=20), date(last, 12, 31) + timedelta(days=20)],
        "dtick": f"M{12 * _step(last - first, chart.plot)}",
        "tick0": date(first, 1, 1),
        "ticklabelmode": "period",
        "tickformat": "%Y",
        "tickangle": 0,
        "tickfont": {"size": 11.5},
        "showgrid": False,
        "linecolor": chart.palette.soft,
        "ticks": "outside",
        "tickcolor": chart.palette.rule,
        "minor": {"dtick": "M12", "tick0": date(first, 1, 1), "ticks": "outside", "tickcolor": chart.palette.rule},
        "fixedrange": True,
    }


def _step(years: int, plot: int) -> int:
    """Every how many years the axis is labelled, so that it fits a telephone; a small plot is narrow, too."""
    return 1 if years < (9 if plot > 300 else 6) else 2


def _pale(colour: str, palette: Palette) -> str:
    """A colour thinned with the paper, opaque so that lines do not show through."""
    mixed = [
        round(0.35 * int(colour[at : at + 2], 16) + 0.65 * int(palette.paper[at : at + 2], 16)) for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in mixed)

"""What a chart draws: which marks, which are joined, what is computed; and that no colour is needed to tell them apart."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from dashboard import builds, charts, marks, palette, queries, series, spoken
from dashboard.charts import Chart
from dashboard.model import Choice, Observation
from dashboard.palette import DARK, LIGHT, Palette
from dashboard.series import Line, Point
from tests import tiny

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Observation]]:
    """The observations of the tiny database by id."""
    folder = tiny.make(tmp_path_factory.mktemp("charts"))
    build = builds.open_build(str(next((folder / "builds").iterdir())))
    told = queries.chosen(build, Choice(), 0, 99)
    yield {o.id: o for o in sorted(told, key=lambda o: (o.period_end, o.period_start, o.id))}
    st.cache_data.clear()
    st.cache_resource.clear()


def of(figures: dict[str, Observation], indicator: str) -> list[Observation]:
    return [o for o in figures.values() if o.indicator == indicator and not o.scope]


def line_of(figures: dict[str, Observation], indicator: str, place: str = "suzhou", show: str = "level") -> Line:
    return next(line for line in series.lines_of(of(figures, indicator), show) if line.place == place)


def chart_of(lines: list[Line], **changed: Any) -> Chart:
    plain: dict[str, Any] = {
        "title": "规上工业总产值", "subtitle": "万亿元 · 苏州市", "foot": "来源：统计局。数据版本 1.1.0", "lines": lines,
        "scale": spoken.Scale(Decimal("1e12"), "万亿元"), "years": (2019, 2026), "names": {"suzhou": "苏州市", "sip": "园区"},
        "colours": palette.of_places(["suzhou", "sip"], LIGHT), "palette": LIGHT, "hover": lambda point: point.observation.id,
        "label": lambda point: "label",
    }  # fmt: skip
    return Chart(**(plain | changed))


# ------------------------------------------------------------------------------------------------ what is drawn, and how
@pytest.mark.parametrize(
    ("identity", "came_of", "mark"),
    [
        ("o24", "open", "actual"),
        ("o21", "open", "curated"),
        ("o22", "open", "repost"),
        ("p25", "open", "estimate"),
        ("o25", "open", "curated_estimate"),
        ("o25h", "open", "part"),
        ("f25", "open", "count"),
        ("o26", "open", "target"),
        ("o22t", "met", "met"),
        ("o23t", "missed", "missed"),
    ],
)
def test_each_kind_of_statement_has_its_mark(
    figures: dict[str, Observation], identity: str, came_of: str, mark: str
) -> None:
    o = figures[identity]
    assert marks.mark_of(o, o.role or "aside", came_of) == mark


def test_no_two_marks_look_alike_without_colour() -> None:
    looks = {name: marks.picture(name, "#000000") for name in marks.SYMBOLS if name != "aside"}
    assert len(set(looks.values())) == len(looks)


@pytest.mark.parametrize(
    ("identity", "day"),
    [
        ("o24", date(2024, 7, 1)),  # a total: the middle of its year
        ("o25h", date(2025, 4, 1)),
        ("f24", date(2024, 12, 31)),  # a count: its date
        ("m24", date(2024, 12, 31)),  # a count given for a year: the year's end
        ("f25n", date(2025, 7, 2)),  # what was added within a year: its middle
        ("o26", date(2026, 7, 2)),
    ],
)
def test_a_mark_stands_where_its_period_says(figures: dict[str, Observation], identity: str, day: date) -> None:
    assert series.drawn_at(figures[identity]) == day


def test_the_line_joins_neighbouring_years_and_leaves_gaps(figures: dict[str, Observation]) -> None:
    joined = series.segments(line_of(figures, "output").joined, [])
    assert [(a.observation.id, b.observation.id) for a, b in joined] == [
        ("o21", "o22"), ("o22", "o23"), ("o23", "o24"), ("o24", "o25"),
    ]  # fmt: skip


def test_a_changed_definition_cuts_the_line_and_forbids_growth(figures: dict[str, Observation]) -> None:
    line = line_of(figures, "plants")
    assert [p.observation.id for p in line.joined] == ["f24", "f25e"]
    assert len(series.segments(line.joined, [])) == 1
    assert series.segments(line.joined, [date(2025, 6, 30)]) == []
    assert len(series.growth(line)) == 1
    assert series.growth(line, [date(2025, 6, 30)]) == ()
    assert len(series.changes(line)) == 1
    assert series.changes(line, [date(2025, 6, 30)]) == ()
    assert [p.observation.id for p in series.index(line, [date(2025, 6, 30)])] == ["f25e"], "it begins anew"


def test_figures_of_two_definitions_are_two_lines(figures: dict[str, Observation]) -> None:
    lines = series.lines_of((o for o in figures.values() if o.indicator == "output"), "level")
    wide = next(line for line in lines if line.key == ("suzhou", "", "wide"))
    assert [p.observation.id for p in wide.points] == ["w24"]
    assert all({p.observation.scope for p in line.points} == {line.key[2]} for line in lines)


def test_growth_is_computed_from_exact_actual_figures_alone(figures: dict[str, Observation]) -> None:
    grown = series.growth(line_of(figures, "output"))
    assert {p.observation.id: round(p.value, 2) for p in grown} == {
        "o22": Decimal("5.57"), "o23": Decimal("1.61"), "o24": Decimal("5.64"),
    }  # fmt: skip
    assert all(p.role == "computed" and p.before for p in grown)


def test_few_digits_give_growth_with_few(figures: dict[str, Observation]) -> None:
    [exact, coarse] = [
        series.growth_of(_with(figures["o23"], value), _with(figures["o24"], after))[1]
        for value, after in (("4430000000000", "4680000000000"), ("1000000000000", "1100000000000"))
    ]
    assert (exact, coarse) == (Decimal("0.5"), Decimal("0.5"))
    fine = series.growth_of(_with(figures["o23"], "650940000000"), _with(figures["o24"], "685020000000"))[1]
    assert fine == Decimal("0.05")


def _with(o: Observation, value: str) -> Observation:
    from dataclasses import replace

    return replace(o, value=Decimal(value), rounding=tiny._rounding(Decimal(value)))


def test_a_share_is_of_the_same_period_and_of_exact_figures(figures: dict[str, Observation]) -> None:
    whole = line_of(figures, "output")
    of_24 = replace(figures["o24"], id="p", place="sip", value=Decimal(468_000_000_000), rounding=Decimal(50_000_000))
    other = replace(figures["o23"], id="q", place="sip", value=Decimal(400_000_000_000), bound=">")
    part = Line(("sip", "", ""), tuple(Point(o.period_end, o.value, o.rounding, o, "line") for o in (other, of_24)))
    [point] = series.shares(part, whole)
    assert point.value == 10
    assert (point.before, point.observation.id) == (figures["o24"], "p")
    assert series.shares(part, Line(whole.key, ())) == ()


def test_the_index_can_begin_in_another_year(figures: dict[str, Observation]) -> None:
    line = line_of(figures, "output")
    assert [p.year for p in series.index(line, (), 2022) if p.value == 100] == [2022]
    assert series.index(line, (), 2018) == ()


def test_the_index_begins_at_a_hundred_and_knows_no_bounds(figures: dict[str, Observation]) -> None:
    indexed = series.index(line_of(figures, "output"))
    assert indexed[0].value == 100
    assert [p.observation.id for p in indexed] == ["o21", "o22", "o23", "o24"]


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("output", ["level", "change", "growth", "index", "share"]),
        ("plants", ["level", "new", "change", "growth", "index"]),
        ("models", ["level"]),
    ],
)
def test_only_what_has_figures_can_be_shown(
    figures: dict[str, Observation], indicator: str, expected: list[str]
) -> None:
    assert series.shows(of(figures, indicator)) == expected


# -------------------------------------------------------------------------------------------------------- the picture
def traces(chart: Chart, mode: str) -> list[Any]:
    return [trace for trace in charts.progression(chart).data if trace.mode == mode]


def test_every_mark_names_its_observation(figures: dict[str, Observation]) -> None:
    line = line_of(figures, "output")
    [drawn] = traces(chart_of([line]), "markers+text")
    assert list(drawn.customdata) == [p.observation.id for p in line.points]


def test_links_are_solid_dotted_and_dashed_by_what_they_join(figures: dict[str, Observation]) -> None:
    dashes = {
        trace.line.dash: len([x for x in trace.x if x]) // 2
        for trace in traces(chart_of([line_of(figures, "output")]), "lines")
    }
    assert dashes == {None: 3, "dot": 1, "dash": 3}


def test_bounds_are_carets_kept_off_the_mark(figures: dict[str, Observation]) -> None:
    [carets] = traces(chart_of([line_of(figures, "output")]), "markers")
    drawn = dict(zip(carets.x, zip(carets.marker.symbol, carets.marker.angle, strict=True), strict=True))
    assert drawn[date(2019, 7, 2)] == ("line-ew-open", -180)  # about
    assert drawn[date(2026, 7, 2)] == ("triangle-down", -180)  # at least: turned to point up
    assert set(carets.marker.standoff) == {11}


def test_a_computed_growth_is_not_drawn_at_the_height_of_levels_that_disagree(figures: dict[str, Observation]) -> None:
    levels = line_of(figures, "output")
    growth = replace(levels, points=tuple(replace(point, value=Decimal("5.6")) for point in levels.points))
    scale = spoken.Scale(Decimal(1), "%")
    chart = chart_of([], computed=[growth], scale=scale, rivals={"o21": [figures["o21b"]]})
    assert charts.progression(chart).layout.yaxis.range[1] < 10
    assert "disagree" not in charts.used_marks(chart)


def test_rivals_stand_beside_the_preferred_figure(figures: dict[str, Observation]) -> None:
    chart = chart_of([line_of(figures, "output")], rivals={"o21": [figures["o21b"]]})
    assert next(list(trace.customdata) for trace in traces(chart, "markers+text")) == ["o21b"]
    assert "disagree" in charts.used_marks(chart)


def test_parts_of_a_year_bear_their_span_and_nothing_joins_them(figures: dict[str, Observation]) -> None:
    line = line_of(figures, "output")
    [drawn] = traces(chart_of([line]), "markers+text")
    spans = dict(zip(drawn.customdata, drawn.text, strict=True))
    assert {identity for identity, span in spans.items() if span} == {"o25h"}
    assert all(date(2025, 4, 1) not in trace.x for trace in traces(chart_of([line]), "lines"))


def test_a_copied_picture_carries_title_unit_sources_and_version(figures: dict[str, Observation]) -> None:
    figure = charts.progression(chart_of([line_of(figures, "output")]))
    assert "规上工业总产值" in figure.layout.title.text
    assert "万亿元" in figure.layout.title.subtitle.text
    assert any("数据版本 1.1.0" in note.text.replace("<br>", "") for note in figure.layout.annotations)


def test_an_axis_of_levels_begins_at_nought(figures: dict[str, Observation]) -> None:
    low, high = charts.progression(chart_of([line_of(figures, "output")])).layout.yaxis.range
    assert low == 0
    assert high > 5


def label_of(chart: Chart, name: str) -> dict[str, Any]:
    said = charts.progression(chart).to_dict()["layout"]["annotations"]
    return next(note for note in said if note["text"] == name)


@pytest.mark.parametrize(
    ("other", "moved"),
    [("1.00e12", 1), ("1.05e12", 1), ("1.1e12", -1), ("2e12", 0), ("0.3e12", 0)],
    ids=["level", "a little above", "above", "far above", "far below"],
)
def test_a_name_lies_on_no_mark_of_another_line(figures: dict[str, Observation], other: str, moved: int) -> None:
    """The line of the park ends with 2021; the city's mark of the spring after would lie under its name."""
    o = line_of(figures, "output").joined[0].observation

    def line(place: str, *points: tuple[date, str]) -> Line:
        return Line((place, "", ""), tuple(Point(day, Decimal(v), Decimal(0), o, "line") for day, v in points))

    park = line("sip", (date(2020, 12, 31), "0.9e12"), (date(2021, 12, 31), "1e12"))
    lines = [park, line("suzhou", (date(2022, 4, 1), other), (date(2025, 12, 31), "3e12"))]
    height = label_of(chart_of(lines), "园区")["y"]
    assert (height > 1.01) - (height < 0.99) == moved


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("规上工业总产值", 40, "规上工业总产值"),
        ("规上工业总产值", 8, "规上工业<br>总产值"),
        ("value of all goods", 8, "value<br>of all<br>goods"),
        ("来源：统计局。", 12, "来源：统计<br>局。"),
    ],
)
def test_long_words_are_broken_where_they_may(text: str, width: int, expected: str) -> None:
    assert charts.wrapped(text, width) == expected


# ------------------------------------------------------------------------------------------------------------- colours
def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@THEMES
def test_marks_and_words_stand_out(theme: Palette) -> None:
    assert min(contrast(pigment, paper) for pigment in theme.pigments for paper in (theme.paper, theme.card)) >= 3
    for paper in (theme.paper, theme.card, theme.wash):
        assert min(contrast(word, paper) for word in (theme.ink, theme.soft, theme.accent)) >= 4.5
    assert contrast(theme.ink, theme.focus) >= 4.5
    assert min(map(contrast, theme.heat, theme.on_heat)) >= 4.5


# Viénot, Brettel and Mollon (1999): linear RGB as seen without the long-wave or the middle-wave cones.
BLIND = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def seen(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """A colour as L*a*b*, after a colour blindness."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = (max(0.0, sum(m * part for m, part in zip(row, linear, strict=True))) for row in matrix)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@THEMES
@pytest.mark.parametrize("blindness", BLIND)
def test_the_first_pigments_differ_under_colour_blindness(theme: Palette, blindness: str) -> None:
    colours = [seen(pigment, BLIND[blindness]) for pigment in theme.pigments[:4]]
    assert min(math.dist(one, other) for one, other in combinations(colours, 2)) >= 10


@THEMES
def test_the_heat_map_is_one_hue_from_light_to_dark(theme: Palette) -> None:
    steps = [luminance(colour) for colour in theme.heat]
    assert steps == sorted(steps, reverse=theme is LIGHT)
    hues = [colorsys.rgb_to_hls(*(int(c[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0] for c in theme.heat]
    assert max(hues) - min(hues) < 0.06


def test_a_place_keeps_its_pigment_whatever_stands_beside_it() -> None:
    alone, crowd = palette.of_places(["sip"], LIGHT), palette.of_places(["kunshan", "changshu", "sip"], LIGHT)
    assert alone["sip"] == crowd["sip"] == "#B5332A"
    assert len(set(crowd.values())) == 3


def test_sparklines_leave_gaps_and_need_two_figures() -> None:
    assert marks.sparkline([(2024, 1.0)], LIGHT, "#000000") == ""
    whole, gap = ([(2020, 1.0), (2021, 2.0), (2022, 3.0)], [(2020, 1.0), (2022, 3.0)])
    assert [_svg(marks.sparkline(values, LIGHT, "#1F5582")).count("L") for values in (whole, gap)] == [2, 0]


def _svg(picture: str) -> str:
    from base64 import b64decode

    path = b64decode(picture.split("base64,")[1].split('"', maxsplit=1)[0]).decode()
    return path.split('<path d="')[2].split('"')[0]


def test_a_point_of_this_year_is_of_this_year(figures: dict[str, Observation]) -> None:
    o = figures["o24"]
    assert Point(date(2024, 7, 1), o.value, o.rounding, o, "line").year == 2024


def test_pages_draw_with_graph_objects_alone() -> None:
    folder = Path(__file__).parent.parent / "dashboard"
    assert not [path.name for path in folder.rglob("*.py") if "plotly.express" in path.read_text(encoding="utf-8")]

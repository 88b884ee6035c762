"""Owns the marks: shape says where a figure comes from, fill says what kind of statement it is; colour says neither.

In: an observation and the part it plays. Out: the name of its mark, the Plotly symbol, and the same mark as a small
picture for tables and legends.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

from dashboard.model import Observation
from dashboard.palette import Palette

#: Every mark in the order of the legend: name -> Plotly symbol. The wording has `mark_<name>` for each.
SYMBOLS = {
    "actual": "circle",
    "count": "circle",
    "curated": "square",
    "repost": "square",
    "estimate": "circle-open",
    "curated_estimate": "square-open",
    "part": "triangle-up-open",
    "target": "diamond-open",
    "met": "diamond",
    "missed": "diamond-x-open",
    "computed": "cross-thin-open",
    "above": "triangle-down",
    "below": "triangle-down",
    "about": "line-ew-open",
    "disagree": "line-ns-open",
    "aside": "circle-open",
    "break": "line-ns-open",
}
SIZES = {"count": 5.5, "part": 9.0, "target": 10.5, "met": 11.0, "missed": 10.5, "computed": 9.0, "aside": 6.0}
BOUNDS = {">": "above", "<": "below", "~": "about"}

_PATHS = {
    "circle": '<circle cx="9" cy="9" r="4.6" fill="{c}" stroke="{c}" stroke-width="1.4"/>',
    "small": '<circle cx="9" cy="9" r="2.7" fill="{c}"/>',
    "circle-open": '<circle cx="9" cy="9" r="4.4" fill="none" stroke="{c}" stroke-width="1.7"/>',
    "square": '<rect x="4.8" y="4.8" width="8.4" height="8.4" fill="{c}" stroke="{c}" stroke-width="1.2"/>',
    "pale": '<rect x="4.8" y="4.8" width="8.4" height="8.4" fill="{c}" fill-opacity=".3" stroke="{c}" stroke-width="1.4"/>',
    "square-open": '<rect x="4.8" y="4.8" width="8.4" height="8.4" fill="none" stroke="{c}" stroke-width="1.7"/>',
    "triangle-up-open": '<path d="M9 4 L14 13.4 L4 13.4 Z" fill="none" stroke="{c}" stroke-width="1.5"/>',
    "diamond-open": '<path d="M9 3 L15 9 L9 15 L3 9 Z" fill="none" stroke="{c}" stroke-width="1.5"/>',
    "diamond": '<path d="M9 3 L15 9 L9 15 L3 9 Z" fill="{c}"/>',
    "diamond-x-open": '<path d="M9 3 L15 9 L9 15 L3 9 Z M6 6 L12 12 M12 6 L6 12" fill="none" stroke="{c}" stroke-width="1.3"/>',
    "cross-thin-open": '<path d="M9 4 V14 M4 9 H14" stroke="{c}" stroke-width="1.7"/>',
    "above": '<circle cx="9" cy="12" r="3.6" fill="{c}"/><path d="M9 2 L12 6.4 L6 6.4 Z" fill="{c}"/>',
    "below": '<circle cx="9" cy="6" r="3.6" fill="{c}"/><path d="M9 16 L12 11.6 L6 11.6 Z" fill="{c}"/>',
    "about": '<circle cx="9" cy="11.5" r="3.6" fill="{c}"/><path d="M4.5 4.2 H13.5" stroke="{c}" stroke-width="1.7"/>',
    "disagree": '<path d="M9 4 V14" stroke="{c}" stroke-width="1.5"/><circle cx="9" cy="4" r="2.7" fill="{c}"/>'
    '<circle cx="9" cy="14" r="2.4" fill="none" stroke="{c}" stroke-width="1.3"/>',
    "break": '<path d="M9 1 V17" stroke="{c}" stroke-width="1"/>',
}
_PICTURES = SYMBOLS | {"count": "small", "repost": "pale", "aside": "circle-open"}
_PICTURES |= {name: name for name in ("above", "below", "about", "disagree", "break")}


def mark_of(observation: Observation, role: str, came_of: str = "open") -> str:
    """The mark of a figure in its part (`line`, `count`, `part`, `assumed`, `target`, `aside`, `computed`)."""
    curated = observation.origin == "curated"
    if role == "computed":
        return "computed"
    if observation.status == "target":
        return came_of if came_of in ("met", "missed") else "target"
    if role in {"part", "assumed"}:
        return "part"
    if observation.status == "estimate":
        return "curated_estimate" if curated else "estimate"
    if curated:
        return "repost" if observation.seen == "repost" else "curated"
    return "count" if role == "count" else "actual"


def in_order(names: Iterable[str]) -> list[str]:
    """Marks without repetition, in the order of the legend."""
    wanted = set(names)
    return [name for name in SYMBOLS if name in wanted]


def picture(name: str, colour: str) -> str:
    """The mark as an <img>: inline SVG would be taken out of the page as unsafe."""
    drawing = _PATHS[_PICTURES[name]].format(c=colour)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18" width="18" height="18">{drawing}</svg>'
    return f'<img class="mark" alt="" width="18" height="18" src="{encoded(svg)}">'


def encoded(svg: str) -> str:
    """An SVG as a data address."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def sparkline(values: list[tuple[int, float]], palette: Palette, colour: str) -> str:
    """A yearly line in miniature as an <img>; years that are missing stay gaps. Empty below two figures."""
    if len(values) < 2:
        return ""
    years, heights = [year for year, _ in values], [height for _, height in values]
    wide, low, tall = max(years) - min(years), min(heights), (max(heights) - min(heights)) or 1
    spots = [(4 + 112 * (y - min(years)) / wide, 30 - 24 * (h - low) / tall, y) for y, h in values]
    path = "".join(
        f"{'L' if number and year - spots[number - 1][2] == 1 else 'M'}{x:.1f} {y:.1f}"
        for number, (x, y, year) in enumerate(spots)
    )
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.7" fill="{colour}"/>' for x, y, _ in spots[:-1])
    x, y, _ = spots[-1]
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 36" width="120" height="36">'
        f'<path d="M4 34.5 H116" stroke="{palette.rule}" stroke-width="1"/>'
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6" stroke-linejoin="round"/>{dots}'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/></svg>'
    )
    return f'<img class="spark" alt="" width="120" height="36" src="{encoded(svg)}">'


def bullet(part: float, palette: Palette, colour: str) -> str:
    """A plan and its outcome in miniature as an <img>: a bar as long as the part that was reached, a tick at the plan.

    `part` is outcome / plan; the picture ends at one and a quarter.
    """
    width, plan = 150, 120
    reached = max(0.0, min(part, width / plan)) * plan
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 14" width="{width}" height="14">'
        f'<path d="M0 7 H{width}" stroke="{palette.rule}" stroke-width="6"/>'
        f'<path d="M0 7 H{reached:.1f}" stroke="{colour}" stroke-width="6"/>'
        f'<path d="M{plan} 0 V14" stroke="{palette.ink}" stroke-width="2"/></svg>'
    )
    return f'<img class="bullet" alt="" width="{width}" height="14" src="{encoded(svg)}">'

"""Owns the colours: paper, ink and pigments for both themes, and which place wears which.

In: whether the theme is dark, and place ids. Out: a `Palette`, and the CSS variables made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Palette:
    """Colours of one theme. `pigments` in order of use; `heat` from one figure to many."""

    paper: str
    card: str
    ink: str
    soft: str  # secondary words, still 4.5:1 on paper
    rule: str
    accent: str
    wash: str  # an observation in an article
    focus: str  # the figure one came for
    pigments: tuple[str, ...]
    heat: tuple[str, ...]
    on_heat: tuple[str, ...]


LIGHT = Palette(
    paper="#FBFAF7",
    card="#FFFFFF",
    ink="#1F2933",
    soft="#59636D",
    rule="#D9D6CE",
    accent="#1F5582",
    wash="#DDE8F1",
    focus="#F5DFA6",
    pigments=("#1F5582", "#B5332A", "#2F7F6B", "#B97D00", "#7B62A8", "#7A6A4F"),
    heat=("#E4ECF2", "#BCD0DF", "#8AABC5", "#44749A", "#1F5582"),
    on_heat=("#1F2933", "#1F2933", "#1F2933", "#FFFFFF", "#FFFFFF"),
)
DARK = Palette(
    paper="#14181B",
    card="#1A1F23",
    ink="#E8E6E1",
    soft="#A3ABB2",
    rule="#2E353A",
    accent="#7FB2DB",
    wash="#22384A",
    focus="#5A4710",
    pigments=("#7FB2DB", "#E8796B", "#5FBFA5", "#E0AE45", "#B8A2E3", "#BBA688"),
    heat=("#1D2C37", "#274559", "#366480", "#548DB3", "#7FB2DB"),
    on_heat=("#E8E6E1", "#E8E6E1", "#FFFFFF", "#0E1114", "#0E1114"),
)

_FIXED = ("suzhou", "sip", "kunshan", "snd", "wuzhong")  # a place keeps its pigment on every page


def of_theme(*, dark: bool) -> Palette:
    """The palette of a theme."""
    return DARK if dark else LIGHT


def of_places(places: Sequence[str], palette: Palette) -> dict[str, str]:
    """A pigment for each place: the fixed ones keep theirs, the others take what is left, in order of choice."""
    worn = {place: palette.pigments[_FIXED.index(place)] for place in places if place in _FIXED}
    free = [pigment for pigment in palette.pigments if pigment not in worn.values()] or list(palette.pigments)
    others = [place for place in places if place not in worn]
    return worn | {place: free[number % len(free)] for number, place in enumerate(others)}


def variables(palette: Palette) -> str:
    """The palette as CSS custom properties."""
    plain = [f"--{item.name}:{getattr(palette, item.name)}" for item in fields(palette) if item.type == "str"]
    heat = [f"--heat-{step}:{colour}" for step, colour in enumerate(palette.heat)]
    on_heat = [f"--on_heat-{step}:{colour}" for step, colour in enumerate(palette.on_heat)]
    return ";".join(plain + heat + on_heat)

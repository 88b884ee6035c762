"""The first page: what an analyst wants in ten seconds, then every indicator by category with its years.

In: a visit. Out: headline cards, what the last refresh brought, and the catalogue as a heat map; every part leads on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import streamlit as st

from dashboard import controls, fragments, marks, palette, queries, series, spoken
from dashboard.fragments import Visit
from dashboard.model import Indicator, Observation

HOME = "suzhou"
_HEAT = (1, 2, 4, 8, 16)  # from how many figures on a cell takes the next shade


@dataclass(frozen=True)
class Latest:
    """What is shown of one indicator: its last figure, the yearly line behind it, growth stated for the same period."""

    last: Observation
    line: tuple[Observation, ...]
    stated: Observation | None


def show(visit: Visit) -> None:
    """Head, cards, news, catalogue."""
    _head(visit)
    latest = queries.latest(visit.build)
    place = _choose_place(visit, {place for (_, place), told in latest.items() if _levels(told)})
    found = latest_by_indicator(visit, place, latest)
    _cards(visit, found)
    _news(visit)
    _catalogue(visit, found)


def latest_by_indicator(
    visit: Visit, place: str, latest: Mapping[tuple[str, str], Sequence[Observation]]
) -> dict[str, Latest]:
    """For each indicator the chosen place, or the first place of the catalogue that has figures."""
    found = {}
    order = [place, *visit.places]
    for indicator in visit.catalogue:
        having = [p for p in order if _levels(latest.get((indicator, p), ()))]
        if having:
            found[indicator] = _latest(latest[indicator, having[0]])
    return found


def change(visit: Visit, latest: Latest) -> tuple[str, str]:
    """Change on the year before, stated where a source states it, else computed; else why there is none."""
    if latest.stated and latest.stated.bound == "=":
        return fragments.figure(visit, latest.stated), visit.words("stated")
    breaks = [item.day for item in queries.breaks(visit.build).get(latest.last.indicator, [])]
    grown = series.growth(series.Line(("", "", ""), tuple(map(_as_point, latest.line))), breaks)
    if grown and grown[-1].observation.id == latest.last.id:
        decimals = spoken.decimals_of(grown[-1].value, grown[-1].rounding)
        return spoken.signed(grown[-1].value, decimals, visit.language), visit.words("computed")
    return "", visit.words("bounded" if latest.last.bound != "=" else "no_year_before")


def _levels(told: Sequence[Observation]) -> list[Observation]:
    return [o for o in told if o.measure == "value"]


def _latest(observations: Sequence[Observation]) -> Latest:
    """The newest yearly figure, of the usual definition where two are as new; else whatever is newest."""
    values = _levels(observations)
    lines = [o for o in values if o.role == "line"] or values
    last = max(lines, key=lambda o: (o.year, not o.scope, o.period_end))
    line = tuple(o for o in values if o.role == "line" and o.scope == last.scope)
    stated = [o for o in observations if o.measure == "yoy" and (o.period, o.scope) == (last.period, last.scope)]
    return Latest(last, line, stated[-1] if stated else None)


def _as_point(o: Observation) -> series.Point:
    return series.Point(series.drawn_at(o), o.value, o.rounding, o, o.role or "aside")


def _head(visit: Visit) -> None:
    words, totals = visit.words, queries.totals(visit.build)
    made = queries.made(visit.build)
    newest = spoken.day(totals["newest"], "day", visit.language) or "—"
    facts = words("head_facts", **{**totals, "newest": newest}, when=spoken.moment(made.made_at, visit.language))
    st.html(
        f'<div class="hero"><h1>{escape(words("hero"))}</h1><p class="lead">{escape(words("hero_lead"))}</p>'
        f'<p class="facts">{escape(facts)}</p></div>'
    )


def _choose_place(visit: Visit, covered: set[str]) -> str:
    """The place of the cards: one of those with most to show."""
    names = visit.places
    options = [place for place in names if place in covered] or [HOME]
    options.sort(key=lambda place: place != HOME)
    carried = visit.address.get("place").split(",")[0]
    if carried and carried not in names:
        visit.address.faults.append(("place", carried))
    st.html(f'<h2 class="section">{escape(visit.words("headlines"))}</h2>')
    key = visit.address.key("place", lambda: carried if carried in options else options[0])
    chosen = st.pills(
        visit.words("place"), options, key=key, format_func=visit.place, required=True, label_visibility="collapsed"
    )
    place = chosen or options[0]
    visit.address.put("place", place if place != options[0] else "")
    return str(place)


def _cards(visit: Visit, found: dict[str, Latest]) -> None:
    headlines = [item for item in visit.catalogue.values() if item.headline and item.indicator in found]
    st.html(f'<div class="cards">{"".join(_card(visit, item, found[item.indicator]) for item in headlines)}</div>')


def _card(visit: Visit, item: Indicator, latest: Latest) -> str:
    o = latest.last
    colour = palette.of_places([o.place], visit.palette)[o.place]
    line = marks.sparkline([(p.year, float(p.value)) for p in latest.line], visit.palette, colour)
    grown, how = change(visit, latest)
    changed = f'<span class="change">{escape(grown)} <small>{escape(how)}</small></span>'
    return fragments.link(
        visit.address.to(
            "indicator", indicator=item.indicator, place=o.place if o.place != HOME else "", scope=o.scope
        ),
        f'<span class="name">{escape(item.short(visit.language))}</span>'
        f'<span class="value"><small>{escape(fragments.bare_bound(visit, o))}</small>{_number(visit, o)}</span>'
        f'<span class="when">{_when(visit, o)}</span>'
        f'<span class="below">{changed}{line}</span>',
        kind="card",
    )


def _number(visit: Visit, o: Observation) -> str:
    """The figure large, its unit small."""
    said = fragments.bare_figure(visit, o)
    if o.unit.code == "percent":
        return escape(said)
    parts = said.split(" ")
    if visit.language == "en" and parts[0] == "CNY":
        return f"<small>CNY </small>{escape(parts[1])}<small> {escape(' '.join(parts[2:]))}</small>"
    return f"{escape(parts[0])}<small> {escape(' '.join(parts[1:]))}</small>"


def _when(visit: Visit, o: Observation) -> str:
    """Place, period, and what else one must know: another definition, an estimate."""
    said = [visit.place(o.place), fragments.period(visit, o), fragments.scope(visit, o)]
    said += [visit.words("status_estimate")] if o.status == "estimate" else []
    return escape(" · ".join(filter(None, said)))


def _news(visit: Visit) -> None:
    """What the last refresh brought: counts, and some of the figures by name."""
    words, made = visit.words, queries.made(visit.build)
    counts = words("news_counts", added=made.added, revised=made.revised, withdrawn=made.withdrawn)
    items = "".join(
        f"<li><small>{escape(words('change_' + kind))}</small> "
        + fragments.link(
            fragments.to_indicator(visit, o),
            f"{escape(visit.indicator(o.indicator))} <b>{escape(fragments.figure(visit, o))}</b>",
        )
        + f" <small>{_when(visit, o)}</small></li>"
        for kind, o in queries.changes(visit.build, 6)
    )
    when = spoken.moment(made.made_at, visit.language)
    st.html(
        f'<section class="news"><h2>{escape(words("news"))}</h2><p>{escape(words("news_when", when=when, number=made.number))}'
        f"{escape(counts)}</p><ul>{items}</ul></section>"
    )


def _catalogue(visit: Visit, found: dict[str, Latest]) -> None:
    """Every indicator that the search leaves, by category, with a cell for each year."""
    words = visit.words
    st.html(
        f'<h2 class="section">{escape(words("catalogue"))}</h2><p class="note">{escape(words("catalogue_note"))}</p>'
    )
    wanted = controls.words(visit.address, "q", words("search"), words("search_hint"))
    items = matching(visit.catalogue.values(), queries.aliases(visit.build), wanted)
    if not items:
        st.html(f'<p class="empty">{escape(words("nothing_found", wanted=wanted))}</p>')
        return
    first, last = queries.span(visit.build)
    years = list(range(max(first, last - 15), last + 1))
    covered = queries.coverage(visit.build, None)
    st.html(_heat_legend(visit))
    for category in queries.categories(visit.build):
        rows = [
            _row(visit, item, found.get(item.indicator), years, covered)
            for item in items
            if item.category == category.code
        ]
        if rows:
            heads = "".join(f"<th scope='col'>{year % 100:02d}</th>" for year in years)
            st.html(
                f'<section class="category"><h3>{escape(category.named(visit.language))}</h3><div class="scroll">'
                f'<table class="heat" style="--years:{len(years)}"><thead><tr><th scope="col">{escape(words("indicator"))}</th>'
                f'<th scope="col" class="last">{escape(words("latest"))}</th>{heads}</tr></thead>'
                f"<tbody>{''.join(rows)}</tbody></table></div></section>"
            )


def matching(items: Iterable[Indicator], aliases: Mapping[str, tuple[str, ...]], wanted: str) -> list[Indicator]:
    """The indicators whose id, names or aliases hold every word sought."""
    sought = wanted.casefold().split()
    return [
        item
        for item in items
        if all(
            any(word in name.casefold() for name in _called(item, aliases.get(item.indicator, ()))) for word in sought
        )
    ]


def _called(item: Indicator, aliases: tuple[str, ...]) -> tuple[str, ...]:
    return (item.indicator, item.name_zh, item.name_en, item.short_zh, item.short_en, *aliases)


def _row(
    visit: Visit, item: Indicator, latest: Latest | None, years: list[int], covered: Mapping[tuple[str, int], int]
) -> str:
    name = fragments.link(visit.address.to("indicator", indicator=item.indicator), escape(item.short(visit.language)))
    last = ""
    if latest:
        said = fragments.figure(visit, latest.last)
        last = f"<b>{escape(said)}</b><small>{_when(visit, latest.last)}</small>"
    cells = "".join(_cell(visit, item, year, covered.get((item.indicator, year), 0)) for year in years)
    return f'<tr><th scope="row">{name}</th><td class="last">{last or visit.words("none_yet")}</td>{cells}</tr>'


def _cell(visit: Visit, item: Indicator, year: int, number: int) -> str:
    """One year: how many figures, leading to just these; nothing where there are none."""
    if not number:
        return "<td></td>"
    shade = sum(number >= least for least in _HEAT) - 1
    title = visit.words("cell", name=item.short(visit.language), year=year, number=number)
    href = visit.address.to("data", indicators=item.indicator, years=f"{year}-{year}", place="")
    return f"<td>{fragments.link(href, str(number), title=title, kind=f'heat-{shade}')}</td>"


def _heat_legend(visit: Visit) -> str:
    ends = [f"–{after - 1}" if after - least > 1 else "" for least, after in pairwise(_HEAT)] + ["+"]
    steps = "".join(
        f'<i class="heat-{shade}">{least}{end}</i>' for shade, (least, end) in enumerate(zip(_HEAT, ends, strict=True))
    )
    return f'<p class="heat-legend">{escape(visit.words("heat_legend"))} {steps}</p>'

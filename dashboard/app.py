"""One run of the script for one reader: which build, which page, which language; then the page, then its foot.

`serve` starts it. The pages lie in `views/`; one build is opened here and used throughout the run.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

from dashboard import builds, fragments, marks, palette, queries, runs, spoken
from dashboard.address import LANGUAGES, Address, arrive
from dashboard.fragments import Visit
from dashboard.views import about, articles, compare, indicator, overview, review, table, targets
from dashboard.wording import Words

HERE = Path(__file__).parent
LOG = logging.getLogger(__name__)
ROOMS: dict[str, Callable[[Visit], None]] = {
    "": overview.show,
    "indicator": indicator.show,
    "compare": compare.show,
    "targets": targets.show,
    "articles": articles.show,
    "data": table.show,
    "review": review.show,
    "about": about.show,
}
NAMES = {path: "overview" if not path else "table" if path == "data" else path for path in ROOMS}


@st.cache_resource(show_spinner=False)
def _file(name: str) -> str:
    """A file of this folder, read once: the script itself runs anew at every click."""
    return (HERE / name).read_text(encoding="utf-8")


links = st.components.v2.component("links", js=_file("links.js"))


def main() -> None:
    """Draw the page that the address asks for."""
    arrive()
    language = Address("").code("lang", LANGUAGES, "zh")
    words, dark = Words(language), st.context.theme.type == "dark"
    colours = palette.of_theme(dark=dark)
    st.set_page_config(page_icon=_file("icon.svg"), layout="centered")
    theme = f"{palette.variables(colours)};color-scheme:{'dark' if dark else 'light'}"
    st.html(f"<style>:root{{{theme}}}{_file('style.css')}</style>")
    focus = st.query_params.get("figure", "") + st.query_params.get("article", "")
    links(key="links", data={"lang": "zh-CN" if words.language == "zh" else "en", "focus": focus})
    visits: list[Visit] = []
    pages = {path: _page(path, words, visits) for path in ROOMS}
    here = st.navigation(list(pages.values()), position="hidden")
    address = Address(here.url_path)
    address.code("lang", LANGUAGES, "zh")
    if builds.private() and not st.user.get("is_logged_in"):
        _door(words)
        return
    try:
        build = builds.current().known_on(address.day("as_of"))
        visits.append(Visit(build, words, colours, dark, address, spoken.today()))
    except builds.NoBuildError as error:
        _empty(words, error)
        return
    _masthead(visits[0])
    _known_on(visits[0])
    _failed(visits[0])
    notices = st.empty()
    try:
        here.run()
    except builds.AskError:
        LOG.exception("a question failed")
        st.html(f'<p class="empty">{escape(words("not_answered"))}</p>')
    _notices(notices, visits[0])
    _foot(visits[0])


def _page(path: str, words: Words, visits: list[Visit]) -> st.Page:
    """A page that draws its room for the visit of this run, which is known only once the page is."""
    return st.Page(
        lambda: ROOMS[path](visits[0]),
        title=f"{words('nav_' + NAMES[path])} · {words('product')}",
        url_path=path or None,
        default=not path,
    )


def _masthead(visit: Visit) -> None:
    words, address = visit.words, visit.address
    rooms = "".join(
        fragments.link(
            address.to(path) if path != "indicator" else address.to(path, indicator=address.get("indicator")),
            escape(words(f"nav_{name}")),
            kind="here" if path == address.page else "",
        )
        for path, name in NAMES.items()
    )
    other = "en" if visit.language == "zh" else "zh"
    switch = fragments.link(address.here(lang="en" if other == "en" else ""), words("other_language"), kind="language")
    st.html(
        f'<div class="masthead">{fragments.link(address.to(""), _brand(visit), kind="brand")}'
        f'<nav aria-label="{words("rooms")}">{rooms}</nav>{switch}</div>'
    )


def _known_on(visit: Visit) -> None:
    """Say that the pages show what was known on a day, and lead back to now."""
    if day := visit.build.as_of:
        said = visit.words("known_on_day", day=spoken.day(day, "day", visit.language))
        back = fragments.link(visit.address.here(as_of=""), escape(visit.words("back_to_now")))
        st.html(f'<p class="notice known" role="status">{escape(said)} {back}</p>')


def _failed(visit: Visit) -> None:
    """Say that the last refresh failed or that its build is damaged, so that nobody takes old data for new."""
    if visit.build.stands_in:
        st.html(f'<p class="notice known" role="status">{escape(visit.words("stands_in"))}</p>')
    if run := runs.failed():
        said = visit.words("last_run_failed", when=spoken.moment(run.started, visit.language))
        why = fragments.link(visit.address.to("review"), escape(visit.words("see_why")))
        st.html(f'<p class="notice known" role="status">{escape(said)} {why}</p>')


def _brand(visit: Visit) -> str:
    """A moon gate over water, and the name."""
    ink, water = visit.palette.ink, visit.palette.accent
    gate = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="14" r="11.5" fill="none" '
        f'stroke="{ink}" stroke-width="2"/><path d="M6.5 20.5 L11 16 L15 18 L20 11 L25.4 8" fill="none" stroke="{water}" '
        f'stroke-width="2.2" stroke-linejoin="round"/><path d="M4 29.5 q4 -3 8 0 t8 0 t8 0" fill="none" stroke="{ink}" '
        'stroke-width="1.6"/></svg>'
    )
    picture = f'<img alt="" width="28" height="28" src="{marks.encoded(gate)}">'
    return f"{picture}<span>{escape(visit.words('product'))}</span>"


def _notices(place: st.delta_generator.DeltaGenerator, visit: Visit) -> None:
    """Say which values of the address made no sense."""
    faults = dict.fromkeys(visit.address.faults)
    if faults:
        said = "".join(
            f"<li>{escape(visit.words('bad_value', name=name, value=value[:60]))}</li>" for name, value in faults
        )
        place.html(f'<ul class="notice" role="status">{said}</ul>')


def _foot(visit: Visit) -> None:
    made = queries.made(visit.build)
    when = spoken.moment(made.made_at, visit.language)
    said = visit.words("foot", version=made.version, number=made.number, when=when)
    about_link = fragments.link(visit.address.to("about"), escape(visit.words("nav_about")))
    st.html(
        f'<div class="foot"><span>{escape(said)}</span><span>{escape(visit.words("licence"))} · {about_link}</span></div>'
    )


def _door(words: Words) -> None:
    """Nothing is shown to who has not logged in, nor where nobody can."""
    st.html(f'<div class="empty"><h1>{escape(words("product"))}</h1><p>{escape(words("private"))}</p></div>')
    st.button(words("log_in"), on_click=st.login, type="primary")


def _empty(words: Words, error: builds.NoBuildError) -> None:
    """Nothing to show: say what to run."""
    st.html(
        f'<div class="empty"><h1>{escape(words("product"))}</h1><p>{escape(words(error.reason))}</p>'
        f"<pre>python -m etl refresh</pre><p>{escape(words('then_reload', folder=str(builds.folder())))}</p>"
        f"<p><small>{escape(error.detail[:200])}</small></p></div>"
    )


main()

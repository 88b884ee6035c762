"""Owns the pieces of HTML that several pages share: links, figures in words, the quote card, tables, the legend.

Everything that comes from the database is escaped here, at the one place where it becomes HTML; whatever markup an article
holds stays text. A `Visit` (language, palette, build, address) goes in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from html import escape
from urllib.parse import urlsplit

from dashboard import marks, queries, spoken
from dashboard.address import Address
from dashboard.builds import Build
from dashboard.model import Indicator, Named, Observation, Outcome
from dashboard.palette import Palette
from dashboard.wording import Words

ASIDES = 30  # of one figure: more than anybody reads
_CHINESE = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
_BROKEN = re.compile(rf"(?<=[{_CHINESE}])\s*\n\s*(?=[{_CHINESE}])")


@dataclass(frozen=True)
class Visit:
    """One run of the script for one reader: which build, in which words, which colours, at which address."""

    build: Build
    words: Words
    palette: Palette
    dark: bool
    address: Address
    today: date

    @property
    def day(self) -> date:
        """The day for which is told what is overdue: that of knowing, else today."""
        return min(self.build.as_of or self.today, self.today)

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What came of every target by that day, fetched once a run."""
        return queries.outcomes(self.build, self.day)

    def came_of(self, o: Observation) -> str:
        """What came of a target; of anything else nothing is told."""
        return self.outcomes[o.id].state if o.id in self.outcomes else "open"

    @property
    def language(self) -> str:
        """Zh or en."""
        return self.words.language

    @cached_property
    def places(self) -> Mapping[str, Named]:
        """All places by id, fetched once a run."""
        return queries.places(self.build)

    @cached_property
    def catalogue(self) -> Mapping[str, Indicator]:
        """All indicators by id, fetched once a run."""
        return queries.catalogue(self.build)

    def place(self, place: str) -> str:
        """The name of a place."""
        return self.places[place].named(self.language) if place in self.places else place

    def indicator(self, indicator: str) -> str:
        """The short name of an indicator."""
        return self.catalogue[indicator].short(self.language) if indicator in self.catalogue else indicator


def link(href: str, inner: str, *, title: str = "", kind: str = "", focus: bool = False) -> str:
    """A link within the pages; `inner` is HTML. The kind `here` marks the page one is on."""
    attributes = f' class="{kind}"' if kind else ""
    attributes += ' aria-current="page"' if kind == "here" else ""
    attributes += f' title="{escape(title)}"' if title else ""
    attributes += " data-focus" if focus else ""
    return f'<a data-go href="{escape(href)}"{attributes}>{inner}</a>'


def outward(url: str | None, inner: str) -> str:
    """A link to a source; anything but an http address stays mere text."""
    if url and urlsplit(url).scheme in {"http", "https"}:
        return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{inner}</a>'
    return inner


def figure(visit: Visit, o: Observation) -> str:
    """The value in words, with its bound: 超 1,800 家, +8.7%."""
    return bare_bound(visit, o) + bare_figure(visit, o)


def bare_bound(visit: Visit, o: Observation) -> str:
    """The word for the bound, with the space after it."""
    return spoken.bound(o.bound, visit.language)


def bare_figure(visit: Visit, o: Observation) -> str:
    """The value in words, without its bound; growth with its sign."""
    # How many digits were printed is known of a figure in digits that was read; any other has those of its value.
    digits = o.origin == "article" and any(letter.isdecimal() for letter in o.printed)
    rounding = o.rounding if digits else Decimal(0)
    if o.measure == "yoy":
        said = spoken.signed(o.value, spoken.decimals_of(o.value, rounding), visit.language)
        return said if o.bound == "=" else said.removeprefix("+")  # over 10%, not over +10%
    return spoken.amount(o.value, rounding, o.unit, visit.language)


def period(visit: Visit, o: Observation) -> str:
    """The period in words; a date taken from the publication is said no more precisely than that is known."""
    if o.period_basis == "assumed" and o.period_kind == "day" and o.period_end == o.published:
        return visit.words("as_of", when=spoken.day(o.period_end, o.published_precision, visit.language))
    return spoken.period(o.period, visit.language)


def measure(visit: Visit, o: Observation) -> str:
    """What the figure measures, where it is not the level itself: 新增, 同比, 占苏州市."""
    if o.measure == "share":
        return visit.words("share_of", whole=visit.place(o.share_of))
    return visit.words(f"measure_{o.measure}") if o.measure != "value" else ""


def scope(visit: Visit, o: Observation) -> str:
    """The name of its definition, where it is not the catalogue's."""
    if not o.scope:
        return ""
    found = queries.scopes(visit.build, o.indicator).get(o.scope)
    return found.named(visit.language) if found else o.scope


def source(visit: Visit, o: Observation) -> str:
    """Publisher, or what stands in for it."""
    return o.publisher or visit.words("publisher_unknown")


def mark(visit: Visit, o: Observation, colour: str) -> str:
    """The picture of its mark with its meaning in words."""
    name = marks.mark_of(o, o.role or "aside", visit.came_of(o))
    words = visit.words(f"mark_{name}")
    return f'<span class="marked" title="{escape(words)}">{marks.picture(name, colour)}<i class="unseen">{escape(words)}</i></span>'


def quote(o: Observation) -> str:
    """The sentence with the figure emphasised; for a curated figure the words as printed, if any."""
    if o.quote is None or None in (o.char_start, o.figure_start, o.figure_end):
        return escape(o.printed)
    assert o.char_start is not None and o.figure_start is not None and o.figure_end is not None  # noqa: PT018
    begin, end = o.figure_start - o.char_start, o.figure_end - o.char_start
    return f"{_flowing(o.quote[:begin])}<b>{_flowing(o.quote[begin:end])}</b>{_flowing(o.quote[end:])}"


def sentence(visit: Visit, o: Observation) -> str:
    """What a table shows as evidence: the sentence, leading to the article; of a curated figure the page it stood on."""
    if o.origin == "article" and o.quote:
        return link(to_article(visit, o), quote(o))
    kind = escape(visit.words("curated_note_" + _seen(o)))
    return f'<span class="curated" title="{kind}">{escape(o.title or visit.words("untitled"))}</span>'


def state(visit: Visit, o: Observation, within: str = "") -> str:
    """What a reader must know beside the value: that it is no level, no actual figure, not the preferred one.

    `within` names what a whole table shows, which need not be said again in each row.
    """
    words = visit.words
    said = [measure(visit, o) if within not in {"growth", "new"} else "", scope(visit, o)]
    said += [words("status_" + o.status)] if o.status != "actual" else []
    came_of = visit.came_of(o)
    said += [words("outcome_" + came_of)] if came_of != "open" else []
    said += [words("amended")] if o.amended else []
    said += [words("suspect")] if o.suspect else []
    said += [words("set_aside")] if o.role is None and not o.suspect else []
    return " · ".join(filter(None, said))


def remark(visit: Visit, key: str, note: str) -> str:
    """A remark as it was written down; one in the other language says so."""
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in note)
    foreign = "" if chinese == (visit.language == "zh") else visit.words("in_other_language")
    language = "zh" if chinese else "en"
    return f'<p class="note">{escape(visit.words(key))}{foreign}{visit.words("colon")}<span lang="{language}">{escape(note)}</span></p>'


def _flowing(text: str) -> str:
    """Text as HTML in which a line broken within Chinese shows no gap; its characters stay in the page."""
    return _BROKEN.sub(r'<span class="blank">\g<0></span>', escape(text))


def to_article(visit: Visit, o: Observation) -> str:
    """The address of the very characters."""
    return visit.address.to("articles", article=o.article or "", figure=o.id)


def to_indicator(visit: Visit, o: Observation) -> str:
    """The address of its mark on the chart."""
    shown = {"value": "level", "yoy": "growth"}.get(o.measure, o.measure)
    values = {"indicator": o.indicator, "show": shown if shown != "level" else "", "place": o.place, "figure": o.id}
    return visit.address.to("indicator", **values)


def quote_card(visit: Visit, o: Observation) -> str:
    """The figure one clicked: what it says, the sentence, the source, and the way to the article."""
    words = visit.words
    about = " · ".join(filter(None, [visit.place(o.place), period(visit, o), measure(visit, o), scope(visit, o)]))
    state = words(f"status_{o.status}") + (
        f" · {words('outcome_' + visit.came_of(o))}" if o.id in visit.outcomes else ""
    )
    read = o.origin == "article" and o.quote is not None
    said = (
        f"<blockquote>{quote(o)}</blockquote>"
        if read
        else f'<p class="curated">{words("curated_note_" + _seen(o))}</p>'
    )
    way = link(to_article(visit, o), words("read_in_article"), kind="button") if read else ""
    out = f'<span class="out">{outward(o.url, words("open_source"))}</span>' if o.url else ""
    return (
        f'<section class="quote-card" aria-label="{words("the_figure")}"><header><span class="value">'
        f"<small>{bare_bound(visit, o)}</small>{escape(bare_figure(visit, o))}</span>"
        f'<span class="about">{escape(about)}</span><span class="tag">{escape(state)}</span>{_close(visit)}</header>'
        f"{said}<dl>{_facts(visit, o)}</dl>{_notes(visit, o)}{_asides(visit, o)}"
        f"<footer>{way}{out}{copy_button(visit, o.citation_gbt, 'copy_citation')}"
        f"{copy_button(visit, o.citation_bibtex, 'copy_bibtex')}</footer></section>"
    )


def copy_button(visit: Visit, text: str, label: str) -> str:
    """A button that copies a text."""
    done = escape(visit.words("copied"))
    return f'<button type="button" data-copy="{escape(text)}" data-done="{done}">{visit.words(label)}</button>'


def legend(visit: Visit, names: Iterable[str]) -> str:
    """What the marks mean, those given only, in the order of the legend."""
    items = "".join(
        f"<li>{marks.picture(name, visit.palette.ink)}{escape(visit.words('mark_' + name))}</li>"
        for name in marks.in_order(names)
    )
    return f'<ul class="legend" aria-label="{visit.words("legend")}">{items}</ul>'


def table(kind: str, heads: Sequence[tuple[str, str]], rows: Iterable[tuple[str, Sequence[str]]]) -> str:
    """A table. `heads` are (class, words); each row is (attributes, cells as HTML). Narrow screens stack the cells."""
    head = "".join(f'<th scope="col" class="{name}">{escape(words)}</th>' for name, words in heads)
    body = "".join(
        f"<tr {attributes}>"
        + "".join(
            f'<td class="{name}" data-head="{escape(words)}">{cell}</td>'
            for (name, words), cell in zip(heads, cells, strict=True)
        )
        + "</tr>"
        for attributes, cells in rows
    )
    return (
        f'<div class="scroll"><table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def pages(visit: Visit, page: int, last: int) -> str:
    """Links to the pages near this one, the first and the last; nothing where there is one page only."""
    if last <= 1:
        return ""
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    links = "".join(
        f'<b aria-current="page">{number}</b>'
        if number == page
        else link(visit.address.here(page=str(number) if number > 1 else "", figure=""), str(number))
        for number in near
    )
    return f'<nav class="pages" aria-label="{escape(visit.words("pages"))}">{links}</nav>'


def _seen(o: Observation) -> str:
    return "repost" if o.seen == "repost" else "original"


def _close(visit: Visit) -> str:
    return link(visit.address.here(figure=""), "×", title=visit.words("close"), kind="close")


def _facts(visit: Visit, o: Observation) -> str:
    """Source, date, exact value, how period and place were found."""
    words = visit.words
    dated = spoken.iso(o.published, o.published_precision) or words("undated")
    facts = [
        (words("source"), escape(words("list_comma").join(filter(None, [source(visit, o), o.author])))),
        (words("title"), escape(o.title or words("untitled"))),
        (words("published"), escape(dated)),
        (
            words("exact_value"),
            escape(spoken.bound(o.bound, visit.language) + spoken.exact(o.value, o.unit, visit.language)),
        ),
    ]
    if o.origin == "article":
        facts.append((words("printed"), escape(o.printed)))
        basis = f"{words('period_is')}{words('basis_' + o.period_basis)}{words('comma')}{words('place_is')}{words('basis_' + o.place_basis)}"
        facts.append((words("how_read"), escape(basis)))
    return "".join(f"<div><dt>{head}</dt><dd>{value}</dd></div>" for head, value in facts)


def _asides(visit: Visit, o: Observation) -> str:
    """The rule of preference at work: which figures were set aside for this one, or for which one it was, and why."""
    among = queries.asides(visit.build, o, ASIDES)
    is_aside = bool(among) and among[0].id == o.id
    mine = among[:1] if is_aside else among
    if not mine:
        return ""
    others = queries.these(visit.build, tuple(aside.shown if is_aside else aside.id for aside in mine))
    items = ""
    for aside in mine:
        if other := others.get(aside.shown if is_aside else aside.id):
            why = visit.words(f"why_{aside.why}")
            said = visit.words("this_one", why=why) if is_aside else why
            items += f"<li>{_other(visit, other)} <small>{escape(said)}</small></li>"
    number = 1 if is_aside else o.set_aside
    items += f"<li>{escape(visit.words('and_more', number=number - len(mine)))}</li>" if number > len(mine) else ""
    head = visit.words("shown_instead" if is_aside else "set_aside_here", number=number)
    return f'<details class="asides"><summary>{escape(head)}</summary><ul>{items}</ul></details>'


def _other(visit: Visit, o: Observation) -> str:
    """A figure in one line, leading to itself: value, source, date."""
    dated = spoken.iso(o.published, o.published_precision) or visit.words("undated")
    said = f"<b>{escape(figure(visit, o))}</b>"
    return f"{link(visit.address.here(figure=o.id), said)} {escape(source(visit, o))} {escape(dated)}"


def _notes(visit: Visit, o: Observation) -> str:
    notes = [("suspect_note", o.suspect), ("amended_note", o.correction), ("note", o.note)]
    return "".join(remark(visit, key, note) for key, note in notes if note)

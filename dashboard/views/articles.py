"""The articles: a list, and one article's text in which every figure shows what became of it.

A figure that is an observation bears a soft wash and leads to its chart; a refused one a dotted underline with the reason.
The text is cut at every border of every span and each piece escaped, so that markup in it stays text and spans may overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import streamlit as st

from dashboard import fragments, queries, spoken
from dashboard.fragments import Visit
from dashboard.model import Article, Evidence, Named, Observation, Refusal

PAGE = 50  # articles at a time
_BLANKS = re.compile(r"(\n\s*\n)(\s*\n)")  # empty lines beyond one are kept in the page but not shown
_LEADING = re.compile(r"^(\s*\n)")


@dataclass(frozen=True)
class Highlight:
    """A stretch of the text: the observations that a figure states, or the refusal it met, or the sentence in view."""

    start: int
    end: int
    observations: tuple[Observation, ...] = ()
    refusal: Refusal | None = None


def show(visit: Visit) -> None:
    """The article of the address, else the list."""
    wanted = visit.address.get("article")
    found = queries.article(visit.build, wanted) if wanted else None
    if wanted and found is None:
        visit.address.faults.append(("article", wanted))
    if found:
        _read(visit, found)
    else:
        _list(visit)


def highlighted(visit: Visit, text: str, highlights: Sequence[Highlight], focus: Sequence[Evidence]) -> str:
    """The text as HTML: every character once and in order, each highlight around its own."""
    borders = {0, len(text)}
    for span in highlights:
        borders |= {span.start, span.end}
    for sentence in focus:
        borders |= {sentence.char_start, sentence.char_end}
    cuts = sorted(border for border in borders if 0 <= border <= len(text))
    return "".join(_piece(visit, text, (start, end), highlights, focus) for start, end in pairwise(cuts))


def highlights_of(
    observations: Sequence[Observation], evidence: Sequence[Evidence], refusals: Sequence[Refusal]
) -> list[Highlight]:
    """One highlight for each figure, with all the observations that the same characters state."""
    by_id = {o.id: o for o in observations}
    spans: dict[tuple[int, int], list[Observation]] = {}
    for item in evidence:
        spans.setdefault((item.figure_start, item.figure_end), []).append(by_id[item.observation])
    found = [Highlight(*span, observations=tuple(stated)) for span, stated in spans.items()]
    found += [Highlight(refusal.char_start, refusal.char_end, refusal=refusal) for refusal in refusals]
    return sorted(found, key=lambda highlight: (highlight.start, highlight.end))


def _piece(
    visit: Visit, text: str, bounds: tuple[int, int], highlights: Sequence[Highlight], focus: Sequence[Evidence]
) -> str:
    """The stretch between two borders, with what covers it; an observation wins over a refusal."""
    start, end = bounds
    inner = _BLANKS.sub(r'\1<span class="blank">\2</span>', escape(text[start:end]))
    if not start:
        inner = _LEADING.sub(r'<span class="blank">\1</span>', inner)
    covering = [h for h in highlights if h.start <= start and end <= h.end]
    stated = next((h for h in covering if h.observations), None)
    refused = next((h for h in covering if h.refusal), None)
    if stated:
        inner = _stated(visit, stated, inner, in_focus=any(f.figure_start == stated.start for f in focus))
    elif refused and refused.refusal:
        inner = f'<span class="refused" tabindex="0" title="{escape(_why(visit, refused.refusal))}">{inner}</span>'
    if any(f.char_start <= start and end <= f.char_end for f in focus):
        inner = f'<span class="sentence">{inner}</span>'
    return inner


def _stated(visit: Visit, highlight: Highlight, inner: str, *, in_focus: bool) -> str:
    title = "\n".join(
        " · ".join(
            filter(None, [
                visit.indicator(o.indicator), visit.place(o.place), fragments.period(visit, o), fragments.measure(visit, o),
                fragments.figure(visit, o), visit.words("status_" + o.status) if o.status != "actual" else "",
            ])
        )
        for o in highlight.observations
    )  # fmt: skip
    href = fragments.to_indicator(visit, highlight.observations[0])
    return fragments.link(href, inner, title=title, kind="stated focus" if in_focus else "stated", focus=in_focus)


def _why(visit: Visit, refusal: Refusal) -> str:
    said = visit.words("refused_because", reason=refusal.reason.named(visit.language))
    return said + (visit.words("detail", detail=refusal.detail) if refusal.detail else "")


def _list(visit: Visit) -> None:
    words = visit.words
    st.html(
        f'<div class="page-head"><h1>{escape(words("nav_articles"))}</h1><p class="lead">{escape(words("articles_lead"))}</p></div>'
    )
    number = queries.totals(visit.build)["articles"]
    if not number:
        st.html(f'<p class="empty">{escape(words("no_articles"))}</p>')
        return
    pages = -(-number // PAGE)
    page = visit.address.number("page", 1, pages)
    articles = queries.articles(visit.build, (page - 1) * PAGE, PAGE)
    items = "".join(
        f"<li data-row>{fragments.link(visit.address.to('articles', article=a.article), escape(a.title or a.article), kind='title')}"
        f'<p>{escape(_byline(visit, a))}</p><p class="note">{escape(words("article_counts", observations=a.observations, refusals=a.refusals))}</p></li>'
        for a in articles
    )
    st.html(f'<ul class="articles">{items}</ul>{fragments.pages(visit, page, pages)}')


def _byline(visit: Visit, article: Article) -> str:
    dated = spoken.day(article.published, article.precision, visit.language) or visit.words("undated")
    return " · ".join(filter(None, [article.publisher or visit.words("publisher_unknown"), article.author, dated]))


def _read(visit: Visit, article: Article) -> None:
    """One article: head, text with the figures read from it beside it, then what was refused."""
    observations = queries.read_from(visit.build, article.article)
    evidence = queries.evidence(visit.build, article.article)
    refusals = [*queries.refusals(visit.build, article.article), *_rejected(visit, article)]
    focus = [item for item in evidence if item.observation == visit.address.get("figure")]
    _head(visit, article)
    if article.publish_text:
        text = queries.text(visit.build, article.article)
        body = highlighted(visit, text, highlights_of(observations, evidence, refusals), focus)
    else:
        body = f'<p class="note">{escape(visit.words("text_withheld"))}</p>' + _sentences(observations)
    st.html(
        f'<div class="reader"><article class="text" lang="zh">{body}</article>'
        f'<aside aria-label="{escape(visit.words("read_figures"))}">{_margin(visit, observations)}</aside></div>'
    )
    _refused_figures(visit, refusals)


def _rejected(visit: Visit, article: Article) -> list[Refusal]:
    """The figures of an article that people rejected, as refusals with their reason."""
    reason = Named("rejected", *visit.words.both("rejected_by_hand"))
    return [
        Refusal(c.char_start, c.char_end, c.printed, reason, c.reason, c.indicator)
        for c in queries.corrections(visit.build)
        if (c.article, c.action) == (article.article, "reject")
    ]


def _head(visit: Visit, article: Article) -> None:
    words = visit.words
    back = fragments.link(visit.address.to("articles"), f"← {escape(words('all_articles'))}", kind="back")
    source = fragments.outward(article.url, escape(words("open_source"))) if article.url else ""
    note = fragments.remark(visit, "date_note", article.date_note) if article.date_note else ""
    st.html(
        f'<div class="page-head article">{back}<h1>{escape(article.title or words("untitled"))}</h1>'
        f'<p class="lead">{escape(_byline(visit, article))} {source}</p>{note}'
        f'<p class="key"><span class="stated">{escape(words("key_stated", number=article.observations))}</span> '
        f'<span class="refused">{escape(words("key_refused", number=article.refusals))}</span> '
        f"{fragments.copy_button(visit, article.citation_gbt, 'copy_citation')}</p></div>"
    )


def _sentences(observations: Sequence[Observation]) -> str:
    return "".join(f"<p>{fragments.quote(o)}</p>" for o in observations)


def _margin(visit: Visit, observations: Sequence[Observation]) -> str:
    """The figures in the order of the text: each leads to its place in it, and on to its chart."""
    words = visit.words
    if not observations:
        return f'<p class="empty">{escape(words("no_figures"))}</p>'
    items = "".join(
        f"<li{' class=chosen' if o.id == visit.address.get('figure') else ''} data-row>"
        f"{fragments.mark(visit, o, visit.palette.ink)}"
        f"{fragments.link(visit.address.here(figure=o.id), f'<b>{escape(fragments.figure(visit, o))}</b> {escape(visit.indicator(o.indicator))}')}"
        f"<small>{escape(_about(visit, o))} "
        f"{fragments.link(fragments.to_indicator(visit, o), escape(words('on_the_chart')), kind='chart')}</small></li>"
        for o in observations
    )
    return f"<h2>{escape(words('read_figures'))} <small>{len(observations)}</small></h2><ol>{items}</ol>"


def _about(visit: Visit, o: Observation) -> str:
    said = [visit.place(o.place), fragments.period(visit, o), fragments.state(visit, o)]
    return " · ".join(filter(None, said))


def _refused_figures(visit: Visit, refusals: Sequence[Refusal]) -> None:
    """The refused figures by reason, folded away."""
    words = visit.words
    groups = "".join(
        f"<li><b>{escape(reason)}</b> <small>{len(printed)}</small><br>{escape(words('list_comma').join(printed))}</li>"
        for reason, printed in _by_reason(visit, refusals)
    )
    if groups:
        st.html(
            f'<details class="refusals"><summary>{escape(words("refused_figures"))} <small>{len(refusals)}</small></summary>'
            f"<ul>{groups}</ul></details>"
        )


def _by_reason(visit: Visit, refusals: Sequence[Refusal]) -> Iterator[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for refusal in refusals:
        groups.setdefault(refusal.reason.named(visit.language), []).append(" ".join(refusal.printed.split()))
    yield from sorted(groups.items(), key=lambda group: -len(group[1]))

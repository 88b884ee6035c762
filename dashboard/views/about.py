"""About: how figures are read, which of several is shown, what the marks mean, what may be done with all this."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboard import fragments, marks, queries, spoken
from dashboard.fragments import Visit

_MARKS = [name for name in marks.SYMBOLS if name != "aside"]


def show(visit: Visit) -> None:
    """One column of text."""
    words = visit.words
    sections = [("method", words.paragraphs("method")), ("preference", words.paragraphs("preference"))]
    body = "".join(f"<h2>{escape(words('about_' + name))}</h2>{_texts(texts)}" for name, texts in sections)
    st.html(
        f'<div class="page-head"><h1>{escape(words("nav_about"))}</h1></div><div class="prose">{body}'
        f"<h2>{escape(words('legend'))}</h2><p>{escape(words('legend_lead'))}</p>{fragments.legend(visit, _MARKS)}"
        f"{_accuracy(visit)}<h2>{escape(words('about_licence'))}</h2>{_texts(words.paragraphs('licence'))}"
        f"<h2>{escape(words('about_version'))}</h2>{_version(visit)}</div>"
    )


def _texts(texts: list[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _version(visit: Visit) -> str:
    made, words = queries.made(visit.build), visit.words
    facts = [
        (words("version"), made.version),
        (words("build"), made.id),
        (words("made_at"), spoken.moment(made.made_at, visit.language)),
    ]
    return "<dl>" + "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in facts) + "</dl>"


def _accuracy(visit: Visit) -> str:
    """The scores of the reading on the hand-checked sets, where the build carries them, and what they are worth."""
    found = queries.made(visit.build).accuracy
    scores = {name: of for name, of in json.loads(found or "{}").items() if isinstance(of, dict)}
    if not scores:
        return ""
    words = visit.words
    heads = "".join(f"<th scope='col'>{escape(words('accuracy_' + name))}</th>" for name in ("set", *_SCORES))
    rows = "".join(f"<tr><th scope='row'>{escape(name)}</th>{_score(of)}</tr>" for name, of in scores.items())
    return (
        f"<h2>{escape(words('about_accuracy'))}</h2><p>{escape(words('accuracy_lead'))}</p>"
        f'</div><div class="scroll" tabindex="0"><table class="plain scores"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>'
        f'</table></div><div class="prose">'  # wider than a column of text
        f"{_texts(words.paragraphs('accuracy'))}"
    )


#: The columns of the table of accuracy.json's scores, and how each is written.
_SCORES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "articles": lambda of: f"{of['articles']}",
    "rows": lambda of: f"{of['rows']}",
    "first_precision": lambda of: _first(of, "precision"),
    "first_recall": lambda of: _first(of, "recall"),
    "first_f1": lambda of: _first(of, "f1"),
    "precision": lambda of: f"{of['precision']:.3f}",
    "recall": lambda of: f"{of['recall']:.3f}",
    "f1": lambda of: f"{of['f1']:.3f}",
    "interval": lambda of: f"{of['low']:.3f}–{of['high']:.3f}",
}


def _first(of: Mapping[str, Any], part: str) -> str:
    """What a set scored unread; a dash for those that were never unread."""
    return f"{of['first'][part]:.3f}" if of["first"] else "—"


def _score(of: Mapping[str, Any]) -> str:
    """The cells of one set; a dash where an older build does not say."""
    cells = []
    for write in _SCORES.values():
        try:
            cells.append(write(of))
        except KeyError:
            cells.append("—")
    return "".join(f"<td>{escape(cell)}</td>" for cell in cells)

"""About: how figures are read, which of several is shown, what the marks mean, what may be done with all this."""

from __future__ import annotations

import json
from html import escape

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
    """The scores of the reading on the hand-checked sets, where the build carries them."""
    found = queries.made(visit.build).accuracy
    if not found:
        return ""
    scores = json.loads(found)
    rows = "".join(
        f"<tr><th scope='row'>{escape(str(name))}</th>"
        + "".join(f"<td>{escape(str(score.get(key, '—')))}</td>" for key in ("rows", "precision", "recall"))
        + "</tr>"
        for name, score in scores.items()
        if isinstance(score, dict)
    )
    words = visit.words
    if not rows:
        return ""
    heads = "".join(
        f"<th scope='col'>{escape(words('accuracy_' + key))}</th>" for key in ("set", "rows", "precision", "recall")
    )
    return (
        f"<h2>{escape(words('about_accuracy'))}</h2><p>{escape(words('accuracy_lead'))}</p>"
        f'<table class="plain"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )

"""English tokens cleaned: what cannot be read is a word, what rules nothing is left out.

In: the tokens of one English sentence as they stand. Out: fewer of them, in the same order: a name inside a longer one is
a word, foreign money a bracket; asides and the dates of documents are gone, growth stands behind what has grown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from etl.catalogue import Catalogue
from etl.link.english.made import cue, indicator_of, mark, word_of
from etl.link.english.subjects import inner_places, known_places, unknown_subjects
from etl.link.tokens import Token
from etl.recognise.periods import When
from etl.recognise.quantities import NotFigure

_GOALS = ("target", "targets", "goal", "goals")
#: Words that take back all that their clause said before them.
_DENIALS = frozenset(
    "denied denies denying refuted refuting untrue incorrect false inaccurate wrong rumors rumours rumored rumoured fake".split()
)
_LEADS = frozenset(("adjective", "function", "prep", "of", "relative", "date", "say", "predicate"))
_ASIDE_OPENS = frozenset(("adjective", "relative", "function", "prep", "word"))
_ASIDE = _LEADS | frozenset(("place", "word", "noun", "release", "link", "new", "award", "total", "and"))


def cleaned(found: list[Token], folded: str, catalogue: Catalogue, published: date | None) -> list[Token]:
    """The tokens of one sentence that can be read and say something."""
    found = _denied(_corrected(found, folded), folded)
    found = _timed(found, published)
    found = _dollars_aside(found)
    found = _dates_of_documents(found)
    found = inner_places(found, catalogue)
    found = [_whole_name(found, n, folded) for n in range(len(found))]
    found = _heads(found, catalogue)
    found = unknown_subjects(found)
    found = _without_asides(found)
    found = known_places(found)
    return _growth_to(_growth_in(_lists(found)))


# -- what is denied -----------------------------------------------------------------------------------------------------
def _corrected(found: list[Token], folded: str) -> list[Token]:
    """Not 2,800 but 1,800: what follows *but* is put in the place of what was denied."""
    out, denied = list(found), False
    for n, token in enumerate(found):
        denied = token.kind == "refute" or (denied and not (token.kind == "mark" and token.what in "；："))
        if denied and token.kind == "and" and folded[token.start : token.end].lower() == "but":
            number = next((t.kind for t in found[n + 1 :] if t.kind not in ("function", "adjective")), "")
            out[n] = cue("correct", "应为", token.start) if number == "number" else token
    return out


def _denied(found: list[Token], folded: str) -> list[Token]:
    """A report said 2,800, but the bureau denied this: nothing of that clause is a fact; what a colon opens is."""
    out: list[Token] = []
    first = 0
    for n, token in enumerate(found):
        if token.kind == "refute" and folded[token.start : token.end].lower() in _DENIALS:
            out[first:] = [
                replace(t, kind="other", what=NotFigure("not_fact")) if t.kind == "number" else t for t in out[first:]
            ]
        out.append(token)
        if token.kind == "mark" and token.what in "；：":
            first = len(out)
            if any(t.kind == "refute" for t in found[:n]):
                out.append(cue("correct", "应为", token.end))
    return out


# -- dates ------------------------------------------------------------------------------------------------------------
def _timed(found: list[Token], published: date | None) -> list[Token]:
    """Dates that lean on the publication date, by whether the sentence plans."""
    if published is None:
        return found
    coming = any(t.kind in ("plan", "expect") for t in found)
    return [replace(t, what=_nearest(t.what, published, coming=coming)) if t.kind == "date" else t for t in found]


def _nearest(when: When, published: date, *, coming: bool) -> When:
    """By the end of December, said in February, is last year's; by year-end, said of a plan, is this year's."""
    if when.base != "frame" or when.year:
        return when
    if coming and when.point and when.months is None:
        return replace(when, base="publication")
    if not coming and when.months and when.months[0] > published.month:
        return replace(when, base="publication", year=-1)
    return when


def _dates_of_documents(found: list[Token]) -> list[Token]:
    """When a plan was released dates no figure; when 80 centres are to be established does."""
    out: list[Token] = []
    counted = False
    for n, token in enumerate(found):
        counted = token.kind == "number" or (counted and token.kind != "mark")
        if counted or not (token.kind == "date" and n and found[n - 1].kind == "release"):
            out.append(token)
    return out


# -- names ------------------------------------------------------------------------------------------------------------
def _whole_name(found: list[Token], n: int, folded: str) -> Token:
    """A name that is only part of a longer one is an unknown word: robotics AI companies, AI company executives."""
    token = found[n]
    if token.kind != "name":
        return token
    before, after = found[n - 1] if n else None, found[n + 1] if n + 1 < len(found) else None
    longer = before is not None and before.kind in ("word", "other")
    if after is not None and not token.what.whole and folded[token.end - 1] != "s":
        longer = longer or after.kind in ("word", "noun", "grant") or folded[after.start : after.end] in _GOALS
    return replace(token, kind="word", what=folded[token.start : token.end]) if longer else token


def _heads(found: list[Token], catalogue: Catalogue) -> list[Token]:
    """Coverage among industrial enterprises: the first name is meant; a count or sum so narrowed is unknown."""
    out = list(found)
    for n, token in enumerate(found):
        if token.kind != "name" or (inner := _complement(found, n)) is None:
            continue
        if catalogue.units[indicator_of(token, catalogue).unit].kind == "percent":
            out[inner] = replace(found[inner], kind="function", what="")
        else:
            out[n], out[inner] = (replace(found[k], kind="word", what="") for k in (n, inner))
    return out


def _complement(found: list[Token], n: int) -> int | None:
    """The index of a name that a preposition ties to the one here."""
    tied = False
    for m in range(n + 1, len(found)):
        if found[m].kind == "name":
            return m if tied else None
        if found[m].kind not in ("prep", "of", "adjective", "function"):
            return None
        tied = tied or found[m].kind in ("prep", "of")
    return None


# -- asides -----------------------------------------------------------------------------------------------------------
def _dollars_aside(found: list[Token]) -> list[Token]:
    """Foreign money only says a figure again: a bracket of its own (…, or 667 billion US dollars, …)."""
    out: list[Token] = []
    depth, aside = 0, False
    for token in found:
        if token.kind == "mark":
            depth += (token.what == "（") - (token.what == "）")
        if token.kind == "other" and token.what.reason == "unit" and not depth:
            while out and (out[-1].kind in ("and", "function", "adjective") or out[-1].what == "，"):
                out.pop()
            out += [mark("（", token.start), token, mark("）", token.end)]
            aside = True
            continue
        if not (aside and token.what == "，"):
            out.append(token)
        aside = False
    return out


def _without_asides(found: list[Token]) -> list[Token]:
    """Words between commas that only explain (…, a key gauge of the economy, …) stand in nobody's way."""
    marks = [n for n, token in enumerate(found) if token.kind == "mark"]
    dropped: set[int] = set()
    for first, last in pairwise(marks):
        if found[first].what == found[last].what == "，" and _explains(found[first + 1 : last]):
            dropped.update(range(first + 1, last))
    return [t for n, t in enumerate(found) if n not in dropped or (t.kind == "place" and t.what.kind == "company")]


def _explains(inner: list[Token]) -> bool:
    return (
        bool(inner)
        and inner[0].kind in _ASIDE_OPENS
        and all(t.kind in _ASIDE for t in inner)
        and (inner[0].kind in ("adjective", "relative") or any(t.kind == "word" for t in inner))
    )


def _lists(found: list[Token]) -> list[Token]:
    """Suzhou, Wuxi and Changzhou had …, respectively: commas between what is listed."""
    if not any(t.kind == "each" for t in found):
        return found
    out: list[Token] = []
    said = [t for t in found if t.kind not in ("function", "adjective", "prep", "of")]
    around = {id(b): (a.kind, c.kind) for a, b, c in zip(said, said[1:], said[2:], strict=False)}
    for token in found:
        before, after = around.get(id(token), ("", ""))
        if token.what == "，" and before in ("place", "name", "date") and after in (before, "and"):
            out += [] if after == "and" else [mark("、", token.start)]
        else:
            out.append(token)
    return out


# -- growth -----------------------------------------------------------------------------------------------------------
def _growth_in(found: list[Token]) -> list[Token]:
    """Growth in industrial output reached 4 percent: the name first, as if its output had grown."""
    for n, token in enumerate(found):
        if token.kind not in ("grow", "fall"):
            continue
        m = n + 1
        while m < len(found) and found[m].kind in ("of", "prep", "adjective", "place"):
            m += 1
        if m > n + 1 and m < len(found) and found[m].kind == "name":
            return [*found[:n], *found[n + 1 : m + 1], token, *found[m + 1 :]]
    return found


def _growth_to(found: list[Token]) -> list[Token]:
    """Grew (by 5 percent) to 4.7 trillion yuan: what follows *to* is what was reached, not what was added."""
    out = list(found)
    growing: int | None = None
    for n, token in enumerate(found):
        if token.kind == "mark" and token.what in "；：":
            growing = None
        elif token.kind in ("grow", "fall"):
            growing = n
        elif token.kind in ("from", "to") or (word_of(token) == "to" and growing is not None and _reached(found, n)):
            growing = n if growing is None else growing
            if token.kind not in ("from", "to"):
                out[n] = cue("to", "增至", token.start)
            if token.kind in ("from", "function", "prep") and not any(t.kind == "number" for t in found[growing:n]):
                out[growing] = replace(out[growing], kind="function") if growing != n else out[growing]
    return out


def _reached(found: list[Token], n: int) -> bool:
    return next((t.kind for t in found[n + 1 :] if t.kind not in ("adjective", "function")), "") == "number"

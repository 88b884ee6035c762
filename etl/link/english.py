"""English sentences as the tokens that the walk reads.

In: a line of an English article and its mentions. Out: its sentences as `Token`s of the kinds and in the order of Chinese:
what cannot be read (a name inside a longer one, a subject nobody knows, an aside) is taken out here, and `reorder` puts
dates, places and steering words before the number they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from etl.catalogue import Catalogue
from etl.link import tokens as chinese
from etl.link.reorder import VERBS, mark, reorder, word_of
from etl.link.tokens import _KINDS as KINDS
from etl.link.tokens import Token
from etl.model import Mention, Quantity
from etl.recognise.cues import Cue
from etl.recognise.english import words
from etl.recognise.english.names import Named
from etl.recognise.periods import When
from etl.recognise.places import Where
from etl.recognise.quantities import NotFigure
from etl.text import Line, Text

_MARKS = {
    ",": "，",
    ";": "；",
    ":": "：",
    "(": "（",
    ")": "）",
    "?": "？",
    "!": "！",
    "\t": "，",
    "|": "，",
    "—": "，",
    "[": "（",
    "]": "）",
}
_GAP = re.compile(r"[A-Za-z][\w&']*(?:-[A-Za-z]\w*)*|\d[\w.]*|\.|-{2,}|(?<=\s)-(?=\s)|[^\w\s]|\t|_")
_ABBREVIATIONS = frozenset(
    "co ltd inc corp u.s u.k s k dr mr mrs ms no st vs etc approx jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
#: Words that compare: a place behind them in the same clause is the field of a ranking.
_COMPARING = frozenset(
    """than most highest largest biggest first second third fourth fifth ranking ranks ranked leading leads lead led among top tops topping
    the-most""".split()
) | {"the most", "the highest", "the largest", "the biggest"}
_LEADS = frozenset(("adjective", "function", "prep", "of", "relative", "date", "say", "predicate"))
_QUIET = frozenset(("adjective", "function", "prep", "of", "predicate", "say", "date", "place", "relative"))


#: A year looked back on: the year itself, or none where it is the one before the publication.
_REVIEW = re.compile(
    r"(?i)(?:looking back (?:on|at|over)|review(?:ing|s)?(?: of)?|in retrospect,?|recap of) (?:the year )?(?P<year>20\d\d)|(?P<in>20\d\d) in review|"
    r"looking back (?:on|at|over) (?:the past|last) year|over the past year|government work report|year in review|annual report|statistical communique"
)


def reviewed(lead: str, published: date | None) -> int | None:
    """The year that an article reviews, by its first lines: looking back on 2025, a work report of January to March."""
    match = _REVIEW.search(lead)
    if match and (year := match["year"] or match["in"]):
        return int(year)
    return published.year - 1 if match and published and published.month <= 3 else None


def sentences(
    text: Text, line: Line, mentions: list[Mention[Any]], catalogue: Catalogue, published: date | None
) -> Iterator[list[Token]]:
    """The sentences of one line, English ones in the order of Chinese."""
    if not text.english:
        yield from chinese.sentences(text, line, mentions)
        return
    found: list[Token] = []
    for token in _tokens(text.folded, line, mentions):
        found.append(token)
        if token.kind == "mark" and token.what in "。？！":
            yield _arranged(_timed(found, published), text.folded, catalogue)
            found = []
    if found:
        yield _arranged(_timed(found, published), text.folded, catalogue)


def quote_end(tokens: list[Token], number: Token) -> int:
    """Where the quote of a figure ends in the text: behind the dates and places that were put before the number."""
    brought = [
        t.end for t in tokens[: tokens.index(number)] if t.kind in ("date", "place", "yoy") and t.start >= number.end
    ]
    return max([number.end, *brought])


def _tokens(folded: str, line: Line, mentions: list[Mention[Any]]) -> Iterator[Token]:
    at = line.start
    for mention in mentions:
        yield from _between(folded, at, mention.span.start, line)
        what = mention.what
        kind = what.kind if isinstance(what, Cue) else "name" if isinstance(what, Named) else KINDS[type(what)]
        yield Token(kind, what, mention.span.start, mention.span.end, mention.rule)
        at = mention.span.end
    yield from _between(folded, at, line.end, line)


def _between(folded: str, start: int, end: int, line: Line) -> Iterator[Token]:
    for match in _GAP.finditer(folded, start, end):
        sign = match[0]
        if sign == ".":
            if _ends_sentence(folded, match.start(), line):
                yield Token("mark", "。", *match.span())
        elif sign in _MARKS:
            yield Token("mark", _MARKS[sign], *match.span())
        elif sign.startswith("-"):
            yield Token("mark", "，", *match.span())
        elif sign[0].isalnum() and sign.lower() != "s":
            cue = words.single(sign)
            yield Token(cue.kind, cue, *match.span(), "cue") if cue else Token("word", sign, *match.span())


def _ends_sentence(folded: str, at: int, line: Line) -> bool:
    before = re.search(r"[\w.]*$", folded[max(line.start, at - 12) : at])
    if before and before[0].lower() in _ABBREVIATIONS:
        return at + 1 >= line.end
    return at + 1 >= line.end or bool(re.match(r"\s+[A-Z0-9(\[$]|\)", folded[at + 1 : line.end]))


def _arranged(found: list[Token], folded: str, catalogue: Catalogue) -> list[Token]:
    """One sentence, cleaned and in the order of Chinese, between an opening mark and a closing one."""
    found = _dollars_aside(found)
    found = _dates_of_documents(found)
    found = _inner_places(found, catalogue)
    found = [_whole_name(found, n, folded) for n in range(len(found))]
    found = _heads(found, catalogue)
    found = _unknown_subjects(found, folded)
    found = _without_asides(found)
    found = _known_places(found)
    found = _growth_to(_growth_in(found))
    start, end = found[0].start, max(token.end for token in found)
    asked = [Token("ask", Cue("ask", "吗"), end, end)] if found[-1].what == "？" else []
    closing = [found.pop()] if found[-1].kind == "mark" and found[-1].what in "。？！" else [mark("。", end)]
    return [mark("·", start), *reorder(found, catalogue, folded), *asked, *closing]


def _timed(found: list[Token], published: date | None) -> list[Token]:
    """By the end of December, said in February, is last year's; by year-end, said of a plan, is this year's."""
    coming = any(t.kind in ("plan", "expect") for t in found)
    return [
        replace(token, what=_nearest(token.what, published, coming=coming))
        if token.kind == "date" and published
        else token
        for token in found
    ]


def _nearest(when: When, published: date, *, coming: bool) -> When:
    if when.base != "frame" or when.year:
        return when
    if coming and when.point and when.months is None:
        return replace(when, base="publication")
    if not coming and when.months and when.months[0] > published.month:
        return replace(when, base="publication", year=-1)
    return when


def _heads(found: list[Token], catalogue: Catalogue) -> list[Token]:
    """Coverage among industrial enterprises: of two names the first is meant; a count or sum so narrowed is unknown."""
    out = list(found)
    for n, token in enumerate(found):
        if token.kind != "name":
            continue
        tied = False
        for m in range(n + 1, len(found)):
            if found[m].kind == "name" and tied:
                ratio = catalogue.units[catalogue.indicators[token.what.options[0][0]].unit].kind == "percent"
                for k in (m,) if ratio else (n, m):
                    out[k] = replace(found[k], kind="function" if ratio else "word", what="")
            if found[m].kind not in ("prep", "of", "adjective", "function"):
                break
            tied = tied or found[m].kind in ("prep", "of")
    return out


def _dollars_aside(found: list[Token]) -> list[Token]:
    """Foreign money only says a figure again: a bracket of its own (…, or 667 billion US dollars, …)."""
    out: list[Token] = []
    depth = 0
    for token in found:
        if token.kind == "mark":
            depth += (token.what == "（") - (token.what == "）")
        if token.kind == "other" and token.what.reason == "unit" and not depth:
            while out and (out[-1].kind in ("and", "function", "adjective") or out[-1].what == "，"):
                out.pop()
            out += [mark("（", token.start), token, mark("）", token.end)]
        elif token.what != "，" or not (len(out) > 1 and out[-1].what == "）" and out[-2].kind == "other"):
            out.append(token)
    return out


def _dates_of_documents(found: list[Token]) -> list[Token]:
    """When a plan was released dates no figure."""
    return [
        token for n, token in enumerate(found) if not (token.kind == "date" and n and found[n - 1].kind == "release")
    ]


def _inner_places(found: list[Token], catalogue: Catalogue) -> list[Token]:
    """Suzhou in East China's Jiangsu province: the smaller of two places side by side is meant."""
    out: list[Token] = []
    for n, token in enumerate(found):
        if token.kind != "place" or token.what.kind not in ("known", "weak"):
            if not (token.kind == "place" and token.what.kind == "based"):
                out.append(token)
            continue
        before = [t for t in found[:n] if t.kind not in ("prep", "of") and t.what != "，"][-1:]
        after = found[n + 1] if n + 1 < len(found) else None
        if before and before[0].kind == "place" and _lies_in(before[0].what.place, token.what.place, catalogue):
            continue
        if after and after.kind == "place" and _lies_in(after.what.place, token.what.place, catalogue):
            continue
        out.append(token)
    return out


def _lies_in(inner: str, outer: str, catalogue: Catalogue) -> bool:
    at = inner
    while at in catalogue.places:
        at = catalogue.places[at].within
        if at == outer:
            return True
    return False


def _whole_name(found: list[Token], n: int, folded: str) -> Token:
    """A name that is only part of a longer one is an unknown word: robotics AI companies, AI company executives."""
    token = found[n]
    if token.kind != "name":
        return token
    before, after = found[n - 1] if n else None, found[n + 1] if n + 1 < len(found) else None
    longer = before is not None and before.kind in ("word", "other")
    if after is not None and after.kind in ("word", "noun", "grant", "plan") and not token.what.whole:
        longer = longer or folded[token.end - 1] != "s"
    return replace(token, kind="word", what=folded[token.start : token.end]) if longer else token


def _unknown_subjects(found: list[Token], folded: str) -> list[Token]:
    """Hengtong reported …: a name that nobody knows, before a verb of quantity, is a company."""
    out, opening = list(found), True
    for n, token in enumerate(found):
        if token.kind == "mark" or token.kind == "and":
            opening = True
        elif opening and token.kind == "word":
            opening = False
            if _is_company(found, n):
                out[n] = Token("place", Where("company", token.what), token.start, token.end, "unknown subject")
        elif token.kind not in _LEADS:
            opening = False
    return out


def _is_company(found: list[Token], n: int) -> bool:
    """Whether the words from here are a proper name and the subject of a verb of quantity."""
    at = n
    while at < len(found) and found[at].kind == "word":
        at += 1
    run = [token.what for token in found[n:at]]
    while at < len(found) and found[at].kind in ("prep", "place", "function"):
        at += 1
    if at == len(found) or found[at].kind not in (*VERBS, "plan", "expect", "grow", "fall"):
        return False
    first = not any(token.kind != "mark" for token in found[:n])
    capital = [w for w in run if w[0].isupper()]
    return bool(capital) and not (first and len(capital) == 1 and run[0].endswith("s"))


def _without_asides(found: list[Token]) -> list[Token]:
    """Words between commas that only explain (…, a key gauge of the economy, …) stand in nobody's way."""
    out: list[Token] = []
    commas = [n for n, token in enumerate(found) if token.kind == "mark"]
    dropped: set[int] = set()
    for first, last in zip(commas, commas[1:], strict=False):
        inner = found[first + 1 : last]
        if (
            found[first].what != "，"
            or not inner
            or inner[0].kind not in ("adjective", "relative", "function", "prep", "word")
        ):
            continue
        if all(
            t.kind in _QUIET or t.kind in ("word", "noun", "release", "link", "new", "award", "total", "and")
            for t in inner
        ) and (found[last].what == "，" and any(t.kind == "word" for t in inner)):
            company = any(t.kind == "place" and t.what.kind == "company" for t in inner)
            dropped.update(n for n in range(first + 1, last) if not (company and found[n].kind == "place"))
    out = [token for n, token in enumerate(found) if n not in dropped]
    return out


def _known_places(found: list[Token]) -> list[Token]:
    """Places that rule nothing are left out: those behind an unknown word that stand before neither name nor number."""
    out = []
    opening, compared = True, False
    for n, token in enumerate(found):
        if token.kind in ("mark", "and"):
            opening, compared = True, False
        if word_of(token) in _COMPARING:
            compared = True
        if compared and token.kind == "place" and token.what.kind in ("known", "weak", "rank"):
            continue
        if token.kind in ("mark", "and"):
            opening = True
        elif token.kind in ("word", "other", "plan", "expect", "grow", "fall", "compare"):
            opening = False
        if token.kind == "place" and not opening and token.what.kind not in ("company",):
            after = next((t for t in found[n + 1 :] if t.kind not in ("adjective", "function")), None)
            number_before = any(t.kind == "number" for t in found[:n])
            if (after is None or after.kind not in ("name", "number")) and not number_before:
                continue
        out.append(token)
    return out


def _growth_in(found: list[Token]) -> list[Token]:
    """Growth in industrial output reached 4 percent: the name first, as if its output had grown."""
    out = list(found)
    for n, token in enumerate(found):
        m = n + 1
        while (
            m < len(found) and found[m].kind in ("of", "prep", "adjective", "place") and token.kind in ("grow", "fall")
        ):
            m += 1
        if token.kind in ("grow", "fall") and m > n + 1 and m < len(found) and found[m].kind == "name":
            out[n], out[m] = replace(token, kind="function"), found[m]
            out.insert(m + 1, token)
            return out
    return out


def _growth_to(found: list[Token]) -> list[Token]:
    """Grew (by 5 percent) to 4.7 trillion yuan: what follows *to* is what was reached, not what was added."""
    out = list(found)
    growing: int | None = None
    for n, token in enumerate(found):
        if token.kind == "mark" and token.what in "；：":
            growing = None
        elif token.kind in ("grow", "fall"):
            growing = n
        elif token.kind in ("from", "to"):
            growing = growing if growing is not None else n
            if token.kind == "from" and growing != n and not any(t.kind == "number" for t in found[growing:n]):
                out[growing] = replace(out[growing], kind="function")
        elif word_of(token) == "to" and growing is not None and n + 1 < len(found) and _reached(found, n):
            out[n] = replace(token, kind="to", what=Cue("to", "增至"))
            if not any(t.kind == "number" for t in found[growing:n]) and out[growing].kind in ("grow", "fall"):
                out[growing] = replace(out[growing], kind="function")
    return out


def _reached(found: list[Token], n: int) -> bool:
    following = next((t for t in found[n + 1 :] if t.kind not in ("adjective", "function")), None)
    return following is not None and following.kind == "number" and isinstance(following.what, Quantity)


__all__ = ["NotFigure", "sentences"]

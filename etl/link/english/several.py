"""Several places with one number: each of them has it, or all of them together, which is no place's.

In: the cleaned tokens of one English sentence. Out: the same tokens, *each* and *both* as the sign that every place of
the list has the number; without them, the list as a place that is none of the catalogue's.
"""

from __future__ import annotations

from dataclasses import replace

from etl.link.english.made import cue, word_of
from etl.link.tokens import Token
from etl.recognise.places import Where
from etl.recognise.quantities import NotFigure

_VERBS = frozenset("link total award new grow fall plan expect".split())
_TOGETHER = frozenset(("together", "jointly", "collectively"))
_EACH = frozenset(("each", "both"))
_BETWEEN = ("function", "adjective", "average", "prep")


def shared(found: list[Token], folded: str) -> list[Token]:
    """Kunshan and Taicang each have 30: so many in either; Kunshan and Taicang have 200: in neither."""
    found = _apiece(found, folded)
    if any(t.kind in ("each", "share") for t in found):
        return found  # respectively: the numbers are as many as the places
    out = [_group(found, index) for index in range(len(found))]
    n = 0
    while n < len(out):
        last = _last_of_list(out, n)
        if last > n and _number_follows(out, last) and not _inside(out, n):
            verb = _verb_behind(out, last)
            if verb and any(word_of(t) in _EACH or t.what == "each" for t in out[max(0, n - 1) : verb]):
                out.insert(verb, cue("every", "均", out[verb].start))
            else:
                out[last] = replace(out[last], what=Where("part", "several places"))
        n = max(last, n) + 1
    return out


def _apiece(found: list[Token], folded: str) -> list[Token]:
    """Each of the ten districts has 30 AI companies, each park hosts 30: so many apiece, which is no place's."""
    out = list(found)
    opening, each, verb = True, False, False
    for n, token in enumerate(found):
        if token.kind == "mark" and token.what in "，；：":
            opening, each, verb = True, False, False
        elif opening and folded[token.start : token.end].lower() in ("each", "every", "each and every"):
            each = True
        elif token.kind not in ("and", "function", "mark", "date"):
            opening = False
        verb = verb or token.kind in _VERBS
        if each and verb and token.kind == "number" and token.what.unit != "%":
            out[n] = replace(token, kind="other", what=NotFigure("per_unit"))
    return out


def _group(found: list[Token], n: int) -> Token:
    """The five cities together reported: no place of the catalogue."""
    token = found[n]
    if token.what in _TOGETHER and n + 1 < len(found) and found[n + 1].kind in _VERBS:
        return Token("place", Where("part", token.what), token.start, token.end, "several places")
    return token


def _last_of_list(found: list[Token], n: int) -> int:
    """The index of the last place of the list that begins here, or -1."""
    if found[n].kind != "place":
        return -1
    last = n
    while (step := _joint(found, last + 1)) and last + step < len(found) and found[last + step].kind == "place":
        last += step
    return last if last > n and found[last - 1].kind == "and" else -1


def _joint(found: list[Token], n: int) -> int:
    """How far behind a place the next of its list stands, by what joins them: *and*, a comma, or both."""
    if n + 1 >= len(found) or not (found[n].kind == "and" or found[n].what in ("，", "、")):
        return 0
    oxford = found[n].kind != "and" and found[n + 1].kind == "and" and n > 2 and found[n - 2].what in ("，", "、")
    return 3 if oxford else 2


def _verb_behind(found: list[Token], last: int) -> int:
    at = last + 1
    while at < len(found) and (found[at].kind in (*_BETWEEN, "date", "every")):
        at += 1
    return at if at < len(found) and found[at].kind in _VERBS else 0


def _inside(found: list[Token], n: int) -> bool:
    """131 are in Kunshan and Taicang has 58: the first place ends a clause."""
    return n > 0 and found[n - 1].kind == "prep" and any(t.kind == "number" for t in found[:n])


def _number_follows(found: list[Token], last: int) -> bool:
    """Whether a number follows in the clause."""
    for token in found[last + 1 :]:
        if token.kind == "number":
            return True
        if token.kind == "mark":
            return False
    return False

"""What a closing bracket does: what it named ends with it, but for a date that is its name's and words that reach back.

In: a closing bracket of the walk. Out: the walk's state, changed. Source: reading.md §2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.link.tokens import Token

if TYPE_CHECKING:
    from etl.link.walk import Walk


def close(walk: Walk, token: Token, index: int) -> None:
    """Go back to the state before the bracket, which was a copy.

    A date behind a name, 规上工业总产值（2024年）4936亿元, （2024年认定）, is of the figures that follow; （均为预计数）
    reaches back over the list before it.
    """
    if not walk.brackets:
        return
    inner, walk.state = walk.state, walk.brackets.pop()
    if inner.date and (date := _date_of_name(walk, index)):
        walk.state.date, walk.state.date_at, walk.state.fresh = inner.date, date, True
        walk.state.verb = "award" if date is not walk.tokens[index - 1] else walk.state.verb
    empty = not any(c.number.start > token.start for c in walk.claims)
    if inner.status == "estimate" and walk.state.status == "actual" and empty:
        _estimate_back(walk, token)


def _date_of_name(walk: Walk, closing: int) -> Token | None:
    """The date of a bracket directly behind a name that says no more, or only that it is of an award."""
    at = closing - 2 if walk.tokens[closing - 1].kind in ("award", "new") else closing - 1
    if at < 2:
        return None
    named, opening, date = walk.tokens[at - 2 : at + 1]
    alone = date.kind == "date" and opening.kind == "mark" and opening.what in ("（", "(")
    return date if alone and named.kind == "name" and named.end == opening.start else None


def _estimate_back(walk: Walk, closing: Token) -> None:
    """（均为预计数） makes estimates of the facts before it; in a table of those in its own cell."""
    cells = [t.start for t in walk.tokens if walk.tabular and t.what == "\t" and t.start < closing.start]
    for claim in walk.claims:
        if claim.status == "actual" and claim.number.start >= max(cells, default=0):
            claim.status, claim.why = "estimate", claim.why + " · bracket"

"""Plan and outcome told as a pair of labels, each with a figure of the thing named before: 规划：40家, 实绩：31家.

In: the tokens of a sentence. Out: the same, with a label as one token that says whether its figure is planned or done;
and what such a token does to the walk. The pair stands in one clause (上市企业：规划40家，实绩31家) or on lines of its own
below the name. A plan without a year is that of the five-year plan the article is about, or has no date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link.scene import Dated
from etl.link.tokens import Token
from etl.period import Period
from etl.recognise import periods

if TYPE_CHECKING:
    from etl.link.walk import Walk

_PLAN = "(?P<plan>(?:原|原定|既定|预期|主要)?(?:规划|目标|计划|任务)(?:目标|任务|数|值)?)"
_DONE = "(?P<done>实绩|实际(?:完成|达到)?(?:数|值|情况)?|完成(?:数|值|情况)?|现状(?:数|值)?|结果|现值|最新(?:数|值|进展|数据))"
_LABEL = re.compile(f"(?:{_PLAN}|{_DONE})：")
#: 规划40家，实绩31家: words that are labels without a colon too.
_BARE = re.compile("(?:(?P<plan>规划)|(?P<done>实绩|实际))(?=[约近超逾]?\\d)")
_SETS_APART = ("，", "；", "（", "(", "、", "\t")
_BETWEEN = frozenset(("mark", "date", "function", "link", "number", "expect", "yoy", "bound"))


def programme(lead: str) -> Dated | None:
    """产业发展“十四五”规划: the last year of the one five-year plan that the beginning of an article, or a lead, speaks of."""
    named = [year for word, year in periods.FIVE_YEAR_PLANS.items() if word in lead]
    return Dated(Period.year(named[0]), "carried") if len(named) == 1 else None


def joined(tokens: list[Token], folded: str) -> list[Token]:
    """The tokens of a sentence, each label before a figure as one."""
    found: list[Token] = []
    end = -1
    for index, token in enumerate(tokens):
        if token.start < end:
            continue
        label = _label(tokens, index, folded)
        if label is None:
            found.append(token)
            continue
        end = label.end()
        what = "plan" if label["plan"] else "done"
        found.append(Token("label", what, token.start, end, "label"))
    return found


def _label(tokens: list[Token], index: int, folded: str) -> re.Match[str] | None:
    """The label that begins with a token: it opens its clause, but for a date, and its figure comes before any name."""
    before = index - 1 if index and tokens[index - 1].kind == "date" else index
    parted = tokens[before - 1].what if before else ""
    if before and parted not in _SETS_APART and not (parted == "：" and any(t.kind == "name" for t in tokens[:before])):
        return None
    start, last = tokens[index].start, tokens[-1].end
    label = _LABEL.match(folded, start, last) or _BARE.match(folded, start, last)
    if label is None:
        return None
    for token in tokens[index:]:
        if token.start >= label.end():
            if token.kind == "number":
                return label
            if token.kind not in _BETWEEN:
                return None
    return None


def said(walk: Walk, token: Token, index: int) -> None:
    """Take a label in: what follows is planned for a year to come or over, or it is what has become of it."""
    state, scene = walk.state, walk.scene
    state.fresh = True
    own = index > 0 and walk.tokens[index - 1].kind == "date"
    if token.what == "plan":
        state.status, state.planned = "target", True
        if not own:
            state.date, state.date_at = scene.programme or state.date, None
            state.plan_year = state.date
        return
    due = state.plan_year or scene.programme
    over = due if due and scene.published and due.period.end <= scene.published else None
    state.status, state.planned, state.plan_year = "actual", False, None
    if not own:
        state.date, state.date_at = over, None

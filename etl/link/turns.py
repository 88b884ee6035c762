"""Figures told in turn: 2023年、2024年工业投资先是152.8亿元，后是171.4亿元.

In: the first number behind a list of dates, places or names. Out: a claim or a refusal for each of the numbers, noted in
the walk; nothing where they do not stand in turn. As many numbers as the list has members, or all are refused.
Source: reading.md §3 D.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link.claims import Figure, Verdict, accept, fits_percent, value
from etl.link.percent import signed
from etl.link.scene import Dated, Topic
from etl.link.state import Claim
from etl.link.tokens import Token

if TYPE_CHECKING:
    from etl.link.walk import Walk

_IS = "(?:[是为有达]|达到|做到|完成|实现|录得|只有|仅有?)?"
_GROWS = "(?:(?:同比)?(?:(?P<fall>下降|下滑|回落|减少|[降跌减])|增长|上升|上涨|[增涨升])了?)?"
_HEDGE = "(?:大?约|近|超过?)?"
_FIRST = re.compile(f"，?(?:起先|首先|先|头一年|前一年|第一年)(?:便|就|则)?{_IS}{_GROWS}{_HEDGE}")
_NEXT = re.compile(
    f"[，、；](?:而)?(?:再往后|而后|随后|然后|接着|之后|后来|次年|后一年|第[二三四]年|[后再])(?:便|就|则|又|也|却|才)*{_IS}{_GROWS}{_HEDGE}"
)
_TURNS = re.compile("(?:先|年)[便就则]?是")  # 先是1452亿元，后是1611亿元: in turn, whatever it is that takes turns
_LONGEST = 8  # numbers told in turn

Member = tuple[Dated, Token] | tuple[str, Token] | Topic


def told(walk: Walk, index: int) -> bool:
    """Deal numbers told in turn over the list before them; whether they were."""
    topic = walk.state.topic
    if topic is None or topic.refused or walk.brackets:
        return False
    members = _members(walk)
    start = max([topic.end, *(_end(member) for member in members)])
    run = _run(walk, index, start)
    if not run or (len(members) < 2 and not _TURNS.search(run[0][1][0])):
        return False
    walk.taken.update(at for at, _ in run)
    equal = len(run) == len(members)
    for number, (at, gap) in enumerate(run):
        outcome = _outcome(walk, walk.tokens[at], gap, members[number]) if equal else _UNEQUAL
        if isinstance(outcome, Claim):
            accept(walk, outcome)
        else:
            walk.refuse(walk.tokens[at], *outcome)
    return True


_UNEQUAL: Verdict = ("unequal_lists", "")


def _members(walk: Walk) -> list[Member]:
    """The last list of the sentence that no figure has answered yet."""
    state, since = walk.state, walk.claims[-1].number.start if walk.claims else -1
    for listed in (state.last_dates, state.last_places):
        if len(listed) > 1 and listed[0][1].start > since:
            return list(listed)
    return list(state.names) if len(state.names) > 1 and state.names[0].start > since else []


def _end(member: Member) -> int:
    return member.end if isinstance(member, Topic) else member[1].end


def _run(walk: Walk, index: int, start: int) -> list[tuple[int, re.Match[str]]]:
    """The numbers from here on that stand in turn, each with what leads to it."""
    run: list[tuple[int, re.Match[str]]] = []
    for at, token in enumerate(walk.tokens[index:], index):
        if token.kind != "number":
            continue
        gap = (_NEXT if run else _FIRST).fullmatch(walk.folded, start, token.start)
        if gap is None or len(run) == _LONGEST:
            break
        run.append((at, gap))
        start = token.end
    return run if len(run) > 1 else []


def _outcome(walk: Walk, token: Token, gap: re.Match[str], member: Member) -> Claim | Verdict:
    """What one of the numbers says of its member of the list."""
    topic = member if isinstance(member, Topic) else walk.state.topic
    assert topic is not None
    quantity, why = token.what, "told in turn"
    grows = quantity.unit == "%" and not fits_percent(walk, topic)
    if grows and gap[0].endswith(("是", "为", "有", "达", "先", "后", "再")):
        return "unit", topic.call.head
    quantity = signed(quantity, "fall" if gap["fall"] else "grow") if grows else quantity
    figure = Figure(token, quantity, topic, why, measure="yoy" if grows else None)
    if isinstance(member, Topic):
        return value(walk, figure)
    frame, at = member
    dated = (frame, at) if isinstance(frame, Dated) else None
    placed = frame if isinstance(frame, str) else None
    return value(walk, Figure(token, quantity, topic, why, measure=figure.measure, place=placed, date=dated))

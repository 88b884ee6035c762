"""Two figures of one thing side by side, 803家 → 1752家: of when each is, a line above says, or nobody does.

In: a line that may be such a legend (左2020年末，右2025年末; 2020年末 → 2025年末), a number with another behind a lone sign.
Out: the pair of dates for the scene, or two claims; without a legend both numbers are refused. Dates that stand in the
pair itself (2020年末803家→目前1752家) are `timing`'s. Source: reading.md §3 D.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from etl.link.claimable import not_claimable
from etl.link.claims import Figure, Verdict, accept, value
from etl.link.scene import Dated, lies_ahead
from etl.link.state import Claim
from etl.link.tokens import Token
from etl.model import Mention
from etl.period import Period
from etl.recognise import periods
from etl.recognise.indicators import Call
from etl.recognise.periods import When

if TYPE_CHECKING:
    from etl.link.walk import Walk

_YEAR = re.compile("(?<![\\d.])20\\d\\d(?![\\d.%年])")
_LEGEND = 40  # signs of the longest line that is one
#: Which of two figures stands left, first, before the arrow: 左边是2020年底，右边是2025年底.
_FIRST = re.compile("左|前|上[面行排]|第一|先|旧")
_SECOND = re.compile("右|后|下[面行排]|第二|新")
_ARROW = re.compile("[的 \t]*(?:数|数据|那本|家底)?[ \t]*(?:→|vs\\.?|VS\\.?|Vs\\.?|对比|对)[ \t]*")
_FROM_TO = re.compile("年?[底末]?(?:一路)?(?:到|至|→)")
#: What alone may part the two: 803家 → 1752家, 803家～1752家, 803家到1752家.
_PARTED = re.compile("[ \\t]*(?:→|[~—–-]{1,2}|[>》/|]{1,3}|到|至)[ \\t]*")
_AGO = re.compile("年前$")  # 五年前: which year that is, is open in January


def legend(words: str, mentions: list[Mention[Any]], start: int, published: date | None) -> tuple[Dated, Dated] | None:
    """The dates that a line gives to the two figures of each line below it; `start` is where its words begin."""
    spots = [(m.span.start - start, m.span.end - start, m.what) for m in mentions if isinstance(m.what, When)]
    spots += [(y.start(), y.end(), When("absolute", int(y[0]))) for y in _YEAR.finditer(words)]
    spots.sort(key=lambda spot: spot[0])
    named = any(isinstance(m.what, Call) for m in mentions)  # 省级智能工厂家数，去年底→今年6月底: of that alone
    if named or len(spots) != 2 or len(words) > _LEGEND or any(_AGO.search(words, 0, end) for _, end, _ in spots):
        return None
    before, between = words[: spots[0][0]], words[spots[0][1] : spots[1][0]]
    sided = _FIRST.search(before) and _SECOND.search(between)
    ranging = before.endswith("从") and _FROM_TO.fullmatch(between)
    if not (sided or ranging or _ARROW.fullmatch(between)) or re.search("\\d", before + between + words[spots[1][1] :]):
        return None
    told: list[Period] = []
    for *_, when in spots:
        period = periods.resolve(when, published, told[-1] if told else None)
        if period is None:
            return None
        told.append(period)
    return (Dated(told[0], "carried"), Dated(told[1], "carried"))


def told(walk: Walk, index: int) -> bool:
    """Read a number and the one that a lone sign parts from it; whether they are such a pair."""
    first = walk.tokens[index]
    at = next((n for n in range(index + 1, min(index + 4, len(walk.tokens))) if walk.tokens[n].kind == "number"), None)
    if at is None or not first.what.unit or walk.tokens[at].what.unit != first.what.unit:
        return False
    second = walk.tokens[at]
    parted = _PARTED.fullmatch(walk.folded[first.end : second.start])
    if parted is None or _told_otherwise(walk, index) or (walk.tabular and "→" not in parted[0]):
        return False
    walk.taken.update(range(index, at + 1))
    dates: tuple[Dated | None, Dated | None] = walk.scene.pair or (None, None)
    verdict = not_claimable(walk, walk.state.topic) if walk.state.topic else None
    for number, dated in zip((first, second), dates, strict=True):
        found = verdict or _of(walk, number, dated)
        if isinstance(found, Claim):
            accept(walk, found)
        else:
            walk.refuse(number, *found)
    walk.state.used, walk.state.fresh = True, False
    return True


def _told_otherwise(walk: Walk, index: int) -> bool:
    """2020年末803家→目前1752家, 由803家→1752家, 分别为803家/1752家: pairs whose own words say of when or of whom they are."""
    state = walk.state
    dated = index > 0 and walk.tokens[index - 1].kind == "date"
    listed = state.each or len(state.last_dates) > 1 or len(state.last_places) > 1 or len(state.names) > 1
    return dated or state.from_ or bool(state.growth) or listed


def _of(walk: Walk, number: Token, dated: Dated | None) -> Claim | Verdict:
    """One figure of a pair, as of its date; planned where that is to come."""
    topic, published, status = walk.state.topic, walk.scene.published, walk.state.status
    if topic is None:
        return "no_indicator", ""
    today = dated is not None and dated.period.instant and dated.period.end == published
    flow = bool(topic.indicator) and walk.catalogue.indicators[topic.indicator].kind == "flow"
    if dated is None or (today and flow):
        return "no_date", ""
    if published and lies_ahead(dated.period.end, published):
        walk.state.status = "target"
    found = value(walk, Figure(number, number.what, topic, "pair under a legend", date=(dated, number)))
    walk.state.status = status
    return found


#: 从2020年末的1.1万家到2025年末的1.8万家，苏州高新技术企业: figures with a date each, and right behind them their name.
_SERIES = re.compile("f?(?:de?n[ma]?){2,}(?<=m)(?P<named>p*N)")
_KINDS = {"date": "d", "number": "n", "from": "f", "mark": "m", "and": "a", "expect": "e", "place": "p", "name": "N"}
_RATIOS = ("占", "比重", "占比", "率", "强度")


def named_first(tokens: list[Token]) -> list[Token]:
    """从2020年末的1.1万家到2025年末的1.8万家，苏州高新技术企业…: what the figures are of, told right behind, as it would be said."""
    said = [at for at, t in enumerate(tokens) if t.kind != "function"]
    series = _SERIES.match("".join(_KINDS.get(tokens[at].kind, "x") for at in said))
    if series is None:
        return tokens
    first, last = said[series.start("named")], said[series.end("named") - 1]
    marks = [t.what for t in tokens[:first] if t.kind == "mark"]
    told = [t.what.unit for t in tokens[:first] if t.kind == "number"]
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    of_its_own = following is None or (following.kind == "number" and following.what.unit == told[0])
    ratio = tokens[last].what.head.endswith(_RATIOS) or "占" in tokens[last].what.head
    parted = {"、", "，"} if tokens[said[0]].kind == "from" else {"、"}
    if marks[-1] not in ("，", "—", "——") or set(marks[:-1]) - parted or of_its_own:
        return tokens
    if len(set(told)) > 1 or (told[0] == "%") != ratio:
        return tokens
    return [*tokens[first : last + 1], *tokens[:first], *tokens[last + 1 :]]

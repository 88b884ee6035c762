"""Sums told by who made them, with what they are of behind the figure: 规上工业企业做出1391.7亿元产值.

In: the index of a sum of money, of which no name stands right behind. Out: a claim of the name that the two pieces make,
a refusal where the figure is a sum of something else (带来12亿元税收), or None where the shape is another.
Source: reading.md §3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link import names
from etl.link.claims import Figure, Verdict, value
from etl.link.counted import clause
from etl.link.state import Claim
from etl.link.tokens import Token, passed_over
from etl.recognise.indicators import Call

if TYPE_CHECKING:
    from etl.link.walk import Walk

_ENDS = "(?=[，。；：、！？（）—]|$|\\n|和|与|及|，?同比|，?比上年)"
#: 的产值, 收入: what a sum is of, as the last word of its clause.
_OF = re.compile(f"的?(?P<noun>(?:工业)?(?:总产值|产值|增加值)|(?:业务|营业|销售|软件业务)?收入|营收|投资){_ENDS}")
#: 带来12亿元税收: what no sum of the catalogue is.
_OF_ANOTHER = re.compile(
    f"的?(?:[一-鿿]{{0,4}}(?:税收|税款|税金|利税|利润|净利|盈利|订单|出口额?|进口额?|贷款|融资|授信|奖励|补贴|补助|补偿|保费|资金|资产|债务|成本|损失|工资|分红|市值|成交额|零售额|销售额|用电|订货|合同|红利|研发费用?|经费)){_ENDS}"
)
_MADE = "(?:做出|做成|做下|做|创造出?|实现|完成|交出|缴出|贡献出?|干出|带来|录得|拿出|产出|打出|挣来|挣回|挣下|挣|赚来|赚回|赚|收获|取得|斩获|形成|撑起|生产出?|揽下|献出|砸下|投下|投入)了?"
_MAKES = re.compile(
    f"(?:们|一年|全年|去年|当年|上半年|里|内|共|一共|总共|累计|合计|已|已经|就|又|也|还|则|能|可)*(?:(?:给|为|替|向)[^，。；、的\\d]{{2,8}}?)?(?P<verb>{_MADE})(?:大?约|近|超过?|逾)?"
)
_EARNS = re.compile("(?:全年|一年|去年|当年|共|累计|已|就|为[^，。；、的\\d]{2,6})*创收(?:了|达到?|约|近|超过?)?")
_FRAMING = frozenset(("date", "place", "number", "function", "total", "link", "and", "from", "mark"))


def told(walk: Walk, index: int) -> Claim | Verdict | None:
    """What a sum says of the name whose pieces stand around it."""
    token = walk.tokens[index]
    if token.what.unit != "元":
        return None
    of = _OF.match(walk.folded, token.end)
    who = _who(walk, token) if of or walk.folded.endswith("创收", 0, token.start) else None
    if who is None:
        return ("no_indicator", "") if _of_another(walk, token) else None
    call = _name(walk, who, token, of["noun"] if of else "")
    if call is None:
        return None
    end = of.end() if of else token.end
    topic = names.named(Token("name", call, who.start, end), walk.state, walk.scene)
    for at in range(index + 1, len(walk.tokens)):  # the noun names nothing more
        if walk.tokens[at].end <= end:
            walk.tokens[at] = passed_over(walk.tokens[at])
    return value(walk, Figure(token, token.what, topic, "made by whom, and what"))


def _of_another(walk: Walk, token: Token) -> bool:
    """Whether a word for another sum stands right behind a figure, and is no part of the name before it."""
    of, topic = _OF_ANOTHER.match(walk.folded, token.end), walk.state.topic
    return of is not None and topic is not None and of[0].removeprefix("的") not in topic.call.head


_MANY = 100  # firms, of which each place has more


def _who(walk: Walk, token: Token) -> Token | None:
    """Who made a sum: the words of its clause that a name of the catalogue begins with, and only frames before them.

    增资扩产项目62个，完成了38.7亿元投资: a clause that opens with its verb is of what the one before has counted.
    """
    here = clause(walk, token)
    if not here:
        return None
    first, last = walk.recogniser.indicators.maker(walk.folded, here[0].start, token.start) or (0, 0)
    if not last:
        return _counted_before(walk, here)
    before = [t for t in here if t.start < first]
    if any(map(_few, before)) or any(t.kind not in _FRAMING or t.end > first for t in before):
        return None
    return Token("word", walk.folded[first:last], first, last)


def _counted_before(walk: Walk, here: list[Token]) -> Token | None:
    """The name whose count the clause before has told, where this one opens with a verb of making."""
    last, topic = walk.claims[-1] if walk.claims else None, walk.state.topic
    if last is None or topic is None or last.topic != topic or last.measure != "value" or walk.state.part:
        return None
    next_to = walk.folded[last.number.end : here[0].start] == "，"
    return Token("word", topic.call.head, topic.start, here[0].start) if next_to and not _few(last.number) else None


def _few(token: Token) -> bool:
    """Whether so few firms are counted that a sum is their own, and not that of the place: 3家规上工业企业."""
    return token.kind == "number" and token.what.unit in ("家", "户") and token.what.value < _MANY


def _name(walk: Walk, who: Token, token: Token, noun: str) -> Call | None:
    """The name that who and what make, where a verb of making stands between who and the figure."""
    if not noun:
        earned = _EARNS.fullmatch(walk.folded, who.end, token.start)
        return walk.recogniser.indicators.joined(str(who.what), "收入") if earned else None
    makes = _MAKES.fullmatch(walk.folded, who.end, token.start)
    if makes is None:
        return None
    tails = (noun, makes["verb"].removesuffix("了") + noun)
    return next(filter(None, (walk.recogniser.indicators.joined(str(who.what), tail) for tail in tails)), None)

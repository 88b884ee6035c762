"""What a plan calls its years, said once and used all through it: 中期看2027年，远期看2030年, 以2024年为基数.

In: the folded text of an article, and the tokens of its sentences. Out: the years by their names; the tokens with each
such name, where a figure follows, as the date that it stands for (中期1.25万亿元, 基数3600P, 以128家为基数). Source: reading.md §1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link.tokens import Token, put
from etl.recognise.periods import When

if TYPE_CHECKING:
    from etl.link.walk import Walk

BASE = "基数"
_NAMES = "近期|中期|远期|终期|末期|期末"
_HORIZON = re.compile(
    f"(?P<name>{_NAMES})(?:的?目标)?(?:年份?)?(?:看|为|是|指的?是?|即|对应|瞄准|定在|设在|：|（|，)*(?:到|至)?(?P<year>20\\d\\d)(?!年?[\\d上下])年?"
    f"|(?P<of>20\\d\\d)年(?:底|末)?(?:为|是|作为|称为?|（|叫)(?P<called>{_NAMES})"
)
_STARTS = "(?:基期值?|基数|底数|基准值?|起步值)"
_FROM = re.compile(
    "(?:以|拿|用|按|取|把)(?P<year>20\\d\\d)年(?:底|末|度)?(?:的?(?:统计|实际|年报)?(?:数据|数字|数|实绩|完成数|水平))?"
    f"(?:来?(?:为|作为?|当作?|做))?(?:{_STARTS}|打底|垫底|起点|起跑线)"
    f"|{_STARTS}(?:年份|年|数)?(?:均|一律|统一|都)*(?:为|是|取|按|用|指|采用|：|（|，)+(?P<of>20\\d\\d)年(?![\\d上下])"
)
#: 中期1.25万亿元, 远期不低于5%: a name right before its figure.
_USED = re.compile(
    f"(?<![\u3400-\u9fff])(?P<name>{_NAMES})(?:目标|则|再|要|须|为|是|达到?|做到|增至|扩至|提升到|到|至|力争|争取|：)*"
    "(?=(?:不低于|不少于|不超过|超过?|突破|约|近|逾)?\\d)"
)
#: 基数3600P, 底数为2746亿元: where a figure is told to start from.
_START = re.compile(f"(?P<name>{_STARTS})(?=(?:就|已|只|仅|则|也)*(?:为|是|有|：)?(?:只有|约|近|超)?\\d)")
#: 以128家为基数, 由1.06万亿元起算, 从109家起步, 在2362亿元的基础上: the same, around the figure.
_AROUND = re.compile(
    f"(?P<name>[以由从在])(?=[约近超]?[\\d.]+[万亿]*[^\\d，。；]{{0,4}}?(?:为(?:{_STARTS}|起点)|起算|起步|起跑|打底|的基础上))"
)


def told(folded: str) -> dict[str, int]:
    """The year that each name stands for, where the article says so, and says so once.

    >>> told("意见设了两道关口：中期看2027年，远期看2030年，以2024年为基数。")
    {'中期': 2027, '远期': 2030, '基数': 2024}
    """
    found: dict[str, set[int]] = {}
    for match in _HORIZON.finditer(folded):
        found.setdefault(match["name"] or match["called"], set()).add(int(match["year"] or match["of"]))
    for match in _FROM.finditer(folded):
        found.setdefault(BASE, set()).add(int(match["year"] or match["of"]))
    if found.keys().isdisjoint(("中期", "远期", "终期")):
        found.pop("近期", None)  # 近期（2025年9月）, lately
    return {name: years.pop() for name, years in found.items() if len(years) == 1}


def dated(tokens: list[Token], folded: str, years: dict[str, int]) -> list[Token]:
    """The tokens of a sentence, with the names of years that figures follow as dates."""
    if not years:
        return tokens
    start, end = tokens[0].start, tokens[-1].end
    spots = [(match.span("name"), years.get(match["name"])) for match in _USED.finditer(folded, start, end)]
    for base in (_START, _AROUND):
        spots += [(match.span("name"), years.get(BASE)) for match in base.finditer(folded, start, end)]
    for span, year in sorted(spots):
        if year is not None:
            tokens = put(tokens, folded, Token("date", When("absolute", year), *span, "name of a year"))
    return tokens


def starts(walk: Walk, number: Token) -> bool:
    """智能算力的基数3600P: whether a number is where something starts from; of when, must be told."""
    return any(
        match.end() <= number.start
        for match in _START.finditer(walk.folded, max(walk.tokens[0].start, number.start - 8), number.start + 1)
    )

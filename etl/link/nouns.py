"""Nouns that are no name: what a number tells of where a name of an earlier clause would take it (贷款增长8%, 打造标杆30个).

In: a number, and the name to its left. Out: the noun beside the number that it tells of instead, or nothing. A word that
nothing explains may be a verb or a noun: right before a number and its verb, or right behind it, it is a noun, unless it
is one of few verbs. Source: reading.md §3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import dropwhile
from typing import TYPE_CHECKING

from etl.link.bases import percentage
from etl.link.counted import clause
from etl.link.scene import Topic
from etl.link.tokens import Token

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: What may stand between a noun and its number.
_BETWEEN = ("total", "new", "award", "grow", "fall", "yoy", "since_january")
#: General nouns, which explain nothing away where they end the name, and tell of something else where they do not.
_GENERAL = frozenset("项目 产品 平台 机构 指标 任务 服务 活动 认证".split())
#: Verbs and adverbs that nothing else explains: 包办9家, 同样9座, 月末达4970座.
_VERBS = tuple(
    "独此 独占 照旧 同样 包办 月末 同日 老面孔 盘子 登记 敲钟 半年 刚刚 自己 至少 至多 一下子 一批 出自 之误 仍旧 确实 维持 实数 实增 铺开 基数".split()
)
_COMPLEMENTS = tuple("够到起了出成得满完入上下过去来定走住取以的")  # 聚起310家, 做完3600家: the end of a verb
#: Signs that a noun may be broken at, and those of them that are none of its own.
_SINGLE = ("function", "link", "and")
_NO_PART = frozenset("了的有是为已达共还也就只仅均都则又再才却已便并且和与及里内上由从在其此这那该各每")
_OF_NOUNS = ("word", "grant", "theme")
_LEAST = 2  # signs of a noun


def another(walk: Walk, topic: Topic) -> str:
    """The noun beside the number under reading that it tells of, where the name stands in an earlier clause."""
    if walk.tabular:
        return ""  # a cell is told of by the heads of its row and column
    if measure := _turned_to(walk, topic):
        return measure
    before = clause(walk, walk.at)
    told = max((n for n, token in enumerate(before) if token.kind == "number"), default=-1)
    before = before[told + 1 :]
    if before and topic.start >= before[0].start:
        sorts = walk.catalogue.indicators[topic.indicator].unit in _OF_SORTS  # 上市公司营收增长37%, …的员工总数为37人
        before = [token for token in before if token.start >= topic.end]
        general = any(walk.folded[token.start : token.end] in _GENERAL for token in before)
        return _told(walk, before, topic) if sorts and not general else ""
    if (noun := _told(walk, before, topic)) or percentage(walk.at):
        return noun
    behind = (token for token in walk.tokens if token.start >= walk.at.end)
    return _unless_verb(walk, _noun(walk, behind, walk.at.end), topic)


#: What statistics measure beside what the catalogue has.
_MEASURE = re.compile(
    "[，；](?:而|但|且|同时|此外|另外|不过|再看|反观|与此同时|从|论|看|至于|说到|就)*(?:全市|全区|规上工业|规上|规模以上|工业|制造业|企业|外资|民营|货物|社会|居民|城镇|财政|一般公共预算)*的?"
    "(?P<what>利润|利税|税收|税金|营收|营业收入|业务收入|收入|销售|进出口|外贸|出口|进口|外资|内销|产量|销量|产销率?|用电|用水|用气|用工|能耗|电耗|就业|融资|贷款|存款|消费|零售|货运|客流|吞吐|库存|亏损|专利|工资|成本|物流|房地产|基建|民间投资|固定资产投资|技改投资)"
    "(?:总额|总量|总值|[额量值面率]|数)?(?:方面|这[一头边端]+)?[^，；。：、\\d]{1,12}(?=[，；])"
)


def _turned_to(walk: Walk, topic: Topic) -> str:
    """…3621亿元，出口更亮眼，同比增长7.9%: what the clauses between the last figure and this number have turned to."""
    here, last = clause(walk, walk.at), walk.claims[-1] if walk.claims else None
    if last is None or not here or topic.start >= last.number.end:
        return ""
    found = [m["what"] for m in _MEASURE.finditer(walk.folded, last.number.end, here[0].start)]
    return next((what for what in reversed(found) if what not in topic.call.head), "")


def _told(walk: Walk, before: Sequence[Token], topic: Topic) -> str:
    at = len(before)
    while at and (
        before[at - 1].kind in _BETWEEN or (before[at - 1].kind in _SINGLE and not _of_a_noun(walk, before[at - 1]))
    ):
        last, at = before[at - 1], at - 1
        word = walk.folded[last.start : last.end]
        if word == "的":
            return ""  # 写进答卷的是5%的增速
        if last.kind == "function" and word in _GENERAL:
            sort = _noun(walk, reversed(before[:at]), last.start)  # 签约|项目
            return "" if topic.call.head.endswith(word) and not _unless_verb(walk, sort, topic) else word
    noun = _noun(walk, reversed(before[:at]), before[at - 1].end if at else 0)
    listed = at - len(noun) > 0 and before[at - len(noun) - 1].kind in ("mark", "and")
    return "" if listed else _unless_verb(walk, noun, topic)


def _noun(walk: Walk, tokens: Iterable[Token], edge: int) -> list[Token]:
    """The tokens that make one noun, side by side from a place of the text on: 个|体|户, 外|资|总|部."""
    found: list[Token] = []
    for token in tokens:
        if edge not in (token.start, token.end) or not (token.kind in _OF_NOUNS or _of_a_noun(walk, token)):
            break
        found.append(token)
        edge = token.start if edge == token.end else token.end
    return found


def _of_a_noun(walk: Walk, token: Token) -> bool:
    word = walk.folded[token.start : token.end]
    return token.kind in _SINGLE and len(word) == 1 and word not in _NO_PART


def _unless_verb(walk: Walk, noun: Sequence[Token], topic: Topic) -> str:
    if all(token.kind in _SINGLE for token in noun):  # there is none
        return ""
    start, end = min(token.start for token in noun), max(token.end for token in noun)
    word = walk.folded[start:end]
    if any(token.kind == "grant" for token in noun):
        return word
    verbal = len(word) < _LEAST or word.endswith((*_VERBS, *_COMPLEMENTS))
    return "" if verbal or word in topic.call.head else word


_FIRM = re.compile("(?:集团|股份|车企|药企|钢企|科技公司|工厂|厂|企业|公司)$")
#: 在思必驰，算力规模…: a clause that only says where, in no place that is known.
_AT = re.compile("(?:^|[。；\\n])(?:走进|在)(?P<who>[㐀-鿿]{2,6})，\\Z")
_NOT_WHO = re.compile(
    "^(?:全|年|本|各|某?地)|[^\u3400-\u9fff]|(?:社会|工业|科技园|园区|层面|方面|时|等|引|称|所|前|后|业|领域|集群|赛道|圈|链|体系|口径|[上下中里内间])$"
)
_NAME = 3  # signs of a name that stands for itself


def subject(walk: Walk, topic: Topic) -> str:
    """思必驰去年算力规模达37P: who has the figure, where nothing explains the subject of the clause in which the name stands."""
    here = [t for t in walk.tokens if t.start < topic.start]
    after = max((n for n, t in enumerate(here) if t.kind == "mark" and t.what in "，；：。、"), default=-1) + 1
    apart = _AT.search(
        walk.folded, max(0, walk.tokens[0].start - 1), here[after].start if here[after:] else topic.start
    )
    if (
        apart
        and not _NOT_WHO.search(apart["who"])
        and not any(t.kind == "place" and t.start < apart.end() and t.end > apart.start() for t in here)
    ):
        return apart["who"]
    here = list(dropwhile(lambda t: t.kind in ("date", "part", "and", *_SINGLE), here[after:]))
    noun = _noun(walk, here, here[0].start if here else 0)
    rest = here[len(noun) :]
    if not noun or any(t.kind not in ("date", "function", "link", "total") for t in rest):
        return ""
    word = _unless_verb(walk, noun, topic)
    owns = any(walk.folded[t.start : t.end] == "的" for t in rest)
    known = not word or _NOT_WHO.search(word) or any(t.kind == "theme" for t in noun)
    return "" if known or len(word) < _NAME or (owns and not _FIRM.search(word)) else word


#: 在统规上工业企业, 本土上市企业, 世界经济论坛灯塔工厂: what leaves a name all that it is.
_ALL_OF_IT = re.compile(
    "论坛|胡润|榜|(?:[文图表]中|引|在[统园册地]|国家|国字号|享受|接受|得到|获得|单[计论]|龙头|本土|海内外|境内外|批|看|一类|滚动|组织|实施|科技园|社会|口径|[年经论按据]|年度|累计|先后|有效|埋头)$"
)
#: 受访的, 年产值超亿元的, 正在申报的: those of them of which something more is said.
_OF_THOSE = re.compile(
    "(?:受访|参会|参展|受调查|申报|待[^，。；]{1,4}|规划中|建设中|在建|备选|候选|获奖|受表彰|创办|创立|成立[^，。；]{0,6}|亏损|停产|到期|注销|外迁|复产|开工|出海"
    "|(?:营收|产值|收入|销售额?|员工|人数|规模|估值|市值|投入|年限|占比)[^，。；、]{0,4}(?:[超过破]|[\\d亿万千百]|以上)[^，。；、]{0,6})的$"
)
_OF_SORTS = ("enterprises", "factories", "workshops")  # what there are sorts of
_FAR = 14  # signs before a name in which that is said


def narrowed(walk: Walk, topic: Topic) -> str:
    """化工省级智能工厂, 停产规上工业企业, 受访的高新技术企业: a word right before a name that makes a part of it."""
    if walk.catalogue.indicators[topic.indicator].unit not in _OF_SORTS or topic.call.head.endswith(
        ("榜", "名录", "名单")
    ):
        return ""
    start = max(walk.tokens[0].start, topic.start - _FAR)
    if said := _OF_THOSE.search(walk.folded, start, topic.start):
        return said[0]
    noun = _noun(walk, (t for t in reversed(walk.tokens) if t.end <= topic.start), topic.start)
    word = _unless_verb(walk, noun, topic)
    return "" if _ALL_OF_IT.search(word) or any(t.kind == "theme" for t in noun) else word

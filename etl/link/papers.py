"""Papers and lists: when they appeared, and which year what stands in them is of.

In: the sentence under reading and a date. Out: whether the date only says when a paper appeared or a figure came out, and
whether it is the year of a list, in which whoever stands on it has been recognised. Source: reading.md §4.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.link import bases, names
from etl.link.scene import Dated
from etl.link.tokens import Token
from etl.period import Period
from etl.recognise import periods
from etl.recognise.periods import When

if TYPE_CHECKING:
    from etl.link.walk import Walk

_APPEARED = re.compile(
    "(?:初|底|末)?(?:，)?(?:公示|发布|出台|印发|召开|举行|刊发|公布|成立|启动|制定|开幕|闭幕)(?:的|了|《)"
)
_LIST = re.compile("[^，。；《]{0,24}(?:名单|榜单|名录)")
#: 2025年度的几份名单陆续公布。 What is told behind them is of their year.
_LISTS_OUT = re.compile("度?的?[^，。；\\d]{0,10}(?:名单|榜单|名录)[^，。；\\d]{0,4}(?:公布|出炉|揭晓|发布|放榜|亮相)")
PAPER = re.compile(
    "(?:规划|计划|方案|纲要|意见|蓝图|协议|责任书|军令状)(?![局院处委师区图展馆科部外]|实施|执行|完成|收官|的?目标|的?任务)"
)
#: 去年的成绩单：, 今年的盘子定了：the year of what a colon leads to, unless it is a paper's.
_HEADS = re.compile("的(?![^，。；：]*(?:规划|计划|方案|纲要|意见|蓝图|报告))[^，。；：\\d]{1,12}：")


#: 去年的数五月份才出: when a figure comes out dates nothing; whose figure it is, does.
_COMES_OUT = re.compile(
    "(?:份)?(?:才|就|将|会|方|再|要)?(?:能|会)?(?:出|出炉|公布|发布|出来|揭晓|核定|核准|算清|见分晓|知晓|确定|敲定|落定|制表|制图|编印|付印|印制|填报)(?=[，。；])"
)
#: 去年的数, 2月底的台账, 今年前5个月的工业数据: what is told is told as of that day, or of that time.
_NUMBERS_OF = re.compile(
    "的(?:(?:全市|全区|各地|各板块|主要|最新|核心|规上|规模以上|工业|制造业|经济|产业|科技|创新|运行|统计|生产|投资|产值|官方|分项)*"
    "(?:数据|数字|数(?![量目])|统计(?=数|出|公|发|结)|(?:月|季|快|年)报(?!告)|成绩单?|答卷|账(?:本|单|目)?(?=[也已都]?(?:出|算[清好完出]|理清|盘清|结清|晒)))"
    "|(?:最新|工作|统计|企业|动态|管理)?(?:台账|名册|花名册|底册|底账|账册|(?:统计|盘点|摸底|清点)(?=[，：]|数)))"
)


#: 今年以来公布的几份名单，我区上榜情况如下。 今年各批名单陆续揭晓：
_OUT = re.compile(
    "(?:公布|发布|出炉|揭晓|公示|放榜|印发)[^，。；\\d]{0,8}(?:名单|榜单|名录|榜)|(?:名单|榜单|名录|榜)[^，。；\\d]{0,10}(?:公布|出炉|揭晓|发布|放榜|亮相|收口)"
)


def lists_told(walk: Walk) -> Period | None:
    """今年公布的几份名单，上榜情况如下。 The year whose lists a sentence without figures says that it turns to."""
    dates = [token for token in walk.tokens if token.kind == "date"]
    if len(dates) != 1 or any(map(_counts, walk.tokens)):
        return None
    period = periods.resolve(dates[0].what, walk.scene.published, None)
    out = _OUT.search(walk.folded, dates[0].end, walk.tokens[-1].end)
    return period if out and period and period.kind == "year" else None


def _counts(token: Token) -> bool:
    """Whether a token is a number, and not only that of the lists: 几份, 三张."""
    return token.kind == "number" and token.what.unit not in ("份", "张", "个", "批", "项", "次")


#: 年初的工业大会上, 3月初召开的推进会: when people met.
_MET = re.compile(
    "(?:召开|举行|举办|开)?的?(?:那[次场])?(?:[^，。；：、\\d]{0,12}?)(?:大会|两会|人代会|党代会|全会|例会|(?:动员|部署|推进|务虚|座谈|发布|通气|调度|分析|汇报|表彰|誓师|恳谈|协调)会|会议)(?![室厅堂场员业代])"
)


def met(walk: Walk, index: int) -> bool:
    """年初的工业大会上，…: a day, a month or the beginning of a year on which people met dates nothing they spoke of.

    三季度经济形势通气会，…：1—9月，…: nor does a longer span, where another is told before the first figure.
    """
    when = walk.tokens[index].what
    if not isinstance(when, When) or when.months is None or when.until:
        return False
    if not _MET.match(walk.folded, walk.tokens[index].end):
        return False
    behind = [t for t in walk.tokens[index + 1 :] if t.kind in ("date", "number")]
    own = bool(behind) and behind[0].kind == "date" and getattr(behind[0].what, "months", None) is not None
    return when.months[0] == when.months[1] or own


#: 2000年开园的苏州国际科技园, 去年升格的…: since when a place is what it is.
_SINCE_THEN = re.compile(
    "(?:底|末|初)?(?:正式|首批|获批|启动|开工|奠基)?(?:开园|开发|建设|建园|建区|设立|成立|挂牌|揭牌|启用|投用|升格|升级|获批|设区|撤市设区|撤县设市|撤县建市|落成|起步|创建|组建|划定|批准|更名|合并|奠基|动工|开工|开建)(?:的|以来的)"
)


def _describes(walk: Walk, index: int) -> bool:
    """2000年开园的苏州国际科技园，…: whether a date only says something of the place behind it."""
    since = _SINCE_THEN.match(walk.folded, walk.tokens[index].end)
    return since is not None and any(t.kind == "place" and t.start == since.end() for t in walk.tokens[index + 1 :])


def attributive(walk: Walk, index: int) -> bool:
    """2021年发布的《规划》: when a document appeared dates no figure."""
    end = walk.tokens[index].end
    if met(walk, index) or _describes(walk, index):
        return True
    if _COMES_OUT.match(walk.folded, end):
        return not _honour_out(walk, index)
    if _NUMBERS_OF.match(walk.folded, end):
        return False
    if appeared := _APPEARED.match(walk.folded, end):
        listed = _LIST.match(walk.folded, appeared.end())
        if listed and not walk.state.verb:
            walk.state.verb = "award"  # what a year's list names has been recognised in that year
        listed = listed or names.BATCH.match(walk.folded, appeared.end())
        return not (listed or _honours(walk, index))  # 今年公布的…名单中: who stands on it, does so this year
    following = walk.tokens[index + 1 : index + 3]
    if _LISTS_OUT.match(walk.folded, end):
        return False
    if bases.paced(walk, index) or bases.on_basis(walk, index) or _HEADS.match(walk.folded, walk.tokens[index].end):
        return False  # 今年的盘子定了：…
    return (
        not walk.state.from_
        and len(following) == 2
        and following[0].kind == "function"
        and following[0].what.word == "的"
        and (
            following[1].kind in ("word", "grow", "fall", "grant") or bool(PAPER.match(walk.folded, following[1].start))
        )
    )  # never a plan: 今年的任务


def _honours(walk: Walk, index: int) -> bool:
    """今年公布的国家卓越级智能工厂: an honour at a level, made known in a year, is given in that year."""
    named = next((t for t in walk.tokens[index + 1 : index + 5] if t.kind == "name"), None)
    if named is None or not named.what.level or any(t.kind == "number" for t in walk.tokens[index + 1 : index + 4]):
        return False
    walk.state.verb, walk.batched = walk.state.verb or "award", True
    return True


#: 7月 第五批…公示, 9月 国家级绿色工厂名单更新: who stands on a list is of its year.
_MONTHS_LIST = re.compile("[\t ]?(?:[^，。；\\d公]|5G){0,24}(?:第[一二三四五六七八九十]+批|名单|名录)")


def of_a_batch(walk: Walk, token: Token) -> bool:
    """7月公示的第五批…: a batch is of its year, whichever month it was made known in."""
    appeared = _APPEARED.match(walk.folded, token.end)
    batch = bool(appeared and names.BATCH.match(walk.folded, appeared.end()))
    listed = _MONTHS_LIST.match(walk.folded, token.end)
    standing = (
        token.what.point and listed and not names.BATCH.search(listed[0])
    )  # 7月底的名录: all who stand on it by then
    return bool(token.what.months) and (batch or bool(listed and not standing))


#: 2025年国家5G工厂名录: whoever stands on a year's list has been recognised in that year.
_YEARS_LIST = re.compile(
    "度?(?:国家|省)?(?:名录|名单|榜单)|度?(?!底|末|新增)(?:[^，。；：、（）\\d增入选]|5G){1,20}(?:名录|名单|榜单)"
)


def of_a_years_list(walk: Walk, index: int) -> bool:
    """Whether a year is that of a list or of an honour, and so of whoever is told of behind it."""
    return bool(_YEARS_LIST.match(walk.folded, walk.tokens[index].end)) or _years_honour(walk, index)


def _honour_out(walk: Walk, index: int) -> bool:
    """首批国家卓越级智能工厂2025年揭晓，…: who is told of when an honour's winners come out, has been recognised then."""
    before = walk.tokens[index - 1] if index else None
    if before is None or before.kind != "name" or not before.what.level or walk.spoken:
        return False
    walk.state.verb, walk.batched, walk.listed = walk.state.verb or "award", True, True
    return True


def _years_honour(walk: Walk, index: int) -> bool:
    """2022年度省级绿色工厂，苏州共有24家: an honour of a year's name is given in that year."""
    following = walk.following(index)
    named = following is not None and following.kind == "name" and following.what.level
    return bool(named) and walk.folded.endswith("年度", 0, walk.tokens[index].end)


def of_its_batch(walk: Walk, indicator: str, stated: Dated | None) -> Dated | None:
    """第七批…，苏州上榜241家: where nothing dates a batch, or only what stood before it, its year as the catalogue knows it."""
    (ordinal, spot), years, state = walk.batch, walk.catalogue.indicators[indicator].batches, walk.state
    year = years[ordinal - 1] if 0 < ordinal <= len(years) else 0
    told = stated is not None and (
        stated.period.end.year >= year or state.number_date is not None or (state.date_at or walk.at).start > spot
    )
    if told or not year or (walk.scene.published and walk.scene.published.year < year):
        return stated
    return Dated(Period.year(year), "assumed")


def as_reviewed(walk: Walk, token: Token) -> When:
    """其中688座为本年度新开通: in a year's communiqué this year is the one that it reviews."""
    when: When = token.what
    review = walk.scene.review
    if review is None or when.base != "publication" or not walk.folded.startswith("本年", token.start):
        return when
    return replace(when, base="absolute", year=review.period.end.year)

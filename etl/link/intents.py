"""Lists of intentions: what a colon leads to where the words before it say that a plan, or its goals, are set down.

In: a colon under reading. Out: the walk's state, changed: everything behind it, to the end of the sentence, is planned,
whatever its dates; and the date on which the paper appeared is no date of what it plans. Source: reading.md §4.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link import labels
from etl.link.scene import Dated
from etl.link.tokens import Token
from etl.period import Period
from etl.recognise import periods
from etl.recognise.periods import When

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: What by its name is only meant to be: 硬指标, 军令状, 今年要办的事.
_GOAL = (
    "(?:目标|任务|打算|盘算|承诺|门槛|底线|及格线|标尺|指标线|军令状|责任状|责任书|任务书|时间表|路线图|心愿|杠杠?|盘子|约定|要[\u3400-\u9fff]{1,2}的(?:数字?|分数?|题|线|关|坎|格)"
    "|(?:硬|约束性|预期性?|考核|规划|计划|刚性)指标|[要待该]?(?:要|待|该)[办做干]的[实大]?[事活])"
)
#: What plans are written in.
_PAPER = "(?:规划|计划|方案|纲要|蓝图|协议|行动意见|实施意见|工作要点|军令状|责任书)(?![局院处委师区图展馆科部外])"
_SET_DOWN = (
    "(?:列|写|定|订|划|立|排|签|许|敲|印|载|摆|标|开|给|下|提|设)(?:出|下|明|定|好|了|过|着|有|入|进|在|得|上|满|清|成|死|实){1,2}"
    "|(?:讲|说|亮|摊|挂|交代|交待|宣布|报|晒|分|派|压|下达|分解)(?:出|下|明|定|好|了|过|开|清楚?|明白|到[位人各][^，。：]{0,4}|出来|出去|下去|上墙)"
    "|(?:出|布置|勾勒|描绘|擘画|描画|圈|画|勾|留|押)(?:出|下|定|好|了){1,2}"
    "|明确|部署|安排|约定|规定|白纸黑字|只有|共有|就是|如下"
)
#: Where in a paper its figures stand: 附表里, 正文中.
_WITHIN = "附表|附件|附录|专栏|文本|正文|文中|文件|末页|末章|首页|扉页|(?<![当其心手])[里中上]"
#: What comes of a plan, where it starts, and what is held against it, are no part of it.
_OTHERWISE = re.compile(
    "完成|实现|兑现|达成|落实|执行|收官|到期|期满|交卷|交账|对账|核[对查一算]|盘点|复盘|回头看|过半|进展|情况|结果|成绩|收成|答卷|账单"
    "|实绩|以来|如今|眼下|目前|现在|截至|销号|销账|清零|办[结完妥成]|撞线|超额|落空|没赶上|对照|对比|相比|距离?|离|差|现状|基础|起点|家底|依据|奖|补"
    "|评估|检查|督查|验收|监测|[吗？没未]|之外|名单|名录|榜|入选|入围|入库|获评|企业|项目(?!标)"
)
_LISTED = re.compile(
    f"{_GOAL}[^。；：]*(?:{_SET_DOWN})|{_GOAL}(?:就|便|也|仍|正|都)?[是为]$|(?:{_SET_DOWN})[^，。；：]*{_GOAL}[^，。；：]{{0,4}}$"
)
#: 今年要办成的则有：…, 下半年打算做的事是：…: what is to be done, behind the colon.
_TO_DO = re.compile(
    "(?:今年|明年|年内|全年|下半年|接下来|下一步|未来[一二三两]年)，?(?:还)?(?:要|须|将|拟|计划|打算|准备)[\u3400-\u9fff]{1,4}的"
    "(?:事|活|工作|项目)?(?:则|就|便|还)?(?:有|是|包括|为)?$"
)
_OF_PAPER = re.compile(f"{_PAPER}(?:[（(][^（）()]*[）)])?》?(?P<said>[^。；：》]*(?:{_SET_DOWN})[^。；：]*)$")
_WITHIN_PAPER = re.compile(f"{_PAPER}(?:[（(][^（）()]*[）)])?》?(?P<said>[^。；：》]*(?:{_WITHIN})[^。；：]*)$")
_APPEARED = re.compile(
    "[^，。；：\\d]{0,24}?，?[^，。；：\\d]{0,16}?(?:印发|发布|出台|公布|下发|通过|编制|制定|签订|签下|立下|许下|订立|出炉|部署)"
)


#: 去年的任务列得很细：, 2025年目标定得不低：: the year right before its goals.
_ITS_YEAR = re.compile(f"(?:全年|年度)?的?(?:[^，。；：的]{{0,6}})?{_GOAL}")


def announced(walk: Walk, colon: int) -> None:
    """印发三年行动计划，列下四项硬指标：…, 今年要办的事，清单列得很细：…: the list behind the colon is planned."""
    start = walk.segment_start or walk.tokens[0].start
    if any(claim.number.start >= start for claim in walk.claims):
        return
    past, at = _past(walk, colon), walk.state.date_at
    appeared = past is not None and at is not None and bool(_APPEARED.match(walk.folded, at.end, colon))
    if not sets_down(walk.folded[start:colon], long_since=appeared):
        return
    if past and appeared:
        _leave(walk, past)
    state = walk.state
    if at is not None and _TO_DO.search(walk.folded, start, colon):  # 下半年打算做的事是：, told in April
        coming = periods.resolve(at.what, walk.scene.published, None)
        later = coming is not None and state.date is not None and coming.end > state.date.period.end
        state.date = Dated(coming, "assumed") if coming and later else state.date
    state.status, state.planned, state.fresh, state.now = "target", True, True, False
    walk.announced = colon


#: “……”市长作报告时，把全年预期目标一一摆上台面: what figures are called at the end of their sentence.
_LAID_OPEN = re.compile(
    "(?:把|将)[^，。；\\d]{0,4}(?:全年|今年|年度|新的?一年|20\\d\\d年)的?[^，。；\\d]{0,6}(?:目标|任务|打算|盘子)[^，。；\\d]{0,6}?"
    "[摆亮列晒端抛念报交说讲][^，。；\\d]{0,8}$"
)


def laid_open(walk: Walk) -> None:
    """Read a sentence as planned from its beginning, where the words behind its last figure call all of them goals."""
    last = next((t.end for t in reversed(walk.tokens) if t.kind == "number"), walk.tokens[0].start)
    end = walk.tokens[-1].end - (walk.tokens[-1].kind == "mark")
    published = walk.scene.published
    if published is None or walk.state.status != "actual" or not _LAID_OPEN.search(walk.folded, last, end):
        return
    walk.state.status, walk.state.planned = "target", True
    walk.state.plan_year = walk.state.plan_year or Dated(Period.year(published.year), "carried")


def sets_down(lead: str, *, long_since: bool = False) -> bool:
    """Whether the words before a colon say that a plan or its goals are set down, and nothing came of it yet.

    What merely stands within a plan may be what it starts from, unless the plan appeared long since.

    >>> sets_down("印发三年行动计划，白纸黑字列下四项硬指标"), sets_down("三年行动计划列出的目标全部兑现")
    (True, False)
    """
    if _TO_DO.search(lead):
        return True
    if listed := _LISTED.search(lead):
        return not _OTHERWISE.search(lead, listed.start())
    of_paper = _OF_PAPER.search(lead) or (_WITHIN_PAPER.search(lead) if long_since else None)
    return of_paper is not None and not _OTHERWISE.search(lead, of_paper.start("said"))


_BY_PAPER = re.compile(
    f"(?:^|(?<=[，。；：]))(?:按照?|依照?|照|依据|根据|遵照)[^，。；：]{{0,40}}?{_PAPER}(?:[（(][^（）()]*[）)])?》?(?:的|[中里])*"
    "(?:安排|部署|要求|目标|设想|提法|约定|规定|布局)?$"
)
#: 按计划，去年已建成40座: what went as planned has been done.
_DONE = re.compile("[^。；]*?(?:已|了|实际|如期|兑现|顺利|圆满|按期|提前)|[^，。；]*(?:完成|实现)")
#: 2024年底3216家, with no verb that reaches a level, is as well what there is.
_REACHES = re.compile("[^。；]*?(?:应|须|要|将|拟|力争|确保|达|[到至超破增]|不[低少]于|以上|再|新[建增设])")


def by_paper(walk: Walk, comma: int) -> None:
    """按《规划》，2025年产值应达6000亿元: what a paper has it that a clause appeals to is planned, even of a year over."""
    start = max(walk.segment_start, walk.tokens[0].start)
    if _BY_PAPER.search(walk.folded[start:comma]) is None or _DONE.match(walk.folded, comma + 1):
        return
    if _REACHES.match(walk.folded, comma + 1) is None:
        return
    state = walk.state
    state.status, state.planned, state.fresh, state.now = "target", True, True, False
    walk.by_paper = comma


def _past(walk: Walk, colon: int) -> Dated | None:
    """2022年12月，…印发《…》，…：: a date, over by now, on which a paper appeared, and not the year of its goals."""
    at, dated, published = walk.state.date_at, walk.state.date, walk.scene.published
    if at is None or dated is None or published is None or dated.period.end > published:
        return None
    return None if _ITS_YEAR.match(walk.folded, at.end, colon) else dated


def _leave(walk: Walk, appeared: Dated) -> None:
    """Let the day on which a paper appeared date nothing of what it plans."""
    state = walk.state
    walk.appeared = appeared.period
    walk.dates = [other for other in walk.dates if other is not appeared]
    walk.stated = walk.segment = walk.dates[-1] if walk.dates else None
    walk.date_first = walk.latest = None
    state.date = state.date_at = state.first_date = state.first_date_at = None


def holds(walk: Walk, when: When, period: Period) -> bool:
    """Whether a date behind such a colon is one of the plan's, even where it is over: its year, or the end of a year.

    A month or a year before the paper appeared is when something was so: 《规划》里写着：2020年末5家，到2025年8家.
    """
    if not (walk.announced and walk.state.planned) or when.since:
        return False
    early = walk.appeared is not None and period.end.year < walk.appeared.end.year
    return not early and (when.months is None or period.end.month == 12)


def undated(walk: Walk, stated: Dated | None) -> bool:
    """Whether a figure of a plan recalled has no year of its own, or one that may be where the plan starts from.

    《规划》专栏里列着：2020年末1837家，2025年3000家, told in 2025: when that plan appeared, nobody has said.
    """
    published, at = walk.scene.published, walk.state.date_at
    if walk.by_paper and stated is None:
        return True  # 根据规划，小巨人企业达到36家
    if not walk.announced or published is None:
        return False
    if walk.appeared is not None or stated is None:
        return walk.appeared is not None and stated is None
    own = at is not None and (at.start < walk.announced or at.what.until)  # 去年的任务：…, 到2025年末…
    own = own or stated.period == _last_year(walk.folded[walk.tokens[0].start : walk.announced])
    return stated.period.end <= published and not own


_TERM = re.compile("20\\d\\d(?:年)?[—–~～至到-]+(?P<last>20\\d\\d)")


def _last_year(lead: str) -> Period | None:
    """“十四五”规划写道：2025年…: the year that a plan's name says it is for."""
    if term := _TERM.search(lead):
        return Period.year(int(term["last"]))
    named = labels.programme(lead)
    return named.period if named else None


#: Words of what is to be done, anywhere around a figure.
_TASKS = re.compile(
    "任务|目标|安排|部署|打算|盘子|考题|考卷|答题卡|清单|蓝图|要求|怎么[干定做打走办]|先(?:新增|完成|办成?|做[到成])|下一?步|接下来|写得明白|写进|人代会|两会"
)
_LEAD, _BEHIND = 40, 10  # characters before a sentence, and behind a number, that may say what it is about


def spoken_of(walk: Walk, number: Token) -> bool:
    """Whether the words around a figure speak of what is to be done: 下半场怎么打？…：下半年新增3家."""
    start = max(0, walk.tokens[0].start - _LEAD)
    return bool(_TASKS.search(walk.folded, start, number.end + _BEHIND)) or at_least(walk, number)


_LEAST = ("不少于", "不低于", "不下于", "至少", "最少", "起码")


def at_least(walk: Walk, number: Token) -> bool:
    """今年，新增智改数转项目不少于260个: what a year under way is to add at the least; 今年以来 tells what it has added."""
    at = walk.state.date_at
    since = at is not None and at.what.since
    told = walk.folded.startswith(_LEAST, number.start) or walk.folded.endswith(_LEAST, 0, number.start)
    return told and not since and not walk.state.now

"""Lines that lead in to those below them: of when what follows is, and whether it is planned.

In: a sentence read that ends its line, and the words before and behind it. Out: the scene of the lines below.
到2026年末：, 重点抓好以下工作：, 接着翻2025年末这本：; a short line without a figure right over lines that tell one leads
in without a colon too, where it speaks of a time that is not over or of plans (✍️ 留给明年的空格). What is told of a
year that has months to go is planned where a word says so, or where the year has hardly begun. Source: reading.md §4.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from etl.link.scene import Dated, Scene, lies_ahead
from etl.link.tokens import Token
from etl.period import Period
from etl.recognise import periods
from etl.text import Line

if TYPE_CHECKING:
    from etl.link.walk import Walk

_TASKS = re.compile(
    "(?:重点)?(?:抓好|做好|办好|干好|推进|落实|完成|实施|开展|聚焦)[^，。：]{0,12}(?:工作|任务|行动|工程|方面|事|事项|实事)(?:（[^）]*）)?：$"
)
#: 昆山市2025年统计公报里两节：, 2024年度工业年报摘录：: the year that the lines quoted below are of.
_REPORTED = re.compile("(20\\d\\d)年(?:度)?[^，。；：\\d]{0,16}(?:公报|年报|工作总结)[^。；：\\d]{0,16}：$")
_LISTS = re.compile("名单|榜单|名录")
#: What by its words is still to be done or filled in; headings and lines that lead in announce it so.
PLANNED = re.compile(
    "目标|[Ff]lag|FLAG|KPI|[Tt]o-?[Dd]o|TODO|展望|(?:重点|主要|工作|全年|年度|今年的?|明年的?|\\d年的?)任务|任务(?:[单书表]|清单|分解|指标|一览)|(?:心愿|愿望|许愿)(?:单|清单|$|[：，👇])"
    "|下一?步|下一站|下一阶段|下阶段|下一(?:页|程|棒|笔|张|回合|章)|下半场|工作安排|工作打算|打算|盘算|工作思路|待办|待填|待写|待续|空白(?:页|处|格)|留白|空格|(?:要|没|还没|等着?|待)填"
    "|[先还仍正][空留][着出]|[写留寄送交][给到](?:20\\d\\d|[今明来后]年|年底|年末|新的?一?年|未来|下一|以后)|(?:这样|怎么|这么|想怎么|准备怎么)[干跑走办打写画]"
    "|许(?:下|个|了)?(?:个)?(?:心愿|愿望|愿)|[想还]要(?=\\W*$)|接下来|(?:接着|继续)(?:往下)?[画写干跑填]|往[下前后](?:画|写|走|看)|怎么[算落]|再出发|(?:未来|今后)(?:这|的)?[一两二三四五六七八九十几\\d]+年|(?<![\\d一二三四五六七八九十成立])[一两二三四五六七八九十\\d]{1,2}年(?:之|以)?后|新的?一?年的?(?:心愿|功课|作业|考题)|[想该待还]要?(?:做到|办成|完成)的"
)
#: 2026年以来, 2026开门红: what a year that has hardly begun has brought by now.
_SO_FAR = re.compile(
    "以来|至今|迄今|目前|眼下|截至|开门红|开门稳|开局|首[月季]|已|完成|实现了|交出|出炉|揭晓|公布|评上|获评|入选|战报|快报|成绩"
)
#: 2024年新增, 新获评企业一览, 去年入选名单: what stands below such words, as a heading or a line of its own, was added.
_ADDS = re.compile(
    "(?:净增|(?<![^\\W_])增量|增加[数量]|新(?:增|添|晋|评|获评|认定|获批|入选|入围|上榜|入库|培育|建成|获得?|增加|落户)"
    "|(?:20\\d\\d|[今去]|上一?|本|当)年(?:度)?(?:新|共|又)?(?:获评|入选|入围|获批|上榜|认定|晋级|摘得|拿下))了?(?:的|哪些)?"
    "(?:企业|项目|名单|名录|榜单|平台|情况|一览|家数|数量|个数|数|面孔|成员|载体|主体|称号|荣誉|牌子|资质)*】?(?:[（(][^）)]*[）)])?\\W*$"
)
_SHORT = 12  # tokens of a line that only leads in
_LINE = 24  # signs of the longest line that leads in without a colon
_LATE = 10  # month from which the tasks of a plan without a year may be the next year's
_PART = 4  # until a fourth of it is over, what is told of all of a period can only be planned
_YEAR = re.compile("(?<![\\d.])20\\d\\d(?![\\d.%])(?!年|[-/])")
_TELLS = re.compile("\\d")
#: What a line of a list tells: 规上产值2350亿元, AI产业规模，再涨两成.
FIGURE = re.compile("\\d|[一二两三四五六七八九十百千万亿半]+(?:成|[家个座项款名户](?!人)|万|亿)")
_SET_APART = ("｜", "|", "】", "·", "：", "（")
_POINTS = re.compile("(?:[👇⬇↓⤵👉✍✏🎯🚩📌📝]\ufe0f?|[：—])+\\W*$")


def only_planned(period: Period, published: date | None, words: str) -> bool:
    """Whether what a heading tells of a period as a whole can only be planned: it is to come, or has hardly begun.

    A heading 2026年 heads plans in January, and 下半年 in July; in autumn what stands below it may be so by then.
    """
    if published is None or not lies_ahead(period.end, published):
        return False
    begun = (published - period.start) * _PART <= period.end - period.start
    return period.start > published or (begun and not _SO_FAR.search(words))


def leads_in(walk: Walk, line: Line) -> bool:
    """Whether a sentence that ends its line leads in to the lines below: by its mark, by 以下, or right over figures."""
    tokens, folded = walk.tokens, walk.folded
    if tokens[-1].end != line.end:
        return False
    if tokens[-1].what in ("：", "—", "——") or re.match("[（(]?以下", folded[line.start : line.end]):
        return True
    if tokens[0].start != line.start or line.end - line.start > _LINE or tokens[-1].what in ("。", "；", "？", "！"):
        return False
    following = folded[line.end : folded.find("\n", line.end + 1)] if not folded.startswith("\n\n", line.end) else ""
    counted = any(t.kind == "number" and t.what.unit and _TELLS.search(folded, t.start, t.end) for t in tokens)
    if counted or _TELLS.search(following) is None:  # 下一页, 三个圈 count nothing told
        return False
    told, words = _dated_alone(walk), folded[line.start : line.end]
    if told is None:
        return False
    last = tokens[-2] if len(tokens) > 1 and tokens[-1].what == "）" else tokens[-1]
    if last.kind == "date" and folded.endswith(_SET_APART, line.start, last.start):
        return True  # 个头｜2024年, 规上工业总产值（2025年）
    return only_planned(told.period, walk.scene.published, words) or _speaks_of_plans(walk) or adds(words)


def adds(words: str) -> bool:
    """【脑力】2024年新增: whether what stands below a line is told as added.

    >>> adds("【脑力】2024年新增"), adds("新增长点"), adds("去年入选名单"), adds("2024年末家底")
    (True, False, True, False)
    """
    return _ADDS.search(words) is not None


def lead_in(scene: Scene, walk: Walk, line: Line) -> Scene | None:
    """The scene below a line that leads in; None where it says nothing that holds there."""
    published = scene.published
    if reported := _REPORTED.search(walk.folded, walk.tokens[0].start, line.end):
        return replace(scene, quoting=Dated(Period.year(int(reported[1])), "carried"))
    if _TASKS.search(walk.folded, walk.tokens[0].start, line.end) and published:
        year = scene.plan or (scene.review and Dated(Period.year(scene.review.period.end.year + 1), "carried"))
        year = year or (Dated(Period.year(published.year), "carried") if published.month < _LATE else None)
        return replace(scene, planned_section=True, heading_date=year) if year else scene
    said = walk.state.plan_year or walk.state.date or walk.latest or _dated_alone(walk)
    if said is None or len(walk.tokens) > _SHORT:
        return None
    listed = _LISTS.search(walk.folded, walk.tokens[0].start, line.end)
    new = bool(listed) or adds(walk.folded[walk.tokens[0].start : line.end])
    new = new or any(token.kind == "new" for token in walk.tokens)  # 去年，全区新晋——
    words = walk.folded[walk.tokens[0].start : line.end]
    planned = only_planned(said.period, published, words) or walk.state.status == "target" or _speaks_of_plans(walk)
    return replace(scene, leadin=said, leadin_new=new, leadin_planned=planned)


_UNIT = re.compile("[（(][^（）()]*单位[：:]|[ \\t]*单位[：:]")


def of_unit(folded: str, line: Line) -> bool:
    """（2025年12月26日　单位：亿元、%）: whether a line over a table says no more than its unit, and when it was made."""
    return _UNIT.match(folded, line.start) is not None


def made_on(tokens: list[Token], folded: str, line: Line) -> bool:
    """Whether a day in such a line is that on which the table was made, and none of its figures."""
    return of_unit(folded, line) and any(t.kind == "date" and t.what.day and not t.what.until for t in tokens)


def undated(tokens: list[Token], folded: str, line: Line) -> list[Token]:
    """The words over a table without the day on which it was made."""
    return [t for t in tokens if t.kind != "date"] if made_on(tokens, folded, line) else tokens


#: 整个园区的成绩也一并奉上：, 昆山的家底：: what a section gives account of.
_ACCOUNT = re.compile(
    "的?(?:成绩单?|家底|账本|数据|数字|情况|答卷|盘子|底子|表现|战绩|清单|全貌|大盘|模样|近况)[^，。；：\\d]{0,10}[：—]+$"
)


def subject(scene: Scene, walk: Walk) -> str:
    """The place of a whole section, where the line right below its heading leads in to an account of that place, or ""."""
    told = any(t.kind in ("number", "name") for t in walk.tokens)
    leads = _ACCOUNT.search(walk.folded, walk.tokens[0].start, walk.tokens[-1].end)
    return scene.block if leads and not told else ""


def _speaks_of_plans(walk: Walk) -> bool:
    return PLANNED.search(walk.folded, walk.tokens[0].start, walk.tokens[-1].end) is not None


def _dated_alone(walk: Walk) -> Dated | None:
    """2026年的新月历，先画三个圈：the only date of a line that leads in, whatever it belongs to there; 2026 alone is one."""
    dates = [token.what for token in walk.tokens if token.kind == "date"]
    if not dates and (year := _YEAR.search(walk.folded, walk.tokens[0].start, walk.tokens[-1].end)):
        return Dated(Period.year(int(year[0])), "carried")
    period = periods.resolve(dates[0], walk.scene.published, None) if len(dates) == 1 else None
    return Dated(period, "carried") if period else None

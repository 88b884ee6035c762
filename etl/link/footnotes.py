"""What a note says of the figures of other sentences: of when they all are, or that they are estimates.

In: a sentence read, and the observations before it. Out: the day of the counts that follow; the observations above,
dated (（以上未注明时间的，均截至2023年底）) or called estimates (以上总量和增速均系预计数). Source: reading.md §4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from etl.link.scene import Dated
from etl.model import Observation, Span
from etl.period import Period
from etl.recognise import periods

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: 另有说明, 特别标注, 注明时间: how a figure may tell its own date.
_MARKED = (
    "(?:另有|另外|另行|另|特别|特意|特|单独|专门|具体|明确|一一|逐一|有|作|加)*"
    "(?:标注|注明|标明|写明|说明|交代|点明|指明|标示|标出|备注|注|标|写|说)(?:出|上|清)?"
    "(?:具体|统计|截止)?(?:时间|日期|年份|时点|时段|年月)?(?:点)?"
)
#: 除注明外, 如无特别说明, 没标时间的数字: every figure of the article that tells no date of its own.
_UNLESS = (
    f"(?:除(?:了|已)?{_MARKED}(?:的|者)?(?:内容|部分|数据|数字|指标)?(?:之|以)?外"
    f"|(?:如|若|凡|凡是)?(?:没有?|未|无|不)(?:有)?{_MARKED}(?:[的者处][^，。；（）]{{0,6}}?|数据?|数字|指标)?)"
)
_UPWARD, _DOWNWARD = (
    ("以上", "上述", "上文", "上列", "前述", "上面"),
    ("以下", "下列", "下述", "下文", "下面", "本节", "本章"),
)
_WHOLE = ("本文", "全文", "文中", "文内", "本报告", "本篇", "本版", "本页", "本期")  # of the article
_FIGURES = (
    "(?:的?(?:各项|各类|各|所有|全部|有关|相关|主要|统计|存量|总量|累计|基础|其余|其他))*的?"
    "(?:数据|数字|数值|数目|数|指标|口径|时点|存量|总量|基数|家底)?(?:的?(?:统计|截止|采集)?(?:时点|时间|口径|日期))?"
)
#: What a note says before its date, to the mark at which it begins: （以下存量数一律取…, 注：数据截至….
_BEFORE = re.compile(
    f"(?:^|[^\\w、])(?P<unless>{_UNLESS})?，?(?P<which>{'|'.join((*_UPWARD, *_DOWNWARD, *_WHOLE))})?"
    f"(?P<figures>{_FIGURES})(?P<but>{_UNLESS})?，?(?P<all>(?:均|一律|皆|都|统一|全部?|统统|悉数?|概)*)"
    "(?P<are>(?:为|取|是|按|系|用|采用|算|以|统计|更新|采集|截?至|截止|到|：)*)$"
)
#: … and behind it: 2025年底数。, 2024年末的口径）.
_BEHIND = re.compile(
    "的?(?:统计|时点|快报|年报|初步|在册|存量|口径|累计|实际|实绩|底)*?(?P<figures>数据|数字|数值|数目|数|口径|时点|情况|统计)?"
    "(?:为准|为止|止|计算|计)?(?P<end>[）)】。；，\\n|]|$)"
)
#: What parts a note that ends a sentence from its figures: 29家，455家，皆为…, 增长6.4%，同属….
_CLOSES = re.compile(
    "[，（](?:以上|上述|这些?|此)?(?P<all>(?:均|皆|都|同|全|一律|统一|也)*)(?:为|是|系|属于?|取|按|用|指)+$"
)
_CLOSED = re.compile(
    "的?(?:统计|时点|快报|年报|初步|在册|存量|口径|累计|全年)*?(?P<goal>目标|规划|计划|任务)?(?P<figures>数据|数字|数值|数|值|口径|统计)?"
    "[）)]?(?:[。；\\n]|$)"
)
_LONGEST = 60  # signs of a note before its date
#: 以上总量和增速均系年度预计数, 上述数据皆为预计: all that the paragraph has told so far is expected.
_ESTIMATED_ABOVE = re.compile(
    "(?:以上|上述|前述|上面|这些|此处|这)(?:的)?(?:[两二三四五六七八九几]个|[两二三四五六七八九几]项|各项|全年|年度|主要|所有|相关|工业|经济)*"
    "(?:数据|数字|数值|数|指标|总量|增速|增幅|规模|金额|绝对数|(?<=[项个]))"
    "(?:(?:和|与|及|以及|、)(?:数据|数字|总量|增速|增幅|规模|金额|绝对数))*，?(?:均|都|皆|一律|全部|全|眼下|目前|暂时|还|仍|尚)*(?:为|是|系|属于?|按)"
    "(?:年度|全年|年初|年末|当前|目前|初步|快报|统计部门|部门)*的?(?=预计|预估|估计|估算)"
)

#: （预计数，下同）: from here on, what the latest year made is expected.
_EXPECTED_BELOW = re.compile(
    "[（(](?:均|皆|都)?(?:为|系|是)?(?:初步)?(?:预计|预估|估计|估算)(?:数据?|值)?，(?:以)?下(?:皆|均)?同[）)]"
)
_LATEST = timedelta(92)  # before the publication, in which the latest year has ended


@dataclass(frozen=True, slots=True)
class Note:
    """A clause that says of when figures are, and nothing else: of those above, of those below, or of the whole article."""

    start: int  # the mark that it begins at, and the one that ends it
    end: int
    above: bool
    below: bool
    whole: bool = False

    @property
    def plain(self) -> bool:
        """（数据截至9月末）: it does not say which figures it speaks of."""
        return self.above and self.below and not self.whole


def note(folded: str, span: Span) -> Note | None:
    """What the clause around a date says of figures: （除注明外，均为2025年底数）, 以下数据截至9月末。, （2025年末数据）.

    >>> text = "（以下数据均截至2025年底）"
    >>> note(text, Span(text.find("2025"), text.find("）")))
    Note(start=0, end=14, above=False, below=True, whole=False)
    """
    before = _BEFORE.search(folded, max(0, span.start - _LONGEST), span.start)
    behind = _BEHIND.match(folded, span.end)
    if before is None or behind is None:
        return None
    unless, which = before["unless"] or before["but"] or "", before["which"] or ""
    framed = behind["figures"] and folded[span.start - 1 : span.start] == "（" and behind["end"] == "）"
    dated = folded.startswith("截", span.start) or before["are"] or before["all"]
    told = unless or which or before["figures"] or (behind["figures"] and not before[0].startswith("，"))
    if not framed and (not (told and dated) or (behind["end"] == "，" and not (unless or before["all"]))):
        return None
    up, down = which in _UPWARD, which in _DOWNWARD
    whole = bool((unless and not up) or which in _WHOLE)
    return Note(before.start(), behind.start("end"), not down, not up, whole)


def ends(folded: str, start: int, end: int) -> bool:
    """【队伍】2025年12月31日时点数: whether what stands behind a date, to the end of its line, only says that figures are of it."""
    behind = _BEHIND.match(folded, start)
    return behind is not None and behind.end("end") >= end - 1


def of_one(folded: str, bracket: int, span: Span) -> bool:
    """5家（数据截至9月末）: whether a bracket says no more than of when the figure before it is."""
    found = note(folded, span)
    return found is not None and found.plain and found.start == bracket and folded.startswith("）", found.end)


def closing(walk: Walk) -> None:
    """29家，高新技术企业455家，皆为2025年末的统计。 The one date of a sentence, where its last clause gives it to all of it.

    均为2027年目标数 makes goals of them.
    """
    dates = [index for index, token in enumerate(walk.tokens) if token.kind == "date"]
    if len(dates) != 1:
        return
    token, scene, state = walk.tokens[dates[0]], walk.scene, walk.state
    before = _CLOSES.search(walk.folded, walk.tokens[0].start, token.start)
    behind = _CLOSED.match(walk.folded, token.end)
    if not (before and behind and (before["all"] or behind["figures"] or behind["goal"])):
        return
    period = periods.resolve(token.what, scene.published, scene.review.period if scene.review else None)
    if period is None or scene.published is None or (period.end > scene.published and not behind["goal"]):
        return
    state.date, state.date_at = Dated(period, "stated"), token
    if behind["goal"]:
        state.status, state.planned, state.plan_year = "target", True, state.date
    walk.taken.add(dates[0])


def expected_from(folded: str) -> int:
    """Where （预计数，下同） ends, or -1."""
    said = _EXPECTED_BELOW.search(folded)
    return said.end() if said else -1


def expected(walk: Walk, number: int, period: Period, unit: str) -> bool:
    """Whether a sum or percentage of the latest year stands behind （预计数，下同）; counts of firms are known."""
    scene = walk.scene
    if not 0 <= scene.expected_from <= number or scene.published is None or period.kind != "year":
        return False
    return unit in ("元", "%") and scene.published - period.end <= _LATEST


def below(walk: Walk) -> Period | None:
    """（以下存量数一律取去年末）: of when every figure behind a note is that says nothing else."""
    told = _told(walk)
    return told[1] if told and told[0].below else None


def above(walk: Walk, observations: list[Observation], first: int) -> None:
    """Change what a note speaks of: the observations of its paragraph, from the first of it on."""
    _estimates(walk, observations, first)
    told = _told(walk)
    if told is None or not told[0].above:
        return
    first = 0 if told[0].whole or first >= len(observations) else first  # at its foot, of the whole article
    day = Period.day(told[1].end)
    observations[first:] = [
        replace(seen, period=day, period_basis="carried")
        if seen.period_basis == "assumed" and seen.period.instant and seen.status == "actual"
        else seen
        for seen in observations[first:]
    ]


def _estimates(walk: Walk, observations: list[Observation], first: int) -> None:
    """以上均系预计数: the facts of the latest year told; what is set beside them of a year before is known."""
    if walk.claims or not _ESTIMATED_ABOVE.search(walk.folded, walk.tokens[0].start, walk.tokens[-1].end):
        return
    latest = max((seen.period.end.year for seen in observations[first:] if seen.status == "actual"), default=0)
    observations[first:] = [
        replace(seen, status="estimate") if seen.status == "actual" and seen.period.end.year == latest else seen
        for seen in observations[first:]
    ]


def _told(walk: Walk) -> tuple[Note, Period] | None:
    """The note of a sentence, and its time, where that is over by now; a plain （数据截至9月末） is of that sentence."""
    scene = walk.scene
    for token in walk.tokens:
        found = note(walk.folded, token.span) if token.kind == "date" else None
        if found is None or (found.plain and walk.spoken):
            continue
        period = periods.resolve(token.what, scene.published, scene.review.period if scene.review else None)
        return (found, period) if period and scene.published and period.end <= scene.published else None
    return None

"""What a note says of the figures of other sentences: of when they all are, or that they are estimates.

In: a sentence read, and the observations before it. Out: the day of the counts that follow; the observations above,
dated (（以上未注明时间的，均截至2023年底）) or called estimates (以上总量和增速均系预计数). Source: reading.md §4.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.model import Observation
from etl.period import Period
from etl.recognise import periods

if TYPE_CHECKING:
    from etl.link.walk import Walk

_ALL_BELOW = re.compile(
    "(?:(?:以下|下文|文中|本文|存量)[^，。；（）]{0,10}(?:均|一律|皆|都|统一|如无说明|除注明外)"
    "|(?<!以上)(?<!上述)[没未不无](?:有)?(?:另外?|特别|单独)?(?:标注?明?|注明?|写明?|说明?|标出|交代)(?:时间|日期|年份|时点|年月)的(?:数据?|数字|存量)?，?(?:均|都|一律|皆|全|就))"
    "(?:为|取|是|按|系|用|采用|算)*"
)
_ALL_ABOVE = re.compile("(?:以上|上述)[^，。；（）]{0,10}，?(?:均|都|皆|一律|全部)(?:为|取|是|按|系|用|采用|算)*")
#: 没标时间的，都是2024年末的数: what is said of every count of the article that tells no day.
_ALL_UNDATED = re.compile(
    "(?<!以上)(?<!上述)(?<!以上数据)(?:没有?|未|不|无)(?:特别|特意|另行|另外|另|单独|专门|具体|一一)?(?:标注|注明|标明|写明|说明|交代|点明|指明|标|注|写|说)(?:出|上|清)?"
    "(?:具体|统计|截止)?(?:时间|日期|年份|时点|时段)(?:点)?"
    "(?:[的者][^，。；（）]{0,6}?|数据?|数字|指标|(?=一律|统一))，?(?:均|一律|皆|都|统一|全)(?:为|取|是|按|系|用|采用|算)*"
)
#: 以上总量和增速均系年度预计数, 上述数据皆为预计: all that the paragraph has told so far is expected.
_ESTIMATED_ABOVE = re.compile(
    "(?:以上|上述|前述|上面|这些|此处)(?:的)?(?:[两二三四五六七八九]个|几个|各项|全年|年度|主要|所有|相关)*(?:数据|数字|数值|数|指标|总量|增速|增幅|规模|金额|绝对数)"
    "(?:(?:和|与|及|以及|、)(?:数据|数字|总量|增速|增幅|规模|金额|绝对数))*，?(?:均|都|皆|一律|全部|全)?(?:为|是|系|属于?|按)"
    "(?:年度|全年|年初|年末|当前|目前|初步)*(?=预计|预估|估计|估算)"
)


def below(walk: Walk) -> Period | None:
    """（以下存量数一律取去年末）: the day of every count behind a note that says nothing else."""
    return _day_told(_ALL_BELOW, walk) or _day_told(_ALL_UNDATED, walk)


def above(walk: Walk, observations: list[Observation], first: int) -> None:
    """Change what a note speaks of: the observations of its paragraph, from the first of it on."""
    _estimates(walk, observations, first)
    undated = _day_told(_ALL_UNDATED, walk)
    first = 0 if undated else first  # at its foot it is said of the whole article
    if day := undated or _day_told(_ALL_ABOVE, walk):
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


def _day_told(note: re.Pattern[str], walk: Walk) -> Period | None:
    """The day, over by now, that a note gives to a number of counts."""
    scene = walk.scene
    told = note.search(walk.folded, walk.tokens[0].start, walk.tokens[-1].end)
    when = next((t.what for t in walk.tokens if told and t.kind == "date" and t.start == told.end()), None)
    period = periods.resolve(when, scene.published, scene.review.period if scene.review else None) if when else None
    over = period and scene.published and period.end <= scene.published
    return Period.day(period.end) if period and over else None

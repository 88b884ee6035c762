"""Notes that date the counts of other lines: 以下均为2025年末数, （以上均截至2023年底）, 没标时间的，都是2024年末的数.

In: a sentence that has been read. Out: the day that it gives to counts which say nothing else, or None. To which of them
the day is given, the page decides. Source: reading.md §1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.period import Period
from etl.recognise import periods

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: Of the counts below, or of what nobody has dated.
BELOW = re.compile(
    "(?:(?:以下|下文|文中|本文|存量)[^，。；（）]{0,10}(?:均|一律|皆|都|统一|如无说明|除注明外)"
    "|(?<!以上)(?<!上述)[没未不无](?:有)?(?:另外?|特别|单独)?(?:标注?明?|注明?|写明?|说明?|标出|交代)(?:时间|日期|年份|时点|年月)的(?:数据?|数字|存量)?，?(?:均|都|一律|皆|全|就))"
    "(?:为|取|是|按|系|用|采用|算)*"
)
ABOVE = re.compile("(?:以上|上述)[^，。；（）]{0,10}，?(?:均|都|皆|一律|全部)(?:为|取|是|按|系|用|采用|算)*")
#: 没标时间的，都是2024年末的数: what is said of every count of the article that tells no day.
UNDATED = re.compile(
    "(?<!以上)(?<!上述)(?<!以上数据)(?:没有?|未|不|无)(?:特别|特意|另行|另外|另|单独|专门|具体|一一)?(?:标注|注明|标明|写明|说明|交代|点明|指明|标|注|写|说)(?:出|上|清)?"
    "(?:具体|统计|截止)?(?:时间|日期|年份|时点|时段)(?:点)?"
    "(?:[的者][^，。；（）]{0,6}?|数据?|数字|指标|(?=一律|统一))，?(?:均|一律|皆|都|统一|全)(?:为|取|是|按|系|用|采用|算)*"
)


def day(note: re.Pattern[str], walk: Walk) -> Period | None:
    """The day, over by now, that a note gives to a number of counts."""
    scene = walk.scene
    told = note.search(walk.folded, walk.tokens[0].start, walk.tokens[-1].end)
    when = next((t.what for t in walk.tokens if told and t.kind == "date" and t.start == told.end()), None)
    period = periods.resolve(when, scene.published, scene.review.period if scene.review else None) if when else None
    over = period and scene.published and period.end <= scene.published
    return Period.day(period.end) if period and over else None

"""Comparisons: what a figure is measured against, and dates that frame nothing.

In: the sentence under reading and the index of a date or of a word that compares. Out: whether a date is only a base, or
of one number; the walk's state where a word compares. Source: reading.md §4.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link.counted import clause
from etl.link.scene import Dated
from etl.link.tokens import Token
from etl.period import Period
from etl.recognise import periods

if TYPE_CHECKING:
    from etl.link.walk import Walk

_SINGLED = ("光", "光是", "单", "单是", "仅", "仅是", "单单")
_ALONE = ("当月", "单月", "当季", "单季")  # 6月当月: a part of the time in hand, of one figure only


def set_apart(walk: Walk, index: int) -> bool:
    """与2020年相比，…: a base of comparison that a comma parts from the rest holds for all of it."""
    behind = [t for t in walk.tokens[index + 1 :] if t.kind != "compare"]
    return bool(behind) and behind[0].what == "，"


_ALIKE = re.compile("(?:同期|水平|基本|大体|总体|大致|的)*(?:持平|相当|相同|相近|一样|一致|差不多|接近)")
_BY_SHARE = re.compile(
    "(?:多|少|高|低|涨|跌|快|慢|加快|放慢|放缓|提速|提[高升]|[上下]降|回[落升]|收窄|扩大|缩小|上升|降低)出?了?"
    "(?:[近约超]?(?:[\\d.]+(?:%|个?百分点|个点)|百分之|[一二两三四五六七八九]成)|得多|许多|不少|很多|多了?(?=[，。；]))"
)  # 比2020年多31%, 比上年全年快0.6个百分点
_ON_BASIS = re.compile("(?:的)?(?:基础|基数)(?:之?上)")


def on_basis(walk: Walk, index: int) -> bool:
    """要在2025年基础上翻一番: the date says on what basis."""
    return bool(_ON_BASIS.match(walk.folded, walk.tokens[index].end))


_THAN = ("比", "较", "相比", "高于", "对比", "相较", "相较于", "比起", "相比于")


def compares(walk: Walk, index: int) -> bool:
    """Whether a date is only what a growth is measured against: 比2020年增长, 较2023年底."""
    before = walk.tokens[index - 1] if index else None
    following = walk.following(index)
    if on_basis(walk, index):
        return True
    if before is not None and walk.folded[before.start : before.end] in ("与", "和", "同", "跟"):
        alike = bool(_ALIKE.match(walk.folded, walk.tokens[index].end))  # 与上年持平
        return alike or (following is not None and following.kind == "compare")  # 与2020年相比
    if before is not None and before.kind == "word" and walk.folded[before.start : before.end] in ("比", "较"):
        return _of_no_figure(walk, index)  # 步子比2024年还快
    if _exceeded(walk, index):
        return True
    if before is None or before.kind != "compare" or before.what.word not in _THAN:
        return False
    if following is not None and following.what == "，":
        return True  # 相比2020年，…翻了一番
    if _BY_SHARE.match(walk.folded, walk.tokens[index].end) or _of_no_figure(walk, index):
        return True
    return ahead(walk, index, ("grow", "fall", "new", "to")) and not _ahead_number_first(walk, index)


_BY_HOW_MUCH = ("高出", "多出", "超出", "多于", "高于", "快于", "少于", "低于", "低出", "少了")
_FALLEN = ("少", "低")


def _exceeded(walk: Walk, index: int) -> bool:
    """高出去年上半年3.7%, 少于2024年2.1%: a date between a word of more or less and how much, which is a growth."""
    before, following = walk.tokens[index - 1] if index else None, walk.following(index)
    word = walk.folded[before.start : before.end] if before else ""
    if word not in _BY_HOW_MUCH or not percentage(following):
        return False
    walk.state.growth = "fall" if word.startswith(_FALLEN) else "grow"
    return True


def _of_no_figure(walk: Walk, index: int) -> bool:
    """比2024年还多，…: a year behind 比, with no figure in its clause, dates nothing."""
    behind = list(takewhile(lambda t: t.kind != "mark" or t.what in "（(", walk.tokens[index + 1 :]))
    return not any(t.kind in ("number", "name", "date") for t in behind)


def ahead(walk: Walk, index: int, kinds: tuple[str, ...]) -> bool:
    """Whether a token of one of the kinds follows before the next mark."""
    for token in walk.tokens[index + 1 :]:
        if token.kind in kinds:
            return True
        if token.kind == "mark":
            return False
    return False


def _ahead_number_first(walk: Walk, index: int) -> bool:
    following = [t for t in walk.tokens[index + 1 : index + 3] if t.kind != "function"]
    return bool(following) and following[0].kind == "number"


_PACE = re.compile(
    "的(?:增速|增幅|涨幅|降幅|增长率)(?:为|是|则为|则是|有|达|只有|仅为|仅)?[\\d百零一二三四五六七八九十]"
)


def paced(walk: Walk, index: int) -> bool:
    """而2022年的增速为4.0%: the growth of another year, of that number only."""
    return bool(_PACE.match(walk.folded, walk.tokens[index].end))


_PLANNED = re.compile("(?:度|的|初|原|既定)*(?:计划|目标|任务|预期|预算|设想)")


def of_plan(walk: Walk, index: int) -> bool:
    """比去年计划高出1.5%: what was planned for a year is not what the year came to."""
    return bool(_PLANNED.match(walk.folded, walk.tokens[index].end))


def year_before(walk: Walk, base: Period, index: int) -> bool:
    """Whether a base lies one year before the date in hand, and is what was so then."""
    if of_plan(walk, index):
        return False
    own = walk.state.date or walk.state.first_date or walk.scene.last or walk.scene.review
    if own is None and walk.claims:
        own = Dated(walk.claims[-1].period, "stated")
    year = own.period.end.year if own else (walk.scene.published.year if walk.scene.published else 0)
    return base.end.year == year - 1


def of_itself(walk: Walk, index: int) -> bool:
    """3月当月354.2亿元: the month beside the span in hand, of one figure."""
    behind = walk.tokens[index + 1 : index + 3]
    return [t.kind for t in behind] == ["function", "number"] and behind[0].what.word in _ALONE


def bound_to_number(walk: Walk, index: int, *, explicit: bool = False) -> bool:
    """Whether a date binds the next number only: 2023年底的14家, 去年同期是58家."""
    word = walk.folded[walk.tokens[index].start : walk.tokens[index].end]
    same = bool(periods.SAME_SPAN.search(word))
    following = walk.tokens[index + 1 : index + 3]
    if following and following[0].kind == "number" and (walk.state.from_ or walk.state.to):
        return True
    said = [t.kind for t in walk.tokens[index + 1 : index + 4] if not (t.kind == "function" and t.what.word == "的")]
    if walk.state.from_ and said[:2] in (["grow", "number"], ["fall", "number"]):
        return True  # 由上半年的增长2.2%转为下降4.8%
    if (
        len(following) > 1
        and following[0].kind == "function"
        and following[0].what.word == "的"
        and following[1].kind == "number"
    ):
        return True
    if paced(walk, index) or (following and following[0].kind == "function" and following[0].what.word in _ALONE):
        return True
    if not explicit and _BY_MONTH.search(walk.folded, walk.segment_start, walk.tokens[index].start):
        return True
    if index and not explicit and walk.folded.endswith(_SINGLED, 0, walk.tokens[index].start):
        return True  # 光去年就进来21家，…
    if explicit or (same and following and following[0].kind == "from"):
        return False
    if walk.state.part and walk.state.part_at < walk.tokens[index].start and not walk.state.part_framed:
        return True  # 其中三季度933亿元: of that number only
    return (same and walk.tokens[index].what.base != "then") or "这时候" in word or "此时" in word


#: 若看单月，12月…: a month told beside the span in hand.
_BY_MONTH = re.compile("(?:单月|单季|当月|当季)(?:来看|来说|看|而言)?，?$")
_DIFFERENCE = re.compile("(?:的)?(?:多出?|少|高出?|低|增|减)(?=[约近超]?\\d)")


def percentage(token: Token | None) -> bool:
    """Whether a token is a number in percent."""
    return token is not None and token.kind == "number" and token.what.unit == "%"


_VERBS = ("new", "grow", "fall", "word", "function", "total")


def leads_to(walk: Walk, index: int) -> bool:
    """添到去年末的22个: whether a token is a date that begins with the 到 of the verb right before it."""
    token, verb = walk.tokens[index], walk.tokens[index - 1] if index else None
    taken_up = token.kind == "date" and walk.folded[token.start] in "到至"
    return taken_up and verb is not None and verb.kind in _VERBS and verb.end == token.start


def reaches(walk: Walk, token: Token, index: int) -> None:
    """从2024年末的9个添到去年末的22个: 到, taken up into a date behind a verb, is still where the verb leads to."""
    state, verb = walk.state, walk.tokens[index - 1]
    if not state.from_ or not leads_to(walk, index):
        return
    state.to, state.fresh, state.from_ = True, True, False
    state.verb_once, state.verb = "", "" if state.verb == "new" else state.verb
    state.unknown = state.unknown_here = "" if verb.kind == "word" else state.unknown
    if not any(t.kind in ("grow", "fall") and t is not verb for t in clause(walk, token)):  # 增速由…提高到…
        state.growth = state.growth_base = ""


_OF_PLAN = re.compile(
    "(?:全年|年度|年初|当年|原定|既定)(?:确定|下达|定下)?的?(?:建设|新建|新增|净增|开通|实施|培育|认定|引进|投资|改造)?(?:计划|任务|目标)(?:数|量)?(?:的)?[近约]?\\d"
)
_RANKED = ("居", "位居", "居于", "稳居", "跃居", "列", "位列", "排", "排名", "排在", "位于")


def compare(walk: Walk, token: Token, index: int) -> None:
    """比, 居, 高于: what follows is measured against something, or is a rank."""
    following, word = walk.following(index), token.what.word
    if following is not None and following.kind == "date":  # 高于去年底的1.72万家: the date says with what
        walk.state.compared = bool(_DIFFERENCE.match(walk.folded, following.end))  # 比二季度多41.5亿元
        return
    if word in ("多出", "高出", "超出") and walk.state.growth_base == "yoy" and percentage(following):
        walk.state.growth = "grow"  # 比上年多出22.2%
        return
    if word == "多出" and walk.state.since_january:
        walk.state.verb_once, walk.state.growth_base, walk.state.fresh = "new", "", True  # 较年初多出71家
        return
    if word == "相当于" and _OF_PLAN.match(walk.folded, token.end):
        return  # 全年建设862座，相当于年度计划900座的95.8%
    passed = word in _RANKED or word.endswith("于")  # 数量居全国第二，其中园区4座; 快于全市；吴中区下降2.6%
    walk.state.ranked = passed and not ahead(walk, index, ("number",))
    if word not in ("比", "较", "相比", "与"):
        walk.state.unknown = walk.state.unknown_here = word + "数"  # what follows is a rank or a gap
    to_place = word in ("比", "较") and following is not None and following.kind == "place"  # 比南京多8个
    if to_place or word in ("高出", "高于", "低于", "多于", "少于", "超出", "相差", "领先", "多出"):
        walk.state.compared = True

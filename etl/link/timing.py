"""Dates in a sentence: which frame a date sets, and what it says of the status.

In: a date token of the walk. Out: the walk's state, changed: the sentence's date, the next number's date, a base of
comparison; what is still to come is no fact, what is past is no plan. Source: reading.md §1 and §4.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link import bases, leaning, outlook, papers
from etl.link.counted import clause
from etl.link.scene import Dated
from etl.link.tokens import LIST_MARKS, Token
from etl.period import Period
from etl.recognise import periods
from etl.recognise.periods import When

if TYPE_CHECKING:
    from etl.link.walk import Walk


def said(walk: Walk, token: Token, index: int) -> None:
    """Take a date in: as a frame, as the next number's, as a base of comparison, or as nothing."""
    state, when = walk.state, papers.as_reviewed(walk, token)
    bases.reaches(walk, token, index)
    if _dates_nothing(walk, token, index):
        return
    counted = any(
        t.kind == "number" for t in walk.tokens[:index]
    )  # 食堂只有一个窗口，现在有11个: of what it counts itself
    if (walk.scene.answering or walk.answers) and state.topic == walk.scene.topic and not counted:
        state.unknown = ""  # an answer keeps its topic past what leads in to a date
    if when.base == "now":
        _now(walk, index)
        return
    base = _of_its_paper(walk, when) or leaning.on(walk, when, index)
    if when.quarters:
        year = base.period.end.year if base else _year_of(when.quarters, walk.scene.published)
        each = [Period.months(year, 3 * quarter - 2, 3 * quarter) for quarter in when.quarters if year]
        state.last_dates, state.fresh = [(Dated(period, "stated"), token) for period in each], True
        return
    period, base = _resolved(walk, when, base, index)
    if _open_span(walk, index) or period is None:
        return
    dated = Dated(period, "stated" if when.base in ("absolute", "publication", "month", "half") or base else "assumed")
    if bases.compares(walk, index):
        state.growth_base = "yoy" if bases.year_before(walk, period, index) else "other"
        state.compared = state.growth_base == "other"
        state.base = "other" if state.compared and bases.set_apart(walk, index) else state.base
        return
    if papers.of_a_batch(walk, token):
        dated = Dated(Period.year(period.end.year), dated.basis)  # who is told of in July, is so for the year
    if dated.period.kind == "year" and papers.of_a_years_list(walk, index):
        walk.state.verb, walk.batched, walk.listed = walk.state.verb or "award", True, True
    walk.latest = dated
    bound = (bool(index) or bases.of_itself(walk, index)) and bases.bound_to_number(walk, index)
    state.fresh, state.now, state.part_framed, state.ahead = True, False, True, False
    if bound or (state.number_date is not None and when.base == "frame"):  # 去年这时候，前三季度还只有805亿元
        state.number_date, state.number_date_at = dated, token
    else:
        state.years, state.span, walk.years_first = False, None, False
        outlook.judge(walk, when, period, index)
        _frame(walk, token, dated, index)
    _remember(walk, token, dated, index)


def _year_of(quarters: tuple[int, ...], published: date | None) -> int:
    """一、二、三季度, told in March: the year in which all of them are over."""
    if published is None:
        return 0
    over = Period.months(published.year, 3 * quarters[-1] - 2, 3 * quarters[-1]).end <= published
    return published.year if over or published.month > outlook.SPRING else published.year - 1


def _resolved(walk: Walk, when: When, base: Dated | None, index: int) -> tuple[Period | None, Dated | None]:
    """The period of a date, and the one it leans on; its year may be another than that one's."""
    own = _years_before(walk, when, index)
    if own:
        return Period.year(own.period.end.year + when.year), own
    if base and (_from_today(walk, when, index) or _of_the_news(walk, when, base)):
        base = None
    period = periods.resolve(when, walk.scene.published, base.period if base else None)
    if walk.scene.review and walk.folded.startswith("本年", walk.at.start) and when.months is None:
        period = walk.scene.review.period  # in a communiqué, the year that it is of
    if period and walk.state.from_ and _not_yet(walk, when, period):
        base, period = None, periods.resolve(when, walk.scene.published, None)
    if period and (_planned_for(walk, when, period, index) or _done_by_now(walk, when, period)):
        base = None  # 年内拟再推50个: this year, whatever was told
        period = periods.resolve(when, walk.scene.published, None)
    published = walk.scene.published
    within = published is not None and walk.folded.startswith("年内", walk.at.start)
    if period and base and within and published and period.start > published:
        base, period = None, periods.resolve(when, published, None)  # 到2025年底…；年内…
    if period and _yet_to_come(walk, when, period, index):
        base, period = None, periods.shift(period, 1)
    if period and base and _later_on(walk, when, base.period, period, index):
        period = periods.shift(period, 1)  # 去年末2706户，…，6月末2787户
    if period and base is None and outlook.hardly_begun(walk, when, period, index):
        period = periods.shift(period, -1)  # 年末全市共有…, told in March
    return _ended(walk, period), base


def _ended(walk: Walk, period: Period | None) -> Period | None:
    """Kunshan ended the year with 3,420 high-tech enterprises: a year that is over, whichever was spoken of."""
    published = walk.scene.published
    ahead = period is not None and published is not None and period.end > published
    return periods.shift(period, -1) if period and ahead and _ENDED.match(walk.folded, walk.at.start) else period


_ENDED = re.compile("(?i)(?:ended|finished|closed|rounded off|saw out) ")


def _of_the_news(walk: Walk, when: When, base: Dated) -> bool:
    """1月7日，大会开幕。报告提到，全年…: the day of the news is one just before it appeared, and no frame of a bare 全年.

    Nor is it a day of the year under review.
    """
    published = walk.scene.published
    if published is None or when.base != "frame" or when.year:
        return False
    told = periods.resolve(when, published, None) if when.day and not when.until and not walk.state.date else None
    if told is not None:
        return timedelta(0) <= published - told.end <= _NEWS
    begun = base.period.instant and base.period.end.month <= periods.TURN and not when.day
    return begun and timedelta(0) <= published - base.period.end <= _NEWS


_NEWS = timedelta(14)  # after a day that is told of as news


def _from_today(walk: Walk, when: When, index: int) -> bool:
    """2025年…。到上年12月末，…, told in February: the year's end at which counts stand is the one just over."""
    published = walk.scene.published
    opens = not any(t.kind in ("number", "name", "date") for t in walk.tokens[:index])
    until = when.until or walk.folded.startswith("截", walk.tokens[index].start)
    ends = when.base == "frame" and when.year == -1 and when.point and until
    return ends and opens and published is not None and published.month <= outlook.SPRING and walk.scene.review is None


def _years_before(walk: Walk, when: When, index: int) -> Dated | None:
    """2024年末，…由一年前的3款变成9款: the date of its sentence, where that is over, which so many years are counted from."""
    own, published = walk.state.date or walk.state.first_date, walk.scene.published
    ago = when.base == "publication" and walk.folded.endswith("年前", 0, walk.tokens[index].end)
    return own if own and ago and published and own.period.end <= published else None


def _not_yet(walk: Walk, when: When, period: Period) -> bool:
    """2024年末…；由上年末的512家起步: where a plan starts from is known, and not of a year to come."""
    before = when.base == "frame" and when.year == -1
    return before and walk.scene.published is not None and period.end > walk.scene.published


_SINCE = re.compile("[^，。；\\d]{1,24}以来(?=，)")


def _long_since(walk: Walk, when: When, token: Token) -> bool:
    """2021年以来, 自2019年首家落户以来: a span from a year that is over until now dates nothing that it tells."""
    period, published = periods.resolve(when, walk.scene.published, None), walk.scene.published
    if period is None or published is None:
        return False
    told = (
        walk.scene.review.period.end.year if walk.scene.review else published.year - (published.month <= periods.TURN)
    )
    return period.end.year < told and bool(when.since or _SINCE.match(walk.folded, token.end))


def _dates_nothing(walk: Walk, token: Token, index: int) -> bool:
    """Take in a span of years, or the date of a paper: neither is a frame. Whether it was one."""
    if _long_since(walk, token.what, token):
        walk.state.years, walk.state.fresh = True, True
        return True
    if _of_a_goal(walk, token, index):
        return True
    if token.what.base == "years" or papers.attributive(walk, index):
        walk.appeared = periods.resolve(token.what, walk.scene.published, None)
        if not (walk.attributed and papers.met(walk, index)):  # 今年的任务，年初的大会上已经讲明：…
            walk.attributed = walk.appeared
        _years(walk, token, index)
        return True
    return False


#: 年初定的盘子, 年初人代会确定的目标: when a goal was set, which is one of that year.
_SET = re.compile("[\u3400-\u9fff]{0,6}?(?:确定|设定|敲定|制定|下达|排定|商定|订|定|立)(?:下|好)?的")


def _of_a_goal(walk: Walk, token: Token, index: int) -> bool:
    """Take in when a goal was set, at the beginning of a year: what follows is planned for that year."""
    when, published = token.what, walk.scene.published
    if not (when.point and when.months == (1, 1) and when.day == 1):
        return False
    met = papers.met(walk, index) and bases.ahead(walk, index, ("plan",))  # 年初人代会提出净增80家
    if not (met or _SET.match(walk.folded, token.end)):
        return False
    own = walk.state.date or walk.state.first_date or walk.scene.review
    period = periods.resolve(when, published, own.period if own else None)
    if period is None or published is None:
        return False
    state = walk.state
    state.status, state.planned, state.fresh, state.now = "target", True, True, False
    turned = own is None and when.base == "frame" and published.month <= periods.TURN  # which year has begun, is open
    state.date = None if turned else Dated(Period.year(period.end.year), "carried")
    state.date_at = None if turned else token
    return True


_JUST_OVER = timedelta(45)  # after the end of a month whose counts are the latest


def _later_on(walk: Walk, when: When, base: Period, period: Period, index: int) -> bool:
    """Whether a month without a year goes on from the year's end before it: it lies behind it, if that is over."""
    onward = (
        base.instant and base.end.month == 12 and when.base == "frame" and when.year == 0 and when.months is not None
    )
    published = walk.scene.published
    alone = when.base == "frame" and when.months is not None and when.point and not when.day and not walk.state.date
    if published is not None and alone and base.kind == "year":
        return timedelta(0) <= published - periods.shift(period, 1).end <= _JUST_OVER  # 去年…。2月底…, told in March
    if not onward or published is None or period.end >= base.end:
        return False
    planned = bases.ahead(walk, index, ("plan",))  # 到去年底3600家，上半年还要再做1000家
    return periods.shift(period, 1).end <= published or planned


_LATE = 11  # month from which a plan is one for the next year


def _of_its_paper(walk: Walk, when: When) -> Dated | None:
    """去年初的工作报告提出，全年…: a bare year of a plan is the one in which its paper appeared."""
    bare = when.base == "frame" and when.year == 0 and when.months is None and walk.state.status == "target"
    made = walk.appeared if bare and walk.state.date is None else None
    next_years = made is not None and made.kind != "year" and made.end.month >= _LATE
    return Dated(made, "stated") if made and not next_years else None


def _planned_for(walk: Walk, when: When, period: Period, index: int) -> bool:
    """Whether a bare 年内 or 年底前 in a plan has been resolved into a year that is over."""
    whole = walk.folded.startswith("全年", walk.tokens[index].start)  # 全年任务900个 may look back
    bare = when.base == "frame" and when.year == 0 and when.months is None and not whole
    at = walk.state.date_at
    own = at is not None and at.start >= walk.segment_start
    spent = (
        at is not None and own and any(c.number.start > at.start for c in walk.claims)
    )  # 而2024年末为17.2E，年底前力争达到26E
    apart = spent and index > 0 and walk.tokens[index - 1].kind == "mark"
    if not bare or (own and not apart) or walk.scene.published is None or period.end >= walk.scene.published:
        return False
    behind = takewhile(
        lambda t: not (t.kind == "mark" and t.what in ("；。，" if apart else "；。")), walk.tokens[index:]
    )
    if apart:
        return any(t.kind == "plan" for t in behind)
    listed = walk.state.status == "target" and walk.appeared is None
    planned = listed or any(t.kind == "plan" for t in behind)  # …左右；年内再添5家
    return walk.folded.startswith("前", walk.tokens[index].end) or planned


_DONE = re.compile(
    "[^，。；：]{0,24}?(?:已|完成|实现|开工|动工|投下|录得)(?![^，。；]{0,4}(?:目标|任务|计划))[^，。；：]{0,8}?\\d"
)


def _done_by_now(walk: Walk, when: When, period: Period) -> bool:
    """大项目挪到了明年，前十个月完成97个: what is done in a bare span is of no year to come, whichever was spoken of."""
    published = walk.scene.published
    bare = when.base == "frame" and when.year == 0 and when.months is not None
    if not bare or published is None or period.start <= published or walk.state.planned:
        return False
    own, done = periods.resolve(when, published, None), _DONE.match(walk.folded, walk.at.end)
    if own is None or own.end > published or done is None:
        return False
    return not any(t.kind in ("plan", "expect") and walk.at.end <= t.start < done.end() for t in walk.tokens)


def _yet_to_come(walk: Walk, when: When, period: Period, index: int) -> bool:
    """去年…。一季度，产值预计增长5%: what is expected of a span without a year is of the one to come."""
    published = walk.scene.published
    bare = when.base == "frame" and when.year == 0 and when.months is not None and not when.point
    own = walk.state.date_at is not None and walk.state.date_at.start >= walk.segment_start
    if not bare or own or published is None or not period.end <= published < periods.shift(period, 1).end:
        return False
    behind = takewhile(lambda t: t.kind != "number" and t.what not in ("；", "。"), walk.tokens[index:])
    return period.end.year < published.year and any(t.kind == "expect" for t in behind)


def _now(walk: Walk, index: int) -> None:
    """目前: what follows is a fact of the publication date."""
    state = walk.state
    if bases.bound_to_number(walk, index):  # 由现在的88家
        if walk.scene.published:
            state.number_date = Dated(Period.day(walk.scene.published), "assumed")
            state.number_date_at = walk.tokens[index]
        walk.current = walk.current or state.to  # 2020年末3家→目前102家: what is told next is of today
        return
    state.now, state.fresh, walk.current = True, True, True
    told = [t.kind for t in walk.tokens[:index] if t.kind in ("number", "expect")]
    if not state.to and (state.status == "target" or (state.status == "estimate" and told[-1:] == ["number"])):
        state.status = "actual"  # 预计到年底可达1.9万家，目前有1.85万家
    state.date = state.date_at = None
    state.first_date = state.first_date if walk.spoken else None


def in_hand(walk: Walk, token: Token, index: int) -> None:
    """去年拿到5家，手上合计17家: what is held, told behind what a past time has added, is of today."""
    state, scene, last = walk.state, walk.scene, walk.claims[-1] if walk.claims else None
    if last is None or last.measure != "new" or state.status != "actual" or scene.review or scene.published is None:
        return
    if not any(t.kind == "date" for t in clause(walk, token)):
        state.number_date, state.number_date_at = Dated(Period.day(scene.published), "assumed"), token


def _open_span(walk: Walk, index: int) -> bool:
    """同期由50.9%升至56.2%, 同期，强度从3.1%走到4.2%: since when, it does not say."""
    token, after = walk.tokens[index], walk.following(index)
    if after is not None and after.what == "，":
        after = next((t for t in walk.tokens[index + 2 :] if t.kind not in ("name", "place", "function")), None)
    same = periods.SAME_SPAN.search(walk.folded, token.start, token.end)
    if not same or after is None or after.kind != "from":
        return False
    _between_the_same(walk, token)
    return True


def _between_the_same(walk: Walk, token: Token) -> None:
    """由2021年的52.5%提高到2025年的56.2%；同一时期，…从3.91%走到4.25%: from and to when the pair before was told."""
    pair = [c for c in walk.claims[-2:] if c.measure == "value" and c.status == "actual"]
    if len(pair) < 2 or pair[0].indicator != pair[1].indicator or pair[0].period.end >= pair[1].period.end:
        return
    first, last = (Dated(c.period, "carried") for c in pair)
    walk.state.number_date, walk.state.number_date_at = first, token
    walk.state.date, walk.state.date_at, walk.state.fresh = last, token, True


_TOLD = re.compile("，?(?:记者|笔者|[^，。；\\d]{0,20}(?:获悉|召开|举行|举办|通报|发布|公布|透露|介绍|宣布))")


def _of_telling(walk: Walk, token: Token) -> bool:
    """4月27日，记者获悉，今年一季度…；…: the day on which it is told dates what nothing else does, and does not come back."""
    return bool(token.what.day) and bool(_TOLD.match(walk.folded, token.end))


def _frame(walk: Walk, token: Token, dated: Dated, index: int) -> None:
    """Let a date hold for what follows in the sentence."""
    state = walk.state
    if _of_telling(walk, token):
        state.date, state.date_at = dated, token
        return
    opens = not walk.spoken and not state.named and state.first_date is None
    opens = opens or _heads_plans(walk)
    if opens or (state.first_date and index and walk.tokens[index - 1].what in ("；", ";")):
        state.first_date, state.first_date_at = dated, token
    state.date, state.date_at = dated, token
    if state.part_place and walk.tokens[index - 1].kind == "mark":
        state.place, state.part_place = "", False  # 其中园区6900个，年底前还将新建2000个: whose, is open
    if not walk.brackets:
        if state.status == "actual":
            walk.stated = dated
            walk.dates.append(dated)
        walk.segment = walk.stated
        if not walk.claims and all(t.kind in ("mark", "function", "other") for t in walk.tokens[:index]):
            walk.date_first = walk.date_first or dated


def _heads_plans(walk: Walk) -> bool:
    """…列出六项硬指标：到2025年底，…；…: the date that the list behind the colon opens with holds for its parts."""
    untold = walk.state.first_date is None and all(c.number.start < walk.announced for c in walk.claims)
    return bool(walk.announced) and untold and walk.state.planned


_OPENING = ("mark", "function", "place", "and")  # what may stand before the date that a sentence opens with


def forget(walk: Walk) -> None:
    """几个项目去年底完工；…: a date in the middle of words, with no figure, says nothing of what a semicolon parts off."""
    state, at = walk.state, walk.state.first_date_at
    named = any(t.kind == "name" and t.start >= walk.segment_start for t in walk.tokens if t.start < walk.at.start)
    if at is None or named or walk.claims or walk.date_first is not None:
        return
    before = [t for t in walk.tokens if t.start < at.start]
    if all(t.kind in _OPENING and getattr(t.what, "kind", "") != "company" for t in before):
        return
    walk.dates = [dated for dated in walk.dates if dated is not state.first_date]
    walk.stated = walk.dates[-1] if walk.dates else None
    state.first_date = state.first_date_at = None


def _remember(walk: Walk, token: Token, dated: Dated, index: int) -> None:
    """Keep lists of dates (2020年末、2025年9月末分别为 …)."""
    before = [t for t in walk.tokens[:index] if t.kind != "place"]
    listed = bool(before) and (
        before[-1].kind == "and" or (before[-1].kind == "mark" and before[-1].what in LIST_MARKS)
    )
    if listed and walk.state.last_dates and len(before) > 1 and before[-2].kind == "date":
        walk.state.last_dates.append((dated, token))
        if walk.state.first_date is walk.state.last_dates[0][0]:  # a list of dates is dealt out and frames nothing
            walk.state.first_date = walk.state.first_date_at = None
        _dealt(walk)
    else:
        walk.state.last_dates = [(dated, token)]


def _dealt(walk: Walk) -> None:
    """2022年、2023年分别为…: years that figures are dealt out over do not date what the next sentences leave undated."""
    listed = [dated for dated, _ in walk.state.last_dates]
    walk.dates = [dated for dated in walk.dates if all(dated is not other for other in listed)]
    walk.stated = walk.dates[-1] if walk.dates else None


def _years(walk: Walk, token: Token, index: int) -> None:
    state, when = walk.state, token.what
    if when.last_year:
        span = Period(date(when.year, 1, 1), date(when.last_year, 12, 31))
        over = walk.scene.published and span.end <= walk.scene.published
        state.years, state.span, state.fresh = True, Dated(span, "stated") if over else None, True
        if when.plan:
            _coming(walk, planned=not over)
            return
        state.years = False
        state.last_dates = [
            (Dated(Period.year(year), "stated"), token) for year in range(when.year, when.last_year + 1)
        ]
        state.fresh = True
    elif when.base == "years":
        state.years = True
        said = walk.folded[token.start : token.end]
        state.ahead = said.startswith(("用", *_COMING)) or state.ahead
        _coming(walk, planned=said.startswith(_COMING))


_COMING = ("未来", "今后", "接下来", "下一步", "下一阶段", "下阶段")


def _coming(walk: Walk, *, planned: bool) -> None:
    """未来三年, 下一步, 十五五期间: what is told of a time to come is planned."""
    if planned:
        walk.state.status, walk.state.planned = "target", True

"""Dates and periods as the prose gives them: absolute (2024年底), relative (去年同期), bare (上半年), none (目前).

In: the folded text. Out: mentions of `When`. A `When` is not yet a period: 今年 needs the publication date, 上半年 and
同期 the date before them. `resolve` turns it into one, given those; the clock is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from etl.model import Mention, Span
from etl.period import Period, last_day

_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_NUMBERS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
TURN = 2  # months after the turn of the year in which a bare 前三季度 means the year before
_BEHIND_HALF = range(7, 10)  # months in which a bare half year is the first
#: Five-year plans, and the last year of each.
FIVE_YEAR_PLANS = {"十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030}


@dataclass(frozen=True, slots=True)
class When:
    """A date as written.

    `base`: absolute (year is the year), publication (year is an offset to the publication's), frame (year is an offset
    to the date before it), then (that date itself), later (so many years behind it; 0 where nobody can tell), same (as long as it, in the year given), span (the last one told of
    so many months), now, or years (a span of years that dates nothing). `months` are first and last, `point` means the end (or, with `day`, the day) of it: an instant.
    """

    base: str
    year: int = 0
    months: tuple[int, int] | None = None
    day: int = 0
    point: bool = False
    until: bool = False  # 到2025年: a target while the year is still to end
    last_year: int = 0  # of a list of years, 2022年至2024年
    since: bool = False  # 今年以来: what is told has happened
    quarters: tuple[int, ...] = ()  # of a list, 一、二、三季度
    plan: bool = False  # its years are those of a five-year plan, 十四五期间: one span and no list


_YEAR = r"(?P<year>(?:19|20)\d{2}|[一二][〇零○九][〇零○一二三四五六七八九]{2})(?:年度?|(?<=[、和]20\d\d)(?:这?[两三四五]个?(?:年度?|(?=年[末底])))(?!来|间|内|累计|行动|计划|规划)|(?=(?:、20\d{2})*[、和]20\d{2}(?:年|这?[两三四五]个?年))|(?=(?:小|年度|新|发展|主要)?目标|展望)|(?=：)|(?=[-/]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)|\.\d{1,2}(?:\.\d{1,2}(?!\d)|[-—~至到起])))"
_RELATIVE = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "今年度": 0,
    "去年": -1,
    "上年": -1,
    "上年度": -1,
    "上一年": -1,
    "前年": -2,
    "明年": 1,
    "来年": 1,
    "后年": 2,
    "次年": 1,
    "新的一年": 0,
    "新一年": 0,
    "眼前这一年": 0,
    "眼下这一年": 0,
}
_N = r"(?:\d{1,2}|十[一二]|[一二两三四五六七八九十])"
_MONTH_PARTS = (
    rf"(?P<half>上半年|下半年)|(?P<first_quarters>(?:前|头|首)(?P<quarters>[一二两三123])个?季度?)|(?P<quarters_to>(?P<q1>[一1])(?:-|—|~|至|到)(?P<q2>[二三四234])季度)|(?P<quarter>第?(?P<q>[一二三四1234首])季度?)"
    rf"|(?:前|头|首)(?P<first_months>{_N})个?月(?:份)?|(?P<m1>{_N})月?(?:份)?(?:-|—|~|至|到)(?P<m2>{_N})月(?:份)?(?:累计)?"
    rf"|(?P<month>{_N})月(?:份)?|(?P<whole>全年(?!龄)|年内|(?<=[去今]年)一年(?=里|内|间|就|新|评|获|添|增|又|认|入|净))|(?P<start>(?:年初|(?<=年)初)(?!步)(?!(?<=[于出过]年初)的?(?:计划|目标|预期|任务|预算|安排)))|(?P<middle>年中(?=为|是|达|还|只|仅|有|时|的))"
)
_DAY = r"(?P<day>\d{1,2}|[一二三]?十?[一二三四五六七八九十])[日号]"
_END = r"(?P<end>年末|年底|月末|月底|末|底)"
_VERB_TO = (
    "(?<![添攒积增升减降扩跃攀提涨翻变加长高展大容充壮窄落缓慢速滑小跌缩低调])"  # 增至2024年的: 至 belongs to the verb
)
_UNTIL = rf"(?P<until>截至到?|截止到?|{_VERB_TO}(?:到了?|至)|止|迄)"

_DATE = re.compile(
    r"(?=[截到至止迄12一二今本去上前明后次新眼同当是]|(?<![原后近历多未])来年(?!产))"
    rf"{_UNTIL}?(?:{_YEAR}|(?P<relative>{'|'.join(sorted(_RELATIVE, key=len, reverse=True))})|(?P<same>同一?年|当年|当期|是年(?=，)))"
    rf"(?:(?P<ago>同[期季月])|(?:的(?=[上下]半年|[前头第]|[一二三四1234]季|\d{{1,2}}月|全年))?(?:[-/.](?P<iso_month>\d{{1,2}})(?:[-/.](?P<iso_day>\d{{1,2}}))?|{_MONTH_PARTS})?(?:{_DAY})?{_END}?)(?P<since>以来|起|后)?"
)
_BARE = re.compile(
    r"(?=[截到至止迄上下前头首第一二两三四五六七八九十\d全年岁初])"
    rf"{_UNTIL}?(?:(?:{_MONTH_PARTS})(?:{_DAY})?{_END}?|(?P<year_end>年末|年底|岁末|年终(?=，|，?(?:时|一算|一盘|结账|收官|全|达|共|为|是|有))))(?P<since>以来)?"
)
_CROSS = re.compile(rf"(?P<y1>20\d{{2}})年(?P<m1>{_N})月(?:份)?(?:-|—|~|至|到)(?P<y2>20\d{{2}})年(?P<m2>{_N})月(?:份)?")
_YEARS = re.compile(
    r"(?P<y1>20\d{2})年?(?:-|—|~|至|到)(?P<y2>20\d{2})(?:年(?:这?(?P<many>[两三四五])个?年度|这(?P<each>[两三四五])年)?|(?P<count>[两三四五])个年度)|(?:近|最近|未来|过去(?!一年)|今后|此后|连续|接下来的?)[一二两三四五六七八九十\d]{1,2}个?年(?:来|间)?"
    r"|(?!一年间)[一二两三四五六七八九十\d]{1,2}年(?:来|间|累计|左右的时间|内|期间)|(?:十[二三四五]五)”?(?:期间|时期|以来)|(?:下一步|下一阶段|下阶段|接下来)(?=，|[^，。；]{0,8}(?:将|要|拟|力争|计划|全市|全区))|近年来|多年来|连续[一二三四五六七八九十\d]+年|用[一二三四五3-9]年"
)
_QUARTERS = re.compile(r"[一二三四](?:、[一二三四])*[、和及][一二三四]季度")
#: 到半年变成下降4.7%: the first half, up to its end.
_BY_HALF = re.compile(
    r"(?:截至|到了?|至)(?:半年(?![之以的]?[前后内间来])|年中)(?:末|底|时)?(?=，|变|转|已|就|便|则|又|却|为|只|还|仅|才|达|共|累计|完成|降|升|增|收|回|掉|缩|扩)"
)
_PLAN_END = re.compile(r"(?P<until>到)?(?P<plan>十[二三四五]五)(?:规划)?(?:期)?(?P<end>末|收官|收官之年|结束时|期末)")
_LATER = re.compile(
    r"(?P<n>[一二两三四五六七八九十]|\d{1,2})年(?:之后|以后|过后|后)(?=，|[已就便达增升变这即破超突翻涨扩才又再成])"
)
_AGO = re.compile(r"(?P<n>[一二两三四五六七八九十]|\d{1,2})年前|一年前")
#: 两年前的同一时点, 前年同期: so many years before the date said, of the same length.
_AGO_SAME = re.compile(
    r"(?:(?P<n>[一二两三四五六七八九十]|\d{1,2})年(?:之|以)?前|(?P<relative>去年|上年|前年|上一年))的?(?:同期|同一?(?:个)?(?:时点|时间点?|节点|时段|日期|月份|季度|口径)|这?个?(?:时候|时点|时节)|此[时刻]|同[月季])(?!的[^\d])"
)
_THIS_MOMENT = re.compile("此[时刻]|时候$|时节$")
_NOW = re.compile(
    r"截至目前|截止目前|截至今日|截至发稿(?:时)?|到目前为止|截至(?:记者)?发稿|目前|眼下|如今|现在|现如今|至今|迄今|迄今为止|当前|眼下|截至当前|截至最新|(?:截至|到)(?:了)?今天|截稿(?:时|前|日)|时下|现时|暂时"
    r"|(?:(?<=[，。；：])|^)(?:手[上头里中]|家底)(?=(?:现在?)?(?:合计|总共|一共|累计|共计|共|加起来|已经?|攒|握)[^，。；\d]{0,6}\d)"
)
#: Bare 同期 is the period just said, of another figure; with 去年, or behind 比 and 于, it is a year before.
_SAME = re.compile(
    r"(?<!历年)(?<!历史)(?<!往年)(?:上年|去年|前一年)?同期|同一(?:时期|期间|时段)|(?:上年|去年|前一年)同[季月]|去年这时候|上年同期|去年此时|一年前同期"
)
#: As long as the period said before it, which another year or figure has.
SAME_SPAN = re.compile("同[期季月]|同一(?:时期|期间|时段)")
_BARE_SAME = re.compile("(?<![比较于与])(?:同期(?!由)|同一(?:时期|期间|时段))")
_LAST_MONTH = re.compile(rf"(?:截至|{_VERB_TO}[到至])?(?P<which>上月|上个月|本月(?!初|[上中下]旬))(?P<end>末|底)?")
_PERIOD_END = re.compile("期末")
#: 半年录得2984亿元, 半年下来工业投资152.8亿元: the first half, told in the months right behind it.
_HALF = re.compile(
    r"(?<![上下前后大小近每过这那多头整第两\d个])半年(?:下来|里|账)?(?=，?(?:共|合计|就|已|便)?(?:录得|录|收|完成|实现|增速|增幅|涨幅|营收|总?产值|工业|规上|软件|投资|投下|投了|做了|交出|达|为))"
)
_PAST_YEAR = re.compile(r"过去的?(?:这)?一年|刚刚过去的一年|这一年来")
_BY_THEN = re.compile(r"届时|彼时|那时|本季度?(?!度)")


def mentions(folded: str) -> Iterator[Mention[When]]:
    """Every date of the folded text; overlapping ones are settled by the overlap rule."""
    for pattern, read in _READERS:
        for match in pattern.finditer(folded):
            if match[0] and (what := read(match)):
                yield Mention(what, Span(*match.span()), "date")


def _moment(match: re.Match[str]) -> str:
    """去年此时，…: where it opens its sentence, it is a year before the day of publication; else before the date said."""
    opens = match.start() == 0 or match.string[match.start() - 1] in "。；：！？\n"
    return "today" if opens and _THIS_MOMENT.search(match[0]) else "frame"


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.get(text.replace("首", "一"), 0)


def _day_number(text: str | None) -> int:
    if not text:
        return 0
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十") if "十" in text else ("", "", text)
    return ((_NUMBERS.get(tens, 1)) * 10 if "十" in text else 0) + (_NUMBERS.get(ones, 0) if ones else 0)


def _months(match: re.Match[str]) -> tuple[int, int] | None:
    found = match.groupdict()
    if found.get("iso_month"):
        month = int(found["iso_month"])
        return (month, month) if 1 <= month <= 12 else None
    if found["half"]:
        return (1, 6) if found["half"] == "上半年" else (7, 12)
    if found["first_quarters"]:
        return 1, 3 * _number(found["quarters"])
    if found["quarters_to"]:
        return 1, 3 * _number(found["q2"])
    if found["quarter"]:
        quarter = _number(found["q"])
        so_far = match.string.startswith("报", match.end())  # 三季报 is of the year so far, as firms report it
        return 1 if so_far else 3 * quarter - 2, 3 * quarter
    if found["first_months"]:
        return 1, _number(found["first_months"])
    if found["m1"]:
        return _number(found["m1"]), _number(found["m2"])
    if found["month"]:
        month = _number(found["month"])
        return month, month
    return None


def _valid(months: tuple[int, int] | None) -> bool:
    return months is None or 1 <= months[0] <= months[1] <= 12


def _years_ago(match: re.Match[str]) -> int:
    return _number(match["n"]) if match["n"] else 2 if match["relative"] == "前年" else 1


def _dated(match: re.Match[str]) -> When | None:
    months, day = _months(match), _day_number(match["day"]) or int(match["iso_day"] or 0)
    if not _valid(months):
        return None
    if match["year"]:
        base, year = "absolute", int(match["year"].translate(_HAN_DIGITS))
    elif match["same"]:
        base, year = "frame", 0
    else:
        base, year = (
            ("frame" if match["relative"] in ("上年", "上年度", "上一年", "次年") else "publication"),
            _RELATIVE[match["relative"]],
        )
    if match["ago"] and match["relative"] in ("今年", "本年"):
        return When("same")
    if match["ago"]:
        return When("same", year) if base == "absolute" else When("frame", year or -1, None)
    if match["start"]:
        return When(base, year, (1, 1), 1, point=True)
    if match["middle"]:
        return When(base, year, (6, 6), point=True)
    if match["whole"] and base == "frame":
        months = (1, 12)  # 上年全年: however long what is told before it is
    until = match["until"] in ("到", "到了", "至")
    as_of = match["until"] in ("截至", "截止", "截至到", "截止到", "截止", "止", "迄") and (
        months is not None or bool(day)
    )
    point = bool(match["end"] or day or as_of)
    if match["since"]:
        return When(base, year, None, since=True) if match["since"] == "以来" else When("years")
    return When(base, year, months, day, point, until or as_of)


def _bare(match: re.Match[str]) -> When | None:
    if match["year_end"]:
        return When("frame", 0, None, 0, point=True)
    months, day = _months(match), _day_number(match["day"])
    if not _valid(months) or match["since"]:
        return None
    if match["start"]:
        return When("frame", 0, (1, 1), 1, point=True)
    if match["middle"]:
        return When("frame", 0, (6, 6), point=True)
    if months is None and not match["whole"]:
        return None
    as_of = bool(match["until"]) and months is not None
    return When("frame", 0, months, day, bool(match["end"] or day or as_of), bool(match["until"]))


def _years(match: re.Match[str]) -> When | None:
    if match["y1"]:
        many = match["many"] or match["each"] or match["count"]
        if many and _NUMBERS[many] != int(match["y2"]) - int(match["y1"]) + 1:
            return When("years")  # 2021至2023两个年度: which two, it does not say
        return When("years", int(match["y1"]), last_year=int(match["y2"]))
    if not match[0].endswith("以来") and (last := FIVE_YEAR_PLANS.get(match[0][:3])):
        return When("years", last - 4, last_year=last, plan=True)
    return When("years")


def _cross(match: re.Match[str]) -> When | None:
    """2024年9月至2025年8月."""
    first, last = _number(match["m1"]), _number(match["m2"])
    valid = 1 <= first <= 12 and 1 <= last <= 12 and match["y1"] < match["y2"]
    return When("absolute", int(match["y1"]), (first, last), last_year=int(match["y2"])) if valid else None


_READERS = (
    (_DATE, _dated),
    (_BARE, _bare),
    (_YEARS, _years),
    (_CROSS, _cross),
    (_QUARTERS, lambda match: When("frame", quarters=tuple(_NUMBERS[sign] for sign in match[0] if sign in "一二三四"))),
    (_PLAN_END, lambda match: When("absolute", FIVE_YEAR_PLANS[match["plan"]], None, 0, point=False, until=True)),
    (_BY_HALF, lambda match: When("frame", 0, (1, 6), until=True)),
    (_LATER, lambda match: When("frame", _number(match["n"]), None)),
    (_AGO_SAME, lambda match: When(_moment(match), -_years_ago(match))),
    (_AGO, lambda match: When("publication", -(_number(match["n"] or "一")), None)),
    (_NOW, lambda match: When("now")),
    (_SAME, lambda match: When("then") if _BARE_SAME.match(match.string, match.start()) else When("frame", -1)),
    (_LAST_MONTH, lambda match: When("month", -1 if match["which"] != "本月" else 0, point=bool(match["end"]))),
    (_HALF, lambda match: When("half")),
    (_PERIOD_END, lambda match: When("frame_end")),
    (_PAST_YEAR, lambda match: When("past_year")),
    (_BY_THEN, lambda match: When("then")),
)


def resolve(when: When, published: date | None, frame: Period | None) -> Period | None:
    """The period a `When` means; None where what it is relative to is not known.

    `frame` is the date before it (for 同期, 当年, a bare 上半年); the publication date serves where there is none.
    """
    if when.base == "same" and not when.year:  # 今年同期
        when = replace(when, year=published.year if published else 0)
    if when.base in _LEANING:
        return _leaning(when, frame) if when.base != "same" or when.year else None
    if when.base in ("years", "now", "today", "past_year", "month", "half"):
        return _around(when, published) if published else None
    if when.base == "absolute":
        year = when.year
    elif when.base == "publication":
        if published is None:
            return None
        year = published.year + when.year
    elif when.year and frame and when.months is None and not when.point:
        return shift(frame, when.year)
    else:
        year = frame.end.year if frame else (published.year if published else 0)
        if not year:
            return None
        if frame is None and published and when.months and not when.point and not when.until:
            year -= just_over(_period(when, year), published)
        year += when.year
    return _period(when, year)


_LEANING = ("then", "span", "same", "frame_end")


def _leaning(when: When, frame: Period | None) -> Period | None:
    """A date that is what the one before it is, or as long as it."""
    if when.base == "same":
        return shift(frame, when.year - frame.end.year) if frame else Period.year(when.year)
    if when.base == "frame_end":
        return Period.day(frame.end) if frame else None
    if when.base == "span" and (frame is None or months_in(frame) != (when.months or (0, 0))[1]):
        return None
    return frame


def months_in(period: Period) -> int:
    """How many months a period is long; 0 for a day."""
    whole = 12 * (period.end.year - period.start.year) + period.end.month - period.start.month + 1
    return 0 if period.instant else whole


def just_over(period: Period | None, published: date) -> bool:
    """Whether a part of the year that has hardly begun was said of the year before (前三季度, 全年, told in January)."""
    return (
        period is not None and published.month <= TURN and period.end.year == published.year and period.end > published
    )


def _period(when: When, year: int) -> Period | None:
    if when.months is None:
        return Period.day(date(year, 12, 31)) if when.point else Period.year(year)
    first, last = when.months
    if when.last_year:
        return Period.months(year, first, last, when.last_year)
    if when.day:
        try:
            return Period.day(date(year, last, when.day))
        except ValueError:
            return None
    return Period.day(last_day(year, last)) if when.point else Period.months(year, first, last)


def _around(when: When, published: date) -> Period | None:
    """What is said from the day of publication: 目前, 上月末, 过去一年."""
    if when.base == "now":
        return Period.day(published)
    if when.base == "today":
        return shift(Period.day(published), when.year)
    if when.base == "past_year":  # in spring it is the year before; later it is open
        return Period.year(published.year - 1) if published.month <= 3 else None
    if when.base == "half":
        return Period.months(published.year, 1, 6) if published.month in _BEHIND_HALF else None
    return _last_month(when, published) if when.base == "month" else None


def _last_month(when: When, published: date) -> Period:
    end = published if when.year == 0 else published.replace(day=1) - timedelta(days=1)
    return Period.day(last_day(end.year, end.month)) if when.point else Period.months(end.year, end.month, end.month)


def shift(period: Period, years: int) -> Period:
    """The same period some years later.

    >>> str(shift(Period.parse("2024-02-29"), -1))
    '2023-02-28'
    """
    end = last_day(period.end.year + years, period.end.month)
    if period.instant:
        day = min(period.end.day, end.day)
        return Period.day(end.replace(day=day))
    return Period(date(period.start.year + years, period.start.month, 1), end)

"""Percentages: growth, share, or the value of a ratio.

In: a number with the unit %. Out: a claim or a verdict. Source: reading.md §3 F and G.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.link import arithmetic, behind, nouns, portions, ratios
from etl.link.claimable import not_claimable, tolerable
from etl.link.claims import Figure, Verdict, accept, beside, fits_percent, value
from etl.link.counted import clause, left_aside
from etl.link.scene import PART, Topic, encloses, larger, located
from etl.link.state import Claim
from etl.link.tokens import Token
from etl.model import Bound, Quantity
from etl.recognise import periods

if TYPE_CHECKING:
    from etl.link.walk import Walk

_TOGETHER = ("加起来", "合起来", "加总", "之和", "三地", "两地", "三区", "两区", "三市", "两市")
_RATIO = ("分量", "份额", "占", "比", "率", "强度", "面", "相当于")


def percent(walk: Walk, index: int) -> Claim | Verdict:
    """Read a percentage: as growth, as a share, or as the value of a ratio."""
    state, token = walk.state, walk.tokens[index]
    state.growth = state.growth or _grows(walk, index)
    if state.from_ and state.number_date is None and not state.to:
        return "no_date", ""  # 增速由2.2%转为3.8%: the first is of a time that it does not say
    if state.growth:
        behind.into_plan(walk, index)  # 增长6%是2026年的预期目标
        return _growth(walk, token)
    if (told := ratios.told(walk, index) or portions.told(walk, index)) is not None:
        return told
    state.share = _of_whole(walk, index) or _within(walk, index) or state.share
    if state.share:
        return _share(walk, token)
    topic = state.topic
    if topic is None:
        return "no_indicator", ""
    if verdict := not_claimable(walk, topic):
        return verdict
    if state.measure == "yoy" and walk.claims and walk.claims[-1].topic == topic and not fits_percent(walk, topic):
        return _grown_to(walk, token, topic)
    if not fits_percent(walk, topic):
        return "unit", topic.call.head
    behind.look(walk, index)  # “…3.26%”是2023年的数
    said = any(sign in walk.folded[topic.start : topic.end] for sign in _RATIO) or _ratio_said(walk, topic, token)
    if walk.folded[token.start] in "+-" or not said:  # 高新技术产业产值占比+3.5%
        return "measure", topic.call.head
    return value(walk, Figure(token, token.what, topic, "ratio after name"))


def _grows(walk: Walk, index: int) -> str:
    """Whether a percentage is growth by its sign, its place behind 同比, or what stands before it; else ""."""
    state, token = walk.state, walk.tokens[index]
    sign = walk.folded[token.start]
    beside = sign in "+-" and _beside_a_figure(walk, index)
    if beside or (state.growth_base == "yoy" and (sign in "+-" or _straight(walk, index))):
        return "fall" if sign == "-" else "grow"
    return _more_than_told(walk, token) or _more(walk, token) or _once_more(walk, index) or rated(walk, token)


#: Hedges before the place that a percentage is of: 不到苏州全市的百分之六.
_HEDGED: dict[str, Bound] = {
    "不到": "<",
    "近": "<",
    "接近": "<",
    "约": "~",
    "大约": "~",
    "大致": "~",
    "大体": "~",
    "约莫": "~",
    "超过": ">",
    "超": ">",
}
_HEDGE = re.compile(f"(?:{'|'.join(sorted(_HEDGED, key=len, reverse=True))})(?=(?:是|为|占)?[^，。；\\d]{{2,8}}的\\Z)")


#: What may stand before the place that a percentage is of, in a clause of its own: 还不到全市的…, 约相当于全国的….
_ONLY = re.compile(
    "(?:存量|总量|数量|体量|规模|家数|总数)?(?:这|也|还|又|就|全|整个|仅仅?|只|已经?|差不多|几乎|大致|大体|大抵|约莫|大?约|大概|将近|接近|近|超过?|逾|不到|不足|相当于|等于|抵得?上|折合|约?当|约?合|是|为|占到?|(?:贡献|撑起|扛起|挑起|占据|提供|创造)了?)*"
)
_ITS_COUNT = re.compile(
    "(?:大市)?(?:(?:的)?(?:当年|同期|去年|今年|全部|全年)?(?:的)?(?:新增|入选|获评|上榜)?(?:总?数量?|总量|名额|席位|家数)?)?的"
)
#: 在全市总量里不足千分之一: the whole, told as what the figure lies in.
_INSIDE = re.compile(
    "(?:的)?(?:(?:工业)?(?:大|总)?(?:盘子|大盘|盘面|版图|总量|总数|总额|总盘子|池子|格局|总产值))(?:之中|当中|里头|里面|[里中内])"
    "(?:来?看)?(?:[还也就仅只]|大?约|所占|占到?|的?(?:占比|比重|份额)|[是为有])*"
)
_LIES_IN = re.compile(
    "[就都]?(?:在|来自|出自|落在|落户|集中)(?!(?:在|于|到)?(?:我们|咱们)?(?:这里|这儿|这边|此地|本地|本区|区内|我区|这一带)[，。；！、）])"
)
_CLOSES = re.compile("[，。；！）、\\n]|$")
#: 苏州20家，吴中有4家，正好五分之一: how much that is of the larger count just before.
_EXACTLY = re.compile(
    "，(?:(?:正好|恰好|刚好|恰恰?|整整|刚刚好|不多不少|差不多|几乎|大约|约莫|即|折合|约?合)(?:就?是|占|占了|为|有)?|(?:就|也就)是)(?:大?约|近|超过?)?"
)
#: 放进园区的大盘子里，不到百分之一: the whole is named in the clause before.
_PUT_INTO = re.compile(
    "[放搁摆][进到在入](?P<place>[^，。；\\d]{2,10}?)的?(?:大|总)?(?:盘子|大盘|盘面|版图|总量|池子|格局)(?:[里中内上])?(?:来?看)?(?:，|(?=[只仅还也就大约]*[占不]))"
    "(?:这一?(?:体量|数字|规模|家底|总量|数目|成绩|个?数)|它|这)?(?:[还也就仅只]|大?约|不到|不足|超过?|近|占到?了?|相当于|[是为有])*\\Z"
)


def _of_whole(walk: Walk, index: int) -> str:
    """2385家，约为全市的一成; 620P，还不到苏州全市的6%: the larger place that a percentage is of, behind a figure."""
    row = next((c for c in reversed(walk.claims) if c.measure != "yoy"), None)
    if row is None or row.topic != walk.state.topic or row.measure == "share" or walk.claims[-1].topic != row.topic:
        return ""
    if walk.state.share not in ("", "open", "?"):
        return ""
    if (
        _CLOSES.match(walk.folded, walk.tokens[index].end)
        and row is walk.claims[-1]
        and _EXACTLY.fullmatch(walk.folded, row.number.end, walk.tokens[index].start)
    ):
        return portions.whole_before(walk)
    place = _whole_said(walk, index, row)
    where = located(place.what, walk.catalogue, walk.scene, row.place) if place else ""
    if place and place.what.kind == "rank" and where == row.place:
        where = larger(where, walk.catalogue)  # 昆山4905亿元，约当全市的四分之一
    return where if encloses(where, row.place, walk.catalogue) else ""


#: 在苏州全市规上工业总产值中，吴江占11.9%: the whole is told first, and then who has how much of it.
_WITHIN = re.compile("(?:当中|之中|里头|里面|中|里)，")


def _within(walk: Walk, index: int) -> str:
    """The larger place whose figure a percentage is of, where its name and 中 stand right before the part's own place."""
    state, topic = walk.state, walk.state.topic
    if state.share not in ("open", "?") or topic is None or topic.refused or state.place_at is None:
        return ""
    inside = _WITHIN.match(walk.folded, topic.end)
    if inside is None or inside.end() != state.place_at.start:
        return ""
    if any(t.kind == "name" for t in walk.tokens[:index] if t.start > topic.start):
        return ""
    whole = next((t for t in walk.tokens if t.kind == "place" and t.end == topic.start), None)
    where = located(whole.what, walk.catalogue, walk.scene, state.place) if whole else ""
    return where if encloses(where, state.place, walk.catalogue) else ""


def _whole_said(walk: Walk, index: int, row: Claim) -> Token | None:
    """The place said as the whole: right before 的 in a clause that says nothing else, or put into in the one before."""
    token, here = walk.tokens[index], clause(walk, walk.tokens[index])
    places = [t for t in here if t.kind == "place"]  # 苏州全市
    if _LIES_IN.match(walk.folded, token.end):
        return None  # 苏州新增数的一半在昆山
    if places and _ITS_COUNT.fullmatch(walk.folded, places[-1].end, token.start):
        alone = here[0].start > row.number.start and _ONLY.fullmatch(walk.folded, here[0].start, places[0].start)
        return places[0] if alone and places[-1].start <= places[0].end else None
    if (
        places
        and walk.folded.startswith("在", here[0].start)
        and _INSIDE.fullmatch(walk.folded, places[-1].end, token.start)
    ):
        return places[0] if here[0].start > row.number.start and here[1] is places[0] else None
    into = _PUT_INTO.search(walk.folded, row.number.end, token.start)
    return next((t for t in walk.tokens if into and t.kind == "place" and t.start >= into.start("place")), None)


_MORE = re.compile("(?:(?P<fall>少|跌|降|低|短)|多|添|涨|长|高)(?:出)?了?(?:大?约|近|超)?$")


#: 太仓增得最快，18.3%: how fast, and then by how much.
_SWIFT = re.compile(
    "(?:(?P<fall>[降跌减])|[增涨长升跑走冲])[得的][最更][快猛多狠]，(?:达到?|为|有|是)?(?:大?约|近|超过?)?\\Z"
)


def _more(walk: Walk, token: Token) -> str:
    """比前一年多了5.2%, 比去年上半年少了两成: more or less than a year before is growth."""
    said = _MORE.search(walk.folded, walk.tokens[0].start, token.start)
    against = walk.state.growth_base == "yoy" or any(t.kind == "yoy" for t in clause(walk, token))
    against = against or _more_of_a_sum(walk, token)
    if walk.folded.startswith("的", token.end):
        return ""
    if swift := _SWIFT.search(walk.folded, walk.tokens[0].start, token.start):
        return "fall" if swift["fall"] else "grow"
    return ("fall" if said["fall"] else "grow") if said and against else ""


#: 多出22.5%, behind 比前年的2362亿元.
_THAN_IT = re.compile(
    "(?:还|又|足足|整整|要)?(?:(?P<fall>少|低|降|减)|多|高|增|涨)(?:长|加)?(?:出)?了?(?:大?约|近|超过?|逾)?"
)


def _more_than_told(walk: Walk, token: Token) -> str:
    """2893亿元，比前年的2362亿元多出22.5%: more than the year before, of which the figure has just been told."""
    first, last = walk.claims[-2:] if len(walk.claims) > 1 else (None, None)
    said = _THAN_IT.fullmatch(walk.folded, last.number.end, token.start) if last else None
    if first is None or last is None or said is None or first.indicator != last.indicator:
        return ""
    compared = any(t.kind in ("compare", "yoy") for t in clause(walk, last.number))
    if not compared or last.period != periods.shift(first.period, -1) or not last.value:
        return ""
    growth = "fall" if said["fall"] else "grow"
    if not arithmetic.borne_out(first, last, signed(token.what, growth)):
        return ""
    walk.state.unknown, walk.state.compared, walk.state.growth_base = "", False, ""
    return growth


def _more_of_a_sum(walk: Walk, token: Token) -> bool:
    """去年工业投资却多了7.1%: with nothing else to be more than, a sum of money is so against the year before."""
    topic, here = walk.state.topic, clause(walk, token)
    if topic is None or topic.refused or not topic.indicator or walk.state.compared:
        return False
    beside = any(t.kind in ("compare", "share", "number") for t in here if t.start != token.start)
    if beside or not here or here[0].start > topic.start:
        return False
    of = walk.catalogue.indicators[topic.indicator]
    return of.kind == "flow" and walk.catalogue.units[of.unit].kind == "money"


def _once_more(walk: Walk, index: int) -> str:
    """工业投资再增5%: what counts add, sums grow by."""
    before, topic = walk.tokens[index - 1] if index else None, walk.state.topic
    adds = before is not None and before.kind == "new" and before.what.word.endswith(("增", "增长", "增加"))
    return "grow" if adds and topic and not topic.refused and not fits_percent(walk, topic) else ""


def rated(walk: Walk, token: Token) -> str:
    """规上工业增加值增速，全国为6.1%，江苏为7%: what was called a rate by its name is growth, whoever has it."""
    state = walk.state
    if state.rated is None or state.topic is None or state.rated.start != state.topic.start or state.share:
        return ""
    if state.doing or state.unknown:
        return ""
    return "fall" if walk.folded[token.start] == "-" else "grow"


_AHEAD = re.compile("[比较][^，。；]{1,10}?(?:快|慢|高|低|多|少)出?了?\\Z")


def _grown_to(walk: Walk, token: Token, topic: Topic) -> Claim | Verdict:
    """3月4217亿元，增速由1—2月的4.8%升至8.1%: of the figure whose growth it is, else as in the clause before.

    降幅由5.2%收窄至1.4%: what was said to fall still does, unless its own digits were signed.
    """
    if _AHEAD.search(walk.folded, walk.tokens[0].start, token.start):
        return "growth", "other"  # 增速全市最快，比第二名快2.3%: how far ahead of another
    rows = _grown(walk, topic) if walk.state.to and walk.state.date is None else []
    last, quantity = walk.claims[-1], token.what
    if walk.state.to and last.value < 0 and walk.folded[last.number.start] != "-":
        walk.state.growth, quantity = "fall", signed(quantity, "fall")
    if rows:
        return growth_of(walk, token, quantity, rows[-1])
    return value(walk, Figure(token, quantity, topic, "growth, as in the clause before", measure="yoy"))


def _straight(walk: Walk, index: int) -> bool:
    """同比5.1%, or a cell under the heading 同比: nothing stands between."""
    return index > 0 and walk.tokens[index - 1].kind == "yoy"


def _beside_a_figure(walk: Walk, index: int) -> bool:
    """1902亿元（+2.9%）, 规上工业增加值：-1.1%: behind a figure, or a sum's name, a signed percentage is its growth."""
    before = [t for t in walk.tokens[:index] if t.kind != "mark"]
    topic = walk.state.topic
    if before and before[-1].kind == "name" and topic and topic.indicator and not topic.refused:
        of = walk.catalogue.indicators[topic.indicator]
        return of.kind == "flow" and walk.catalogue.units[of.unit].kind == "money"
    return bool(before) and before[-1].kind == "number" and bool(walk.claims) and walk.claims[-1].number == before[-1]


def _ratio_said(walk: Walk, topic: Topic, token: Token) -> bool:
    words = "".join(walk.folded[t.start : t.end] for t in walk.tokens if topic.end <= t.start < token.start)
    if any(sign in words for sign in ("占", "比重", "占比", "覆盖率", "强度")) or "占" in topic.call.head:
        return True  # 高新技术产业贡献了规上工业总产值的52.3%: the ratio that the two names make
    asked = walk.scene.ratio is not None and walk.folded.startswith("呢？", topic.end)
    return asked or _listed_ratio(walk, topic)


def _listed_ratio(walk: Walk, topic: Topic) -> bool:
    """高新技术产业产值占比54.2%，战略性新兴产业61.3%: as the name told just before it in the sentence."""
    last = walk.claims[-1] if walk.claims else None
    ratio = last is not None and last.topic is not None and last.measure == "value" and fits_percent(walk, last.topic)
    return bool(ratio and last and topic.start > last.number.start)


def _growth(walk: Walk, token: Token) -> Claim | Verdict:
    """同比增长8.7%: of the figure before it, or of the topic where it comes first."""
    state, topic = walk.state, walk.state.topic
    if state.growth_base in ("average", "other") or state.compared:
        return "growth", state.growth_base
    if topic is None:
        return "no_indicator", ""
    if topic.refused:
        return topic.refused, topic.call.head
    if state.unknown and not tolerable(walk, topic):
        return "unknown_word", state.unknown
    if noun := nouns.another(walk, topic) or nouns.subject(walk, topic):
        return "unknown_word", noun
    rows = _grown(walk, topic)
    if rows and state.used:
        return _of_the_two(walk, token, topic, rows) or growth_of(walk, token, token.what, rows[-1])
    if state.used and not state.fresh:
        return "repeated", topic.call.head
    counted = walk.catalogue.units[walk.catalogue.indicators[topic.indicator].unit].kind == "count"
    if state.raised and counted:
        return "growth", topic.call.head  # 灯塔工厂…，产出提升45%
    _each_grown(walk, token, topic)
    return growth_of(walk, token, token.what, None)


def _of_the_two(walk: Walk, token: Token, topic: Topic, rows: list[Claim]) -> Claim | Verdict | None:
    """2025年4.9万亿元，2024年为4.7万亿元，增长4.3%: of a year and the one before it, the first, where the sums bear it out."""
    first, last = rows[-2:] if len(rows) > 1 else (rows[-1], rows[-1])
    same = (first.indicator, first.place, first.status) == (last.indicator, last.place, last.status)
    if walk.tabular or not same or not last.value or last.period != periods.shift(first.period, -1):
        return None
    if any(c.measure == "yoy" and c.period == first.period for c in walk.claims):
        return None
    quantity = signed(token.what, walk.state.growth)
    if not arithmetic.borne_out(first, last, quantity):
        return "two_readings", ""
    return beside(first, Figure(token, quantity, topic, "growth of the first", measure="yoy"))


def _each_grown(walk: Walk, token: Token, topic: Topic) -> None:
    """昆山、吴江的增幅均在6%以上: the growth of every place of the list, the last of which the caller reads."""
    state = walk.state
    listed = state.last_places if state.every else []
    if len(listed) < 2 or state.place != listed[-1][0]:
        return
    growth, quantity = state.growth, signed(token.what, state.growth)
    for place, _ in listed[:-1]:
        outcome = value(walk, Figure(token, quantity, topic, "one growth for each", measure="yoy", place=place))
        if isinstance(outcome, Claim):
            accept(walk, outcome)
    state.growth = growth  # of the last one too


def _grown(walk: Walk, topic: Topic) -> list[Claim]:
    """The figures before that a growth may be of: of the place that holds, and of the date where several are told."""
    state = walk.state
    rows = [c for c in walk.claims if c.topic == topic and c.measure == "value" and not left_aside(walk, c)]
    if state.place_at:  # 常熟增速领跑: not the growth of the place before
        rows = [c for c in rows if c.place == state.place or c.number.start > state.place_at.start]
    if state.former and state.rows:
        rows = [state.rows[0] if state.former.startswith("前") else state.rows[-1]]
    base = state.date and rows and rows[-1].period.end.year < state.date.period.end.year  # 去年同期965亿元
    if base and state.date and (same := [c for c in rows if c.period == state.date.period]):
        rows = same
    return rows


def growth_of(walk: Walk, token: Token, quantity: Quantity, row: Claim | None) -> Claim | Verdict:
    """The growth of a figure, or of the topic where no figure came before it."""
    topic = row.topic if row else walk.state.topic
    assert topic is not None
    if walk.catalogue.units[walk.catalogue.indicators[topic.indicator].unit].kind == "percent":
        return "growth", topic.call.head
    quantity = signed(quantity, walk.state.growth)
    if row is None:
        return value(walk, Figure(token, quantity, topic, "growth of the topic", measure="yoy"))
    alone = walk.state.growth_base != "yoy"
    if alone and any(
        arithmetic.years_apart(first, row) and arithmetic.borne_out(row, first, quantity) for first in walk.claims
    ):
        return "growth", "other"  # 2020年末598家，今年9月末1243家，增长108%
    if walk.state.number_date:  # 由上半年的增长2.2%转为下降4.8%
        return value(walk, Figure(token, quantity, topic, "growth at its own date", measure="yoy"))
    if (
        walk.state.date
        and walk.state.date_at
        and walk.state.date_at.start > row.number.start
        and walk.state.date.period != row.period
    ):
        if walk.state.expected:
            return "two_readings", ""  # 预计，… 扭转了2023年下降0.7%的局面
        return value(walk, Figure(token, quantity, topic, "growth at its own date", measure="yoy"))
    return beside(row, Figure(token, quantity, topic, "growth of the figure before it", measure="yoy"))


def signed(quantity: Quantity, growth: str) -> Quantity:
    """The quantity with the sign of its verb."""
    return replace(quantity, value=-abs(quantity.value)) if growth == "fall" else quantity


def _share(walk: Walk, token: Token) -> Claim | Verdict:
    """占全省的23.5%: of the figure before it."""
    state, topic, quantity = walk.state, walk.state.topic, token.what
    here = clause(walk, token)
    if any(t.kind == "total" and t.what.word in ("合计", "总计", "共计") for t in here):
        return "share", "合计"
    if any(walk.folded.startswith(_TOGETHER, t.start) for t in here):
        return "share", "合计"  # 三地为4.2E、2.7E和1900P，加起来占全市近七成
    if state.share in ("?", "open"):
        return _own_ratio(walk, token)
    if topic is None:
        return "no_indicator", ""
    if topic.refused:
        return topic.refused, topic.call.head
    if state.place == PART or fits_percent(walk, topic):
        return "share", topic.call.head  # 三地占全市45%: of several places together
    quantity = _about(walk, token)
    larger = state.share
    if (row := _part(walk, topic, larger)) is not None:
        figure = Figure(token, quantity, topic, "share of the figure before it", measure="share", share_of=larger)
        if state.number_date:  # 占全市的比重由一年前的23%升到28.5%
            row = replace(row, period=state.number_date.period, period_basis=state.number_date.basis)
        return ("share", topic.call.head) if _lost_since(walk, row) else beside(row, figure)
    if state.unknown:
        return "unknown_word", state.unknown
    return value(walk, Figure(token, quantity, topic, "share of the topic", measure="share", share_of=larger))


def _own_ratio(walk: Walk, token: Token) -> Claim | Verdict:
    """研发投入占GDP比重…，占4.2%: without a whole, only the value of an indicator that is itself a ratio."""
    state, topic = walk.state, walk.state.topic
    if state.share == "?" or topic is None or topic.refused or not fits_percent(walk, topic) or state.unknown:
        return "share", ""
    if verdict := not_claimable(walk, topic):
        return verdict
    return value(walk, Figure(token, token.what, topic, "ratio after name"))


def _about(walk: Walk, token: Token) -> Quantity:
    """约占三成: the hedge stands before the verb."""
    quantity: Quantity = token.what
    hedged = any(
        t.kind == "share"
        and t.start < token.start
        and (t.what.word.startswith("约") or walk.folded.endswith(("约", "大概"), t.start - 2, t.start))
        for t in walk.tokens
    )
    said = _HEDGE.search(walk.folded, walk.tokens[0].start, token.start)
    bound: Bound = _HEDGED[said[0]] if said else "~" if hedged else "="
    return replace(quantity, bound=bound) if quantity.bound == "=" else quantity


_NOT_READ = ("unknown_word", "no_indicator", "level", "part", "theme", "unequal_lists", "company", "part_of_place")


def _lost_since(walk: Walk, row: Claim) -> bool:
    """新增6个…，总数达41个，占全省三成: where 41 was not understood, the share is not that of 6.

    150家；十二个应用场景被列为市级示范，占全市的百分之五: nor is it where another count was not, behind a semicolon.
    """
    lost = [(t, reason) for t, reason, *_ in walk.refusals if t.kind == "number" and t.start > row.number.start]
    if any(reason == "unknown_word" and t.what.unit == row.number.what.unit for t, reason in lost):
        return True
    apart = walk.segment_start > row.number.start
    return apart and any(
        reason in _NOT_READ and t.start >= walk.segment_start and t.what.unit != "%" for t, reason in lost
    )


def _part(walk: Walk, topic: Topic, larger: str) -> Claim | None:
    """The figure that a share is of: the last one of the place that holds, else of the same time as the whole."""
    state = walk.state
    rows = [c for c in walk.claims if c.topic == topic and c.measure in ("value", "new")]
    rows = rows[:-1] if _aside(walk, rows) else rows
    rows = [
        c for c in rows if not left_aside(walk, c)
    ] or rows  # 623家，上年同期541家，在全市占三成: of what there is now
    if state.former and state.rows and state.rows[0].topic == topic:
        return state.rows[0] if state.former.startswith("前") else state.rows[-1]  # 前者约占全市的33%
    if any(_IN_ALL.search(walk.folded, t.start, t.end) for t in clause(walk, walk.at)):
        rows = [c for c in rows if c.measure == "value"] or rows  # 58家，比年初净增6家，接近全省总数的三成
    parts = [c for c in rows if c.place != larger]
    if not rows or state.place == larger or not state.place_at or state.place_at.start < rows[-1].number.start:
        return next(reversed(parts or rows), None)
    if state.place not in walk.catalogue.places:
        return None
    here = [c for c in parts if c.place == state.place]  # 昆山、园区分别为…，其中昆山占全市23.6%
    return here[-1] if here else replace(rows[-1], place=state.place, place_basis=state.place_basis)


def _aside(walk: Walk, rows: list[Claim]) -> bool:
    """58家，比年初净增6家，占全省的三成: what a level has gained since is told aside; the share is the level's."""
    if [c.measure for c in rows[-2:]] != ["value", "new"] or rows[-1].place != rows[-2].place:
        return False
    return any(t.kind == "since_january" for t in clause(walk, rows[-1].number))


_IN_ALL = re.compile("总数|总量|总家数|总规模")

"""What a count says: what was added, an honour, or a total, as the words around it govern it.

In: the sentence under reading and a figure. Out: `new`, `award`, `entry`, `total` or nothing. Source: reading.md §2.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.link import names
from etl.link.scene import Dated, Topic, encloses
from etl.link.state import Claim
from etl.link.tokens import Token
from etl.period import Period
from etl.recognise import periods
from etl.recognise.quantities import TIMES

if TYPE_CHECKING:
    from etl.link.claims import Figure
    from etl.link.walk import Walk

_AGAIN = ("又有", "又", "再有", "又添")
_ITS_OWN = (
    "拿了",
    "拿到",
    "拿走",
    "拿下",
    "分到",
    "分得",
    "得了",
    "摘了",
    "摘走",
    "夺得",
    "夺下",
    "夺走",
    "取走",
    "取了",
    "领走",
    "领到",
    "抱走",
    "抱回",
    "捧走",
    "揽得",
    "揽下",
    "斩下",
    "收下",
    "摘得",
    "抢到",
    "收了",
    "占",
    "便有",
    "就有",
    "独占",
    "独得",
    "占了",
    "占到",
    "一地",
    "一家独",
    "扛",
    "领",
    "认领",
    "承担",
    "包干",
)
_TAKES = frozenset("取 得 夺 揽 摘 拿 占 收".split())  # 苏州取58家
_BREAKS = ("突破", "破", "超", "逾")  # hedges that are verbs


def is_base(walk: Walk) -> bool:
    """较去年同期的85家, or …，上年同期为85家 behind its own count: a figure only given to compare with."""
    at, topic = walk.state.number_date_at, walk.state.topic
    if at is None:
        return False
    beside = bool(periods.SAME_SPAN.search(walk.folded, at.start, at.end)) and any(
        c.topic == topic and not c.base for c in walk.claims
    )
    return beside or walk.folded[at.start] in "较比" or walk.folded[at.start - 1] in "较比与"


def set_beside(walk: Walk, topic: Topic, period: Period, place: str) -> bool:
    """848家（2024年末：607家）, 848家（昆山84家）: an earlier count, or another place's, in a bracket is told aside."""
    last = walk.claims[-1] if walk.claims and walk.brackets else None
    if last is None or last.topic != topic or last.measure != "value":
        return False
    return last.base or last.period.end > period.end or last.place != place


def left_aside(walk: Walk, claim: Claim) -> bool:
    """Whether a figure was only given beside another, and the bracket in which it was, if any, has ended."""
    opening = walk.folded.rfind("（", walk.tokens[0].start, walk.at.start) if walk.brackets else -1
    return claim.base and not 0 <= opening < claim.number.start


def verb_of(walk: Walk, figure: Figure) -> str:
    """new, award or total, as it governs this number."""
    state, before = walk.state, clause(walk, figure.number)
    if figure.quantity.unit == "元" and _BOOKED.match(walk.folded, figure.number.end):
        return ""
    if figure.winners:
        return _won(walk, figure.number, before)
    if (told := _goal_of(walk, figure)) is not None:
        return "new" if told.measure == "new" else ""
    if (
        _goal_of_adding(walk, figure)
        or _task_of_adding(walk, figure)
        or _done_of_goal(walk, figure, before)
        or _part_of_added(walk, figure, before)
        or figure.quantity.unit == TIMES
        or _SEATS.match(walk.folded, figure.number.end)
    ):
        return "new"  # 省级智能车间×15 is a list of what was won
    if state.number_date and walk.claims and walk.claims[-1].topic == figure.topic and is_base(walk):
        return "" if _of_the_level(walk, figure) else "new" if walk.claims[-1].measure == "new" else ""
    if state.to:
        return "total"  # 增至27个
    if state.status == "target" and _ONCE_MORE.search(walk.folded, walk.tokens[0].start, figure.number.start):
        return "new"  # 国家级绿色工厂再争取三家
    return "new" if _more_to_come(walk, figure) else _said_verb(walk, figure.number, before)


#: 9986亿元已经入账: a sum that has come in is no increment.
_BOOKED = re.compile("(?:已经?|已然|都|早已|如数|稳稳)*(?:入账|进账|到账|落袋|到手|收入囊中)")
#: 江苏得864个名额: what is given out is of the year in which it is.
_SEATS = re.compile("(?:名额|席位|新席位|新名额)")
GOAL = re.compile(
    "(?:大关|以上|左右)?(?:的|这[一个]{1,2})?(?:年度|全年|年初|既定|奋斗|总体?|宏伟)?(?:(?:主要)?预期)?(?:目标|任务)"
)  # 完成全年4000个目标任务的57.9%


#: 5万亿元是早年为2025年设定的目标: what a figure is called behind it; the year of a goal may be over.
SET_GOAL = re.compile("[是系为][^，。；\\d]{0,8}20\\d\\d年[^，。；\\d]{0,6}(?:目标|任务)")


def _goal_of(walk: Walk, figure: Figure) -> Claim | None:
    """累计达241个，离年底300个的目标…; 新增26家，相当于全年30家任务数…: the goal of the figure told just before."""
    last = walk.claims[-1] if walk.claims else None
    goal = GOAL.match(walk.folded, figure.number.end)
    return last if last and goal and last.topic == figure.topic and last.status == "actual" else None


#: ，年度任务是, ；全年计划: what goal a figure before is measured by, with no verb that reaches a level.
_MEASURED_BY = re.compile(
    "[，；（](?:而|这一年|当年)?(?:相当于|占|为|完成|达到?)?(?:年度|全年|年初|当年|年内|原定|既定|今年)[^，；。（）\\d]{0,8}?(?:任务|目标|计划|指标)(?:数|量|书)?"
    "(?:上)?(?:原)?(?:是|为|定为|定的是|写的是|有)?[约近]?$"
)
_TIMES_ADDED = 5  # times as many as a part of the year has added may its plan be, without being one of a level


def _goal_of_adding(walk: Walk, figure: Figure) -> bool:
    """去年新建612个，年度任务是600个: the goal of what was added just before, unless it is one for the level told beside."""
    last = walk.claims[-1] if walk.claims else None
    if last is None or last.measure != "new" or last.topic != figure.topic or last.place != walk.state.place:
        return False
    if walk.state.status != "target" or not _MEASURED_BY.search(walk.folded, last.number.end, figure.number.start):
        return False
    here = figure.quantity.value
    levels = [c.value for c in walk.claims if c.topic == figure.topic and c.measure == "value"]
    return here <= last.value * _TIMES_ADDED and all(here < level for level in levels)


_TASK = re.compile(
    "(?:[（(]?(?:年度|全年|年初|当年|年内)[^，。；（）\\d]{0,4}任务|[（(](?:年度|全年|年初|当年|年内)[^，。；（）\\d]{0,4}(?:目标|计划|指标))"
    "(?:数|量)?(?:是|为|定为)?[约近]?$"
)


def _task_of_adding(walk: Walk, figure: Figure) -> bool:
    """上半年新开通412个, and below it （全年任务800个）: the task of what the line before has added."""
    scene, opens = walk.scene, walk.tokens[0].start
    of_it = scene.added and scene.topic is not None and scene.topic.start == figure.topic.start < opens
    return of_it and not walk.claims and bool(_TASK.fullmatch(walk.folded, opens, figure.number.start))


_DONE = re.compile("(?:完成|办成|做成|做了|兑现|落实|落地)了?(?:其中)?(?:的)?$")


def _done_of_goal(walk: Walk, figure: Figure, before: list[Token]) -> bool:
    """今年计划新增80个，上半年完成了47个: what was done of what was to be added has been added."""
    last = walk.claims[-1] if walk.claims else None
    if last is None or (last.measure, last.status) != ("new", "target") or last.topic != figure.topic:
        return False
    done = bool(before) and _DONE.search(walk.folded, before[0].start, figure.number.start)
    return bool(done) and last.place == walk.state.place and figure.quantity.value <= 2 * last.value


_NEAR = 3  # times as far may a count of a year before be from what it is compared with


def _of_the_level(walk: Walk, figure: Figure) -> bool:
    """332家，比年初净增24家，去年同期则是287家: compared with the level before what was added, as its size says."""
    told = [c for c in walk.claims if c.topic == figure.topic and c.place == walk.state.place][-2:]
    if [c.measure for c in told] != ["value", "new"]:
        return False  # 27个，与去年的23个相比
    level, added, here = told[0].value, told[1].value, figure.quantity.value
    return here > added * _NEAR and level < here * _NEAR


def signed_count(walk: Walk, index: int) -> str:
    """19家（上半年+4）: a signed count is what a time said with it has added; without one it is a difference."""
    token, row = walk.tokens[index], walk.claims[-1] if walk.claims else None
    sign = walk.folded[token.start]
    if sign not in "+-" or token.what.unit == "%" or walk.folded[token.start - 1 : token.start] in ("", "\n"):
        return ""  # -12家企业获评…: an item of a list
    if row is None or row.topic != walk.state.topic:
        return "growth"
    said = [t for t in walk.tokens[:index] if t.start > row.number.start and t.kind in ("date", "since_january")]
    if sign == "-" or not said or token.what.unit not in ("", row.number.what.unit):
        return "growth"
    walk.tokens[index] = replace(token, what=replace(token.what, unit=row.number.what.unit))
    return "new"


def added(walk: Walk, index: int) -> bool:
    """增加145家, within a period and against nothing, is what has been added; 比上年增加 is a difference.

    较年初增加71家 is what the year has added so far.
    """
    state, before = walk.state, walk.tokens[index - 1] if index else None
    added = before is not None and before.kind == "grow" and before.what.word in ("增加", "增加了")
    if added and state.since_january and state.topic is not None:
        return True
    if not added or state.growth_base or state.compared or state.topic is None:
        return False
    stated = state.number_date or state.date
    return stated is not None and not any(t.kind in ("compare", "yoy") for t in clause(walk, walk.tokens[index]))


_ONCE_MORE = re.compile("再(?:争取|力争|冲刺|冲击|拿下?|夺下?|捧回|摘下?)[近约超]?$")
_THAT_YEAR = re.compile("(?:当年|其中当年|年内)(?:仅|只有|共|就有)?\\Z")


_OWN_TIME = ("new", "award", "date", "since_january", "other", "plan")


def _said_verb(walk: Walk, number: Token, before: list[Token]) -> str:
    """The verb said with a number, or with the one before it; none where the clause has one of its own."""
    state = walk.state
    if "award" in (state.verb, state.verb_once) and _honoured_before(walk):
        return "new"
    if state.verb_once:
        return state.verb_once
    told = bool(walk.claims) and walk.claims[-1].topic == state.topic and walk.claims[-1].measure == "value"
    if told and (
        _THAT_YEAR.search(walk.folded, walk.tokens[0].start, number.start) or _of_a_time(walk, number, before)
    ):
        return "new"  # 累计19家（当年3家）; 4.3万家，其中今年做了6200家
    if told and any(t.kind == "part" for t in before) and not any(t.kind in _OWN_TIME for t in before):
        return "total"  # 第九批，苏州入选11家，历年合计54家，其中张家港13家: of all, as what they are a part of
    if state.topic and any(word in walk.folded[state.topic.start : state.topic.end] for word in ("累计", "总计")):
        return "total"
    if (state.verb == "new" or not (state.verb or breaks(walk, number))) and _repeats(walk, before):
        return "new"
    batch = not state.verb and names.BATCH.search(walk.folded, walk.tokens[0].start, number.start)
    if batch and before and _only_placed(before):
        return "new"  # 第七批名单，江苏上榜895家；太仓13家: of that batch too
    if not state.verb and ((_only_placed(before) and _added_undated(walk)) or _listed_with(walk, number)):
        return "new"
    return "" if state.verb == "new" and _own_verb(walk, number, before) else state.verb


def _listed_with(walk: Walk, number: Token) -> bool:
    """智能车间新增80个、绿色工厂5家: the next of a list shares the verb, unless that told what came on top of a total."""
    last = walk.claims[-1] if walk.claims else None
    if last is None or last.measure != "new" or last.topic is None or last.topic == walk.state.topic:
        return False
    totals = any(c.topic == last.topic and c.measure == "value" for c in walk.claims)
    between = [t for t in walk.tokens if last.number.end <= t.start < number.start]
    listed = [t.kind for t in between[1:]]
    joined = bool(between) and (between[0].what == "、" or between[0].kind == "and")
    if between and between[0].what == "，" and walk.state.topic and last.topic.call.head == walk.state.topic.call.head:
        return not totals and "level" in listed and set(listed) <= {"level", "function"}  # 省级的有12家，国家级的2家
    return (
        joined
        and not totals
        and set(listed) <= {"name", "level", "theme", "function"}
        and bool({"name", "level"} & set(listed))
    )


def _added_undated(walk: Walk) -> bool:
    """园区新增61家，昆山35家: whether the number before was of what has been added, at a time that nobody has told."""
    lost, reason = walk.refusals[-1][:2] if walk.refusals else (None, "")
    last = walk.claims[-1].number.start if walk.claims else 0
    if lost is None or reason != "no_date" or lost.start < last:
        return False
    here = clause(walk, lost)
    return any(t.kind == "new" for t in here) or _only_placed(here)


def _only_placed(before: list[Token]) -> bool:
    """Whether nothing but a place stands before a number in its clause."""
    return any(t.kind == "place" for t in before) and all(t.kind in ("place", "function", "and") for t in before)


def _honoured_before(walk: Walk) -> bool:
    """今年全省认定85家。智能车间，全省认定530个: as in the sentence before, where neither has a total."""
    totals = any(t.kind == "total" or walk.folded.startswith("已", t.start) for t in walk.tokens)
    told = walk.scene.last or walk.scene.opening
    return bool(walk.scene.added and told and told.period.kind == "year") and not totals and walk.state.date is None


def _of_a_time(walk: Walk, number: Token, before: list[Token]) -> bool:
    """4.3万家，其中今年做了6200家: a part of a count that is told of a year or months is what they have added."""
    state, last = walk.state, walk.claims[-1]
    when = state.number_date or state.date
    said = bool(before) and state.part and state.part_at >= before[0].start and state.part_framed
    if not said or when is None or when.period.instant or state.place != last.place or number.what.unit == "元":
        return False
    totals = any(t.kind in ("total", "theme", "name") or walk.folded.startswith("已", t.start) for t in before)
    return not totals and number.what.value < last.number.what.value


_MORE_TO_COME = re.compile(
    "(?:再|还要|还将|还会|还想|还打算|还计划|还准备)(?:要|将)?[\u3400-\u9fff]{1,4}?(?<![到至达有为是])[约近超]?$"
)


def told_before(walk: Walk, figure: Figure) -> Claim | None:
    """The larger count of the same thing that the sentence has told of the same place, where a plan is told now."""
    rows = [c for c in walk.claims if c.indicator == figure.topic.indicator and c.place == walk.state.place]
    rows = [c for c in rows if c.measure == "value" and c.status == "actual" and c.value > figure.quantity.value]
    planned = walk.state.status != "actual" and figure.measure is None and not walk.state.to
    return rows[-1] if rows and planned else None


def _more_to_come(walk: Walk, figure: Figure) -> bool:
    """5G基站9860座，年内还要立起1400座: what is still to be made comes on top of a larger count told just before."""
    more = _MORE_TO_COME.search(walk.folded, walk.tokens[0].start, figure.number.start)
    return bool(more) and told_before(walk, figure) is not None


def _part_of_added(walk: Walk, figure: Figure, before: list[Token]) -> bool:
    """新认定了全球23家…，其中园区有两家: a part of what was added has been added too, if it is no larger."""
    added = walk.state.added
    if added is None or added[0] != figure.topic.indicator or figure.quantity.value > added[1] or walk.state.to:
        return False
    totals = any(t.kind == "total" and walk.folded[t.start : t.end] not in _BUILT for t in before)
    lies = _LIES.match(walk.folded, figure.number.end)  # 江苏新认定8家，3家在苏州
    of_those = walk.state.part and any(t.end == walk.state.part_at for t in walk.tokens if t.kind == "number")
    return (bool(lies) or of_those or any(t.kind == "part" for t in before)) and not totals  # 这18家里，昆山有4家


_LIES = re.compile(
    "[就都均全也]?(?:来自于?|位于|坐落[于在]|落户[于在]?|落在|花落|出自|属于?|设在|在)(?=[^，。；、\\d]{2,8}[，。；、])"
)


#: 37个项目进入工信部项目库: who stands in a register may have long done so.
ENTERED = ("入库", "进入", "纳入", "列入", "被列入", "收进", "收进了", "编入", "编进", "列进")
_REGISTER = re.compile("[^，。；：]*?(?:库|名录|目录|清单)(?=[，。；：]|$)")


def _won(walk: Walk, number: Token, before: list[Token]) -> str:
    """How N家企业获评 counts: new in its year, unless 累计 or 已 says that it is a total."""
    behind = (token for token in walk.tokens if token.start >= number.end and token.kind != "function")
    after = next((token for token in behind if token.kind != "word" or token.end - token.start > 1), None)  # 车间
    if after is not None and after.kind == "new":
        return "new"
    if any(t.kind == "total" and not t.what.word.startswith("共") for t in before):
        return "total"
    if any(t.kind == "new" for t in before):
        return "new"
    if after is not None and after.kind == "award" and after.what.word in ENTERED and walk.state.date is None:
        return "entry" if _REGISTER.match(walk.folded, after.end) else "award"
    return "total" if walk.folded.startswith("已", number.end) else "award"  # 3个已登上…名录


def breaks(walk: Walk, number: Token) -> bool:
    """首次突破3000家: the hedge is the verb of a level."""
    return any(word in walk.folded[number.start : number.end] for word in _BREAKS)


_IS = ("是", "为", "则是", "则为", "有", "则有", "就是", "仍是", "也是", "只有", "仅", "仅为")


def repeated(walk: Walk, number: Token) -> Dated | None:
    """全省今年新认定412家，苏州96家；我区14家: the time of the addition that a new subject repeats, said once before."""
    last = _last_count(walk)
    return Dated(last.period, "carried") if last and _repeats(walk, clause(walk, number)) else None


def _last_count(walk: Walk) -> Claim | None:
    """The last figure that is no growth or share of another: 96家，占了两成多；我区14家.

    It may stand in the sentence before, where nothing else has been told or dated since: 全市今年新增52家。昆山12家.
    """
    last = next((claim for claim in reversed(walk.claims) if claim.measure not in ("share", "yoy")), None)
    if walk.claims or walk.refusals or not walk.scene.counts or walk.state.date_at is not None:
        return last
    before = walk.scene.counts[-1]
    return before if walk.at.kind == "number" and walk.at.what.value < before.value else None


def _repeats(walk: Walk, before: list[Token]) -> bool:
    """昆山新增10家，太仓5家: a new subject repeats the verb where its clause has none."""
    last, at = _last_count(walk), walk.state.date_at
    if last is None or last.measure != "new" or last.topic != walk.state.topic or not before:
        return False
    if at and walk.state.date and walk.state.date.period.instant and at.start > last.number.start:
        return False  # 新增31家；截至年末，张家港46家
    whole = encloses(last.place, walk.state.place, walk.catalogue)
    if whole and walk.at.kind == "number" and walk.at.what.value > last.value:
        return False  # 全市净增120家，昆山1920家: no part has added more than the whole
    if any(t.kind == "part" for t in before) and not any(t.kind in ("total", "link") for t in before):
        return True  # 苏州入选9家，其中昆山2家
    if walk.folded[before[-1].start : before[-1].end] in _AGAIN:
        return True  # 去年获认定31个，今年上半年又有17个
    told = walk.state.number_date or walk.state.date
    if before[0].kind == "date" and told and told.period.kind == "year" and told.period != last.period:
        return all(
            t.kind in ("date", "function", "and") or (t.kind == "link" and t.what.word in _IS) for t in before
        )  # 去年新获评31家，前年则是22家
    there: tuple[str, ...] = ("place", "function", "and", "each", "every")
    before = _behind_numbers(before)
    if any(walk.folded.startswith(_ITS_OWN, t.start) or t.what in _TAKES for t in before):  # 苏州63套，吴中一地便有14套
        there = (*there, "link", "share", "word", "award")
    return any(t.kind == "place" for t in before) and all(t.kind in there or t.what == "、" for t in before)


def _behind_numbers(before: list[Token]) -> list[Token]:
    """昆山12家、太仓7家: the tokens of a clause behind the last number of a list."""
    last = next(
        (n for n in range(len(before) - 1, 0, -1) if before[n].what == "、" and before[n - 1].kind == "number"), -1
    )
    return before[last + 1 :]


def _own_verb(walk: Walk, number: Token, before: list[Token]) -> bool:
    """Whether the clause has a verb of its own, so that 新增 before it no longer governs."""
    if walk.batched or any(t.kind in ("new", "correct") for t in before):
        return False  # “去年新增1122家”，正确数字是112家
    before = [t for t in before if not built_within(walk, t)]
    if any(walk.folded[t.start : t.end] in _STANDING for t in before):
        return True  # 去年新认定120家，到年底在册870家
    doing = any(walk.folded[t.start : t.end] in ("实施", "推进", "建成") for t in before)  # 新增…十家，全年实施…两千个
    return doing or any(t.kind in ("total", "link") for t in before) or breaks(walk, number)


_STANDING = ("在册", "在库", "在网", "在网运行", "存续", "有效")  # what there is, however it came
_BUILT = ("建成", "开通", "建起", "投用")
_WITHIN = ("当年", "年内", "全年", "这一年")


def built_within(walk: Walk, token: Token) -> bool:
    """当年建成7180个, 年内建成开通, 7月开通86座: what was built within a year, or in a month, is new in it."""
    built = walk.folded[token.start : token.end] in _BUILT
    opened = walk.folded.endswith(_BUILT, 0, token.start)  # 建成|开通
    before = token.start - 2 * opened
    when = next((t.what for t in walk.tokens if t.kind == "date" and t.end == before), None)
    in_month = when is not None and when.months is not None and not (when.point or when.until)
    return built and (in_month or walk.folded.endswith(_WITHIN, 0, before))


def clause(walk: Walk, token: Token) -> list[Token]:
    """The tokens of the clause before a number."""
    found: list[Token] = []
    for other in walk.tokens:
        if other.start >= token.start:
            break
        if other.kind == "mark" and other.what in "，；：":
            found = []
        else:
            found.append(other)
    return found

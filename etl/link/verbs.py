"""Steering words in a sentence: what each kind of cue does to the state.

In: a cue token of the walk. Out: the walk's state, changed: verb, status, growth, share, lists. The words themselves
stand in `recognise.cues`; what ends each of these frames is said where the frame is set, or by the marks of `walk`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link import bases, counted, denied, honours, lists, plans, pointers, rivals, shapes, timing
from etl.link.counted import built_within, clause
from etl.link.portions import whole_before
from etl.link.scene import Dated
from etl.link.tokens import Token
from etl.period import Period
from etl.recognise.periods import When

if TYPE_CHECKING:
    from etl.link.walk import Walk

#: 今年认定两批，全省612家，苏州168家: all that follows is of those batches.
_BATCHES = re.compile("了?(?:共)?(?:[一两二三四五六七八九十]|\\d{1,2})批(?=[，：、])")
VERB = 3  # characters of a verb
#: 2025年末116家，2024年末是88家，一年净增28家: of the year that has ended with the later count.
_IN_ONE = re.compile("[，、]?(?<![\\d十百第这每年整那])一年(?:来|间|内|里|时间|之间|之内)?，?(?:就|共|又|分别|各)?$")
#: 两年净增1400家: what several years have added is of none of them.
_OVER_YEARS = re.compile(
    "(?<![\\d第])(?:[两二三四五六七八九十]|[2-9])年(?:来|间|内|里|时间)?(?:累计|合计|共计|共|一共|就|已)?$"
)


_COME_IN = ("入账", "进账", "进账了")


def _new(walk: Walk, token: Token, index: int) -> None:
    if walk.state.every and not bases.ahead(walk, index, ("number", "name")):
        _new_after_all(walk)
        return
    if token.what.word.startswith("同"):  # …；同一批里，…也有2家
        walk.state.verb, walk.state.fresh, walk.batched = "new", True, True
        return
    if token.start == token.end:  # 15 new factories and 2,100 firms: an English adjective is of its own noun
        walk.state.verb_once, walk.state.fresh = "new", True
        return
    following = walk.following(index)
    if token.what.word in _COME_IN and following is not None and getattr(following.what, "unit", "") == "元":
        return  # 软件业去年入账31.2亿元: a sum that has come in is all of it
    walk.state.verb_kept = walk.folded.startswith("的", token.end)
    if _OVER_YEARS.search(walk.folded, max(0, token.start - 8), token.start):
        walk.state.years, walk.state.span = True, None
    elif _IN_ONE.search(walk.folded, max(0, token.start - 8), token.start):
        _between_ends(walk, token)
    if walk.folded.endswith(("已", "已经"), 0, token.start) and not _laid_out(walk, index):
        _stands_already(walk, "已")
    _verb(walk, "new", index)


def _between_ends(walk: Walk, token: Token) -> None:
    """Date what one year has added by the last end of a year that its count was told at; from June to June is no year."""
    ends = [c.period.end for c in walk.claims if c.topic == walk.state.topic and c.period.instant]
    state = walk.state
    if ends and (max(ends).month, max(ends).day) == (12, 31):
        year = Dated(Period.year(max(ends).year), "stated")
        if state.each:  # 一年间分别净增73家和185家
            state.date, state.date_at, state.years = year, token, False
        else:
            state.number_date, state.number_date_at = year, token
    elif ends:
        state.years, state.span = True, None


def _new_after_all(walk: Walk) -> None:
    """…项目8个、…数据集3个，均为今年新获: what the list counts is new, though its verb comes last."""
    said = walk.state.date
    for number, claim in enumerate(walk.claims):
        if claim.number.start >= walk.segment_start and claim.measure == "value" and said and not said.period.instant:
            walk.claims[number] = replace(claim, measure="new", period=said.period, period_basis=said.basis)


#: What stands in a register, and may have long done so: no honour won in the year under review.
_ENTERED = (*counted.ENTERED, "成为", "收录", "收录了")


#: Who gives an honour gives it at the level of the place.
_GIVES = ("认定", "评定", "评出", "共评出", "评选")
_GIVEN_AT = {"province": "provincial", "country": "national"}


def _award(walk: Walk, token: Token, index: int) -> None:
    place = walk.catalogue.places.get(walk.state.place)
    if place and place.rank in _GIVEN_AT and token.what.word in _GIVES and not walk.state.level_list:
        walk.state.level, walk.state.level_list = _GIVEN_AT[place.rank], True  # 江苏今年认定首台（套）重大装备247个
    once_more = walk.folded.endswith(("再", "又"), 0, token.start)  # 争取再拿下3家
    _verb(walk, "entry" if token.what.word in _ENTERED else "new" if once_more else "award", index)


def _total(walk: Walk, token: Token, index: int) -> None:
    if "有" not in token.what.word:  # 每万人拥有43个
        walk.state.per_unit = False
    if built_within(walk, token):
        _verb(walk, "new", index)
        return
    if walk.state.from_ and token.what.word in ("现有", "现存", "已有") and walk.scene.published:
        walk.state.number_date = Dated(Period.day(walk.scene.published), "assumed")  # 由现有的2个增至4个
        walk.state.number_date_at = token
        return
    _stands_already(walk, token.what.word)
    if token.what.word in ("现有", "现存"):
        walk.state.now = walk.state.date is None
        walk.current = walk.current or walk.state.now
    _verb(walk, "total", index)


def _laid_out(walk: Walk, index: int) -> bool:
    """将在已新增12家的基础上，再新增20家: whether the clause itself lays out what is to be."""
    said = takewhile(lambda t: t.kind != "mark", reversed(walk.tokens[:index]))
    return any(t.kind in ("plan", "expect") for t in said)


def _stands_already(walk: Walk, word: str) -> None:
    """2026年打算：已有31家，…: what a list of plans says there is already, is no plan of its year."""
    state, published = walk.state, walk.scene.published
    begun = state.date and published and state.date.period.start <= published  # 到2027年…，今年已新增12家
    if state.status != "actual" and (
        word.startswith(("现", "历年")) or (word.startswith("已") and (begun or not state.planned))
    ):
        state.status = "actual"
        state.date = None if state.date_at is None or word.startswith(("现", "历年")) else state.date


def _verb(walk: Walk, verb: str, index: int) -> None:
    state = walk.state
    state.fresh = True
    if verb == "total" and state.verb in ("new", "award") and walk.batched and "共" in walk.tokens[index].what.word:
        return
    if verb == "total" and state.verb in ("new", "award") and _of_those_given(walk, index):
        return
    summed = bool(index) and getattr(walk.tokens[index - 1].what, "word", "") in _IN_SUM
    in_year = summed and state.date is not None and not state.date.period.instant  # 去年共认定511家
    if verb in ("award", "entry") and state.verb == "total" and not (in_year or _clause_opens(walk, index)):
        return  # 累计获评
    if verb == "total" and state.verb == "new" and walk.tokens[index - 1].kind == "new":
        return
    if _name_follows(walk, index) or _BATCHES.match(walk.folded, walk.tokens[index].end):
        state.verb, state.verb_once = verb, ""
    else:
        state.verb_once = verb


_IN_SUM = ("共", "共有", "一共", "一共有", "共计", "合计", "总共", "总计", "共有了")


def _of_those_given(walk: Walk, index: int) -> bool:
    """今年认定的数据集共48个, 今年分两批认定智能工厂，合计511家: what is summed up are those that a time has given, not all there are."""
    state, said = walk.state, walk.state.date
    if walk.tokens[index].what.word not in _IN_SUM or said is None or said.period.instant:
        return False
    here = clause(walk, walk.tokens[index])
    given = [t for t in here if t.kind in ("new", "award") and walk.folded.startswith("的", t.end)]
    totals = any(t.kind == "total" for t in here)
    if here:
        return bool(given) and not totals and state.date_at is not None and state.date_at.start >= here[0].start
    since = [*takewhile(lambda t: t.kind != "number" and t.what != "；", reversed(walk.tokens[:index]))]
    return state.date_at in since and any(t.kind in ("new", "award") for t in since)  # 今年认定智能工厂，合计511家


def _clause_opens(walk: Walk, index: int) -> bool:
    """Whether a verb opens its clause, or only a date stands before it there: 当年认定的分别是…."""
    index -= index > 0 and walk.tokens[index - 1].kind == "date"
    return index == 0 or walk.tokens[index - 1].kind == "mark"


def _name_follows(walk: Walk, index: int) -> bool:
    """Whether a verb stands before its name, so that it governs the list that follows."""
    for number, token in enumerate(walk.tokens[index + 1 :], index + 1):
        if token.kind == "name":
            return True
        if token.kind == "level" and walk.state.topic and (after := walk.following(number)) and after.kind == "number":
            return True  # 再新增基础级120家、省先进级6家
        if token.kind == "number":
            levels = walk.tokens[number + 1 : number + 2]  # 新增12家国家级、30家省级绿色工厂
            listed = levels and levels[0].kind == "level" and honours.head_behind(walk, number + 1)
            return bool(listed) or shapes.name_after(walk, number) is not None
        if token.kind == "mark" and token.what in "，；。":
            return False
    return False


def _since_january(walk: Walk, token: Token, index: int) -> None:
    walk.state.since_january = True
    walk.state.growth_base = "other"  # not a year: 较年初增长27%


def _adds(walk: Walk, token: Token, index: int) -> bool:
    """今年以来增加省级绿色工厂4家: what a time has more of, named behind the verb, has been added, and has not grown so."""
    behind = walk.tokens[index + 1 :]
    if token.what.word not in ("增加", "增加了"):
        return False
    named = list(takewhile(lambda t: t.kind != "number", behind))
    if (
        not named
        or named[-1].kind != "name"
        or any(t.kind not in ("name", "level", "theme", "function") for t in named)
    ):
        return False
    number = behind[len(named)] if len(named) < len(behind) else None
    return number is not None and number.what.unit not in ("%", "元")


def _grow(walk: Walk, token: Token, index: int) -> None:
    if not _adds(walk, token, index):
        _growth(walk, index, "grow")
    elif any(t.kind in ("compare", "yoy") for t in clause(walk, token)):
        walk.state.compared = True  # 比上年增加省级绿色工厂4家: a difference
    else:
        _verb(walk, "new", index)


def _fall(walk: Walk, token: Token, index: int) -> None:
    _growth(walk, index, "fall")


_ONE_YEAR = re.compile("(?<![每这那第近头前后十廿\\d])(?:一|1)年\\Z")
_THE_YEAR = re.compile(
    "(?:最后|收官|开局|头|首|末|当|这|那)的?[那这]?一年\\Z"
)  # one of several, and no time over which
_SOME_YEARS = re.compile(
    "(?:[前后近这头]|过去|其中|连续)[两二三四五六七八九十]年(?:间|来|里|以来|期间)?(?:累计|共|总共|合计|一共|就|已)*\\Z"
)
_NEAR = 24  # signs before a verb of growth in which its span of years stands
_RAISED = ("提升", "提高", "上升", "升")  # said of rates and sums, not of how many there are
_RATES = ("负增长", "增速", "增幅", "涨幅", "升幅", "增长率", "降幅")


def _growth(walk: Walk, index: int, sign: str) -> None:
    state, token = walk.state, walk.tokens[index]
    if sign == "fall" and walk.folded.startswith(("到", "至"), token.end) and _of_a_rate(walk, token):
        state.growth, state.to, state.from_ = "grow", True, False
        return
    state.raised = token.what.word.startswith(_RAISED)
    state.growth, state.rate = sign, token.what.word.endswith(_RATES)
    before = reversed(walk.tokens[:index])
    since = takewhile(lambda t: t.kind != "name" and not (t.kind == "mark" and t.what in "，；。"), before)
    spans = (t for t in since if t.kind == "number" and t.what.unit == "年")
    over = [t for t in spans if not _THE_YEAR.search(walk.folded, max(walk.tokens[0].start, t.end - _NEAR), t.end)]
    if _SOME_YEARS.search(walk.folded, max(walk.tokens[0].start, token.start - _NEAR), token.start):
        state.growth_base = "other"  # 前三年增长25%
    elif over and _ONE_YEAR.search(walk.folded, max(0, over[0].start - 1), over[0].end):
        state.growth_base = "yoy"  # 1786家，一年涨了6.9%
    elif over:
        state.growth_base = "other"  # 规上工业总产值三年增长21%
    elif token.what.word.startswith("同比"):
        state.growth_base = "yoy"
    elif state.compared and not state.growth_base:
        state.growth_base = "other"
    state.growth_base = state.growth_base or state.base
    if state.rate and sign == "grow" and _names_its_rate(walk, index):
        state.rated = state.topic


def _of_a_rate(walk: Walk, token: Token) -> bool:
    """增速由7.9%收窄到2.8%: a rate that falls is growth still."""
    return any(t.kind == "grow" and t.what.word.endswith(_RATES) for t in clause(walk, token))


def _names_its_rate(walk: Walk, index: int) -> bool:
    """规上工业增加值（的）增速: whether the noun of growth stands right behind its name."""
    before = (t for t in reversed(walk.tokens[:index]) if t.kind != "yoy" and walk.folded[t.start : t.end] != "的")
    name, topic = next(before, None), walk.state.topic
    return name is not None and topic is not None and name.kind == "name" and name.end == topic.end


def _year_told(walk: Walk) -> bool:
    """2025年末131家，较前一年底的104家: whether the sentence, or its article, tells a year that another is before."""
    return bool(walk.state.date or walk.state.first_date or walk.scene.review)


def _yoy(walk: Walk, token: Token, index: int) -> None:
    word = token.what.word
    base = (
        When("frame", -1, point="同期" not in word)
        if "同期" in word or ("去" not in word and word.endswith(("底", "末")) and _year_told(walk))
        else When("publication", -1, point=True)
        if word.endswith(("底", "末")) and "前" not in word
        else None
    )
    if base and bases.bound_to_number(walk, index, explicit=True):  # 较去年同期的85家, 比去年底的96家
        timing.said(walk, Token("date", base, token.start, token.end), index)
        return
    walk.state.growth_base = "other" if bases.of_plan(walk, index) else "yoy"
    walk.state.since_january = word.endswith(("末", "底"))


def _average_growth(walk: Walk, token: Token, index: int) -> None:
    walk.state.growth, walk.state.growth_base = "grow", "average"


def _from(walk: Walk, token: Token, index: int) -> None:
    state, behind = walk.state, walk.tokens[index:]
    if _NOTHING.match(walk.folded, token.end):
        return
    state.from_ = any(t.kind in ("to", "correct") or getattr(t.what, "word", "") in _STARTS for t in behind)
    state.from_ = state.from_ or any(bases.leads_to(walk, at) for at in range(index + 1, len(walk.tokens)))
    state.from_ = state.from_ or [t.kind for t in behind[1:2]] == ["number"]  # 从2900亿元…: where something starts
    if state.from_ and state.span and not state.years:
        state.number_date = Dated(Period.year(state.span.period.start.year), "stated")  # 2021—2024年，由4.17万亿元增至…
        state.number_date_at = token


_NOTHING = re.compile("(?:一片)?(?:空白|零(?!点)|无(?=到)|一张白纸)")  # 从一片空白到拥有6家: where nothing starts
_STARTS = ("起步", "起家", "打底")  # 从2020年的803家起步
_REVISED = ("上调", "下调", "调高", "调低")
_PROPOSED = re.compile("把(?![^，。；]{0,24}(?:已|了))[^，。；]{2,24}\\Z")


def _to(walk: Walk, token: Token, index: int) -> None:
    state = walk.state
    if token.what.word.startswith(_REVISED):
        _revise(walk)
    state.to, state.fresh, state.from_ = True, True, False
    if state.status == "actual" and _PROPOSED.search(walk.folded, walk.segment_start, token.start):
        state.status = "target"  # 把…比重提到5%: what is to be done, unless it has been
    state.verb = "" if state.verb == "new" else state.verb
    if token.rule == "verb + 到" and state.unknown == state.unknown_here and len(state.unknown) <= VERB:
        state.unknown = state.unknown_here = ""  # the unknown word was the verb of 到


def _revise(walk: Walk) -> None:
    """2030年的规模原定八百亿元，今年1月已上调至一千亿元: only plans are put up or down, and keep their year."""
    state, published = walk.state, walk.scene.published
    goal = next(
        (d for d in (state.date, state.first_date, state.plan_year) if d and published and d.period.end > published),
        None,
    )
    if goal:
        state.status, state.planned, state.date = "target", True, goal
    elif state.status != "target":
        state.asked = True  # of which year, it does not say


_PORTIONS = ("份额", "的份额", "的分量")


def _share(walk: Walk, token: Token, index: int) -> None:
    state, before = walk.state, walk.tokens[index - 1] if index else None
    if token.what.word == "份额" and before is not None and before.kind == "word" and before.end == token.start:
        state.share, state.share_open = "?", False  # 市场份额: of no place
        return
    if token.what.word in ("的占比", "的比重", "占比", "的比例", "的百分比") and state.share:
        return
    following = walk.following(index)
    if following is not None and following.kind == "part":  # 占其中一成四
        index += 1 + walk.folded.startswith("的", following.end)
        following = walk.following(index)
    within = walk.folded.endswith("中", 0, token.start)  # 在制造业总产值中的比重: of something that no name holds
    if within and token.what.word.endswith(("比重", "占比")) and state.share not in walk.catalogue.places:
        state.share, state.share_open = "?", False
        return
    told = walk.following(index + 1) if following is not None and following.kind == "link" else following
    of_part = token.what.word in _PORTIONS
    of_number = bases.percentage(told if of_part or token.what.word == "比重" else following)
    if token.what.word == "比重" and not (of_number and not state.share and whole_before(walk)):
        return  # only …吴江5490亿元，比重12.4% is of what was told before
    if (token.what.word in ("占比", "比重") or of_number) and (whole := whole_before(walk)):
        state.share, state.share_open = whole, True
        return
    if following is not None and following.kind in ("word", "name"):
        state.share, state.share_open = "?", False
    elif not state.share:
        state.share, state.share_open = "open", True
    state.fresh = True


def _outcome(walk: Walk, token: Token, index: int) -> None:
    walk.state.status, walk.state.planned, walk.state.fresh = "actual", False, True


def _ask(walk: Walk, token: Token, index: int) -> None:
    walk.state.asked = True


def _condition(walk: Walk, token: Token, index: int) -> None:
    if not _RESTRICTS.match(walk.folded, token.end):
        walk.state.asked = True


#: 若只看AI, 如果单论人工智能: what restricts is no condition.
_RESTRICTS = re.compile(
    "(?:是)?(?:只|仅|单|光|单单|仅仅|单独)(?:是|就|从|以|按|把)?(?:看|论|计|算|数|说|讲|谈|统计|计算|考虑|比|算上)"
)


def _each(walk: Walk, token: Token, index: int) -> None:
    lists.of_several(walk, token)
    walk.state.each, walk.state.fresh = True, True
    walk.state.every = walk.state.every or token.what.word in ("各", "各有", "各为")  # 国家级、省级绿色园区各1个
    if "新增" in token.what.word:
        walk.state.verb_once = "new"
    if token.what.word.endswith("占"):
        walk.state.share = "?"  # of each figure before: 苏州在其中分别占29.7%、36.4%
    if "增长" in token.what.word:
        walk.state.growth = "grow"
    if token.what.word.endswith("至"):
        walk.state.to = True


def _every(walk: Walk, token: Token, index: int) -> None:
    lists.of_several(walk, token)
    walk.state.every, walk.state.fresh = True, True


def part(walk: Walk, token: Token, index: int) -> None:
    """其中: what follows is a part of what was said; a growth before it does not reach it."""
    if index and walk.tokens[index - 1].kind == "share" and walk.tokens[index - 1].end == token.start:
        return  # 占其中一成四
    walk.state.part, walk.state.part_at, walk.state.part_framed, walk.state.fresh = True, token.start, False, True
    walk.state.growth = walk.state.growth_base = ""


def _average(walk: Walk, token: Token, index: int) -> None:
    walk.state.per_unit = True


def _grant(walk: Walk, token: Token, index: int) -> None:
    walk.state.granted = True


def _span_of_years(walk: Walk, token: Token, index: int) -> None:
    walk.state.years = True


def batch(walk: Walk, index: int) -> None:
    """第七批的241家, 第六批“小巨人”企业共711家: a batch is what is added."""
    if _name_follows(walk, index):
        walk.state.verb = "new"
    else:
        walk.state.verb_once = "new"


#: What each kind of cue does. A kind that is not here explains nothing away and changes nothing.
HANDLERS: dict[str, Callable[[Walk, Token, int], None]] = {
    "new": _new,
    "award": _award,
    "total": _total,
    "since_january": _since_january,
    "grow": _grow,
    "fall": _fall,
    "yoy": _yoy,
    "average_growth": _average_growth,
    "from": _from,
    "to": _to,
    "share": _share,
    "plan": plans.plan,
    "expect": plans.expect,
    "refute": denied.refute,
    "correct": denied.correct,
    "outcome": _outcome,
    "wrong": denied.wrong,
    "ask": _ask,
    "condition": _condition,
    "each": _each,
    "criterion": rivals.set_in_a_row,
    "former": pointers.former,
    "latter": pointers.latter,
    "every": _every,
    "part": part,
    "compare": bases.compare,
    "average": _average,
    "grant": _grant,
    "this": pointers.this,
    "span_of_years": _span_of_years,
    "in_hand": timing.in_hand,
}

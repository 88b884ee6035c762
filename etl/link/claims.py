"""Claims: a figure with everything it needs, and what makes it one or refuses it.

In: a number and the name it was given to. Out: a `Claim`, or a `Verdict` with the reason. Whether the unit fits, what
measure and period it has, where its quote begins, and what two figures of one sentence must not both say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from etl.link import dating, footnotes, horizons, intents, narrower, outlook, papers
from etl.link.counted import GOAL, SET_GOAL, breaks, clause, is_base, repeated, set_beside, told_before, verb_of
from etl.link.dating import Said
from etl.link.scene import COMPANY, ELSEWHERE, PART, Dated, Topic, encloses, holds_for, lies_ahead
from etl.link.state import Claim
from etl.link.tokens import Token
from etl.model import Basis, Measure, Quantity, Status
from etl.period import Period
from etl.recognise import periods
from etl.recognise.quantities import TIMES

if TYPE_CHECKING:
    from etl.link.walk import Walk

Verdict = tuple[str, str]  # reason and detail of a refusal

_PLACE_REASONS = {"": "no_place", ELSEWHERE: "other_place", PART: "part_of_place", COMPANY: "company"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, the name it was given to, and how. `place` and `date` stand where the list it is dealt from has them."""

    number: Token
    quantity: Quantity
    topic: Topic
    why: str
    winners: bool = False  # N家企业获评 …
    measure: Measure | None = None
    share_of: str = ""
    place: str | None = None
    date: tuple[Dated, Token] | None = None


def fits_percent(walk: Walk, topic: Topic) -> bool:
    """Whether an indicator is itself a percentage."""
    return (
        bool(topic.indicator)
        and walk.catalogue.units[walk.catalogue.indicators[topic.indicator].unit].kind == "percent"
    )


def fits(walk: Walk, indicator: str, quantity: Quantity) -> Decimal | None:
    """The factor from the number's unit to the indicator's, or None where it does not fit."""
    unit = walk.catalogue.units[walk.catalogue.indicators[indicator].unit]
    if unit.kind == "count" and quantity.value % 1:
        return None  # nobody has 331.2 firms
    if quantity.unit in unit.words:
        return unit.words[quantity.unit]
    if unit.kind == "count" and quantity.unit == TIMES:
        return Decimal(1)
    if quantity.unit:
        return None
    if unit.kind == "count" and quantity.bound == ">":
        return Decimal(1)  # 3000+
    if unit.kind == "money" and quantity.value >= 10**8:
        return Decimal(1)  # 突破5万亿
    return None


def value(walk: Walk, figure: Figure) -> Claim | Verdict:
    """The observation that a figure states, with its measure, period and place; or why it is none."""
    state, topic, quantity = walk.state, figure.topic, figure.quantity
    if bar := topic.refused or narrower.counted(walk, figure.number, topic):
        return bar, topic.call.head
    factor = _factor(walk, figure)
    if isinstance(factor, tuple):
        return factor
    place, place_basis = (figure.place, "stated") if figure.place is not None else (state.place, state.place_basis)
    if quantity.unit == TIMES and encloses(place, walk.scene.place[0], walk.catalogue):
        place, place_basis = walk.scene.place  # 全国5G工厂名录 ×3: what is told of stands on it
    said = _said(walk, figure)
    state.added = (topic.indicator, quantity.value) if said.verb == "new" and not state.part else state.added
    if reason := "no_place" if _of_another_clause(walk, figure, said) else _PLACE_REASONS.get(place):
        return reason, ""
    made = said.verb == "total" and (said.kind == "flow" or said.done or state.to)
    if state.span and said.stated is None and (said.verb == "new" or made):
        # 十四五期间累计完成1386亿元; 2021—2024年由…增至4.68万亿元 is where its last year stands
        last = Dated(Period.year(state.span.period.end.year), "stated")
        said = replace(said, stated=last if state.to else state.span)
    if reason := _unsaid(walk, said, quantity):
        return reason, ""
    found = _dated(walk, figure, said)
    if len(found) == 2:
        return found
    told, period, basis = found
    counted = walk.catalogue.units[walk.catalogue.indicators[topic.indicator].unit].kind == "count"
    if figure.share_of and figure.share_of == place:
        return "share", figure.share_of
    if told == "value" and counted and told_before(walk, figure):
        return "two_readings", ""  # 9860座，今年的目标是1400座: no plan is to have fewer
    start, end = _quote(walk, figure)
    return Claim(
        indicator=topic.indicator,
        measure=figure.measure or told,
        share_of=figure.share_of,
        place=place,
        place_basis=place_basis,  # type: ignore[arg-type]
        status=_status_then(walk, figure, period),
        period=period,
        period_basis=basis,
        value=quantity.value * factor,
        bound=quantity.bound,
        rounding=quantity.digits * factor,
        number=figure.number,
        start=start,
        end=end,
        why=figure.why,
        topic=topic,
        scope=topic.call.scope(topic.indicator),
        base=is_base(walk) or set_beside(walk, topic, period, place),
    )


_WHOLE = 100  # percent


def _factor(walk: Walk, figure: Figure) -> Decimal | Verdict:
    """From the number's unit to the indicator's; a verdict where it does not fit, or no part can be so much."""
    quantity, topic = figure.quantity, figure.topic
    if quantity.unit == "%" and quantity.value > _WHOLE and figure.measure != "yoy":
        return "measure", topic.call.head  # …占GDP比重高达246%
    factor = Decimal(1) if figure.measure in ("yoy", "share") else fits(walk, topic.indicator, quantity)
    return ("unit", quantity.unit) if factor is None else factor


def _of_another_clause(walk: Walk, figure: Figure, said: Said) -> bool:
    """分别高于全省、全国…，为完成全年增长6%的目标打下基础: a plan is not the larger place's of a clause before."""
    at, here = walk.state.place_at, clause(walk, figure.number)
    apart = at is not None and bool(here) and at.start < here[0].start
    return said.status == "target" and apart and holds_for(walk.state.place, walk.scene, walk.catalogue) == "sentence"


def _dated(walk: Walk, figure: Figure, said: Said) -> tuple[Measure, Period, Basis] | Verdict:
    """Measure, period and basis of a figure; nothing still to come is a fact, and 全年 in January is the year before."""
    found = dating.dated(said, dating.knowledge(walk))
    if isinstance(found, str):
        return found, ""
    told, period, basis = found
    undated = said.kind == "flow" and basis == "assumed" and period.instant
    if _recalled_undated(walk, said) or _planned_undated(walk, figure, said) or _past_another_year(walk, said, period):
        return "no_date", ""
    if (told, said.kind, said.status) == ("value", "stock", "actual"):
        if outlook.year_begun(walk, figure.number, period):
            return "no_date", str(period)
        period, basis = outlook.so_far(walk, period, basis, done=said.done)
        found = told, period, basis
    unpaired = (
        walk.scene.pair and not said.now and said.stated is None
    )  # below （左2020年末，右2025年末）, one figure alone
    of_nothing = said.kind == "flow" and basis == "assumed" and _same_of_nothing(walk, period)
    if of_nothing or (basis == "assumed" and (unpaired or horizons.starts(walk, figure.number))):
        return "no_date", ""  # 智能算力的基数3600P
    if undated and (walk.tabular or said.status == "estimate" or _of_a_time(walk, figure, said)):
        return "no_date", ""  # nobody says of when a table is; 眼下…预计为4.9万亿元 is of no day
    if not _unfinished(walk, said, told, period):
        return found
    published = walk.scene.published
    planned = said.kind == "flow" and basis != "assumed" and outlook.only_planned(walk, figure.number, period)
    if planned or (told == "new" and said.stated and (walk.scene.planned or intents.spoken_of(walk, figure.number))):
        walk.state.status = "target"  # and so is what the sentence goes on to
        return found
    if basis != "assumed" or period.kind != "year" or not published or not periods.just_over(period, published):
        return "no_date", str(period)
    return told, Period.year(period.end.year - 1), basis


def _past_another_year(walk: Walk, said: Said, period: Period) -> bool:
    """去年，…。今年的盘子已定，工业投资360亿元: no date is carried over words that speak of a later year."""
    later = walk.attributed is not None and period.end < walk.attributed.start
    return later and said.stated is None and said.status == "actual"


def _same_of_nothing(walk: Walk, period: Period) -> bool:
    """半年投下142亿元，上年同期131亿元: as long as a time that nobody has said, and never the whole year."""
    told = (t for t in (walk.state.number_date_at, walk.state.date_at) if t is not None)
    return period.kind == "year" and any(
        t.what.base == "same" or periods.SAME_SPAN.search(walk.folded, t.start, t.end) for t in told
    )


_HARDLY = 1  # month of a year in which what it will have added is still to come


_RECALLED = re.compile("当[年时初]|原[定先来计]|曾")


def _recalled_undated(walk: Walk, said: Said) -> bool:
    """当年设想的“再引进30家…”: a plan of the past, whose year its sentence does not say, is of no year told before it.

    82个AI应用场景上榜, as a title, is of a list that the text below tells.
    """
    if walk.heads and said.verb == "award" and said.stated is None and said.kind != "list":
        return True
    if said.status == "target" and intents.undated(walk, said.stated):
        return True
    undated = said.status == "target" and said.stated is None
    return undated and bool(_RECALLED.search(walk.folded, walk.tokens[0].start, walk.at.start))


def _planned_undated(walk: Walk, figure: Figure, said: Said) -> bool:
    """Under a heading of goals, in a plan's own text: what nothing dates, and nobody calls reached, is no fact."""
    if not walk.scene.ahead or walk.tabular or said.status != "actual" or said.now:
        return False
    told = said.stated or walk.scene.last or dating.standing(walk)
    here = [t.start for t in clause(walk, figure.number)] or [figure.number.start]
    return told is None and not outlook.THERE.search(walk.folded, min(here), figure.number.end)


def _of_a_time(walk: Walk, figure: Figure, said: Said) -> bool:
    """Whether an undated figure is made over a time that must be told: a growth, or a sum that is not just reached.

    产业规模已突破千亿元 and 目前… are of the day they are told; 规上工业总产值436.8亿元 is of no day.
    """
    money = walk.catalogue.units[walk.catalogue.indicators[figure.topic.indicator].unit].kind == "money"
    reached = walk.folded.find("已", figure.topic.start, figure.number.end) >= 0
    return not said.now and (figure.measure == "yoy" or (money and not reached))


_TO_BE_DONE = re.compile("[^，。；]{0,16}(?:落实(?!了)|办好|办成|抓好|抓实|干成)")


def _status_then(walk: Walk, figure: Figure, period: Period) -> Status:
    """The status of a figure once its period is known: behind （预计数，下同）, the latest year's sums are expected."""
    status = _status(walk, figure)
    noted = status == "actual" and footnotes.expected(walk, figure.number.start, period, figure.quantity.unit)
    return "estimate" if noted else status


def _status(walk: Walk, figure: Figure) -> Status:
    state, past = walk.state, figure.date[0] if figure.date else walk.state.number_date
    if (
        state.called_goal
        or GOAL.match(walk.folded, figure.number.end)
        or (state.status != "estimate" and walk.folded.startswith("不会", figure.number.start))
    ):
        return "target"  # 今年不会低于1500个
    if figure.quantity.unit in ("%", "yuan", "CNY", "RMB") and walk.folded.startswith(
        "an estimated", figure.number.start
    ):
        return "estimate"
    if _TO_BE_DONE.match(walk.folded, figure.number.end) and any(
        "把" in walk.folded[t.start : t.end] for t in clause(walk, figure.number)
    ):
        return "target"  # 把今年的新增5家落实
    if state.status == "target" and SET_GOAL.match(walk.folded, figure.number.end):
        return "target"
    if (
        state.status == "actual"
        and state.to
        and past
        and walk.scene.published
        and past.period.start > walk.scene.published
    ):
        return "target"  # 由目前的33家扩容到2027年的45家
    if state.status != "actual" and past and walk.scene.published and past.period.end <= walk.scene.published:
        return "actual"  # 到2027年由现在的88家增加到110家: where the plan starts from
    dated = _stated(walk, figure.number)
    if state.status == "target" and dated and walk.scene.published and dated.period.end <= walk.scene.published:
        already = any(walk.folded.startswith("已", t.start) for t in clause(walk, figure.number))
        return "actual" if already else "target"  # 而到2024年底就已达607家
    return state.status


def _unsaid(walk: Walk, said: Said, quantity: Quantity) -> str:
    """Why a figure has no period or measure of its own: a span of years, a plan without its year, a mere increment."""
    state = walk.state
    if state.untold and said.status == "target":
        return "no_date"
    spanned = state.span is not None and said.stated is state.span
    summed = said.done and ((said.verb == "total" and walk.years_first) or state.span is not None)
    made = said.kind == "flow" or said.verb == "new" or summed
    if (state.ahead and said.status == "target") or (state.years and not spanned and made):
        return "years"
    return "growth" if said.kind == "flow" and said.verb == "new" and quantity.unit == "元" else ""


def _unfinished(walk: Walk, said: Said, told: Measure, period: Period) -> bool:
    """Whether a period is still to come, or one far from over of a sum or of what is added: no facts.

    下半年新增3家, told in July, and 今年新增5家, told in January, nobody can report yet; told in June, the latter is of
    the year so far.
    """
    published = walk.scene.published
    if published is None or said.status != "actual":
        return False
    if lies_ahead(period.start, published):
        return True
    if told == "value" and period == Period.year(published.year) and published.month <= _HARDLY and not said.now:
        return True  # 2026：灯塔工厂3座, told in January: no one can count yet what the year will have
    if (said.kind != "flow" and told != "new") or period.instant or not lies_ahead(period.end, published):
        return False
    so_far = told == "new" and said.stated is not None and period.kind == "year" and not intents.at_least(walk, walk.at)
    since = walk.state.date_at is not None and walk.state.date_at.what.since  # 今年以来新增5家
    return not so_far or (published.month <= _HARDLY and not since)


def _said(walk: Walk, figure: Figure) -> Said:
    state, status = walk.state, _status(walk, figure)
    verb = "" if figure.measure or fits_percent(walk, figure.topic) else verb_of(walk, figure)
    stated = figure.date[0] if figure.date else _stated(walk, figure.number)
    if verb in ("new", "award") and status == "actual":
        stated = stated or repeated(walk, figure.number) or _of_listed(walk)
        stated = stated if state.now else papers.of_its_batch(walk, figure.topic.indicator, stated)
    return Said(
        kind=walk.catalogue.indicators[figure.topic.indicator].kind,
        verb=verb,
        status=status,
        stated=stated,
        now=state.now,
        since_january=state.since_january,
        batched=walk.batched,
        winners=figure.winners,
        done=walk.catalogue.indicators[figure.topic.indicator].unit == "projects" and not _in_all(walk, figure, verb),
    )


def _in_all(walk: Walk, figure: Figure, verb: str) -> bool:
    """前7个月新实施智改数转项目267个，累计突破4700个: beside what a span has added, the total is of all times."""
    last = walk.claims[-1] if walk.claims else None
    added = last is not None and last.measure == "new" and last.status == "actual" and last.topic == figure.topic
    return verb == "total" and added and last is not None and figure.quantity.value > last.value


def _of_listed(walk: Walk) -> Dated | None:
    """今年公布的几份名单，上榜情况如下。第七批…，全省新增923家。我区新增31家: a batch without a year is of those lists'."""
    state, scene = walk.state, walk.scene
    same = state.topic is not None and state.topic == scene.topic and scene.opening is None and scene.last is None
    goes_on = same and "new" in (state.verb, state.verb_once)
    open_ = (walk.batched or goes_on) and state.status == "actual" and not state.now
    return (scene.roll or scene.listed) if open_ else None


def _stated(walk: Walk, number: Token) -> Dated | None:
    state = walk.state
    found = state.number_date or state.date
    if state.status == "target" and found is None:
        if (ahead := _planned_ahead(walk, number)) is not None:
            return ahead
        onward = state.to or breaks(walk, number)  # ；…由83家增至160家, ；…突破1000家
        return state.plan_year or (state.plan_before if onward else None)
    return found


def _planned_ahead(walk: Walk, number: Token) -> Dated | None:
    """今年的计划，是先进级再增8家: the year whose plan is spoken of, unless it is recalled or over."""
    of, published = walk.attributed, walk.scene.published
    if of is None or published is None or of.end <= published:
        return None
    recalled = _RECALLED.search(walk.folded, walk.tokens[0].start, number.start)
    return None if recalled else Dated(of, "carried")


def _quote(walk: Walk, figure: Figure) -> tuple[int, int]:
    """The run from the first word that gives the figure its meaning to the last, inside the sentence."""
    state, first, token, topic = walk.state, walk.tokens[0].start, figure.number, figure.topic
    dated = figure.date[1] if figure.date else state.number_date_at or state.date_at
    parts = [token.start, topic.start]
    parts += [t.start for t in (dated, state.place_at) if t is not None]
    inside = [start for start in parts if start >= first]
    return min(inside), max(token.end, topic.end if topic.start >= first else token.end)


def accept(walk: Walk, claim: Claim) -> None:
    """Note a claim, unless the sentence gives the same key another value."""
    if not all(_stands(walk, other, claim) for other in walk.claims if other.key == claim.key):
        return
    state = walk.state
    walk.claims.append(claim)
    state.measure = claim.measure
    if claim.topic is not None:
        state.topic = claim.topic
    if claim.measure == "share" and not state.from_:
        state.share, state.share_open, state.share_said = "", False, True
    if claim.measure in ("value", "new"):
        state.used, state.fresh = True, False
    if state.to and state.number_date and state.number_date_at and state.date is None and not walk.brackets:
        state.date, state.date_at = state.number_date, state.number_date_at  # 由2020年底的60家壮大到2025年底的214家，…
        walk.stated = state.number_date
        walk.dates.append(state.number_date)
    state.names, state.unknown, state.doing, state.growth, state.growth_base = [], "", "", "", ""
    if state.number_date and not _dated_alike(walk, claim.number):
        state.number_date = state.number_date_at = None
    if state.called_goal and not state.planned and state.status == "target":
        state.status = "actual"  # 4.5%是今年的目标，2024年落在4.38%: of that number alone
    state.to = state.compared = state.called_goal = False


def _dated_alike(walk: Walk, number: Token) -> bool:
    """其中今年要再添智能工厂八家、5G工厂两家: whether another name and its number stand in the row, under the same date."""
    behind = [t for t in walk.tokens if t.start >= number.end][:4]
    kinds = [t.kind for t in behind if t.kind not in ("level", "function")]
    return bool(behind) and behind[0].what in ("、", "和") and kinds[1:3] == ["name", "number"]


def _stands(walk: Walk, other: Claim, claim: Claim) -> bool:
    """Whether a claim stands beside an earlier one of its key; which of the two is dropped, and refused, is noted."""
    between = [t.kind for t in walk.tokens if other.number.end <= t.start < claim.number.start]
    if other.value == claim.value:
        return True
    if "correct" in between:  # 写作4.5%，实为4.2%
        return _drop(walk, other, "not_fact")
    if claim.status == "target" and walk.state.to:  # 目标由600个加码到750个
        return _drop(walk, other, "repeated")
    if claim.status == "target" and "plan" in between:  # 确保260亿元、力争270亿元: both are said
        return True
    if other.bound != "=" or claim.bound == "=":
        _drop(walk, other, "repeated")
    if other.bound == "=":
        walk.refuse(claim.number, "repeated", "", claim.indicator)
    return other.bound != "="


def _drop(walk: Walk, claim: Claim, reason: str) -> bool:
    """Take a claim back; true, so that the one that replaces it stands."""
    walk.claims = [kept for kept in walk.claims if kept is not claim]
    walk.refuse(claim.number, reason, "", claim.indicator)
    return True


def beside(row: Claim, figure: Figure) -> Claim | Verdict:
    """A growth or share of a figure: it has that figure's place, period and status."""
    assert figure.measure is not None
    if figure.share_of == row.place:
        return "share", figure.share_of
    quantity, number = figure.quantity, figure.number
    return replace(
        row,
        measure=figure.measure,
        share_of=figure.share_of,
        value=quantity.value,
        bound=quantity.bound,
        rounding=quantity.digits,
        number=number,
        start=min(row.start, number.start),
        end=number.end,
        why=f"{row.why} · {figure.why}",
    )

"""What a bare or relative date leans on: 同期, 同一年, 当年, 截至10月底 behind the dates told before them.

In: a date under reading. Out: the date that gives it its year or its span, or None. Source: reading.md §4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.link import outlook
from etl.link.scene import Dated, Scene
from etl.period import Period
from etl.recognise import periods
from etl.recognise.periods import When

if TYPE_CHECKING:
    from etl.link.walk import Walk


def on(walk: Walk, when: When, index: int = 0) -> Dated | None:
    """The date that a bare or relative one leans on: the sentence's, the paragraph's, the year under review.

    Months without a year in a new sentence (截至10月底) do not lean on a year that an earlier one only mentioned.
    """
    if when.base == "span":
        return _as_long(walk, when)
    scene, same = walk.scene, bool(periods.SAME_SPAN.search(walk.folded, walk.at.start, walk.at.end))
    if here := _in_its_sentence(walk, when, same=same):
        return here
    if (over := _outlasted(scene, same=same)) is not None:
        return over
    if walk.folded.startswith("届时", walk.at.start):
        told = (scene.plan, scene.last, scene.opening)
        return next((d for d in told if d and scene.published and d.period.end > scene.published), None)
    if when.base == "then" and same and not (scene.planned and scene.plan) and scene.last is None:
        own = scene.opening if scene.opening is not scene.heading_date else None
        if found := own or scene.before:
            return found  # 一至九月产值2703亿元。 And in a paragraph of its own: 同期…
    if when.base == "then":
        return scene.plan or scene.last or scene.opening or scene.review or scene.lead  # 到2027年…。届时，…
    return _framed(walk, when, same=same) or _same_year(walk, when, index)


def _framed(walk: Walk, when: When, *, same: bool) -> Dated | None:
    """What the paragraph or the year under review gives a date that its sentence gives nothing."""
    scene = walk.scene
    if when.months is None:
        return scene.review or scene.last or scene.opening or (scene.lead if same or when.base == "same" else None)
    if scene.opening and scene.last and scene.last.period.end.year > scene.opening.period.end.year:
        return None  # 去年…，今年…。7月…: the paragraph has left the year it began with
    return scene.opening or scene.review


def _outlasted(scene: Scene, *, same: bool) -> Dated | None:
    """前4月…，全年可达…。同一期间，…: what is told as over, where the year told last is not."""
    last, before, published = scene.last, scene.before, scene.published
    if not (same and last and before and published):
        return None
    return before if last.period.end > published >= before.period.end else None


def _in_its_sentence(walk: Walk, when: When, *, same: bool) -> Dated | None:
    """The date of its own sentence that a date leans on, or the year whose plans the sentence goes on with."""
    own = walk.state.date or (None if walk.left_behind() else walk.state.first_date) or _same_end(walk, when)
    if own is None and (planned := outlook.goes_on_planned(walk, when)):
        return planned
    if walk.latest and walk.folded.startswith(("当年", "同年", "次年", "翌年"), walk.at.start):
        return walk.latest  # 从2020年末的803家起步；…由当年的3.01%
    if same and own and own.period.instant and walk.latest and not walk.latest.period.instant:
        return walk.latest  # 7月28日，…：1至6月…；同期工业投资…
    if own or walk.state.number_date:
        return own or walk.state.number_date
    beside = same and walk.claims and walk.claims[-1].period.instant
    return Dated(walk.claims[-1].period, "carried") if beside else None  # 41家（去年同期29家）


def _same_end(walk: Walk, when: When) -> Dated | None:
    """去年新评2家，到年底共3家；年底在册的…31家: the year's end told before, of which a bare one tells another fact."""
    told, published = walk.stated, walk.scene.published
    bare = when.base == "frame" and when.year == 0 and when.months is None and when.point and not when.until
    if not bare or told is None or published is None or walk.state.status != "actual":
        return None
    over = told.period.instant and told.period.end.month == 12 and told.period.end <= published
    ahead = any(t.kind in ("plan", "expect") and t.start > walk.at.start for t in walk.tokens)
    return told if over and not ahead else None


def _as_long(walk: Walk, when: When) -> Dated | None:
    """In the quarter, over the nine months: the last time so long that the sentence, the paragraph or the lead told.

    Where nobody has told of one, nothing else may date the figure.
    """
    scene, state = walk.scene, walk.state
    told = (state.date, state.first_date, walk.latest, scene.last, scene.opening, scene.heading_date, scene.lead)
    found = next((d for d in told if d and when.months and periods.months_in(d.period) == when.months[1]), None)
    state.years = state.years or found is None
    return found


def _same_year(walk: Walk, when: When, index: int) -> Dated | None:
    """……这是2024年昆山的规模；同一年，企业增长24%: the last year that the sentence has said, whatever it was said of."""
    if when.base != "frame" or when.year or not walk.folded.startswith(("同年", "同一年"), walk.at.start):
        return None
    years = [t.what for t in walk.tokens[:index] if t.kind == "date" and t.what.base in ("absolute", "publication")]
    period = periods.resolve(years[-1], walk.scene.published, None) if years else None
    return Dated(Period.year(period.end.year), "stated") if period else None

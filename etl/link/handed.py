"""What a sentence hands on of its dates: which of them hold for the sentences behind it, and which only compared.

In: a sentence that has been read. Out: the changes of the scene. Source: reading.md §1.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from etl.link import dating
from etl.link.scene import Dated
from etl.link.state import Claim

if TYPE_CHECKING:
    from etl.link.walk import Walk


def dates(walk: Walk) -> dict[str, object]:
    """The scene's fields that the dates of a sentence change, by name."""
    scene, changes = walk.scene, dict[str, object]()
    if walk.current:
        changes["last"], changes["present"] = None, True
    elif walk.stated and not _looks_back(walk):
        first = takewhile(lambda t: t.kind != "mark" or t.what not in "，：", walk.tokens)
        changes["present"], changes["passing"] = False, not any(t.kind == "date" for t in first)
        dates = (
            (*walk.dates, scene.last) if scene.last else walk.dates
        )  # 2024年末…。全年…: counts still stand at its end
        latest = max(walk.dates, key=lambda dated: dated.period.end).period.end
        changes["last"] = max((d for d in dates if d.period.end == latest), key=lambda dated: dated.period.instant)
        if walk.date_first and scene.opening is None and scene.last is None and not walk.date_first.period.instant:
            changes["opening"] = walk.date_first
    elif walk.latest and _announces_year(walk):
        changes["opening"] = replace(walk.latest, basis="carried")
    if told := [c for c in walk.claims if c.status != "estimate" and not c.base]:
        changes["before"] = Dated(told[-1].period, "carried")
    if scene.lead is None and not walk.errata and (flow := next((c for c in walk.claims if _leads(walk, c)), None)):
        changes["lead"] = Dated(flow.period, "carried")
    return changes


def _looks_back(walk: Walk) -> bool:
    """产业园4个，去年底是3个。 A day told only to compare a count of a later one with dates nothing behind it.

    Nor do the years before to which what was told is carried (同样的账，2021年记的是…, 2024年收在…), nor several of them
    where the article reviews a later one.
    """
    latest = max(dated.period.end for dated in walk.dates)
    framed = walk.scene.last or walk.scene.opening or walk.scene.lead
    if walk.tokens[0].kind == "this" and framed and latest < framed.period.end and not walk.named:
        return True
    review, years = walk.scene.review, {dated.period.end.year for dated in walk.dates}
    if review and len(years) > 1 and latest < review.period.start:
        return True
    now = [c for c in walk.claims if c.status == "actual" and c.measure == "value" and c.period_basis != "stated"]
    return any(c.period.instant and c.period.end > latest for c in now) and walk.date_first is None


def year_asked(walk: Walk) -> Dated | None:
    """2026年的账怎么记？ The year, not yet over, that a question without figures asks about is that of plans behind it."""
    published, dates = walk.scene.published, [t for t in walk.tokens if t.kind == "date"]
    asks = walk.tokens[-1].what in ("？", "?") and not any(t.kind == "number" for t in walk.tokens)
    year = walk.attributed or (walk.latest.period if walk.latest else None)
    if not (asks and published and year and len(dates) == 1):
        return None
    return Dated(year, "carried") if year.kind == "year" and year.end > published else None


def _announces_year(walk: Walk) -> bool:
    """2026年，铺开。 A year to come that opens the paragraph, with no figure, is of the figures that follow."""
    opens, figures = walk.tokens[0].kind == "date", any(token.kind == "number" for token in walk.tokens)
    return opens and not figures and walk.state.status == "target" and walk.scene.opening is walk.scene.heading_date


def _leads(walk: Walk, claim: Claim) -> bool:
    """Whether a flow's date may hold for what the article leaves undated: it is no date of that number only."""
    framed = {dating.span(dated.period) for dated in walk.dates}
    stated = claim.status == "actual" and claim.period_basis != "carried" and claim.period in framed
    return stated and walk.catalogue.indicators[claim.indicator].kind == "flow"

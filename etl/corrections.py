"""corrections.yaml: what people found misread, and what stands instead.

In: the path and the catalogue; then the observations as read. Out: `Correction`s, and which observation each one means.
A correction names its figure by what was read and by the words that state it (`expect`): when a new reading no longer
gives just that figure, the correction is a problem of its line and nothing is published, rather than the wrong figure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, get_args

from etl.catalogue import Catalogue
from etl.errors import InputError, Problem
from etl.model import Bound, Measure, Status
from etl.period import Period
from etl.rows import NUMBER, rounding
from etl.strict_yaml import Sheet, Written, parse

FILE = "corrections.yaml"
AMENDABLE = ("indicator", "place", "measure", "share_of", "scope", "status", "period", "value", "bound")


class AsRead(NamedTuple):
    """What a correction must know of an observation as it was read."""

    id: str
    article: str
    indicator: str
    place: str
    measure: str
    period: str
    quote: str


@dataclass(frozen=True, slots=True)
class Amended:
    """What stands instead; None where the reading was right."""

    indicator: str | None = None
    place: str | None = None
    measure: str | None = None
    share_of: str | None = None
    scope: str | None = None
    status: str | None = None
    period: Period | None = None
    value: Decimal | None = None
    bound: str | None = None

    @property
    def rounding(self) -> Decimal | None:
        """Half a unit of the last digit of the amended value."""
        return None if self.value is None else rounding(self.value)


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry. `amended` is None where the figure is rejected; `measure` is empty where one is not needed to tell."""

    file: str
    line: int
    article: str
    indicator: str
    place: str
    period: str
    measure: str
    expect: str  # without white space
    amended: Amended | None
    reason: str
    by: str
    on: date

    def means(self, read: AsRead) -> bool:
        """Whether it is about this observation."""
        return (
            (self.article, self.indicator, self.place, self.period)
            == (read.article, read.indicator, read.place, read.period)
            and self.measure in ("", read.measure)
            and self.expect in squeezed(read.quote)
        )


def squeezed(text: str) -> str:
    """Text without white space."""
    return re.sub(r"\s", "", text)


def read(path: Path, catalogue: Catalogue) -> tuple[Correction, ...]:
    """Read the corrections in the order of the file; `InputError` with every problem. No file, no corrections."""
    content = path.read_bytes() if path.exists() else b""
    if all(line.lstrip()[:1] in (b"", b"#") for line in content.splitlines()):
        return ()
    sheet = Sheet(str(path))
    corrections = tuple(_correction(item, catalogue) for item in parse(content, sheet).items())
    if sheet.problems:
        raise InputError(sheet.problems)
    return corrections


def settle(corrections: Iterable[Correction], read: Iterable[AsRead], known: Collection[str]) -> dict[str, Correction]:
    """Find the one observation that each correction means, by id; `InputError` with each that does not mean just one.

    `known` are the articles that have a reading: a correction of any other has nothing to correct, which is no fault.
    """
    read, problems, settled = list(read), list[Problem](), dict[str, Correction]()
    for correction in corrections:
        if correction.article not in known:
            continue
        found = [one for one in read if correction.means(one)]
        if len(found) != 1:
            problems.append(_broken(correction, found, read))
        elif (first := settled.setdefault(found[0].id, correction)) is not correction:
            fault = f"corrects the same figure as line {first.line}; keep one of them"
            problems.append(Problem(correction.file, correction.line, fault))
    if problems:
        raise InputError(problems)
    return settled


def idle(corrections: Iterable[Correction], known: Collection[str]) -> list[Problem]:
    """A remark for each correction of an article that is not there."""
    return [
        Problem(c.file, c.line, f'article "{c.article}" is not there to be corrected; take the correction out, or put it back')
        for c in corrections
        if c.article not in known
    ]  # fmt: skip


def _broken(correction: Correction, found: list[AsRead], read: Iterable[AsRead]) -> Problem:
    """Say how a guard failed: several figures fit, or none, and then what the article says of the indicator."""
    what = f'"{correction.expect}" in {correction.article} ({correction.indicator}, {correction.place}, {correction.period})'
    if found:
        measures = ", ".join(sorted({one.measure for one in found}))
        fault = f"expect {what} selects {len(found)} figures; quote more of the words, or add measure: {measures}"
    else:
        near = [o for o in read if (o.article, o.indicator) == (correction.article, correction.indicator)]
        listed = "; ".join(f'{o.place} {o.measure} {o.period} "{squeezed(o.quote)}"' for o in near[:3])
        fault = (
            f"expect {what} selects no figure: the article is now read otherwise ({listed or 'no figure of it'}); "
            "look at it, then mend the correction or take it out"
        )
    return Problem(correction.file, correction.line, fault)


def _correction(item: Written, catalogue: Catalogue) -> Correction:
    fields = item.fields(
        ("article", "indicator", "place", "period", "expect", "reason", "by", "on"), ("measure", "reject", "amend")
    )
    if fields["reject"].flag() == bool(fields["amend"]):
        item.fault("has to say either reject: true or amend: {…}; write one of them")
    return Correction(
        file=item.sheet.file,
        line=item.line,
        article=fields["article"].text(),
        indicator=fields["indicator"].choice(catalogue.indicators, "an indicator of the catalogue"),
        place=fields["place"].choice(catalogue.places, "a place of the catalogue"),
        period=str(_period(fields["period"]) or ""),
        measure=fields["measure"].choice(get_args(Measure), "a measure"),
        expect=squeezed(fields["expect"].text()),
        amended=_amended(fields, catalogue) if fields["amend"] else None,
        reason=fields["reason"].text(),
        by=fields["by"].text(),
        on=fields["on"].day(),
    )


def _amended(fields: dict[str, Written], catalogue: Catalogue) -> Amended:
    row = fields["amend"].fields((), AMENDABLE)
    indicator = row["indicator"].choice(catalogue.indicators, "an indicator of the catalogue")
    measure = row["measure"].choice(get_args(Measure), "a measure")
    if measure == "share" and not row["share_of"]:
        row["measure"].fault('measure "share" needs share_of; name the larger place')
    known = catalogue.indicators.get(indicator or fields["indicator"].text())
    return Amended(
        indicator=indicator or None,
        place=row["place"].choice(catalogue.places, "a place of the catalogue") or None,
        measure=measure or None,
        share_of=row["share_of"].choice(catalogue.places, "a place of the catalogue") or None,
        scope=_scope(row["scope"], known.scopes if known else ()),
        status=row["status"].choice(get_args(Status), "a status") or None,
        period=_period(row["period"]) if row["period"] else None,
        value=_value(row["value"]) if row["value"] else None,
        bound=row["bound"].choice(get_args(Bound), "a bound") or None,
    )


def _scope(written: Written, scopes: Collection[str]) -> str | None:
    """A scope of the indicator; `plain` is the catalogue's own definition."""
    code = written.choice(("plain", *scopes), "plain or a scope of the indicator")
    return {"": None, "plain": ""}.get(code, code)


def _period(written: Written) -> Period | None:
    try:
        return Period.parse(written.text())
    except ValueError as error:
        written.fault(f"{written.key}: {error}")
        return None


def _value(written: Written) -> Decimal:
    if NUMBER.fullmatch(text := written.text()):
        return Decimal(text)
    written.fault(f'value "{text}" is no number; write digits with at most six decimals, multipliers applied')
    return Decimal(0)

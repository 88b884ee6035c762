"""Readings and curated figures → rows of the database, each observation with its id, quote and citation.

In: an `Article` with its `Reading`, or the curated figures. Out: tuples in the order of the columns of `schema.sql`.
What stood in an earlier build is the business of `etl.store`.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from etl import citation
from etl.citation import Work
from etl.model import Article, Evidence, Observation, Reading, Span
from etl.period import Period

NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,6})?")  # a value as people write it into our files, and as the column holds it
_LARGE = tuple(Decimal(10) ** power for power in (12, 8, 4))  # from this value on, written in this unit: 万亿, 亿, 万


@dataclass(frozen=True, slots=True)
class Figure:
    """A curated figure: one row of observations.csv, checked.

    `rounding` is half a unit of the last digit, as far as the value shows it.
    """

    indicator: str
    place: str
    measure: str
    share_of: str
    scope: str
    status: str
    period: Period
    value: Decimal
    printed: str
    bound: str
    rounding: Decimal
    publisher: str | None
    title: str | None
    published: date | None
    precision: str | None
    url: str | None
    seen: str
    confirmed_by: str | None
    note: str | None


class ArticleRow(NamedTuple):
    """A row of table `article`, for an article that was read."""

    article: str
    file: str
    title: str | None
    publisher: str | None
    author: str | None
    published: date | None
    published_precision: str | None
    date_note: str | None
    url: str | None
    language: str | None
    place: str | None
    publish_text: bool
    text: str
    sha256: str
    fingerprint: str
    citation_gbt: str
    citation_bibtex: str
    state: str = "read"
    note: str | None = None
    first_build: int = 0  # the store knows
    withdrawn_build: int | None = None


class ObservationRow(NamedTuple):
    """A row of table `observation`."""

    id: str
    origin: str
    article: str | None
    indicator: str
    place: str
    measure: str
    share_of: str
    scope: str
    status: str
    period: str
    period_start: date
    period_end: date
    period_kind: str
    value: Decimal
    bound: str
    rounding: Decimal
    printed: str
    quote: str | None
    char_start: int | None
    char_end: int | None
    figure_start: int | None
    figure_end: int | None
    period_basis: str
    place_basis: str
    suspect: str | None
    title: str | None
    publisher: str | None
    author: str | None
    published: date | None
    published_precision: str | None
    url: str | None
    seen: str
    confirmed_by: str | None
    note: str | None
    citation_gbt: str
    citation_bibtex: str
    first_build: int = 0
    withdrawn_build: int | None = None


class EvidenceRow(NamedTuple):
    """A row of table `evidence`."""

    observation: str
    ordinal: int
    quote: str
    char_start: int
    char_end: int
    figure_start: int
    figure_end: int
    why: str


class RefusalRow(NamedTuple):
    """A row of table `refusal`."""

    article: str
    char_start: int
    char_end: int
    printed: str
    reason: str
    detail: str
    indicator: str


class Rows(NamedTuple):
    """What one article gave, or all curated figures."""

    articles: tuple[ArticleRow, ...]
    observations: tuple[ObservationRow, ...]
    evidence: tuple[EvidenceRow, ...]
    refusals: tuple[RefusalRow, ...]


def of_article(article: Article, reading: Reading, fingerprint: str) -> Rows:
    """One article with everything it gave. Rows of one key with one value are one observation, with all evidence."""
    work = Work(
        article.name,
        article.title,
        article.publisher,
        article.author,
        article.published,
        article.precision,
        article.url,
    )
    cited = citation.gbt(work), citation.bibtex(work)
    observations, evidence = [], list[EvidenceRow]()
    for observation, ordinal in _numbered(reading.observations):
        row = _observation(article, observation, ordinal, cited)
        observations.append(row)
        evidence.extend(_evidence(article.raw, row.id, observation.evidence))
    row_ = ArticleRow(
        article.name, article.file, article.title, article.publisher, article.author, article.published, article.precision,
        article.date_note, article.url, article.language, article.place, article.publish_text, article.raw, article.sha256,
        fingerprint, *cited,
    )  # fmt: skip
    return Rows((row_,), tuple(observations), tuple(evidence), tuple(_refusals(article, reading)))


def of_curated(figures: Iterable[Figure]) -> Rows:
    """The curated figures. A source is told by publisher and title, so that order in the file means nothing."""
    by_key = defaultdict[tuple[str, ...], list[Figure]](list)
    for figure in figures:
        by_key[_curated_key(figure)].append(figure)
    rows = []
    for key, same in by_key.items():
        for ordinal, figure in enumerate(
            sorted(same, key=lambda f: (f.published or date.min, f.value, f.bound, f.url or ""))
        ):
            rows.append(_curated(figure, _id(*key, str(ordinal))))
    return Rows((), tuple(sorted(rows)), (), ())


def rounding(value: Decimal) -> Decimal:
    """Half a unit of the last digit that the value shows.

    A large value is taken as it would be printed, in 万亿, 亿 or 万, down to its last digit that is not zero.

    >>> [f"{rounding(Decimal(text)):f}" for text in ("12.8", "1830", "18300", "650000000000", "4683300000000", "4900000000000")]
    ['0.05', '0.5', '50', '50000000', '50000000', '50000000000']
    """
    exponent = int(value.normalize().as_tuple().exponent) if value else 0
    for unit in _LARGE:
        if abs(value) >= unit:
            return min(Decimal(10) ** exponent, unit) / 2
    return Decimal(10) ** min(exponent, 0) / 2


def widened(raw: str, quote: Span, figure: Span) -> Span:
    """Move the start of a quote to the left until it begins with a letter or a digit.

    Where there is none to the left, it moves to the right instead, at most to the figure.

    >>> widened("获评“小巨人”企业5家", Span(2, 9), Span(8, 10))
    Span(start=1, end=10)
    """
    assert 0 <= quote.start <= figure.start < figure.end <= len(raw), f"figure {figure} outside of quote {quote}"
    left = quote.start
    while left > 0 and not raw[left].isalnum():
        left -= 1
    right = quote.start
    while right < figure.start and not raw[right].isalnum():
        right += 1
    return Span(left if raw[left].isalnum() else right, max(quote.end, figure.end))


def first_day(published: date | None, precision: str | None) -> date | None:
    """A partial date counts as its first day."""
    if published is None:
        return None
    return (
        published.replace(month=1, day=1)
        if precision == "year"
        else published.replace(day=1)
        if precision == "month"
        else published
    )


def _numbered(observations: Iterable[Observation]) -> list[tuple[Observation, int]]:
    """Merge observations of one key and value, and count the values of each key in the order of the text."""
    by_key = defaultdict[tuple[str, ...], dict[Decimal, list[Observation]]](lambda: defaultdict(list))
    for observation in sorted(observations, key=_in_text):
        by_key[_key(observation)][_stored(observation.value)].append(observation)
    return [(_merged(same), ordinal) for values in by_key.values() for ordinal, same in enumerate(values.values())]


def _merged(same: list[Observation]) -> Observation:
    """One observation with all evidence: exact before bounded, stated before carried, then the first in the text."""
    first, *others = sorted(same, key=lambda o: (o.bound != "=", o.rounding, o.period_basis != "stated", _in_text(o)))
    if not others:
        return first
    evidence = dict.fromkeys(e for o in (first, *others) for e in o.evidence)
    fields = {name: getattr(first, name) for name in first.__slots__}
    return Observation(**fields | {"evidence": tuple(evidence)})


def _in_text(o: Observation) -> tuple[object, ...]:
    """Where an observation stands in the text; of two at one place, an order that is always the same."""
    main = o.evidence[0]
    return (main.figure, main.quote, o.bound, o.printed, str(o.value), o.period_basis, o.place_basis, main.why, _key(o))


def _observation(article: Article, o: Observation, ordinal: int, cited: tuple[str, str]) -> ObservationRow:
    main = o.evidence[0]
    quote = widened(article.raw, main.quote, main.figure)
    return ObservationRow(
        id=_id(*_key(o), str(ordinal)), origin="article", article=article.name,
        indicator=o.indicator, place=o.place, measure=o.measure, share_of=o.share_of, scope=o.scope, status=o.status,
        period=str(o.period), period_start=o.period.start, period_end=o.period.end, period_kind=o.period.kind,
        value=_stored(o.value), bound=o.bound, rounding=_stored(o.rounding), printed=o.printed,
        quote=quote.of(article.raw), char_start=quote.start, char_end=quote.end,
        figure_start=main.figure.start, figure_end=main.figure.end,
        period_basis=o.period_basis, place_basis=o.place_basis, suspect=None,
        title=article.title, publisher=article.publisher, author=article.author,
        published=first_day(article.published, article.precision), published_precision=article.precision, url=article.url,
        seen="article", confirmed_by=None, note=None, citation_gbt=cited[0], citation_bibtex=cited[1],
    )  # fmt: skip


def _curated(figure: Figure, id_: str) -> ObservationRow:
    work = Work(id_, figure.title, figure.publisher, None, figure.published, figure.precision, figure.url)
    return ObservationRow(
        id=id_, origin="curated", article=None,
        indicator=figure.indicator, place=figure.place, measure=figure.measure, share_of=figure.share_of,
        scope=figure.scope, status=figure.status,
        period=str(figure.period), period_start=figure.period.start, period_end=figure.period.end, period_kind=figure.period.kind,
        value=figure.value, bound=figure.bound, rounding=_stored(figure.rounding), printed=figure.printed,
        quote=None, char_start=None, char_end=None, figure_start=None, figure_end=None,
        period_basis="stated", place_basis="stated", suspect=None,
        title=figure.title, publisher=figure.publisher, author=None,
        published=figure.published, published_precision=figure.precision, url=figure.url, seen=figure.seen,
        confirmed_by=figure.confirmed_by, note=figure.note,
        citation_gbt=citation.gbt(work), citation_bibtex=citation.bibtex(work),
    )  # fmt: skip


def _evidence(raw: str, id_: str, evidence: Iterable[Evidence]) -> Iterable[EvidenceRow]:
    for ordinal, one in enumerate(evidence):
        quote = widened(raw, one.quote, one.figure)
        yield EvidenceRow(
            id_, ordinal, quote.of(raw), quote.start, quote.end, one.figure.start, one.figure.end, one.why
        )


def _refusals(article: Article, reading: Reading) -> Iterable[RefusalRow]:
    """One refusal a figure: where two reasons were given, the one that names an indicator."""
    by_span = {r.span: r for r in sorted(reading.refusals, key=lambda r: (r.indicator, r.reason, r.detail))}
    for span, r in sorted(by_span.items()):
        yield RefusalRow(article.name, span.start, span.end, span.of(article.raw), r.reason, r.detail, r.indicator)


def _key(o: Observation) -> tuple[str, ...]:
    return (o.article, o.indicator, o.place, o.measure, o.share_of, o.scope, o.status, str(o.period))


def _curated_key(f: Figure) -> tuple[str, ...]:
    source = f"curated:{f.publisher or ''}|{f.title or ''}"
    return (source, f.indicator, f.place, f.measure, f.share_of, f.scope, f.status, str(f.period))


def _id(*parts: str) -> str:
    """A short hash of what an observation is about, never of where it stands or what it says."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _stored(value: Decimal) -> Decimal:
    """The value as the column holds it: six decimals at most; what runs on for ever (a third) keeps four."""
    if -int(value.as_tuple().exponent) <= 6:
        return value
    return value.quantize(Decimal("0.0001"), ROUND_HALF_EVEN)

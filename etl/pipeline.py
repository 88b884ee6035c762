"""The order of the stages, incremental and parallel: one refresh from the folder of articles to a published build.

In: a `Request`. Out: an `Outcome` with its counts; `InputError` or `BuildError` where nothing is published, and then
the build before keeps serving. An article is read again only if its bytes, its entry in sources.yaml, the catalogue or
the rules changed; where nothing at all is new, no file changes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any

from etl import articles, corrections, deliver, inputs, rows, runs, store
from etl.articles import Received
from etl.builds import Builds
from etl.catalogue import Catalogue
from etl.errors import BuildError, BusyError, EtlError, InputError, PassingError, Problem, told
from etl.inputs import Gathered
from etl.model import Article, Reading
from etl.rows import Rows
from etl.runs import By, Run
from etl.store import Before, Carried, Content, Report

Reader = Callable[[Article, Catalogue], Reading]
Tell = Callable[[int, int], None]  # articles read so far, and in all
Work = tuple[Received, str]  # a file, and its fingerprint
Result = tuple[str, Rows | list[Problem]]  # an article's name, and its rows or the problems of its file

_POOL_FROM = 48  # articles: for fewer, starting processes takes longer than reading
_catalogues: dict[str, Catalogue] = {}  # of a worker, by their SHA-256


@dataclass(frozen=True, slots=True)
class Request:
    """One run: the folder of articles, metrics.yaml, the data folder; `workers` of 1 is one process.

    `by` says who called for it, `started` when, in UTC; the build is dated so too. `news` counts what the feeds brought
    just before, by the names of the log, and `missed` says what they could not bring: both are told with the outcome.
    """

    articles: Path
    catalogue: Path
    data: Path
    workers: int = 1
    accept_loss: bool = False
    by: By = "hand"
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    news: Mapping[str, Any] = field(default_factory=dict)
    missed: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a refresh did. `report` is None where nothing was new, `build` the id of what is served."""

    report: Report | None
    build: str
    present: int
    read: int
    failures: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check looked at, and what it found wrong: with the files people write, and with the build (`faults`)."""

    indicators: int
    articles: int
    curated: int
    build: str | None
    failures: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    faults: tuple[str, ...]


def read_article(article: Article, catalogue: Catalogue) -> Reading:
    """Read one article by the rules of `etl.link`."""
    from etl import link  # a refresh without news does not pay for the import

    return link.read(article, catalogue)


def refresh(request: Request, read: Reader | None = None, tell: Tell = lambda _done, _of: None) -> Outcome:
    """Make a new build if anything is new, and serve it. Every run is logged, except one by hand that found nothing new."""
    builds, began = Builds(request.data), time.perf_counter()
    try:
        with builds.locked():
            outcome = _refresh(request, builds, partial(_read_all, request.workers, read or read_article, tell), began)
    except Exception as error:
        ended = "skipped" if isinstance(error, BusyError) else "failed"
        with suppress(OSError):  # what went wrong matters more; a full disk takes no line either
            runs.append(request.data, _run(request, began, outcome=ended, reason=told(error)))
        raise
    outcome = replace(outcome, failures=(*request.missed, *outcome.failures))
    if outcome.report is None and request.by == "hand" and not request.news:
        return outcome
    return _logged(request, outcome, _run(request, began, **_counts(outcome)))


def roll_back(data: Path, id_: str | None = None) -> str:
    """Serve an older build; give its id. The next refresh makes a new one from the files as they then are."""
    request, builds, began = Request(Path(), Path(), data), Builds(data), time.perf_counter()
    with builds.locked():
        chosen = builds.roll_back(id_)
        runs.append(data, _run(request, began, outcome="rolled back", build=chosen))
    return chosen


def check(request: Request) -> Checked:
    """Check all that people write, every article's file, and the build that is served; `InputError` as for a refresh."""
    gathered, builds = inputs.gather(request.articles, request.catalogue), Builds(request.data)
    failures, corrected = list(gathered.folder.failures), {c.article for c in gathered.corrections}
    as_read, known = list[corrections.AsRead](), set[str]()
    for received in gathered.folder.received:
        try:
            article = articles.read(received)
        except InputError as error:
            failures += error.problems
            continue
        if received.name in corrected:
            known.add(received.name)
            as_read += _as_read(rows.of_article(article, read_article(article, gathered.catalogue), ""))
    try:
        corrections.settle(gathered.corrections, as_read, known)
    except InputError as error:
        failures += error.problems
    current = next(iter(builds.by_preference()), None)  # the one that is meant to be served, whether it opens or not
    return Checked(
        indicators=len(gathered.catalogue.indicators),
        articles=len(gathered.folder.received),
        curated=len(gathered.curated.observations),
        build=current,
        failures=tuple(sorted(failures)),
        remarks=tuple(_remarks(gathered)),
        faults=tuple(store.faults(builds.path(current))) if current else (),
    )


def _as_read(read: Rows) -> list[corrections.AsRead]:
    return [
        corrections.AsRead(o.id, o.article or "", o.indicator, o.place, o.measure, o.period, o.quote or "")
        for o in read.observations
    ]


def _remarks(gathered: Gathered) -> list[Problem]:
    """What is odd about the files that people write, and no fault."""
    received = {one.name for one in gathered.folder.received}
    return sorted([*gathered.folder.remarks, *corrections.idle(gathered.corrections, received)])


def explain(request: Request, name: str, offset: int) -> str:
    """Tell which rules made or refused the figure at a character of an article's raw text."""
    from etl import link

    catalogue = Catalogue.load(request.catalogue)
    folder = articles.listing(request.articles, catalogue.places)
    received = next((r for r in folder.received if name in (r.name, r.path.name)), None)
    if received is None:
        names = ", ".join(r.name for r in folder.received)
        raise EtlError(f'there is no article "{name}" in {request.articles}; there are {names or "none"}')
    article = articles.read(received)
    if offset >= len(article.raw):
        raise EtlError(f"{received.path} has {len(article.raw)} characters; {offset} is behind its end")
    return link.explain(article, catalogue, offset)


def _refresh(
    request: Request,
    builds: Builds,
    read_all: Callable[[list[Received], Gathered], dict[str, Rows | list[Problem]]],
    began: float,
) -> Outcome:
    gathered = inputs.gather(request.articles, request.catalogue)
    id_, before = _before(builds)
    present = len(gathered.folder.received)
    if id_ and before and before.inputs_sha256 == gathered.inputs:
        builds.point(id_)
        return Outcome(
            None, id_, present, 0, tuple(before.failures), tuple(before.remarks), time.perf_counter() - began
        )
    _expect_articles(request, gathered, before)
    results = read_all([r for r in gathered.folder.received if not _unchanged(r.name, gathered, before)], gathered)
    content = _content(request, gathered, results, before)
    builds.clear_candidate()
    try:
        before_path = builds.path(id_) if id_ else None
        report = store.write(builds.candidate, content, builds.next_number(), before_path, deliver.enclose)
        builds.publish(report.id)
    finally:
        builds.clear_candidate()
    read = sum(isinstance(result, Rows) for result in results.values())
    return Outcome(
        report, report.id, present, read, tuple(content.failures), tuple(content.remarks), time.perf_counter() - began
    )


def _before(builds: Builds) -> tuple[str | None, Before | None]:
    """The build that is served; if its file is damaged anywhere, the newest that is not."""
    for id_ in builds.by_preference():
        if before := store.look(builds.path(id_)):
            return id_, before
    return None, None


def _content(
    request: Request, gathered: Gathered, results: dict[str, Rows | list[Problem]], before: Before | None
) -> Content:
    """Sort what was read, what is carried over and what failed."""
    stood = {name: article for name, article in before.articles.items() if article[0] != "withdrawn"} if before else {}
    carried, failures = [], list(gathered.folder.failures)
    for name, print_ in gathered.prints.items():
        if isinstance(problems := results.get(name, []), Rows):
            continue
        failures += problems
        if name in stood:
            note = problems[0].fault if problems else None
            carried.append(Carried(name, "kept" if note else "read", note, print_))
    fresh = [result for _, result in sorted(results.items()) if isinstance(result, Rows)]
    return Content(
        catalogue=gathered.catalogue,
        rows=[*fresh, gathered.curated],
        rules_sha256=gathered.rules,
        inputs_sha256=gathered.inputs,
        made_at=request.started.astimezone(UTC).replace(tzinfo=None),
        carried=carried,
        causes={row.article: _cause(row.article, row.sha256, gathered, before) for r in fresh for row in r.articles},
        failures=sorted(failures),
        corrections=gathered.corrections,
        remarks=_remarks(gathered),
        accept_loss=request.accept_loss,
        accuracy=gathered.accuracy,
    )


def _cause(name: str, sha256: str, gathered: Gathered, before: Before | None) -> str:
    """Why an article was read: the first that changed of its file, the catalogue, the rules, its entry."""
    if before is None or name not in before.articles or before.articles[name][2] != sha256:
        return "article"
    if before.catalogue_sha256 != gathered.catalogue.sha256:
        return "catalogue"
    return "rules" if before.rules_sha256 != gathered.rules else "sources"


def _unchanged(name: str, gathered: Gathered, before: Before | None) -> bool:
    return before is not None and before.articles.get(name, ("", "", ""))[:2] == ("read", gathered.prints[name])


def _expect_articles(request: Request, gathered: Gathered, before: Before | None) -> None:
    """A folder that suddenly holds no article at all is more likely a wrong path than a wish."""
    stood = before and any(state != "withdrawn" for state, *_ in before.articles.values())
    if stood and not gathered.folder.received and not request.accept_loss:
        raise BuildError(f"{request.articles} holds no article any more; if that is meant, pass --accept-loss")


# ------------------------------------------------------------------------------------------------------------ the log


def _run(request: Request, began: float, **what: Any) -> Run:
    seconds = round(time.perf_counter() - began, 2)
    return Run(request.started.isoformat(timespec="seconds"), seconds, request.by, **what, **request.news)


def _counts(outcome: Outcome) -> dict[str, Any]:
    """What the log of runs tells of a run that did not fail."""
    report, failures = outcome.report, [str(problem) for problem in outcome.failures]
    return {
        "outcome": "published" if report else "unchanged",
        "build": outcome.build,
        "articles": outcome.present,
        "read": outcome.read,
        **{name: getattr(report, name, 0) for name in ("added", "revised", "withdrawn")},
        "failed": len(failures),
        "failures": failures,
    }


def _logged(request: Request, outcome: Outcome, run: Run) -> Outcome:
    """Log a run that did not fail; that it cannot be logged is a remark: what it published is served all the same."""
    try:
        runs.append(request.data, run)
    except OSError as error:
        remark = Problem(
            str(request.data / runs.FILE), 1, f"this run is not logged ({error.strerror}); make room for it"
        )
        return replace(outcome, remarks=(*outcome.remarks, remark))
    return outcome


# ------------------------------------------------------------------------------------------------------------ reading


def _read_all(
    workers: int, read: Reader, tell: Tell, received: list[Received], gathered: Gathered
) -> dict[str, Rows | list[Problem]]:
    """Read articles, here or in a pool of processes; by name, the rows of each or the problems of its file."""
    work = [(one, gathered.prints[one.name]) for one in received]
    if workers == 1 or len(work) < _POOL_FROM:
        return _collected(_read_group(read, gathered.catalogue, work), len(work), tell)
    try:
        with ProcessPoolExecutor(workers, get_context("spawn"), _end_with_parent) as pool:
            return _collected(_pooled(pool, partial(_group, read, gathered.catalogue), work, workers), len(work), tell)
    except BrokenExecutor as error:
        raise PassingError("a reading process died; is there memory enough for that many --workers?") from error


def _end_with_parent() -> None:
    """In a worker: end as soon as the process that wants the results has; one that is killed cannot say so."""
    parent = parent_process()
    assert parent

    def end() -> None:
        parent.join()
        os._exit(1)

    Thread(target=end, daemon=True).start()


def _collected(results: Iterable[Result], of: int, tell: Tell) -> dict[str, Rows | list[Problem]]:
    collected = {}
    for name, result in results:
        collected[name] = result
        tell(len(collected), of)
    return collected


def _pooled(
    pool: Executor, read_group: Callable[[list[Work]], list[Result]], work: list[Work], workers: int
) -> Iterator[Result]:
    """Group the work: a task carries the catalogue once for many articles."""
    size = max(1, min(50, len(work) // (workers * 4)))
    for results in pool.map(read_group, [work[start : start + size] for start in range(0, len(work), size)]):
        yield from results


def _group(read: Reader, catalogue: Catalogue, work: list[Work]) -> list[Result]:
    """One task of a worker: it keeps the first catalogue of its kind, so that what hangs on it is made once."""
    known = _catalogues.setdefault(catalogue.sha256, catalogue)
    return list(_read_group(read, known, work))


def _read_group(read: Reader, catalogue: Catalogue, work: Iterable[Work]) -> Iterator[Result]:
    for received, fingerprint in work:
        yield received.name, _read_one(read, catalogue, received, fingerprint)


def _read_one(read: Reader, catalogue: Catalogue, received: Received, fingerprint: str) -> Rows | list[Problem]:
    """Read one file; a fault of the file is a result, a fault of the rules stops the run."""
    try:
        article = articles.read(received)
    except InputError as error:
        return error.problems
    try:
        return rows.of_article(article, read(article, catalogue), fingerprint)
    except Exception as error:
        raise BuildError(f"{received.path}: the rules failed on it: {type(error).__name__}: {error}") from error

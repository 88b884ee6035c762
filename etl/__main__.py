"""The commands: refresh · schedule · add · check · export · verify · explain · rollback. Thin: each calls one part and prints it.

Problems go to stderr, one a line, as file:line: fault; remedy. Exit status: 0 all read, 3 published although something
could not be read, 1 nothing published or found wrong, 2 a command that is not understood.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from etl.errors import EtlError, Problem, told

if TYPE_CHECKING:
    from etl.catalogue import Catalogue
    from etl.intake import Original, Taken
    from etl.manners import Manners
    from etl.model import About
    from etl.pipeline import Request

ARTICLES = click.option(
    "--articles", type=click.Path(path_type=Path), default="seeds", show_default=True, help="Folder of the articles."
)
CATALOGUE = click.option(
    "--catalogue",
    type=click.Path(path_type=Path),
    default="metrics.yaml",
    show_default=True,
    help="The catalogue of indicators.",
)
DATA = click.option(
    "--data", type=click.Path(path_type=Path), default="data", show_default=True, help="Folder of the builds."
)
ALLOW = click.option(
    "--allow", multiple=True, metavar="HOST", help="Fetch from this host and those below it alone; may be given again."
)
WORKERS = click.option(
    "--workers", type=click.IntRange(min=1), default=os.cpu_count() or 1, help="Processes; 1 is this one alone."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def etl() -> None:
    """Read articles into a database of dated, placed and sourced figures."""


@etl.command()
@ARTICLES
@CATALOGUE
@DATA
@WORKERS
@click.option("--accept-loss", is_flag=True, help="Publish although many observations vanish.")
@click.option("--feeds", is_flag=True, help="Look for new articles first, where feeds.yaml says.")
@ALLOW
def refresh(*, feeds: bool, allow: tuple[str, ...], **of: Any) -> None:
    """Read what is new and publish a build of the database."""
    from etl import pipeline

    request = pipeline.Request(**of)
    if feeds:
        request = _looked(allow, request)
    with _progress() as tell:
        outcome = pipeline.refresh(request, tell=tell)
    _print_problems([*outcome.failures, *outcome.remarks])
    print(_closing(outcome))
    sys.exit(3 if outcome.failures else 0)


@etl.command()
@click.option(
    "--cron", default="0 6 * * *", show_default=True, metavar="TIMES", help="Minute, hour, day, month, weekday."
)
@click.option("--timezone", default="Asia/Shanghai", show_default=True, help="Of the times.")
@ARTICLES
@CATALOGUE
@DATA
@WORKERS
@ALLOW
def schedule(cron: str, timezone: str, allow: tuple[str, ...], **of: Any) -> None:
    """Look at the feeds and refresh at the times of a crontab expression, until asked to end (Ctrl-C).

    Makes up for a missed time, and tries again what may pass.
    """
    from etl import pipeline
    from etl import schedule as when

    request, trigger = pipeline.Request(**of), when.cron(cron, timezone)
    timetable = when.Timetable(trigger, when.last_served(request, request.started))
    with when.signals() as wait:
        tell = partial(_print_ran, trigger.timezone)
        when.Schedule(request, timetable, wait, tell, lambda now: pipeline.refresh(_looked(allow, now))).keep()


@etl.command()
@click.argument("files", metavar="FILE|URL...", nargs=-1, required=True)
@ARTICLES
@CATALOGUE
@ALLOW
@click.option("--title", help="The headline.")
@click.option("--publisher", help="The newspaper, journal or office.")
@click.option("--author")
@click.option("--published", help="The day of publication as far as it is known: 2024-09-10, 2024-09 or 2024.")
@click.option("--language", help="zh-Hans, zh-Hant or en; told by the text where it is not given.")
@click.option("--place", help="What the article is about: the id of a place of the catalogue.")
@click.option("--url", help="Where it was published.")
def add(files: tuple[str, ...], articles: Path, catalogue: Path, allow: tuple[str, ...], **given: str | None) -> None:
    """Take articles in: text, original and an entry in sources.yaml. What a file does not tell is asked on a terminal."""
    from etl import intake
    from etl.catalogue import Catalogue
    from etl.model import About

    if any(given.values()) and len(files) > 1:
        raise click.UsageError("options describe one article; add the files one by one, or without options")
    known, facts = Catalogue.load(catalogue), dict[str, Any]()
    for name, said in given.items():
        facts |= _fact(name, said, known) if said else {}
    ask = partial(_asked, known) if sys.stdin.isatty() else None
    take = partial(intake.take, folder=articles, given=About(**facts), ask=ask)
    taken = [_take(file, lambda file: take(_original(file, allow)), known) for file in files]
    sys.exit(0 if all(taken) else 1)


@etl.command()
@ARTICLES
@CATALOGUE
@DATA
def check(articles: Path, catalogue: Path, data: Path) -> None:
    """Check the catalogue, sources.yaml, the curated figures, every article's file and the build that is served."""
    from etl import pipeline

    checked = pipeline.check(pipeline.Request(articles, catalogue, data))
    _print_problems([*checked.failures, *checked.remarks])
    for fault in checked.faults:
        print(fault, file=sys.stderr)
    print(
        f"{checked.indicators} indicators · {checked.articles} articles · {checked.curated} curated figures · build {checked.build or 'none'}"
    )
    sys.exit(1 if checked.failures or checked.faults else 0)


@etl.command()
@DATA
@click.option("--output", type=click.Path(path_type=Path), help="Folder to write observations.csv into.")
@click.option("--bundle", type=click.Path(path_type=Path, dir_okay=False), help="Zip file to write the bundle to.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Of --output: only what had been published by then.")
def export(data: Path, output: Path | None, bundle: Path | None, as_of: datetime | None) -> None:
    """Write the table of observations, or the bundle that proves itself, of the build that is served."""
    from etl import deliver
    from etl.builds import connect

    if not (output or bundle) or (as_of and not output):
        raise click.UsageError("say what to write: --output DIR [--as-of DAY], --bundle FILE.zip, or both")
    with connect(_current(data)) as build:
        if bundle:
            print(f"{deliver.bundle(build, bundle)}: data version {deliver.version(build)}")
        if as_of:
            build.execute("SET VARIABLE as_of = $1", [as_of.date()])
        if output:
            print(f"{deliver.export(build, output)}: data version {deliver.version(build)}")


@etl.command()
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option(
    "--articles",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder of the articles as received.",
)
def verify(bundle: Path, articles: Path | None) -> None:
    """Prove a bundle: its checksums, every value from what is printed and, with the articles, every quote."""
    from etl import verify as proving

    proof = proving.verify(bundle, articles)
    for fault in proof.faults:
        print(fault, file=sys.stderr)
    if proof.faults:
        print(f"{bundle}: {len(proof.faults)} faults", file=sys.stderr)
        sys.exit(1)
    quotes = (
        f"{proof.quotes} quotes found in their articles" if articles else "quotes not checked, for want of --articles"
    )
    print(
        f"{bundle}: {proof.members} members as their checksums say; {proof.values} values as printed "
        f"({proof.curated} of them curated, without a quote), {proof.amended} amended by hand; {quotes}"
    )
    if proof.absent:
        print(f"not at hand, so not checked: {', '.join(proof.absent)}")


@etl.command()
@click.argument("position", metavar="ARTICLE:OFFSET")
@ARTICLES
@CATALOGUE
def explain(position: str, articles: Path, catalogue: Path) -> None:
    """Tell which rules made or refused the figure at a character of an article."""
    from etl import pipeline

    name, _, offset = position.rpartition(":")
    if not name or not offset.isdecimal():
        raise click.UsageError(f'"{position}" is not ARTICLE:OFFSET; write, for example, 002_b406db96828a8de5:410')
    print(pipeline.explain(pipeline.Request(articles, catalogue, Path()), name, int(offset)))


@etl.command()
@DATA
@click.argument("build", required=False)
def rollback(data: Path, build: str | None) -> None:
    """Serve the build before the current one, or the BUILD named."""
    from etl import pipeline

    print(f"build {pipeline.roll_back(data, build)} is served")


def main(arguments: list[str] | None = None) -> None:
    """Run a command; an error that names its cause is printed without a traceback."""
    try:
        etl(arguments, prog_name="python -m etl")
    except EtlError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except OSError as error:  # a folder that cannot be written, a full disk
        print(f"{told(error)}; nothing is published", file=sys.stderr)
        sys.exit(1)


def _current(data: Path) -> Path:
    from etl.builds import Builds

    builds = Builds(data)
    if (current := builds.current() or next(iter(builds.by_preference()), None)) is None:
        raise EtlError(f"there is no build in {data}; run: python -m etl refresh --data {data}")
    return builds.path(current)


def _original(file: str, allow: tuple[str, ...]) -> Original:
    """A file, or what lies at an address."""
    from etl import intake

    if "://" not in file:
        return intake.load(Path(file))
    return intake.of(_manners(allow).fetch(file))


def _manners(allow: tuple[str, ...]) -> Manners:
    from etl.fetch import Policy
    from etl.manners import Manners

    return Manners(Policy(allowed=frozenset(allow)))


def _looked(allow: tuple[str, ...], request: Request) -> Request:
    """A request after a look at the feeds."""
    from etl import feeds

    return feeds.look(request, _manners(allow))


def _take(file: str, take: Callable[[str], Taken], catalogue: Catalogue) -> bool:
    """Take one article in and say what became of it; whether it is there now."""
    from etl import intake

    try:
        taken = take(file)
    except EtlError as error:
        print(error, file=sys.stderr)
        return False
    except OSError as error:
        print(f"{error.filename or file}: {error.strerror}; {file} is not taken in", file=sys.stderr)
        return False
    print(f"{file}: {_told(taken)}")
    if not intake.concerns(taken.text, catalogue):
        print(f"{file}: names no place with an indicator of the catalogue: it will give no figures", file=sys.stderr)
    return True


def _told(taken: Taken) -> str:
    """What became of a file, in a line."""
    if taken.state == "known":
        return f"known already as {taken.file}"
    from etl import sources

    day = sources.printed_day(taken.about) or "undated, so only what it dates itself is read"
    facts = [f"{len(taken.text):,} characters", taken.about.publisher or "publisher unknown", day]
    done = f"taken in as {taken.file}" if taken.state == "new" else f"was there as {taken.file}, and has an entry now"
    return f"{done} ({', '.join(facts)})"


def _asked(catalogue: Catalogue, about: About) -> About:
    """Ask the person at the terminal for what is not known."""
    for name, words in _QUESTIONS.items():
        if getattr(about, name) is None:
            check = partial(_answer, name, catalogue)
            about = replace(about, **click.prompt(words, default="", show_default=False, value_proc=check, err=True))
    return about


_QUESTIONS = {
    "title": "Title (Enter where it is not known)",
    "publisher": "Publisher",
    "author": "Author",
    "published": "Published (2024-09-10, 2024-09 or 2024)",
    "place": "Place it is about (an id, such as suzhou or sip)",
    "url": "Address",
}


def _answer(name: str, catalogue: Catalogue, said: str) -> dict[str, Any]:
    return _fact(name, said.strip(), catalogue) if said.strip() else {}


def _fact(name: str, said: str, catalogue: Catalogue) -> dict[str, Any]:
    """What an option or an answer says of an article, by the names of `About`."""
    from etl import sources

    if name == "published":
        try:
            day, precision = sources.partial_date(said)
        except ValueError:
            raise click.BadParameter(f'"{said}" is no date; write 2024-09-10, 2024-09 or 2024') from None
        return {"published": day, "precision": precision}
    if name == "place" and said not in catalogue.places:
        raise click.BadParameter(f'"{said}" is no place of the catalogue; it has {", ".join(catalogue.places)}')
    if name == "url" and not sources.ADDRESS.match(said):
        raise click.BadParameter(f'"{said}" is not an address; begin it with http:// or https://')
    return {name: " ".join(said.split())}


def _progress() -> AbstractContextManager[Any]:
    """A way to tell how far the reading is: a bar on a terminal, plain lines elsewhere."""
    return _Bar() if sys.stderr.isatty() else nullcontext(_line)


def _line(done: int, of: int) -> None:
    if done == of or done % 50 == 0:
        print(f"{done} of {of} articles read", flush=True)


class _Bar:
    """A bar that appears with the first article."""

    def __init__(self) -> None:
        self.bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int, of: int) -> None:
        if self.bar is None:
            self.bar = click.progressbar(length=of, label="reading articles", file=sys.stderr, show_pos=True)
            self.bar.__enter__()
        self.bar.update(done - self.bar.pos)

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.__exit__(*error)


def _print_ran(zone: tzinfo, ran: Any) -> None:
    """One line on stdout for a run of the schedule, in its time zone; problems on stderr, as ever."""
    if isinstance(ran.ended, Exception):
        first, *more = told(ran.ended).splitlines()
        said = f"nothing is published: {first}" + (f" (and {len(more)} more)" if more else "")
        print(told(ran.ended), file=sys.stderr)
    else:
        said = _closing(ran.ended)
        _print_problems([*ran.ended.failures, *ran.ended.remarks])
    began, following = (f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" for moment in (ran.started, ran.next))
    print(f"{began} {ran.by}: {said}; next at {following}", flush=True)


def _print_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def _closing(outcome: Any) -> str:
    """The closing line of a refresh: what was read, what stands, what changed."""
    unread = f", {len(outcome.failures)} failed" if outcome.failures else ""
    if (report := outcome.report) is None:
        return f"nothing new: {outcome.present} articles unchanged{unread} ({outcome.seconds:.1f} s)"
    return (
        f"build {report.id}: {outcome.read} of {outcome.present} articles read anew{unread}; {report.observations} observations, "
        f"{report.curated} curated figures, {report.refusals} refusals; {report.added} added, {report.revised} revised, "
        f"{report.withdrawn} withdrawn; {report.suspects} suspect, {report.conflicts} conflicts ({outcome.seconds:.1f} s)"
    )


if __name__ == "__main__":
    main()

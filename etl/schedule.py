"""When to refresh: at the times of a crontab expression, after a missed one, and again after what may pass.

In: a `Request`, a `Timetable` and what a run does (`work`: a refresh, after a look at the feeds). Out: a `Ran` after each
run; the log of runs is written by the run itself. The loop asks the clock twice a minute and keeps nothing that a restart
would miss, so it does not matter whether the process was down, the machine asleep or its clock set anew: a time is missed
if it came after the last run began and is past. Many missed times are one run.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.cron import CronTrigger

from etl import pipeline, runs
from etl.errors import EtlError, PassingError
from etl.pipeline import Outcome, Request
from etl.runs import By

LOOK = timedelta(seconds=30)  # how often the clock and the files are looked at
LATE = timedelta(minutes=2)  # less is no missed time, and no clock that was set back
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))  # after a run that may go well later

_NEVER = datetime.fromtimestamp(0, UTC)
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")  # as a crontab counts them: 0 and 7 are Sunday
_PART = re.compile(r"[\d*/-]+|[a-z]{3}(?:-[a-z]{3})?")
_WEEKDAYS = re.compile(r"(\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>[1-7]))?")

# ----------------------------------------------------------------------------------------------------------- expression


def cron(expression: str, timezone: str) -> CronTrigger:
    """The times of a crontab expression; `EtlError` says what is wrong with it and gives an example."""
    zone = _zone(timezone)
    try:
        trigger = CronTrigger.from_crontab(" ".join(_fields(expression)), zone)
    except ValueError as error:
        raise _no_time(expression, str(error)) from error
    if trigger.get_next_fire_time(None, _NEVER) is None:
        raise _no_time(expression, "that day never comes")
    return trigger


def _no_time(expression: str, fault: str) -> EtlError:
    return EtlError(
        f'"{expression}" is no time to refresh: {fault}; write minute, hour, day of the month, month and weekday, '
        'such as "0 6 * * *" (every day at six) or "30 7 * * mon-fri"'
    )


def _fields(expression: str) -> list[str]:
    """The fields of an expression in the meaning of a crontab; `ValueError` where that is not to be had.

    APScheduler 3 ignores what it does not know behind a name, counts weekdays from Monday as 0, and wants both kinds of
    day to fit where a crontab wants either: names stand alone here, weekdays are written out, two days are refused.
    """
    fields = expression.lower().split()
    if len(fields) != 5:
        raise ValueError(f"it has {len(fields)} fields, not 5")
    for part in ",".join(fields[:4]).split(","):
        if not _PART.fullmatch(part):
            raise ValueError(f'"{part}" is not understood')
    if "*" not in (fields[2], fields[4]):
        raise ValueError("a day of the month and a weekday at once mean different things to different programs")
    return [*fields[:4], _weekdays(fields[4])]


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise EtlError(f'there is no time zone "{name}"; write, for example, Asia/Shanghai') from error


def _weekdays(text: str) -> str:
    """Weekdays of a crontab by their names.

    >>> _weekdays("1-5"), _weekdays("7,3"), _weekdays("fri-mon"), _weekdays("*/2"), _weekdays("*")
    ('mon,tue,wed,thu,fri', 'sun,wed', 'fri,sat,sun,mon', 'sun,tue,thu,sat', '*')
    """
    return text if text == "*" else ",".join(dict.fromkeys(day for part in text.split(",") for day in _days(part)))


def _days(part: str) -> tuple[str, ...]:
    if (match := _WEEKDAYS.fullmatch(part.lower())) is None:
        raise ValueError(f'"{part}" is no weekday')
    first, last = (_day(match[end] or "") for end in ("first", "last"))
    if first is None:
        first, last = 0, 6
    elif last is None:
        last = 6 if match["step"] else first
    days = (*_DAYS[:7], *_DAYS[:7])
    return days[first : (last if last >= first else last + 7) + 1 : int(match["step"] or 1)]


def _day(word: str) -> int | None:
    if not word:
        return None
    if word not in (*_DAYS, *"01234567"):
        raise ValueError(f'"{word}" is no weekday')
    return int(word) if word.isdecimal() else _DAYS.index(word)


# ------------------------------------------------------------------------------------------------------------ timetable


@dataclass
class Timetable:
    """What calls for the next run. It has no clock: it is told the time, and may be told an earlier one than before."""

    trigger: CronTrigger
    served: datetime = _NEVER  # every time up to here has had its run
    again: datetime | None = None  # when to try again
    tries: int = 0  # how often that was done since a time called

    def next(self) -> datetime:
        """When the next run is due, unless something happens before."""
        time: datetime | None = self.trigger.get_next_fire_time(None, self.served + timedelta(microseconds=1))
        assert time, "the calendar ended"
        return min(time, self.again) if self.again else time

    def call(self, now: datetime) -> By | None:
        """Who calls for a run now, if anybody does."""
        if now < self.served - LATE:  # the clock was set back: those times come once more
            self.served, self.again = now, self.again and now
        if (due := self.next()) > now:
            return None
        if due == self.again:
            return "retry"
        return "schedule" if now - due <= LATE else "catch-up"

    def note(self, by: By, began: datetime, ended: datetime, error: Exception | None) -> None:
        """Take down how a run went; what may pass is tried again, later each time."""
        self.served = began
        self.tries = self.tries + 1 if by == "retry" else 0
        may_pass = isinstance(error, (PassingError, OSError)) and self.tries < len(RETRIES)
        self.again = ended + RETRIES[self.tries] if may_pass else None


def last_served(request: Request, now: datetime) -> datetime:
    """When the last run began that came to an end, by the log; a line from the future tells of a wrong clock."""
    done = (run for run in runs.last(request.data, runs.KEPT) if run.get("outcome") in ("published", "unchanged"))
    return max((began for run in done if (began := _moment(run.get("started"))) <= now), default=_NEVER)


def _moment(text: Any) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return _NEVER


# ----------------------------------------------------------------------------------------------------------------- loop


@dataclass(frozen=True, slots=True)
class Ran:
    """A run that was called for: its outcome or what stopped it, and when the next is due."""

    by: By
    started: datetime
    ended: Outcome | Exception
    next: datetime


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Schedule:
    """Refreshes by a timetable until `wait` says that it is over. Time is what `clock` and `wait` make of it."""

    request: Request
    timetable: Timetable
    wait: Callable[[float], bool]  # seconds → whether to go on
    tell: Callable[[Ran], None] = lambda _ran: None
    work: Callable[[Request], Outcome] = pipeline.refresh
    clock: Callable[[], datetime] = _now
    _faulty: object = field(default=None, init=False)  # the files as they were when people had to mend something

    def keep(self) -> None:
        """Run whenever a run is called for. No error of a run ends this, a signal does, after the run at work."""
        while self.wait(self._pause().total_seconds()):
            if by := self.timetable.call(self.clock()) or self._mended():
                self._run(by)

    def _pause(self) -> timedelta:
        return max(min(LOOK, self.timetable.next() - self.clock()), timedelta(milliseconds=10))

    def _mended(self) -> By | None:
        return "retry" if self._faulty and self._faulty != _files(self.request) else None

    def _run(self, by: By) -> None:
        began, files = self.clock().astimezone(UTC), _files(self.request)
        ended: Outcome | Exception
        try:
            ended = self.work(replace(self.request, by=by, started=began))
        except Exception as error:  # noqa: BLE001 - whatever it is, the next run is due at its time
            ended = error
        failed = ended if isinstance(ended, Exception) else None
        self.timetable.note(by, began, self.clock(), failed)
        self._faulty = files if failed and not self.timetable.again else None
        with suppress(OSError, ValueError):  # a full disk under stdout, or nobody at its other end
            self.tell(Ran(by, began, ended, self.timetable.next()))


def _files(request: Request) -> object:
    """What tells, without reading them, whether a file that people write was touched."""
    try:
        stats = {path: path.stat() for path in (request.catalogue, *request.articles.iterdir())}
    except OSError as error:
        return str(error)
    return sorted((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats.items())


@contextmanager
def signals() -> Iterator[Callable[[float], bool]]:
    """A wait for so many seconds; False at once when the process is asked to end (SIGTERM, Ctrl-C).

    A run at work is finished first; whoever asks a second time ends it too, and the next run recovers.
    """
    asked: SimpleQueue[int] = SimpleQueue()

    def ask(number: int, _frame: object) -> None:
        if not asked.empty():
            raise KeyboardInterrupt
        asked.put(number)

    def wait(seconds: float) -> bool:
        with suppress(Empty):
            asked.get(timeout=seconds)
            return False
        return True

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield wait
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

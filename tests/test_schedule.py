"""The schedule: when a run is called for, what follows a run that failed, how it ends, and what the README says of it."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

from etl import runs
from etl.__main__ import main
from etl.errors import BuildError, BusyError, EtlError, InputError, PassingError, Problem
from etl.pipeline import Outcome, Request
from etl.runs import Run
from etl.schedule import Ran, Schedule, Timetable, cron, last_served
from tests.clockwork import HOUR, MIDNIGHT, MINUTE, ZONE, Day, since
from tests.conftest import ROOT, Press


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    (tmp_path / "articles").mkdir()
    (tmp_path / "metrics.yaml").touch()
    return Request(tmp_path / "articles", tmp_path / "metrics.yaml", tmp_path / "data")


def log(request: Request, started: datetime, outcome: str = "unchanged") -> None:
    runs.append(request.data, Run(started.isoformat(), 1, "schedule", outcome))


def nothing_new(request: Request) -> Outcome:
    """A run as the schedule sees it: logged, and without an error."""
    log(request, request.started)
    return Outcome(None, "1-abc", 0, 0, (), (), 0.0)


def raising(*errors: Exception) -> Callable[[Request], Outcome]:
    """Runs that fail one after another, and go well when there are no more errors."""
    left = list(errors)

    def work(request: Request) -> Outcome:
        if left:
            raise left.pop(0)
        return nothing_new(request)

    return work


# ---------------------------------------------------------------------------------------------------------- expressions
@pytest.mark.parametrize(
    ("expression", "times"),
    [
        ("0 6 * * *", ["Mon 23 06:00", "Tue 24 06:00"]),
        ("30 7,19 * * *", ["Mon 23 07:30", "Mon 23 19:30"]),
        ("*/20 0 * * *", ["Mon 23 00:00", "Mon 23 00:20", "Mon 23 00:40", "Tue 24 00:00"]),
        ("0 6 * * 1", ["Mon 23 06:00", "Mon 30 06:00"]),
        ("0 6 * * 0", ["Sun 29 06:00"]),
        ("0 6 * * 7", ["Sun 29 06:00"]),
        ("0 6 * * 5-7", ["Fri 27 06:00", "Sat 28 06:00", "Sun 29 06:00", "Fri 04 06:00"]),
        ("0 6 * * Sat-Mon", ["Mon 23 06:00", "Sat 28 06:00", "Sun 29 06:00", "Mon 30 06:00"]),
        ("0 6 * * */3", ["Wed 25 06:00", "Sat 28 06:00", "Sun 29 06:00"]),
        ("0 6 * * mon-fri/2", ["Mon 23 06:00", "Wed 25 06:00", "Fri 27 06:00", "Mon 30 06:00"]),
        ("0 0 1 jan *", ["Fri 01 00:00"]),
    ],
)
def test_an_expression_means_what_it_means_in_a_crontab(expression: str, times: list[str]) -> None:
    timetable, found = Timetable(cron(expression, ZONE), MIDNIGHT - MINUTE), []
    for _ in times:
        timetable.served = timetable.next()
        found.append(f"{timetable.served:%a %d %H:%M}")

    assert found == times


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("", "it has 0 fields, not 5"),
        ("0 6 * *", "it has 4 fields, not 5"),
        ("* * * * * *", "it has 6 fields, not 5"),
        ("@daily", "it has 1 fields, not 5"),
        ("x 6 * * *", '"x" is not understood'),
        ("61 6 * * *", "the last value (61) is higher than the maximum value (59)"),
        ("0 6 0 * *", "the first value (0) is lower than the minimum value (1)"),
        ("1,,2 6 * * *", '"" is not understood'),
        ("0 6 * jan-jun/2 *", '"jan-jun/2" is not understood'),
        ("0 6 * foo *", 'Invalid month name "foo"'),
        ("0 6 * * 8", '"8" is no weekday'),
        ("0 6 * * someday", '"someday" is no weekday'),
        ("0 6 31 2 *", "that day never comes"),
        ("0 6 1 * mon", "a day of the month and a weekday at once"),
    ],
)
def test_a_wrong_expression_is_named_with_an_example(
    expression: str, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="1"):
        main(["schedule", "--cron", expression])

    said = capsys.readouterr().err
    assert f'"{expression}" is no time to refresh: ' in said
    assert fault in said
    assert 'such as "0 6 * * *" (every day at six)' in said


@pytest.mark.parametrize("zone", ["Asia/Suzhou", "", "../UTC"])
def test_a_wrong_time_zone_is_named_with_an_example(zone: str) -> None:
    with pytest.raises(EtlError, match=f'no time zone "{zone}"; write, for example, Asia/Shanghai'):
        cron("0 6 * * *", zone)


# ---------------------------------------------------------------------------------------------------------------- times
def test_every_time_of_a_day_has_its_run(request_: Request) -> None:
    log(request_, MIDNIGHT - MINUTE)
    day = Day(until=MIDNIGHT + 24 * HOUR)
    day.keep(request_, nothing_new)

    assert day.said() == [("schedule", time) for time in ("00:00", "06:00", "12:00", "18:00")]
    assert [since(ran.next) for ran in day.ran] == ["06:00", "12:00", "18:00", "1 days 00:00"]
    assert [line["started"][11:16] for line in runs.last(request_.data, 4)] == ["16:00", "22:00", "04:00", "10:00"]


@pytest.mark.parametrize(
    ("last", "outcome", "first"),
    [
        (None, "", ("catch-up", "03:00")),
        (timedelta(days=3), "unchanged", ("catch-up", "03:00")),
        (4 * HOUR, "published", ("catch-up", "03:00")),
        (3 * HOUR, "published", ("schedule", "06:00")),
        (MINUTE, "published", ("schedule", "06:00")),
        (MINUTE, "failed", ("catch-up", "03:00")),
        (MINUTE, "skipped", ("catch-up", "03:00")),
        (-timedelta(days=365), "published", ("catch-up", "03:00")),
    ],
    ids=[
        "never", "three days ago", "before midnight", "at midnight", "just now", "just now, in vain",
        "just now, another was at work", "in a year, by a wrong clock",
    ],
)  # fmt: skip
def test_a_time_missed_while_nothing_ran_is_made_up_for_once(
    request_: Request, last: timedelta | None, outcome: str, first: tuple[str, str]
) -> None:
    day = Day(until=MIDNIGHT + 13 * HOUR, now=MIDNIGHT + 3 * HOUR)
    if last:
        log(request_, day.now - last, outcome)
    day.keep(request_, nothing_new)

    assert day.said() == list(dict.fromkeys([first, ("schedule", "06:00"), ("schedule", "12:00")]))


def test_a_time_may_be_rubbish_in_the_log(request_: Request) -> None:
    for started in ("yesterday", "", "9999-12-31T23:59:59-23:00", "0001-01-01T00:00:00+23:00"):
        runs.append(request_.data, Run(started, 1, "hand", "published"))
    with (request_.data / runs.FILE).open("a") as lines:
        lines.write('{"outcome": "published", "started": 7}\n')

    assert last_served(request_, MIDNIGHT).year == 1970


def test_times_slept_through_are_one_run(request_: Request) -> None:
    log(request_, MIDNIGHT - MINUTE)
    day = Day(until=MIDNIGHT + 81 * HOUR)

    def sleep() -> None:
        day.now += timedelta(days=3)

    day.plan = {MIDNIGHT + HOUR: sleep}
    day.keep(request_, nothing_new)

    assert day.said() == [("schedule", "00:00"), ("catch-up", "3 days 01:00"), ("schedule", "3 days 06:00")]


@pytest.mark.parametrize("days", [1, 365])
def test_a_clock_set_back_makes_times_come_again_and_nothing_else(request_: Request, days: int) -> None:
    log(request_, MIDNIGHT - MINUTE)
    day = Day(until=MIDNIGHT + 2 * HOUR)

    def set_back() -> None:
        day.now -= timedelta(days=days)
        day.until = day.now + 12 * HOUR

    day.plan = {MIDNIGHT + HOUR: set_back}
    day.keep(request_, nothing_new)

    moments = [ran.started.replace(microsecond=0) for ran in day.ran]
    then = MIDNIGHT - timedelta(days=days)
    assert moments == [MIDNIGHT, then + 6 * HOUR, then + 12 * HOUR]
    assert {ran.by for ran in day.ran} == {"schedule"}


def test_a_clock_a_year_ahead_and_back_makes_one_run_and_no_gap(request_: Request) -> None:
    log(request_, MIDNIGHT - MINUTE)
    year, day = timedelta(days=365), Day(until=MIDNIGHT + timedelta(days=1000))

    def ahead() -> None:
        day.now += year

    def back() -> None:
        day.now -= year
        day.until = MIDNIGHT + 13 * HOUR

    day.plan = {MIDNIGHT + HOUR: ahead, MIDNIGHT + year + 2 * HOUR: back}
    day.keep(request_, nothing_new)

    assert day.said() == [
        ("schedule", "00:00"), ("catch-up", "365 days 01:00"), ("schedule", "06:00"), ("schedule", "12:00"),
    ]  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------- faults
MAY_PASS = {
    "another run": BusyError("another run is at work"),
    "a full disk": OSError(28, "No space left on device"),
    "a disk that DuckDB finds full": PassingError("the build cannot be written"),
    "a network that is down": ConnectionRefusedError(111, "Connection refused"),
    "time that ran out": TimeoutError("timed out"),
}
STAYS = {
    "a fault in metrics.yaml": InputError([Problem("metrics.yaml", 1, "is wrong")]),
    "too much lost": BuildError("the build is not published"),
    "a fault of ours": ZeroDivisionError("division by zero"),
    "memory": MemoryError(),
}


@pytest.mark.parametrize("error", MAY_PASS.values(), ids=MAY_PASS)
def test_what_may_pass_is_tried_again_later_each_time(request_: Request, error: Exception) -> None:
    day = Day(until=MIDNIGHT + 13 * HOUR, now=MIDNIGHT - MINUTE)
    log(request_, day.now)
    day.keep(request_, raising(*[error] * 6))

    assert day.said() == [
        ("schedule", "00:00"), ("retry", "00:01"), ("retry", "00:06"), ("retry", "00:21"), ("retry", "01:21"),
        ("schedule", "06:00"), ("retry", "06:01"), ("schedule", "12:00"),
    ]  # fmt: skip


@pytest.mark.parametrize("error", STAYS.values(), ids=STAYS)
def test_what_does_not_pass_waits_for_a_change_of_the_files(request_: Request, error: Exception) -> None:
    day = Day(until=MIDNIGHT + 13 * HOUR, now=MIDNIGHT - MINUTE)
    log(request_, day.now)
    day.plan = {
        MIDNIGHT + HOUR: lambda: request_.catalogue.write_text("still wrong"),
        MIDNIGHT + 2 * HOUR: lambda: (request_.articles / "new.txt").write_text("right"),
        MIDNIGHT + 3 * HOUR: lambda: request_.catalogue.write_text("a change after all went well"),
    }
    day.keep(request_, raising(error, error))

    assert day.said() == [
        ("schedule", "00:00"), ("retry", "01:00"), ("retry", "02:00"), ("schedule", "06:00"), ("schedule", "12:00"),
    ]  # fmt: skip


def test_a_folder_that_is_away_is_a_change_of_the_files_when_it_is_back(request_: Request) -> None:
    day = Day(until=MIDNIGHT + 5 * HOUR, now=MIDNIGHT - MINUTE)
    log(request_, day.now)
    away = request_.articles.rename(request_.articles.with_name("away"))
    day.plan = {MIDNIGHT + HOUR: lambda: away.rename(request_.articles)}
    day.keep(request_, raising(InputError([Problem("articles", 1, "is no folder")])))

    assert day.said() == [("schedule", "00:00"), ("retry", "01:00")]


def test_a_run_longer_than_the_pause_between_two_is_followed_by_one(request_: Request) -> None:
    day = Day(until=MIDNIGHT + 3 * HOUR, now=MIDNIGHT - MINUTE)
    log(request_, day.now)

    def long(request: Request) -> Outcome:
        day.now += 50 * MINUTE
        return nothing_new(request)

    day.keep(request_, long, times="*/10 0,1 * * *")
    assert day.said() == [("schedule", "00:00"), ("catch-up", "00:50"), ("catch-up", "01:40"), ("catch-up", "02:30")]


def test_nobody_listening_to_the_lines_is_no_reason_to_end(request_: Request) -> None:
    log(request_, MIDNIGHT - MINUTE)
    day, told = Day(until=MIDNIGHT + 13 * HOUR), []

    def tell(ran: Ran) -> None:
        told.append(ran.by)
        raise BrokenPipeError

    timetable = Timetable(cron("0 */6 * * *", ZONE), MIDNIGHT - MINUTE)
    Schedule(request_, timetable, day.wait, tell, nothing_new, lambda: day.now).keep()
    assert told == ["schedule"] * 3


# --------------------------------------------------------------------------------------------------------------- process
def start(press: Press) -> subprocess.Popen[str]:
    """The command, with nothing in its log: its first run begins at once."""
    options = ["--articles", press.articles, "--catalogue", press.catalogue, "--data", press.data, "--workers", "1"]
    command = [sys.executable, "-m", "etl", "schedule", "--cron", "0 6 1 1 *", *map(str, options)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end_while_it_waits_it_ends(press: Press, how: int) -> None:
    press.put(a="没有数字。")
    with start(press) as process:
        assert process.stdout
        line = process.stdout.readline()
        process.send_signal(how)
        rest, problems = process.communicate(timeout=60)

    assert process.returncode == 0, problems
    assert " catch-up: build 1-" in line
    assert line.rstrip().endswith("-01-01 06:00"), "it says when the next is due"
    assert rest == ""
    assert [line["outcome"] for line in runs.last(press.data, 30)] == ["published"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end_during_a_run_it_finishes_the_run(press: Press, how: int) -> None:
    press.put(a="没有数字。")
    with start(press) as process:
        while not (press.data / "builds").exists() and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(how)
        printed, problems = process.communicate(timeout=60)

    assert process.returncode == 0, problems
    assert printed.count("\n") == 1
    assert [line["by"] for line in runs.last(press.data, 30)] == ["catch-up"]
    assert press.rows("SELECT article FROM article") == [("a",)]


def test_a_failed_run_is_one_line_and_its_problems_go_to_stderr(
    press: Press, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def over(self: Schedule) -> None:
        self.wait = lambda _seconds: not runs.last(press.data, 1)
        keep(self)

    keep = Schedule.keep
    monkeypatch.setattr(Schedule, "keep", over)
    press.write("sources.yaml", "- titel: x\n- titel: y\n")
    options = ["--articles", press.articles, "--catalogue", press.catalogue, "--data", press.data]
    with pytest.raises(SystemExit, match="0"):
        main(["schedule", *map(str, options)])

    printed = capsys.readouterr()
    assert printed.out.count("\n") == 1
    assert " catch-up: nothing is published: " in printed.out
    assert "more); next at " in printed.out
    assert [line.split(":")[1] for line in printed.err.splitlines()] == ["1", "1", "2", "2", "2"]


# ---------------------------------------------------------------------------------------------------------------- README
def snippet(kind: str, word: str) -> str:
    """The example of the README that holds the word."""
    blocks: list[str] = re.findall(rf"```{kind}\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    return next(block for block in blocks if word in block)


def test_the_crontab_of_the_readme_means_every_morning() -> None:
    times, _, command = snippet("crontab", "refresh").partition(" cd ")

    assert Timetable(cron(times, ZONE), MIDNIGHT).next() == MIDNIGHT + 6 * HOUR
    assert ".venv/bin/python -m etl refresh" in command


def test_the_workflow_of_the_readme_is_well_formed_and_means_every_morning() -> None:
    workflow = yaml.safe_load(snippet("yaml", "workflow_dispatch"))

    [times] = workflow[True]["schedule"]  # YAML 1.1 takes "on" for true, as the build server does not
    assert Timetable(cron(times["cron"], "UTC"), MIDNIGHT).next() == MIDNIGHT + 6 * HOUR
    steps = [step.get("run", "") for step in workflow["jobs"]["refresh"]["steps"]]
    assert [step for step in steps if "etl refresh" in step]


def test_the_units_of_the_readme_are_what_systemd_takes(tmp_path: Path) -> None:
    if not (verify := shutil.which("systemd-analyze")):
        pytest.skip("systemd is not installed")
    units = []
    for name in ("suzhou-refresh.service", "suzhou-refresh.timer"):
        text = snippet("ini", f"# {name}")
        text = text.replace("/srv/suzhou-ai-manufacturing/.venv/bin/python", sys.executable)
        units.append(tmp_path / name)
        units[-1].write_text(text.replace("/srv/suzhou-ai-manufacturing", str(ROOT)), "utf-8")

    said = subprocess.run([verify, "verify", *map(str, units)], capture_output=True, text=True, check=False)
    assert (said.returncode, [line for line in said.stderr.splitlines() if "suzhou" in line]) == (0, [])

"""A day of the schedule in fast motion: people work on the folder between the runs, and a tally says what must come of it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest

from etl import pipeline, runs
from etl.pipeline import Outcome, Request
from etl.schedule import Ran, Schedule, Timetable, cron, last_served
from tests.clockwork import MIDNIGHT, MINUTE, ZONE, Day
from tests.conftest import ROOT, Press
from tests.toy import FIRMS, read_toy

RUBBISH = bytes(range(256))


class Newsroom:
    """A folder that people work on, and a tally of its own of what every run must therefore find.

    What stands is told by the last readable bytes of each article that is there; what a run changes is the difference
    to what stood after the run before.
    """

    def __init__(self, press: Press, seed: int) -> None:
        self.press, self.random = press, Random(seed)
        press.catalogue = press.root / "metrics.yaml"
        self.files: dict[str, bytes] = {}
        self.entries: dict[str, str] = {}
        self.faulty = False
        self.standing: dict[str, int] = {}
        self.published: tuple[dict[str, bytes], dict[str, str]] | None = None
        self.expected: list[tuple[str, str, int, int, int, int]] = []
        self.builds: list[Counter[str]] = []
        self.add()
        self.save()

    # what people do
    def add(self) -> None:
        name = f"n{len(self.files) + self.random.randrange(10**6):07}"
        self.files[name] = self.text()

    def edit(self) -> None:
        self.files[self.pick()] = self.text()

    def remove(self) -> None:
        if len(self.files) > 1:
            name = self.pick()
            del self.files[name]
            self.entries.pop(name, None)

    def break_(self) -> None:
        self.files[self.pick()] = RUBBISH + bytes([self.random.randrange(256)])

    def mend(self) -> None:
        for name, content in self.files.items():
            if content.startswith(RUBBISH):
                self.files[name] = self.text()

    def entry(self) -> None:
        self.entries[self.pick()] = f"标题{self.random.randrange(10**6)}"

    def fault(self) -> None:
        self.faulty = not self.faulty

    def rest(self) -> None:
        pass

    def pick(self) -> str:
        return self.random.choice(sorted(self.files))

    def text(self) -> bytes:
        return FIRMS.replace("1800", str(self.random.randrange(1, 5000))).encode()

    def act(self) -> None:
        """Do one to three things, and write down what lies in the folder then."""
        before = (dict(self.files), dict(self.entries), self.faulty)
        actions = [
            self.add,
            self.edit,
            self.remove,
            self.break_,
            self.mend,
            self.entry,
            self.fault,
            self.rest,
            self.rest,
        ]
        for action in self.random.choices(actions, k=self.random.randint(1, 3)):
            action()
        if before != (self.files, self.entries, self.faulty):
            self.save()

    def save(self) -> None:
        folder = self.press.articles
        for path in folder.iterdir():
            if path.suffix == ".txt" and path.stem not in self.files:
                path.unlink()
        for name, content in self.files.items():
            if not (path := folder / f"{name}.txt").exists() or path.read_bytes() != content:
                path.write_bytes(content)
        entries = "".join(f"- file: {name}.txt\n  title: {title}\n" for name, title in sorted(self.entries.items()))
        self.press.write("sources.yaml", entries)
        content = (ROOT / "metrics.yaml").read_bytes() + (b"\nunknown: {}\n" if self.faulty else b"")
        self.press.catalogue.write_bytes(content)

    # what a run must find
    def expect(self, by: str) -> None:
        if self.faulty:
            self.expected.append((by, "failed", 0, 0, 0, 0))
            return
        stood, unread = self.standing, [name for name, content in self.files.items() if content.startswith(RUBBISH)]
        self.standing = {name: stood[name] for name in unread if name in stood} | {
            name: int(content.rpartition(b"=")[2]) for name, content in self.files.items() if name not in unread
        }
        changed = Counter(
            added=len(self.standing.keys() - stood.keys()),
            revised=sum(self.standing[name] != stood[name] for name in self.standing.keys() & stood.keys()),
            withdrawn=len(stood.keys() - self.standing.keys()),
        )
        news = self.published != (self.files, self.entries)
        self.published = (dict(self.files), dict(self.entries))
        if news:
            self.builds.append(changed)
        counts = (changed["added"], changed["revised"], changed["withdrawn"], len(unread))
        self.expected.append((by, "published" if news else "unchanged", *counts))


@pytest.mark.parametrize("turns", [20, pytest.param(200, marks=pytest.mark.soak)])
def test_a_day_in_fast_motion_comes_out_as_it_went(press: Press, turns: int) -> None:
    room, day = Newsroom(press, turns), Day(until=datetime.max.replace(tzinfo=UTC), now=MIDNIGHT + MINUTE)

    def work(request: Request) -> Outcome:
        room.expect(request.by)
        return pipeline.refresh(request, read_toy)

    def tell(ran: Ran) -> None:
        day.ran.append(ran)
        if ran.by != "retry":
            day.plan[ran.started + 2 * MINUTE] = room.act

    def wait(seconds: float) -> bool:
        return day.wait(seconds) and sum(ran.by != "retry" for ran in day.ran) < turns

    request = Request(press.articles, press.catalogue, press.data)
    timetable = Timetable(cron("*/7 * * * *", ZONE), last_served(request, day.now))
    Schedule(request, timetable, wait, tell, work, lambda: day.now).keep()

    lines = runs.last(press.data, runs.KEPT)
    keys = ("added", "revised", "withdrawn", "failed")
    assert [(line["by"], line["outcome"], *(line.get(key, 0) for key in keys)) for line in lines] == room.expected
    assert {line["outcome"] for line in lines} == {"published", "unchanged", "failed"}, "the day had everything in it"
    assert {line["by"] for line in lines} == {"catch-up", "schedule", "retry"}
    assert [line["started"] for line in lines] == sorted(line["started"] for line in lines)
    changes = press.rows("SELECT build, change, count(*) FROM change GROUP BY ALL ORDER BY ALL")
    assert changes == sorted(
        (number, change, count)
        for number, counts in enumerate(room.builds, 1)
        for change, count in counts.items()
        if count
    )
    assert dict(press.rows("SELECT article, value::INT FROM export")) == room.standing
    assert press.rows("SELECT max(number) FROM build") == [(len(room.builds),)]

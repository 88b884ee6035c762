"""Time for tests of the schedule: it passes when somebody waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from etl.pipeline import Outcome, Request
from etl.schedule import Ran, Schedule, Timetable, cron, last_served

ZONE = "Asia/Shanghai"
MIDNIGHT = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)  # in Shanghai, Monday begins
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass
class Day:
    """A clock that moves by what is waited, and what happens at certain times of it."""

    until: datetime
    now: datetime = MIDNIGHT
    plan: dict[datetime, Callable[[], object]] = field(default_factory=dict)
    ran: list[Ran] = field(default_factory=list)

    def wait(self, seconds: float) -> bool:
        assert seconds > 0
        self.now += timedelta(seconds=seconds)
        for moment in sorted(moment for moment in self.plan if moment <= self.now):
            self.plan.pop(moment)()
        return self.now < self.until

    def keep(self, request: Request, work: Callable[[Request], Outcome], times: str = "0 */6 * * *") -> None:
        timetable = Timetable(cron(times, ZONE), last_served(request, self.now))
        Schedule(request, timetable, self.wait, self.ran.append, work, lambda: self.now).keep()

    def said(self) -> list[tuple[str, str]]:
        """Of each run, who called for it, and the time since midnight of Monday in Shanghai."""
        return [(ran.by, since(ran.started)) for ran in self.ran]


def since(moment: datetime) -> str:
    days, seconds = divmod(int((moment - MIDNIGHT).total_seconds()), 86_400)
    return f"{f'{days} days ' if days else ''}{seconds // 3600:02}:{seconds % 3600 // 60:02}"

"""Many sessions in one process while builds are replaced: no fault, no page of two builds, no growing memory."""

from __future__ import annotations

import asyncio
import re
import threading
from pathlib import Path

import pytest

from tests import sessions, tiny
from tests.browser.conftest import started


@pytest.mark.parametrize(
    ("number", "seconds", "pause"),
    [(20, 15, 3), pytest.param(200, 120, 30, marks=pytest.mark.soak)],
    ids=["20 sessions", "200 sessions"],
)
def test_sessions_hold_while_builds_are_replaced(tmp_path: Path, number: int, seconds: float, pause: float) -> None:
    tiny.make(tmp_path)
    sizes: list[int] = []
    with started(tmp_path) as (address, process):
        asyncio.run(sessions.hold(address, number, pause / 3, pause))  # what is loaded once is loaded
        over = threading.Event()

        def replace_builds() -> None:
            build = 1
            while not over.wait(pause):
                build += 1
                tiny.make(tmp_path, build)
                sizes.append(memory(process))

        replacing = threading.Thread(target=replace_builds)
        replacing.start()
        seen = asyncio.run(sessions.hold(address, number, seconds, pause, versions=3))
        over.set()
        replacing.join()
    print(f"{seen.runs} runs, slowest {seen.slowest:.1f} s, versions {sorted(seen.versions)}, MB {sizes}")
    assert seen.faults == []
    assert seen.runs >= 2 * number
    assert len(seen.versions) >= 3, "the sessions saw builds come"
    assert sizes[-1] < 1.25 * sizes[0] + 20, "memory stays flat"


def test_a_control_changes_what_a_session_sees(tmp_path: Path) -> None:
    tiny.make(tmp_path)
    with started(tmp_path) as (address, _):
        pages = asyncio.run(_said_by_turns(address))
    assert len(set(pages)) > 1, "else the sessions above only ask for the same page again"


async def _said_by_turns(address: str) -> list[str]:
    async with sessions.connect_to(address) as socket:
        session = sessions.Session(socket, "indicator", "indicator=output", sessions.Seen())
        return [await session.run() for _ in range(3)]


def memory(process: int) -> int:
    """Megabytes that a process holds."""
    found = re.search(r"VmRSS:\s*(\d+)", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1]) // 1024

"""Many readers at once, without their browsers: each holds a session of the server and changes a control now and then.

A session speaks what a browser speaks: protocol buffers over a web socket. What comes back is judged by the run: the text
of its page, the data versions that it names, and whether anything failed.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

_VERSION = re.compile(r"(?:数据版本|Data version|data version) (\d+\.\d+\.\d+)")
PATIENCE = 60  # seconds
ADDRESSES = (
    ("indicator", "indicator=output"),
    ("", ""),
    ("compare", "indicators=output"),
    ("indicator", "indicator=plants&lang=en"),
    ("data", "place=suzhou"),
    ("targets", ""),
)


@dataclass
class Seen:
    """What all sessions together saw: runs that ended, faults, and the data versions of each run's page."""

    runs: int = 0
    faults: list[str] = field(default_factory=list)
    versions: set[str] = field(default_factory=set)
    slowest: float = 0.0


@dataclass
class Session:
    """One reader: a page, and the options of the first control on it."""

    socket: ClientConnection
    page: str
    query: str
    seen: Seen
    control: str = ""
    options: Sequence[str] = ()
    turn: int = 0

    async def run(self) -> str:
        """Ask for the page, with the next option of its control; all that comes of it."""
        asked, began = BackMsg(), monotonic()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_script_hash = calc_hash(self.page)
        if self.control:
            state = asked.rerun_script.widget_states.widgets.add(id=self.control)
            state.string_array_value.data.append(self.options[self.turn % len(self.options)])
            self.turn += 1
        await self.socket.send(asked.SerializeToString())
        said = await self._answer()
        self.seen.slowest = max(self.seen.slowest, monotonic() - began)
        self._judge(page := "\n".join(said))
        return page

    async def _answer(self) -> list[str]:
        said: list[str] = []
        async for content in self.socket:
            message = ForwardMsg.FromString(content if isinstance(content, bytes) else content.encode())
            kind = message.WhichOneof("type")
            if kind == "delta":
                said += self._element(message)
            elif kind == "new_session":
                said.clear()
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return said
        raise ConnectionError("the server hung up")

    def _element(self, message: ForwardMsg) -> list[str]:
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "html":
                return [element.html.body]
            case "plotly_chart":
                return [
                    element.plotly_chart.spec.encode().decode("unicode_escape", "replace"),
                    element.plotly_chart.spec,
                ]
            case "exception":
                self.seen.faults.append(element.exception.message)
            case "button_group" if not self.control:
                self.control = element.button_group.id
                self.options = [option.content for option in element.button_group.options]
        return []

    def _judge(self, said: str) -> None:
        self.seen.runs += 1
        versions = set(_VERSION.findall(said))
        self.seen.versions |= versions
        if len(versions) != 1:
            self.seen.faults.append(f"{self.page}: versions {versions or 'none'} on one page")
        if "没有答复" in said or "did not answer" in said:
            self.seen.faults.append(f"{self.page}: a question was not answered")


def connect_to(address: str) -> connect:
    """A web socket to the server, as its page opens one."""
    url = address.replace("http", "ws") + "/_stcore/stream"
    return connect(
        url, subprotocols=[Subprotocol("streamlit")], origin=Origin(address), max_size=None, compression=None
    )


async def hold(address: str, number: int, seconds: float, pause: float, versions: int = 0) -> Seen:
    """Hold so many sessions for so long, each changing its control after each pause; what they saw.

    They are held longer, up to PATIENCE, until they have seen so many data versions: a busy machine is slow, not wrong.
    """
    seen, end = Seen(), monotonic() + seconds

    def over() -> bool:
        return monotonic() > end and (len(seen.versions) >= versions or monotonic() > end + PATIENCE)

    await asyncio.gather(*(_hold(address, n, pause, seen, over) for n in range(number)))
    return seen


async def _hold(address: str, number: int, pause: float, seen: Seen, over: Callable[[], bool]) -> None:
    await asyncio.sleep(pause * (number % 50) / 50)  # readers do not arrive all at once
    page, query = ADDRESSES[number % len(ADDRESSES)]
    try:
        async with connect_to(address) as socket:
            session = Session(socket, page, query, seen)
            while not over():
                await session.run()
                await asyncio.sleep(pause)
    except (OSError, WebSocketException) as error:
        seen.faults.append(f"{page}: {type(error).__name__}: {error}")

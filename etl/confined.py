"""A strange file's parsing, done where it can neither hang nor exhaust this process: in a child with limits.

In: a module that calls `serve` when it is run, and requests as bytes. Out: what it answers, or `Died`.

    this process ── Confined ──▶ python -m MODULE          starts once, imports what parsing needs
                                   └─ a fork per request    limited, answers, and is gone

So each request meets a fresh process at the price of a fork: nothing that one file did can touch how the next is read.
What a request means is the module's business.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection

SECONDS = 10  # of the clock and of the processor, each
MEMORY = 512 * 1024 * 1024  # bytes of address space, libraries included
_ANSWER = 16 * 1024 * 1024  # bytes; more comes from nothing that was asked
_KEPT = (
    "LD_LIBRARY_PATH",
    "PYTHONHOME",
)  # of the environment: what Python may need to start; nothing secret goes along


class Died(Exception):  # noqa: N818  this is what happened; whose fault it is the caller says
    """The child was killed at a limit, or crashed."""


class Confined:
    """A way to ask a module whose requests are worked on under limits. Started when first asked, and after a failure."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._turn = threading.Lock()
        self._running: tuple[subprocess.Popen[bytes], Connection] | None = None
        atexit.register(self.close)

    def ask(self, request: bytes) -> bytes:
        """Give the answer to a request; `Died` if there is none in time."""
        with self._turn:
            process, pipe = self._running = self._running or self._start()
            try:
                with _in_time(process):
                    pipe.send_bytes(request)
                    answer = pipe.recv_bytes(_ANSWER)
            except (EOFError, OSError) as error:
                self.close()
                raise Died from error
            except BaseException:  # interrupted: an answer under way must not be taken for the next one's
                self.close()
                raise
        if not answer:
            raise Died
        return answer

    def close(self) -> None:
        """End the child; the next request starts another."""
        if self._running:
            process, pipe = self._running
            self._running = None
            pipe.close()
            _kill(process)
            process.wait()

    def _start(self) -> tuple[subprocess.Popen[bytes], Connection]:
        ours, theirs = Pipe()
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, sys.path))
        with theirs:
            process = subprocess.Popen(  # noqa: S603  a module of ours, by our own Python
                [sys.executable, "-P", "-m", self._module, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # so that a kill reaches its forks, and Ctrl-C is ours alone to handle
            )
        return process, ours


def serve(answer: Callable[[bytes], bytes]) -> None:
    """Be the child: answer requests, each in a limited fork, until the parent is gone. An empty answer is a death."""
    with Connection(int(sys.argv[1])) as pipe:
        while True:
            try:
                request = pipe.recv_bytes()
            except EOFError:
                return
            if not (fork := os.fork()):
                _answer_and_exit(pipe, answer, request)
            if os.waitpid(fork, 0)[1]:
                pipe.send_bytes(b"")


def _answer_and_exit(pipe: Connection, answer: Callable[[bytes], bytes], request: bytes) -> None:
    status = 1
    try:
        _limit()
        pipe.send_bytes(answer(request))
        status = 0
    finally:
        os._exit(status)


def _limit() -> None:
    """Give up all but a little time and memory, and writing files altogether."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@contextlib.contextmanager
def _in_time(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Kill the child where what is done here takes too long; `EOFError` if it came to that, even at the last moment."""
    killed = threading.Event()

    def end() -> None:
        killed.set()
        _kill(process)

    overdue = threading.Timer(SECONDS, end)
    overdue.start()
    try:
        yield
    finally:
        overdue.cancel()
        overdue.join()
    if killed.is_set():
        raise EOFError


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)

"""What can go wrong, and whose fault it is.

    EtlError
    ├── InputError           a file that people write is wrong: names file, line and remedy
    ├── BuildError           our own fault, or too much lost: the build is not published
    │   └── PassingError     nobody has to mend anything: the same may go well a little later
    │       └── BusyError    another run is at work
    └── fetch.FetchError     an address may not or cannot be fetched: names address and remedy

A refusal to read one figure is not an error: it is a `model.Refusal`, stored and shown.
"""

from __future__ import annotations

from dataclasses import dataclass


class EtlError(Exception):
    """Root of every error the commands catch and print without a traceback."""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in a file that people write, printed as ``file:line: fault; remedy``."""

    file: str
    line: int
    fault: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.fault}"


class InputError(EtlError):
    """Every problem of one input, reported together and sorted by line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class BuildError(EtlError):
    """The candidate build did not pass its checks; the build before it keeps serving."""


class PassingError(BuildError):
    """What may pass by itself, like a full disk; as a rule of trying again an `OSError` is one too."""


class BusyError(PassingError):
    """Another run is at work on the same folder."""


def told(error: Exception) -> str:
    """An error in words, as the commands print and the log of runs keeps it.

    >>> told(OSError(28, "No space left on device", "data/current"))
    'data/current: No space left on device'
    """
    if isinstance(error, EtlError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return f"{type(error).__name__}: {error}"

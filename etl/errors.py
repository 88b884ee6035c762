"""What can go wrong, and whose fault it is.

    EtlError
    ├── InputError       a file that people write is wrong: names file, line and remedy
    ├── BuildError       our own fault, or too much lost: the build is not published
    └── fetch.FetchError an address may not or cannot be fetched: names address and remedy

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

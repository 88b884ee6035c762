"""YAML that people write by hand, read strictly: each value keeps its line, all faults are collected.

In: a file's bytes. Out: `Written` values, which a caller takes apart field by field; whatever is not as it should be
becomes a `Problem` on the `Sheet`, and reading goes on with an empty value, so that one run names every fault.
Only the caller knows which keys there are and what they mean.

Nothing is guessed from the look of a value: ``no``, ``2024-01-01`` and ``12:30`` are text until a field asks for a
flag or a day. Keys are never silently dropped: unknown and repeated ones are faults.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

import yaml

from etl.errors import Problem

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML was built with it: ten times as fast
_NULL = "tag:yaml.org,2002:null"


@dataclass(slots=True)
class Sheet:
    """One file under reading, and what is wrong with it so far."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def fault(self, line: int, fault: str) -> None:
        """Note a fault; `line` counts from 1."""
        problem = Problem(self.file, line, fault)
        if problem not in self.problems:  # a value may be looked at twice
            self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class Written:
    """A value as written, or the place where one is absent (`node` is None): absent values read as empty.

    `trail` and `key` say where it stands, in the words of a message: ``ai_parks: unit``.
    """

    node: yaml.Node | None
    sheet: Sheet
    line: int
    trail: str = ""
    key: str = ""

    def __bool__(self) -> bool:
        """Whether anything is written here; a null and an empty text, list or mapping are nothing."""
        return self.node is not None and self.node.tag != _NULL and bool(self.node.value)

    def fault(self, words: str) -> None:
        """Note a fault of this value; `words` name fault, found and remedy."""
        self.sheet.fault(self.line, f"{self.trail}: {words}" if self.trail else words)

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Written]:
        """Take a mapping with known keys apart: every known key is in the result, absent ones without a node."""
        known = [*required, *optional]
        trail = f"{self.trail}: {self.key}" if self.trail and self.key else self.trail or self.key
        found = {key: Written(node, self.sheet, line, trail, key) for key, node, line in self._pairs(trail, known)}
        absent = Written(None, self.sheet, self.line, trail)
        for key in required if self.is_mapping() else ():
            if not found.get(key, absent):
                absent.fault(f'key "{key}" is missing or empty; add it')
        return {key: found.get(key, Written(None, self.sheet, self.line, trail, key)) for key in known}

    def entries(self) -> dict[str, Written]:
        """Take a mapping with free keys (ids, words) apart, in the order of the file."""
        return {key: Written(node, self.sheet, line, self.trail, key) for key, node, line in self._pairs(self.trail)}

    def items(self) -> list[Written]:
        """Take a list apart."""
        if not self:
            return []
        if not isinstance(self.node, yaml.SequenceNode):
            self.fault(f"{self.key or 'this'} is not a list; write [ … ] or one line a member, begun with a dash")
            return []
        return [Written(node, self.sheet, _line(node), self.trail, self.key) for node in self.node.value]

    def is_mapping(self) -> bool:
        """Whether keys and values stand here."""
        return isinstance(self.node, yaml.MappingNode)

    def text(self) -> str:
        """The characters as written, without the space around them."""
        if not self:
            return ""
        if not isinstance(self.node, yaml.ScalarNode):
            self.fault(f"{self.key or 'this'} is not a text; write words only")
            return ""
        return str(self.node.value).strip()

    def texts(self) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        for item in (items := self.items()):
            if not item:
                item.fault(f"{self.key} has an empty member; write a text or take it out")
        return tuple(text for item in items if (text := item.text()))

    def choice(self, allowed: Collection[str], where: str, remedy: str = "add it there") -> str:
        """A text that is one of `allowed`; `where` says in a message what that is: ``under units``.

        `remedy` is what to do where none of them is near.
        """
        if (text := self.text()) and text not in allowed:
            self.fault(f'{self.key} "{text}" is not {where}; {suggestion(text, allowed) or remedy}')
            return ""
        return text

    def flag(self) -> bool:
        """``true`` or ``false``; absent is false."""
        if (text := self.text()) not in ("", "true", "false"):
            self.fault(f'{self.key} "{text}" is no flag; write true or false')
        return text == "true"

    def number(self) -> Decimal:
        """A number above zero."""
        try:
            value = Decimal(text := self.text())
        except InvalidOperation:
            value = Decimal(0)
        if not (value.is_finite() and value > 0):
            self.fault(f'{self.key} "{text}" is no number above zero; write digits, such as 1 or 10000')
            return Decimal(1)
        return value

    def day(self) -> date:
        """A day in the form 2024-12-31."""
        try:
            return date.fromisoformat(text := self.text())
        except ValueError:
            self.fault(f'{self.key} "{text}" is no day; write it as 2024-12-31')
            return date.min

    def _pairs(self, trail: str, known: Collection[str] | None = None) -> Iterator[tuple[str, yaml.Node, int]]:
        """Yield key, value and line of a mapping, each key once; `known` closes the set of keys."""
        if not self:
            return
        if not isinstance(self.node, yaml.MappingNode):
            self.fault(f"{self.key or 'this'} is not a mapping; write keys and values, one a line")
            return
        first: dict[str, int] = {}
        for key_node, node in self.node.value:
            key, line = str(key_node.value), _line(key_node)
            here = Written(None, self.sheet, line, trail)
            if key in first:
                here.fault(f'key "{key}" is repeated; it stands on line {first[key]} already: keep one of them')
            elif known is not None and key not in known:
                here.fault(f'unknown key "{key}"; {suggestion(key, known) or "known are: " + ", ".join(known)}')
            else:
                yield key, node, line
            first.setdefault(key, line)


def parse(content: bytes, sheet: Sheet) -> Written:
    """Read one YAML document in UTF-8; what cannot be read at all is one problem and an absent value."""
    absent = Written(None, sheet, 1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        sheet.fault(line, f"byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8")
        return absent
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.reader.ReaderError as error:
        line = text[: text.index(chr(error.character))].count("\n") + 1
        sheet.fault(line, f"not YAML: control character U+{error.character:04X}; take it out")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        sheet.fault(mark.line + 1 if mark else 1, f"not YAML: {error.problem}; mend the line or the one before it")
    else:
        if node is not None:
            return Written(node, sheet, 1)
        sheet.fault(1, "the file is empty; write at least its required keys")
    return absent


def suggestion(word: str, allowed: Collection[str]) -> str:
    """A remedy that names the nearest of `allowed`, or nothing where none is near.

    >>> suggestion("park", ["parks", "people"])
    'did you mean "parks"?'
    """
    near = difflib.get_close_matches(word, sorted(allowed), 1)
    return f'did you mean "{near[0]}"?' if near else ""


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1

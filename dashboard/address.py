"""Owns the state of the pages: every control's value stands in the address as a code that no language changes.

In: `st.query_params`. Out: checked values, with a notice for each that makes no sense, and addresses for links. Language,
place, years and the day of knowing travel along every link; the rest belongs to one page. Widgets read the address when they are new to the
page and write it ever after, so that two quick clicks cannot undo each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from urllib.parse import quote

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

LANGUAGES = ("zh", "en")
TRAVELS = ("lang", "place", "years", "as_of")
_ARRIVALS = "arrivals"  # how often a link, back or forward led to an address in this session


@dataclass
class Address:
    """The address of the page being drawn. `faults` collects what in it made no sense: name and value.

    It is read once a run: hundreds of links on a page are made from it, and every look at Streamlit's own takes its time.
    """

    page: str
    faults: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=st.query_params.to_dict)

    def get(self, name: str) -> str:
        """A value as it stands, empty where there is none."""
        return self.values.get(name, "")

    def code(self, name: str, allowed: Sequence[str], default: str) -> str:
        """A single code; the default, and a notice, where it is none of the allowed."""
        code = self.get(name)
        if code and code not in allowed:
            self.faults.append((name, code))
        return code if code in allowed else default

    def codes(self, name: str, allowed: Sequence[str], default: Sequence[str] = ()) -> list[str]:
        """Several codes, joined by commas; unknown ones are dropped with a notice."""
        given = [code for code in self.get(name).split(",") if code]
        self.faults += [(name, code) for code in given if code not in allowed]
        return [code for code in dict.fromkeys(given) if code in allowed] or list(default)

    def years(self, first: int, last: int) -> tuple[int, int]:
        """A span of years inside the one there is, written 2019-2024."""
        given = self.get("years")
        begin, dash, end = given.partition("-")
        sane = dash and begin.isdecimal() and end.isdecimal() and len(given) <= 9 and int(begin) <= int(end)
        if not sane or int(end) < first or int(begin) > last:
            self.faults += [("years", given)] if given else []
            return first, last
        return max(first, int(begin)), min(last, int(end))

    def day(self, name: str) -> date | None:
        """A day written 2024-06-30; none, and a notice, where it is no day."""
        given = self.get(name)
        try:
            if len(given) == len("2024-06-30"):
                return date.fromisoformat(given)
        except ValueError:
            pass
        self.faults += [(name, given)] if given else []
        return None

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        given = self.get(name)
        if given and not (given.isdecimal() and len(given) < 9 and least <= int(given) <= most):
            self.faults.append((name, given))
            return least
        return int(given) if given else least

    def put(self, name: str, value: str) -> None:
        """Write a value; an empty one leaves the address."""
        if value:
            self.values[name] = value
            if st.query_params.get(name) != value:
                st.query_params[name] = value
            return
        self.values.pop(name, None)
        if name in st.query_params:
            del st.query_params[name]

    def to(self, page: str, **values: str) -> str:
        """The address of a page, relative to any other, with what travels along."""
        carried = {name: self.values[name] for name in TRAVELS if name in self.values}
        return _written(page, carried | values)

    def here(self, **values: str) -> str:
        """The address of this page with some values changed."""
        return _written(self.page, self.values | values)

    def name(self, control: str) -> str:
        """The key of a control: of this page, and new after each arrival, so that it reads the address."""
        return f"{self.page}:{control}:{st.session_state.get(_ARRIVALS, 0)}"

    def key(self, name: str, read: Callable[[], object]) -> str:
        """The key of the widget for `name`; a widget new to the page takes its value from the address."""
        key = self.name(name)
        if key not in st.session_state:
            st.session_state[key] = read()
        return key


def arrive() -> None:
    """Let every control read the address anew if a link, back or forward led here: the browser marks such a run."""
    context = get_script_run_ctx()
    if context and context.is_history_navigation:
        st.session_state[_ARRIVALS] = st.session_state.get(_ARRIVALS, 0) + 1


@lru_cache(4096)  # the same few names and codes stand in every link
def _quoted(text: str) -> str:
    return quote(text, safe=",:")


def _written(page: str, values: Mapping[str, str]) -> str:
    query = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in values.items() if value)
    return f"{page or './'}{'?' if query else ''}{query}"

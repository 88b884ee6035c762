"""Owns the widgets: each shows a value of the address and writes it back as a code.

A control that stands at its default leaves the address, so that addresses stay short and a default may improve.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from dashboard.address import Address

Naming = Callable[[str], str]


def one(address: Address, name: str, label: str, options: Sequence[str], naming: Naming) -> str:
    """One of a few options side by side; the first is the default."""
    key = address.key(name, lambda: address.code(name, options, options[0]))
    if st.session_state[key] not in options:
        st.session_state[key] = options[0]
    value = st.segmented_control(
        label, options, key=key, format_func=naming, required=True, label_visibility="collapsed"
    )
    value = value or options[0]
    address.put(name, value if value != options[0] else "")
    return value


def places(address: Address, label: str, options: Sequence[str], naming: Naming, default: Sequence[str]) -> list[str]:
    """Some of the places as pills; where none is left, the default.

    A place carried here from another page that has no figure here stays in the address for the next page.
    """
    carried = [code for code in address.get("place").split(",") if code]
    key = address.key("place", lambda: [code for code in carried if code in options] or list(default))
    st.session_state[key] = [code for code in st.session_state[key] if code in options] or list(default)
    values = st.pills(
        label, options, key=key, format_func=naming, selection_mode="multi", label_visibility="collapsed"
    ) or list(default)
    untouched = list(values) == list(default) and carried and not set(carried) & set(options)
    if not untouched:
        address.put("place", ",".join(values) if list(values) != list(default) else "")
    return list(values)


def many(address: Address, name: str, label: str, options: Sequence[str], naming: Naming) -> list[str]:
    """Any of many options, found by typing; none means all, which is what `label` says."""
    key = address.key(name, lambda: address.codes(name, options))
    values = st.multiselect(
        label, options, key=key, format_func=naming, placeholder=label, label_visibility="collapsed"
    )
    address.put(name, ",".join(values))
    return list(values)


def years(address: Address, label: str, first: int, last: int) -> tuple[int, int]:
    """A span of years."""
    if first >= last:
        return first, last
    # The widget learns from its value that it is a span, so the value cannot come by session state alone; a key of its
    # own for each span keeps a remembered year from falling outside.
    key = address.name(f"years:{first}-{last}")
    value: Any = address.years(first, last) if key not in st.session_state else (first, last)
    everything = list(range(first, last + 1))
    begin, end = st.select_slider(label, everything, value, key=key, label_visibility="collapsed")
    address.put("years", f"{begin}-{end}" if (begin, end) != (first, last) else "")
    return begin, end


def along(address: Address, name: str, label: str, options: Sequence[str], naming: Naming) -> None:
    """One of many options in order, on a slider; the last is the default.

    Its value is in the address before the page is drawn, for what stands above it.
    """
    key = address.key(name, lambda: address.get(name) if address.get(name) in options else options[-1])
    if st.session_state[key] not in options:
        st.session_state[key] = options[-1]

    def put() -> None:
        value = str(st.session_state[key])
        address.put(name, value if value != options[-1] else "")

    st.select_slider(label, options, key=key, format_func=naming, label_visibility="collapsed", on_change=put)


def words(address: Address, name: str, label: str, hint: str) -> str:
    """Free text."""
    key = address.key(name, lambda: address.get(name)[:60])
    value = st.text_input(label, key=key, placeholder=hint, max_chars=60, label_visibility="collapsed")
    address.put(name, value.strip())
    return value.strip()


def clicked(key: str) -> None:
    """Bring the figure behind a clicked mark of the chart `key` into view: its id goes to the address."""
    carried = (point.get("customdata") for point in st.session_state[key].selection.points)
    # Plotly hands an id over bare or in a list.
    chosen = next((str(id_[0] if isinstance(id_, list) else id_) for id_ in carried if id_), "")
    if chosen:
        st.query_params["figure"] = chosen

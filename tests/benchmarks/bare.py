"""The least a page of this kind can be: one question to DuckDB, one line, one widget. What `pages.py` compares with."""

from __future__ import annotations

import os

import duckdb
import plotly.graph_objects as go
import streamlit as st


def main() -> None:
    """Draw the page."""
    place = st.radio("place", ["suzhou", "sip", "kunshan"], horizontal=True)
    with duckdb.connect(os.environ["BARE"], read_only=True) as connection:
        rows = connection.execute(
            "SELECT year, value FROM series WHERE indicator = 'industrial_output' AND place = ? AND measure = 'value' "
            "AND role = 'line' AND scope = '' ORDER BY year",
            [place],
        ).fetchall()
    figure = go.Figure(go.Scatter(x=[year for year, _ in rows], y=[float(value) for _, value in rows]))
    st.plotly_chart(figure.update_layout(title=place))


if __name__ == "__main__":
    main()

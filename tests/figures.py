"""A database of the build's schema, to put single figures in: for tests of what the views say of them."""

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from etl.period import Period
from etl.rows import ObservationRow, rounding


class Figures:
    """An empty database with four indicators and two places, to put figures in."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        for n, (indicator, unit, kind) in enumerate(
            (
                ("output", "CNY", "flow"),
                ("firms", "enterprises", "stock"),
                ("fortune", "enterprises", "list"),
                ("filings", "filings", "stock"),
            )
        ):
            con.execute(
                "INSERT INTO indicator VALUES ($1, $2, 'c', $3, $4, $4 = 'stock' AND $1 LIKE 'filings%', true, 'yearly', 'z', 'e', 'z', 'e', 'z', 'e', 's')",
                [indicator, n, unit, kind],
            )
        con.execute(
            "INSERT INTO place VALUES ('suzhou', 0, 'z', 'e', NULL, 'city'), ('china', 1, 'z', 'e', NULL, 'country')"
        )

    def put(self, id_: str, value: str, bound: str = "=", **fields: Any) -> None:
        """Add one observation; without more words an actual count of firms in Suzhou at the end of 2024."""
        period = Period.parse(str(fields.pop("period", "2024-12-31")))
        row = ObservationRow(
            id=id_, origin="article", article=None, indicator="firms", place="suzhou", measure="value", share_of="", scope="",
            status="actual", period=str(period), period_start=period.start, period_end=period.end, period_kind=period.kind,
            value=Decimal(value), bound=bound, rounding=rounding(Decimal(value)), printed=value,
            quote=None, char_start=None, char_end=None, figure_start=None, figure_end=None,
            period_basis="stated", place_basis="stated", suspect=None, title=None, publisher=None, author=None,
            published=None, published_precision=None, url=None, seen="article", confirmed_by=None, note=None,
            citation_gbt="", citation_bibtex="", first_build=1,
        )  # fmt: skip
        with self.con.appender("observation") as appender:
            appender.append_rows([tuple(row._replace(**fields))])

    def settle(self) -> None:
        """Apply the rules of preference and of the yearly chart, as the store does."""
        self.con.execute("DELETE FROM chosen; INSERT INTO chosen FROM part")

    def column(self, query: str) -> list[object]:
        self.settle()
        return [row[0] for row in self.con.execute(query).fetchall()]

    def tell(self, text: str) -> None:
        """Add figures, one a line: id, indicator, place, measure, status, period, bound and value, then key=value.

        firms and filings are stocks, filings of the kind that only adds up; output is a flow.
        """
        for line in filter(None, map(str.strip, text.splitlines())):
            id_, indicator, place, measure, status, period, figure, *more = line.split()
            fields: dict[str, Any] = dict(pair.split("=", 1) for pair in more)
            if "published" in fields:
                fields["published"] = date.fromisoformat(fields["published"])
            known = {"indicator": indicator, "place": place, "measure": measure, "status": status, "period": period}
            self.put(id_, figure[1:], figure[0], **known, **fields)

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Settle what is shown, then ask."""
        self.settle()
        return self.con.execute(query, list(values)).fetchall()

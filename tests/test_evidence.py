"""What the figures say of one another: cross-checks, revisions, targets and their outcomes, silence, the day of knowing."""

from datetime import date

import pytest

from tests.figures import Figures

BREAK = "INSERT INTO definition_break VALUES ('{}', DATE '{}', 'z', 'e', 's')"

# -------------------------------------------------------------------------------------------------------- cross-checks

LEVELS = """
    a output suzhou value actual 2023 =1000
    b output suzhou value actual 2024 =1100
"""
STOCK = """
    a {0} suzhou value actual 2023-12-31 =100
    b {0} suzhou value actual 2024-12-31 =130
"""


@pytest.mark.parametrize(
    ("told", "found"),
    [
        # growth: the levels allow 9.9 to 10.1
        (LEVELS + "c output suzhou yoy actual 2024 =10.1", []),
        (LEVELS + "c output suzhou yoy actual 2024 =10", []),
        (LEVELS + "c output suzhou yoy actual 2024 >9", []),
        (LEVELS + "c output suzhou yoy actual 2024 =8.7", [("growth", "c", ["a", "b"])]),
        (LEVELS + "c output suzhou yoy actual 2024 >12", [("growth", "c", ["a", "b"])]),
        (LEVELS + "c output suzhou yoy target 2024 =8.7", []),
        (LEVELS + "c output suzhou yoy actual 2024 =8.7 scope=wide", []),
        (LEVELS.replace("=1100", ">1100") + "c output suzhou yoy actual 2024 =8.7", []),
        (LEVELS.replace("2023", "2022") + "c output suzhou yoy actual 2024 =8.7", []),
        (STOCK.format("firms") + "c firms suzhou yoy actual 2024 =30", []),
        (STOCK.format("firms") + "c firms suzhou yoy actual 2024 =20", [("growth", "c", ["a", "b"])]),
        (
            "a output suzhou value actual 2023-H1 =500\nb output suzhou value actual 2024-H1 =600\nc output suzhou yoy actual 2024-H1 =5",
            [("growth", "c", ["a", "b"])],
        ),
        (
            "a output suzhou value actual 2023-H1 =500\nb output suzhou value actual 2024 =600\nc output suzhou yoy actual 2024 =5",
            [],
        ),
        # share
        (
            LEVELS + "w output china value actual 2024 =10001\nc output suzhou share actual 2024 =11 share_of=china",
            [],
        ),
        (
            LEVELS + "w output china value actual 2024 =10001\nc output suzhou share actual 2024 =15 share_of=china",
            [("share", "c", ["b", "w"])],
        ),
        (LEVELS + "w output china value actual 2023 =10001\nc output suzhou share actual 2024 =15 share_of=china", []),
        # what was new: members may be lost, so more may be new than the stock grew by, unless it only adds up
        (STOCK.format("firms") + "c firms suzhou new actual 2024 =30", []),
        (STOCK.format("firms") + "c firms suzhou new actual 2024 =45", []),
        (STOCK.format("firms") + "c firms suzhou new actual 2024 =20", [("addition", "c", ["a", "b"])]),
        (STOCK.format("filings") + "c filings suzhou new actual 2024 =45", [("addition", "c", ["a", "b"])]),
        (STOCK.format("filings") + "c filings suzhou new actual 2024 >25", []),
        (STOCK.format("filings") + "c filings suzhou new actual 2024-H1 =5", []),
        # a total that only adds up never falls
        (
            "a output suzhou value actual 2024-H1 =600\nb output suzhou value actual 2024-01/2024-09 =500",
            [("falling", "b", ["a"])],
        ),
        ("a output suzhou value actual 2024-H1 =600\nb output suzhou value actual 2024-Q3 =300", []),
        ("a output suzhou value actual 2023 =600\nb output suzhou value actual 2024 =500", []),
        ("a output suzhou value actual 2024-H1 >600\nb output suzhou value actual 2024-01/2024-09 =500", [("falling", "b", ["a"])]),
        ("a output suzhou value actual 2024-H1 <600\nb output suzhou value actual 2024-01/2024-09 =500", []),
        ("a filings suzhou value actual 2024-06-30 =60\nb filings suzhou value actual 2025-06-30 =50", [("falling", "b", ["a"])]),
        ("a firms suzhou value actual 2024-06-30 =60\nb firms suzhou value actual 2025-06-30 =50", []),
        # two sources
        (
            "a firms suzhou value actual 2024-12-31 =60 published=2025-02-01\nb firms suzhou value actual 2024-12-31 =50",
            [("conflict", "a", ["b"])],
        ),
        ("a firms suzhou value actual 2024-12-31 =60\nb firms suzhou value actual 2024-12-31 =50 scope=core", []),
        # what looks wrong at its source
        ("a output suzhou share actual 2024 =130 share_of=china suspect=share_above_100", [("share_above_100", "a", [])]),
    ],
)  # fmt: skip
def test_cross_check(figures: Figures, told: str, found: list[tuple[str, str, list[str]]]) -> None:
    figures.tell(told)
    assert figures.ask("SELECT kind, id, list_sort(against) FROM cross_check ORDER BY ALL") == found


@pytest.mark.parametrize(
    ("indicator", "told"),
    [
        ("output", LEVELS + "c output suzhou yoy actual 2024 =8.7"),
        ("filings", STOCK.format("filings") + "c filings suzhou new actual 2024 =45"),
        ("filings", "a filings suzhou value actual 2024-06-30 =60\nb filings suzhou value actual 2025-06-30 =50"),
    ],
)
def test_no_check_crosses_a_change_of_definition(figures: Figures, indicator: str, told: str) -> None:
    figures.tell(told)
    assert len(figures.ask("FROM cross_check")) == 1
    figures.con.execute(BREAK.format(indicator, "2024-09-01"))
    assert figures.ask("FROM cross_check") == []


def test_a_finding_says_what_the_others_allow(figures: Figures) -> None:
    figures.tell(LEVELS + "c output suzhou yoy actual 2024 =8.7")
    [(low, high)] = figures.ask("SELECT round(low, 3), round(high, 3) FROM cross_check")
    assert (low, high) == (9.895, 10.105)


# ----------------------------------------------------------------------------------------------------------- revisions


def test_the_history_of_a_figure(figures: Figures) -> None:
    figures.tell("""
        e output suzhou value estimate 2024 =46 published=2024-12-20
        g output suzhou value actual   2024 >46 published=2025-01-05
        x output suzhou value actual   2024 =46.8 published=2025-01-20
        y output suzhou value actual   2024 =46.8 published=2025-02-01
        z output suzhou value actual   2024 =47 published=2025-03-01
        f output suzhou value actual   2024 =48.1 published=2026-01-10
        u output suzhou value actual   2024 =46.8
        t output suzhou value target   2024 =50 published=2024-01-01
        o output suzhou value actual   2023 =44 published=2024-01-01
    """)
    assert figures.ask("SELECT ordinal, id, step, previous, is_shown FROM revision ORDER BY side, ordinal") == [
        (1, "e", "first", None, False),
        (2, "g", "settled", "e", False),
        (3, "x", "sharpened", "g", False),
        (4, "y", "repeated", "x", False),
        (5, "z", "agrees", "y", False),
        (6, "f", "revised", "z", True),
        (7, "u", "revised", "f", False),
    ]


@pytest.mark.parametrize(
    ("known", "shown"),
    [("2024-12-31", "e"), ("2025-01-10", "g"), ("2025-01-31", "x"), ("2025-12-31", "x"), ("2026-12-31", "f"), ("2023-12-31", None)],
)  # fmt: skip
def test_what_was_known_on_a_day(figures: Figures, known: str, shown: str | None) -> None:
    figures.tell("""
        e output suzhou value estimate 2024 =46 published=2024-12-20
        g output suzhou value actual   2024 >46 published=2025-01-05
        x output suzhou value actual   2024 =46.8 published=2025-01-20
        f output suzhou value actual   2024 =48.1 published=2026-01-10
        u output suzhou value actual   2024 =44
    """)
    figures.con.execute(f"SET VARIABLE as_of = DATE '{known}'")
    try:
        wanted = [shown] if shown else []
        for view in ("fact", "series", "shown"):
            assert [row[0] for row in figures.ask(f"SELECT id FROM {view}")] == wanted
        exported = [row[0] for row in figures.ask("SELECT id FROM export ORDER BY published")]
        assert exported == [id_ for id_, day in zip("egxf", ("2024-12-20", "2025-01-05", "2025-01-20", "2026-01-10"), strict=True) if day <= known]  # fmt: skip
    finally:
        figures.con.execute("RESET VARIABLE as_of")


def test_why_another_is_shown(figures: Figures) -> None:
    figures.tell("""
        a output suzhou value actual   2024 =46.81 published=2025-01-20
        b output suzhou value estimate 2024 =46.8  published=2025-03-01
        c output suzhou value actual   2024 >46    published=2025-03-01
        d output suzhou value actual   2024 =44    published=2025-01-01
        e output suzhou value actual   2024 =46.8  published=2025-02-01
        f output suzhou value actual   2024 =46.81 published=2025-01-10
        g output suzhou value actual   2024 =46.81 published=2025-01-20 seen=repost origin=curated
        h output suzhou value actual   2024 =46.81 published=2025-01-20
    """)
    found = dict(figures.ask("SELECT id, why FROM preference ORDER BY id"))
    wanted = ["estimate", "bound", "differs", "digits", "earlier", "distance", "same"]
    assert found == {"a": None} | dict(zip("bcdefgh", wanted, strict=True))


# ------------------------------------------------------------------------------------------------- targets and silence

PLAN = "t output suzhou value target 2025 =5000\n"
COUNT = "t firms suzhou value target 2025 >1000\n"


@pytest.mark.parametrize(
    ("told", "day", "state"),
    [
        (PLAN, "2025-11-01", ("open", None)),
        (PLAN, "2026-03-01", ("open", None)),
        (PLAN, "2026-06-01", ("silent", None)),
        (PLAN + "o output suzhou value actual 2025 =5000", "2026-02-01", ("met", "o")),
        (PLAN + "o output suzhou value actual 2025 =4999", "2026-02-01", ("missed", "o")),
        (PLAN + "o output suzhou value actual 2025 >5000", "2026-02-01", ("met", "o")),
        (PLAN + "o output suzhou value actual 2025 >4900", "2027-02-01", ("open", "o")),
        (PLAN + "o output suzhou value actual 2025 <5000", "2026-02-01", ("missed", "o")),
        (PLAN + "o output suzhou value actual 2025 ~5000", "2027-02-01", ("open", "o")),
        (PLAN + "o output suzhou value actual 2025 ~4000", "2026-02-01", ("missed", "o")),
        (PLAN + "o output suzhou value estimate 2025 =5100", "2026-02-01", ("open", None)),
        (PLAN + "o output suzhou value actual 2025-01/2025-11 =5100", "2026-02-01", ("open", None)),
        (PLAN + "o output suzhou value actual 2025 =5100 scope=wide", "2026-06-01", ("silent", None)),
        (PLAN + "o output china value actual 2025 =5100", "2026-06-01", ("silent", None)),
        (PLAN + "o output suzhou value actual 2024 =5100", "2026-06-01", ("silent", None)),
        (PLAN + "o output suzhou value actual 2025 =5100 suspect=slip_1e4", "2026-06-01", ("silent", None)),
        (PLAN + "o output suzhou value actual 2025 =5100 period_basis=assumed", "2026-06-01", ("silent", None)),
        (PLAN.replace("=5000", "<5000") + "o output suzhou value actual 2025 =4000", "2026-02-01", ("met", "o")),
        (PLAN.replace("=5000", "<5000") + "o output suzhou value actual 2025 >5000", "2026-02-01", ("missed", "o")),
        # a count may be met before the end, but only the end can miss
        (COUNT + "o firms suzhou value actual 2025-09-30 =1001", "2025-10-15", ("met", "o")),
        (COUNT + "o firms suzhou value actual 2025-09-30 =900", "2025-10-15", ("open", "o")),
        (COUNT + "o firms suzhou value actual 2025-09-30 =900", "2026-06-01", ("silent", "o")),
        (COUNT + "o firms suzhou value actual 2025-12-31 =900", "2026-01-15", ("missed", "o")),
        (COUNT + "o firms suzhou value actual 2026-01-17 =900", "2026-01-20", ("open", None)),
        (COUNT + "n firms suzhou value actual 2025-06-30 =1100\no firms suzhou value actual 2025-12-31 =900", "2026-01-20", ("missed", "o")),
        # growth and additions
        ("t output suzhou yoy target 2025 >6\no output suzhou yoy actual 2025 =6.3", "2026-02-01", ("met", "o")),
        ("t output suzhou yoy target 2025 ~6\no output suzhou yoy actual 2025 =5.8", "2026-02-01", ("met", "o")),
        ("t output suzhou yoy target 2025 ~6\no output suzhou yoy actual 2025 =5", "2026-02-01", ("missed", "o")),
        ("t firms suzhou new target 2025 =100\no firms suzhou new actual 2025 =90", "2026-02-01", ("missed", "o")),
        ("t firms suzhou new target 2025 =100\no firms suzhou value actual 2025-12-31 =900", "2026-02-01", ("open", None)),
    ],
)  # fmt: skip
def test_what_came_of_a_target(figures: Figures, told: str, day: str, state: tuple[str, str | None]) -> None:
    figures.tell(told)
    assert figures.ask("SELECT state, outcome FROM target_outcome($1::DATE)", day) == [state]


def test_each_target_stands_once(figures: Figures) -> None:
    figures.tell(PLAN + PLAN.replace("t ", "s ").replace("=5000", ">5000"))
    assert figures.ask("SELECT target FROM target_outcome(DATE '2025-01-01')") == [("t",)]


@pytest.mark.parametrize(
    ("cadence", "last", "day", "state"),
    [
        ("yearly", "2024-12-31", "2025-12-31", ("current", "2025-12-31")),
        ("yearly", "2024-12-31", "2026-01-01", ("due", "2025-12-31")),
        ("yearly", "2024-12-31", "2026-04-30", ("due", "2025-12-31")),
        ("yearly", "2024-12-31", "2026-05-01", ("late", "2025-12-31")),
        ("yearly", "2024-12-31", "2027-05-02", ("silent", "2025-12-31")),
        ("yearly", "2025-09-30", "2026-01-01", ("due", "2025-12-31")),
        ("quarterly", "2025-06-30", "2025-10-01", ("due", "2025-09-30")),
        ("quarterly", "2025-05-31", "2025-08-15", ("late", "2025-06-30")),
        ("monthly", "2025-01-31", "2025-03-01", ("due", "2025-02-28")),
        ("monthly", "2025-01-31", "2025-05-02", ("silent", "2025-02-28")),
    ],
)
def test_silence(figures: Figures, cadence: str, last: str, day: str, state: tuple[str, str]) -> None:
    figures.con.execute("UPDATE indicator SET cadence = $1", [cadence])
    figures.tell(f"""
        a firms suzhou value actual   2020-12-31 =1
        b firms suzhou value actual   {last} =2
        t firms suzhou value target   2030 =9
        e firms suzhou value estimate 2029 =9
    """)
    [(found, expected, last_id, reports)] = figures.ask(
        "SELECT state, next_end::VARCHAR, last_id, reports FROM silence($1::DATE)", day
    )
    assert ((found, expected), last_id, reports) == (state, "b", 2)


def test_what_is_told_irregularly_is_never_silent(figures: Figures) -> None:
    figures.con.execute("UPDATE indicator SET cadence = 'irregular'")
    figures.tell("a firms suzhou value actual 2015-12-31 =1")
    assert figures.ask("FROM silence($1)", date(2026, 1, 1)) == []

"""What the pages show of how figures stand to one another: the day of knowing, targets, review, histories, corrections."""

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.views import indicator
from dashboard.wording import Words
from tests.pages import PAGES, seen, value, visit, words

pytestmark = pytest.mark.usefixtures("folder")


def test_a_page_shows_what_was_known_on_a_day() -> None:
    app = visit("indicator", indicator="output", as_of="2023-01-01")
    assert "此处只显示 2023 年 1 月 1 日及以前发表的内容" in words(app)
    assert 'id="figure-o21"' in seen(app)
    assert 'id="figure-o24"' not in seen(app), "published later"
    masthead = seen(app).split('class="masthead"')[1].split("</nav>")[0]
    assert masthead.count("as_of=2023-01-01") >= len(PAGES), "the day travels along"
    assert "此处只显示" not in words(visit("indicator", indicator="output"))


@pytest.mark.parametrize("day", ["2023-13-01", "yesterday", "20230101", "2023-1-1"])
def test_a_day_that_is_none_is_said_and_left_out(day: str) -> None:
    app = visit("indicator", indicator="output", as_of=day)
    assert f"as_of={day}" in words(app)
    assert 'id="figure-o24"' in seen(app)


def test_an_indicator_without_figures_on_that_day_says_so() -> None:
    app = visit("indicator", indicator="plants", as_of="2019-01-01")
    assert Words("zh")("no_figures") in words(app)


def test_targets_stand_beside_what_came_of_them() -> None:
    html = seen(visit("targets", state="met"))
    assert "4 万亿元" in html
    assert "4.36 万亿元" in html
    assert "4.5 万亿元" not in html, "that one was missed"
    assert "4.5 万亿元" in seen(visit("targets", state="missed"))


def test_a_place_without_targets_is_kept_and_told(folder: Path) -> None:
    app = visit("targets", place="kunshan")
    assert value(app, "place") == "kunshan"
    assert Words("zh")("nothing_here") in words(app)


def test_a_bullet_says_how_much_of_the_plan_was_reached() -> None:
    said = words(visit("targets", lang="en"))
    assert "109% of the target" in said, "4.36 of 4 trillion"
    assert "98% of the target" in said, "4.43 of 4.5 trillion"


def test_a_long_table_ends_and_leads_to_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indicator, "ROWS", 3)
    app = visit("indicator", indicator="output")
    assert seen(app).count('id="figure-') == 3
    assert re.search(r"另有 \d+ 个，见数据页", words(app))


def test_review_lists_what_does_not_fit() -> None:
    said = words(visit("review", lang="en"))
    assert "sources disagree" in said
    assert "Part and whole allow 13.0% to 13.5%" in said
    assert "silent since 2020-12-31" in said or "late" in said


def test_review_shows_refusals_worth_a_look_with_the_words_around_them(folder: Path) -> None:
    with duckdb.connect(str(folder / "builds" / "1-tiny.duckdb")) as con:
        con.execute("INSERT INTO reason VALUES ('two_readings', '存在两种读法', 'two readings are open')")
        con.execute("""
            INSERT INTO refusal SELECT 'a1', strpos(text, '4.43') - 1, strpos(text, '4.43') + 3, '4.43', 'two_readings', '', 'output'
            FROM article WHERE article = 'a1'
        """)
    html = seen(visit("review"))
    assert "存在两种读法" in html
    assert "2023年规上工业总产值<b>4.43</b>万亿元" in html
    assert "<script>" not in html


def test_a_card_says_what_it_was_preferred_to_and_why() -> None:
    said = words(visit("indicator", indicator="output", figure="o21"))
    assert "同一数字另有 1 种来源，未采用" in said
    assert "与最近发表的不符" in said
    assert "本数字与最近发表的不符" in words(visit("indicator", indicator="output", figure="o21b"))


def test_the_history_of_a_figure_stands_under_the_chart() -> None:
    html = seen(visit("indicator", indicator="output"))
    story = html.split('class="story"')[1].split("</ol>")[0]
    assert "首次" in story
    assert "不同" in story


def test_corrections_are_shown_with_their_reason(folder: Path) -> None:
    with duckdb.connect(str(folder / "builds" / "1-tiny.duckdb")) as con:
        con.execute("""
            INSERT INTO correction (observation, action, amended, place, reason, made_by, made_on) VALUES
                ('o24', 'amend', 'place', 'sip', '原文说的是<b>园区</b>', 'editor', DATE '2026-03-01'),
                ('o23', 'reject', '', NULL, '重复计算', 'editor', DATE '2026-03-01')
        """)
    html = seen(visit("indicator", indicator="output", place="sip", figure="o24"))
    assert "经人工更正，原因" in html
    assert "原文说的是&lt;b&gt;园区&lt;/b&gt;" in html
    article = seen(visit("articles", article="a1"))
    assert "人工否决（重复计算）" in article
    review = words(visit("review"))
    assert "已更正：地区" in review
    assert "已否决" in review


def test_a_mark_says_how_many_sources_it_was_preferred_to() -> None:
    app = visit("indicator", indicator="output")
    spec = app.get("plotly_chart")[0].proto.spec
    assert "\\u4f18\\u5148\\u4e8e\\u53e6\\u5916 1 \\u4e2a\\u6765\\u6e90" in spec or "优先于另外 1 个来源" in spec


@pytest.mark.parametrize(
    ("address", "panels", "said"),
    [
        ({}, 2, "4.68 万亿元"),  # output and plants have yearly figures; models too are no headline
        ({"indicators": "output"}, 1, "4.68 万亿元"),
        ({"indicators": "output", "show": "growth"}, 1, "+6%"),
        ({"indicators": "output", "show": "index"}, 1, "113.3"),
    ],
)
def test_compare_sets_indicators_side_by_side(address: dict[str, str], panels: int, said: str) -> None:
    app = visit("compare", **address)
    assert len(app.get("plotly_chart")) == panels
    assert said in words(app)
    assert all(chart.proto.alt for chart in app.get("plotly_chart")), "each chart is told in words"


def test_shares_are_of_the_next_larger_place_and_of_exact_figures_alone() -> None:
    assert Words("zh")("nothing_to_compare_share") in words(
        visit("compare", indicators="output", show="share", place="sip")
    )


def test_an_unknown_indicator_is_said_and_left_out() -> None:
    app = visit("compare", indicators="output,nonsense")
    assert "indicators=nonsense" in words(app)
    assert len(app.get("plotly_chart")) == 1


# ----------------------------------------------------------------------------------------------------- the log of runs
def logged(folder: Path, *lines: dict[str, Any] | str) -> None:
    text = [line if isinstance(line, str) else json.dumps(RUN | line, ensure_ascii=False) for line in lines]
    (folder / "runs.jsonl").write_text("\n".join(text) + "\n", "utf-8")


RUN = {
    "started": "2026-11-21T22:00:00+00:00",
    "seconds": 2.5,
    "by": "schedule",
    "outcome": "published",
    "build": "7-abc",
}


def test_review_tells_of_the_last_runs(folder: Path) -> None:
    counts = {
        "articles": 12,
        "read": 3,
        "arrived": 2,
        "edited": 1,
        "passed": 4,
        "added": 9,
        "revised": 1,
        "withdrawn": 0,
    }
    broken = {"failed": 1, "failures": ["seeds/a.txt:1: <script>alert(1)</script>"]}
    logged(
        folder,
        counts | broken,
        {"outcome": "failed", "by": "retry", "reason": "data: <b>No space</b>"},
        {"outcome": "other", "by": "moon"},
    )
    html = seen(visit("review", lang="en"))
    table = html.split('id="review_runs"')[1]
    assert "2026-11-22 06:00" in table, "in China time"
    for said in (
        "3 of 12 articles read",
        "feeds: 2 new, 1 changed, 4 passed over",
        "1 not read",
        "2.5 s",
        "tried again",
    ):
        assert said in table
    assert table.index("other") < table.index("No space") < table.index("3 of 12"), "the latest first"
    assert "&lt;b&gt;No space&lt;/b&gt;" in table
    assert "<script>alert" not in html
    assert "无新内容" not in html


def test_review_shows_thirty_runs_and_no_more(folder: Path) -> None:
    logged(folder, *({"seconds": float(number)} for number in range(40)))
    table = seen(visit("review")).split('id="review_runs"')[1]
    assert table.count("data-row") == 30
    assert (
        "39.0 秒" in table,
        "10.0 秒" in table,
        "9.0 秒" in table.replace("39.0", "").replace("29.0", "").replace("19.0", ""),
    ) == (True, True, False)


@pytest.mark.parametrize(
    ("outcomes", "shown"),
    [
        (["published", "failed"], True),
        (["failed", "skipped"], True),
        (["failed", "published"], False),
        (["failed", "unchanged"], False),
        (["failed", "rolled back"], False),
        ([], False),
    ],
)
def test_a_banner_tells_of_a_failed_run_until_one_goes_well(folder: Path, outcomes: list[str], *, shown: bool) -> None:
    logged(folder, *({"outcome": outcome} for outcome in outcomes))
    for page in PAGES:
        assert ("最近一次刷新（2026 年 11 月 22 日）失败" in words(visit(page))) == shown


@pytest.mark.parametrize("page", PAGES)
def test_every_page_tells_that_an_older_build_stands_in(folder: Path, page: str) -> None:
    assert "当前的数据无法打开" not in words(visit(page))
    (folder / "current").write_text("99-000000000000")
    assert "当前的数据无法打开，以下是此前的数据" in words(visit(page))


@pytest.mark.parametrize(
    "line",
    ["", "[]", "{", '{"started": 5, "seconds": 1}', '{"started": "9999-12-31T23:59:59+00:00", "seconds": "x"}', "\0" * 50, '{"started": "2026-01-01", "seconds": 1e999, "by": {}, "failures": {"a": 1}, "read": "many"}'],
)  # fmt: skip
def test_no_line_of_the_log_breaks_a_page(folder: Path, line: str) -> None:
    logged(folder, line, {"outcome": "failed"}, line)
    assert "失败" in words(visit("review"))


def test_a_log_that_is_none_is_as_good_as_none(folder: Path) -> None:
    (folder / "runs.jsonl").mkdir()
    assert Words("zh")("nothing_to_review") in words(visit("review"))

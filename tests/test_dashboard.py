"""The pages as a reader meets them, without a browser: each page, each language, addresses good and bad, no database."""

from __future__ import annotations

import csv
import io
import re
import shutil
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import builds, queries
from dashboard.model import Choice
from dashboard.views import delivery, overview
from dashboard.wording import Words
from tests import large, tiny
from tests.pages import PAGES, seen, value, visit, words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
pytestmark = pytest.mark.usefixtures("folder")


# -------------------------------------------------------------------------------------------------------------- pages
@pytest.mark.parametrize("room", PAGES)
@pytest.mark.parametrize(("lang", "foot"), [("zh", "数据版本 1.1.0"), ("en", "Data version 1.1.0")])
def test_every_page_stands_in_both_languages(room: str, lang: str, foot: str) -> None:
    assert foot in words(visit(room, lang=lang))


@pytest.mark.parametrize("room", ["", "about"])
def test_pages_without_quotes_hold_no_chinese_in_english(room: str) -> None:
    assert set(CHINESE.findall(words(visit(room, lang="en")))) <= set("中文")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_about_says_how_well_each_gold_set_is_read(lang: str) -> None:
    said = words(visit("about", lang=lang))
    table = said[said.index(Words(lang)("about_accuracy")) :].split()
    known = ["known", "3", "40", "0.800", "0.500", "0.615", "1.000", "0.975", "0.987", "0.960–1.000"]
    assert table[(at := table.index("known")) : at + 10] == known
    assert table[(at := table.index("taught")) : at + 7] == ["taught", "5", "60", "—", "—", "—", "1.000"]
    assert table[(at := table.index("old")) : at + 10] == ["old", "—", "7", "—", "—", "—", "0.500", "—", "—", "—"]


@pytest.mark.parametrize("room", PAGES)
def test_nothing_is_asked_of_another_host(room: str) -> None:
    html = "\n".join(piece.proto.body for piece in visit(room).get("html"))
    assert not re.search(r"(?:src|url\()\s*=?\s*[\"']?https?:", html)


@pytest.mark.parametrize(
    ("state", "said"), [("empty", "还没有数据"), ("pointer", "指向当前数据的文件有误"), ("file", "数据文件无法打开")]
)
def test_without_a_database_a_page_says_what_to_run(folder: Path, state: str, said: str) -> None:
    build = folder / "builds" / "1-tiny.duckdb"
    if state == "file":
        build.write_bytes(b"torn" * 5000)
    else:
        build.unlink()
    if state == "empty":
        (folder / "current").unlink()
    app = visit()
    assert said in words(app)
    assert "python -m etl refresh" in words(app)


def test_a_new_build_is_picked_up_without_a_restart(folder: Path) -> None:
    app = visit()
    assert "第 1 次构建" in words(app)
    tiny.make(folder, 2)
    app.run()
    assert "第 2 次构建" in words(app)
    assert "第 1 次构建" not in words(app)


def test_a_question_that_fails_is_said_and_leaves_the_frame(folder: Path) -> None:
    with duckdb.connect(str(folder / "builds" / "1-tiny.duckdb")) as con:
        con.execute("DROP TABLE finding")
    app = visit("indicator", indicator="output")
    assert "数据库没有答复" in words(app)
    assert "数据版本" in words(app)


@pytest.mark.parametrize("number", [5_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
def test_every_page_stands_with_many_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setenv("DATA_DIR", str(large.make(tmp_path, number)))
    addresses: dict[str, dict[str, str]] = {page: {} for page in PAGES} | {
        "indicator": {"indicator": "industrial_output", "place": "suzhou,sip,kunshan"},
        "data": {"place": "suzhou", "page": "2"},
        "articles": {"page": "2"},
    }
    for day in ("", "2024-06-30"):
        for page, address in addresses.items():
            said = words(visit(page, **address, as_of=day))
            assert "数据版本" in said
            assert "数据库没有答复" not in said, page
            assert len(said) < 60_000, "no page grows with the database"


def test_a_catalogue_without_figures_shows_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "bare"))
    tiny.make(tmp_path / "bare", figures="")
    for page in PAGES:
        assert "数据版本" in words(visit(page))


# ----------------------------------------------------------------------------------------------------------- overview
def test_cards_give_value_bound_place_date_and_change() -> None:
    html = seen(visit())
    cards = {
        match[1]: unescape(re.sub(r"<[^>]+>", " ", match[0]))
        for match in re.finditer(
            r'class="card">.*?indicator|<a data-go href="indicator\?indicator=(\w+)[^>]*class="card">.*?</a>', html
        )
        if match[1]
    }
    assert set(cards) == {"output", "plants"}
    said = {name: " ".join(text.split()) for name, text in cards.items()}
    assert "规上工业总产值 4.9 万亿元 苏州市 · 2025 年 · 预计" in said["output"]
    assert "智能工厂 1,900 家 苏州市 · 截至 2025 年底" in said["plants"]


@pytest.mark.parametrize(("place", "expected"), [("suzhou", "1,900"), ("sip", "27")])
def test_the_place_of_the_cards_is_chosen_in_the_address(place: str, expected: str) -> None:
    assert expected in words(visit(place=place)).split("本次更新")[0]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("工厂", ["plants"]),
        ("智慧", ["plants"]),
        ("LLM", ["models"]),
        ("large models", ["models"]),
        ("  ", ["output", "plants", "models", "silent"]),
        ("无此物", []),
    ],
)
def test_search_finds_by_chinese_english_and_alias(wanted: str, found: list[str]) -> None:
    build = builds.current()
    items = overview.matching(queries.catalogue(build).values(), queries.aliases(build), wanted)
    assert [item.indicator for item in items] == found


def test_search_is_in_the_address_and_an_empty_answer_says_so() -> None:
    app = visit(q="工厂")
    assert "智能工厂" in words(app).split("数字个数")[1]
    assert "大模型" not in words(app).split("数字个数")[1]
    app.text_input[0].set_value("无此物").run()
    assert value(app, "q") == "无此物"
    assert "没有与“无此物”相符的指标" in words(app)


def test_a_cell_of_the_heat_map_counts_and_leads_to_its_figures() -> None:
    html = seen(visit())
    [cell] = re.findall(r'<a data-go href="(data\?indicators=output&amp;years=2024-2024)"[^>]*>(\d+)</a>', html)
    assert cell[1] == "3"
    assert "3 行" in words(visit("data", indicators="output", years="2024-2024"))


# ---------------------------------------------------------------------------------------------------------- indicator
def chart(app: AppTest) -> str:
    [drawn] = app.get("plotly_chart")
    return str(drawn.proto.spec or drawn.proto.figure.spec)


def test_the_chart_is_described_in_words() -> None:
    [drawn] = visit("indicator", indicator="output").get("plotly_chart")
    assert "最近 2025 4.9 万亿元" in str(drawn.proto)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (
            "o24",
            ["4.68 万亿元", "2024年完成", "4.68万亿", "苏州日报", "2025-01", "在文章中查看", "4,680,000,000,000 元"],
        ),
        ("o22", ["4.36 万亿元", "人工收录：读自转载页面", "打开来源网页"]),
        ("o26", ["超 5 万亿元", "目标 · 尚无结果"]),
        ("o22t", ["目标 · 已达到"]),
        ("o23t", ["目标 · 未达到"]),
    ],
)
def test_the_figure_of_the_address_shows_its_quote_and_source(figure: str, expected: list[str]) -> None:
    html = next(
        piece.proto.body
        for piece in visit("indicator", indicator="output", figure=figure).get("html")
        if "quote-card" in piece.proto.body
    )
    text = unescape(re.sub(r"<[^>]+>", "", html))
    assert not [part for part in expected if part not in text]


def test_a_card_leads_to_the_very_figure_in_its_article() -> None:
    html = seen(visit("indicator", indicator="output", figure="o24"))
    assert 'href="articles?article=a1&amp;figure=o24"' in html


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("level", ["4.68 万亿元", "超 2.4 万亿元", "另有数字优先"]),
        ("growth", ["+5.6%", "+6%", "与所载相差 0 个百分点"]),
        ("change", ["+2,500 亿元"]),
        ("index", ["100", "113.3"]),
    ],
)
def test_each_way_of_showing_has_its_table(show: str, expected: list[str]) -> None:
    text = words(visit("indicator", indicator="output", show=show))
    assert not [part for part in expected if part not in text]


def test_a_share_names_its_whole() -> None:
    assert "占苏州市" in words(visit("indicator", indicator="output", show="share"))


def test_another_definition_stands_apart() -> None:
    usual, wide = (words(visit("indicator", indicator="output", scope=scope)) for scope in ("", "wide"))
    assert "全口径" not in usual.split("图中数字")[1].split("定义")[0]
    assert "5 万亿元" in wide.split("图中数字")[1]
    assert "4.68" not in wide.split("图中数字")[1]


def test_an_indicator_without_figures_keeps_its_definition() -> None:
    text = words(visit("indicator", indicator="silent"))
    assert "还没有这个指标的数字" in text
    assert "按文章用法" in text


def test_an_undated_count_is_said_no_more_precisely_than_its_article_is_dated(folder: Path) -> None:
    assert "截至 2025 年 1 月 10 日" in words(visit("indicator", indicator="plants"))
    shutil.rmtree(folder / "builds")
    tiny.make(folder, 3)
    with duckdb.connect(str(folder / "builds" / "3-tiny.duckdb")) as con:
        con.execute("UPDATE observation SET period_basis = 'assumed' WHERE id = 'f25'")
    assert "截至 2025 年 1 月 10 日" not in words(visit("indicator", indicator="plants"))


# ----------------------------------------------------------------------------------------------------------- articles
def test_the_list_says_what_each_article_gave() -> None:
    text = words(visit("articles"))
    assert "采用 7 个数字，未采用 2 个" in text
    assert "2026 年 1 月 17 日" in text


def reader(app: AppTest) -> str:
    return next(str(piece.proto.body) for piece in app.get("html") if '<article class="text"' in piece.proto.body)


@pytest.mark.parametrize("article", ["a1", "a2"])
def test_the_reader_shows_every_character_once_and_in_order(article: str) -> None:
    body = reader(visit("articles", article=article)).split("</article>")[0].split('lang="zh">')[1]
    assert unescape(re.sub(r"<[^>]+>", "", body)) == tiny.ARTICLES[article][4]


def test_every_figure_in_the_text_leads_to_its_chart_or_says_why_not() -> None:
    body = reader(visit("articles", article="a1"))
    assert body.count('class="stated"') == 7
    assert 'href="indicator?indicator=output&amp;place=suzhou&amp;figure=o24"' in body
    assert "规上工业总产值 · 苏州市 · 2024 年 · 4.68 万亿元" in body
    assert 'title="未采用：单位不符（项）">12项</span>' in body


def test_the_figure_one_came_for_is_marked_in_its_sentence() -> None:
    body = reader(visit("articles", article="a1", figure="o24"))
    assert re.search(
        r'<span class="sentence"><a data-go [^>]*class="stated focus"[^>]* data-focus>4.68万亿</a></span>', body
    )
    assert '<span class="sentence">2024年完成</span>' in body


class Markup(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.sources: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.sources |= {value or "" for name, value in attrs if name == "src"}


@pytest.mark.parametrize("room", ["articles", "data", "indicator", ""])
def test_markup_in_an_article_stays_text(room: str) -> None:
    for address in ({}, {"article": "a1"}, {"figure": "o24"}):
        markup = Markup()
        markup.feed(seen(visit(room, **address)))
        assert "script" not in markup.tags
        assert not [name for name in markup.attributes if name.startswith("on")]
        assert all(source.startswith("data:image/svg+xml;base64,") for source in markup.sources)


def test_a_withheld_text_shows_its_sentences_only(folder: Path) -> None:
    with duckdb.connect(str(folder / "builds" / "1-tiny.duckdb")) as con:
        con.execute("UPDATE article SET publish_text = false")
    body = reader(visit("articles", article="a1"))
    assert "本文不公开全文" in body
    assert "4.68万亿" in body
    assert "共12项" not in body


# --------------------------------------------------------------------------------------------------------------- data
@pytest.mark.parametrize(
    ("address", "number"),
    [
        ({}, 22),
        ({"origin": "article"}, 10),
        ({"origin": "article", "status": "target"}, 1),
        ({"indicators": "plants,models", "place": "suzhou"}, 5),
        ({"years": "2024-2024"}, 5),
    ],
)
def test_the_address_filters_the_table(address: dict[str, str], number: int) -> None:
    assert f"{number} 行" in words(visit("data", **address))


def test_controls_write_codes_into_the_address() -> None:
    app = visit("data", lang="en")
    app.multiselect[0].set_value(["plants"]).run()
    app.button_group[0].set_value("article").run()
    app.select_slider[0].set_value((2024, 2025)).run()
    assert {name: value(app, name) for name in ("indicators", "origin", "years", "lang")} == {
        "indicators": "plants", "origin": "article", "years": "2024-2025", "lang": "en",
    }  # fmt: skip
    assert "1 rows" in words(app)


@pytest.mark.parametrize(
    "choice", [Choice(), Choice(origins=("article",)), Choice(indicators=("models",)), Choice(places=("kunshan",))]
)
def test_the_file_equals_the_export_of_the_database(choice: Choice) -> None:
    build = builds.current()
    content = delivery.comma_separated(build, choice)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    expected = [
        {name: "" if cell is None else str(cell) for name, cell in row.items()}
        for row in queries.exported(build, choice)
    ]
    assert rows == expected
    assert all(not row["title"].startswith("=") for row in rows)


# ------------------------------------------------------------------------------------------------------------ address
@pytest.mark.parametrize(
    ("room", "address"),
    [
        ("", {"lang": "fr"}),
        ("", {"place": "atlantis"}),
        ("indicator", {"indicator": "nonsense"}),
        ("indicator", {"indicator": "output", "show": "upside_down"}),
        ("indicator", {"indicator": "output", "years": "2024"}),
        ("indicator", {"indicator": "output", "years": "2030-2019"}),
        ("indicator", {"indicator": "output", "years": "99999999999-0"}),
        ("indicator", {"indicator": "output", "figure": "<script>alert(1)</script>"}),
        ("articles", {"article": "../../etc/passwd"}),
        ("data", {"status": "maybe"}),
        ("data", {"origin": "rumour"}),
        ("data", {"page": "999"}),
        ("data", {"page": "-1"}),
        ("data", {"indicators": "output,nonsense"}),
        ("data", {"figure": "nobody"}),
    ],
)
def test_a_bad_value_gives_a_notice_and_a_sane_page(room: str, address: dict[str, str]) -> None:
    app = visit(room, **address)
    assert "无法使用，已改用默认值" in words(app)
    assert "<script" not in seen(app)
    assert "数据版本" in words(app)


def test_language_place_and_years_travel_along_every_link_of_the_masthead() -> None:
    html = seen(visit("indicator", indicator="plants", lang="en", place="sip", years="2025-2026", show="level"))
    masthead = html.split('class="masthead"')[1].split("</nav>")[0]
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', masthead)]
    assert len(links) == len(PAGES) + 1
    for link in links:
        assert {"lang=en", "place=sip", "years=2025-2026"} <= set(re.split("[?&]", link)), link


def test_a_place_without_figures_here_still_travels() -> None:
    app = visit("indicator", indicator="models", place="sip")
    assert value(app, "place") == "sip"


def test_a_followed_link_is_read_anew_by_every_control() -> None:
    app = visit("data", origin="article")
    assert "10 行" in words(app)
    app.query_params["origin"] = "curated"
    app.run()
    assert "10 行" in words(app), "a click must not be undone by an address that is on its way"
    app.query_params["origin"] = "curated"
    app.session_state["arrivals"] = 1  # what a followed link leaves behind
    app.run()
    assert "12 行" in words(app)

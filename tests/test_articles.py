"""What people put in the articles' folder: files in any encoding, sources.yaml, curated figures; and its faults."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import articles, curated, sources
from etl.catalogue import Catalogue
from etl.documents import decode
from etl.errors import InputError
from etl.rows import Figure

GOLD = Path(__file__).parent / "gold" / "dev" / "articles"
PLACES = {"suzhou", "sip", "kunshan"}
SIMPLIFIED = "苏州工业园区集聚人工智能企业超1800家，2024年规上工业总产值达6518亿元，同比增长百分之六。"
TRADITIONAL = "蘇州工業園區集聚人工智能企業超1800家，2024年工業總產值達6518億元，同比增長百分之六。"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load(Path(__file__).parent.parent / "metrics.yaml")


# ------------------------------------------------------------------------------------------------------------- decoding


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (SIMPLIFIED.encode(), SIMPLIFIED),
        (SIMPLIFIED.encode("utf-8-sig"), SIMPLIFIED),
        (SIMPLIFIED.encode("utf-16"), SIMPLIFIED),
        (b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"), SIMPLIFIED),
        (SIMPLIFIED.encode("gb18030"), SIMPLIFIED),
        (SIMPLIFIED[:12].encode("gb18030"), SIMPLIFIED[:12]),
        (TRADITIONAL.encode("big5"), TRADITIONAL),
        (b"a\r\nb\rc\n\n", "a\r\nb\rc\n\n"),
        ("𠮷👍".encode(), "𠮷👍"),
        (f"{SIMPLIFIED}\x1a".encode(), f"{SIMPLIFIED}\x1a"),
    ],
)
def test_decode(content: bytes, expected: str) -> None:
    assert decode(content) == expected


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cn", "Co", "Cs"))),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_says_its_encoding_comes_back_whole(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text.removeprefix("\ufeff")


@given(st.binary())
def test_whatever_bytes_give_a_text_or_nothing(content: bytes) -> None:
    text = decode(content)
    assert text is None or "\0" not in text


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(range(128, 256)),
        b"text with a \x00 byte",
        b"\x01\x02text",
        b"\xef\xbb\xbf" + SIMPLIFIED.encode("gb18030"),
        "résumé, naïve".encode("latin-1"),
    ],
)
def test_what_is_not_text_is_not_decoded(content: bytes) -> None:
    assert decode(content) is None


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030"])
def test_the_declared_charset_of_a_page_decides(charset: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head>{SIMPLIFIED}镕</html>'
    assert decode(page.encode("gb18030"), markup=True) == page


def test_a_wrongly_declared_charset_does_not() -> None:
    page = f'<meta charset="gb2312">{TRADITIONAL}'
    assert decode(page.encode("big5"), markup=True) == page


# ---------------------------------------------------------------------------------------------------------------- pages


def read(path: Path) -> str:
    received = next(r for r in articles.listing(path.parent, _Everywhere()).received if r.path == path)
    return articles.read(received).raw


class _Everywhere:
    def __contains__(self, place: object) -> bool:
        return True


def test_a_page_keeps_its_article_and_nothing_else() -> None:
    lines = read(GOLD / "d16.html").splitlines()
    assert lines[0] == "“AI+制造”看苏州：大会亮出五张清单"
    assert [line for line in lines if len(line) < 16] == [
        "苏州工业园区：主阵地", "吴中区：机器人第一区", "昆山市：算力先行", "苏州高新区：把场景打开", "下一步", "（责编：徐一 校对：何二）",
    ]  # fmt: skip
    for gone in ("数据：江苏规上工业企业6.6万家", "AQI", "参展者", "字号", "合肥", "广告热线"):
        assert gone not in "\n".join(lines)


def test_a_page_keeps_its_headline_and_every_paragraph() -> None:
    text = read(GOLD / "d15.html")
    assert text.startswith("关于《苏州AI企业超3000家》一文的更正说明\n")
    assert [line[:2] for line in text.splitlines()[2:10]] == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
        "六、",
        "七、",
        "八、",
    ]
    for gone in ("热文排行", "1500家", "相关阅读", "0512", "客户端"):
        assert gone not in text


PAGE = """<html><head><meta charset=utf-8><title>工业快报</title></head><body>
<div class=nav><a href=/>首页</a> <a href=/2>数据6.6万家</a></div><div class=content><h1>工业快报</h1>
<p>2024年，苏州市规模以上工业总产值达到4.68万亿元，同比增长6%，工业投资保持增长，全市制造业稳中向好，创新动能不断增强。</p>
<h2>一、主要指标</h2>
<table><tr><th>指标</th><th>数值</th></tr><tr><td>工业总产值</td><td>46800亿元</td></tr><tr><td>独角兽企业</td><td>12家</td></tr></table>
<ul><li>国家级绿色工厂16家</li><li>国家级绿色园区<b>3</b>个</li></ul><h3>二、其他</h3><p>短句12家。</p></div></body></html>"""


def test_headings_rows_and_items_of_a_page_are_lines(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    lines = read(tmp_path / "page.html").splitlines()
    for line in ("工业快报", "一、主要指标", "二、其他", "短句12家。", "- 国家级绿色工厂16家", "- 国家级绿色园区3个"):
        assert line in lines
    assert "| 独角兽企业 | 12家 |" in [line.strip() for line in lines]
    assert not any("6.6万家" in line for line in lines)


# --------------------------------------------------------------------------------------------------------------- folder


@pytest.mark.parametrize(
    ("file", "content", "fault"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \r\n\t", "the file is empty"),
        ("a.md", bytes(range(256)), "is not text in UTF-8, GB18030 or Big5"),
        ("a.html", b"<html><body><script>var x = 12</script></body></html>", "holds no article text"),
        ("a.pdf", b"%PDF-1.7", "is a pdf"),
    ],
)
def test_a_file_that_gives_no_text_is_refused_by_name(tmp_path: Path, file: str, content: bytes, fault: str) -> None:
    (tmp_path / file).write_bytes(content)
    (received,) = articles.listing(tmp_path, PLACES).received
    with pytest.raises(InputError) as error:
        articles.read(received)
    (problem,) = error.value.problems
    assert problem.file == str(tmp_path / file)
    assert fault in problem.fault
    assert "; " in problem.fault or "take it out" in problem.fault


def test_two_files_of_one_stem_are_refused(tmp_path: Path) -> None:
    for file in ("a.txt", "a.md", "b.txt"):
        (tmp_path / file).write_text("字", encoding="utf-8")
    a, b = articles.listing(tmp_path, PLACES).received
    assert 'same name before its ending as a.txt, so "a" would mean two articles' in a.refused
    assert (b.name, b.refused) == ("b", "")


def test_only_articles_are_listed(tmp_path: Path) -> None:
    for file in ("b.TXT", "a.html", "observations.csv", "notes.docx", ".hidden.txt", "feeds.yaml"):
        (tmp_path / file).write_text("字", encoding="utf-8")
    (tmp_path / "c.txt").mkdir()
    assert [received.path.name for received in articles.listing(tmp_path, PLACES).received] == ["a.html", "b.TXT"]


def test_missing_entries_and_missing_files_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("字", encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("# known\n- file: b.txt\n  title: 标题\n", encoding="utf-8")
    folder = articles.listing(tmp_path, PLACES)
    assert [str(p) for p in folder.failures] == [
        f'{tmp_path}/sources.yaml:2: there is no file "b.txt" in {tmp_path}; put it there or take the entry out'
    ]
    assert [(p.file, "has no entry in sources.yaml" in p.fault) for p in folder.remarks] == [
        (f"{tmp_path}/a.txt", True)
    ]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        articles.listing(tmp_path / "nowhere", PLACES)


def test_an_article_without_an_entry_is_undated(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("字", encoding="utf-8")
    (received,) = articles.listing(tmp_path, PLACES).received
    article = articles.read(received)
    assert (article.title, article.published, article.publish_text) == (None, None, True)


# --------------------------------------------------------------------------------------------------------- sources.yaml


@pytest.mark.parametrize(
    ("published", "precision", "expected"),
    [
        ("2024-09-10", "", (date(2024, 9, 10), "day")),
        ("2024-09-10", "month", (date(2024, 9, 10), "month")),
        ("2024-09", "", (date(2024, 9, 1), "month")),
        ("2024", "day", (date(2024, 1, 1), "year")),
        ("null", "", (None, None)),
    ],
)
def test_dates_of_sources(
    tmp_path: Path, published: str, precision: str, expected: tuple[date | None, str | None]
) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(f"- file: a.txt\n  published: {published}\n  date_precision: {precision}\n", encoding="utf-8")
    source = sources.read(path, PLACES)["a.txt"]
    assert (source.published, source.precision) == expected


@pytest.mark.parametrize(
    ("yaml", "line", "fault"),
    [
        ("- file: a.txt\n  titel: x\n", 2, 'unknown key "titel"; did you mean "title"?'),
        ("- file: a.txt\n  title: x\n  title: y\n", 3, 'key "title" is repeated'),
        ("- title: x\n", 1, 'key "file" is missing'),
        ("- file: a.txt\n- file: a.txt\n", 2, 'file "a.txt" has an entry on line 1 already'),
        ("- file: ../a.txt\n", 1, "is a path"),
        ("- file: a.txt\n  published: 2024-13-01\n", 2, 'published "2024-13-01" is no date'),
        ("- file: a.txt\n  published: September\n", 2, "is no date"),
        ("- file: a.txt\n  date_precision: week\n", 2, '"week" is not day, month or year'),
        ("- file: a.txt\n  place: atlantis\n", 2, 'place "atlantis" is not under places'),
        ("- file: a.txt\n  url: javascript:alert(1)\n", 2, "is not an address"),
        ("- file: a.txt\n  publish_text: perhaps\n", 2, "is no flag"),
        ("- file: [a.txt\n", 2, "not YAML"),
        ("file: a.txt\n", 1, "not a list"),
    ],
)
def test_faults_of_sources_have_lines(tmp_path: Path, yaml: str, line: int, fault: str) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(yaml, encoding="utf-8")
    with pytest.raises(InputError) as error:
        sources.read(path, PLACES)
    assert [(p.line, fault in p.fault) for p in error.value.problems] == [(line, True)], error.value


@pytest.mark.parametrize("content", [None, "", "# nothing yet\n\n"])
def test_sources_may_be_empty(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "sources.yaml").write_text(content, encoding="utf-8")
    assert sources.read(tmp_path / "sources.yaml", PLACES) == {}


# ------------------------------------------------------------------------------------------------------ curated figures

GOOD = "ai_enterprises,suzhou,value,,,actual,2024-12-31,2300,>,苏州日报,标题,2025-01,,repost,,"


@pytest.fixture
def curated_rows(tmp_path: Path, catalogue: Catalogue) -> Callable[[str], tuple[Figure, ...]]:
    def read(*rows: str) -> tuple[Figure, ...]:
        path = tmp_path / "observations.csv"
        path.write_text("\n".join([",".join(curated.COLUMNS), *rows]), encoding="utf-8-sig")
        return curated.read(path, catalogue)

    return read


def test_a_curated_figure(curated_rows: Callable[..., tuple[Figure, ...]]) -> None:
    (figure,) = curated_rows(GOOD)
    assert (figure.indicator, str(figure.period), str(figure.value), figure.bound) == (
        "ai_enterprises",
        "2024-12-31",
        "2300",
        ">",
    )
    assert (figure.published, figure.precision, figure.url) == (date(2025, 1, 1), "month", None)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "ai_enterprises",
            "ai_enterprise",
            'indicator "ai_enterprise" is not an indicator of the catalogue; did you mean "ai_enterprises"?',
        ),
        ("suzhou", "shanghai", 'place "shanghai" is not a place'),
        (",2300,", ",2.3e3,", 'value "2.3e3" is no number'),
        (",2300,", ",about,", 'value "about" is no number'),
        (",2300,", ",NaN,", 'value "NaN" is no number'),
        (",2300,", ",1.1234567,", "is no number"),
        (",2300,", ",,", 'value "" is no number'),
        ("2024-12-31", "end of 2024", "not a period"),
        ("2024-12-31", "2024-02-30", "period"),
        ("2025-01", "2025-1", 'published "2025-1" is no date'),
        (",actual,", ",fact,", 'status "fact" is not one of actual, estimate, target'),
        (",>,", ",>=,", 'bound ">=" is not one of'),
        (",value,,", ",share,,", 'share_of "" is not a place'),
        (",value,,", ",value,china,", 'share_of "china" without measure share'),
        (",value,,,", ",value,,secret,", 'scope "secret" is not a scope of ai_enterprises'),
        (",repost,", ",seen,", 'seen "seen" is not one of original, repost'),
        ("标题", "标题,副题", "17 cells instead of 16"),
        ("标题", '"标题', "not CSV"),
    ],
)
def test_faults_of_curated_figures_have_lines(
    curated_rows: Callable[..., tuple[Figure, ...]], old: str, new: str, fault: str
) -> None:
    assert old in GOOD
    with pytest.raises(InputError) as error:
        curated_rows(GOOD, GOOD.replace(old, new, 1))
    assert [(p.line, fault in p.fault) for p in error.value.problems] == [(3, True)], error.value


def test_a_repeated_curated_row_names_both_lines(curated_rows: Callable[..., tuple[Figure, ...]]) -> None:
    with pytest.raises(InputError, match=r"observations\.csv:3: the same row stands on line 2"):
        curated_rows(GOOD, GOOD)


def test_all_faults_are_told_at_once(curated_rows: Callable[..., tuple[Figure, ...]]) -> None:
    with pytest.raises(InputError) as error:
        curated_rows(GOOD.replace("suzhou", "x"), GOOD, GOOD.replace(",2300,", ",y,"))
    assert [problem.line for problem in error.value.problems] == [2, 4]


def test_columns_are_those_and_no_others(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "observations.csv"
    path.write_text("indicator,place\n", encoding="utf-8")
    with pytest.raises(InputError, match="write indicator,place,measure"):
        curated.read(path, catalogue)

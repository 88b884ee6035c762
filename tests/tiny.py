"""A tiny database with every mark of the dashboard in it, made from the schema alone.

`FIGURES` is the table to read: one line an observation. Two articles stand behind those of origin `article`; the quote
is the clause that the line names, its figure the printed words in it. `HOSTILE` is markup that must stay text.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from etl import store
from etl.period import Period

HOSTILE = '<script>document.title="owned"</script><img src=x onerror="document.title=1">'

ARTICLES = {
    "a1": (
        f"苏州{HOSTILE}工业",
        "苏州日报",
        "2025-01-10",
        "month",
        (
            f"\n\n\n\n苏州：{HOSTILE}\n2023年规上工业总产值4.43万亿元，同比增长1.6%；2024年完成4.68万亿元，比上年增长5.6%。\n"
            "力争2026年突破5万亿元。拥有智能工厂超1,800家、\n\n\n\n约40家示范企业，不到30个平台，共12项。"
        ),
    ),
    "a2": (
        "蘇州工業園區",
        None,
        "2026-01-17",
        "day",
        "園區2025年預計完成工業總產值6,500億元，占蘇州市的13.9%。擁有智能工廠27家。",
    ),
}

# id, article or curated, indicator, place, measure, share_of, scope, status, period, value, bound, printed, words of the quote
FIGURES = """
o21   original output suzhou  value -      -     actual   2021       4130000000000 = -        -
o21b  repost   output suzhou  value -      -     actual   2021       4200000000000 = -        -
o22   repost   output suzhou  value -      -     actual   2022       4360000000000 = -        -
o23   a1       output suzhou  value -      -     actual   2023       4430000000000 = 4.43万亿 2023年规上工业总产值4.43万亿元
o24   a1       output suzhou  value -      -     actual   2024       4680000000000 = 4.68万亿 2024年完成4.68万亿元
o25   original output suzhou  value -      -     estimate 2025       4900000000000 = -        -
o25h  original output suzhou  value -      -     actual   2025-H1    2400000000000 > -        -
o26   a1       output suzhou  value -      -     target   2026       5000000000000 > 5万亿    力争2026年突破5万亿元
o22t  original output suzhou  value -      -     target   2022       4000000000000 > -        -
o23t  original output suzhou  value -      -     target   2023       4500000000000 = -        -
o19   original output suzhou  value -      -     actual   2019       3400000000000 ~ -        -
y23   a1       output suzhou  yoy   -      -     actual   2023       1.6           = 1.6%     同比增长1.6%
y24   a1       output suzhou  yoy   -      -     actual   2024       5.6           = 5.6%     比上年增长5.6%
w24   original output suzhou  value -      wide  actual   2024       5000000000000 = -        -
p25   a2       output sip     value -      -     estimate 2025       650000000000  = 6,500億  2025年預計完成工業總產值6,500億元
s25   a2       output sip     share suzhou -     estimate 2025       13.9          = 13.9%    占蘇州市的13.9%
f24   original plants suzhou  value -      -     actual   2024-12-31 1500          = -        -
f25   a1       plants suzhou  value -      -     actual   2025-01-10 1800          > 1,800家  拥有智能工厂超1,800家
f25e  original plants suzhou  value -      -     actual   2025-12-31 1900          = -        -
f25n  original plants suzhou  new   -      -     actual   2025       300           < -        -
k26   a2       plants sip     value -      -     actual   2026-01-17 27            = 27家     擁有智能工廠27家
m24   a1       models suzhou  value -      -     actual   2024       40            ~ 40家     约40家示范企业
"""
REFUSED = (("a1", "30个", "no_indicator", ""), ("a1", "12项", "unit", "项"))
#: One set as tests/accuracy.py writes it, and one as an older build may hold it.
ACCURACY = """{"known": {"first": {"precision": 0.8, "recall": 0.5, "f1": 0.615}, "articles": 3, "rows": 40, "precision": 1.0, "recall": 0.975, "f1": 0.9873, "low": 0.96, "high": 1.0},
    "taught": {"first": null, "articles": 5, "rows": 60, "precision": 1, "recall": 1, "f1": 1, "low": 1, "high": 1},
    "old": {"rows": 7, "precision": 0.5}}"""

UNITS = (("CNY", "元", "CNY"), ("factories", "家", "factories"), ("models", "个", "models"))
INDICATORS = (
    ("output", 1, "made", "CNY", "flow", True, "规上工业总产值", "Industrial output"),
    ("plants", 2, "made", "factories", "stock", True, "智能工厂", "Smart factories"),
    ("models", 3, "thought", "models", "stock", False, "大模型", "Large models"),
    ("silent", 4, "thought", "models", "stock", False, "沉默指标", "Silent indicator"),
)
PLACES = (
    ("suzhou", 1, "苏州市", "Suzhou", "jiangsu", "city"),
    ("sip", 2, "苏州工业园区", "Suzhou Industrial Park", "suzhou", "park"),
    ("kunshan", 3, "昆山市", "Kunshan", "suzhou", "county_city"),
)


def make(folder: Path, number: int = 1, *, figures: str = FIGURES) -> Path:
    """Write one build into a data folder and point to it; the folder."""
    build = f"{number}-tiny"
    (folder / "builds").mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(folder / "builds" / f"{build}.duckdb")) as con:
        con.execute(store.schema())
        _fill_catalogue(con)
        made_at = datetime(2026, 11, 20, 18, 30, tzinfo=UTC).replace(tzinfo=None)
        con.execute(
            f"INSERT INTO build VALUES (?, ?, {store.SCHEMA_VERSION}, NULL, ?, ?, '', '', '', ?, ?, '@misc{{tiny}}')",
            [number, build, made_at, f"1.{number}.0", ACCURACY, f"苏州 AI＋制造 指标[DS]. 数据版本 1.{number}.0."],
        )
        for name, article in ARTICLES.items():
            _put_article(con, name, article)
        for line in figures.split("\n"):
            if line.strip():
                _put_figure(con, line.split(), number)
        con.execute("INSERT INTO chosen FROM part; INSERT INTO finding FROM cross_check")
        for source, printed, reason, detail in REFUSED:
            start = ARTICLES[source][4].index(printed)
            con.execute(
                "INSERT INTO refusal VALUES (?, ?, ?, ?, ?, ?, '')",
                [source, start, start + len(printed), printed, reason, detail],
            )
        con.execute("INSERT INTO bundle VALUES ('tiny'::BLOB, '')")
    (folder / ".current").write_text(build + "\n", encoding="utf-8")
    (folder / ".current").replace(folder / "current")  # a page may be reading the pointer
    return folder


def _fill_catalogue(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("INSERT INTO category VALUES ('made', 1, '制造', 'Making'), ('thought', 2, '智能', 'Thinking')")
    con.executemany("INSERT INTO unit VALUES (?, ?, ?)", UNITS)
    for code, ordinal, category, unit, kind, headline, zh, en in INDICATORS:
        row = [
            code,
            ordinal,
            category,
            unit,
            kind,
            False,
            headline,
            "yearly",
            f"{zh}全称",
            f"{en} in full",
            zh,
            en,
            "定义",
            "definition",
            "as the articles use it",
        ]
        con.execute(f"INSERT INTO indicator VALUES ({', '.join('?' * len(row))})", row)
    con.execute("INSERT INTO alias VALUES ('plants', 'zh', '智慧工厂'), ('models', 'en', 'LLM')")
    con.execute("INSERT INTO scope VALUES ('output', 'wide', '全口径', 'all industry')")
    con.execute(
        "INSERT INTO definition_break VALUES ('plants', '2025-06-30', '口径改变', 'definition changed', 'source')"
    )
    con.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?)", PLACES)
    con.execute(
        "INSERT INTO reason VALUES ('no_indicator', '附近没有指标', 'no indicator near'), ('unit', '单位不符', 'unit does not fit')"
    )


def _put_article(con: duckdb.DuckDBPyConnection, name: str, article: tuple[Any, ...]) -> None:
    title, publisher, published, precision, text = article
    row = {
        "article": name, "file": f"{name}.txt", "title": title, "publisher": publisher, "published": date.fromisoformat(published),
        "published_precision": precision, "publish_text": True, "text": text, "sha256": "", "fingerprint": "",
        "citation_gbt": f"{title}[N].", "citation_bibtex": "", "state": "read", "first_build": 1,
    }  # fmt: skip
    _insert(con, "article", row)


def _put_figure(con: duckdb.DuckDBPyConnection, words: list[str], number: int) -> None:
    identity, origin, indicator, place, measure, share_of, scope, status, text, value, bound, printed, quote = words
    period, exact = Period.parse(text), Decimal(value)
    row: dict[str, Any] = {
        "id": identity, "origin": "article" if origin in ARTICLES else "curated", "indicator": indicator, "place": place,
        "measure": measure, "share_of": share_of.strip("-"), "scope": scope.strip("-"), "status": status, "period": text,
        "period_start": period.start, "period_end": period.end, "period_kind": period.kind, "value": exact, "bound": bound,
        "rounding": _rounding(exact), "printed": value if printed == "-" else printed, "period_basis": "stated",
        "place_basis": "carried", "citation_gbt": f"cite {identity}", "citation_bibtex": "", "first_build": number,
    }  # fmt: skip
    if origin in ARTICLES:
        title, publisher, published, precision, raw = ARTICLES[origin]
        start = raw.index(quote)
        figure = start + quote.index(printed)
        row |= {
            "article": origin, "title": title, "publisher": publisher, "published": date.fromisoformat(published),
            "published_precision": precision, "seen": "article", "quote": quote, "char_start": start,
            "char_end": start + len(quote), "figure_start": figure, "figure_end": figure + len(printed),
        }  # fmt: skip
        con.execute(
            "INSERT INTO evidence VALUES (?, 0, ?, ?, ?, ?, ?, 'tiny')",
            [identity, quote, start, start + len(quote), figure, figure + len(printed)],
        )
    else:
        row |= {
            "title": f"=page {identity}",
            "publisher": "统计局",
            "published": date(2022, 3, 1),
            "published_precision": "day",
        }
        row |= {"seen": origin, "url": "https://example.org/page"}
    _insert(con, "observation", row)
    con.execute(
        "INSERT INTO change VALUES (?, 'added', ?, 'article', NULL, ?, NULL, ?)", [number, identity, exact, bound]
    )


def _rounding(value: Decimal) -> Decimal:
    """Half a unit of the last digit that is not nought."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent) / 2


def _insert(con: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    con.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))

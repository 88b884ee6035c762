"""A database of as many observations as one asks for, over the real catalogue: what the pages must stay quick with.

The figures are made up by arithmetic, and alike in kind to what years of reading would give: each key is told by
several articles that mostly agree, yearly and part-year flows, counts within the year, growth, shares and targets.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from etl import pipeline
from etl.builds import Builds

ROOT = Path(__file__).parent.parent
PER_ARTICLE = 25  # observations

# n counts the observations. A key is told by nine articles or more; few tellings differ. A few indicators and places are
# told of far more often than the rest.
_MADE = """
CREATE TEMP TABLE made AS
WITH numbered AS (
    SELECT n, n // $per_article AS article, hash(n // 9) AS h FROM range($number) t(n)
), drawn AS (
    SELECT n, article, power((h % 1000) / 1000, 2) AS of_indicators, power((h // 1000 % 1000) / 1000, 2) AS of_places,
        2015 + (h // 1000000 % 11)::INTEGER AS year, (h // 100000000 % 12 + 1)::INTEGER AS month, h // 10000000000 % 10 AS what
    FROM numbered
), placed AS (
    SELECT d.*, i.indicator, i.ordinal AS rank, i.kind, p.place, p.ordinal AS place_rank
    FROM drawn d JOIN (SELECT *, row_number() OVER (ORDER BY ordinal) - 1 AS at FROM indicator) i
        ON i.at = floor(of_indicators * (SELECT count(*) FROM indicator))
    JOIN (SELECT *, row_number() OVER (ORDER BY ordinal) - 1 AS at FROM place WHERE place <> 'china') p
        ON p.at = floor(of_places * (SELECT count(*) - 1 FROM place))
), dated AS (
    SELECT *, CASE WHEN what = 0 THEN 'yoy' WHEN what = 1 AND place <> 'suzhou' THEN 'share' ELSE 'value' END AS measure,
        CASE WHEN what = 2 THEN 'target' WHEN what = 3 AND year = 2025 THEN 'estimate' ELSE 'actual' END AS status,
        CASE WHEN what < 7 THEN make_date(year, 12, 31) ELSE last_day(make_date(year, month, 1)) END AS period_end
    FROM placed
)
SELECT *,
    CASE WHEN kind = 'flow' OR measure = 'yoy' THEN make_date(year, 1, 1) ELSE period_end END AS period_start,
    CASE WHEN kind <> 'flow' AND measure <> 'yoy' THEN 'day' WHEN month(period_end) = 12 THEN 'year' ELSE 'part' END AS period_kind,
    CASE WHEN measure = 'value' THEN 1000 * (1 + (rank * 13 + place_rank) % 97) * (12 * (year - 2012) + month(period_end))
        ELSE 2 + (rank + place_rank + year) % 17 END * CASE WHEN n % 300 = 0 THEN 1.1 ELSE 1 END AS value
FROM dated
"""
_PERIOD = """
    CASE period_kind WHEN 'day' THEN strftime(period_end, '%Y-%m-%d') WHEN 'year' THEN year::VARCHAR
        ELSE strftime(period_start, '%Y-%m') || '/' || strftime(period_end, '%Y-%m') END
"""
_ARTICLES = """
INSERT INTO article BY NAME
SELECT DISTINCT ON (article) 'a' || article AS article, 'a' || article || '.txt' AS file, '第' || article || '篇' AS title,
    '苏州日报' AS publisher, period_end + 30 AS published, 'day' AS published_precision, true AS publish_text,
    '正文。' AS text, '' AS sha256, '' AS fingerprint, 'cite' AS citation_gbt, '' AS citation_bibtex, 'read' AS state, 1 AS first_build
FROM made ORDER BY article, n
"""
_OBSERVATIONS = f"""
INSERT INTO observation BY NAME
SELECT 'o' || m.n AS id, 'article' AS origin, a.article, indicator, m.place, measure, CASE measure WHEN 'share' THEN 'suzhou' ELSE '' END AS share_of,
    '' AS scope, status, {_PERIOD} AS period, period_start, period_end, period_kind, value, CASE m.n % 7 WHEN 0 THEN '>' ELSE '=' END AS bound,
    0.5 AS rounding, value::VARCHAR AS printed, '正文。' AS quote, 0 AS char_start, 3 AS char_end, 0 AS figure_start, 2 AS figure_end,
    'stated' AS period_basis, 'stated' AS place_basis, a.title, a.publisher, a.published, a.published_precision, 'article' AS seen,
    'cite' AS citation_gbt, '' AS citation_bibtex, 1 AS first_build
FROM made m JOIN article a ON a.article = 'a' || m.article ORDER BY id
"""


def make(folder: Path, number: int) -> Path:
    """Write a build of `number` observations into a data folder and point to it; the folder."""
    articles = folder / "none"
    articles.mkdir(parents=True)
    pipeline.refresh(pipeline.Request(articles, ROOT / "metrics.yaml", folder))
    builds = Builds(folder)
    with duckdb.connect(str(builds.path(builds.current() or ""))) as con:
        con.execute(_MADE, {"number": number, "per_article": PER_ARTICLE})
        con.execute(_ARTICLES)
        con.execute(_OBSERVATIONS)
        con.execute(
            "INSERT INTO chosen FROM part ORDER BY id; INSERT INTO finding FROM cross_check ORDER BY kind, id, against"
        )
    return folder


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2])))

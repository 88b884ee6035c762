"""What a build must hold true before it is published, and which figures look wrong at their source.

In: an open build; for the loss also the build before, attached as `before`. Out: sentences, none where all is well.
Our own faults stop a build; a source's fault only marks its figure (`observation.suspect`).
"""

from __future__ import annotations

import duckdb

LOSS = 0.05  # share of the observations of articles still present that may vanish in one build

_CHECKS = {
    "a quote or figure is not where it points": "SELECT id || ': ' || fault FROM broken_citation",
    "an indicator is not in the catalogue": "SELECT id || ': ' || indicator FROM standing ANTI JOIN indicator USING (indicator)",
    "a place is not in the catalogue": "SELECT id || ': ' || place FROM standing ANTI JOIN place USING (place)",
    "a share has no whole, or something else has one": """
        SELECT id || ': ' || share_of FROM standing
        WHERE CASE measure WHEN 'share' THEN share_of NOT IN (SELECT place FROM place) ELSE share_of <> '' END""",
    "a scope is not the indicator's": "SELECT id || ': ' || scope FROM standing ANTI JOIN scope USING (indicator, scope) WHERE scope <> ''",
    "a code is unknown": """
        SELECT id || ': ' || concat_ws(' ', measure, status, bound, period_basis, place_basis) FROM standing
        WHERE measure NOT IN ('value', 'new', 'yoy', 'share') OR status NOT IN ('actual', 'estimate', 'target')
            OR bound NOT IN ('=', '>', '<', '~') OR period_basis NOT IN ('stated', 'carried', 'assumed')
            OR place_basis NOT IN ('stated', 'carried', 'assumed') OR seen NOT IN ('article', 'original', 'repost')""",
    "a period ends before it begins, or a rounding is below zero": "SELECT id FROM standing WHERE period_end < period_start OR rounding < 0",
    "an observation has no evidence": "SELECT id FROM standing WHERE origin = 'article' AND id NOT IN (SELECT observation FROM evidence)",
    "a refusal has an unknown reason": "SELECT article || ': ' || reason FROM refusal ANTI JOIN reason USING (reason)",
    "a refusal points outside its article": """
        SELECT article || ': ' || char_start FROM refusal JOIN article USING (article)
        WHERE substring(text, char_start + 1, char_end - char_start) IS DISTINCT FROM printed""",
    "the export leaves figures out": "SELECT 'export' WHERE (SELECT count(*) FROM export) <> (SELECT count(*) FROM standing)",
}


def faults(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Every fault of our own in a build, as a sentence with the first example."""
    found = []
    for fault, query in _CHECKS.items():
        if rows := con.execute(query).fetchall():
            found.append(f"{fault}: {len(rows)}, such as {rows[0][0]}")
    return found


def loss(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Too many observations gone from articles that are still there: then the rules are at fault, not the articles."""
    stood, gone = con.execute("""
        SELECT count(*), count(*) FILTER (b.id NOT IN (SELECT id FROM observation WHERE withdrawn_build IS NULL))
        FROM before.observation b JOIN article a USING (article)
        WHERE b.withdrawn_build IS NULL AND a.state <> 'withdrawn'
    """).fetchall()[0]
    if gone <= LOSS * stood:
        return []
    return [f"{gone} of {stood} observations of articles still present are gone; look at them, then pass --accept-loss"]


def mark_suspects(con: duckdb.DuckDBPyConnection) -> None:
    """Mark figures that look wrong at their source: a share above 100, or about 10⁴ or 10⁸ off its own series.

    A figure is off when at least two others of its series lie that far away, and more of them than near it: so it is
    clear which one is odd. Figures are compared by magnitude (the logarithm to one decimal).
    """
    con.execute("""
        CREATE TEMP TABLE odd AS
        WITH sized AS (
            SELECT s.id, s.value > 100 AND (measure = 'share' OR measure = 'value' AND i.unit = 'percent') AS too_much,
                (indicator, place, measure, share_of, scope) AS line,
                CASE WHEN measure IN ('value', 'new') AND value <> 0 THEN round(log10(abs(value)::DOUBLE), 1) END AS size
            FROM standing s JOIN indicator i USING (indicator)
        ), sizes AS (
            SELECT line, size, count(*) AS figures FROM sized WHERE size IS NOT NULL GROUP BY ALL
        ), judged AS (
            SELECT a.line, a.size, sum(b.figures) FILTER (abs(a.size - b.size) <= 1.5) - 1 AS near,
                coalesce(sum(b.figures) FILTER (abs(a.size - b.size) BETWEEN 3.5 AND 4.5), 0) AS far_4,
                coalesce(sum(b.figures) FILTER (abs(a.size - b.size) BETWEEN 7.5 AND 8.5), 0) AS far_8
            FROM sizes a JOIN sizes b ON a.line = b.line GROUP BY ALL
        )
        SELECT id, CASE WHEN too_much THEN 'share_above_100' WHEN far_4 >= 2 AND far_4 > near THEN 'slip_1e4'
            WHEN far_8 >= 2 AND far_8 > near THEN 'slip_1e8' END AS suspect
        FROM sized LEFT JOIN judged USING (line, size)
    """)
    con.execute("UPDATE observation SET suspect = odd.suspect FROM odd WHERE observation.id = odd.id")

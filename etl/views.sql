-- Views. Columns that bear the name of an observation's column mean the same; the store copies their comments.

-- Corrections are applied here, and nowhere else. A reader may ask for what was known on a day, by publication
-- (SET VARIABLE as_of = DATE '2024-06-30'): every view below then knows no later source, and none without a date.
CREATE VIEW standing AS
SELECT o.* EXCLUDE (withdrawn_build) REPLACE (
        coalesce(c.indicator, o.indicator) AS indicator, coalesce(c.place, o.place) AS place,
        coalesce(c.measure, o.measure) AS measure, coalesce(c.scope, o.scope) AS scope, coalesce(c.status, o.status) AS status,
        CASE WHEN c.measure <> 'share' THEN '' ELSE coalesce(c.share_of, o.share_of) END AS share_of,
        coalesce(c.period, o.period) AS period, coalesce(c.period_start, o.period_start) AS period_start,
        coalesce(c.period_end, o.period_end) AS period_end, coalesce(c.period_kind, o.period_kind) AS period_kind,
        coalesce(c.value, o.value) AS value, coalesce(c.rounding, o.rounding) AS rounding, coalesce(c.bound, o.bound) AS bound
    ),
    CASE WHEN coalesce(c.status, o.status) = 'target' THEN 'target' ELSE 'outcome' END AS side,
    c.amended, c.reason AS correction
FROM observation o LEFT JOIN correction c ON c.observation = o.id
WHERE o.withdrawn_build IS NULL AND c.action IS DISTINCT FROM 'reject'
    AND (getvariable('as_of') IS NULL OR o.published <= getvariable('as_of')::DATE);
COMMENT ON VIEW standing IS 'The observations that stand in this build';
COMMENT ON COLUMN standing.side IS 'target, or outcome (actual or estimate)';
COMMENT ON COLUMN standing.amended IS 'Names of the columns that corrections.yaml amended, joined by spaces; else null';
COMMENT ON COLUMN standing.correction IS 'Why they were amended';

CREATE VIEW library AS
SELECT *, CASE WHEN published_precision IN ('year', 'month') THEN date_trunc(published_precision, published)::DATE ELSE published END AS known_from
FROM article
WHERE withdrawn_build IS NULL AND (getvariable('as_of') IS NULL OR known_from <= getvariable('as_of')::DATE);
COMMENT ON VIEW library IS 'The articles that stand in this build';
COMMENT ON COLUMN library.known_from IS 'The first day on which it may have been published';

-- Views that tell the indicator are asked much sooner for one of them: what is reckoned within a key needs no other's.

-- The one rule of preference. Key: indicator, place, measure, share_of, scope, period and side. Actual before estimate;
-- an exact figure before a bound; of figures that agree with the latest published within its rounding, the one with more
-- digits; later publication, unknown last; article before curated original before curated repost; then id.
CREATE VIEW preference AS
WITH ranked AS (
    SELECT *,
        status = 'estimate' AS expected, bound <> '=' AS bounded,
        CASE WHEN origin = 'article' THEN 0 WHEN seen = 'original' THEN 1 ELSE 2 END AS distance
    FROM standing WHERE suspect IS NULL
), compared AS (
    SELECT *, abs(value - first_value(value) OVER latest) > first_value(rounding) OVER latest AS differs
    FROM ranked
    WINDOW latest AS (
        PARTITION BY indicator, place, measure, share_of, scope, period, side, expected, bounded
        ORDER BY published DESC NULLS LAST, distance, id
    )
)
SELECT id, indicator, row_number() OVER rule AS preference,
    count(*) OVER (PARTITION BY indicator, place, measure, share_of, scope, period, side) - 1 AS set_aside,
    first_value(id) OVER rule AS shown,
    CASE WHEN id = first_value(id) OVER rule THEN NULL
        WHEN expected <> first_value(expected) OVER rule THEN 'estimate'
        WHEN bounded <> first_value(bounded) OVER rule THEN 'bound'
        WHEN differs <> first_value(differs) OVER rule THEN 'differs'
        WHEN rounding <> first_value(rounding) OVER rule THEN 'digits'
        WHEN published IS DISTINCT FROM first_value(published) OVER rule THEN 'earlier'
        WHEN distance <> first_value(distance) OVER rule THEN 'distance'
        ELSE 'same' END AS why
FROM compared
WINDOW rule AS (
    PARTITION BY indicator, place, measure, share_of, scope, period, side
    ORDER BY expected, bounded, differs, rounding, published DESC NULLS LAST, distance, id
);
COMMENT ON VIEW preference IS 'The rule of preference: every figure''s place among those of its key; suspects have none';
COMMENT ON COLUMN preference.preference IS '1 is shown';
COMMENT ON COLUMN preference.set_aside IS 'How many other figures of the same key there are';
COMMENT ON COLUMN preference.shown IS 'Id of the figure that is shown';
COMMENT ON COLUMN preference.why IS 'Why another is shown: estimate (that one is actual) · bound (that one is exact) · differs (from the latest published, with which that one agrees) · digits (that one has more) · earlier (that one was published later, or has a date) · distance (that one is nearer to its source) · same (nothing tells them apart but the id)';

-- The part a shown figure plays in a yearly chart. What is counted on a day has one point a year, its last count; what
-- adds up has whole years. An estimate stands for the last count only in a year without an actual one.
CREATE VIEW part AS
WITH first AS (
    SELECT s.id, s.indicator, s.place, s.measure, s.share_of, s.scope, s.side, s.status, s.period_start, s.period_end,
        s.period_kind, s.period_basis, p.set_aside::INTEGER AS set_aside, year(s.period_end)::INTEGER AS year,
        i.kind = 'flow' OR s.measure = 'new' AS adds_up
    FROM preference p JOIN standing s USING (id, indicator) JOIN indicator i USING (indicator) WHERE p.preference = 1
), counted AS (
    SELECT *,
        row_number() OVER (
            PARTITION BY indicator, place, measure, share_of, scope, side, year, period_kind = 'span'
            ORDER BY status = 'estimate', period_end DESC, period_kind <> 'day', period_start DESC, id
        ) = 1 AS last_count
    FROM first
)
SELECT id, indicator, set_aside, year,
    CASE
        WHEN side = 'target' THEN 'target'
        WHEN adds_up AND (period_kind = 'day' OR period_basis = 'assumed') THEN 'assumed'
        WHEN adds_up AND period_kind = 'year' THEN 'line'
        WHEN adds_up OR period_kind = 'span' THEN 'part'
        WHEN last_count THEN 'line'
        ELSE 'count'
    END AS role
FROM counted;
COMMENT ON VIEW part IS 'The rule of the yearly chart: what each shown figure is there';
COMMENT ON COLUMN part.set_aside IS 'How many other figures of the same key the rule of preference set aside';
COMMENT ON COLUMN part.year IS 'Year in which the period ends';
COMMENT ON COLUMN part.role IS 'As in series';

CREATE VIEW shown AS
FROM chosen WHERE getvariable('as_of') IS NULL UNION ALL BY NAME FROM part WHERE getvariable('as_of') IS NOT NULL;
COMMENT ON VIEW shown IS 'The two rules applied: the figures that are shown, one of each key';
COMMENT ON COLUMN shown.set_aside IS 'How many other figures of the same key the rule of preference set aside';
COMMENT ON COLUMN shown.year IS 'Year in which the period ends';
COMMENT ON COLUMN shown.role IS 'As in series';

CREATE VIEW fact AS SELECT standing.*, shown.set_aside FROM standing JOIN shown USING (id, indicator);
COMMENT ON VIEW fact IS 'The one figure of each key that is shown, by the rule of preference';
COMMENT ON COLUMN fact.side IS 'target, or outcome (actual or estimate)';
COMMENT ON COLUMN fact.set_aside IS 'How many other figures of the same key the rule set aside';

CREATE VIEW series AS SELECT standing.*, shown.set_aside, shown.year, shown.role FROM standing JOIN shown USING (id, indicator);
COMMENT ON VIEW series IS 'What a yearly chart draws: each fact, and the part it plays';
COMMENT ON COLUMN series.side IS 'target, or outcome (actual or estimate)';
COMMENT ON COLUMN series.set_aside IS 'How many other figures of the same key the rule set aside';
COMMENT ON COLUMN series.year IS 'Year in which the period ends';
COMMENT ON COLUMN series.role IS 'line (a flow''s whole year; the last count of a year, an actual one where there is one) · count (another count of that year) · part (months of one year, or several years: never joined) · assumed (a flow dated by assumption only: never on the line) · target';

-- What a figure allows: half a unit of its last printed digit around it; a bound is a half line;
-- 'about' is taken as 5 % either way, or the rounding where that is more. A null end is open.
CREATE MACRO least_of(value, bound, rounding) AS CASE bound WHEN '<' THEN NULL WHEN '>' THEN value
    WHEN '~' THEN value - greatest(rounding, abs(value) / 20) ELSE value - rounding END;
CREATE MACRO most_of(value, bound, rounding) AS CASE bound WHEN '>' THEN NULL WHEN '<' THEN value
    WHEN '~' THEN value + greatest(rounding, abs(value) / 20) ELSE value + rounding END;

CREATE VIEW conflict AS
WITH intervals AS (
    SELECT id, indicator, place, measure, share_of, scope, period, status, value, bound, role IS NOT NULL AS is_shown,
        least_of(value, bound, rounding) AS low, most_of(value, bound, rounding) AS high
    FROM standing LEFT JOIN shown USING (id, indicator) WHERE suspect IS NULL
)
SELECT a.indicator, a.place, a.measure, a.share_of, a.scope, a.period, a.status,
    a.id, a.value, a.bound, b.id AS other_id, b.value AS other_value, b.bound AS other_bound, b.low AS other_low, b.high AS other_high,
    round(100.0 * abs(a.value - b.value)::DOUBLE / nullif(greatest(abs(a.value), abs(b.value)), 0)::DOUBLE, 2) AS gap_percent
FROM intervals a JOIN intervals b
    ON (a.indicator, a.place, a.measure, a.share_of, a.scope, a.period, a.status)
     = (b.indicator, b.place, b.measure, b.share_of, b.scope, b.period, b.status)
    AND a.id <> b.id AND (a.is_shown OR NOT b.is_shown AND a.id < b.id)
WHERE a.high <= b.low OR b.high <= a.low; -- 2.68 and 2.69 only touch: no number is printed as both
COMMENT ON VIEW conflict IS 'Pairs of standing figures of one key and status that cannot both be right: their rounding intervals do not overlap';
COMMENT ON COLUMN conflict.id IS 'Id of the one observation: the one in fact, where one of the two is';
COMMENT ON COLUMN conflict.other_id IS 'Id of the other observation';
COMMENT ON COLUMN conflict.other_value IS 'Value of the other';
COMMENT ON COLUMN conflict.other_bound IS 'Bound of the other';
COMMENT ON COLUMN conflict.other_low IS 'The least the other allows; null where it is open';
COMMENT ON COLUMN conflict.other_high IS 'The most the other allows; null where it is open';
COMMENT ON COLUMN conflict.gap_percent IS 'Difference, in percent of the larger';

CREATE VIEW coverage AS
SELECT indicator, place, year(period_end)::INTEGER AS year,
    count(*) AS observations,
    count(*) FILTER (status = 'actual') AS actual,
    count(*) FILTER (status = 'target') AS targets,
    count(DISTINCT coalesce(article, title || chr(31) || publisher, id)) AS sources
FROM standing GROUP BY ALL;
COMMENT ON VIEW coverage IS 'How many figures stand for an indicator, a place and a year';
COMMENT ON COLUMN coverage.year IS 'Year in which the periods end';
COMMENT ON COLUMN coverage.observations IS 'All figures';
COMMENT ON COLUMN coverage.actual IS 'Figures of what was';
COMMENT ON COLUMN coverage.targets IS 'Figures of what is planned';
COMMENT ON COLUMN coverage.sources IS 'Articles and other sources that state them';

CREATE VIEW broken_citation AS
WITH cited AS (
    SELECT id, article, quote, char_start, char_end, figure_start, figure_end FROM standing WHERE origin = 'article'
    UNION ALL
    SELECT e.observation, s.article, e.quote, e.char_start, e.char_end, e.figure_start, e.figure_end
    FROM evidence e JOIN standing s ON s.id = e.observation
)
SELECT c.id, c.article, c.char_start, c.char_end,
    CASE WHEN a.text IS NULL THEN 'no article'
        WHEN substring(a.text, c.char_start + 1, c.char_end - c.char_start) IS DISTINCT FROM c.quote THEN 'quote is not its slice'
        ELSE 'figure outside the quote' END AS fault
FROM cited c LEFT JOIN article a USING (article)
WHERE a.text IS NULL
    OR substring(a.text, c.char_start + 1, c.char_end - c.char_start) IS DISTINCT FROM c.quote
    OR NOT coalesce(c.char_start <= c.figure_start AND c.figure_start < c.figure_end AND c.figure_end <= c.char_end, false);
COMMENT ON VIEW broken_citation IS 'Quotes that are not the characters they point at; a build with any is not published';
COMMENT ON COLUMN broken_citation.fault IS 'What is wrong';

-- A cell that a spreadsheet would take for a formula is made text by an apostrophe.
CREATE MACRO safe_cell(cell) AS
    CASE WHEN regexp_matches(cell, '^[=+\-@\t\r\n＝＋－＠]') THEN '''' || cell ELSE cell END;

CREATE VIEW export AS
SELECT o.id, o.article, o.indicator, o.place, o.measure, o.share_of, o.scope, o.status, o.period,
    regexp_replace(CAST(o.value AS VARCHAR), '\.?0+$', '') AS value,
    CASE WHEN o.measure IN ('yoy', 'share') THEN 'percent' ELSE i.unit END AS unit,
    o.bound, o.printed, o.quote, o.char_start, o.char_end, o.figure_start, o.figure_end, o.period_basis, o.place_basis,
    o.origin, o.suspect, safe_cell(o.title) AS title, safe_cell(o.publisher) AS publisher, safe_cell(o.author) AS author,
    CASE o.published_precision WHEN 'year' THEN strftime(o.published, '%Y') WHEN 'month' THEN strftime(o.published, '%Y-%m')
        ELSE strftime(o.published, '%Y-%m-%d') END AS published,
    o.published_precision, safe_cell(o.url) AS url, o.seen, safe_cell(o.confirmed_by) AS confirmed_by, safe_cell(o.note) AS note,
    o.amended, safe_cell(o.correction) AS correction
FROM standing o JOIN indicator i USING (indicator) JOIN place p ON p.place = o.place
ORDER BY i.ordinal, p.ordinal, o.measure, o.share_of, o.scope, o.period_start, o.period_end, o.period, o.status, o.origin, o.id;
COMMENT ON VIEW export IS 'The table that is delivered: columns, rows and cells exactly as in observations.csv';
COMMENT ON COLUMN export.amended IS 'Names of the columns that corrections.yaml amended, joined by spaces';
COMMENT ON COLUMN export.correction IS 'Why they were amended';
COMMENT ON COLUMN export.value IS 'In unit, without exponent or trailing zeros';
COMMENT ON COLUMN export.unit IS 'Unit of value: the indicator''s, or percent for growth and shares';
COMMENT ON COLUMN export.published IS 'Of the source, as precisely as it is known: 2024, 2024-09 or 2024-09-10';

-- What the figures say of one another: which do not fit, how one figure was told over time, what came of targets, and
-- what is no longer told. Nothing here changes, averages or drops a figure.

-- Two outcomes of one line a year apart, both exact and of one definition: what a growth between them may be.
CREATE VIEW year_on_year AS
WITH level AS (
    SELECT f.*, period_end = last_day(period_end) AS at_month_end
    FROM fact f JOIN indicator i USING (indicator)
    WHERE side = 'outcome' AND measure = 'value' AND bound = '=' AND value > rounding AND i.unit <> 'percent'
)
SELECT b.indicator, b.place, b.scope, b.status, b.period, b.period_kind, b.period_start, b.period_end, a.id AS before_id, b.id AS after_id,
    100 * ((b.value - b.rounding)::DOUBLE / (a.value + a.rounding)::DOUBLE - 1) AS least,
    100 * ((b.value + b.rounding)::DOUBLE / (a.value - a.rounding)::DOUBLE - 1) AS most
FROM level a JOIN level b
    ON (a.indicator, a.place, a.scope, a.period_kind, year(a.period_end) + 1, month(a.period_end))
     = (b.indicator, b.place, b.scope, b.period_kind, year(b.period_end), month(b.period_end))
    AND (day(a.period_end) = day(b.period_end) OR a.at_month_end AND b.at_month_end)
    AND (a.period_kind = 'day' OR month(a.period_start) = month(b.period_start))
WHERE NOT EXISTS (FROM definition_break d WHERE d.indicator = b.indicator AND a.period_end < d.day AND d.day <= b.period_end);
COMMENT ON VIEW year_on_year IS 'Pairs of shown exact levels a year apart, of one definition, and the growth they allow';
COMMENT ON COLUMN year_on_year.before_id IS 'Id of the level of the year before';
COMMENT ON COLUMN year_on_year.after_id IS 'Id of the level';
COMMENT ON COLUMN year_on_year.least IS 'Least growth in percent that the two roundings allow';
COMMENT ON COLUMN year_on_year.most IS 'Most growth in percent that the two roundings allow';

CREATE VIEW cross_check AS
WITH claim AS (
    SELECT *, least_of(value, bound, rounding) AS low, most_of(value, bound, rounding) AS high FROM fact WHERE side = 'outcome'
), growth AS (
    SELECT c.id, [y.before_id, y.after_id] AS against, y.least AS low, y.most AS high, c.low AS claimed_low, c.high AS claimed_high
    FROM claim c JOIN year_on_year y
        ON (c.indicator, c.place, c.scope, c.status, c.period_end) = (y.indicator, y.place, y.scope, y.status, y.period_end)
        AND (c.period = y.period OR c.period_kind = 'year' AND y.period_kind = 'day')
    WHERE c.measure = 'yoy'
), share AS (
    SELECT c.id, [part.id, whole.id] AS against,
        100 * (part.value - part.rounding)::DOUBLE / (whole.value + whole.rounding)::DOUBLE AS low,
        100 * (part.value + part.rounding)::DOUBLE / (whole.value - whole.rounding)::DOUBLE AS high,
        c.low AS claimed_low, c.high AS claimed_high
    FROM claim c
    JOIN claim part ON part.measure = 'value' AND part.bound = '='
        AND (part.indicator, part.place, part.scope, part.status, part.period) = (c.indicator, c.place, c.scope, c.status, c.period)
    JOIN claim whole ON whole.measure = 'value' AND whole.bound = '=' AND whole.value > whole.rounding
        AND (whole.indicator, whole.place, whole.scope, whole.status, whole.period) = (c.indicator, c.share_of, c.scope, c.status, c.period)
    WHERE c.measure = 'share'
), addition AS ( -- a stock may lose members, so that more are new than it grew by; one that only adds up may not
    SELECT c.id, [b.id, a.id] AS against, (a.value - a.rounding - b.value - b.rounding)::DOUBLE AS low,
        CASE WHEN i.cumulative THEN (a.value + a.rounding - b.value + b.rounding)::DOUBLE END AS high,
        c.low AS claimed_low, c.high AS claimed_high
    FROM claim c JOIN indicator i USING (indicator)
    JOIN claim a ON a.measure = 'value' AND a.bound = '=' AND a.period_kind IN ('day', 'year')
        AND (a.indicator, a.place, a.scope, a.status, a.period_end) = (c.indicator, c.place, c.scope, c.status, c.period_end)
    JOIN claim b ON b.measure = 'value' AND b.bound = '=' AND b.period_kind IN ('day', 'year')
        AND (b.indicator, b.place, b.scope, b.period_end) = (c.indicator, c.place, c.scope, (c.period_start - INTERVAL 1 DAY)::DATE)
    WHERE c.measure = 'new' AND i.kind = 'stock' AND c.period_kind <> 'day'
        AND NOT EXISTS (FROM definition_break d WHERE d.indicator = c.indicator AND b.period_end < d.day AND d.day <= a.period_end)
    QUALIFY row_number() OVER (PARTITION BY c.id ORDER BY a.period_kind, b.period_kind, a.id, b.id) = 1
), sum_ AS ( -- what only adds up: totals from January on, and counts of what is never taken back
    SELECT c.*, (i.kind = 'flow' OR c.measure = 'new') AND month(c.period_start) = 1 AND c.period_kind IN ('part', 'year') AS from_january,
        i.kind = 'stock' AND i.cumulative AND c.measure = 'value' AND c.period_kind IN ('day', 'year') AS adds_up
    FROM claim c JOIN indicator i USING (indicator) WHERE c.measure IN ('value', 'new') AND i.unit <> 'percent'
), falling AS (
    SELECT later.id, [earlier.id] AS against, earlier.low::DOUBLE AS low, NULL::DOUBLE AS high, later.low AS claimed_low, later.high AS claimed_high
    FROM sum_ earlier JOIN sum_ later
        ON (earlier.indicator, earlier.place, earlier.scope, earlier.measure) = (later.indicator, later.place, later.scope, later.measure)
        AND earlier.period_end < later.period_end
        AND (earlier.from_january AND later.from_january AND year(earlier.period_end) = year(later.period_end)
            OR earlier.adds_up AND later.adds_up AND NOT EXISTS (
                FROM definition_break d WHERE d.indicator = later.indicator AND earlier.period_end < d.day AND d.day <= later.period_end))
    WHERE later.high < earlier.low
    QUALIFY row_number() OVER (PARTITION BY later.id ORDER BY earlier.low DESC, earlier.id) = 1
)
SELECT 'conflict' AS kind, id, [other_id] AS against, other_low::DOUBLE AS low, other_high::DOUBLE AS high, gap_percent FROM conflict
UNION ALL SELECT 'growth', id, against, low, high, NULL FROM growth WHERE claimed_high <= low OR claimed_low >= high
UNION ALL SELECT 'share', id, against, low, high, NULL FROM share WHERE claimed_high <= low OR claimed_low >= high
UNION ALL SELECT 'addition', id, against, low, high, NULL FROM addition WHERE claimed_high <= low OR claimed_low >= high
UNION ALL SELECT 'falling', id, against, low, high, NULL FROM falling
UNION ALL SELECT suspect, id, [], NULL, NULL, NULL FROM standing WHERE suspect IS NOT NULL;
COMMENT ON VIEW cross_check IS 'Figures that do not fit what others say; of shown figures, but for conflicts and suspects';
COMMENT ON COLUMN cross_check.kind IS 'conflict (another source of the same key says otherwise) · growth (stated growth against the two levels) · share (stated share against part and whole) · addition (what was new against the difference of two counts) · falling (a total that only adds up is less than an earlier one) · share_above_100, slip_1e4, slip_1e8 (suspects)';
COMMENT ON COLUMN cross_check.id IS 'Id of the figure';
COMMENT ON COLUMN cross_check.against IS 'Ids of the figures it does not fit';
COMMENT ON COLUMN cross_check.low IS 'The least they allow, within their rounding; null where it is open';
COMMENT ON COLUMN cross_check.high IS 'The most they allow';
COMMENT ON COLUMN cross_check.gap_percent IS 'Of a conflict: difference, in percent of the larger';

-- How one figure was told, source after source. A later source may repeat it, make it sharper, or say otherwise.
CREATE VIEW revision AS
WITH told AS (
    SELECT *, least_of(value, bound, rounding) AS low, most_of(value, bound, rounding) AS high, row_number() OVER story AS ordinal,
        count(*) OVER (PARTITION BY indicator, place, measure, share_of, scope, period, side) AS told
    FROM standing
    WINDOW story AS (
        PARTITION BY indicator, place, measure, share_of, scope, period, side ORDER BY published NULLS LAST, origin, seen, id
    )
), compared AS (
    SELECT *, lag(id) OVER story AS previous, lag(status) OVER story AS old_status, lag(value) OVER story AS old_value,
        lag(bound) OVER story AS old_bound, lag(low) OVER story AS old_low, lag(high) OVER story AS old_high
    FROM told WHERE told > 1
    WINDOW story AS (PARTITION BY indicator, place, measure, share_of, scope, period, side ORDER BY ordinal)
)
SELECT indicator, place, measure, share_of, scope, period, side, ordinal::INTEGER AS ordinal, id, published, status, value, bound, previous,
    CASE WHEN previous IS NULL THEN 'first'
        WHEN (status, value, bound) = (old_status, old_value, old_bound) THEN 'repeated'
        WHEN old_status = 'estimate' AND status = 'actual' THEN 'settled'
        WHEN high <= old_low OR low >= old_high THEN 'revised'
        WHEN bound = '=' AND old_bound <> '=' THEN 'sharpened'
        ELSE 'agrees' END AS step,
    role IS NOT NULL AS is_shown
FROM compared LEFT JOIN shown USING (id, indicator);
COMMENT ON VIEW revision IS 'The history of each figure that more than one source tells, by date of publication, unknown dates last';
COMMENT ON COLUMN revision.side IS 'target, or outcome (actual or estimate)';
COMMENT ON COLUMN revision.ordinal IS 'Counts from 1';
COMMENT ON COLUMN revision.previous IS 'Id of the figure told before it; null for the first';
COMMENT ON COLUMN revision.step IS 'first · repeated (the same value and bound) · agrees (within the rounding of both) · sharpened (exact, where a bound stood) · settled (actual, where an estimate stood) · revised (the two cannot both be right)';
COMMENT ON COLUMN revision.is_shown IS 'Whether it is the one in fact';

-- How long after the end of a period its figure is waited for.
CREATE MACRO grace(cadence) AS CASE cadence WHEN 'monthly' THEN 31 WHEN 'quarterly' THEN 45 WHEN 'yearly' THEN 120 ELSE 365 END;

-- What came of each target, on a day. A total is compared with that of the same period, a count with the last one of the
-- year up to the target's end: reached is reached, but only a count at the end itself can miss.
CREATE MACRO target_outcome(day) AS TABLE
WITH planned AS (
    SELECT f.*, i.kind = 'flow' OR f.measure = 'new' AS adds_up,
        CASE WHEN f.bound = '~' THEN least_of(f.value, f.bound, f.rounding) ELSE f.value END AS goal
    FROM fact f JOIN indicator i USING (indicator) WHERE f.side = 'target'
), reported AS (
    SELECT p.id AS target, o.id AS outcome, o.period_end = p.period_end AS at_the_end,
        CASE WHEN p.bound = '<' THEN coalesce(CASE WHEN o.bound = '=' THEN o.value ELSE most_of(o.value, o.bound, o.rounding) END <= p.goal, false)
            ELSE coalesce(CASE WHEN o.bound = '=' THEN o.value ELSE least_of(o.value, o.bound, o.rounding) END >= p.goal, false) END AS reached,
        CASE WHEN p.bound = '<' THEN coalesce(CASE WHEN o.bound = '=' THEN o.value > p.goal WHEN o.bound = '>' THEN o.value >= p.goal
                ELSE least_of(o.value, o.bound, o.rounding) > p.goal END, false)
            ELSE coalesce(CASE WHEN o.bound = '=' THEN o.value < p.goal WHEN o.bound = '<' THEN o.value <= p.goal
                ELSE most_of(o.value, o.bound, o.rounding) < p.goal END, false) END AS fallen_short
    FROM planned p JOIN fact o
        ON (o.indicator, o.place, o.measure, o.share_of, o.scope, o.side, o.status)
         = (p.indicator, p.place, p.measure, p.share_of, p.scope, 'outcome', 'actual')
        AND (o.period = p.period AND NOT (p.adds_up AND o.period_basis = 'assumed')
            OR NOT p.adds_up AND p.period_kind IN ('day', 'year') AND o.period_kind IN ('day', 'year')
                AND year(o.period_end) = year(p.period_end) AND o.period_end <= p.period_end)
    QUALIFY row_number() OVER (PARTITION BY p.id ORDER BY o.period_end DESC, o.bound <> '=', o.period_kind <> 'day', o.id) = 1
)
SELECT p.id AS target, r.outcome, p.indicator, p.place, p.period_end,
    (p.period_end + grace('yearly')::INTEGER)::DATE AS due, -- what came of a plan is told with the figures of the whole year
    CASE WHEN r.reached THEN 'met'
        WHEN r.fallen_short AND r.at_the_end THEN 'missed'
        WHEN day <= due OR r.at_the_end THEN 'open'
        ELSE 'silent' END AS state
FROM planned p LEFT JOIN reported r ON r.target = p.id;

-- What the press is expected to tell again, and has not, on a day. An indicator that is told irregularly is never late.
CREATE MACRO silence(day) AS TABLE
WITH told AS (
    SELECT s.indicator, s.place, i.cadence, count(*)::INTEGER AS reports, max(s.period_end) AS last_end,
        max_by(s.id, (s.period_end, coalesce(s.published, DATE '0001-01-01'), s.id)) AS last_id
    FROM standing s JOIN indicator i USING (indicator)
    WHERE s.side = 'outcome' AND s.status = 'actual' AND s.suspect IS NULL AND i.cadence <> 'irregular'
    GROUP BY ALL
), expected AS (
    SELECT *, CASE cadence WHEN 'monthly' THEN last_day((last_end + 1)::DATE)
            WHEN 'quarterly' THEN last_day((date_trunc('quarter', (last_end + 1)::DATE) + INTERVAL 2 MONTH)::DATE)
            ELSE make_date(year((last_end + 1)::DATE), 12, 31) END AS next_end,
        CASE cadence WHEN 'monthly' THEN 31 WHEN 'quarterly' THEN 92 ELSE 366 END AS step
    FROM told
)
SELECT indicator, place, cadence, reports, last_id, last_end, next_end, (next_end + grace(cadence)::INTEGER)::DATE AS due,
    CASE WHEN day <= next_end THEN 'current' WHEN day <= due THEN 'due' WHEN day <= due + step::INTEGER THEN 'late' ELSE 'silent' END AS state
FROM expected;

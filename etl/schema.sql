-- One build of the database: a file of its own, written once, then only read. Times are UTC.
CREATE TABLE build (
    number INTEGER PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, schema_version INTEGER NOT NULL,
    previous VARCHAR, made_at TIMESTAMP NOT NULL, data_version VARCHAR NOT NULL,
    catalogue_sha256 VARCHAR NOT NULL, rules_sha256 VARCHAR NOT NULL, inputs_sha256 VARCHAR NOT NULL, accuracy JSON
);
COMMENT ON TABLE build IS 'This build and those before it, newest number last';
COMMENT ON COLUMN build.number IS 'Counts up by one with each published build';
COMMENT ON COLUMN build.id IS 'number-hash, the stem of the file''s name';
COMMENT ON COLUMN build.schema_version IS 'Version of this schema';
COMMENT ON COLUMN build.previous IS 'id of the build this one follows';
COMMENT ON COLUMN build.made_at IS 'When it was made, UTC';
COMMENT ON COLUMN build.data_version IS 'Version of the data, major.minor.patch by the Data Package recipe';
COMMENT ON COLUMN build.catalogue_sha256 IS 'SHA-256 of metrics.yaml';
COMMENT ON COLUMN build.rules_sha256 IS 'SHA-256 over the reading code';
COMMENT ON COLUMN build.inputs_sha256 IS 'SHA-256 over everything the build was made from: while it stays the same there is nothing new';
COMMENT ON COLUMN build.accuracy IS 'Scores of the reading on the gold sets, as measured when the rules were last changed';

CREATE TABLE category (category VARCHAR PRIMARY KEY, ordinal INTEGER NOT NULL, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL);
COMMENT ON TABLE category IS 'Groups of indicators';
COMMENT ON COLUMN category.category IS 'Id of the group';
COMMENT ON COLUMN category.ordinal IS 'Order of the catalogue';
COMMENT ON COLUMN category.name_zh IS 'Name in Chinese';
COMMENT ON COLUMN category.name_en IS 'Name in English';

CREATE TABLE unit (unit VARCHAR PRIMARY KEY, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL);
COMMENT ON TABLE unit IS 'Units of the indicators';
COMMENT ON COLUMN unit.unit IS 'Id of the unit';
COMMENT ON COLUMN unit.name_zh IS 'Name in Chinese';
COMMENT ON COLUMN unit.name_en IS 'Name in English';

CREATE TABLE indicator (
    indicator VARCHAR PRIMARY KEY, ordinal INTEGER NOT NULL, category VARCHAR NOT NULL, unit VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, headline BOOLEAN NOT NULL, cadence VARCHAR NOT NULL, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL,
    short_zh VARCHAR NOT NULL, short_en VARCHAR NOT NULL,
    definition_zh VARCHAR NOT NULL, definition_en VARCHAR NOT NULL, definition_source VARCHAR NOT NULL
);
COMMENT ON TABLE indicator IS 'The catalogue';
COMMENT ON COLUMN indicator.indicator IS 'Id of the indicator';
COMMENT ON COLUMN indicator.category IS 'Id of its group';
COMMENT ON COLUMN indicator.unit IS 'Id of the unit of its values; growth and shares are in percent';
COMMENT ON COLUMN indicator.headline IS 'Whether it stands on the overview';
COMMENT ON COLUMN indicator.name_zh IS 'Name in Chinese';
COMMENT ON COLUMN indicator.name_en IS 'Name in English';
COMMENT ON COLUMN indicator.short_zh IS 'Name in Chinese, short enough for a card';
COMMENT ON COLUMN indicator.short_en IS 'Name in English, short enough for a card';
COMMENT ON COLUMN indicator.definition_zh IS 'What is counted, in Chinese';
COMMENT ON COLUMN indicator.definition_en IS 'What is counted, in English';
COMMENT ON COLUMN indicator.ordinal IS 'Order of the catalogue, the headline ones first';
COMMENT ON COLUMN indicator.kind IS 'stock (counted on a day), flow (adds up over a period; a ratio takes the kind of what it divides) or list (published once a year)';
COMMENT ON COLUMN indicator.cadence IS 'How often the press is expected to report it: monthly, quarterly, yearly, irregular';
COMMENT ON COLUMN indicator.definition_source IS 'Where the definition stands, or: as the articles use it';

CREATE TABLE alias (indicator VARCHAR NOT NULL, language VARCHAR NOT NULL, name VARCHAR NOT NULL, PRIMARY KEY (indicator, language, name));
COMMENT ON TABLE alias IS 'What an indicator is called, for search';
COMMENT ON COLUMN alias.indicator IS 'Id of the indicator';
COMMENT ON COLUMN alias.language IS 'zh or en';
COMMENT ON COLUMN alias.name IS 'One way to call it';

CREATE TABLE scope (indicator VARCHAR NOT NULL, scope VARCHAR NOT NULL, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL, PRIMARY KEY (indicator, scope));
COMMENT ON TABLE scope IS 'Narrower, wider or older definitions under which figures of an indicator appear; never joined with the plain ones';
COMMENT ON COLUMN scope.indicator IS 'Id of the indicator';
COMMENT ON COLUMN scope.scope IS 'Code of the definition, as in observation.scope';
COMMENT ON COLUMN scope.name_zh IS 'What it covers, in Chinese';
COMMENT ON COLUMN scope.name_en IS 'What it covers, in English';

CREATE TABLE definition_break (indicator VARCHAR NOT NULL, day DATE NOT NULL, note_zh VARCHAR NOT NULL, note_en VARCHAR NOT NULL, source VARCHAR NOT NULL);
COMMENT ON TABLE definition_break IS 'When a definition changed; lines are cut there';
COMMENT ON COLUMN definition_break.indicator IS 'Id of the indicator';
COMMENT ON COLUMN definition_break.day IS 'First day of the new definition';
COMMENT ON COLUMN definition_break.note_zh IS 'What changed, in Chinese';
COMMENT ON COLUMN definition_break.note_en IS 'What changed, in English';
COMMENT ON COLUMN definition_break.source IS 'Where the change is stated';

CREATE TABLE place (place VARCHAR PRIMARY KEY, ordinal INTEGER NOT NULL, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL, within VARCHAR, rank VARCHAR NOT NULL);
COMMENT ON TABLE place IS 'Suzhou, its parts, and what it is part of';
COMMENT ON COLUMN place.place IS 'Id of the place';
COMMENT ON COLUMN place.ordinal IS 'Order of the catalogue';
COMMENT ON COLUMN place.name_zh IS 'Name in Chinese';
COMMENT ON COLUMN place.name_en IS 'Name in English';
COMMENT ON COLUMN place.rank IS 'What kind of place: campus, park, district, city_county, city, province or country';
COMMENT ON COLUMN place.within IS 'The next larger place';

CREATE TABLE article (
    article VARCHAR PRIMARY KEY, file VARCHAR NOT NULL, title VARCHAR, publisher VARCHAR, author VARCHAR,
    published DATE, published_precision VARCHAR, date_note VARCHAR, url VARCHAR, language VARCHAR, place VARCHAR,
    publish_text BOOLEAN NOT NULL, text VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, fingerprint VARCHAR NOT NULL,
    citation_gbt VARCHAR NOT NULL, citation_bibtex VARCHAR NOT NULL,
    state VARCHAR NOT NULL, note VARCHAR, first_build INTEGER NOT NULL, withdrawn_build INTEGER
);
COMMENT ON TABLE article IS 'Every article ever read, with the text that all offsets refer to';
COMMENT ON COLUMN article.article IS 'The file''s name without its ending';
COMMENT ON COLUMN article.file IS 'The file''s name';
COMMENT ON COLUMN article.title IS 'Headline, where sources.yaml knows it';
COMMENT ON COLUMN article.publisher IS 'Newspaper, site or office, where known';
COMMENT ON COLUMN article.author IS 'Author, where known';
COMMENT ON COLUMN article.published IS 'The best single day of publication; show it only as precisely as published_precision says';
COMMENT ON COLUMN article.date_note IS 'Why the date is known no better';
COMMENT ON COLUMN article.url IS 'Where it was published, where known';
COMMENT ON COLUMN article.language IS 'Language and script of the text';
COMMENT ON COLUMN article.place IS 'The place the article is about, by sources.yaml';
COMMENT ON COLUMN article.publish_text IS 'Whether the whole text may be shown, or only the sentences that are quoted';
COMMENT ON COLUMN article.published_precision IS 'How much of published is known: day, month or year';
COMMENT ON COLUMN article.text IS 'The raw text; offsets count its code points';
COMMENT ON COLUMN article.sha256 IS 'SHA-256 of the file as received';
COMMENT ON COLUMN article.fingerprint IS 'Hash of bytes, source entry, catalogue and rules: when it changes the article is read again';
COMMENT ON COLUMN article.state IS 'read, kept (unreadable now; the last good reading stands) or withdrawn';
COMMENT ON COLUMN article.note IS 'Why the article is kept unread';
COMMENT ON COLUMN article.citation_gbt IS 'How to cite it, by GB/T 7714-2025';
COMMENT ON COLUMN article.citation_bibtex IS 'How to cite it, as BibTeX';
COMMENT ON COLUMN article.first_build IS 'Number of the build in which it first stood';
COMMENT ON COLUMN article.withdrawn_build IS 'Number of the build that no longer has it';

CREATE TABLE observation (
    id VARCHAR PRIMARY KEY, origin VARCHAR NOT NULL, article VARCHAR,
    indicator VARCHAR NOT NULL, place VARCHAR NOT NULL, measure VARCHAR NOT NULL, share_of VARCHAR NOT NULL, scope VARCHAR NOT NULL,
    status VARCHAR NOT NULL, period VARCHAR NOT NULL, period_start DATE NOT NULL, period_end DATE NOT NULL, period_kind VARCHAR NOT NULL,
    value DECIMAL(24, 6) NOT NULL, bound VARCHAR NOT NULL, rounding DECIMAL(24, 6) NOT NULL, printed VARCHAR NOT NULL,
    quote VARCHAR, char_start INTEGER, char_end INTEGER, figure_start INTEGER, figure_end INTEGER,
    period_basis VARCHAR NOT NULL, place_basis VARCHAR NOT NULL, suspect VARCHAR,
    title VARCHAR, publisher VARCHAR, author VARCHAR, published DATE, published_precision VARCHAR, url VARCHAR, seen VARCHAR,
    confirmed_by VARCHAR, note VARCHAR, citation_gbt VARCHAR NOT NULL, citation_bibtex VARCHAR NOT NULL,
    first_build INTEGER NOT NULL, withdrawn_build INTEGER
);
COMMENT ON TABLE observation IS 'One figure of one indicator, dated, placed and sourced';
COMMENT ON COLUMN observation.id IS 'Short hash of article, indicator, place, measure, share_of, scope, status, period and ordinal';
COMMENT ON COLUMN observation.origin IS 'article, or curated (seeds/observations.csv: no quote)';
COMMENT ON COLUMN observation.article IS 'Article that states it; null for a curated figure';
COMMENT ON COLUMN observation.indicator IS 'Id of the indicator';
COMMENT ON COLUMN observation.place IS 'Id of the place';
COMMENT ON COLUMN observation.measure IS 'value, new (added within the period), yoy (growth on the year before, percent) or share (of a larger place, percent)';
COMMENT ON COLUMN observation.share_of IS 'Id of the larger place, for a share; else empty';
COMMENT ON COLUMN observation.scope IS 'Empty for the catalogue''s definition, else a code of table scope';
COMMENT ON COLUMN observation.status IS 'actual, estimate (expected by the source) or target';
COMMENT ON COLUMN observation.period IS '2024, 2025-H1, 2025-Q1, 2025-06, 2024-01/2024-09, or the day 2024-12-31 at which a stock was counted';
COMMENT ON COLUMN observation.period_start IS 'First day of the period';
COMMENT ON COLUMN observation.period_end IS 'Last day of the period';
COMMENT ON COLUMN observation.period_kind IS 'day, year, part (months of one year) or span (months of several)';
COMMENT ON COLUMN observation.value IS 'In the indicator''s unit; percent for yoy and share';
COMMENT ON COLUMN observation.bound IS '= exact, > at least, < at most, ~ about';
COMMENT ON COLUMN observation.rounding IS 'Half a unit of the last printed digit, in the unit of value';
COMMENT ON COLUMN observation.printed IS 'The figure as written; of a curated figure, its value as curated';
COMMENT ON COLUMN observation.char_start IS 'The quote: text[char_start:char_end], half-open, code points';
COMMENT ON COLUMN observation.char_end IS 'End of the quote';
COMMENT ON COLUMN observation.quote IS 'The words that state it, never altered; begins with a letter or a digit';
COMMENT ON COLUMN observation.figure_start IS 'The figure inside the quote';
COMMENT ON COLUMN observation.figure_end IS 'End of the figure';
COMMENT ON COLUMN observation.period_basis IS 'stated in the clause, carried from elsewhere in the article, or assumed';
COMMENT ON COLUMN observation.place_basis IS 'stated, carried, or assumed';
COMMENT ON COLUMN observation.suspect IS 'Why the figure looks wrong at its source: share_above_100, slip_1e4 or slip_1e8 (about that factor off the other figures of its series); such a figure is left out of fact';
COMMENT ON COLUMN observation.title IS 'Title of the source';
COMMENT ON COLUMN observation.publisher IS 'Publisher of the source';
COMMENT ON COLUMN observation.author IS 'Author of the source';
COMMENT ON COLUMN observation.published_precision IS 'How much of published is known: day, month or year';
COMMENT ON COLUMN observation.url IS 'Address of the source';
COMMENT ON COLUMN observation.published IS 'Of the source; a partial date stands at its first day';
COMMENT ON COLUMN observation.seen IS 'article, original (curated, read at url) or repost (curated, read in a repost)';
COMMENT ON COLUMN observation.confirmed_by IS 'What else states the same figure, of a curated figure';
COMMENT ON COLUMN observation.note IS 'Remark on a curated figure';
COMMENT ON COLUMN observation.citation_gbt IS 'How to cite the source, by GB/T 7714-2025';
COMMENT ON COLUMN observation.citation_bibtex IS 'How to cite the source, as BibTeX';
COMMENT ON COLUMN observation.first_build IS 'Number of the build in which the id first stood';
COMMENT ON COLUMN observation.withdrawn_build IS 'Number of the build that no longer has it';

CREATE TABLE evidence (
    observation VARCHAR NOT NULL, ordinal INTEGER NOT NULL, quote VARCHAR NOT NULL, char_start INTEGER NOT NULL, char_end INTEGER NOT NULL,
    figure_start INTEGER NOT NULL, figure_end INTEGER NOT NULL, why VARCHAR NOT NULL, PRIMARY KEY (observation, ordinal)
);
COMMENT ON TABLE evidence IS 'Every place in the article that states the observation; number 0 is the quote of the observation';
COMMENT ON COLUMN evidence.observation IS 'Id of the observation';
COMMENT ON COLUMN evidence.ordinal IS 'Counts from 0';
COMMENT ON COLUMN evidence.quote IS 'The words that state it';
COMMENT ON COLUMN evidence.char_start IS 'The quote: text[char_start:char_end] of the article';
COMMENT ON COLUMN evidence.char_end IS 'End of the quote';
COMMENT ON COLUMN evidence.figure_start IS 'The figure inside the quote';
COMMENT ON COLUMN evidence.figure_end IS 'End of the figure';
COMMENT ON COLUMN evidence.why IS 'The rules that made it';

CREATE TABLE refusal (
    article VARCHAR NOT NULL, char_start INTEGER NOT NULL, char_end INTEGER NOT NULL, printed VARCHAR NOT NULL,
    reason VARCHAR NOT NULL, detail VARCHAR NOT NULL, indicator VARCHAR NOT NULL, PRIMARY KEY (article, char_start, char_end)
);
COMMENT ON TABLE refusal IS 'Figures that are no observations';
COMMENT ON COLUMN refusal.article IS 'Article that has the figure';
COMMENT ON COLUMN refusal.char_start IS 'The figure: text[char_start:char_end] of the article';
COMMENT ON COLUMN refusal.char_end IS 'End of the figure';
COMMENT ON COLUMN refusal.printed IS 'The figure as written';
COMMENT ON COLUMN refusal.reason IS 'Code of table reason';
COMMENT ON COLUMN refusal.detail IS 'The words at fault';
COMMENT ON COLUMN refusal.indicator IS 'The indicator near it, where there was one: such refusals are worth a look';

CREATE TABLE reason (reason VARCHAR PRIMARY KEY, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL);
COMMENT ON TABLE reason IS 'Words for refusal.reason';
COMMENT ON COLUMN reason.reason IS 'Code of the reason';
COMMENT ON COLUMN reason.name_zh IS 'The reason in Chinese';
COMMENT ON COLUMN reason.name_en IS 'The reason in English';

CREATE TABLE change (
    build INTEGER NOT NULL, change VARCHAR NOT NULL, observation VARCHAR NOT NULL, reason VARCHAR NOT NULL,
    old_value DECIMAL(24, 6), new_value DECIMAL(24, 6), old_bound VARCHAR, new_bound VARCHAR
);
COMMENT ON TABLE change IS 'What each build added, revised or withdrew';
COMMENT ON COLUMN change.build IS 'Number of the build';
COMMENT ON COLUMN change.change IS 'added, revised (same id, another value or bound) or withdrawn';
COMMENT ON COLUMN change.observation IS 'Id of the observation';
COMMENT ON COLUMN change.reason IS 'What had changed: article (the file), sources (its entry), catalogue, rules, curated, or removed (the file is gone)';
COMMENT ON COLUMN change.old_value IS 'Value before';
COMMENT ON COLUMN change.new_value IS 'Value after';
COMMENT ON COLUMN change.old_bound IS 'Bound before';
COMMENT ON COLUMN change.new_bound IS 'Bound after';

CREATE TABLE problem (file VARCHAR NOT NULL, line INTEGER NOT NULL, fault VARCHAR NOT NULL, failure BOOLEAN NOT NULL);
COMMENT ON TABLE problem IS 'What was wrong with the files this build was made from';
COMMENT ON COLUMN problem.file IS 'The file at fault';
COMMENT ON COLUMN problem.line IS 'Its line, counted from 1';
COMMENT ON COLUMN problem.fault IS 'Fault and remedy';
COMMENT ON COLUMN problem.failure IS 'Whether something could not be read; else it is a remark';

-- Views. Columns that bear the name of an observation's column mean the same; the store copies their comments.

CREATE VIEW standing AS
SELECT * EXCLUDE (withdrawn_build), CASE WHEN status = 'target' THEN 'target' ELSE 'outcome' END AS side
FROM observation WHERE withdrawn_build IS NULL;
COMMENT ON VIEW standing IS 'The observations that stand in this build';
COMMENT ON COLUMN standing.side IS 'target, or outcome (actual or estimate)';

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
    SELECT *,
        first_value(value) OVER latest AS latest_value, first_value(rounding) OVER latest AS latest_rounding
    FROM ranked
    WINDOW latest AS (
        PARTITION BY indicator, place, measure, share_of, scope, period, side, expected, bounded
        ORDER BY published DESC NULLS LAST, distance, id
    )
)
SELECT id,
    row_number() OVER (
        PARTITION BY indicator, place, measure, share_of, scope, period, side
        ORDER BY expected, bounded, abs(value - latest_value) > latest_rounding, rounding,
            published DESC NULLS LAST, distance, id
    ) AS preference,
    count(*) OVER (PARTITION BY indicator, place, measure, share_of, scope, period, side) - 1 AS set_aside
FROM compared;
COMMENT ON VIEW preference IS 'The rule of preference: every figure''s place among those of its key';
COMMENT ON COLUMN preference.preference IS '1 is shown';
COMMENT ON COLUMN preference.set_aside IS 'How many other figures of the same key there are';

-- The part a shown figure plays in a yearly chart. What is counted on a day has one point a year, its last count; what
-- adds up has whole years. An estimate stands for the last count only in a year without an actual one.
CREATE VIEW part AS
WITH shown AS (
    SELECT s.id, s.indicator, s.place, s.measure, s.share_of, s.scope, s.side, s.status, s.period_start, s.period_end,
        s.period_kind, s.period_basis, p.set_aside::INTEGER AS set_aside, year(s.period_end)::INTEGER AS year,
        i.kind = 'flow' OR s.measure = 'new' AS adds_up
    FROM preference p JOIN standing s USING (id) JOIN indicator i USING (indicator) WHERE p.preference = 1
), counted AS (
    SELECT *,
        row_number() OVER (
            PARTITION BY indicator, place, measure, share_of, scope, side, year, period_kind = 'span'
            ORDER BY status = 'estimate', period_end DESC, period_kind <> 'day', period_start DESC, id
        ) = 1 AS last_count
    FROM shown
)
SELECT id, set_aside, year,
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

-- The two rules applied, once for the build: FROM part.
CREATE TABLE shown (id VARCHAR PRIMARY KEY, set_aside INTEGER NOT NULL, year INTEGER NOT NULL, role VARCHAR NOT NULL);
COMMENT ON TABLE shown IS 'The figures that are shown: one of each key';
COMMENT ON COLUMN shown.id IS 'Id of the observation';
COMMENT ON COLUMN shown.set_aside IS 'How many other figures of the same key the rule of preference set aside';
COMMENT ON COLUMN shown.year IS 'Year in which the period ends';
COMMENT ON COLUMN shown.role IS 'As in series';

CREATE VIEW fact AS SELECT standing.*, shown.set_aside FROM standing JOIN shown USING (id);
COMMENT ON VIEW fact IS 'The one figure of each key that is shown, by the rule of preference';
COMMENT ON COLUMN fact.side IS 'target, or outcome (actual or estimate)';
COMMENT ON COLUMN fact.set_aside IS 'How many other figures of the same key the rule set aside';

CREATE VIEW series AS SELECT standing.*, shown.set_aside, shown.year, shown.role FROM standing JOIN shown USING (id);
COMMENT ON VIEW series IS 'What a yearly chart draws: each fact, and the part it plays';
COMMENT ON COLUMN series.side IS 'target, or outcome (actual or estimate)';
COMMENT ON COLUMN series.set_aside IS 'How many other figures of the same key the rule set aside';
COMMENT ON COLUMN series.year IS 'Year in which the period ends';
COMMENT ON COLUMN series.role IS 'line (a flow''s whole year; the last count of a year, an actual one where there is one) · count (another count of that year) · part (months of one year, or several years: never joined) · assumed (a flow dated by assumption only: never on the line) · target';

-- What a figure allows: half a unit of its last printed digit around it; a bound is a half line;
-- ''about'' is taken as 5 % either way, or the rounding where that is more. A null end is open.
CREATE VIEW conflict AS
WITH intervals AS (
    SELECT id, indicator, place, measure, share_of, scope, period, status, value, bound, id IN (SELECT id FROM shown) AS is_shown,
        CASE bound WHEN '<' THEN NULL WHEN '>' THEN value WHEN '~' THEN value - greatest(rounding, abs(value) / 20)
            ELSE value - rounding END AS low,
        CASE bound WHEN '>' THEN NULL WHEN '<' THEN value WHEN '~' THEN value + greatest(rounding, abs(value) / 20)
            ELSE value + rounding END AS high
    FROM standing WHERE suspect IS NULL
)
SELECT a.indicator, a.place, a.measure, a.share_of, a.scope, a.period, a.status,
    a.id, a.value, a.bound, b.id AS other_id, b.value AS other_value, b.bound AS other_bound,
    round(100.0 * abs(a.value - b.value)::DOUBLE / nullif(greatest(abs(a.value), abs(b.value)), 0)::DOUBLE, 2) AS gap_percent
FROM intervals a JOIN intervals b
    ON (a.indicator, a.place, a.measure, a.share_of, a.scope, a.period, a.status)
     = (b.indicator, b.place, b.measure, b.share_of, b.scope, b.period, b.status)
    AND a.id <> b.id AND (a.is_shown OR NOT b.is_shown AND a.id < b.id)
WHERE a.high < b.low OR b.high < a.low;
COMMENT ON VIEW conflict IS 'Pairs of standing figures of one key and status that cannot both be right: their rounding intervals do not meet';
COMMENT ON COLUMN conflict.id IS 'Id of the one observation: the one in fact, where one of the two is';
COMMENT ON COLUMN conflict.other_id IS 'Id of the other observation';
COMMENT ON COLUMN conflict.other_value IS 'Value of the other';
COMMENT ON COLUMN conflict.other_bound IS 'Bound of the other';
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
    o.published_precision, safe_cell(o.url) AS url, o.seen, safe_cell(o.confirmed_by) AS confirmed_by, safe_cell(o.note) AS note
FROM standing o JOIN indicator i USING (indicator) JOIN place p ON p.place = o.place
ORDER BY i.ordinal, p.ordinal, o.measure, o.share_of, o.scope, o.period_start, o.period_end, o.period, o.status, o.origin, o.id;
COMMENT ON VIEW export IS 'The table that is delivered: columns, rows and cells exactly as in observations.csv';
COMMENT ON COLUMN export.value IS 'In unit, without exponent or trailing zeros';
COMMENT ON COLUMN export.unit IS 'Unit of value: the indicator''s, or percent for growth and shares';
COMMENT ON COLUMN export.published IS 'Of the source, as precisely as it is known: 2024, 2024-09 or 2024-09-10';

-- One build of the database: a file of its own, written once, then only read. Times are UTC.
CREATE TABLE build (
    number INTEGER PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, schema_version INTEGER NOT NULL,
    previous VARCHAR, made_at TIMESTAMP NOT NULL, data_version VARCHAR NOT NULL,
    catalogue_sha256 VARCHAR NOT NULL, rules_sha256 VARCHAR NOT NULL, accuracy JSON
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
COMMENT ON COLUMN build.accuracy IS 'Scores of the reading on the gold sets, as measured when the rules were last changed';

CREATE TABLE category (category VARCHAR PRIMARY KEY, ordinal INTEGER NOT NULL, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL);
COMMENT ON TABLE category IS 'Groups of indicators';

CREATE TABLE unit (unit VARCHAR PRIMARY KEY, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL);
COMMENT ON TABLE unit IS 'Units of the indicators';

CREATE TABLE indicator (
    indicator VARCHAR PRIMARY KEY, ordinal INTEGER NOT NULL, category VARCHAR NOT NULL, unit VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, headline BOOLEAN NOT NULL, cadence VARCHAR NOT NULL, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL,
    short_zh VARCHAR NOT NULL, short_en VARCHAR NOT NULL,
    definition_zh VARCHAR NOT NULL, definition_en VARCHAR NOT NULL, definition_source VARCHAR NOT NULL
);
COMMENT ON TABLE indicator IS 'The catalogue';
COMMENT ON COLUMN indicator.ordinal IS 'Order of the catalogue, the headline ones first';
COMMENT ON COLUMN indicator.kind IS 'stock, flow, ratio of flows (flow) or list';
COMMENT ON COLUMN indicator.cadence IS 'How often the press is expected to report it: monthly, quarterly, yearly, irregular';
COMMENT ON COLUMN indicator.definition_source IS 'Where the definition stands, or: as the articles use it';

CREATE TABLE alias (indicator VARCHAR NOT NULL, language VARCHAR NOT NULL, name VARCHAR NOT NULL, PRIMARY KEY (indicator, language, name));
COMMENT ON TABLE alias IS 'What an indicator is called, for search';

CREATE TABLE scope (indicator VARCHAR NOT NULL, scope VARCHAR NOT NULL, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL, PRIMARY KEY (indicator, scope));
COMMENT ON TABLE scope IS 'Narrower, wider or older definitions under which figures of an indicator appear; never joined with the plain ones';

CREATE TABLE definition_break (indicator VARCHAR NOT NULL, day DATE NOT NULL, note_zh VARCHAR NOT NULL, note_en VARCHAR NOT NULL, source VARCHAR NOT NULL);
COMMENT ON TABLE definition_break IS 'When a definition changed; lines are cut there';

CREATE TABLE place (place VARCHAR PRIMARY KEY, ordinal INTEGER NOT NULL, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL, within VARCHAR, rank VARCHAR NOT NULL);
COMMENT ON TABLE place IS 'Suzhou, its parts, and what it is part of';
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
COMMENT ON COLUMN article.published_precision IS 'How much of published is known: day, month or year';
COMMENT ON COLUMN article.text IS 'The raw text; offsets count its code points';
COMMENT ON COLUMN article.sha256 IS 'SHA-256 of the file as received';
COMMENT ON COLUMN article.fingerprint IS 'Hash of bytes, source entry, catalogue and rules: when it changes the article is read again';
COMMENT ON COLUMN article.state IS 'read, kept (unreadable now; the last good reading stands) or withdrawn';

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
COMMENT ON COLUMN observation.measure IS 'value, new (added within the period), yoy (growth on the year before, percent) or share (of a larger place, percent)';
COMMENT ON COLUMN observation.period_kind IS 'day, year, part (months of one year) or span (months of several)';
COMMENT ON COLUMN observation.value IS 'In the indicator''s unit; percent for yoy and share';
COMMENT ON COLUMN observation.bound IS '= exact, > at least, < at most, ~ about';
COMMENT ON COLUMN observation.rounding IS 'Half a unit of the last printed digit, in the unit of value';
COMMENT ON COLUMN observation.printed IS 'The figure as written';
COMMENT ON COLUMN observation.char_start IS 'The quote: text[char_start:char_end], half-open, code points';
COMMENT ON COLUMN observation.figure_start IS 'The figure inside the quote';
COMMENT ON COLUMN observation.period_basis IS 'stated in the clause, carried from elsewhere in the article, or assumed';
COMMENT ON COLUMN observation.place_basis IS 'stated, carried, or assumed';
COMMENT ON COLUMN observation.suspect IS 'Why the figure looks wrong at its source; such a figure is left out of fact';
COMMENT ON COLUMN observation.published IS 'Of the source; a partial date stands at its first day';
COMMENT ON COLUMN observation.seen IS 'article, original (curated, read at url) or repost (curated, read in a repost)';
COMMENT ON COLUMN observation.first_build IS 'Number of the build in which the id first stood';
COMMENT ON COLUMN observation.withdrawn_build IS 'Number of the build that no longer has it';

CREATE TABLE evidence (
    observation VARCHAR NOT NULL, ordinal INTEGER NOT NULL, quote VARCHAR NOT NULL, char_start INTEGER NOT NULL, char_end INTEGER NOT NULL,
    figure_start INTEGER NOT NULL, figure_end INTEGER NOT NULL, why VARCHAR NOT NULL, PRIMARY KEY (observation, ordinal)
);
COMMENT ON TABLE evidence IS 'Every place in the article that states the observation; number 0 is the quote of the observation';
COMMENT ON COLUMN evidence.why IS 'The rules that made it';

CREATE TABLE refusal (
    article VARCHAR NOT NULL, char_start INTEGER NOT NULL, char_end INTEGER NOT NULL, printed VARCHAR NOT NULL,
    reason VARCHAR NOT NULL, detail VARCHAR NOT NULL, indicator VARCHAR NOT NULL, PRIMARY KEY (article, char_start, char_end)
);
COMMENT ON TABLE refusal IS 'Figures that are no observations';
COMMENT ON COLUMN refusal.indicator IS 'The indicator near it, where there was one: such refusals are worth a look';

CREATE TABLE reason (reason VARCHAR PRIMARY KEY, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL);
COMMENT ON TABLE reason IS 'Words for refusal.reason';

CREATE TABLE change (
    build INTEGER NOT NULL, change VARCHAR NOT NULL, observation VARCHAR NOT NULL, reason VARCHAR NOT NULL,
    old_value DECIMAL(24, 6), new_value DECIMAL(24, 6), old_bound VARCHAR, new_bound VARCHAR
);
COMMENT ON TABLE change IS 'What each build added, revised or withdrew';

-- An observation that stands.
CREATE VIEW standing AS SELECT * FROM observation WHERE withdrawn_build IS NULL;

-- The one rule of preference. Key: indicator, place, measure, share_of, scope, period, and outcome or target.
CREATE VIEW fact AS
WITH keyed AS (
    SELECT *, CASE WHEN status = 'target' THEN 'target' ELSE 'outcome' END AS side FROM standing WHERE suspect IS NULL
)
SELECT * EXCLUDE (preference) FROM (
    SELECT *,
        row_number() OVER (
            PARTITION BY indicator, place, measure, share_of, scope, period, side
            ORDER BY status = 'estimate', bound <> '=', rounding, published DESC NULLS LAST,
                CASE WHEN origin = 'article' THEN 0 WHEN seen = 'original' THEN 1 ELSE 2 END, id
        ) AS preference,
        count(*) OVER (PARTITION BY indicator, place, measure, share_of, scope, period, side) AS sources
    FROM keyed
) WHERE preference = 1;

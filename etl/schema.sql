-- The tables of one build: a file of its own, written once, then only read. Times are UTC. Views: views.sql.
CREATE TABLE build (
    number INTEGER PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, schema_version INTEGER NOT NULL,
    previous VARCHAR, made_at TIMESTAMP NOT NULL, data_version VARCHAR NOT NULL,
    catalogue_sha256 VARCHAR NOT NULL, rules_sha256 VARCHAR NOT NULL, inputs_sha256 VARCHAR NOT NULL, accuracy JSON,
    citation_gbt VARCHAR NOT NULL, citation_bibtex VARCHAR NOT NULL
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

COMMENT ON COLUMN build.citation_gbt IS 'How to cite the data set in this version, by GB/T 7714-2025';
COMMENT ON COLUMN build.citation_bibtex IS 'How to cite the data set in this version, as BibTeX';

CREATE TABLE bundle (zip BLOB NOT NULL, sha256 VARCHAR NOT NULL);
COMMENT ON TABLE bundle IS 'One row: the bundle of this build, to be served as it is';
COMMENT ON COLUMN bundle.zip IS 'The file';
COMMENT ON COLUMN bundle.sha256 IS 'Its SHA-256';

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

CREATE TABLE unit_word (unit VARCHAR NOT NULL, word VARCHAR NOT NULL, factor DECIMAL(24, 6) NOT NULL, PRIMARY KEY (unit, word));
COMMENT ON TABLE unit_word IS 'How prose writes a unit, and what one of them is worth in it';
COMMENT ON COLUMN unit_word.unit IS 'Id of the unit';
COMMENT ON COLUMN unit_word.word IS 'The word';
COMMENT ON COLUMN unit_word.factor IS 'How many of the unit one of them is';

CREATE TABLE indicator (
    indicator VARCHAR PRIMARY KEY, ordinal INTEGER NOT NULL, category VARCHAR NOT NULL, unit VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, cumulative BOOLEAN NOT NULL, headline BOOLEAN NOT NULL, cadence VARCHAR NOT NULL, name_zh VARCHAR NOT NULL, name_en VARCHAR NOT NULL,
    short_zh VARCHAR NOT NULL, short_en VARCHAR NOT NULL,
    definition_zh VARCHAR NOT NULL, definition_en VARCHAR NOT NULL, definition_source VARCHAR NOT NULL
);
COMMENT ON TABLE indicator IS 'The catalogue';
COMMENT ON COLUMN indicator.indicator IS 'Id of the indicator';
COMMENT ON COLUMN indicator.category IS 'Id of its group';
COMMENT ON COLUMN indicator.unit IS 'Id of the unit of its values; growth and shares are in percent';
COMMENT ON COLUMN indicator.cumulative IS 'Whether its count only ever adds up (filings, recognitions): then it never falls';
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
COMMENT ON TABLE observation IS 'One figure of one indicator, dated, placed and sourced: as it was read; corrections are applied in view standing';
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
COMMENT ON COLUMN change.change IS 'added, revised (same id, another value or bound, or another key by a correction) or withdrawn';
COMMENT ON COLUMN change.observation IS 'Id of the observation';
COMMENT ON COLUMN change.reason IS 'What had changed: article (the file), sources (its entry), catalogue, rules, curated, correction, or removed (the file is gone)';
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

CREATE TABLE correction (
    observation VARCHAR PRIMARY KEY, action VARCHAR NOT NULL, amended VARCHAR NOT NULL,
    indicator VARCHAR, place VARCHAR, measure VARCHAR, share_of VARCHAR, scope VARCHAR, status VARCHAR,
    period VARCHAR, period_start DATE, period_end DATE, period_kind VARCHAR, value DECIMAL(24, 6), rounding DECIMAL(24, 6), bound VARCHAR,
    reason VARCHAR NOT NULL, made_by VARCHAR NOT NULL, made_on DATE NOT NULL
);
COMMENT ON TABLE correction IS 'Observations that people found misread, by corrections.yaml; a null leaves what was read';
COMMENT ON COLUMN correction.observation IS 'Id of the observation as read; it keeps its id';
COMMENT ON COLUMN correction.action IS 'reject or amend';
COMMENT ON COLUMN correction.amended IS 'Names of the amended columns, joined by spaces';
COMMENT ON COLUMN correction.indicator IS 'What stands instead';
COMMENT ON COLUMN correction.place IS 'What stands instead';
COMMENT ON COLUMN correction.measure IS 'What stands instead';
COMMENT ON COLUMN correction.share_of IS 'What stands instead';
COMMENT ON COLUMN correction.scope IS 'What stands instead';
COMMENT ON COLUMN correction.status IS 'What stands instead';
COMMENT ON COLUMN correction.period IS 'What stands instead';
COMMENT ON COLUMN correction.period_start IS 'Of the amended period';
COMMENT ON COLUMN correction.period_end IS 'Of the amended period';
COMMENT ON COLUMN correction.period_kind IS 'Of the amended period';
COMMENT ON COLUMN correction.value IS 'What stands instead';
COMMENT ON COLUMN correction.rounding IS 'Half a unit of the last digit of the amended value';
COMMENT ON COLUMN correction.bound IS 'What stands instead';
COMMENT ON COLUMN correction.reason IS 'Why';
COMMENT ON COLUMN correction.made_by IS 'Who corrected it';
COMMENT ON COLUMN correction.made_on IS 'When it was corrected';

CREATE TABLE chosen (id VARCHAR PRIMARY KEY, indicator VARCHAR NOT NULL, set_aside INTEGER NOT NULL, year INTEGER NOT NULL, role VARCHAR NOT NULL);
COMMENT ON TABLE chosen IS 'View part, computed once for the build, for readers who set no as_of';
COMMENT ON COLUMN chosen.id IS 'Id of the observation';
COMMENT ON COLUMN chosen.indicator IS 'Id of its indicator, as corrected';
COMMENT ON COLUMN chosen.set_aside IS 'How many other figures of the same key the rule of preference set aside';
COMMENT ON COLUMN chosen.year IS 'Year in which the period ends';
COMMENT ON COLUMN chosen.role IS 'As in series';

CREATE TABLE finding (
    kind VARCHAR NOT NULL, id VARCHAR NOT NULL, against VARCHAR[] NOT NULL,
    low DECIMAL(38, 6), high DECIMAL(38, 6), gap_percent DOUBLE
);
COMMENT ON TABLE finding IS 'What does not fit together among the figures: view cross_check, as found when the build was made';
COMMENT ON COLUMN finding.kind IS 'As in cross_check';
COMMENT ON COLUMN finding.id IS 'As in cross_check';
COMMENT ON COLUMN finding.against IS 'As in cross_check';
COMMENT ON COLUMN finding.low IS 'As in cross_check';
COMMENT ON COLUMN finding.high IS 'As in cross_check';
COMMENT ON COLUMN finding.gap_percent IS 'As in cross_check';

"""From articles to a database of dated, placed and sourced figures.

    intake.take          a file from a stranger       → a file of the articles' folder and its entry in sources.yaml
    articles.read        a file of that folder        → Article (its raw text; all offsets count its code points)
    link.read            Article + Catalogue          → Reading (observations, refusals, dates)
    curated.read         observations.csv             → figures without a text behind them
    rows                 readings and curated figures → rows with ids, quotes and citations
    corrections.settle   what people found misread    → which observation each one means
    store.write          rows + the build before      → one build of the database, checked and cross-checked
    deliver              a build                      → its table as a file; the bundle, which `verify` proves
    builds               the folder of builds         → which one is served, rollback, lock
    runs                 every run                    → a line of the log of runs

`schedule` says when. `pipeline.refresh` puts the stages in order and is where to start reading; `schema.sql` says what
a build holds, `views.sql` keeps the one rule of preference, `evidence.sql` what the figures say of one another. The
stages do not know each other; what people write is read by `catalogue` (metrics.yaml), `sources` (sources.yaml),
`curated` (observations.csv) and `corrections` (corrections.yaml). How bytes become text is the business of `documents`.
"""

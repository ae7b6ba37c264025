-- Views by the hour; imported ones apart, since an import replaces those imported before.
CREATE TABLE views (
    hour BIGINT NOT NULL,
    article_id TEXT COLLATE "C" NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    imported BOOLEAN NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (hour, article_id, imported)
);
CREATE INDEX views_by_article ON views (article_id);
-- The ranking of each window, rolled up by a job.
CREATE TABLE popular (
    span TEXT COLLATE "C" NOT NULL,
    rank INTEGER NOT NULL,
    article_id TEXT COLLATE "C" NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    score DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (span, rank)
);
CREATE INDEX popular_by_article ON popular (article_id);

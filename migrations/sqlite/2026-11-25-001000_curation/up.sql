CREATE TABLE lists (
    id TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    items TEXT NOT NULL
);
-- Which stories stand in which lists: a story that comes or goes renews the lists that hold it.
CREATE TABLE list_articles (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    list_id TEXT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    PRIMARY KEY (article_id, list_id)
);
CREATE INDEX list_articles_by_list ON list_articles (list_id);
CREATE TABLE appeals (
    id TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    paragraphs TEXT NOT NULL,
    signature TEXT,
    cta TEXT,
    after_block INTEGER,
    starts_at BIGINT,
    ends_at BIGINT,
    sections TEXT NOT NULL,
    active BOOLEAN NOT NULL
);

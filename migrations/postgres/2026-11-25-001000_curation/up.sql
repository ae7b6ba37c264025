CREATE TABLE lists (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    key TEXT COLLATE "C" NOT NULL UNIQUE,
    title TEXT COLLATE "C" NOT NULL,
    title_key TEXT COLLATE "C" NOT NULL,
    items TEXT COLLATE "C" NOT NULL
);
-- Which stories stand in which lists: a story that comes or goes renews the lists that hold it.
CREATE TABLE list_articles (
    article_id TEXT COLLATE "C" NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    list_id TEXT COLLATE "C" NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    PRIMARY KEY (article_id, list_id)
);
CREATE INDEX list_articles_by_list ON list_articles (list_id);
CREATE TABLE appeals (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    key TEXT COLLATE "C" NOT NULL UNIQUE,
    title TEXT COLLATE "C" NOT NULL,
    title_key TEXT COLLATE "C" NOT NULL,
    paragraphs TEXT COLLATE "C" NOT NULL,
    signature TEXT COLLATE "C",
    cta TEXT COLLATE "C",
    after_block INTEGER,
    starts_at BIGINT,
    ends_at BIGINT,
    sections TEXT COLLATE "C" NOT NULL,
    active BOOLEAN NOT NULL
);

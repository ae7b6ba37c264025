-- Each slug that a thing of a kind holds or ever held, over all states; never given to another.
CREATE TABLE slugs (
    kind TEXT COLLATE "C" NOT NULL,
    slug TEXT COLLATE "C" NOT NULL,
    entity_id TEXT COLLATE "C" NOT NULL,
    was_public BOOLEAN NOT NULL,
    PRIMARY KEY (kind, slug)
);
CREATE INDEX slugs_by_entity ON slugs (kind, entity_id);
-- Each path that a live story had.
CREATE TABLE paths (
    path TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    article_id TEXT COLLATE "C" NOT NULL
);
CREATE INDEX paths_by_article ON paths (article_id);
-- What was public and was taken back: 410 with this.
CREATE TABLE gone (
    article_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('withdraw', 'legal', 'kill')),
    reason TEXT COLLATE "C"
);

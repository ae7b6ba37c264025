-- The entries of live coverage. Delivery reads those of live stories alone; what was removed stays as a
-- tombstone, so that whoever polls hears of it.
CREATE TABLE live_updates (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    article_id TEXT COLLATE "C" NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    headline TEXT COLLATE "C",
    body TEXT COLLATE "C" NOT NULL,
    key_event BOOLEAN NOT NULL,
    pinned BOOLEAN NOT NULL,
    removed BOOLEAN NOT NULL,
    changed_seq BIGINT NOT NULL
);
CREATE INDEX live_updates_by_time ON live_updates (article_id, at, id) WHERE NOT removed;
CREATE INDEX live_updates_by_change ON live_updates (article_id, changed_seq, id);
CREATE TABLE live_update_authors (
    update_id TEXT COLLATE "C" NOT NULL REFERENCES live_updates (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    author_id TEXT COLLATE "C" NOT NULL REFERENCES authors (id),
    role TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (update_id, position)
);
CREATE INDEX live_update_authors_by_author ON live_update_authors (author_id);
-- The pictures that updates show.
CREATE TABLE live_update_media (
    update_id TEXT COLLATE "C" NOT NULL REFERENCES live_updates (id) ON DELETE CASCADE,
    media_id TEXT COLLATE "C" NOT NULL REFERENCES media (id),
    PRIMARY KEY (update_id, media_id)
);
CREATE INDEX live_update_media_by_media ON live_update_media (media_id);

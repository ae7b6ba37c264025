CREATE TABLE media (
    id TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    mime TEXT,
    width INTEGER,
    height INTEGER,
    alt TEXT,
    decorative BOOLEAN NOT NULL,
    caption TEXT,
    credit TEXT,
    focal TEXT,
    syndication TEXT NOT NULL CHECK (syndication IN ('allowed', 'denied')),
    leases TEXT NOT NULL,
    words_key TEXT NOT NULL
);
CREATE INDEX media_by_url ON media (url);

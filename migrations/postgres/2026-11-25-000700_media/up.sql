CREATE TABLE media (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    key TEXT COLLATE "C" NOT NULL UNIQUE,
    url TEXT COLLATE "C" NOT NULL,
    mime TEXT COLLATE "C",
    width INTEGER,
    height INTEGER,
    alt TEXT COLLATE "C",
    decorative BOOLEAN NOT NULL,
    caption TEXT COLLATE "C",
    credit TEXT COLLATE "C",
    focal TEXT COLLATE "C",
    syndication TEXT COLLATE "C" NOT NULL CHECK (syndication IN ('allowed', 'denied')),
    leases TEXT COLLATE "C" NOT NULL,
    words_key TEXT COLLATE "C" NOT NULL
);
CREATE INDEX media_by_url ON media (url);

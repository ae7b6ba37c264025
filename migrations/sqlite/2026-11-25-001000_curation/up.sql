CREATE TABLE lists (
    id TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    items TEXT NOT NULL
);
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

CREATE TABLE lists (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    key TEXT COLLATE "C" NOT NULL UNIQUE,
    title TEXT COLLATE "C" NOT NULL,
    title_key TEXT COLLATE "C" NOT NULL,
    items TEXT COLLATE "C" NOT NULL
);
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

CREATE TABLE publication (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    settings TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE TABLE origins (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    url TEXT,
    in_house BOOLEAN NOT NULL,
    policy TEXT CHECK (policy IN ('allow', 'ask', 'deny')),
    contact TEXT
);

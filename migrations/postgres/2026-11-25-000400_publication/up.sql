CREATE TABLE publication (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    settings TEXT COLLATE "C" NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE TABLE origins (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    url TEXT COLLATE "C",
    in_house BOOLEAN NOT NULL,
    policy TEXT COLLATE "C" CHECK (policy IN ('allow', 'ask', 'deny')),
    contact TEXT COLLATE "C"
);

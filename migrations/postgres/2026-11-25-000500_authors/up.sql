CREATE TABLE authors (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    bio TEXT COLLATE "C",
    image TEXT COLLATE "C",
    website TEXT COLLATE "C",
    email TEXT COLLATE "C",
    social TEXT COLLATE "C" NOT NULL,
    active BOOLEAN NOT NULL
);
CREATE INDEX authors_by_name ON authors (name_key, id);

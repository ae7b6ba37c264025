CREATE TABLE authors (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    bio TEXT,
    image TEXT,
    website TEXT,
    email TEXT,
    social TEXT NOT NULL,
    active BOOLEAN NOT NULL
);
CREATE INDEX authors_by_name ON authors (name_key, id);

CREATE TABLE sections (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    parent_id TEXT REFERENCES sections (id),
    path TEXT NOT NULL,
    description TEXT,
    position INTEGER NOT NULL
);
CREATE INDEX sections_by_parent ON sections (parent_id);
CREATE TABLE tags (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('topic', 'person', 'place', 'organisation', 'event')),
    description TEXT,
    uri TEXT
);
CREATE INDEX tags_by_name ON tags (name_key, id);
CREATE TABLE series (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    description TEXT
);

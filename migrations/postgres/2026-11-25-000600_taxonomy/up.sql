CREATE TABLE sections (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    parent_id TEXT COLLATE "C" REFERENCES sections (id),
    path TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C",
    position INTEGER NOT NULL
);
CREATE INDEX sections_by_parent ON sections (parent_id);
CREATE TABLE tags (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    type TEXT COLLATE "C" NOT NULL CHECK (type IN ('topic', 'person', 'place', 'organisation', 'event')),
    description TEXT COLLATE "C",
    uri TEXT COLLATE "C"
);
CREATE INDEX tags_by_name ON tags (name_key, id);
CREATE TABLE series (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL UNIQUE,
    title TEXT COLLATE "C" NOT NULL,
    title_key TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C"
);

-- Paths that lead elsewhere, or are gone for good, because somebody said so.
CREATE TABLE redirects (
    id TEXT NOT NULL PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    -- The path as it is looked for: decoded, without case and accents.
    path_key TEXT NOT NULL,
    target TEXT,
    status INTEGER NOT NULL CHECK (status IN (301, 302, 410)),
    CHECK ((status = 410) = (target IS NULL))
);

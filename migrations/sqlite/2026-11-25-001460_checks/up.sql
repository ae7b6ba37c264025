-- Checks of partners' pages: those done, and those that wait until `due_at` for their page to be fetched.
CREATE TABLE checks (
    id TEXT NOT NULL PRIMARY KEY,
    partner_id TEXT NOT NULL REFERENCES partners (id) ON DELETE CASCADE,
    article_id TEXT REFERENCES articles (id) ON DELETE CASCADE,
    version INTEGER,
    url TEXT,
    host TEXT,
    source TEXT NOT NULL,
    due_at BIGINT,
    checked_at BIGINT,
    findings TEXT
);
CREATE INDEX checks_by_partner ON checks (partner_id, id);
CREATE INDEX checks_by_article ON checks (article_id, partner_id);
CREATE INDEX checks_by_due ON checks (due_at, id);
CREATE INDEX checks_by_time ON checks (checked_at);
-- The hosts that a page is being fetched from, so that each has one request at a time, whatever the node.
CREATE TABLE check_hosts (
    host TEXT NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL
);

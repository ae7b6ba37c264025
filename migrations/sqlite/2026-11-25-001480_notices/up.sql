-- What a partner must be told of a story that it fetched, and what it did: one row a partner and change of the log.
CREATE TABLE notices (
    id TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    partner_id TEXT NOT NULL REFERENCES partners (id) ON DELETE CASCADE,
    article_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('correction', 'retraction')),
    severity TEXT NOT NULL,
    words TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    fetched_at BIGINT,
    acknowledged_at BIGINT,
    outcome TEXT,
    url TEXT,
    claimed_at BIGINT,
    verified_at BIGINT,
    overdue_at BIGINT,
    UNIQUE (partner_id, seq)
);
CREATE INDEX notices_by_partner ON notices (partner_id, id);
CREATE INDEX notices_by_article ON notices (article_id, id);
CREATE INDEX notices_by_due ON notices (due_at);
INSERT INTO followers (name, seq) SELECT 'notices', seq FROM log_counter;

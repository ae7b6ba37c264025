-- What a partner must be told of a story that it fetched, and what it did: one row a partner and change of the log.
CREATE TABLE notices (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    partner_id TEXT COLLATE "C" NOT NULL REFERENCES partners (id) ON DELETE CASCADE,
    article_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('correction', 'retraction')),
    severity TEXT COLLATE "C" NOT NULL,
    words TEXT COLLATE "C" NOT NULL,
    opened_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    fetched_at BIGINT,
    acknowledged_at BIGINT,
    outcome TEXT COLLATE "C",
    url TEXT COLLATE "C",
    claimed_at BIGINT,
    verified_at BIGINT,
    overdue_at BIGINT,
    UNIQUE (partner_id, seq)
);
CREATE INDEX notices_by_partner ON notices (partner_id, id);
CREATE INDEX notices_by_article ON notices (article_id, id);
CREATE INDEX notices_by_due ON notices (due_at);
INSERT INTO followers (name, seq) SELECT 'notices', seq FROM log_counter;

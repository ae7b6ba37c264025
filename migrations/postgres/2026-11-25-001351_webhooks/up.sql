-- Endpoints that are told of changes. A secret is made of the installation's own ring, by the entry and the number
-- that stand here: nothing that signs is stored.
CREATE TABLE webhooks (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    partner_id TEXT COLLATE "C" REFERENCES partners (id) ON DELETE CASCADE,
    url TEXT COLLATE "C" NOT NULL,
    events TEXT COLLATE "C",
    active BOOLEAN NOT NULL,
    secret_kid TEXT COLLATE "C" NOT NULL,
    secret_number INTEGER NOT NULL,
    previous_kid TEXT COLLATE "C",
    previous_number INTEGER,
    previous_until BIGINT,
    busy_until BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX webhooks_by_partner ON webhooks (partner_id);
CREATE TABLE webhook_deliveries (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    webhook_id TEXT COLLATE "C" NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    seq BIGINT,
    kind TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    attempts INTEGER NOT NULL,
    status INTEGER,
    fault TEXT COLLATE "C",
    duration_ms INTEGER,
    next_try_at BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (webhook_id, seq)
);
CREATE INDEX webhook_deliveries_by_next_try ON webhook_deliveries (state, next_try_at);
CREATE INDEX webhook_deliveries_by_instant ON webhook_deliveries (created_at);
INSERT INTO followers (name, seq) SELECT 'webhooks', seq FROM log_counter;

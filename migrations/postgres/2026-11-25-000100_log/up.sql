-- The spine: each logged write appends here in its own transaction (DESIGN.md section 2).
CREATE TABLE log_counter (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    live_at BIGINT NOT NULL,
    epoch TEXT COLLATE "C" NOT NULL
);
CREATE TABLE changes (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    audience TEXT COLLATE "C" NOT NULL CHECK (audience IN ('public', 'partner', 'staff')),
    kind TEXT COLLATE "C" NOT NULL,
    entity TEXT COLLATE "C" NOT NULL,
    entity_id TEXT COLLATE "C" NOT NULL,
    version INTEGER,
    actor TEXT COLLATE "C" NOT NULL,
    bulk BOOLEAN NOT NULL,
    keys TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C" NOT NULL
);
CREATE INDEX changes_by_entity ON changes (entity, entity_id, seq);
-- What will happen by itself: the next instant of each thing that time drives.
CREATE TABLE agenda (
    kind TEXT COLLATE "C" NOT NULL,
    entity_id TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (kind, entity_id)
);
CREATE INDEX agenda_by_instant ON agenda (at);
INSERT INTO log_counter (id, seq, live_at, epoch) VALUES (1, 0, 0, '');

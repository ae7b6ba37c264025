-- What was answered to a request with an Idempotency-Key, stored with what it wrote. `answer` is NULL where the
-- answer held a secret: then `made` names what was made.
CREATE TABLE receipts (
    actor TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    seal TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    answer TEXT COLLATE "C",
    made TEXT COLLATE "C",
    PRIMARY KEY (actor, key)
);
CREATE INDEX receipts_by_instant ON receipts (at);

-- What was answered to a request with an Idempotency-Key, stored with what it wrote. `answer` is NULL where the
-- answer held a secret: then `made` names what was made.
CREATE TABLE receipts (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    seal TEXT NOT NULL,
    at BIGINT NOT NULL,
    answer TEXT,
    made TEXT,
    PRIMARY KEY (actor, key)
);
CREATE INDEX receipts_by_instant ON receipts (at);

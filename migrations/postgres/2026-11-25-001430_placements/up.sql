-- Where copies of a story run: one row a version that a partner fetched or shows in a channel, with the hits of
-- its pixel by class. Nothing refers to stories or partners: a hit may name what a restored database never had.
CREATE TABLE placements (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    article_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    partner_id TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    first_fetched_at BIGINT,
    last_fetched_at BIGINT,
    last_seen BIGINT,
    host TEXT COLLATE "C",
    url TEXT COLLATE "C",
    replaced_at BIGINT,
    alive_told_at BIGINT,
    counted BIGINT NOT NULL DEFAULT 0,
    repeat BIGINT NOT NULL DEFAULT 0,
    bot BIGINT NOT NULL DEFAULT 0,
    prefetch BIGINT NOT NULL DEFAULT 0,
    undeduped BIGINT NOT NULL DEFAULT 0,
    UNIQUE (article_id, partner_id, channel, version)
);
CREATE INDEX placements_by_partner ON placements (partner_id, id);
-- The use ledger: each package that a partner fetched and each use that it reported, with the verdict of then.
CREATE TABLE uses (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('package', 'report')),
    partner_id TEXT COLLATE "C" NOT NULL,
    article_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    territory TEXT COLLATE "C",
    verdict TEXT COLLATE "C" NOT NULL CHECK (verdict IN ('allow', 'conditional', 'deny')),
    reasons TEXT COLLATE "C" NOT NULL,
    key_hint TEXT COLLATE "C",
    used_at BIGINT NOT NULL,
    note TEXT COLLATE "C"
);
CREATE INDEX uses_by_partner ON uses (partner_id, at, id);
CREATE INDEX uses_by_article ON uses (article_id, at, id);
CREATE INDEX uses_by_time ON uses (at, id);
-- Hits of pixels by the hour; a copy that nobody fetched by a key has no partner.
CREATE TABLE pixel_hits (
    hour BIGINT NOT NULL,
    article_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    partner_id TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    host TEXT COLLATE "C" NOT NULL,
    class TEXT COLLATE "C" NOT NULL CHECK (class IN ('counted', 'repeat', 'bot', 'prefetch', 'undeduped')),
    count BIGINT NOT NULL,
    PRIMARY KEY (article_id, version, partner_id, channel, hour, host, class)
);
CREATE INDEX pixel_hits_by_partner ON pixel_hits (partner_id, hour);

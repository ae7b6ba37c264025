-- What was agreed with a partner: hosts, terms, territory, embargo, quota, pictures, the rules asked of it.
ALTER TABLE partners ADD COLUMN agreement TEXT NOT NULL DEFAULT '{}';
ALTER TABLE api_keys ADD COLUMN last_used_at BIGINT;
-- What a partner may run; one without any may run whatever the rules allow.
CREATE TABLE partner_grants (
    id TEXT NOT NULL PRIMARY KEY,
    partner_id TEXT NOT NULL REFERENCES partners (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('section', 'tag', 'origin', 'article')),
    entity_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (partner_id, kind, entity_id)
);
CREATE INDEX partner_grants_by_entity ON partner_grants (entity_id);
-- Which stories a partner took in a period of its quota, and how many they are.
CREATE TABLE quota_periods (
    partner_id TEXT NOT NULL REFERENCES partners (id) ON DELETE CASCADE,
    begins_at BIGINT NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (partner_id, begins_at)
);
CREATE TABLE quota_stories (
    partner_id TEXT NOT NULL REFERENCES partners (id) ON DELETE CASCADE,
    begins_at BIGINT NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (partner_id, begins_at, article_id)
);

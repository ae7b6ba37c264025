-- What a story was before it was scheduled, put under an embargo or thrown away.
ALTER TABLE articles RENAME COLUMN state_before_trash TO state_before;
-- One agenda for whatever lets a story go live by itself.
UPDATE agenda SET kind = 'article.schedule' WHERE kind = 'article.embargo';
-- Who works on a story now, until when: a hint for others, not a lock on its saves.
CREATE TABLE article_locks (
    article_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    user_id TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL
);
-- Links to what is not public yet. The token is made of the id by a key of the installation, so none is stored.
CREATE TABLE preview_tokens (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    article_id TEXT COLLATE "C" NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    revision INTEGER,
    made_by TEXT COLLATE "C",
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX preview_tokens_by_article ON preview_tokens (article_id, created_at, id);
CREATE INDEX preview_tokens_by_expiry ON preview_tokens (expires_at);
-- The corrections of live stories, as their row has them, for the list of all.
CREATE TABLE live_article_corrections (
    article_id TEXT COLLATE "C" NOT NULL REFERENCES live_articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (article_id, position)
);
CREATE INDEX live_article_corrections_by_time ON live_article_corrections (at, article_id, position);
-- What partners are told of a story that was taken back, besides what the public is told.
ALTER TABLE gone ADD COLUMN partner_note TEXT COLLATE "C";
CREATE INDEX gone_by_time ON gone (at, article_id);
CREATE INDEX articles_by_schedule ON articles (scheduled_at, id);
CREATE INDEX articles_by_owner ON articles (owner_id, updated_at, id);
CREATE INDEX articles_by_assignee ON articles (assignee_id, updated_at, id);
INSERT INTO live_article_corrections (article_id, position, at)
SELECT live_articles.id, correction.position - 1,
    (EXTRACT(EPOCH FROM (correction.value ->> 'at')::timestamptz) * 1000000)::bigint
FROM live_articles,
    jsonb_array_elements(facts::jsonb -> 'corrections') WITH ORDINALITY AS correction (value, position);

-- Stories as the staff see them. What readers can come to see stands in the revisions alone; the
-- columns repeat the newest revision where a desk's list filters or sorts by it.
CREATE TABLE articles (
    id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('draft', 'in_review', 'approved', 'scheduled', 'live', 'unpublished', 'retracted', 'trash')),
    state_before_trash TEXT,
    revision INTEGER NOT NULL,
    live_revision INTEGER,
    version INTEGER NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    headline TEXT,
    headline_key TEXT NOT NULL,
    type TEXT NOT NULL,
    locale TEXT NOT NULL,
    section_id TEXT REFERENCES sections (id),
    origin_id TEXT REFERENCES origins (id),
    path TEXT,
    published_slug TEXT,
    published_at BIGINT,
    first_published_at BIGINT,
    substantive_at BIGINT,
    modified_at BIGINT,
    scheduled_at BIGINT,
    scheduled_revision INTEGER,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    owner_id TEXT,
    assignee_id TEXT,
    notes TEXT,
    source_id TEXT,
    translation_group TEXT
);
CREATE INDEX articles_by_update ON articles (updated_at, id);
CREATE INDEX articles_by_state ON articles (state, updated_at, id);
CREATE INDEX articles_by_section ON articles (section_id, updated_at, id);
CREATE INDEX articles_by_origin ON articles (origin_id);
CREATE INDEX articles_by_group ON articles (translation_group);
CREATE INDEX articles_by_source ON articles (source_id);
-- Every save, immutable.
CREATE TABLE revisions (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by TEXT NOT NULL,
    note TEXT,
    story TEXT NOT NULL,
    PRIMARY KEY (article_id, revision)
);
-- What the newest revision names, so that nothing in use can be deleted.
CREATE TABLE article_uses (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    PRIMARY KEY (kind, entity_id, article_id)
);
CREATE INDEX article_uses_by_article ON article_uses (article_id);

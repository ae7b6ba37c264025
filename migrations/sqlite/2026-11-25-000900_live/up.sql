-- Only what is public now. Written by go_live, take_down, touch and refile of `articles` alone.
CREATE TABLE live_articles (
    id TEXT NOT NULL PRIMARY KEY REFERENCES articles (id),
    version INTEGER NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    headline TEXT NOT NULL,
    headline_key TEXT NOT NULL,
    kicker TEXT,
    standfirst TEXT,
    summary TEXT,
    url TEXT NOT NULL,
    canonical_url TEXT NOT NULL,
    locale TEXT NOT NULL,
    access TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    first_published_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    modified_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_seq BIGINT NOT NULL,
    section_id TEXT NOT NULL REFERENCES sections (id),
    primary_tag_id TEXT REFERENCES tags (id),
    series_id TEXT REFERENCES series (id),
    series_part INTEGER,
    lead_media_id TEXT REFERENCES media (id),
    origin_id TEXT NOT NULL REFERENCES origins (id),
    republishable BOOLEAN NOT NULL,
    word_count INTEGER NOT NULL,
    reading_minutes INTEGER NOT NULL,
    translation_group TEXT,
    facts TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX live_articles_by_publication ON live_articles (published_at, id);
CREATE INDEX live_articles_by_update ON live_articles (updated_at, id);
CREATE INDEX live_articles_by_headline ON live_articles (headline_key, id);
CREATE INDEX live_articles_by_series ON live_articles (series_id, published_at, id);
CREATE INDEX live_articles_by_origin ON live_articles (origin_id, published_at, id);
CREATE INDEX live_articles_by_type ON live_articles (type, published_at, id);
CREATE INDEX live_articles_by_locale ON live_articles (locale, published_at, id);
CREATE INDEX live_articles_by_group ON live_articles (translation_group);
-- One row an ancestor section, so that a section's list is one index range however old or small.
CREATE TABLE live_article_sections (
    section_id TEXT NOT NULL REFERENCES sections (id),
    published_at BIGINT NOT NULL,
    article_id TEXT NOT NULL REFERENCES live_articles (id) ON DELETE CASCADE,
    PRIMARY KEY (section_id, published_at, article_id)
);
CREATE INDEX live_article_sections_by_article ON live_article_sections (article_id);
CREATE TABLE live_article_tags (
    tag_id TEXT NOT NULL REFERENCES tags (id),
    published_at BIGINT NOT NULL,
    article_id TEXT NOT NULL REFERENCES live_articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (tag_id, published_at, article_id)
);
CREATE INDEX live_article_tags_by_article ON live_article_tags (article_id);
CREATE TABLE live_article_authors (
    author_id TEXT NOT NULL REFERENCES authors (id),
    published_at BIGINT NOT NULL,
    article_id TEXT NOT NULL REFERENCES live_articles (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (author_id, published_at, article_id, role)
);
CREATE INDEX live_article_authors_by_article ON live_article_authors (article_id);
-- The pictures that a live story shows, in its lead or its body.
CREATE TABLE live_article_media (
    media_id TEXT NOT NULL REFERENCES media (id),
    article_id TEXT NOT NULL REFERENCES live_articles (id) ON DELETE CASCADE,
    PRIMARY KEY (media_id, article_id)
);
CREATE INDEX live_article_media_by_article ON live_article_media (article_id);
-- Each published version as it was.
CREATE TABLE versions (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    at BIGINT NOT NULL,
    story TEXT NOT NULL,
    PRIMARY KEY (article_id, version)
);

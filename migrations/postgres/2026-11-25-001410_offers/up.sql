-- Held back from others by the newsroom, until it is released.
ALTER TABLE articles ADD COLUMN withheld BOOLEAN NOT NULL DEFAULT FALSE;
-- Whether a story is offered to somebody somewhere: the verdict for nobody in particular, countries left aside, which
-- stand in rows.
ALTER TABLE live_articles ADD COLUMN offered BOOLEAN NOT NULL DEFAULT FALSE;
CREATE TABLE live_article_territories (
    article_id TEXT COLLATE "C" NOT NULL REFERENCES live_articles (id) ON DELETE CASCADE,
    territory TEXT COLLATE "C" NOT NULL,
    allowed BOOLEAN NOT NULL,
    PRIMARY KEY (article_id, territory, allowed)
);
INSERT INTO live_article_territories (article_id, territory, allowed)
    SELECT DISTINCT a.id, t.value, TRUE FROM live_articles a,
        jsonb_array_elements_text(COALESCE(a.facts::jsonb #> '{rights,territories_in}', '[]')) AS t (value)
    UNION SELECT DISTINCT a.id, t.value, FALSE FROM live_articles a,
        jsonb_array_elements_text(COALESCE(a.facts::jsonb #> '{rights,territories_out}', '[]')) AS t (value);
UPDATE live_articles SET offered = republishable;
-- What only a list of countries kept from nobody in particular.
UPDATE live_articles SET offered = TRUE
WHERE id IN (SELECT article_id FROM live_article_territories WHERE allowed)
    AND origin_id IN (SELECT id FROM origins WHERE policy = 'allow')
    AND facts::jsonb #>> '{rights,opt_out}' = 'false'
    AND (facts::jsonb #>> '{rights,expires_at}' IS NULL
        OR id IN (SELECT entity_id FROM agenda WHERE kind = 'article.rights'))
    AND (COALESCE(facts::jsonb #> '{rights,channels}', '[]') = '[]'
        OR COALESCE(facts::jsonb #> '{rights,channels}', '[]') @> '["web"]');

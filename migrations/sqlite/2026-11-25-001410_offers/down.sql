DROP TABLE live_article_territories;
ALTER TABLE live_articles DROP COLUMN offered;
ALTER TABLE articles DROP COLUMN withheld;

DROP TABLE versions;
DROP TABLE live_article_media;
DROP TABLE live_article_authors;
DROP TABLE live_article_tags;
DROP TABLE live_article_sections;
DROP TABLE live_articles;

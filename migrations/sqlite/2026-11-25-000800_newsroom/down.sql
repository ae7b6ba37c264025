DROP TABLE article_uses;
DROP TABLE revisions;
DROP TABLE articles;

DROP TABLE appeals;
DROP TABLE list_articles;
DROP TABLE lists;

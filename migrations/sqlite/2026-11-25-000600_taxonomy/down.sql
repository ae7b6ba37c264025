DROP TABLE series;
DROP TABLE tags;
DROP TABLE sections;

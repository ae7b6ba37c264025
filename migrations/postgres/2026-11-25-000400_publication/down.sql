DROP TABLE origins;
DROP TABLE publication;

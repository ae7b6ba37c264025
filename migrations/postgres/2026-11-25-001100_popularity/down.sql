DROP TABLE popular;
DROP TABLE views;

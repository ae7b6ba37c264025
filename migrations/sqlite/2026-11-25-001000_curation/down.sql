DROP TABLE appeals;
DROP TABLE lists;

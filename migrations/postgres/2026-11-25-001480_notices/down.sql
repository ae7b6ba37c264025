DELETE FROM followers WHERE name = 'notices';
DROP TABLE notices;

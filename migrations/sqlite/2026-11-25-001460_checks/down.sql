DROP TABLE check_hosts;
DROP TABLE checks;

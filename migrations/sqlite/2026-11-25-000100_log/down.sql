DROP TABLE agenda;
DROP TABLE changes;
DROP TABLE log_counter;

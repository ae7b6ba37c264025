-- How far each room that follows the log has come. The migration that brings a follower puts its row here, at
-- the present end of the log: what happened before it is none of its business.
CREATE TABLE followers (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL
);

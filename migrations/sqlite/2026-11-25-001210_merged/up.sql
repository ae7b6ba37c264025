-- What was merged into another of its kind; drafts and old revisions go on naming it, and mean the other.
CREATE TABLE merged (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    into_id TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX merged_by_target ON merged (into_id);

-- The log is asked who did something, and when something was done, newest first.
CREATE INDEX changes_by_actor ON changes (actor, seq);
CREATE INDEX changes_by_kind ON changes (kind, seq);

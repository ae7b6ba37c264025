DROP INDEX changes_by_kind;
DROP INDEX changes_by_actor;

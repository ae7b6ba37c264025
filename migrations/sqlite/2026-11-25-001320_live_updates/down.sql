DROP TABLE live_update_media;
DROP TABLE live_update_authors;
DROP TABLE live_updates;

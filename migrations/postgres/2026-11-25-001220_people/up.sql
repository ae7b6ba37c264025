-- The author that a user writes as, and the sections that an editor is limited to.
ALTER TABLE users ADD COLUMN author_id TEXT COLLATE "C";
ALTER TABLE users ADD COLUMN desks TEXT COLLATE "C" NOT NULL DEFAULT '[]';

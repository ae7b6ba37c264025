DROP TABLE pixel_hits;
DROP TABLE uses;
DROP TABLE placements;

DROP TABLE quota_stories;
DROP TABLE quota_periods;
DROP TABLE partner_grants;
ALTER TABLE api_keys DROP COLUMN last_used_at;
ALTER TABLE partners DROP COLUMN agreement;

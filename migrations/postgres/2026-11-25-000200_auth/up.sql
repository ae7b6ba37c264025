CREATE TABLE partners (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'suspended', 'blocked')),
    created_at BIGINT NOT NULL
);
CREATE TABLE users (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    email TEXT COLLATE "C" NOT NULL,
    email_key TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('contributor', 'author', 'editor', 'admin')),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'disabled')),
    may_publish BOOLEAN NOT NULL,
    password_hash TEXT COLLATE "C",
    epoch BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_sign_in_at BIGINT
);
-- One row a sign-in, looked up by its id, which stands in its tokens. The hash of the refresh token before the
-- present one is kept, to forgive two refreshes at once.
CREATE TABLE sessions (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    refresh_hash TEXT COLLATE "C" NOT NULL,
    previous_hash TEXT COLLATE "C",
    rotated_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE TABLE api_keys (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    scope TEXT COLLATE "C" NOT NULL CHECK (scope IN ('read', 'write', 'admin', 'partner')),
    hash TEXT COLLATE "C" NOT NULL,
    hint TEXT COLLATE "C" NOT NULL,
    partner_id TEXT COLLATE "C" REFERENCES partners (id) ON DELETE CASCADE,
    user_id TEXT COLLATE "C" REFERENCES users (id) ON DELETE CASCADE,
    addresses TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_keys_by_partner ON api_keys (partner_id);
CREATE INDEX api_keys_by_user ON api_keys (user_id);

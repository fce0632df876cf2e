-- Signing secrets, who is known as signed, what an event's identity rests on.

-- Readable, as they are: an HMAC cannot be checked with a hash of its key.
CREATE TABLE signing_secret (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    purpose TEXT NOT NULL,
    value TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;
CREATE INDEX signing_secret_of ON signing_secret (tenant);

-- From the first event on that a host has signed, or sent itself, nobody else names this user. `refused` counts who tried.
CREATE TABLE signed_user (
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    user_id TEXT NOT NULL,
    signed INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, user_id)
) STRICT, WITHOUT ROWID;

-- 0 names no user, 1 at its word, 2 signed, 3 refused (`identity/trust.rs`).
ALTER TABLE event ADD COLUMN trust INTEGER NOT NULL DEFAULT 1;
UPDATE event SET trust = 0 WHERE user_id IS NULL;

-- How often pages and collector were found to differ about a person, by the UTC day and the cause.
CREATE TABLE disagreement (
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    day INTEGER NOT NULL,
    cause TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (tenant, day, cause)
) STRICT, WITHOUT ROWID;

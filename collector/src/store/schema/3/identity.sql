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

-- From the first event on that a host has signed, or sent itself, nobody else names this user. `refused` counts who tried,
-- `outside` events of the user's own that named an account to which nobody vouched that they belong,
-- `tried_at` is when the last of either was received.
CREATE TABLE signed_user (
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    user_id TEXT NOT NULL,
    signed INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    outside INTEGER NOT NULL DEFAULT 0,
    tried_at INTEGER,
    PRIMARY KEY (tenant, user_id)
) STRICT, WITHOUT ROWID;

-- The anonymous ids that were joined to a user at the sender's word, and by nobody who was believed more since.
CREATE TABLE joined_at_word (
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    anonymous_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    PRIMARY KEY (tenant, anonymous_id, user_id)
) STRICT, WITHOUT ROWID;
INSERT INTO joined_at_word
    SELECT DISTINCT tenant, anonymous_id, user_id FROM event WHERE anonymous_id IS NOT NULL AND user_id IS NOT NULL;
INSERT OR IGNORE INTO joined_at_word
    SELECT tenant, previous, user_id FROM (
        SELECT tenant, user_id, CASE WHEN (instr(message, 'previousId') OR instr(message, '\u00')) AND json_valid(message)
            THEN CASE message ->> 'type' WHEN 'alias' THEN message ->> 'previousId' END END AS previous
        FROM event WHERE user_id IS NOT NULL)
    WHERE previous <> '';

-- The account that the host has said last that a user belongs to, and when it was so.
CREATE TABLE member (
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    user_id TEXT NOT NULL,
    account TEXT NOT NULL,
    vouched_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, user_id)
) STRICT, WITHOUT ROWID;

-- From its first member on that a host has vouched for nobody else names this account.
CREATE TABLE vouched_account (
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    account TEXT NOT NULL,
    PRIMARY KEY (tenant, account)
) STRICT, WITHOUT ROWID;

-- 0 names no user, 1 at its word, 2 signed, 3 refused, 4 a stranger; and 8 names an account as an outsider
-- (`identity/trust.rs`).
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

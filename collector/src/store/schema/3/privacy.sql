-- Receipts of erasures. Ids stand in them as salted hashes only.
CREATE TABLE privacy_salt (salt BLOB NOT NULL) STRICT;
INSERT INTO privacy_salt VALUES (randomblob(32));
CREATE TABLE receipt (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    erased_at INTEGER NOT NULL,
    erased_by TEXT NOT NULL,
    ids TEXT NOT NULL,
    erased TEXT NOT NULL
) STRICT;
CREATE INDEX receipt_of ON receipt (tenant, number);
ALTER TABLE erasure ADD COLUMN receipt TEXT REFERENCES receipt (id);
-- The host vouches for who asks.
ALTER TABLE erasure ADD COLUMN verified INTEGER NOT NULL DEFAULT 0;
-- Counted before another one is kept.
CREATE INDEX open_erasures ON erasure (tenant, verified) WHERE state = 'open';
-- What was erased and comes again stays erased: salted hashes of message ids.
CREATE TABLE erased_message (
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    hash BLOB NOT NULL,
    PRIMARY KEY (tenant, hash)
) STRICT, WITHOUT ROWID;
-- Before which instant the raw events happened that are gone by age (but those in `erased_message`), how many, and where
-- the next step begins.
CREATE TABLE retention (
    tenant INTEGER PRIMARY KEY REFERENCES tenant (id),
    horizon INTEGER NOT NULL,
    erased INTEGER NOT NULL,
    cursor INTEGER NOT NULL
) STRICT;
-- Up to when time is known to have passed, whatever the clock says: by this things are old.
CREATE TABLE passed (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    until INTEGER NOT NULL
) STRICT;

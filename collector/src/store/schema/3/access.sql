-- Tokens and the audit log.

-- Keys can be changed; of those from before it is not known since when they are.
ALTER TABLE write_key ADD COLUMN created_at INTEGER;
ALTER TABLE write_key ADD COLUMN ends_at INTEGER;
CREATE TABLE token (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    created_at INTEGER NOT NULL,
    ends_at INTEGER
) STRICT;
CREATE TABLE act (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    done_at INTEGER NOT NULL,
    done_by TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX act_of ON act (tenant, id);
CREATE TRIGGER act_is_not_changed BEFORE UPDATE ON act
    BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER act_is_not_removed BEFORE DELETE ON act
    BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
-- Counts the changes of what a running collector has in memory, so that it notices what the command line does.
CREATE TABLE directory (version INTEGER NOT NULL) STRICT;
INSERT INTO directory VALUES (0);
CREATE TRIGGER write_key_is_new AFTER INSERT ON write_key BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER write_key_has_changed AFTER UPDATE ON write_key BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER token_is_new AFTER INSERT ON token BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER token_has_changed AFTER UPDATE ON token BEGIN UPDATE directory SET version = version + 1; END;

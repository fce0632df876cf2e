-- Revisions of playbooks, and which one is published.

CREATE TABLE revision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    source TEXT NOT NULL,
    -- What pages load of it, as it was compiled then, and the hash of that: whoever has the address gets the same for ever.
    pages_hash TEXT NOT NULL,
    pages BLOB NOT NULL,
    note TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    UNIQUE (tenant, number)
) STRICT;
CREATE INDEX revision_by_pages ON revision (tenant, pages_hash);
CREATE TRIGGER revision_is_not_changed BEFORE UPDATE ON revision
    BEGIN SELECT RAISE(ABORT, 'a revision is what it is: make another'); END;
-- The last one of a tenant is what its pages load.
CREATE TABLE publication (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    number INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    published_by TEXT NOT NULL,
    FOREIGN KEY (tenant, number) REFERENCES revision (tenant, number)
) STRICT;
CREATE INDEX publication_of ON publication (tenant, id);
-- What a test audience gets instead: who has the pass, which stands in their link.
CREATE TABLE draft (
    tenant INTEGER PRIMARY KEY REFERENCES tenant (id),
    number INTEGER NOT NULL,
    pass TEXT NOT NULL UNIQUE,
    since INTEGER NOT NULL,
    FOREIGN KEY (tenant, number) REFERENCES revision (tenant, number)
) STRICT;
CREATE TABLE killed_nudge (
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    nudge TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (tenant, nudge)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER publication_is_new AFTER INSERT ON publication BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER draft_is_new AFTER INSERT ON draft BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER draft_has_changed AFTER UPDATE ON draft BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER draft_is_gone AFTER DELETE ON draft BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER nudge_is_killed AFTER INSERT ON killed_nudge BEGIN UPDATE directory SET version = version + 1; END;
CREATE TRIGGER nudge_is_revived AFTER DELETE ON killed_nudge BEGIN UPDATE directory SET version = version + 1; END;

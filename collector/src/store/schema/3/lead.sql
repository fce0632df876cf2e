-- Leads.

-- `details` is JSON: the form's fields or the moment, and the reasons. `named` is whom its event names and may not: nobody
-- vouches that it is theirs, but it goes with them.
CREATE TABLE lead (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    qualifies TEXT,
    person TEXT,
    named TEXT,
    account TEXT,
    happened_at INTEGER NOT NULL,
    found_at INTEGER NOT NULL,
    signed INTEGER NOT NULL,
    rank REAL NOT NULL,
    details TEXT NOT NULL,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    UNIQUE (tenant, key)
) STRICT;
CREATE INDEX lead_of_person ON lead (tenant, person);
CREATE INDEX lead_that_names ON lead (tenant, named) WHERE named IS NOT NULL;
CREATE INDEX lead_of_account ON lead (tenant, account);

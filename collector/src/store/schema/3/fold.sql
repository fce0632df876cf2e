-- The fold: islands, their states, how far the log is folded. All but `fold_report` and `fold_playbook` follows from the
-- log, and `rebuild` makes it anew.

-- How far; a row a tenant. `turn` counts transactions, so that two who fold at once notice. `again_to`: while what had been
-- folded before is folded again, how far that was.
CREATE TABLE fold (
    tenant INTEGER PRIMARY KEY REFERENCES tenant (id),
    position INTEGER NOT NULL DEFAULT 0,
    turn INTEGER NOT NULL DEFAULT 0,
    playbook INTEGER REFERENCES fold_playbook (id),
    again_to INTEGER
) STRICT;

-- What it is folded by: a state and a report outlive the revision that is published.
CREATE TABLE fold_playbook (
    id INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    revision INTEGER NOT NULL,
    compiled BLOB NOT NULL,
    UNIQUE (tenant, revision)
) STRICT;

-- Events that are not folded yet though they have been read: whose time has not come; (`held`) that name somebody who is being
-- folded again, until that is over; and (`again`) those that had been folded before, and are to be folded again. `stream`: of
-- all but the last, so that thousands of others' are not looked at for one page.
CREATE TABLE fold_waiting (
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    happened_at INTEGER NOT NULL,
    position INTEGER NOT NULL,
    again INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0,
    stream TEXT,
    sequence INTEGER,
    PRIMARY KEY (tenant, happened_at, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX fold_waiting_stream ON fold_waiting (tenant, stream, happened_at, sequence) WHERE stream IS NOT NULL;
CREATE INDEX fold_waiting_again ON fold_waiting (tenant, happened_at, position) WHERE again;
CREATE INDEX fold_waiting_held ON fold_waiting (tenant) WHERE held;
-- So that who asks for these goes neither over a large account's that are folded again nor over what waits for it.
CREATE INDEX fold_waiting_new ON fold_waiting (tenant, happened_at, position) WHERE NOT again AND NOT held;

-- Persons (0) and accounts (1) that are being folded again, and those who are named by an event that waits for such: what
-- happened to them up to then has been reported, and what comes meanwhile waits.
CREATE TABLE fold_mark (
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    reported_to INTEGER NOT NULL,
    PRIMARY KEY (tenant, kind, name)
) STRICT, WITHOUT ROWID;

-- Those who can influence each other. `due_at`: when time alone is to be let pass. `gone_at`: when the last of those of its
-- events happened that are no longer in the log. `keep`: a state that has all of its events is waited for. `unreported`: none of
-- its events has been folded, and what comes of them is still to be reported.
CREATE TABLE fold_island (
    id INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    playbook INTEGER NOT NULL REFERENCES fold_playbook (id),
    nodes INTEGER NOT NULL,
    events INTEGER NOT NULL,
    passed_at INTEGER,
    due_at INTEGER,
    gone_at INTEGER,
    keep INTEGER NOT NULL DEFAULT 0,
    unreported INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX fold_island_due ON fold_island (tenant, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX fold_island_keep ON fold_island (tenant) WHERE keep;
CREATE INDEX fold_island_playbook ON fold_island (tenant, playbook);

-- Ids of persons (0) and accounts (1). `first_…`: the first event that joins an anonymous id to a user.
CREATE TABLE fold_node (
    id INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    island INTEGER NOT NULL REFERENCES fold_island (id),
    first_at INTEGER,
    first_id TEXT,
    first_user TEXT,
    UNIQUE (tenant, kind, name)
) STRICT;
CREATE INDEX fold_node_island ON fold_node (island);
-- Most islands have no joins, and an account of thousands has few.
CREATE INDEX fold_node_joined ON fold_node (island) WHERE first_at IS NOT NULL;

-- Whose events are where in the log, in order of time.
CREATE TABLE fold_history (
    node INTEGER NOT NULL,
    happened_at INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (node, happened_at, position)
) STRICT, WITHOUT ROWID;

-- Whoever takes an event out of the log: from then on the island that has folded it cannot be folded anew from before it,
-- and who folds at this moment may have read it.
CREATE TRIGGER fold_event_is_gone AFTER DELETE ON event BEGIN
    UPDATE fold_island SET gone_at = max(ifnull(gone_at, OLD.happened_at), OLD.happened_at)
    WHERE id IN (SELECT island FROM fold_node JOIN fold_history ON fold_history.node = fold_node.id
        WHERE tenant = OLD.tenant AND kind = 0 AND name IN (OLD.user_id, OLD.anonymous_id)
            AND fold_history.happened_at = OLD.happened_at AND fold_history.position = OLD.position);
    UPDATE fold SET turn = turn + 1 WHERE tenant = OLD.tenant;
END;

-- States of islands, after so many events, of which the last is named.
CREATE TABLE fold_state (
    id INTEGER PRIMARY KEY,
    island INTEGER NOT NULL REFERENCES fold_island (id),
    events INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    last_id TEXT NOT NULL,
    turned_at INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT;
CREATE INDEX fold_state_island ON fold_state (island);

-- What was reported: never changed, never taken back. `standing`: how the subject of a moment stood when it fired.
CREATE TABLE fold_report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    playbook INTEGER NOT NULL REFERENCES fold_playbook (id),
    reported_at INTEGER NOT NULL,
    happened_at INTEGER NOT NULL,
    account INTEGER NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    before TEXT,
    after TEXT,
    standing BLOB
) STRICT;
CREATE INDEX fold_report_subject ON fold_report (tenant, account, subject, kind, name, happened_at);
CREATE INDEX fold_report_tenant ON fold_report (tenant, id);

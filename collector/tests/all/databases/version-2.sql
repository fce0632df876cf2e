-- A database of schema version 2, brought forward from version 1 and added to by that collector: `.dump`, with the two
-- numbers that a dump leaves out.
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE arrival (
        stream INTEGER NOT NULL REFERENCES stream (id),
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (stream, first)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "arrival" VALUES(1,0,2);
INSERT INTO "arrival" VALUES(1,4,4);
INSERT INTO "arrival" VALUES(2,0,0);
INSERT INTO "arrival" VALUES(2,7,7);
INSERT INTO "arrival" VALUES(3,0,1);
INSERT INTO "arrival" VALUES(4,0,1);
INSERT INTO "arrival" VALUES(4,4,5);
INSERT INTO "arrival" VALUES(5,0,0);
CREATE TABLE erasure (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        tenant INTEGER NOT NULL REFERENCES tenant (id),
        received_at INTEGER NOT NULL,
        anonymous_id TEXT,
        user_id TEXT,
        state TEXT NOT NULL DEFAULT 'open'
    ) STRICT;
INSERT INTO "erasure" VALUES(1,1,1704103213000,'a','u','open');
CREATE TABLE event (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        tenant INTEGER NOT NULL REFERENCES tenant (id),
        message_id TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        happened_at INTEGER NOT NULL,
        user_id TEXT,
        anonymous_id TEXT,
        message TEXT NOT NULL,
        UNIQUE (tenant, message_id)
    ) STRICT;
INSERT INTO "event" VALUES(1,1,'Qm7x2Kd9LwPz4RtYb8VnCs-00000',1704103200000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "Qm7x2Kd9LwPz4RtYb8VnCs-00000", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"timezoneOffset": 60, "sessionId": "se", "stream": "Qm7x2Kd9LwPz4RtYb8VnCs", "sequence": 0}}');
INSERT INTO "event" VALUES(2,1,'Qm7x2Kd9LwPz4RtYb8VnCs-00001',1704103200000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "Qm7x2Kd9LwPz4RtYb8VnCs-00001", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"timezoneOffset": 60, "sessionId": "se", "stream": "Qm7x2Kd9LwPz4RtYb8VnCs", "sequence": 1}}');
INSERT INTO "event" VALUES(3,1,'Qm7x2Kd9LwPz4RtYb8VnCs-00002',1704103200000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "Qm7x2Kd9LwPz4RtYb8VnCs-00002", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"timezoneOffset": 60, "sessionId": "se", "stream": "Qm7x2Kd9LwPz4RtYb8VnCs", "sequence": 2}}');
INSERT INTO "event" VALUES(4,1,'others',1704103200000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "others", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {}}');
INSERT INTO "event" VALUES(5,1,'hostile',1704103200000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "hostile", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"stream": "no id", "sequence": 0}}');
INSERT INTO "event" VALUES(6,1,'half',1704103200000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "half", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"stream": "Qm7x2Kd9LwPz4RtYb8VnCs"}}');
INSERT INTO "event" VALUES(7,1,'Qm7x2Kd9LwPz4RtYb8VnCs-00004',1704103201000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "Qm7x2Kd9LwPz4RtYb8VnCs-00004", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"timezoneOffset": 60, "sessionId": "se", "stream": "Qm7x2Kd9LwPz4RtYb8VnCs", "sequence": 4}}');
INSERT INTO "event" VALUES(9,1,'0aGh5JkE3MuXo1TqWi6ZfD-00000',1704103201000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "0aGh5JkE3MuXo1TqWi6ZfD-00000", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"timezoneOffset": 60, "sessionId": "se", "stream": "0aGh5JkE3MuXo1TqWi6ZfD", "sequence": 0}}');
INSERT INTO "event" VALUES(10,1,'shared',1704103202000,1704103200000,NULL,'a','{"type":"track","event":"task_created","messageId":"shared","anonymousId":"a","timestamp":"2024-01-01T10:00:00.000Z","context":{"sequence":7,"stream":"0aGh5JkE3MuXo1TqWi6ZfD","library":{"name":"x"}}}');
INSERT INTO "event" VALUES(11,2,'Qm7x2Kd9LwPz4RtYb8VnCs-00000',1704103203000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "Qm7x2Kd9LwPz4RtYb8VnCs-00000", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"timezoneOffset": 60, "sessionId": "se", "stream": "Qm7x2Kd9LwPz4RtYb8VnCs", "sequence": 0}}');
INSERT INTO "event" VALUES(12,2,'Qm7x2Kd9LwPz4RtYb8VnCs-00001',1704103203000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "Qm7x2Kd9LwPz4RtYb8VnCs-00001", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"timezoneOffset": 60, "sessionId": "se", "stream": "Qm7x2Kd9LwPz4RtYb8VnCs", "sequence": 1}}');
INSERT INTO "event" VALUES(13,1,'Zt4Uj7Hn2Wq9Xc5Vb1Mk8L-00000',1704103210000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "Zt4Uj7Hn2Wq9Xc5Vb1Mk8L-00000", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"stream": "Zt4Uj7Hn2Wq9Xc5Vb1Mk8L", "sequence": 0}}');
INSERT INTO "event" VALUES(14,1,'Zt4Uj7Hn2Wq9Xc5Vb1Mk8L-00001',1704103210000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "Zt4Uj7Hn2Wq9Xc5Vb1Mk8L-00001", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"stream": "Zt4Uj7Hn2Wq9Xc5Vb1Mk8L", "sequence": 1}}');
INSERT INTO "event" VALUES(15,1,'Zt4Uj7Hn2Wq9Xc5Vb1Mk8L-00004',1704103210000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "Zt4Uj7Hn2Wq9Xc5Vb1Mk8L-00004", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"stream": "Zt4Uj7Hn2Wq9Xc5Vb1Mk8L", "sequence": 4}}');
INSERT INTO "event" VALUES(18,2,'Zt4Uj7Hn2Wq9Xc5Vb1Mk8L-00000',1704103212000,1704103200000,NULL,'a','{"type": "track", "event": "task_created", "messageId": "Zt4Uj7Hn2Wq9Xc5Vb1Mk8L-00000", "anonymousId": "a", "timestamp": "2024-01-01T10:00:00.000Z", "context": {"stream": "Zt4Uj7Hn2Wq9Xc5Vb1Mk8L", "sequence": 0}}');
CREATE TABLE stream (
        id INTEGER PRIMARY KEY,
        tenant INTEGER NOT NULL REFERENCES tenant (id),
        name TEXT NOT NULL,
        taken INTEGER NOT NULL,
        dropped TEXT NOT NULL,
        untaken TEXT NOT NULL,
        heard_at INTEGER NOT NULL,
        UNIQUE (tenant, name)
    ) STRICT;
INSERT INTO "stream" VALUES(1,1,'Qm7x2Kd9LwPz4RtYb8VnCs',0,'{}','{}',1704103201000);
INSERT INTO "stream" VALUES(2,1,'0aGh5JkE3MuXo1TqWi6ZfD',0,'{}','{}',1704103202000);
INSERT INTO "stream" VALUES(3,2,'Qm7x2Kd9LwPz4RtYb8VnCs',0,'{}','{}',1704103203000);
INSERT INTO "stream" VALUES(4,1,'Zt4Uj7Hn2Wq9Xc5Vb1Mk8L',7,'{"queue_full":1,"refused":1}','{"bad_name":2}',1704103211000);
INSERT INTO "stream" VALUES(5,2,'Zt4Uj7Hn2Wq9Xc5Vb1Mk8L',0,'{}','{}',1704103212000);
CREATE TABLE tenant (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        events INTEGER NOT NULL DEFAULT 0
    ) STRICT;
INSERT INTO "tenant" VALUES(1,12);
INSERT INTO "tenant" VALUES(2,3);
CREATE TABLE write_key (
        key TEXT PRIMARY KEY,
        tenant INTEGER NOT NULL REFERENCES tenant (id)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "write_key" VALUES('key',1);
INSERT INTO "write_key" VALUES('other',2);
CREATE UNIQUE INDEX open_erasure ON erasure (tenant, ifnull(anonymous_id, ''), ifnull(user_id, ''))
        WHERE state = 'open';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('tenant',2);
INSERT INTO "sqlite_sequence" VALUES('event',18);
INSERT INTO "sqlite_sequence" VALUES('erasure',1);
COMMIT;
PRAGMA user_version = 2;
PRAGMA application_id = 1380536398;

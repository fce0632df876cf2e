-- A database of schema version 1, written by that collector: `.dump`, with the two numbers that a dump leaves out.
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
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
CREATE TABLE tenant (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        events INTEGER NOT NULL DEFAULT 0
    ) STRICT;
INSERT INTO "tenant" VALUES(1,9);
INSERT INTO "tenant" VALUES(2,2);
CREATE TABLE write_key (
        key TEXT PRIMARY KEY,
        tenant INTEGER NOT NULL REFERENCES tenant (id)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "write_key" VALUES('key',1);
INSERT INTO "write_key" VALUES('other',2);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('tenant',2);
INSERT INTO "sqlite_sequence" VALUES('event',12);
COMMIT;
PRAGMA user_version = 1;
PRAGMA application_id = 1380536398;

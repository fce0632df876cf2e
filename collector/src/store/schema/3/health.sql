-- Delivery, counted by the day. What arrived of a stream, and its highest sequence, stand in its row, so that what is
-- new of it is known without reading all of its runs. `began` (days since 1970) and `source` say where it is counted;
-- a stream of before has neither, and is counted nowhere.
ALTER TABLE stream ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stream ADD COLUMN highest INTEGER;
ALTER TABLE stream ADD COLUMN began INTEGER;
ALTER TABLE stream ADD COLUMN source TEXT;
UPDATE stream SET (arrived, highest) =
    (SELECT coalesce(sum(last - first + 1), 0), max(last) FROM arrival WHERE arrival.stream = stream.id);
-- `counts` is JSON: of a day's rows all is read or added to at once.
CREATE TABLE delivery_request (
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    day INTEGER NOT NULL,
    source TEXT NOT NULL,
    transport TEXT NOT NULL,
    counts TEXT NOT NULL,
    PRIMARY KEY (tenant, day, source, transport)
) STRICT, WITHOUT ROWID;
CREATE TABLE delivery_page (
    tenant INTEGER NOT NULL REFERENCES tenant (id),
    day INTEGER NOT NULL,
    source TEXT NOT NULL,
    counts TEXT NOT NULL,
    PRIMARY KEY (tenant, day, source)
) STRICT, WITHOUT ROWID;
-- The last position of a tenant's log, beside the count of its events.
ALTER TABLE tenant ADD COLUMN last_position INTEGER NOT NULL DEFAULT 0;
UPDATE tenant SET last_position =
    (SELECT coalesce(max(position), 0) FROM event WHERE event.tenant = tenant.id);

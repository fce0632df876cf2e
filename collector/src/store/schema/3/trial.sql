-- What is written to learn whether a disk that was full has room again: as much as a small batch takes.
CREATE TABLE trial (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    filler BLOB NOT NULL
) STRICT;

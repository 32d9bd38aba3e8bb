-- The public log: an append-only Merkle tree (C2SP tlog-tiles). Rows are added by the transactions that they tell of, and never
-- changed, but for the head.

CREATE TABLE log_head (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    size     INTEGER NOT NULL CHECK (size >= 0),
    -- The right edge of the tree: all that is needed to go on.
    frontier BLOB NOT NULL,
    -- The verifier key of the first portal that served this log; no other may sign it.
    verifier TEXT
) STRICT;

-- A frontier of no leaves is its size alone.
INSERT INTO log_head (only_row, size, frontier) VALUES (1, 0, x'0000000000000000');

CREATE TABLE log_entries (
    -- Its place in the log, from 0.
    number INTEGER PRIMARY KEY CHECK (number >= 0),
    -- Exactly the bytes that were hashed.
    entry  BLOB NOT NULL
) STRICT;

-- What tiles hold: at level 0 the hashes of entries, at level 1 the roots over 256 of those, and so on.
CREATE TABLE log_hashes (
    level  INTEGER NOT NULL CHECK (level >= 0),
    number INTEGER NOT NULL CHECK (number >= 0),
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;

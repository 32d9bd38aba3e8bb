-- The public log: an append-only Merkle tree (C2SP tlog-tiles). Rows are added by the transactions that they tell of, and never
-- changed, but for the head.

CREATE TABLE log_head (
    only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
    size     BIGINT NOT NULL CHECK (size >= 0),
    -- The right edge of the tree: all that is needed to go on.
    frontier BYTEA NOT NULL,
    -- The verifier key of the first portal that served this log; no other may sign it.
    verifier TEXT
);

-- A frontier of no leaves is its size alone.
INSERT INTO log_head (only_row, size, frontier) VALUES (1, 0, '\x0000000000000000');

CREATE TABLE log_entries (
    -- Its place in the log, from 0.
    number BIGINT PRIMARY KEY CHECK (number >= 0),
    -- Exactly the bytes that were hashed.
    entry  BYTEA NOT NULL
);

-- What tiles hold: at level 0 the hashes of entries, at level 1 the roots over 256 of those, and so on.
CREATE TABLE log_hashes (
    level  BIGINT NOT NULL CHECK (level >= 0),
    number BIGINT NOT NULL CHECK (number >= 0),
    hash   BYTEA NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, number)
);

-- How much each one who asks may ask for, counted for all programs on this database together. Of passing use only: it is in no
-- write-ahead log, on no standby, and a row goes when its bucket is full again.

CREATE UNLOGGED TABLE buckets (
    -- A hash of what is counted and of whom.
    name    TEXT PRIMARY KEY,
    -- When the bucket will be full again, in microseconds since 1970.
    full_at BIGINT NOT NULL
);

-- Many registrations at once: a file that was sent, and its rows

CREATE TABLE imports (
    id              TEXT NOT NULL PRIMARY KEY,
    enterprise_code TEXT NOT NULL CHECK (length(enterprise_code) = 18),
    enterprise_name TEXT NOT NULL,
    kind            TEXT NOT NULL,
    file_name       TEXT NOT NULL,
    -- Of the file as it was sent; its content is kept among the attachments.
    sha256          TEXT NOT NULL,
    bytes           BIGINT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('reading', 'refused', 'open', 'filing', 'closed')),
    -- Why nothing could be read.
    refusal         TEXT CHECK (refusal IS NULL OR (refusal::json IS NOT NULL AND state IN ('refused', 'closed'))),
    notes           TEXT NOT NULL CHECK (notes::json IS NOT NULL),
    -- Who files the rows with which pledge.
    orders          TEXT CHECK (orders IS NULL OR orders::json IS NOT NULL),
    made_at         BIGINT NOT NULL,
    made_by         TEXT NOT NULL,
    -- Until when somebody works on it.
    lease_until     BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX imports_of_enterprise ON imports (enterprise_code, made_at DESC, id DESC) WHERE state <> 'closed';
CREATE INDEX imports_to_work_on ON imports (made_at) WHERE state IN ('reading', 'filing');

CREATE TABLE import_rows (
    import_id TEXT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    -- The row as the spreadsheet counts it.
    line      BIGINT NOT NULL CHECK (line >= 1),
    -- The id of the draft or filing that it becomes, decided beforehand: so it becomes one only.
    id        TEXT NOT NULL UNIQUE,
    answers   TEXT NOT NULL CHECK (answers::json IS NOT NULL),
    version   BIGINT NOT NULL CHECK (version >= 1),
    state     TEXT NOT NULL CHECK (state IN ('open', 'drafted', 'filed', 'dropped')),
    -- How many faults it had when it was last judged.
    faults    BIGINT NOT NULL CHECK (faults >= 0),
    PRIMARY KEY (import_id, line)
);

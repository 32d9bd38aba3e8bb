-- The outbox also carries which authorisations still hold. A check cannot be changed in place: the table is made anew.

CREATE TABLE outbox_with_consents (
    id           TEXT NOT NULL PRIMARY KEY,
    filing_id    TEXT NOT NULL REFERENCES filings (id),
    seq          INTEGER NOT NULL CHECK (seq >= 1),
    cargo        TEXT NOT NULL CHECK (cargo IN ('submission', 'withdrawal', 'consents')),
    body         TEXT NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    state        TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'done', 'parked')),
    -- When it may be taken up next. While it is leased, that is when the lease ends.
    due_at       INTEGER NOT NULL,
    lease        TEXT CHECK (lease IS NULL OR state = 'due'),
    last_problem TEXT,
    born_at      INTEGER NOT NULL,
    settled_at   INTEGER CHECK ((settled_at IS NOT NULL) = (state = 'done')),
    UNIQUE (filing_id, seq)
) STRICT;

INSERT INTO outbox_with_consents SELECT * FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_with_consents RENAME TO outbox;

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'due';
CREATE INDEX outbox_unsent ON outbox (born_at) WHERE state <> 'done';

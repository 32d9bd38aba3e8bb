-- Ids are text, instants are milliseconds since 1970-01-01 UTC, JSON is text.

-- Sign-in and sessions

CREATE TABLE sign_ins (
    state_hash   TEXT NOT NULL PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    nonce        TEXT NOT NULL,
    verifier     TEXT NOT NULL,
    return_to    TEXT NOT NULL,
    parked       TEXT CHECK (json_valid(parked)),
    begun_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX sign_ins_by_age ON sign_ins (begun_at);

CREATE TABLE sessions (
    token_hash       TEXT NOT NULL PRIMARY KEY,
    person           TEXT NOT NULL CHECK (json_valid(person)),
    enterprise_code  TEXT,
    id_token         TEXT NOT NULL,
    authenticated_at INTEGER NOT NULL,
    opened_at        INTEGER NOT NULL,
    seen_at          INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_use ON sessions (seen_at);
CREATE INDEX sessions_by_age ON sessions (opened_at);

-- Filings

CREATE TABLE filings (
    id              TEXT NOT NULL PRIMARY KEY,
    reference       TEXT NOT NULL UNIQUE,
    enterprise_code TEXT NOT NULL CHECK (length(enterprise_code) = 18),
    enterprise_name TEXT NOT NULL,
    kind            TEXT NOT NULL,
    form_version    INTEGER NOT NULL CHECK (form_version >= 1),
    content         TEXT NOT NULL CHECK (json_valid(content)),
    pledge          TEXT NOT NULL CHECK (json_valid(pledge)),
    filed_by        TEXT NOT NULL CHECK (json_valid(filed_by)),
    filed_at        INTEGER NOT NULL,
    -- The name of the state within `standing`, for indexes and figures.
    state           TEXT NOT NULL CHECK (
        state IN ('accepted', 'forwarded', 'under_review', 'returned', 'decided', 'withdrawn', 'superseded')
    ),
    standing        TEXT NOT NULL CHECK (json_valid(standing)),
    changes         INTEGER NOT NULL CHECK (changes >= 1),
    -- One filing is replaced by one only.
    revises         TEXT UNIQUE REFERENCES filings (id) CHECK (revises <> id)
) STRICT;

-- The list of an enterprise leaves out what was superseded.
CREATE INDEX filings_of_enterprise ON filings (enterprise_code, filed_at DESC, id DESC) WHERE state <> 'superseded';

CREATE TABLE history (
    filing_id   TEXT NOT NULL REFERENCES filings (id),
    -- The value of the filing's `changes` after this entry.
    seq         INTEGER NOT NULL CHECK (seq >= 1),
    happened_at INTEGER NOT NULL,
    happening   TEXT NOT NULL CHECK (json_valid(happening)),
    source      TEXT NOT NULL CHECK (json_valid(source)),
    PRIMARY KEY (filing_id, seq)
) STRICT, WITHOUT ROWID;

-- Drafts

CREATE TABLE drafts (
    id              TEXT NOT NULL PRIMARY KEY,
    enterprise_code TEXT NOT NULL CHECK (length(enterprise_code) = 18),
    enterprise_name TEXT NOT NULL,
    kind            TEXT NOT NULL,
    version         INTEGER NOT NULL CHECK (version >= 1),
    answers         TEXT NOT NULL CHECK (json_valid(answers)),
    -- One returned filing is corrected by one draft only.
    corrects        TEXT UNIQUE REFERENCES filings (id),
    begun_at        INTEGER NOT NULL,
    changed_at      INTEGER NOT NULL,
    changed_by      TEXT NOT NULL
) STRICT;

CREATE INDEX drafts_of_enterprise ON drafts (enterprise_code, changed_at DESC, id DESC);

CREATE TABLE rivals (
    id       TEXT NOT NULL PRIMARY KEY,
    draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    answers  TEXT NOT NULL CHECK (json_valid(answers)),
    made_at  INTEGER NOT NULL,
    made_by  TEXT NOT NULL
) STRICT;

CREATE INDEX rivals_of_draft ON rivals (draft_id, made_at, id);

-- The files of a draft; they stay with the id when a filing is made of it, so the owner has no foreign key.
CREATE TABLE attachments (
    id       TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL,
    seq      INTEGER NOT NULL CHECK (seq >= 1),
    file     TEXT NOT NULL CHECK (json_valid(file)),
    added_at INTEGER NOT NULL,
    UNIQUE (owner_id, seq)
) STRICT;

-- The outbox: a submission has the filing's id, a withdrawal its own

CREATE TABLE outbox (
    id           TEXT NOT NULL PRIMARY KEY,
    filing_id    TEXT NOT NULL REFERENCES filings (id),
    seq          INTEGER NOT NULL CHECK (seq >= 1),
    cargo        TEXT NOT NULL CHECK (cargo IN ('submission', 'withdrawal')),
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

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'due';
CREATE INDEX outbox_unsent ON outbox (born_at) WHERE state <> 'done';

-- Events of the platform

CREATE TABLE platform_events (
    id          TEXT NOT NULL PRIMARY KEY,
    kind        TEXT NOT NULL,
    filing_id   TEXT,
    occurred_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    verdict     TEXT NOT NULL CHECK (verdict IN ('applied', 'unknown', 'impossible', 'no_such_filing')),
    -- Why it was impossible.
    detail      TEXT CHECK ((detail IS NOT NULL) = (verdict = 'impossible'))
) STRICT;

CREATE INDEX platform_events_by_verdict ON platform_events (verdict);

CREATE TABLE refused_events (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    claimed_id TEXT NOT NULL,
    reason     TEXT NOT NULL,
    refused_at INTEGER NOT NULL
) STRICT;

-- One row, written to prove that the store can be written

CREATE TABLE proof_of_writing (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    times    INTEGER NOT NULL
) STRICT;

INSERT INTO proof_of_writing (only_row, times) VALUES (1, 0);

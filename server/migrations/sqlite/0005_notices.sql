-- Notices: each born in the transaction of the change that it tells of

CREATE TABLE notices (
    id              TEXT NOT NULL PRIMARY KEY,
    enterprise_code TEXT NOT NULL CHECK (length(enterprise_code) = 18),
    filing_id       TEXT NOT NULL REFERENCES filings (id),
    news            TEXT NOT NULL CHECK (json_valid(news)),
    told_at         INTEGER NOT NULL,
    read_at         INTEGER
) STRICT;

CREATE INDEX notices_of_enterprise ON notices (enterprise_code, told_at DESC, id DESC);
CREATE INDEX notices_unread ON notices (enterprise_code, told_at) WHERE read_at IS NULL;
CREATE INDEX notices_unread_of_filing ON notices (filing_id) WHERE read_at IS NULL;

-- That an item ends is told once for each last day that it has had.
CREATE TABLE expiries_told (
    filing_id TEXT NOT NULL REFERENCES filings (id),
    ends_on   TEXT NOT NULL,
    PRIMARY KEY (filing_id, ends_on)
) STRICT, WITHOUT ROWID;

CREATE INDEX filings_decided ON filings (id) WHERE state = 'decided';
CREATE INDEX filings_of_enterprise_by_id ON filings (enterprise_code, id);

-- Where notices are sent by e-mail: an address counts once a link that was sent there has been followed

CREATE TABLE mail_addresses (
    id              TEXT NOT NULL PRIMARY KEY,
    enterprise_code TEXT NOT NULL CHECK (length(enterprise_code) = 18),
    enterprise_name TEXT NOT NULL,
    address         TEXT NOT NULL,
    lang            TEXT NOT NULL,
    -- SHA-256 of the token in the link, while it waits to be followed.
    token_hash      TEXT UNIQUE,
    requested_at    INTEGER NOT NULL,
    confirmed_at    INTEGER,
    UNIQUE (enterprise_code, address),
    CHECK ((token_hash IS NULL) = (confirmed_at IS NOT NULL))
) STRICT;

-- How many links an enterprise has had sent on a day, so that nobody's mailbox is flooded. It outlives the address.
CREATE TABLE mail_address_requests (
    enterprise_code TEXT NOT NULL,
    day             INTEGER NOT NULL,
    times           INTEGER NOT NULL CHECK (times >= 1),
    PRIMARY KEY (enterprise_code, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE mails (
    id           TEXT NOT NULL PRIMARY KEY,
    -- A mail to an address that was removed is not sent any more.
    address_id   TEXT NOT NULL REFERENCES mail_addresses (id) ON DELETE CASCADE,
    -- What it tells; or, without a notice, it carries the link with this token, which goes once it is settled.
    notice_id    TEXT REFERENCES notices (id),
    token        TEXT,
    attempts     INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    state        TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'sent', 'failed')),
    due_at       INTEGER NOT NULL,
    lease        TEXT CHECK (lease IS NULL OR state = 'due'),
    last_problem TEXT,
    born_at      INTEGER NOT NULL,
    CHECK ((token IS NOT NULL) = (notice_id IS NULL AND state = 'due'))
) STRICT;

CREATE INDEX mails_due ON mails (due_at, id) WHERE state = 'due';
CREATE INDEX mails_failed ON mails (born_at) WHERE state = 'failed';
CREATE INDEX mails_of_address ON mails (address_id);

-- The last reading of what the platform has on file of an enterprise, for when the platform does not answer

CREATE TABLE readings (
    enterprise_code TEXT NOT NULL PRIMARY KEY CHECK (length(enterprise_code) = 18),
    on_file         TEXT NOT NULL CHECK (json_valid(on_file)),
    read_at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Receipts: what proves that something was accepted.

CREATE TABLE receipts (
    filing_id   TEXT NOT NULL PRIMARY KEY REFERENCES filings (id),
    -- What was filed, word by word.
    document    TEXT NOT NULL,
    -- What the portal said of it; the log holds its hash.
    acceptance  TEXT NOT NULL,
    salt        BYTEA NOT NULL CHECK (octet_length(salt) = 32),
    accepted_at BIGINT NOT NULL,
    log_number  BIGINT NOT NULL,
    key_id      TEXT REFERENCES signing_keys (id),
    signature   BYTEA CHECK (octet_length(signature) = 64),
    CHECK ((signature IS NULL) = (key_id IS NULL))
);

-- What the log says of a filing after that.
CREATE TABLE logged_events (
    log_number BIGINT NOT NULL PRIMARY KEY,
    filing_id  TEXT NOT NULL REFERENCES filings (id),
    kind       TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    -- What the entry's hash is made over.
    subject    TEXT NOT NULL
);

CREATE INDEX logged_events_of_filing ON logged_events (filing_id, log_number);

-- The place of a key's enrolment in the log.
ALTER TABLE signing_keys ADD COLUMN log_number BIGINT;

-- Commitments

-- The last number given to a commitment of one division on one day.
CREATE TABLE commitment_numbers (
    beginning   TEXT NOT NULL PRIMARY KEY CHECK (length(beginning) = 14),
    last_number BIGINT NOT NULL CHECK (last_number BETWEEN 1 AND 999999)
);

CREATE TABLE commitments (
    filing_id        TEXT NOT NULL PRIMARY KEY REFERENCES filings (id),
    -- 承诺编码: division, day, number. Later ones are larger.
    code             TEXT NOT NULL UNIQUE CHECK (length(code) = 20),
    enterprise_code  TEXT NOT NULL,
    template         TEXT NOT NULL,
    kind             TEXT NOT NULL,
    title            TEXT NOT NULL,
    authority        TEXT NOT NULL,
    authority_code   TEXT NOT NULL,
    scope            TEXT NOT NULL CHECK (scope IN ('public', 'limited', 'not_public')),
    publication_term TEXT NOT NULL ,
    -- Days are YYYY-MM-DD; 9999-12-31: there is no end.
    made_on          TEXT NOT NULL CHECK (length(made_on) = 10),
    valid_until      TEXT NOT NULL CHECK (length(valid_until) = 10),
    -- While everyone may see it: since when, and the last day.
    published_at     BIGINT,
    shown_until      TEXT CHECK ((shown_until IS NULL) = (published_at IS NULL)),
    -- Whether everyone could see it once.
    was_public       BIGINT NOT NULL DEFAULT 0 CHECK (was_public IN (0, 1)),
    revoked          BIGINT NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
    performance      TEXT CHECK (performance IN ('fulfilled', 'partly', 'not')),
    -- Whether the log says that it has ended.
    end_entered      BIGINT NOT NULL DEFAULT 0 CHECK (end_entered IN (0, 1))
);

CREATE INDEX commitments_of_enterprise ON commitments (enterprise_code, code);
CREATE INDEX commitments_ending ON commitments (valid_until) WHERE end_entered = 0;
CREATE INDEX public_commitments ON commitments (code) WHERE published_at IS NOT NULL;
CREATE INDEX public_commitments_of_kind ON commitments (kind, code) WHERE published_at IS NOT NULL;
CREATE INDEX public_commitments_to_authority ON commitments (authority_code, code) WHERE published_at IS NOT NULL;
CREATE INDEX public_commitments_of_enterprise ON commitments (enterprise_code, code) WHERE published_at IS NOT NULL;

-- Drafts that wait for a signature.
CREATE TABLE signature_requests (
    draft_id TEXT NOT NULL PRIMARY KEY REFERENCES drafts (id) ON DELETE CASCADE,
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL
);

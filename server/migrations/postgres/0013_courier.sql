-- What keeps the courier fair and watched: lanes, who did what to a row, reconciliation, silence, the breaker.

-- How many deliveries of the same enterprise were unsent when a row was born, in steps of four: under 4, 16, 64, 256, 1024, more.
-- A row whose enterprise has few is taken up before the thousandth of another.
ALTER TABLE outbox ADD COLUMN enterprise_code TEXT;
ALTER TABLE outbox ADD COLUMN lane BIGINT NOT NULL DEFAULT 0 CHECK (lane BETWEEN 0 AND 5);

UPDATE outbox
SET enterprise_code = (SELECT enterprise_code FROM filings WHERE filings.id = outbox.filing_id)
WHERE state <> 'done';

-- Said in other words than outbox_due says it, so that no planner takes that one and goes past all other lanes.
CREATE INDEX outbox_lanes ON outbox (lane, due_at, id) WHERE state NOT IN ('done', 'parked');
CREATE INDEX outbox_unsent_of_enterprise ON outbox (enterprise_code) WHERE state <> 'done';
CREATE INDEX outbox_parked ON outbox (born_at, id) WHERE state = 'parked';
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE state = 'done';

-- Deeds of the operator

CREATE TABLE audit (
    id      TEXT NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    -- The name that the operator gave.
    by_whom TEXT NOT NULL,
    deed    TEXT NOT NULL,
    -- The row that it was done to.
    about   TEXT NOT NULL,
    reason  TEXT
);

CREATE INDEX audit_about ON audit (about, id);

-- The breaker of the courier, as it last changed

CREATE TABLE breakers (
    platform TEXT NOT NULL PRIMARY KEY,
    state    TEXT NOT NULL CHECK (state IN ('closed', 'open', 'releasing')),
    since    BIGINT NOT NULL,
    problem  TEXT
);

-- Reconciliation: where it stands in the platform's list, what that list held, and what was found

CREATE TABLE reconciliation (
    only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
    cursor   TEXT,
    next_at  BIGINT NOT NULL
);

INSERT INTO reconciliation (only_row, cursor, next_at) VALUES (1, NULL, 0);

CREATE TABLE platform_list (
    submission TEXT NOT NULL PRIMARY KEY,
    -- 1: a filing of ours. 0: we know nothing of it.
    ours       BIGINT NOT NULL CHECK (ours IN (0, 1)),
    seen_at    BIGINT NOT NULL
);

CREATE INDEX platform_list_strange ON platform_list (seen_at) WHERE ours = 0;

CREATE TABLE reconciliations (
    id       TEXT NOT NULL PRIMARY KEY,
    began_at BIGINT NOT NULL,
    report   TEXT NOT NULL
);

-- Filings that the platform has said nothing of for too long, and who is to look after them

CREATE TABLE silences (
    filing_id TEXT NOT NULL PRIMARY KEY REFERENCES filings (id),
    told      TEXT NOT NULL CHECK (told IN ('support', 'owner')),
    told_at   BIGINT NOT NULL
);

CREATE INDEX filings_awaiting ON filings (filed_at, id) WHERE state IN ('forwarded', 'under_review');
CREATE INDEX notices_of_filing ON notices (filing_id);
CREATE INDEX platform_events_not_applied ON platform_events (received_at) WHERE verdict <> 'applied';

-- What the virus scanner found, once for each content.

CREATE TABLE scans (
    sha256    TEXT NOT NULL PRIMARY KEY,
    asked_at  BIGINT NOT NULL,
    verdict   TEXT CHECK (verdict IN ('clean', 'infected')),
    -- The scanner's name for what it found.
    signature TEXT CHECK ((signature IS NOT NULL) = (verdict IS NOT DISTINCT FROM 'infected')),
    looked_at BIGINT CHECK ((looked_at IS NOT NULL) = (verdict IS NOT NULL)),
    attempts  BIGINT NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- When it may be taken up next. While it is leased, that is when the lease ends.
    next_at   BIGINT NOT NULL
);

CREATE INDEX scans_due ON scans (next_at, sha256) WHERE verdict IS NULL;
CREATE INDEX scans_infected ON scans (sha256) WHERE verdict = 'infected';

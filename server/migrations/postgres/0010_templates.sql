-- Every version of a template that was ever offered: old commitments refer to theirs, and no version may change.

CREATE TABLE templates (
    id            TEXT NOT NULL,
    version       BIGINT NOT NULL CHECK (version > 0),
    -- SHA-256 of the canonical form.
    digest        TEXT NOT NULL CHECK (length(digest) = 64),
    canonical     TEXT NOT NULL,
    remembered_at BIGINT NOT NULL,
    PRIMARY KEY (id, version)
);

-- Keys with which people sign for an enterprise, and enrolments of keys under way.

CREATE TABLE signing_keys (
    id               TEXT NOT NULL PRIMARY KEY,
    enterprise_code  TEXT NOT NULL,
    enterprise_name  TEXT NOT NULL,
    -- The identity provider's name for the person.
    subject          TEXT NOT NULL,
    name             TEXT NOT NULL,
    role             TEXT NOT NULL CHECK (role IN ('legal_representative', 'administrator')),
    -- What the person calls the device.
    label            TEXT NOT NULL,
    -- SPKI DER. A key is enrolled once, for one person and one enterprise.
    public_key       BLOB NOT NULL UNIQUE CHECK (length(public_key) = 91),
    -- What was signed to show that the key is theirs, and the signature (r, s).
    enrolment        TEXT NOT NULL,
    signature        BLOB NOT NULL CHECK (length(signature) = 64),
    -- For hashes in the public log.
    salt             BLOB NOT NULL CHECK (length(salt) = 32),
    -- When the identity provider last made sure who it was, before the enrolment.
    authenticated_at INTEGER NOT NULL,
    enrolled_at      INTEGER NOT NULL,
    revoked_at       INTEGER,
    revoked_by       TEXT CHECK ((revoked_by IS NOT NULL) = (revoked_at IS NOT NULL)),
    reason           TEXT CHECK ((reason IS NOT NULL) = (revoked_at IS NOT NULL))
) STRICT;

CREATE INDEX signing_keys_of_enterprise ON signing_keys (enterprise_code, enrolled_at, id);

CREATE TABLE signing_key_challenges (
    -- The id that the key will have.
    id               TEXT NOT NULL PRIMARY KEY,
    enterprise_code  TEXT NOT NULL,
    enterprise_name  TEXT NOT NULL,
    subject          TEXT NOT NULL,
    name             TEXT NOT NULL,
    role             TEXT NOT NULL,
    challenge        TEXT NOT NULL,
    authenticated_at INTEGER NOT NULL,
    begun_at         INTEGER NOT NULL
) STRICT;

CREATE INDEX signing_key_challenges_by_age ON signing_key_challenges (begun_at);

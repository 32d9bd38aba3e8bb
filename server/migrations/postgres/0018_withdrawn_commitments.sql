-- Looking for expired commitments, PostgreSQL took the index of those not withdrawn, which are nearly all: it does not know that what
-- expired is old. An index of the withdrawn ones alone is what withdrawn ones are looked up by, and leads nobody astray.

CREATE INDEX public_commitments_withdrawn ON commitments (code)
    WHERE published_at IS NOT NULL AND revoked = 1 AND performance IS NULL;

DROP INDEX public_commitments_by_revoked;

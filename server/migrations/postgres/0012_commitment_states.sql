-- Looking for public commitments by the day on which they were made and by where they stand, without going through all of them.

CREATE INDEX public_commitments_by_day ON commitments (made_on, code) WHERE published_at IS NOT NULL;
CREATE INDEX public_commitments_by_revoked ON commitments (revoked, code) WHERE published_at IS NOT NULL;
CREATE INDEX public_commitments_by_performance ON commitments (performance, code) WHERE published_at IS NOT NULL;
CREATE INDEX public_commitments_by_end ON commitments (end_entered, code) WHERE published_at IS NOT NULL;

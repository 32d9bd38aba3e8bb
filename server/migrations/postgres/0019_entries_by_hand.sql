-- What the enterprise enters by hand of an application that it handed over by itself: the day on which it happened, from which
-- terms are counted, and that it was taken back because it was mistyped. Such a line stays in the history.

-- YYYY-MM-DD; none: nobody named a day, and the day of happened_at is meant.
ALTER TABLE history ADD COLUMN happened_on TEXT;
ALTER TABLE history ADD COLUMN taken_back_at BIGINT;
ALTER TABLE history ADD COLUMN taken_back_by TEXT CHECK ((taken_back_by IS NULL) = (taken_back_at IS NULL));

-- Taking an entry back asks whether the platform told something since that changed nothing.
CREATE INDEX platform_events_impossible ON platform_events (filing_id) WHERE verdict = 'impossible';

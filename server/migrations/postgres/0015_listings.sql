-- That the list of public commitments is complete can be shown: the log says of each when it came onto it and when it left it.

-- While it is on the list: the place and the time of the entry that says so.
ALTER TABLE commitments ADD COLUMN listed_entry BIGINT;
ALTER TABLE commitments ADD COLUMN listed_at BIGINT;

CREATE INDEX commitments_to_list ON commitments (shown_until) WHERE published_at IS NOT NULL AND listed_entry IS NULL;
CREATE INDEX commitments_to_unlist ON commitments (shown_until) WHERE listed_entry IS NOT NULL;
CREATE INDEX commitments_stopped ON commitments (code) WHERE listed_entry IS NOT NULL AND published_at IS NULL;
CREATE INDEX public_commitments_by_publication ON commitments (published_at, code) WHERE published_at IS NOT NULL;

-- What an event said that made no sense when it came: it may have overtaken the one that it follows, and is judged again then.
ALTER TABLE platform_events ADD COLUMN happening TEXT;

CREATE INDEX platform_events_overtaken ON platform_events (filing_id, occurred_at) WHERE happening IS NOT NULL;

-- Mails that were sent or given up are kept for a while and then taken out, the oldest first.
CREATE INDEX mails_settled ON mails (born_at) WHERE state <> 'due';

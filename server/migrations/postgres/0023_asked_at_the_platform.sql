-- When the platform was last asked about a filing, so that all get their turn; and since when it says that it has none such.

ALTER TABLE platform_list ADD COLUMN asked_at BIGINT;
ALTER TABLE platform_list ADD COLUMN missing_since BIGINT;

CREATE INDEX platform_list_missing ON platform_list (missing_since) WHERE missing_since IS NOT NULL;
CREATE INDEX platform_list_unread ON platform_list (submission) WHERE ours = 1 AND seen_at = 0;

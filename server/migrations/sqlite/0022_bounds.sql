-- How often the reading of an import was begun: a file that ends whoever reads it is not read for ever.

ALTER TABLE imports ADD COLUMN readings INTEGER NOT NULL DEFAULT 0;

-- One browser begins only so many sign-ins.

CREATE INDEX sign_ins_of_browser ON sign_ins (browser_hash, begun_at);

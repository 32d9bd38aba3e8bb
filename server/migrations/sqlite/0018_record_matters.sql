-- What an enterprise undertook about its records, also what a correction has replaced.
CREATE INDEX filings_about_records ON filings (enterprise_code, filed_at DESC, id DESC) WHERE kind IN ('repair', 'objection');

-- What everyone may see, kept in step with the filings' standing by the transactions that change it.

-- The operator's terms by which the last days below were reckoned; `settled` once all of them are.
CREATE TABLE publication_terms (
    only_row         INTEGER PRIMARY KEY CHECK (only_row = 1),
    operations_years INTEGER NOT NULL,
    contract_years   INTEGER NOT NULL,
    settled          INTEGER NOT NULL CHECK (settled IN (0, 1))
) STRICT;

CREATE TABLE public_items (
    -- Its place in lists, and its name in public: a filing's id is nobody else's business.
    number          INTEGER PRIMARY KEY AUTOINCREMENT,
    filing_id       TEXT NOT NULL UNIQUE REFERENCES filings (id),
    enterprise_code TEXT NOT NULL CHECK (length(enterprise_code) = 18),
    kind            TEXT NOT NULL,
    verification    TEXT NOT NULL CHECK (verification IN ('verified', 'partly_verified')),
    verified_at     INTEGER NOT NULL,
    published_at    INTEGER NOT NULL,
    -- The last day on which it is shown, YYYY-MM-DD; 9999-12-31: it has no end.
    last_day        TEXT NOT NULL CHECK (length(last_day) = 10)
) STRICT;

CREATE INDEX public_items_of_enterprise ON public_items (enterprise_code, kind, number DESC);
CREATE INDEX public_items_by_last_day ON public_items (enterprise_code, last_day);

-- Every enterprise that ever had a public item.
CREATE TABLE public_enterprises (
    code        TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 18),
    -- The name in the newest filing that became public, and when that was filed.
    name        TEXT NOT NULL,
    named_at    INTEGER NOT NULL,
    -- The name as it is compared.
    name_key    TEXT NOT NULL,
    -- The last day of its items; empty while it has none.
    shown_until TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Each character of each name, and each pair of characters side by side.
CREATE TABLE public_name_grams (
    gram            TEXT NOT NULL,
    enterprise_code TEXT NOT NULL REFERENCES public_enterprises (code),
    PRIMARY KEY (gram, enterprise_code)
) STRICT, WITHOUT ROWID;

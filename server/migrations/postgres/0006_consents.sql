-- The outbox also carries which authorisations still hold.

ALTER TABLE outbox DROP CONSTRAINT outbox_cargo_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_cargo_check CHECK (cargo IN ('submission', 'withdrawal', 'consents'));

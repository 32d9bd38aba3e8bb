-- Who did what for whom: people beside the operator, in the table that has the operator's deeds already.

-- Whose name by_whom is. 'person': the identity provider's name for them, which is nobody's own name. 'nobody': nobody is known,
-- and by_whom is empty.
ALTER TABLE audit ADD COLUMN actor TEXT NOT NULL DEFAULT 'operator' CHECK (actor IN ('operator', 'person', 'nobody'));
-- For which enterprise.
ALTER TABLE audit ADD COLUMN enterprise_code TEXT;
-- From which kind of address; the address itself is not kept.
ALTER TABLE audit ADD COLUMN address_kind TEXT CHECK (address_kind IN ('this_machine', 'private', 'public'));

CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_of_enterprise ON audit (enterprise_code, at, id) WHERE enterprise_code IS NOT NULL;
CREATE INDEX audit_refused ON audit (id) WHERE deed = 'sign_in.refused';

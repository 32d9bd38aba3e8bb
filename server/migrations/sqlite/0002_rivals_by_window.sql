-- What one window types over a newer version is one rival, however often it is saved.

ALTER TABLE rivals ADD COLUMN typed_in TEXT NOT NULL DEFAULT '';
UPDATE rivals SET typed_in = id;
CREATE UNIQUE INDEX rivals_by_window ON rivals (draft_id, typed_in);

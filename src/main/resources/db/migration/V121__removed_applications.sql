-- When an application was removed: from then on nobody finds it, and what belongs to it is ended and deleted part after
-- part, its row last.
ALTER TABLE applications ADD COLUMN removed_at timestamptz;
CREATE INDEX applications_removed_index ON applications (removed_at) WHERE removed_at IS NOT NULL;

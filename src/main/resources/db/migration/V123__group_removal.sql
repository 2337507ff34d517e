-- When the removal of a large group began: its members leave part after part, and the group goes with the last of them.
ALTER TABLE groups ADD COLUMN removed_at timestamptz;
CREATE INDEX groups_removed_index ON groups (removed_at) WHERE removed_at IS NOT NULL;

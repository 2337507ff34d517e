-- Since when an account is deactivated: one that comes back after long needs another password. Null for those that an earlier
-- version deactivated, whose last change stands for it.
ALTER TABLE users ADD COLUMN deactivated_at timestamptz;

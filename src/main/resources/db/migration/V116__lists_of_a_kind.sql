-- A list by name is of one kind of account. What is found by its role or status has none of the other kind beside it: nearly all
-- accounts of a role may be service accounts.
CREATE INDEX users_kind_role_username_index ON users (organization_id, kind, role, username_key);
CREATE INDEX users_kind_status_username_index ON users (organization_id, kind, status, username_key);
CREATE INDEX users_kind_inactive_username_index ON users (organization_id, kind, username_key) WHERE status <> 'active';

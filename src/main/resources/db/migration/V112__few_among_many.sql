-- Lists of the few walk an index of these: whoever is not active, and the sessions of an account that go on.
CREATE INDEX users_inactive_index ON users (organization_id, username_key) WHERE status <> 'active';
CREATE INDEX sessions_active_index ON sessions (organization_id, user_id, id) WHERE ended_at IS NULL;

-- Not with the column, which keeps everybody from the table until its transaction ends.
CREATE INDEX browser_sessions_successor_index ON browser_sessions (organization_id, successor_id) WHERE successor_id IS NOT NULL;

-- Before a client goes with its account, its sessions are looked for: without this among all of the organization.
CREATE INDEX sessions_client_index ON sessions (organization_id, client_id) WHERE client_id IS NOT NULL;

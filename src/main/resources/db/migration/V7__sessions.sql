-- One open row per account, client and device; later grants extend it.
CREATE TABLE sessions (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    client_id       uuid        NOT NULL,
    device          text        NOT NULL,
    ip_address      text,
    user_agent      text,
    created_at      timestamptz NOT NULL,
    last_seen_at    timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    CONSTRAINT sessions_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT sessions_user_fk FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id),
    CONSTRAINT sessions_client_fk FOREIGN KEY (organization_id, client_id) REFERENCES clients (organization_id, id)
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX sessions_open_key ON sessions (organization_id, user_id, client_id, device) WHERE ended_at IS NULL;
CREATE INDEX sessions_user_index ON sessions (organization_id, user_id, id);

-- The session of an API key has no client: no grant extends it, and it counts among no sign-ins.
ALTER TABLE sessions ALTER COLUMN client_id DROP NOT NULL;

-- What is told about a key. Its id is that of its session, which says whose it is, when it ends and when it was used;
-- they go together. The key itself is a signed token and is not kept.
CREATE TABLE api_keys (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    name            text        NOT NULL,
    prefix          text        COLLATE "C" NOT NULL,
    scopes          text[]      NOT NULL,
    created_by      uuid        NOT NULL,
    created_at      timestamptz NOT NULL,
    CONSTRAINT api_keys_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT api_keys_session_fk FOREIGN KEY (organization_id, id)
        REFERENCES sessions (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT api_keys_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT api_keys_scopes_check CHECK (cardinality(scopes) > 0)
);
CREATE INDEX api_keys_user_index ON api_keys (organization_id, user_id, id);

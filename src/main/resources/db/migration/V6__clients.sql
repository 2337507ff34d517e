-- client_ids finds the organization of a client before anything else is known, and makes client_id unique
-- in the whole installation without a constraint that lacks organization_id.
CREATE TABLE client_ids (
    client_id       text COLLATE "C" NOT NULL,
    organization_id uuid NOT NULL,
    CONSTRAINT client_ids_pk PRIMARY KEY (client_id)
);

-- An OAuth2 client of an account (RFC 6749 section 2). Only the digest of its secret is kept.
CREATE TABLE clients (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    client_id       text        COLLATE "C" NOT NULL,
    name            text        NOT NULL,
    secret_digest   bytea       NOT NULL,
    is_system       boolean     NOT NULL DEFAULT false,
    expires_at      timestamptz,
    last_used_at    timestamptz,
    revoked_at      timestamptz,
    created_at      timestamptz NOT NULL,
    CONSTRAINT clients_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT clients_user_fk FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id),
    CONSTRAINT clients_client_id_key UNIQUE (organization_id, client_id),
    CONSTRAINT clients_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT clients_secret_digest_check CHECK (octet_length(secret_digest) = 32)
);
CREATE INDEX clients_user_index ON clients (organization_id, user_id, id);

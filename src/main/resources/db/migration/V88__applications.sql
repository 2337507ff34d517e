-- Programs that persons send their browser to Roster from (RFC 6749 section 4.1). group_ids says who may use one: null is
-- everybody; a group that is gone has no members, so that its application is open to nobody because of that.
CREATE TABLE applications (
    organization_id           uuid        NOT NULL,
    id                        uuid        NOT NULL,
    client_id                 text        COLLATE "C" NOT NULL,
    name                      text        NOT NULL,
    redirect_uris             text[]      NOT NULL,
    post_logout_redirect_uris text[]      NOT NULL,
    scopes                    text[]      NOT NULL,
    is_public                 boolean     NOT NULL,
    is_first_party            boolean     NOT NULL,
    group_ids                 uuid[],
    created_at                timestamptz NOT NULL,
    updated_at                timestamptz NOT NULL,
    version                   integer     NOT NULL,
    CONSTRAINT applications_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT applications_client_id_key UNIQUE (organization_id, client_id),
    CONSTRAINT applications_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT applications_redirect_uris_check CHECK (cardinality(redirect_uris) BETWEEN 1 AND 20),
    CONSTRAINT applications_post_logout_check CHECK (cardinality(post_logout_redirect_uris) <= 20),
    CONSTRAINT applications_scopes_check CHECK (cardinality(scopes) > 0)
);

-- Only the digest of a secret is kept.
CREATE TABLE application_secrets (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    application_id  uuid        NOT NULL,
    name            text        NOT NULL,
    secret_digest   bytea       NOT NULL,
    expires_at      timestamptz,
    last_used_at    timestamptz,
    created_at      timestamptz NOT NULL,
    CONSTRAINT application_secrets_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT application_secrets_application_fk FOREIGN KEY (organization_id, application_id)
        REFERENCES applications (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT application_secrets_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
    CONSTRAINT application_secrets_digest_check CHECK (octet_length(secret_digest) = 32)
);
CREATE INDEX application_secrets_application_index
    ON application_secrets (organization_id, application_id, id);

-- The session of a person with an application has no client. No foreign key: an ended session outlives its application.
ALTER TABLE sessions ADD COLUMN application_id uuid;
CREATE INDEX sessions_application_index ON sessions (organization_id, application_id)
    WHERE application_id IS NOT NULL AND ended_at IS NULL;

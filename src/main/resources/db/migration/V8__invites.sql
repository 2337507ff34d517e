CREATE TABLE invites (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    email           text        NOT NULL,
    email_key       text        COLLATE "C" NOT NULL,
    role            text        NOT NULL,
    group_ids       uuid[]      NOT NULL,
    user_id         uuid,
    invited_by      uuid,
    status          text        NOT NULL,
    token_id        uuid        NOT NULL,
    expires_at      timestamptz NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    version         integer     NOT NULL,
    CONSTRAINT invites_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT invites_organization_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
    CONSTRAINT invites_role_check CHECK (role IN ('admin', 'member', 'viewer')),
    CONSTRAINT invites_status_check CHECK (status IN ('pending', 'accepted', 'revoked', 'expired'))
);
-- One pending invite per e-mail and organization.
CREATE UNIQUE INDEX invites_pending_key ON invites (organization_id, email_key) WHERE status = 'pending';
CREATE INDEX invites_status_index ON invites (organization_id, status, id);

-- A person or a service account. The *_key columns hold the canonical form of their neighbour, folded by
-- the service and compared byte by byte, so that uniqueness does not depend on the database's locale.
CREATE TABLE users (
    organization_id  uuid        NOT NULL,
    id               uuid        NOT NULL,
    kind             text        NOT NULL,
    username         text        NOT NULL,
    username_key     text        COLLATE "C" NOT NULL,
    email            text,
    email_key        text        COLLATE "C",
    display_name     text        NOT NULL,
    full_name        text,
    description      text,
    role             text        NOT NULL,
    status           text        NOT NULL,
    is_internal      boolean     NOT NULL DEFAULT false,
    password_hash    text,
    password_expired boolean     NOT NULL DEFAULT false,
    avatar_url       text,
    company          text,
    job_title        text,
    oauth_provider   text,
    oauth_id         text,
    is_onboarded     boolean     NOT NULL DEFAULT false,
    metadata         jsonb       NOT NULL DEFAULT '{}',
    external_id      text,
    search_text      text        NOT NULL,
    last_login_at    timestamptz,
    last_seen_at     timestamptz,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    version          integer     NOT NULL,
    CONSTRAINT users_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT users_organization_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
    CONSTRAINT users_username_key UNIQUE (organization_id, username_key),
    CONSTRAINT users_email_key UNIQUE (organization_id, email_key),
    CONSTRAINT users_oauth_key UNIQUE (organization_id, oauth_provider, oauth_id),
    CONSTRAINT users_external_id_key UNIQUE (organization_id, external_id),
    CONSTRAINT users_kind_check CHECK (kind IN ('person', 'service')),
    CONSTRAINT users_role_check CHECK (role IN ('admin', 'member', 'viewer')),
    CONSTRAINT users_status_check CHECK (status IN ('active', 'deactivated', 'pending_sign_up')),
    CONSTRAINT users_username_check CHECK (char_length(username) BETWEEN 1 AND 100),
    CONSTRAINT users_email_check CHECK (char_length(email) BETWEEN 3 AND 254),
    CONSTRAINT users_email_pair_check CHECK ((email IS NULL) = (email_key IS NULL)),
    CONSTRAINT users_display_name_check CHECK (char_length(display_name) BETWEEN 1 AND 150),
    CONSTRAINT users_oauth_pair_check CHECK ((oauth_provider IS NULL) = (oauth_id IS NULL)),
    CONSTRAINT users_metadata_check CHECK (jsonb_typeof(metadata) = 'object')
) WITH (fillfactor = 85);

-- A list by name is a walk along users_username_key; each of these is the same walk under one filter.
CREATE INDEX users_kind_username_index ON users (organization_id, kind, username_key);
CREATE INDEX users_role_username_index ON users (organization_id, role, username_key);
CREATE INDEX users_status_username_index ON users (organization_id, status, username_key);
CREATE INDEX users_created_index ON users (organization_id, kind, created_at, id);

-- The last-admin rule asks whether another active administrator exists.
CREATE INDEX users_admin_index ON users (organization_id, id) WHERE role = 'admin' AND status = 'active';

-- The counts are kept, not counted: every change of a membership changes them in the same transaction.
-- Memberships therefore never cascade: a row that vanished unseen would leave a wrong count.
CREATE TABLE groups (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    name            text        COLLATE "C" NOT NULL,
    display_name    text        NOT NULL,
    sso_name        text        NOT NULL,
    description     text        NOT NULL,
    metadata        jsonb       NOT NULL DEFAULT '{}',
    external_id     text,
    user_count      integer     NOT NULL DEFAULT 0,
    sa_count        integer     NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    version         integer     NOT NULL,
    CONSTRAINT groups_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT groups_organization_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
    CONSTRAINT groups_name_key UNIQUE (organization_id, name),
    CONSTRAINT groups_external_id_key UNIQUE (organization_id, external_id),
    CONSTRAINT groups_name_check CHECK (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT groups_description_check CHECK (char_length(description) <= 250),
    CONSTRAINT groups_counts_check CHECK (user_count >= 0 AND sa_count >= 0),
    CONSTRAINT groups_metadata_check CHECK (jsonb_typeof(metadata) = 'object')
) WITH (fillfactor = 70);

CREATE TABLE memberships (
    organization_id uuid        NOT NULL,
    group_id        uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    added_at        timestamptz NOT NULL,
    CONSTRAINT memberships_pk PRIMARY KEY (organization_id, group_id, user_id),
    CONSTRAINT memberships_group_fk FOREIGN KEY (organization_id, group_id) REFERENCES groups (organization_id, id),
    CONSTRAINT memberships_user_fk FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
);
CREATE INDEX memberships_user_index ON memberships (organization_id, user_id, group_id);

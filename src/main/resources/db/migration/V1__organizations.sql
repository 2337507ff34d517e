-- An organization owns rows; every other table starts its primary key with organization_id,
-- so that all of them can be distributed by organization.
CREATE TABLE organizations (
    id           uuid        NOT NULL,
    name         text        COLLATE "C" NOT NULL,
    display_name text        NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    version      integer     NOT NULL,
    CONSTRAINT organizations_pk PRIMARY KEY (id),
    CONSTRAINT organizations_name_key UNIQUE (name),
    CONSTRAINT organizations_name_check CHECK (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT organizations_display_name_check CHECK (char_length(display_name) BETWEEN 1 AND 150)
);

-- What a user keeps for itself. Apart from users: it is written often and read by its owner only.
CREATE TABLE settings (
    organization_id uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    settings        jsonb       NOT NULL,
    updated_at      timestamptz NOT NULL,
    CONSTRAINT settings_pk PRIMARY KEY (organization_id, user_id),
    CONSTRAINT settings_user_fk FOREIGN KEY (organization_id, user_id)
        REFERENCES users (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT settings_settings_check CHECK (jsonb_typeof(settings) = 'object')
);

-- What a person has agreed that an application may do; it is asked again only for more.
CREATE TABLE consents (
    organization_id uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    application_id  uuid        NOT NULL,
    scopes          text[]      NOT NULL,
    updated_at      timestamptz NOT NULL,
    CONSTRAINT consents_pk PRIMARY KEY (organization_id, user_id, application_id),
    CONSTRAINT consents_user_fk FOREIGN KEY (organization_id, user_id)
        REFERENCES users (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT consents_application_fk FOREIGN KEY (organization_id, application_id)
        REFERENCES applications (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX consents_application_index ON consents (organization_id, application_id);

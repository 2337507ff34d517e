-- What a browser shows to go on in a session; it goes with the session.
CREATE TABLE browser_sessions (
    organization_id  uuid        NOT NULL,
    session_id       uuid        NOT NULL,
    digest           bytea       NOT NULL,
    authenticated_at timestamptz NOT NULL,
    used_at          timestamptz NOT NULL,
    CONSTRAINT browser_sessions_pk PRIMARY KEY (organization_id, session_id),
    CONSTRAINT browser_sessions_session_fk FOREIGN KEY (organization_id, session_id)
        REFERENCES sessions (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT browser_sessions_digest_check CHECK (octet_length(digest) = 32)
);
CREATE UNIQUE INDEX browser_sessions_digest_key ON browser_sessions (organization_id, digest);

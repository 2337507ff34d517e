-- What clients of OpenID Connect choose and ask for. A grant knows the session of the browser that it was given in, so that
-- signing out there ends it.
ALTER TABLE applications
    ADD COLUMN id_token_signed_response_alg text NOT NULL DEFAULT 'ES256',
    ADD CONSTRAINT applications_id_token_alg_check CHECK (id_token_signed_response_alg IN ('ES256', 'EdDSA', 'RS256'));
ALTER TABLE authorization_codes ADD COLUMN nonce text;
ALTER TABLE application_grants ADD COLUMN browser_session_id uuid;
CREATE INDEX application_grants_browser_index ON application_grants (organization_id, browser_session_id)
    WHERE browser_session_id IS NOT NULL;

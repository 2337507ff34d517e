-- How an organization shows itself on pages. The logo is a PNG; it is found by its digest, so that caches may keep it.
ALTER TABLE organizations
    ADD COLUMN support_url text,
    ADD COLUMN logo        bytea,
    ADD COLUMN logo_digest text COLLATE "C",
    ADD CONSTRAINT organizations_support_url_check CHECK (char_length(support_url) BETWEEN 8 AND 500),
    ADD CONSTRAINT organizations_logo_check
        CHECK ((logo IS NULL) = (logo_digest IS NULL) AND octet_length(logo) <= 65536);

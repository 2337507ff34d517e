-- Search by parts of usernames, e-mails and names. btree_gin lets the organization lead the trigram index.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE INDEX users_search_index ON users USING gin (organization_id, search_text gin_trgm_ops);

-- So many rows of each list of an organization: its accounts in three groups at most, and everything that one account or
-- application can have of the first of them. An administrator is there already.
CREATE OR REPLACE FUNCTION pg_temp.v7(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT CAST('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid) $$;
INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role, status, search_text, created_at, updated_at,
                   version)
SELECT :organization, pg_temp.v7(n), 'person', 'person' || n, 'person' || n, 'Person', 'admin', 'active', ' person' || n || ' admin', now(), now(), 0
  FROM generate_series(2, :rows) n;
INSERT INTO users (organization_id, id, kind, username, username_key, display_name, role, status, search_text, created_at, updated_at,
                   version)
SELECT :organization, pg_temp.v7(100000 + n), 'service', 'service' || n, 'service' || n, 'Service', 'member', 'active', ' service' || n,
       now(), now(), 0
  FROM generate_series(1, :rows) n;
INSERT INTO groups (organization_id, id, name, display_name, sso_name, description, user_count, sa_count, created_at, updated_at, version)
SELECT :organization, pg_temp.v7(n), 'group' || n, 'Group', 'group' || n, '', CASE WHEN n <= 3 THEN :rows ELSE 0 END,
       CASE WHEN n <= 3 THEN :rows ELSE 0 END, now(), now(), 0
  FROM generate_series(1, :rows) n;
INSERT INTO memberships (organization_id, group_id, user_id, added_at)
SELECT :organization, g.id, u.id, now()
  FROM users u JOIN groups g ON g.organization_id = u.organization_id AND g.name IN ('group1', 'group2', 'group3')
 WHERE u.organization_id = :organization;
INSERT INTO clients (organization_id, id, user_id, client_id, name, secret_digest, created_at)
SELECT :organization, pg_temp.v7(100000 * s.kind + n),
       CASE s.kind WHEN 1 THEN pg_temp.v7(100000 + n) WHEN 2 THEN pg_temp.v7(100001) ELSE :admin END,
       :organization || '-' || s.kind || '-' || n, 'client', sha256(''), now()
  FROM generate_series(1, :rows) n, (VALUES (1), (2), (3)) s(kind);
INSERT INTO sessions (organization_id, id, user_id, client_id, device, created_at, last_seen_at, expires_at, ended_at)
SELECT :organization, pg_temp.v7(100000 * s.kind + n), :admin, CASE WHEN s.kind < 3 THEN pg_temp.v7(300001) END, 'device' || n, now(), now(),
       now() + interval '1 day', CASE WHEN s.kind = 2 THEN now() END
  FROM generate_series(1, :rows) n, (VALUES (1), (2), (3)) s(kind);
INSERT INTO api_keys (organization_id, id, user_id, name, prefix, scopes, created_by, created_at)
SELECT :organization, pg_temp.v7(300000 + n), :admin, 'key', 'eyJ', '{users:read}', :admin, now() FROM generate_series(1, :rows) n;
INSERT INTO invites (organization_id, id, email, email_key, role, group_ids, invited_by, status, token_id, expires_at, created_at,
                     updated_at, version)
SELECT :organization, pg_temp.v7(n), 'person' || n || '@example.org', 'person' || n || '@example.org', 'member', ARRAY[pg_temp.v7(1)], :admin,
       'pending', gen_random_uuid(), now() + interval '1 day', now(), now(), 0
  FROM generate_series(1, :rows) n;
INSERT INTO applications (organization_id, id, client_id, name, redirect_uris, post_logout_redirect_uris, scopes, is_public,
                          is_first_party, group_ids, created_at, updated_at, version)
SELECT :organization, pg_temp.v7(n), :organization || '-' || n, 'Application', '{https://wiki.example.com/cb}', '{}', '{users:read}', false,
       false, ARRAY[pg_temp.v7(1)], now(), now(), 0
  FROM generate_series(1, :rows) n;
INSERT INTO application_secrets (organization_id, id, application_id, name, secret_digest, created_at)
SELECT :organization, pg_temp.v7(n), pg_temp.v7(1), 'secret', sha256(''), now() FROM generate_series(1, :rows) n;
INSERT INTO consents (organization_id, user_id, application_id, scopes, updated_at)
SELECT :organization, :admin, pg_temp.v7(n), '{users:read}', now() FROM generate_series(1, :rows) n;
INSERT INTO audit_events (organization_id, id, version, type, actor_kind, actor_id, target_kind, target_id, occurred_at)
SELECT :organization, pg_temp.v7(n), 1, 'user.changed', 'account', pg_temp.v7(1), 'user', pg_temp.v7(2), now() FROM generate_series(1, :rows) n;

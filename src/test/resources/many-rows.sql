-- An organization of many: most accounts persons without an e-mail address, everything else rare, one group of all of them, one of a
-- tenth, one of a sixtieth, a thousand small ones or as many as a hundredth of all, an account in a thousand of these, one with many
-- sessions, keys and secrets, as many applications as there may be, and organizations beside it. It grows when it is run again.
SET session_replication_role = replica;
SET synchronous_commit = off;
SET maintenance_work_mem = '256MB';
CREATE FUNCTION v7(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT CAST(lpad(to_hex(1764000000000 + n / 10), 12, '0') || '7' || lpad(to_hex(n % 10), 3, '0') || '8'
                || substr(md5(CAST(n AS text)), 1, 15) AS uuid)
$$;
CREATE TEMPORARY TABLE o AS SELECT id FROM organizations WHERE name = 'default';
INSERT INTO users (organization_id, id, kind, username, username_key, email, email_key, display_name, role, status, search_text,
                   external_id, oauth_provider, oauth_id, deactivated_at, created_at, updated_at, version)
SELECT o.id, v7(n), CASE WHEN n % 2000 = 1 THEN 'service' ELSE 'person' END, 'user' || n, 'user' || n,
       CASE WHEN n % 1000 = 3 THEN 'user' || n || '@example.com' END,
       CASE WHEN n % 1000 = 3 THEN 'user' || n || '@example.com' END, 'User ' || n,
       CASE WHEN n % 10000 = 5 THEN 'admin' WHEN n % 100 = 7 THEN 'viewer' ELSE 'member' END,
       CASE WHEN n % 5000 = 9 THEN 'deactivated' WHEN n % 5000 = 11 THEN 'pending_sign_up' ELSE 'active' END,
       ' user' || n || ' user ' || n || CASE WHEN n % 1000 = 3 THEN ' user' || n || '@example.com' ELSE '' END,
       CASE WHEN n % 1000 = 4 THEN 'external' || n END, CASE WHEN n % 1000 = 6 THEN 'github' END,
       CASE WHEN n % 1000 = 6 THEN 'subject' || n END, CASE WHEN n % 5000 = 9 THEN now() END,
       now() - (:rows - n) * interval '1 second', now(), 0
  FROM o, generate_series(:first, :rows) n;
INSERT INTO groups (organization_id, id, name, display_name, sso_name, description, created_at, updated_at, version)
SELECT o.id, v7(5000000 + g), 'group' || g, 'Group ' || g, '', '', now(), now(), 0 FROM o, generate_series(0, :groups + 2) g ON CONFLICT DO NOTHING;
INSERT INTO memberships SELECT o.id, v7(5000000), v7(n), now() FROM o, generate_series(:first, :rows) n ON CONFLICT DO NOTHING;
INSERT INTO memberships SELECT o.id, v7(5001001), v7(n), now() FROM o, generate_series(:first, :rows) n WHERE n % 10 = 0 ON CONFLICT DO NOTHING;
INSERT INTO memberships SELECT o.id, v7(5001002), v7(n), now() FROM o, generate_series(:first, :rows) n WHERE n % 60 = 7 ON CONFLICT DO NOTHING;
INSERT INTO memberships SELECT o.id, v7(5000001 + n % :groups + CASE WHEN n % :groups < 1000 THEN 0 ELSE 2 END), v7(n), now()
  FROM o, generate_series(:first, :rows) n WHERE n <> 17 ON CONFLICT DO NOTHING;
INSERT INTO memberships SELECT o.id, v7(5000001 + g), v7(17), now() FROM o, generate_series(0, 999) g ON CONFLICT DO NOTHING;
UPDATE groups g SET user_count = c.persons, sa_count = c.services
  FROM (SELECT m.group_id, count(*) FILTER (WHERE u.kind = 'person') AS persons, count(*) FILTER (WHERE u.kind = 'service') AS services
          FROM memberships m JOIN users u ON u.organization_id = m.organization_id AND u.id = m.user_id GROUP BY m.group_id) c
 WHERE g.id = c.group_id;
INSERT INTO sessions (organization_id, id, user_id, client_id, device, created_at, last_seen_at, expires_at, ended_at)
SELECT o.id, v7(10000000 + n), v7(CASE WHEN n % 2 = 0 THEN 19 ELSE n END), c.id, 'device' || n, now() - interval '1 day', now(),
       now() + interval '1 day', CASE WHEN n % 2 = 0 AND n % 5000 <> 0 THEN now() END
  FROM o, (SELECT id FROM clients LIMIT 1) c, generate_series(:first / 5, :rows / 5) n ON CONFLICT DO NOTHING;
INSERT INTO invites (organization_id, id, email, email_key, role, group_ids, status, token_id, expires_at, created_at, updated_at,
                     version)
SELECT o.id, v7(20000000 + n), 'invited' || n || '@example.com', 'invited' || n || '@example.com', 'member', '{}',
       CASE n % 1000 WHEN 1 THEN 'pending' WHEN 2 THEN 'revoked' WHEN 3 THEN 'expired' ELSE 'accepted' END,
       gen_random_uuid(), now() + interval '1 day', now(), now(), 0
  FROM o, generate_series(:first / 5, :rows / 5) n ON CONFLICT DO NOTHING;
INSERT INTO audit_events (organization_id, id, version, type, actor_kind, actor_id, target_kind, target_id, target_name, occurred_at)
SELECT o.id, v7(30000000 + n), 1, CASE WHEN n % 1000 = 1 THEN 'user.removed' ELSE 'user.changed' END,
       CASE WHEN n % 2 = 0 THEN 'account' ELSE 'system' END,
       CASE WHEN n % 500 = 2 THEN v7(17) WHEN n % 2 = 0 THEN v7(19) END, 'user', v7(CASE WHEN n % 4 = 3 THEN 19 ELSE n END),
       'user' || n, now()
  FROM o, generate_series(:first / 5, :rows / 5) n ON CONFLICT DO NOTHING;
-- One for each service account and each twentieth person, and as many as may be at once for one, who has changed them often
INSERT INTO clients (organization_id, id, user_id, client_id, name, secret_digest, created_at, expires_at, revoked_at)
SELECT o.id, v7(40000000 + n), v7(CASE WHEN n % 20 = 1 THEN n WHEN n % 100 = 2 THEN 19 ELSE n END), 'client' || n, 'Client', sha256(''),
       now(), CASE WHEN n % 3 = 0 THEN now() + interval '1 day' END, CASE WHEN n % 100 = 2 AND n > 2000 THEN now() END
  FROM o, generate_series(:first, :rows) n WHERE n % 20 = 1 OR n % 100 = 2 AND n < 10000 ON CONFLICT DO NOTHING;
-- One for each twentieth person, half of them revoked, and for one as many as there may be
INSERT INTO sessions (organization_id, id, user_id, device, created_at, last_seen_at, expires_at, ended_at)
SELECT o.id, v7(50000000 + n), v7(CASE WHEN n < 2000 THEN 19 ELSE n END), 'api key', now(), now(), now() + interval '1 day',
       CASE WHEN n % 40 = 3 AND n > 2000 THEN now() END
  FROM o, generate_series(:first, :rows) n WHERE n % 20 = 3 ON CONFLICT DO NOTHING;
INSERT INTO api_keys (organization_id, id, user_id, name, prefix, scopes, created_by, created_at)
SELECT organization_id, id, user_id, 'Key', 'eyJ', '{users:read}', user_id, created_at FROM sessions
 WHERE organization_id = (SELECT id FROM o) AND device = 'api key' ON CONFLICT DO NOTHING;
INSERT INTO applications (organization_id, id, client_id, name, redirect_uris, post_logout_redirect_uris, scopes, is_public, is_first_party,
                          group_ids, created_at, updated_at, version)
SELECT o.id, v7(60000000 + n), 'app' || n, 'Application', '{https://wiki.example.com/cb}', '{}', '{users:read}', false, false,
       CASE WHEN n % 2 = 0 THEN ARRAY[v7(5000000), v7(5000001 + n)] END, now(), now(), 0 FROM o, generate_series(1, 200) n ON CONFLICT DO NOTHING;
INSERT INTO application_secrets (organization_id, id, application_id, name, secret_digest, created_at)
SELECT o.id, v7(70000000 + n), v7(60000000 + greatest(1, n - 20)), 'Secret', sha256(''), now() FROM o, generate_series(1, 220) n
ON CONFLICT DO NOTHING;
INSERT INTO sessions (organization_id, id, user_id, application_id, device, created_at, last_seen_at, expires_at, ended_at)
SELECT o.id, v7(80000000 + n), CASE WHEN n <= 200 THEN a.id ELSE v7(n) END, v7(60000001 + n % 200), 'application' || n, now(), now(),
       now() + interval '1 day', CASE WHEN n % 3 = 0 THEN now() END
  FROM o, (SELECT u.id FROM users u, o WHERE u.organization_id = o.id AND u.username = 'admin') a, generate_series(:first / 5, :rows / 5) n
ON CONFLICT DO NOTHING;
INSERT INTO application_grants (organization_id, id, application_id, scopes, authenticated_at, created_at)
SELECT organization_id, id, application_id, '{users:read}', created_at, created_at FROM sessions
 WHERE organization_id = (SELECT id FROM o) AND application_id IS NOT NULL ON CONFLICT DO NOTHING;
INSERT INTO consents (organization_id, user_id, application_id, scopes, updated_at)
SELECT organization_id, user_id, application_id, '{users:read}', now() FROM sessions
 WHERE organization_id = (SELECT id FROM o) AND application_id IS NOT NULL ON CONFLICT DO NOTHING;
INSERT INTO organizations (id, name, display_name, created_at, updated_at, version)
SELECT v7(90000000 + n), 'beside' || n, 'Beside', now(), now(), 0 FROM generate_series(:first / 100, :rows / 100) n ON CONFLICT DO NOTHING;
DROP FUNCTION v7;

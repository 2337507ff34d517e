-- An organization of many: most accounts persons without an e-mail address, everything else rare, one group of all of them, one of a
-- tenth, one of a sixtieth, a thousand small ones, an account in each of these, and one with many sessions. It grows when it is run again.
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
SELECT o.id, v7(5000000 + g), 'group' || g, 'Group ' || g, '', '', now(), now(), 0 FROM o, generate_series(0, 1002) g ON CONFLICT DO NOTHING;
INSERT INTO memberships SELECT o.id, v7(5000000), v7(n), now() FROM o, generate_series(:first, :rows) n ON CONFLICT DO NOTHING;
INSERT INTO memberships SELECT o.id, v7(5001001), v7(n), now() FROM o, generate_series(:first, :rows) n WHERE n % 10 = 0 ON CONFLICT DO NOTHING;
INSERT INTO memberships SELECT o.id, v7(5001002), v7(n), now() FROM o, generate_series(:first, :rows) n WHERE n % 60 = 7 ON CONFLICT DO NOTHING;
INSERT INTO memberships SELECT o.id, v7(5000001 + n % 1000), v7(n), now() FROM o, generate_series(:first, :rows) n WHERE n <> 17 ON CONFLICT DO NOTHING;
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
INSERT INTO audit_events (organization_id, id, version, type, actor_kind, target_kind, target_id, target_name, occurred_at)
SELECT o.id, v7(30000000 + n), 1, CASE WHEN n % 1000 = 1 THEN 'user.removed' ELSE 'user.changed' END, 'system', 'user', v7(n),
       'user' || n, now()
  FROM o, generate_series(:first / 5, :rows / 5) n ON CONFLICT DO NOTHING;
DROP FUNCTION v7;

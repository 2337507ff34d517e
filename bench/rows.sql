-- :users people in the organization "default", one in ten of them in one of 100 groups.
INSERT INTO users (organization_id, id, kind, username, username_key, email, email_key, display_name, full_name, role,
                   status, search_text, created_at, updated_at, version)
SELECT o.id, gen_random_uuid(), 'person', x.name, x.name, x.name || '@example.com', x.name || '@example.com', x.name,
       'Person ' || n, 'member', 'active', ' ' || x.name || ' ' || x.name || '@example.com person ' || n,
       now(), now(), 0
  FROM organizations o, generate_series(1, :users) n, LATERAL (SELECT 'user-' || lpad(n::text, 8, '0')) AS x (name)
 WHERE o.name = 'default'
ON CONFLICT DO NOTHING;

INSERT INTO groups (organization_id, id, name, display_name, sso_name, description, created_at, updated_at, version)
SELECT o.id, gen_random_uuid(), 'group-' || n, 'Group ' || n, 'group-' || n, '', now(), now(), 0
  FROM organizations o, generate_series(1, 100) n
 WHERE o.name = 'default'
ON CONFLICT DO NOTHING;

INSERT INTO memberships (organization_id, group_id, user_id, added_at)
SELECT u.organization_id, g.id, u.id, now()
  FROM users u
  JOIN groups g ON g.organization_id = u.organization_id
               AND g.name = 'group-' || (1 + right(u.username, 4)::integer % 100)
 WHERE u.username LIKE 'user-%' AND right(u.username, 1) = '2'
ON CONFLICT DO NOTHING;

UPDATE groups g
   SET user_count = (SELECT count(*) FROM memberships m
                      WHERE m.organization_id = g.organization_id AND m.group_id = g.id);

ANALYZE;

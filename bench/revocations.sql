-- :entries revoked sessions whose last tokens end in an hour.
INSERT INTO revocations (organization_id, subject_kind, subject, generation, revoked_at, expires_at)
SELECT o.id, 'session', gen_random_uuid()::text, 0, now(), now() + interval '1 hour'
  FROM organizations o, generate_series(1, :entries)
 WHERE o.name = 'default';

ANALYZE;

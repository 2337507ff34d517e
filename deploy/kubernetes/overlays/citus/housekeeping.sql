-- As ROSTER_SESSION_ENDED_RETENTION says; change both together.
DELETE FROM sessions WHERE least(ended_at, expires_at) < now() - interval '30 days';

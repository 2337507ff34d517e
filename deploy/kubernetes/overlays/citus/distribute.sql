-- Spreads the tables over the workers by organization, see docs/citus.md. On the coordinator, after every migration: what
-- is distributed already stays as it is.
\set distributed 'EXISTS (SELECT FROM citus_tables t WHERE t.citus_table_type = ''distributed'' AND t.table_name = '
\set reference 'EXISTS (SELECT FROM citus_tables t WHERE t.citus_table_type = ''reference'' AND t.table_name = '

-- Reference tables, whole on every node: the name of an organization and the identifier of a client are unique in the
-- whole installation, which a distributed table cannot promise.
SELECT create_reference_table('organizations') WHERE NOT :reference 'organizations'::regclass);
SELECT create_reference_table('client_ids')    WHERE NOT :reference 'client_ids'::regclass);

-- Distributed tables, all rows of one organization together on one worker. A table comes after those it refers to.
SELECT create_distributed_table('users', 'organization_id', colocate_with => 'none')        WHERE NOT :distributed 'users'::regclass);
SELECT create_distributed_table('settings', 'organization_id', colocate_with => 'users')    WHERE NOT :distributed 'settings'::regclass);
SELECT create_distributed_table('user_counts', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'user_counts'::regclass);
SELECT create_distributed_table('groups', 'organization_id', colocate_with => 'users')      WHERE NOT :distributed 'groups'::regclass);
SELECT create_distributed_table('memberships', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'memberships'::regclass);
SELECT create_distributed_table('clients', 'organization_id', colocate_with => 'users')     WHERE NOT :distributed 'clients'::regclass);
SELECT create_distributed_table('sessions', 'organization_id', colocate_with => 'users')    WHERE NOT :distributed 'sessions'::regclass);
SELECT create_distributed_table('applications', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'applications'::regclass);
SELECT create_distributed_table('application_secrets', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'application_secrets'::regclass);
SELECT create_distributed_table('application_grants', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'application_grants'::regclass);
SELECT create_distributed_table('refresh_tokens', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'refresh_tokens'::regclass);
SELECT create_distributed_table('authorization_codes', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'authorization_codes'::regclass);
SELECT create_distributed_table('consents', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'consents'::regclass);
SELECT create_distributed_table('browser_sessions', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'browser_sessions'::regclass);
SELECT create_distributed_table('api_keys', 'organization_id', colocate_with => 'users')    WHERE NOT :distributed 'api_keys'::regclass);
SELECT create_distributed_table('removed_federated_accounts', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'removed_federated_accounts'::regclass);
SELECT create_distributed_table('federated_sign_ins', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'federated_sign_ins'::regclass);
SELECT create_distributed_table('invites', 'organization_id', colocate_with => 'users')     WHERE NOT :distributed 'invites'::regclass);
SELECT create_distributed_table('invite_codes', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'invite_codes'::regclass);
SELECT create_distributed_table('known_networks', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'known_networks'::regclass);
SELECT create_distributed_table('email_changes', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'email_changes'::regclass);
SELECT create_distributed_table('email_change_codes', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'email_change_codes'::regclass);
SELECT create_distributed_table('password_resets', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'password_resets'::regclass);
SELECT create_distributed_table('import_marks', 'organization_id', colocate_with => 'users') WHERE NOT :distributed 'import_marks'::regclass);

-- Local tables, on the coordinator alone: replicas work through all of their rows in one order, whatever the
-- organization: outbox, revocations, rate_limits, client_failures, password_failures, audit_events, restores. They are small or only
-- appended to.
-- Citus has to know those that are written together with distributed tables.
SELECT citus_add_local_table_to_metadata(c.oid)
  FROM pg_class c
 WHERE c.oid IN ('outbox'::regclass, 'revocations'::regclass, 'rate_limits'::regclass, 'password_failures'::regclass,
                 'audit_events'::regclass, 'restores'::regclass)
   AND NOT EXISTS (SELECT FROM citus_tables t WHERE t.table_name = c.oid);

-- Spreads the tables over the workers by organization, see docs/citus.md. On the coordinator, after every migration, in a
-- database that is new or has data in it: what is distributed already stays as it is.

-- The foreign keys to organizations would make local tables of the coordinator into tables of Citus
SET citus.enable_local_reference_table_foreign_keys TO off;
-- Foreign keys to reference tables are made on one connection
SET citus.multi_shard_modify_mode TO 'sequential';

-- Reference tables, whole on every node: the name of an organization and the identifier of a client are unique in the
-- whole installation, which a distributed table cannot promise.
SELECT create_reference_table('organizations')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE repmodel = 't' AND logicalrelid = 'organizations'::regclass);
SELECT create_reference_table('client_ids')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE repmodel = 't' AND logicalrelid = 'client_ids'::regclass);

-- Distributed tables, all rows of one organization together on one worker. A table comes after those it refers to.
SELECT create_distributed_table('users', 'organization_id', colocate_with => 'none')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'users'::regclass);
SELECT create_distributed_table('settings', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'settings'::regclass);
SELECT create_distributed_table('user_counts', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'user_counts'::regclass);
SELECT create_distributed_table('groups', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'groups'::regclass);
SELECT create_distributed_table('memberships', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'memberships'::regclass);
SELECT create_distributed_table('clients', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'clients'::regclass);
SELECT create_distributed_table('sessions', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'sessions'::regclass);
SELECT create_distributed_table('applications', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'applications'::regclass);
SELECT create_distributed_table('application_secrets', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'application_secrets'::regclass);
SELECT create_distributed_table('application_grants', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'application_grants'::regclass);
SELECT create_distributed_table('refresh_tokens', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'refresh_tokens'::regclass);
SELECT create_distributed_table('authorization_codes', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'authorization_codes'::regclass);
SELECT create_distributed_table('consents', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'consents'::regclass);
SELECT create_distributed_table('browser_sessions', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'browser_sessions'::regclass);
SELECT create_distributed_table('api_keys', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'api_keys'::regclass);
SELECT create_distributed_table('removed_federated_accounts', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'removed_federated_accounts'::regclass);
SELECT create_distributed_table('federated_sign_ins', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'federated_sign_ins'::regclass);
SELECT create_distributed_table('invites', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'invites'::regclass);
SELECT create_distributed_table('invite_codes', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'invite_codes'::regclass);
SELECT create_distributed_table('known_networks', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'known_networks'::regclass);
SELECT create_distributed_table('email_changes', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'email_changes'::regclass);
SELECT create_distributed_table('email_change_codes', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'email_change_codes'::regclass);
SELECT create_distributed_table('password_resets', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'password_resets'::regclass);
SELECT create_distributed_table('import_marks', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'import_marks'::regclass);
SELECT create_distributed_table('audit_events', 'organization_id', colocate_with => 'users')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE partmethod = 'h' AND logicalrelid = 'audit_events'::regclass);

-- Local tables, on the coordinator alone: replicas work through all of their rows in one order, whatever the
-- organization: outbox, revocations, rate_limits, client_failures, password_failures, restores. They are small.
-- Citus has to know those that are in one statement with tables of its own.
SELECT citus_add_local_table_to_metadata('outbox')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = 'outbox'::regclass);
SELECT citus_add_local_table_to_metadata('revocations')
 WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = 'revocations'::regclass);

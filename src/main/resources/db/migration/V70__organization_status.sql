-- An organization can be deactivated, and after that deleted, part after part, by whichever replica is alive. Its generation
-- counts its deactivations: tokens of an earlier one are refused, whatever the clocks of the replicas say.
ALTER TABLE organizations
    ADD COLUMN status text NOT NULL DEFAULT 'active',
    ADD COLUMN generation integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT organizations_status_check CHECK (status IN ('active', 'deactivated', 'deleting'));
CREATE INDEX organizations_inactive_index ON organizations (id) WHERE status <> 'active';

-- One row ends the tokens of all accounts of an organization.
ALTER TABLE revocations DROP CONSTRAINT revocations_subject_kind_check;
ALTER TABLE revocations ADD CONSTRAINT revocations_subject_kind_check
    CHECK (subject_kind IN ('user', 'client', 'session', 'organization'));

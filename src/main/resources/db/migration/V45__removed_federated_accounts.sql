-- Accounts of other issuers that were deleted, so that their next token does not make them anew: the SHA-256 digest
-- of issuer and subject, which names nobody.
CREATE TABLE removed_federated_accounts (
    organization_id uuid        NOT NULL,
    subject_digest  bytea       NOT NULL,
    removed_at      timestamptz NOT NULL,
    CONSTRAINT removed_federated_accounts_pk PRIMARY KEY (organization_id, subject_digest),
    CONSTRAINT removed_federated_accounts_organization_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
    CONSTRAINT removed_federated_accounts_digest_check CHECK (octet_length(subject_digest) = 32)
);
-- Who loses the right to invite loses what it has invited so far.
CREATE INDEX invites_inviter_index ON invites (organization_id, invited_by) WHERE status = 'pending';

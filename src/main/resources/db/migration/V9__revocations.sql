-- What is no longer valid although its token has not expired. Replicas follow the sequence.
CREATE TABLE revocations (
    organization_id uuid        NOT NULL,
    sequence        bigint      GENERATED ALWAYS AS IDENTITY,
    subject_kind    text        NOT NULL,
    subject_id      uuid        NOT NULL,
    revoked_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    CONSTRAINT revocations_pk PRIMARY KEY (organization_id, sequence),
    CONSTRAINT revocations_subject_kind_check CHECK (subject_kind IN ('user', 'client', 'session'))
);
CREATE INDEX revocations_sequence_index ON revocations (sequence);
CREATE INDEX revocations_expires_index ON revocations (expires_at);

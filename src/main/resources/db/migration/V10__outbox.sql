-- Mail written in the transaction that causes it and sent afterwards by a worker, at least once.
CREATE TABLE outbox (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    topic           text        NOT NULL,
    payload         jsonb       NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    sent_at         timestamptz,
    created_at      timestamptz NOT NULL,
    CONSTRAINT outbox_pk PRIMARY KEY (organization_id, id)
);
CREATE INDEX outbox_due_index ON outbox (next_attempt_at) WHERE sent_at IS NULL;

-- What happened, to whom and by whom; written in the transaction that does it and never changed. No foreign key: an
-- event outlives the account, the session and the organization that it tells of.
CREATE TABLE audit_events (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    version         smallint    NOT NULL,
    type            text        COLLATE "C" NOT NULL,
    actor_kind      text        NOT NULL,
    actor_id        uuid,
    actor_name      text,
    client_id       text,
    session_id      uuid,
    ip_address      text,
    user_agent      text,
    request_id      text,
    target_kind     text,
    target_id       uuid,
    target_name     text,
    before          jsonb,
    after           jsonb,
    details         jsonb,
    occurred_at     timestamptz NOT NULL,
    CONSTRAINT audit_events_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT audit_events_actor_check CHECK (
        actor_kind IN ('account', 'anonymous', 'system') AND (actor_kind = 'account') = (actor_id IS NOT NULL)
    )
);
CREATE INDEX audit_events_actor_index ON audit_events (organization_id, actor_id, id) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_events_target_index ON audit_events (organization_id, target_id, id) WHERE target_id IS NOT NULL;
CREATE INDEX audit_events_type_index ON audit_events (organization_id, type, id);
-- Removal goes by age alone, over all organizations
CREATE INDEX audit_events_id_index ON audit_events (id);

-- How much of a limited action somebody has used up, shared by all replicas: one row a subject, whatever
-- the number of actions. free_at is when all of it is free again; from then on the row means nothing.
CREATE TABLE rate_limits (
    organization_id uuid        NOT NULL,
    name            text        COLLATE "C" NOT NULL,
    subject         text        COLLATE "C" NOT NULL,
    free_at         timestamptz NOT NULL,
    CONSTRAINT rate_limits_pk PRIMARY KEY (organization_id, name, subject)
) WITH (fillfactor = 70);
CREATE INDEX rate_limits_free_index ON rate_limits (free_at);

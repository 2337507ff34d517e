-- How often client authentication failed lately: for an address, for a client, and for the pair of both. It
-- belongs to no organization, because a client that does not exist is counted like one that does. A count
-- that a crash forgets only begins anew, so nothing here is worth the write-ahead log.
CREATE UNLOGGED TABLE client_failures (
    kind     text        COLLATE "C" NOT NULL,
    subject  bytea       NOT NULL,
    failures integer     NOT NULL,
    ends_at  timestamptz NOT NULL,
    CONSTRAINT client_failures_pk PRIMARY KEY (kind, subject),
    CONSTRAINT client_failures_kind_check CHECK (kind IN ('address', 'client', 'pair')),
    CONSTRAINT client_failures_subject_check CHECK (octet_length(subject) = 32)
) WITH (fillfactor = 70);
CREATE INDEX client_failures_ends_index ON client_failures (ends_at);

-- How often a password was guessed in a row: for an account, for an account from a network that it has signed in from,
-- and for a name that no account has, which is counted like one that does. Kept until a success or a new password ends
-- the row, so it is not a count that a crash may forget. The marks of the wrong passwords are keyed as those of secrets.
CREATE TABLE password_failures (
    subject         bytea       NOT NULL,
    organization_id uuid,
    user_id         uuid,
    failures        integer     NOT NULL,
    seen            bytea       NOT NULL,
    retry_at        timestamptz NOT NULL,
    failed_at       timestamptz NOT NULL,
    CONSTRAINT password_failures_pk PRIMARY KEY (subject),
    CONSTRAINT password_failures_subject_check CHECK (octet_length(subject) = 32),
    CONSTRAINT password_failures_account_check CHECK ((organization_id IS NULL) = (user_id IS NULL)),
    CONSTRAINT password_failures_seen_check CHECK (octet_length(seen) <= 800)
) WITH (fillfactor = 70);
CREATE INDEX password_failures_account_index ON password_failures (organization_id, user_id) WHERE user_id IS NOT NULL;
CREATE INDEX password_failures_nobody_index ON password_failures (failed_at) WHERE user_id IS NULL;

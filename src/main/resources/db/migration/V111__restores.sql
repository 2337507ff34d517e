-- Which restores of this database to an earlier moment are dealt with, by the name that the operator gave them: what was
-- revoked after that moment is not known any more, so that all tokens and sessions of before have ended.
CREATE TABLE restores (
    name    text        NOT NULL,
    done_at timestamptz NOT NULL,
    CONSTRAINT restores_pk PRIMARY KEY (name)
);

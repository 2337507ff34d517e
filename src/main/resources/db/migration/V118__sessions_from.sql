-- When an organization was last switched off or on: sign-ins of before have ended, whoever opened them. One row, however many
-- there are, and good for those too that a replica of the version before opens.
ALTER TABLE organizations ADD COLUMN sessions_from timestamptz;

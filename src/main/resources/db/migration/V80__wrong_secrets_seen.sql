-- Marks of the wrong secrets that a pair has tried in its window, eight bytes each: one that is repeated counts once.
-- They are keyed with a secret of the process that wrote them, so they tell nothing to whoever reads the table.
ALTER TABLE client_failures ADD COLUMN seen bytea NOT NULL DEFAULT '';
ALTER TABLE client_failures ADD CONSTRAINT client_failures_seen_check CHECK (octet_length(seen) <= 512);

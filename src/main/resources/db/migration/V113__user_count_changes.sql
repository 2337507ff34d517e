-- How often a count changed, also where it is what it was before: by it a replica sees that nobody came or went.
ALTER TABLE user_counts ADD COLUMN changes bigint NOT NULL DEFAULT 0;

-- How often persons came, went or were renamed: by it a replica sees that the list by name is what it was.
ALTER TABLE user_counts ADD COLUMN changes bigint NOT NULL DEFAULT 0;

-- The cleaner walks over what ended longest ago, whether it was ended or its time had passed.
CREATE INDEX sessions_end_index ON sessions ((least(ended_at, expires_at)));

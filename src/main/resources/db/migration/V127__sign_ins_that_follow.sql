-- Which sign-in of the same browser came after this one, last: of a form that is sent twice, the second finds what the first has begun.
ALTER TABLE browser_sessions ADD COLUMN successor_id uuid;

-- The address that the person last proved to have, by a link sent to it. It counts while it is the account's.
ALTER TABLE users ADD COLUMN proven_email text;

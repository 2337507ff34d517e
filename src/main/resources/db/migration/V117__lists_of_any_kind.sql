-- In a transaction of their own: a writer that waits for the indexes of V116 holds a lock that this waits for. No version needs
-- these beside those.
DROP INDEX users_role_username_index, users_status_username_index, users_inactive_index;

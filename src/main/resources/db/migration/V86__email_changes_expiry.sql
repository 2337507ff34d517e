-- What nobody confirmed in time is deleted by age.
CREATE INDEX email_changes_expires_index ON email_changes (expires_at);

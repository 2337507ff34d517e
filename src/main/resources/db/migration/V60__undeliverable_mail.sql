-- Mail that no attempt will ever deliver ends as such. sent_at is when a message was done with, either way.
ALTER TABLE outbox
    ADD COLUMN is_undeliverable boolean NOT NULL DEFAULT false;
-- How the newest mail of an invite fares; null where there is no mail server.
ALTER TABLE invites
    ADD COLUMN mail_status text,
    ADD CONSTRAINT invites_mail_status_check CHECK (mail_status IN ('queued', 'sent', 'undeliverable'));

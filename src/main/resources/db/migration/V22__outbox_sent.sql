-- Finds sent messages that are old enough to go.
CREATE INDEX outbox_sent_index ON outbox (sent_at) WHERE sent_at IS NOT NULL;

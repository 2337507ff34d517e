-- Where an account has signed in with its password lately: from there, guesses of strangers do not hinder it. Digests, a
-- few per account, for a month.
CREATE TABLE known_networks (
    organization_id uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    network         bytea       NOT NULL,
    seen_at         timestamptz NOT NULL,
    CONSTRAINT known_networks_pk PRIMARY KEY (organization_id, user_id, network),
    CONSTRAINT known_networks_network_check CHECK (octet_length(network) = 32)
);
CREATE INDEX known_networks_seen_index ON known_networks (seen_at);

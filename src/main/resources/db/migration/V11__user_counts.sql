-- How many persons an organization has, kept with every change in the same transaction. Spread over eight
-- rows by the last bits of the account's id: creations at once seldom wait for each other.
CREATE TABLE user_counts (
    organization_id uuid     NOT NULL,
    slot            smallint NOT NULL,
    persons         bigint   NOT NULL,
    CONSTRAINT user_counts_pk PRIMARY KEY (organization_id, slot),
    CONSTRAINT user_counts_organization_fk FOREIGN KEY (organization_id) REFERENCES organizations (id),
    CONSTRAINT user_counts_slot_check CHECK (slot BETWEEN 0 AND 7)
) WITH (fillfactor = 50);

INSERT INTO user_counts (organization_id, slot, persons)
SELECT organization_id, get_byte(uuid_send(id), 15) & 7, count(*)
  FROM users
 WHERE kind = 'person'
 GROUP BY 1, 2;

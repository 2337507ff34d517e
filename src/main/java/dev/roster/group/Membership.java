package dev.roster.group;

import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** One account in one group. */
@Entity
@Table(name = "memberships")
@IdClass(Membership.Key.class)
public class Membership extends PanacheEntityBase {
    // As a part of another statement, as Citus takes it
    private static final String ADD = """
            WITH come AS (
              INSERT INTO memberships (organization_id, group_id, user_id, added_at)
              SELECT $1, $2, t.value, $4 FROM unnest(CAST($3 AS uuid[])) AS t (value) RETURNING 1)
            SELECT count(*) FROM come
            """;

    private static final String FULL = """
            SELECT t.value FROM unnest(CAST($2 AS uuid[])) AS t (value)
             WHERE EXISTS (SELECT FROM memberships m WHERE m.organization_id = $1 AND m.user_id = t.value
                           OFFSET $3)
             LIMIT 1
            """;

    @Id
    @Column(name = "organization_id")
    public UUID organizationId;

    @Id
    @Column(name = "group_id")
    public UUID groupId;

    @Id
    @Column(name = "user_id")
    public UUID userId;

    @Column(name = "added_at")
    public Instant addedAt;

    /** One of these accounts that is in as many groups as it may; null where each can join another. */
    static Uni<UUID> full(UUID organizationId, Collection<UUID> userIds) {
        return userIds.isEmpty()
                ? Uni.createFrom().nullItem()
                : SessionSql.value(
                        UUID.class, FULL, organizationId, userIds.toArray(UUID[]::new), Memberships.MOST - 1L);
    }

    /** Puts accounts in a new group, which has them in its counts. */
    static Uni<Void> addAll(Group group, Collection<UUID> userIds, Instant now) {
        return userIds.isEmpty()
                ? Uni.createFrom().voidItem()
                : SessionSql.value(
                                Long.class,
                                ADD,
                                group.organizationId,
                                group.id,
                                userIds.toArray(UUID[]::new),
                                Rows.utc(now))
                        .replaceWithVoid();
    }

    static Uni<Long> removeAll(Group group) {
        return delete("organizationId = ?1 and groupId = ?2", group.organizationId, group.id);
    }

    /** The primary key. */
    public record Key(UUID organizationId, UUID groupId, UUID userId) implements Serializable {}
}

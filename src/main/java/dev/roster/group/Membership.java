package dev.roster.group;

import dev.roster.user.GroupSummary;
import io.quarkus.hibernate.reactive.panache.Panache;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One account in one group. */
@Entity
@Table(name = "memberships")
@IdClass(Membership.Key.class)
public class Membership extends PanacheEntityBase {
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

    static Membership of(Group group, UUID userId, Instant now) {
        Membership membership = new Membership();
        membership.organizationId = group.organizationId;
        membership.groupId = group.id;
        membership.userId = userId;
        membership.addedAt = now;
        return membership;
    }

    /** The ids of the groups that an account is in. */
    static Uni<Set<UUID>> groupsOf(UUID organizationId, UUID userId) {
        return Membership.<Membership>list("organizationId = ?1 and userId = ?2", organizationId, userId)
                .map(rows -> rows.stream().map(row -> row.groupId).collect(Collectors.toSet()));
    }

    /** The groups that an account is in, in the order of their names. */
    static Uni<List<GroupSummary>> summaries(UUID organizationId, UUID userId) {
        return Panache.getSession()
                .chain(session -> session.createQuery(
                                "select g, m.addedAt from UserGroup g, Membership m"
                                        + " where m.organizationId = ?1 and m.userId = ?2"
                                        + " and g.organizationId = m.organizationId"
                                        + " and g.id = m.groupId order by g.name",
                                Object[].class)
                        .setParameter(1, organizationId)
                        .setParameter(2, userId)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> ((Group) row[0]).summary((Instant) row[1]))
                        .toList());
    }

    static Uni<Void> addAll(List<Membership> memberships) {
        return memberships.isEmpty() ? Uni.createFrom().voidItem() : persist(memberships);
    }

    static Uni<Long> removeFrom(UUID organizationId, UUID userId, Collection<UUID> groupIds) {
        return groupIds.isEmpty()
                ? Uni.createFrom().item(0L)
                : delete("organizationId = ?1 and userId = ?2 and groupId in ?3", organizationId, userId, groupIds);
    }

    static Uni<Long> removeAll(Group group) {
        return delete("organizationId = ?1 and groupId = ?2", group.organizationId, group.id);
    }

    /** The primary key. */
    public record Key(UUID organizationId, UUID groupId, UUID userId) implements Serializable {}
}

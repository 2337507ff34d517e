package dev.roster.platform.persistence;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * A row that an organization owns. Its key starts with the organization, and so must every query
 * for it.
 */
@MappedSuperclass
@IdClass(RowId.class)
public abstract class OrganizationRow extends PanacheEntityBase {
    @Id
    @Column(name = "organization_id")
    public UUID organizationId;

    /** UUIDv7 (RFC 9562): ordered by time of creation. */
    @Id
    public UUID id;

    @Column(name = "created_at")
    public Instant createdAt;

    /**
     * Deletes the row, which the caller has locked, at once.
     *
     * <p>By a statement: Hibernate Reactive keeps the step that waits for the deletion of an entity
     * in one place for all sessions, so that of two at once one may never go on
     * (hibernate/hibernate-reactive#1713).
     */
    @Override
    public Uni<Void> delete() {
        return Panache.getSession()
                .call(session -> session.flush())
                .invoke(session -> session.detach(this))
                .chain(this::deleteRow)
                .replaceWithVoid();
    }

    private Uni<Integer> deleteRow(Mutiny.Session session) {
        return session.createMutationQuery("delete from %s where organizationId = ?1 and id = ?2"
                        .formatted(getClass().getName()))
                .setParameter(1, organizationId)
                .setParameter(2, id)
                .executeUpdate();
    }
}

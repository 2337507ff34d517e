package dev.roster.access.client;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;

/** Says which organization a client identifier belongs to, before anything else is known. */
@Entity
@Table(name = "client_ids")
public class ClientIdentifier extends PanacheEntityBase {
    @Id
    @Column(name = "client_id")
    public String clientId;

    @Column(name = "organization_id")
    public UUID organizationId;

    /** Keeps an identifier for an organization, inside the caller's transaction. */
    public static Uni<Void> take(String clientId, UUID organizationId) {
        ClientIdentifier identifier = new ClientIdentifier();
        identifier.clientId = clientId;
        identifier.organizationId = organizationId;
        return identifier.persist().replaceWithVoid();
    }

    /** Forgets identifiers, inside the caller's transaction. */
    public static Uni<Void> release(List<String> clientIds) {
        return delete("clientId in ?1", clientIds).replaceWithVoid();
    }
}

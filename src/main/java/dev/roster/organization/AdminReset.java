package dev.roster.organization;

import dev.roster.access.client.Clients;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.user.AccessChanges;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Lets the operator of an installation in again, with a secret that the installation is given: the
 * first client has it from then on, and its account is an active administrator. What tokens of the
 * account there were end; its other credentials stay, for whoever is in to look through.
 */
@ApplicationScoped
class AdminReset {
    private static final Logger LOG = Logger.getLogger(AdminReset.class);

    private final Organizations organizations;
    private final AccessChanges access;
    private final Clients clients;
    private final AuditLog audit;
    private final Clock clock;

    AdminReset(Organizations organizations, AccessChanges access, Clients clients, AuditLog audit, Clock clock) {
        this.organizations = organizations;
        this.access = access;
        this.clients = clients;
        this.audit = audit;
        this.clock = clock;
    }

    /** Does it, unless another replica that starts with the same secret has done it. */
    Uni<Void> run(AdminClientSettings admin) {
        return UnitOfWork.transaction(
                        () -> Organization.lockByName(Organizations.FIRST).chain(first -> run(first.id, admin)))
                .invoke(done -> {
                    if (done) {
                        LOG.warnf(
                                "ROSTER_ADMIN_RESET: the client %s has the secret of"
                                        + " ROSTER_ADMIN_CLIENT_SECRET now, and its account is an"
                                        + " active administrator. Take ROSTER_ADMIN_RESET away",
                                admin.clientId());
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Boolean> run(UUID organizationId, AdminClientSettings admin) {
        return account(organizationId, admin).chain(account -> isDone(account, admin)
                .chain(done -> done ? Uni.createFrom().item(false) : reset(account, admin)));
    }

    private Uni<User> account(UUID organizationId, AdminClientSettings admin) {
        return clients.ownerOfSystem(organizationId, admin.clientId())
                .chain(owner -> owner.map(id -> User.lockById(organizationId, id))
                        .orElseGet(() -> User.lockInternal(organizationId)))
                .onItem()
                .ifNull()
                .switchTo(() -> organizations.addAdministrator(organizationId));
    }

    private Uni<Boolean> isDone(User account, AdminClientSettings admin) {
        return account.isActiveAdmin()
                ? clients.isSystemSecret(
                        account, admin.clientId(), admin.clientSecret().orElseThrow())
                : Uni.createFrom().item(false);
    }

    private Uni<Boolean> reset(User account, AdminClientSettings admin) {
        return access.restoreAdmin(account, clock.instant())
                .chain(() -> clients.resetSystem(
                        account, admin.clientId(), admin.clientSecret().orElseThrow()))
                .chain(() -> audit.record(AuditEvent.of(account.organizationId, AuditType.ADMIN_RESET)
                        .onAccount(account.id)
                        .with("client_id", admin.clientId())))
                .replaceWith(true);
    }
}

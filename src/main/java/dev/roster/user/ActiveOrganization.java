package dev.roster.user;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.TransactionLock;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** That an organization is open, for what needs no token of one of its accounts. */
public final class ActiveOrganization {
    private static final String ACTIVE = "SELECT status = 'active' FROM organizations WHERE id = $1";

    private ActiveOrganization() {}

    /** {@code organization_deactivated} where it is off; otherwise it stays open until the caller's transaction ends. */
    public static Uni<Void> require(UUID organizationId) {
        return TransactionLock.share(name(organizationId))
                .chain(() -> SessionSql.value(Boolean.class, ACTIVE, organizationId))
                .invoke(ErrorCode.ORGANIZATION_DEACTIVATED::unless)
                .replaceWithVoid();
    }

    /** Waits for those who need it open, inside the transaction that closes it. */
    public static Uni<Void> close(UUID organizationId) {
        return TransactionLock.hold(name(organizationId));
    }

    private static String name(UUID organizationId) {
        return "organization " + organizationId;
    }
}

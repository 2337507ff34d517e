package dev.roster.user;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;

/**
 * The rule that the last active administrator of an organization can neither be removed, demoted
 * nor deactivated.
 */
final class LastAdmin {
    private LastAdmin() {}

    /**
     * Refuses with {@code last_admin} where no other administrator is left. Holds the
     * organization's row until the transaction ends: of two administrators who remove each other at
     * once, the second sees what the first did.
     */
    static Uni<Void> check(User leaving) {
        return Panache.getSession()
                .chain(
                        session ->
                                session.createNativeQuery(
                                                "SELECT 1 FROM organizations WHERE id = ?1 FOR NO KEY UPDATE",
                                                Integer.class)
                                        .setParameter(1, leaving.organizationId)
                                        .getSingleResult())
                .chain(() -> User.hasOtherActiveAdmin(leaving.organizationId, leaving.id))
                .invoke(
                        others -> {
                            if (!others) {
                                throw RosterException.of(ErrorCode.LAST_ADMIN);
                            }
                        })
                .replaceWithVoid();
    }
}

package dev.roster.transfer;

import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.TransactionLock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** An import may take longer than its caller keeps its rights: it is asked again for each batch. */
@ApplicationScoped
class ImportingCaller {
    private static final String STANDS = """
            SELECT EXISTS (SELECT FROM users u JOIN organizations o ON o.id = u.organization_id
                            WHERE u.organization_id = $1 AND u.id = $2 AND u.role = $3 AND u.status = 'active'
                              AND o.status = 'active')
               AND NOT EXISTS (SELECT FROM sessions s
                                WHERE s.organization_id = $1 AND s.id = $4 AND s.ended_at IS NOT NULL)
            """;

    /** Ends an import whose caller may go on no longer. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Gone() {
            super("the caller has lost its access", RosterException.of(ErrorCode.INVALID_TOKEN), false, false);
        }
    }

    /** Waits for the batch of another import of the organization: two of the same accounts would wait in a circle. */
    Uni<Void> takeTurn(Caller caller) {
        return TransactionLock.hold(turn(caller));
    }

    /** The same where no other import has its turn, or waits for it; answers whether. */
    Uni<Boolean> takeFreeTurn(Caller caller) {
        return TransactionLock.tryToHold(turn(caller));
    }

    private static String turn(Caller caller) {
        return "import " + caller.organizationId();
    }

    /** Fails with {@link Gone} where the account, its role or its session ended, inside the caller's transaction. */
    Uni<Void> require(Caller caller) {
        return SessionSql.value(
                        Boolean.class,
                        STANDS,
                        caller.organizationId(),
                        caller.userId(),
                        caller.role().value(),
                        caller.sessionId())
                .invoke(stands -> {
                    if (!stands) {
                        throw new Gone();
                    }
                })
                .replaceWithVoid();
    }
}

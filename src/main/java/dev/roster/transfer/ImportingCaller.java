package dev.roster.transfer;

import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.TransactionLock;
import dev.roster.user.CallerStanding;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** An import may take longer than its caller keeps its rights: it is asked again for each batch. */
@ApplicationScoped
class ImportingCaller {
    /** Ends an import whose caller may go on no longer. */
    static final class Gone extends RuntimeException {
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
        return CallerStanding.require(caller)
                .onFailure(RosterException.class)
                .transform(ended -> new Gone())
                .replaceWithVoid();
    }
}

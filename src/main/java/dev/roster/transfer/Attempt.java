package dev.roster.transfer;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/**
 * How a transaction of a batch goes.
 *
 * @param again whether its lines failed before, maybe for what others have written meanwhile
 * @param early whose turn is waited for when accounts are added; null where it is its turn from the beginning
 * @param behind what may begin when the accounts are there; null where nothing may
 */
record Attempt(boolean again, BatchAhead early, BatchAhead behind) {

    /**
     * The beginning of the transaction.
     *
     * @param turn takes its turn, and sees to it that it may go on
     */
    Uni<Void> begin(Supplier<Uni<Void>> turn) {
        return early == null ? turn.get() : Uni.createFrom().voidItem();
    }

    /**
     * Ends an early attempt whose lines are not all to be written together: what the batch before writes is not seen yet.
     * An account that it has locked is waited for, and a name, address or external id that it takes fails what wants the
     * same; but a line that is refused, or goes by itself, would not be heard of again.
     */
    void require(boolean together) {
        if (early != null && !together) {
            throw BatchAhead.inVain();
        }
    }

    /** Accounts are added, and nothing is written yet that other transactions of imports write too. */
    Uni<Void> goOn(Supplier<Uni<Void>> turn) {
        return early == null ? Uni.createFrom().voidItem() : early.turn().chain(() -> turn.get());
    }

    /** All accounts are as they will be. */
    void added() {
        if (behind != null) {
            behind.begin();
        }
    }
}

package dev.roster.transfer;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** How a transaction of a batch goes: at its turn, or early, while the batch before is still written. */
final class Attempt {
    private final boolean again;
    private final BatchAhead early; // null where it is its turn
    private final BatchAhead behind;

    private Attempt(boolean again, BatchAhead early, BatchAhead behind) {
        this.again = again;
        this.early = early;
        this.behind = behind;
    }

    /**
     * One that begins when the batch before is written.
     *
     * @param again whether its lines failed before, maybe for what others have written meanwhile
     * @param behind what may begin when its accounts are there
     */
    static Attempt atItsTurn(boolean again, BatchAhead behind) {
        return new Attempt(again, null, behind);
    }

    /** One that adds its accounts while the batch before is still written, and then waits for its turn. */
    static Attempt early(BatchAhead early) {
        return new Attempt(false, early, early.behind());
    }

    /** Whether its lines failed before. */
    boolean isAgain() {
        return again;
    }

    /**
     * The beginning of the transaction.
     *
     * @param turn waits for its turn, and sees to it that it may go on
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

    /**
     * Accounts are added, and nothing is written yet that other transactions of imports write too.
     *
     * @param turn as above, but fails at once where it would have to wait: others may want what is held already
     */
    Uni<Void> goOn(Supplier<Uni<Void>> turn) {
        return early == null ? Uni.createFrom().voidItem() : early.turn().chain(() -> turn.get());
    }

    /** All accounts are as they will be. */
    void added() {
        behind.begin();
    }
}

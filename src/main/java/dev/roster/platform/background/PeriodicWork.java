package dev.roster.platform.background;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Work that every replica does again and again, away from requests. What replicas do at once must
 * not hinder each other.
 */
public interface PeriodicWork {

    /** By which metrics and logs tell of it. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** From the start of the service to the first start. */
    default Duration first() {
        return every();
    }

    /** From one start to the next; a start is left out while the work before it goes on. */
    Duration every();

    /** Does it once; one that fails is done again at the next start. */
    Uni<Void> run();
}

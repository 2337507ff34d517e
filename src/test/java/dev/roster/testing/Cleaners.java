package dev.roster.testing;

import dev.roster.platform.background.Cleaner;
import io.quarkus.arc.Arc;

/** The cleaners of the running service. */
public final class Cleaners {
    private Cleaners() {}

    /** The one of this name. */
    public static Cleaner named(String name) {
        return Arc.container().select(Cleaner.class).stream()
                .filter(cleaner -> cleaner.name().equals(name))
                .findAny()
                .orElseThrow();
    }
}

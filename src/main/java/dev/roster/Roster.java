package dev.roster;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service. */
@QuarkusMain
public final class Roster {
    private Roster() {}

    /** Starts the service. */
    public static void main(String... arguments) {
        Quarkus.run(arguments);
    }
}

package dev.roster.platform.error;

import java.util.Objects;
import java.util.stream.Stream;

/** What a failure comes from, and how that is said in one line. */
public final class Causes {
    private Causes() {}

    /** The failure itself, what has caused it, and so on to the root. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** What has no cause itself. */
    public static Throwable root(Throwable failure) {
        return of(failure).reduce((before, cause) -> cause).orElse(failure);
    }

    /** The first line of what a failure says, or else its kind; further lines show statements and values of rows. */
    public static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.strip().lines().findFirst().orElse("");
    }
}

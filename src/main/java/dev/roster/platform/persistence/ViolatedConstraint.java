package dev.roster.platform.persistence;

import dev.roster.platform.error.Causes;
import io.vertx.pgclient.PgException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.exception.ConstraintViolationException;

/** The name of the constraint that a failed statement would have broken, as the migrations have it. */
public final class ViolatedConstraint {
    // Citus names those of a shard after the shard: users_username_key_102013
    private static final Pattern SHARD = Pattern.compile("_\\d+$");
    private static final Pattern NAMED = Pattern.compile("constraint \"(\\w+)\"");
    private static final String INTEGRITY = "23"; // the class of SQLSTATE

    private ViolatedConstraint() {}

    /** The name; empty where the failure is another one, or does not tell. */
    public static Optional<String> of(Throwable failure) {
        return Causes.of(failure).flatMap(cause -> named(cause).stream()).findFirst();
    }

    /** The name that this failure tells itself, whatever has caused it. */
    public static Optional<String> named(Throwable failure) {
        return Optional.ofNullable(name(failure))
                .map(name -> SHARD.matcher(name).replaceFirst(""));
    }

    /** Whether the failure comes from one of these constraints. */
    public static boolean isOneOf(Set<String> names, Throwable failure) {
        return of(failure).filter(names::contains).isPresent();
    }

    private static String name(Throwable cause) {
        if (cause instanceof ConstraintViolationException violation) {
            return violation.getConstraintName();
        }
        if (!(cause instanceof PgException refusal)) {
            return null;
        }
        return refusal.getConstraint() == null ? inMessage(refusal) : refusal.getConstraint();
    }

    // Citus passes on what a worker said, without the field
    private static String inMessage(PgException refusal) {
        Matcher named = NAMED.matcher(String.valueOf(refusal.getErrorMessage()));
        boolean broken = String.valueOf(refusal.getSqlState()).startsWith(INTEGRITY);
        return broken && named.find() ? named.group(1) : null;
    }
}

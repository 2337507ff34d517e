package dev.roster.platform.persistence;

import dev.roster.platform.error.ErrorCode;
import io.vertx.pgclient.PgException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.exception.ConstraintViolationException;

/** The constraint that a failed statement would have broken, by its name in the migrations, and what that means. */
public final class ViolatedConstraint {
    // Citus names those of a shard after the shard: users_username_key_102013
    private static final Pattern SHARD = Pattern.compile("_\\d+$");
    private static final Pattern NAMED = Pattern.compile("constraint \"(\\w+)\"");
    private static final String INTEGRITY = "23"; // the class of SQLSTATE

    // The others have no meaning of their own: the statement was overtaken by another, or is wrong
    private static final Map<String, ErrorCode> MEANINGS = Map.of(
            "groups_name_key", ErrorCode.GROUP_NAME_TAKEN,
            "invites_pending_key", ErrorCode.INVITE_PENDING,
            "organizations_name_key", ErrorCode.ORGANIZATION_NAME_TAKEN,
            "users_email_key", ErrorCode.EMAIL_TAKEN,
            "users_username_key", ErrorCode.NAME_TAKEN);

    private ViolatedConstraint() {}

    /** The name; empty where the failure is another one, or does not tell. */
    public static Optional<String> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<String> name = named(cause);
            if (name.isPresent()) {
                return name;
            }
        }
        return Optional.empty();
    }

    /** The name that this failure tells itself, whatever has caused it. */
    public static Optional<String> named(Throwable failure) {
        return Optional.ofNullable(name(failure))
                .map(name -> SHARD.matcher(name).replaceFirst(""));
    }

    /** What it means to break the constraint of a name; empty where that tells no client anything. */
    public static Optional<ErrorCode> meaning(String name) {
        return Optional.ofNullable(MEANINGS.get(name));
    }

    /** Whether the failure comes from a constraint that means one of these. */
    public static boolean meansOneOf(Set<ErrorCode> meanings, Throwable failure) {
        return of(failure)
                .flatMap(ViolatedConstraint::meaning)
                .filter(meanings::contains)
                .isPresent();
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

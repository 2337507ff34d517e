package dev.roster.platform.persistence;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import java.util.Set;

/**
 * The versions of a row that a change may start from (If-Match, RFC 9110 section 13.1.1).
 *
 * @param versions any one of these; empty means any version
 */
public record Precondition(boolean any, Set<Integer> versions) {
    /** A change that may start from any version. */
    public static final Precondition NONE = new Precondition(true, Set.of());

    /** Refuses with {@code precondition_failed} a row that someone else has changed. */
    public void check(int version) {
        if (!any && !versions.contains(version)) {
            throw RosterException.of(ErrorCode.PRECONDITION_FAILED);
        }
    }
}

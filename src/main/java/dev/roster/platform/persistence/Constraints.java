package dev.roster.platform.persistence;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import java.util.Map;

/**
 * What it means that a statement runs into the constraints of a package's tables; each bean of this type is heard. Those
 * that are not declared have no meaning of their own: the statement was overtaken by another, or is wrong.
 *
 * @param meanings error by name of constraint, as the migrations have it
 */
public record Constraints(Map<String, ErrorCode> meanings) {

    /** What a failure means by one of them; others stay as they are. */
    public Throwable meaning(Throwable failure) {
        return ViolatedConstraint.of(failure)
                .map(meanings::get)
                .<Throwable>map(RosterException::of)
                .orElse(failure);
    }
}

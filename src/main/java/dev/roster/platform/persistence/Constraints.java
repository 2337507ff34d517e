package dev.roster.platform.persistence;

import dev.roster.platform.error.ErrorCode;
import java.util.Map;

/**
 * What it means that a statement runs into the constraints of a package's tables. Those that are
 * not declared have no meaning of their own: the statement was overtaken by another, or is wrong.
 */
public interface Constraints {
    /** Error by name of constraint, as the migrations have it. */
    Map<String, ErrorCode> meanings();
}

package dev.roster.api.v1;

/** The rule of a field that must be there. */
final class Required {
    static final String MESSAGE = "is required";

    private Required() {}
}

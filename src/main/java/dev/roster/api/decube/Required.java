package dev.roster.api.decube;

/** The rule of a field that must be there. */
final class Required {
    static final String MESSAGE = "is required";

    private Required() {}
}

package dev.roster.platform.settings;

/**
 * Settings with rules: a mapping that says itself what its values have to be. They are checked when the configuration is
 * read, before anything of the service is made, and all that are wrong are said together.
 */
public interface Checked {

    /** Tells which of these settings break a rule. */
    // A body, because a mapping takes no abstract method with a parameter
    default void check(Rules rules) {}
}

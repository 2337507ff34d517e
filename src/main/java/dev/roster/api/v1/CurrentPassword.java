package dev.roster.api.v1;

/** The limit of what is taken for a current password: well above the longest that can be set. */
final class CurrentPassword {
    static final int MAX = 1024;
    static final String TOO_LONG = "must be at most 1024 characters";

    private CurrentPassword() {}
}

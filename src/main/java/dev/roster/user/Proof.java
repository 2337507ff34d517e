package dev.roster.user;

/**
 * What shows that a person itself changes its credentials.
 *
 * @param password the current one; null where none was given
 * @param ipAddress where the request comes from; null where that is not known
 */
public record Proof(String password, String ipAddress) {
    /** Of a request that has none, as of one that changes other accounts only. */
    public static final Proof NONE = new Proof(null, null);

    @Override
    public String toString() {
        return "Proof[]"; // a password must not end in a log
    }
}

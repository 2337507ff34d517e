package dev.roster.access.client;

/**
 * What a client authenticates with (RFC 6749 section 2.3.1).
 *
 * @param clientId its public identifier
 * @param secret null of an application that can keep none
 * @param otherReading what else the same header can mean; null where there is one reading only
 */
public record ClientCredentials(String clientId, String secret, ClientCredentials otherReading) {

    // Both are visible ASCII (RFC 6749 appendix A.1 and A.2). Longer ones than these are not given
    // out.
    private static final int LONGEST = 255;

    /** Credentials that can be read in one way only. */
    public ClientCredentials(String clientId, String secret) {
        this(clientId, secret, null);
    }

    /** Whether a reading of these is for the client of this identifier. */
    public boolean mayBeOf(String otherClientId) {
        return clientId.equals(otherClientId) || (otherReading != null && otherReading.mayBeOf(otherClientId));
    }

    /** Whether there can be such a client at all; the database cannot even be asked for some. */
    boolean isPossible() {
        return isVisibleAscii(clientId) && (secret == null || isVisibleAscii(secret));
    }

    private static boolean isVisibleAscii(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    @Override
    public String toString() {
        return "ClientCredentials[" + clientId + "]"; // a secret must not end in a log
    }
}

package dev.roster.access.session;

/**
 * What has proved who signs in.
 *
 * @param passwordHash of the password, which the account's must still be; null where none proved it
 * @param passwordExpired whether that has to be changed, which must still be so: the token does nothing else, and the session
 *     ends with it
 * @param issuer that vouches for the person; null where no other one does
 */
public record SignInProof(String passwordHash, boolean passwordExpired, String issuer) {
    /** Of a client, whose secret is looked at by itself. */
    public static final SignInProof NONE = new SignInProof(null, false, null);

    public static SignInProof ofPassword(String hash, boolean expired) {
        return new SignInProof(hash, expired, null);
    }

    public static SignInProof ofIssuer(String issuer) {
        return new SignInProof(null, false, issuer);
    }

    @Override
    public String toString() {
        return "SignInProof[" + issuer + "]"; // a hash must not end in a log
    }
}

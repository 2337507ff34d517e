package dev.roster.access.federation;

import dev.roster.access.token.LinkToken;
import dev.roster.platform.digest.Sha256;
import java.util.UUID;

/**
 * A person who was sent to an issuer to sign in there. What the issuer is to say again is worked out from the state,
 * which came in its answer, and from what the browser keeps: the database alone gives none of it.
 *
 * @param issuer the name of the issuer
 * @param organizationId that of the issuer
 * @param path where it leads on
 * @param maxAge how many seconds ago the person may have proved who it is; null for any number
 * @param invite that is to be accepted with it; null where there is none
 * @param userId of the account that is to become the person's there; null where none is
 */
public record SignInAttempt(
        String state,
        String browser,
        UUID organizationId,
        String issuer,
        String path,
        Long maxAge,
        LinkToken invite,
        UUID userId) {

    /** What the identity token has to say (OpenID Connect Core section 3.1.2.1). */
    String nonce() {
        return derived("nonce");
    }

    /** What goes with the code (RFC 7636 section 4.1). */
    String verifier() {
        return derived("verifier");
    }

    /** What stands for the verifier before, by the method S256. */
    String challenge() {
        return Sha256.base64url(verifier());
    }

    private String derived(String use) {
        return Sha256.base64url(use + "\n" + browser + "\n" + state);
    }

    @Override
    public String toString() {
        return "SignInAttempt[" + issuer + "]"; // neither state nor browser must end in a log
    }
}

package dev.roster.access.federation;

import dev.roster.platform.validation.EmailAddress;
import dev.roster.platform.validation.Text;
import dev.roster.platform.validation.Username;
import jakarta.validation.Validator;

/**
 * What a token says about the person, as far as the directory can keep it (OpenID Connect Core
 * section 5.1).
 *
 * @param username null where there is none, or none that may stand here
 * @param email null where there is none that its issuer has proven
 * @param displayName null where there is none
 */
record FederatedProfile(
        @Username String username,
        @EmailAddress String email,
        @Text(max = 150) String displayName) {

    static FederatedProfile of(FederatedToken token, Validator rules) {
        boolean proven = Boolean.TRUE.equals(token.claims().getClaimValue("email_verified"));
        return new FederatedProfile(
                allowed("username", token.text("preferred_username"), rules),
                proven ? allowed("email", token.text("email"), rules) : null,
                allowed("displayName", token.text("name").strip(), rules));
    }

    private static String allowed(String property, String value, Validator rules) {
        return !value.isEmpty()
                        && rules.validateValue(FederatedProfile.class, property, value)
                                .isEmpty()
                ? value
                : null;
    }
}

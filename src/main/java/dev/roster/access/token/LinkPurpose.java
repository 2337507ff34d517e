package dev.roster.access.token;

/**
 * What a link in a mail is for. Type and audience of its token are its own (RFC 8725 section 3.11
 * and 3.9): no other route takes it.
 */
public enum LinkPurpose {
    INVITE("invite+jwt", "invite:accept", "invites", "The token is not one of an invite."),
    EMAIL_CHANGE(
            "email-change+jwt",
            "email:confirm",
            "email-changes",
            "The token is not one of a change of e-mail address.");

    final String type;
    final String scope;
    final String audience;
    final String refusal;

    LinkPurpose(String type, String scope, String audience, String refusal) {
        this.type = type;
        this.scope = scope;
        this.audience = audience;
        this.refusal = refusal;
    }
}

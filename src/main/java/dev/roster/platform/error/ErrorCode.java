package dev.roster.platform.error;

/**
 * Every way a request can fail: a stable code for programs, the HTTP status, and a title for
 * people. Each contract renders it in its own documented body.
 */
public enum ErrorCode {
    API_KEY_NOT_FOUND(404, "API key not found"),
    APPLICATION_NOT_FOUND(404, "Application not found"),
    AUDIT_EVENT_NOT_FOUND(404, "Audit event not found"),
    CONFLICT(409, "The request conflicts with another change"),
    CURRENT_PASSWORD_REQUIRED(403, "The current password is required to change this"),
    EMAIL_CHANGE_ENDED(410, "The change of e-mail address was used, overtaken or has expired"),
    EMAIL_TAKEN(409, "The e-mail address belongs to another user"),
    FEDERATED_ACCOUNT(
            403, "The username, e-mail address and password of a federated account belong to its identity provider"),
    FORBIDDEN(403, "The caller's role does not allow this"),
    GROUP_NAME_TAKEN(409, "The group name is taken"),
    GROUP_NOT_FOUND(404, "Group not found"),
    HEADERS_TOO_LARGE(431, "The headers of the request are too large"),
    INSUFFICIENT_SCOPE(403, "The token does not carry the scope this needs"),
    INTERNAL_ACCOUNT(409, "An internal account cannot be deleted"),
    INTERNAL_ERROR(500, "The service failed to answer"),
    INVALID_CREDENTIALS(401, "The username or the password is wrong"),
    INVALID_CURSOR(400, "The cursor is not one this list gave out"),
    INVALID_REQUEST(400, "The request is not valid"),
    INVALID_TOKEN(401, "A valid access token is required"),
    INVITE_EXPIRED(410, "The invite has expired"),
    INVITE_NOT_FOUND(404, "Invite not found"),
    INVITE_PENDING(409, "The e-mail address has a pending invite"),
    INVITE_RESENT(410, "The invite was sent again; only its newest link is valid"),
    INVITE_REVOKED(410, "The invite was revoked"),
    INVITE_USED(409, "The invite was accepted already"),
    LAST_ADMIN(409, "The last administrator of an organization must remain"),
    LAST_ADMIN_CREDENTIAL(409, "An administrator with a usable secret or password must remain"),
    MALFORMED_JSON(400, "The body is not well-formed JSON"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NAME_TAKEN(409, "The name is taken"),
    NOT_ACCEPTABLE(406, "The answer is not available in a type that Accept names"),
    NOT_FOUND(404, "There is nothing at this path"),
    ORGANIZATION_ACTIVE(409, "An organization is deactivated before it is deleted"),
    ORGANIZATION_DEACTIVATED(403, "The organization is deactivated"),
    ORGANIZATION_NAME_TAKEN(409, "The organization name is taken"),
    ORGANIZATION_NOT_FOUND(404, "Organization not found"),
    PASSWORD_BLOCKED(
            403,
            "Too many wrong passwords were tried; it works only from where it worked lately, until a new one is set"),
    PASSWORD_EXPIRED(403, "The password has expired and is to be changed first"),
    PASSWORD_RESET_ENDED(410, "The link to a new password was used, replaced by a newer one or has expired"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    PRECONDITION_FAILED(412, "The resource has changed since it was read"),
    RATE_LIMITED(429, "Too many requests of this kind"),
    REQUEST_TIMEOUT(408, "The body of the request did not come in time"),
    SECRET_LIMIT_REACHED(409, "There are as many usable secrets as there may be"),
    SECRET_NOT_FOUND(404, "Secret not found"),
    SERVICE_ACCOUNT_NOT_FOUND(404, "Service account not found"),
    SESSION_NOT_FOUND(404, "Session not found"),
    SIGN_IN_AGAIN(403, "Only someone who has just signed in may change this"),
    SYSTEM_ORGANIZATION(409, "The organization that the installation is run from stays active"),
    UNAVAILABLE(503, "The service is temporarily unavailable"),
    UNSUPPORTED_ENCODING(415, "The body must be sent without a Content-Encoding, such as gzip, but identity"),
    UNSUPPORTED_FILE_TYPE(
            415,
            "The body must be application/x-ndjson, application/json, text/csv, text/ldif or application/scim+json"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json"),
    URI_TOO_LONG(414, "The URI of the request is too long"),
    USER_NOT_FOUND(404, "User not found"),
    WRONG_PASSWORD(403, "The current password is wrong");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What happened, as a sentence without a full stop. */
    public String title() {
        return title;
    }

    /** Refuses with this, unless it is so. */
    public void unless(boolean so) {
        if (!so) {
            throw refusal();
        }
    }

    /** The error that this says completely. */
    public RosterException refusal() {
        return RosterException.of(this);
    }

    /** Whether something was refused with this. */
    public boolean isOf(Throwable failure) {
        return failure instanceof RosterException refused && refused.code() == this;
    }

    /** The code as it stands in answers, e.g. {@code user_not_found}. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

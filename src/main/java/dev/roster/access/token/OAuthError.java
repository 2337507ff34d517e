package dev.roster.access.token;

import dev.roster.platform.error.RosterException;
import dev.roster.platform.http.RetryAfter;
import dev.roster.platform.validation.Word;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** A refused request to an OAuth endpoint (RFC 6749 section 5.2). */
public final class OAuthError extends RuntimeException {
    /** The codes of the RFC that this service answers. */
    public enum Code implements Word {
        /** These are only sent back to applications (RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6). */
        ACCESS_DENIED(400),
        LOGIN_REQUIRED(400),
        CONSENT_REQUIRED(400),
        INTERACTION_REQUIRED(400),
        REQUEST_NOT_SUPPORTED(400),
        REQUEST_URI_NOT_SUPPORTED(400),
        TEMPORARILY_UNAVAILABLE(503),
        UNSUPPORTED_RESPONSE_TYPE(400),
        INVALID_REQUEST(400),
        INVALID_CLIENT(401),
        INVALID_GRANT(400),
        INVALID_SCOPE(400),
        /** RFC 8628 section 3.5 has this word for clients that ask too often. */
        SLOW_DOWN(429),
        UNAUTHORIZED_CLIENT(400),
        UNSUPPORTED_GRANT_TYPE(400);

        private final int status;

        Code(int status) {
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }

        /**
         * Refuses with this, unless it is so.
         *
         * @param description without quotes and backslashes, which the RFC does not allow
         */
        public void unless(boolean so, String description) {
            if (!so) {
                throw new OAuthError(this, description);
            }
        }
    }

    private final Code code;
    private final Duration retryAfter;

    /**
     * An error that a client reads.
     *
     * @param description without quotes and backslashes, which the RFC does not allow
     */
    public OAuthError(Code code, String description) {
        this(code, description, null);
    }

    private OAuthError(Code code, String description, Duration retryAfter) {
        // No stack trace: these are answers, and an attacker can cause them at any rate.
        super(description, null, false, false);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public static OAuthError invalidRequest(String description) {
        return new OAuthError(Code.INVALID_REQUEST, description);
    }

    /** One answer for every reason, so that nobody learns which clients exist. */
    public static OAuthError invalidClient() {
        return new OAuthError(Code.INVALID_CLIENT, "Client authentication failed");
    }

    /** One answer for every reason, so that nobody learns which codes and refresh tokens there are. */
    public static OAuthError invalidGrant() {
        return new OAuthError(Code.INVALID_GRANT, "The code or refresh token is not good, or not of this client");
    }

    /** Too many failed authentications; the same request may succeed after this time. */
    public static OAuthError slowDown(Duration retryAfter) {
        return new OAuthError(Code.SLOW_DOWN, "Too many client authentications failed", retryAfter);
    }

    /** The client that an authentication found, refused as the RFC says where it found none or does not look. */
    public static <T> Uni<T> unlessFound(Uni<Optional<T>> client) {
        return client.map(found -> found.orElseThrow(OAuthError::invalidClient))
                .onFailure(RosterException.class)
                .transform(failure -> ((RosterException) failure)
                        .retryAfter()
                        .<Throwable>map(OAuthError::slowDown)
                        .orElse(failure));
    }

    /**
     * No client, where credentials are not good for one of another kind either. Who proves to be one of that kind is
     * refused the grant: its authentication has not failed.
     */
    public static <T> Uni<Optional<T>> unlessOther(Uni<? extends Optional<?>> other) {
        return other.map(found -> {
            Code.UNAUTHORIZED_CLIENT.unless(found.isEmpty(), "The grant type is not for this kind of client");
            return Optional.empty();
        });
    }

    public Code code() {
        return code;
    }

    /**
     * In how many whole seconds the request may be tried again, never too early (RFC 9110 section
     * 10.2.3); empty where waiting does not help.
     */
    public Optional<Long> retryAfterSeconds() {
        return Optional.ofNullable(retryAfter).map(RetryAfter::seconds);
    }
}

package dev.roster.access.token;

import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/** The claims of an access token (RFC 9068 section 2.2) that say who calls. */
public final class CallerClaims {
    public static final String CLIENT_ID = "client_id";
    public static final String SESSION_ID = "sid";
    public static final String ORGANIZATION_ID = "org";
    public static final String ORGANIZATION = "org_name";
    public static final String SCOPE = "scope";

    /** How often the tokens of the account had been revoked before this one was issued. */
    public static final String GENERATION = "generation";

    /**
     * How often its organization had been deactivated before this token was issued; absent: never.
     */
    public static final String ORGANIZATION_GENERATION = "org_generation";

    /** One value: the role (RFC 9068 section 2.2.3.1), of an API key that of its first day. */
    public static final String GROUPS = "groups";

    /** When the account proved who it is (RFC 9068 section 2.2.1), in seconds. */
    public static final String AUTHENTICATED_AT = "auth_time";

    /** Whether the token is an API key: then its account's present role counts. */
    public static final String API_KEY = "api_key";

    /**
     * Whether the token was got with another one: then it gives no longer life to a further one.
     */
    public static final String DERIVED = "derived";

    private CallerClaims() {}

    /**
     * Reads the caller, whose scopes are those of the token as far as its role allows them.
     *
     * @throws MalformedClaimException if a claim is not of its type
     * @throws IllegalArgumentException if a claim is missing or has a value that is never issued
     */
    static Caller read(JwtClaims claims) throws MalformedClaimException {
        Role role = role(claims.getStringListClaimValue(GROUPS));
        return new Caller(
                uuid(claims, ORGANIZATION_ID),
                text(claims, ORGANIZATION),
                uuid(claims, "sub"),
                role,
                scopes(text(claims, SCOPE), role),
                text(claims, CLIENT_ID),
                uuid(claims, SESSION_ID),
                authenticatedAt(claims));
    }

    /** When the account proved who it is; null where the token does not say. */
    public static Instant authenticatedAt(JwtClaims claims) throws MalformedClaimException {
        NumericDate time = claims.getNumericDateClaimValue(AUTHENTICATED_AT);
        return time == null ? null : Instant.ofEpochSecond(time.getValue());
    }

    /** Says when the account proved who it is; nothing where that is not known, as clients take no epoch for a time. */
    public static void setAuthenticatedAt(JwtClaims claims, Instant time) {
        if (time.isAfter(Instant.EPOCH)) {
            claims.setClaim(AUTHENTICATED_AT, time.getEpochSecond());
        }
    }

    /** The generation of the token; none is the first, so that a revocation refuses it. */
    static int generation(JwtClaims claims) throws MalformedClaimException {
        Long generation = claims.getClaimValue(GENERATION, Long.class);
        return generation == null ? 0 : Math.toIntExact(generation);
    }

    /** The generation of the organization's tokens. */
    static int organizationGeneration(JwtClaims claims) throws MalformedClaimException {
        Long generation = claims.getClaimValue(ORGANIZATION_GENERATION, Long.class);
        return generation == null ? 0 : Math.toIntExact(generation);
    }

    /** All scopes of an API key; none where the token is not one. */
    static Set<String> keyScopes(JwtClaims claims) throws MalformedClaimException {
        return Boolean.TRUE.equals(claims.getClaimValue(API_KEY))
                ? Set.of(text(claims, SCOPE).split(" "))
                : Set.of();
    }

    private static Role role(List<String> groups) {
        if (groups == null || groups.size() != 1) {
            throw new IllegalArgumentException("groups must be one role");
        }
        return Role.of(groups.get(0)).orElseThrow(IllegalArgumentException::new);
    }

    private static Set<String> scopes(String scope, Role role) {
        if (scope.equals(Scope.PASSWORD_CHANGE)) {
            return Set.of(scope); // of every role, and never beside another
        }
        return Arrays.stream(scope.split(" "))
                .filter(name -> role.allows(name) || Scope.IDENTITY.contains(name))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static UUID uuid(JwtClaims claims, String name) throws MalformedClaimException {
        return UUID.fromString(text(claims, name));
    }

    private static String text(JwtClaims claims, String name) throws MalformedClaimException {
        String value = claims.getStringClaimValue(name);
        if (value == null) {
            throw new IllegalArgumentException("no claim " + name);
        }
        return value;
    }
}

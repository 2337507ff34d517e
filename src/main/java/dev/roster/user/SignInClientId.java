package dev.roster.user;

import java.util.UUID;

/** The identifier of the client through which a person signs in, by something else than a client's secret. */
public final class SignInClientId {
    public static final String PREFIX = "sign-in-";

    private SignInClientId() {}

    public static String of(UUID userId) {
        return PREFIX + userId;
    }
}

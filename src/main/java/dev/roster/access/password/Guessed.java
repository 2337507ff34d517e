package dev.roster.access.password;

import dev.roster.platform.http.Network;
import java.util.UUID;

/**
 * Whose password an attempt is at.
 *
 * @param subject what its failures are counted for
 * @param organizationId null where no account has the name
 * @param userId null where no account has the name
 */
public record Guessed(FailureSubject subject, UUID organizationId, UUID userId) {

    /** An account that is tried by a stranger, or by whoever is signed in to it. */
    public static Guessed account(UUID organizationId, UUID userId) {
        return new Guessed(
                FailureSubject.of("account", organizationId.toString(), userId.toString()), organizationId, userId);
    }

    /** An account that is tried from a network which it has signed in from. */
    public static Guessed account(UUID organizationId, UUID userId, Network known) {
        return new Guessed(
                FailureSubject.of("account", organizationId.toString(), userId.toString(), known.prefix()),
                organizationId,
                userId);
    }

    /** The first of these, or the second where the account is known there. */
    static Guessed account(UUID organizationId, UUID userId, Network network, boolean known) {
        return known ? account(organizationId, userId, network) : account(organizationId, userId);
    }

    /** A name that no account of an organization has. */
    public static Guessed nobody(String organization, String name) {
        return new Guessed(FailureSubject.of("nobody", organization, name), null, null);
    }
}

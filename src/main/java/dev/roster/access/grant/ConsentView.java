package dev.roster.access.grant;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An application that a person has let in.
 *
 * @param scopes what it may do for the person at most
 * @param since when it was let in, as far as that still counts
 * @param lastSeenAt when it last got a token that goes on, to the minute; null where it has none
 * @param firstParty whether it belongs to the organization, which lets it in without asking anybody
 */
public record ConsentView(
        UUID id,
        String clientId,
        String name,
        List<String> scopes,
        Instant since,
        Instant lastSeenAt,
        boolean firstParty) {}

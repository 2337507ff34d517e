package dev.roster.web;

import dev.roster.access.grant.ConsentView;
import java.util.UUID;

/** An application that a person has let in, as that person sees it. */
public record ConsentRow(UUID id, String name, String scopes, String since, String lastSeen) {

    static ConsentRow of(ConsentView consent) {
        return new ConsentRow(
                consent.id(),
                consent.name(),
                String.join(", ", consent.scopes()),
                Times.of(consent.since()),
                Times.of(consent.lastSeenAt()));
    }
}

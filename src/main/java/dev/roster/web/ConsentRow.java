package dev.roster.web;

import dev.roster.access.grant.ConsentView;
import java.util.List;
import java.util.UUID;

/** An application that a person has let in, as that person sees it. */
public record ConsentRow(
        UUID id, String name, List<ScopeRow> scopes, String since, String lastSeen, boolean firstParty) {

    static ConsentRow of(ConsentView consent, Language language) {
        return new ConsentRow(
                consent.id(),
                consent.name(),
                ScopeRow.of(consent.scopes(), language),
                Times.of(consent.since()),
                Times.of(consent.lastSeenAt()),
                consent.firstParty());
    }
}

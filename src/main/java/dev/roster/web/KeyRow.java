package dev.roster.web;

import dev.roster.access.apikey.ApiKeyView;
import java.util.List;
import java.util.UUID;

/** An API key as its person sees it. */
public record KeyRow(UUID id, String name, String prefix, List<ScopeRow> scopes, String ends, String lastUsed) {

    static KeyRow of(ApiKeyView key, Language language) {
        return new KeyRow(
                key.id(),
                key.name(),
                key.prefix() + "…",
                ScopeRow.of(key.scopes(), language),
                Times.of(key.expiresAt()),
                Times.of(key.lastUsedAt()));
    }
}

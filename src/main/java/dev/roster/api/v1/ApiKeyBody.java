package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.access.apikey.ApiKeyView;
import dev.roster.access.apikey.NewApiKey;
import dev.roster.caller.Caller;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An API key.
 *
 * @param owner the name of the user or service account that it acts for
 * @param createdBy the name of who made it; absent once that account is gone
 * @param current whether the request is made with it
 * @param prefix the first characters of the key
 * @param scopes what it may be used for, as far as the present role of its owner allows
 * @param lastUsedAt to the minute; absent where it never was
 * @param key sent as `UserKey` or `Bearer`; only in the answer that made it
 */
public record ApiKeyBody(
        UUID id,
        String name,
        String owner,
        @JsonInclude(JsonInclude.Include.NON_NULL) String createdBy,
        boolean current,
        String prefix,
        List<String> scopes,
        Instant createdAt,
        Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant lastUsedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) String key) {

    static ApiKeyBody of(Caller caller, ApiKeyView view) {
        return of(caller, view, null);
    }

    static ApiKeyBody of(Caller caller, NewApiKey made) {
        return of(caller, made.view(), made.key());
    }

    private static ApiKeyBody of(Caller caller, ApiKeyView view, String key) {
        return new ApiKeyBody(
                view.id(),
                view.name(),
                view.owner(),
                view.createdBy(),
                view.id().equals(caller.sessionId()),
                view.prefix(),
                view.scopes(),
                view.createdAt(),
                view.expiresAt(),
                view.lastUsedAt(),
                key);
    }

    @Override
    public String toString() {
        return "ApiKeyBody[" + id + "]"; // a key must not end in a log
    }
}

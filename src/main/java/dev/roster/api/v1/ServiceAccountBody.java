package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.access.client.NewSecret;
import dev.roster.access.client.NewServiceAccount;
import dev.roster.access.client.ServiceAccountView;
import dev.roster.caller.Role;
import dev.roster.user.UserStatus;
import dev.roster.user.UserView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A service account.
 *
 * @param tokenExpiresAt when the last of its credentials ends; absent where one never does
 * @param tokenExpired whether no credential is left that works
 * @param credential only in the answer that made it
 */
@RegisterForReflection
public record ServiceAccountBody(
        UUID id,
        String lrn,
        String name,
        String displayName,
        String description,
        Instant createdAt,
        List<GroupBody> groups,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant tokenExpiresAt,
        boolean tokenExpired,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant lastSeenAt,
        boolean isAdmin,
        Role role,
        UserStatus status,
        Map<String, String> metadata,
        @JsonInclude(JsonInclude.Include.NON_NULL) Credential credential) {

    /** What gets a token at the token endpoint. Shown once. */
    @RegisterForReflection
    public record Credential(
            String clientId,
            String clientSecret,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant expiresAt) {
        static Credential of(NewSecret made) {
            return new Credential(
                    made.view().clientId(), made.secret(), made.view().expiresAt());
        }

        @Override
        public String toString() {
            return "Credential[" + clientId + "]"; // a secret must not end in a log
        }
    }

    static ServiceAccountBody of(String organization, ServiceAccountView view) {
        return of(organization, view, null);
    }

    static ServiceAccountBody of(String organization, NewServiceAccount created) {
        return of(organization, created.account(), Credential.of(created.credential()));
    }

    private static ServiceAccountBody of(String organization, ServiceAccountView view, Credential credential) {
        UserView account = view.account();
        return new ServiceAccountBody(
                account.id(),
                Lrn.of(organization, "service-account", account.username()),
                account.username(),
                account.displayName(),
                Objects.requireNonNullElse(account.description(), ""),
                account.createdAt(),
                account.groups().stream()
                        .map(group -> GroupBody.of(organization, group))
                        .toList(),
                view.tokenExpiresAt(),
                view.tokenExpired(),
                account.lastSeenAt(),
                account.role() == Role.ADMIN,
                account.role(),
                account.status(),
                MetadataRules.strings(account.metadata()),
                credential);
    }
}

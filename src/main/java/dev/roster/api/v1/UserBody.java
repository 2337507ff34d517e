package dev.roster.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.user.UserKind;
import dev.roster.user.UserStatus;
import dev.roster.user.UserView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * A user: that of the Lenses contract, with {@code role} and {@code status}.
 *
 * @param lastSeenAt absent before the first sign-in
 * @param groups ordered by name
 */
@RegisterForReflection
public record UserBody(
        UUID id,
        String lrn,
        String name,
        String displayName,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant lastSeenAt,
        List<GroupBody> groups,
        Profile profile,
        boolean isAdmin,
        Role role,
        UserStatus status,
        Map<String, String> metadata) {

    /**
     * Who the person behind the user is.
     *
     * @param pendingEmailAddress the address that waits to be confirmed; for the user itself and
     *     for administrators
     */
    @RegisterForReflection
    public record Profile(
            @JsonInclude(JsonInclude.Include.NON_NULL) String fullName,
            @JsonInclude(JsonInclude.Include.NON_NULL) String emailAddress,
            @JsonInclude(JsonInclude.Include.NON_NULL) String pendingEmailAddress) {}

    /** A user as the caller may see it. */
    static UserBody of(Caller caller, UserView user) {
        return seenBy(caller).apply(user);
    }

    /** Users as the caller may see them; equal for all who see the same. */
    static Function<UserView, UserBody> seenBy(Caller caller) {
        boolean seesAll = caller.scopes().contains(Scope.USERS_WRITE);
        return new Seen(caller.organization(), seesAll ? null : caller.userId());
    }

    /**
     * What some callers see.
     *
     * @param own whose pending address is seen; null where all are
     */
    private record Seen(String organization, UUID own) implements Function<UserView, UserBody> {
        @Override
        public UserBody apply(UserView user) {
            boolean seesPending = own == null || own.equals(user.id());
            return of(organization, user, seesPending ? user.pendingEmail() : null);
        }
    }

    static UserBody of(String organization, UserView user) {
        return of(organization, user, null);
    }

    private static UserBody of(String organization, UserView user, String pendingEmail) {
        String type = user.kind() == UserKind.PERSON ? "user" : "service-account";
        return new UserBody(
                user.id(),
                Lrn.of(organization, type, user.username()),
                user.username(),
                user.displayName(),
                user.createdAt(),
                user.lastSeenAt(),
                user.groups().stream()
                        .map(group -> GroupBody.of(organization, group))
                        .toList(),
                new Profile(user.fullName(), user.email(), pendingEmail),
                user.role() == Role.ADMIN,
                user.role(),
                user.status(),
                MetadataRules.strings(user.metadata()));
    }
}

package dev.roster.access.grant;

import dev.roster.access.client.AuthenticatedApplication;
import dev.roster.access.client.Secret;
import dev.roster.access.session.ApplicationSessions;
import dev.roster.access.session.Session;
import dev.roster.access.token.OAuthError.Code;
import dev.roster.audit.AuditType;
import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.PastOfOrganizations;
import dev.roster.platform.database.PoolSettings;
import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.http.Origin;
import dev.roster.platform.persistence.OneByOne;
import dev.roster.platform.persistence.RowId;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Rotates refresh tokens (RFC 9700 section 4.14.2) under the lock of the account. A used one that comes again ends its
 * session, but for the time in which its answer may have been lost: then it gives the same next token once more, as long as
 * nobody has used that.
 */
@ApplicationScoped
class RefreshRotation {
    // An answer is lost where the database says nothing behind the commit; then the client hears of it, and comes again
    private static final Duration TO_COME_AGAIN = Duration.ofSeconds(20);

    // Whoever comes with an older one is refused, and ends nothing
    private static final Duration REMEMBERED = Duration.ofDays(7);

    // A program whose threads all renew the same token has some dozens
    private static final int MOST_OF_A_TOKEN = 100;

    private static final Uni<Optional<Granted>> REFUSED = Uni.createFrom().item(Optional.empty());

    private final OneByOne turns = new OneByOne(MOST_OF_A_TOKEN);
    private final ApplicationSessions sessions;
    private final ApplicationAccess access;
    private final Duration grace;
    private final Clock clock;

    RefreshRotation(ApplicationSessions sessions, ApplicationAccess access, PoolSettings pool, Clock clock) {
        this.sessions = sessions;
        this.access = access;
        this.grace = pool.silence().plus(TO_COME_AGAIN);
        this.clock = clock;
    }

    /** Deletes used ones, so that a session which was used for long has few left that go with it. */
    @Produces
    @Singleton
    static Cleaner used(Pool database, Clock clock) {
        return new Cleaner(
                "RefreshTokenCleaner",
                database,
                Duration.ofMinutes(10),
                new PastOfOrganizations("refresh_tokens", "id", "used_at", "<", () -> clock.instant()
                        .minus(REMEMBERED)));
    }

    /** All that belongs to a refresh token that is good, or was. */
    private record Held(
            AuthenticatedApplication application,
            User account,
            Session session,
            ApplicationGrant grant,
            RefreshToken kept) {}

    /** New tokens; empty where there are none. */
    Uni<Optional<Granted>> refresh(
            AuthenticatedApplication application, String token, Optional<String> scope, Origin origin) {
        return inTurn(application, token, Optional.empty(), owner -> find(application, owner, token)
                .chain(held -> held == null ? REFUSED : rotate(held, token, scope, origin)));
    }

    /** Ends the session of a token; whether it was ever one of an account, and may have been ended by another request. */
    Uni<Boolean> revoke(AuthenticatedApplication application, String token) {
        return inTurn(application, token, false, owner -> find(application, owner, token)
                .chain(held -> held == null ? Uni.createFrom().voidItem() : end(held, AuditType.TOKEN_REVOKED))
                .replaceWith(true));
    }

    /**
     * Does work for the account of a token: all who come with one token wait for one account. Whose it is, is looked for
     * before, as it proves whose an application without a secret is.
     */
    private <T> Uni<T> inTurn(
            AuthenticatedApplication application, String token, T withoutOwner, Function<UUID, Uni<T>> work) {
        UUID organization = application.organizationId();
        return turns.run(
                Sha256.base64url(token), () -> UnitOfWork.session(() -> RefreshToken.owner(organization, token))
                        .chain(owner -> {
                            if (owner == null) {
                                return Uni.createFrom().item(withoutOwner);
                            }
                            WorkOwner.set(organization);
                            return UnitOfWork.transaction(() -> work.apply(owner));
                        }));
    }

    private Uni<Held> find(AuthenticatedApplication application, UUID owner, String token) {
        return User.lockById(application.organizationId(), owner)
                .chain(account -> account == null ? Uni.createFrom().nullItem() : find(application, account, token));
    }

    private Uni<Held> find(AuthenticatedApplication application, User account, String token) {
        return RefreshToken.find(account.organizationId, token)
                .chain(kept -> kept == null
                        ? Uni.createFrom().nullItem()
                        : sessions.find(account, application.id(), kept.grantId)
                                .chain(session -> session == null
                                        ? Uni.createFrom().nullItem()
                                        : ApplicationGrant.<ApplicationGrant>findById(
                                                        new RowId(account.organizationId, kept.grantId))
                                                .map(grant -> new Held(application, account, session, grant, kept))));
    }

    // Whether it was used before comes first: whatever else is wrong, somebody has a token that was another's
    private Uni<Optional<Granted>> rotate(Held held, String token, Optional<String> scope, Origin origin) {
        if (held.kept().usedAt == null) {
            String salt = Secret.random();
            String next = RefreshToken.next(token, salt);
            // The session first: whoever ends it may be about to delete its tokens
            return answer(held, scope, next, origin)
                    .call(goesOn -> goesOn.isPresent()
                            ? keep(held.kept(), salt, next)
                            : Uni.createFrom().voidItem());
        }
        String given = RefreshToken.next(token, held.kept().salt);
        boolean late = held.kept().usedAt.plus(grace).isBefore(clock.instant());
        return RefreshToken.find(held.account().organizationId, given)
                .chain(successor -> late || successor == null || successor.usedAt != null
                        ? end(held, AuditType.TOKEN_REUSED).chain(() -> REFUSED)
                        : answer(held, scope, given, origin));
    }

    private Uni<Void> keep(RefreshToken used, String salt, String next) {
        Instant now = clock.instant();
        used.usedAt = now;
        used.salt = salt;
        return RefreshToken.of(used.organizationId, used.grantId, next, now)
                .persistAndFlush()
                .replaceWithVoid();
    }

    private Uni<Optional<Granted>> answer(Held held, Optional<String> scope, String next, Origin origin) {
        return access.isAllowed(held.application(), held.account())
                .chain(allowed -> allowed ? granted(held, scope, next, origin) : REFUSED);
    }

    private Uni<Optional<Granted>> granted(Held held, Optional<String> scope, String next, Origin origin) {
        Role role = held.grant().role(held.account());
        Collection<String> scopes = ApplicationAccess.scopes(held.application(), role, asked(held, scope));
        return sessions.use(held.session(), origin, access.usualSpan()).chain(span -> span.map(one -> access.granted(
                                held.application(), held.account(), held.grant(), null, scopes, next, one, false)
                        .map(Optional::of))
                .orElse(REFUSED));
    }

    private Uni<Void> end(Held held, AuditType why) {
        return sessions.end(
                held.account().organizationId,
                held.account().id,
                held.grant().id,
                why,
                held.application().clientId());
    }

    /**
     * What was granted, or less (RFC 6749 section 6). Clients repeat all that they once asked for: what their person could not
     * give is passed over.
     */
    private static Collection<String> asked(Held held, Optional<String> scope) {
        Set<String> granted = Set.of(held.grant().scopes);
        List<String> asked = scope.map(names -> Stream.of(names.split(" ", -1))
                        .filter(name -> !name.equals(Scope.OFFLINE_ACCESS))
                        .toList())
                .orElse(List.copyOf(granted));
        Collection<String> possible = held.application().scopes();
        Code.INVALID_SCOPE.unless(
                asked.stream().allMatch(name -> granted.contains(name) || possible.contains(name)),
                "A scope was not granted");
        return asked.stream().filter(granted::contains).toList();
    }
}

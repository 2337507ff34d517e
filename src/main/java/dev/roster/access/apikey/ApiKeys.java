package dev.roster.access.apikey;

import dev.roster.access.session.KeySessions;
import dev.roster.access.session.OpenSession;
import dev.roster.access.token.TokenIssuer;
import dev.roster.access.token.TokenSubject;
import dev.roster.audit.AuditLog;
import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.limit.RateLimit;
import dev.roster.platform.limit.RateLimits;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import dev.roster.revocation.Revocations;
import dev.roster.user.CredentialEnd;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.UUID;

/**
 * The use cases of API keys: everybody has its own, and an administrator those of every account of
 * its organization.
 */
@ApplicationScoped
public class ApiKeys {
    /** The keys of an account. Its programs are few; one that makes keys in a loop shall notice. */
    public static final int MOST = 100;

    // Each end is remembered by all replicas for two hours. As many as an account has, so
    // that all can be made anew at once
    private static final RateLimit NEW = new RateLimit("api-key", MOST, Duration.ofMinutes(1));

    // Whether its organization is active is looked up for a key
    private static final int NO_GENERATION = 0;

    // 24 characters of base64url show 10 of the random id that a key begins with.
    private static final int PREFIX = 24;

    private final KeyOwners owners;
    private final ApiKeyReads reads;
    private final ApiKeyLife life;
    private final KeySessions sessions;
    private final RateLimits limits;
    private final TokenIssuer tokens;
    private final Revocations revocations;
    private final AuditLog audit;
    private final Clock clock;

    ApiKeys(
            KeyOwners owners,
            ApiKeyReads reads,
            ApiKeyLife life,
            KeySessions sessions,
            RateLimits limits,
            TokenIssuer tokens,
            Revocations revocations,
            AuditLog audit,
            Clock clock) {
        this.owners = owners;
        this.reads = reads;
        this.life = life;
        this.sessions = sessions;
        this.limits = limits;
        this.tokens = tokens;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes a key; {@code user_not_found}, {@code forbidden}, {@code insufficient_scope}, {@code conflict} where there are
     * too many, {@link KeyMadeAlready}, or {@code rate_limited}.
     */
    public Uni<NewApiKey> create(Caller caller, CreateApiKey creation) {
        Instant wanted = life.end(creation.expiresAt(), clock.instant());
        return owners.find(caller, creation.owner()).chain(owner -> keep(caller, owner, creation, wanted));
    }

    /** One key; {@code api_key_not_found}, also where it is one that the caller may not see. */
    public Uni<ApiKeyView> find(Caller caller, UUID id) {
        return reads.find(caller.organizationId(), id)
                .map(found -> found.filter(key -> caller.mayReach(key.ownerId(), Scope.CLIENTS_WRITE)))
                .map(found -> found.orElseThrow(ErrorCode.API_KEY_NOT_FOUND::refusal));
    }

    /** The keys of an account or of all accounts, the newest first; {@code user_not_found}. */
    public Uni<Listing<ApiKeyView>> list(Caller caller, KeyFilter of) {
        return owner(caller, of).map(owner -> reads.list(caller.organizationId(), owner));
    }

    /** Ends a key at once; {@code api_key_not_found}, {@code forbidden}. */
    public Uni<Void> revoke(Caller caller, UUID id) {
        return revocations.heard(find(caller, id)
                .call(key -> owners.of(caller, key).invoke(owner -> KeyOwners.requireRevocation(caller, key, owner)))
                .chain(key -> UnitOfWork.transaction(() -> end(caller, key))));
    }

    /** Ends all keys of a locked account inside the caller's transaction, for a reason. */
    public Uni<Void> revokeAll(User owner, String reason) {
        return ApiKey.openOf(owner)
                .call(() -> sessions.endAll(owner))
                .map(keys -> KeyEvents.revoked(keys, reason))
                .chain(events -> audit.record(events));
    }

    private Uni<Void> end(Caller caller, ApiKeyView key) {
        return sessions.end(caller.organizationId(), key.id())
                .invoke(ErrorCode.API_KEY_NOT_FOUND::unless)
                .chain(() -> audit.record(KeyEvents.revoked(caller.organizationId(), key)));
    }

    /** The account whose keys are listed; null means all. */
    private Uni<UUID> owner(Caller caller, KeyFilter of) {
        if (of.all()) {
            caller.require(Scope.CLIENTS_WRITE);
            return Uni.createFrom().nullItem();
        }
        return owners.find(caller, of.owner());
    }

    private Uni<Void> requireRoom(User owner) {
        return sessions.count(owner).invoke(ApiKeys::requireFew).replaceWithVoid();
    }

    private static void requireFew(long count) {
        if (count >= MOST) {
            throw RosterException.of(ErrorCode.CONFLICT, "The account has " + MOST + " keys already.");
        }
    }

    private Uni<Void> requireNew(User owner, CreateApiKey creation, UUID id) {
        return creation.wish() == null
                ? Uni.createFrom().voidItem()
                : sessions.exists(owner, id).invoke(ApiKeys::requireNew).replaceWithVoid();
    }

    private static void requireNew(boolean exists) {
        if (exists) {
            throw new KeyMadeAlready();
        }
    }

    private Uni<NewApiKey> keep(Caller caller, UUID ownerId, CreateApiKey creation, Instant wanted) {
        return UnitOfWork.transaction(() -> owners.lock(caller, ownerId)
                .call(() -> sessions.requireNoApplication(caller))
                .chain(owner -> keep(caller, owner, creation, id(owner, creation.wish()), wanted)));
    }

    private Uni<NewApiKey> keep(Caller caller, User owner, CreateApiKey creation, UUID id, Instant wanted) {
        return requireNew(owner, creation, id)
                .chain(() -> requireRoom(owner))
                .chain(() -> limits.spend(NEW, owner.organizationId, owner.id.toString()))
                .chain(() -> CredentialEnd.within(caller, wanted, clock))
                .chain(end -> add(caller, owner, creation, id, end));
    }

    /** Its session has the same, which every replica refuses by that alone once it has ended, whosever it is. */
    private UUID id(User owner, UUID wish) {
        return wish == null ? Uuids.v7(clock.instant()) : Uuids.following(wish, owner.organizationId, owner.id);
    }

    private Uni<NewApiKey> add(Caller caller, User owner, CreateApiKey creation, UUID id, Instant expiresAt) {
        Collection<String> scopes = KeyScopes.of(creation.scopes(), owner.role, caller);
        Instant now = clock.instant();
        ApiKey key = new ApiKey();
        key.organizationId = owner.organizationId;
        key.id = id;
        key.userId = owner.id;
        key.name = creation.name();
        key.scopes = scopes.toArray(String[]::new);
        key.createdBy = caller.userId();
        key.createdAt = now;
        return sessions.open(owner, key.id, now, expiresAt)
                .chain(session -> sign(caller, owner, key, session, expiresAt))
                .invoke(token -> key.prefix = token.substring(0, PREFIX))
                .call(() -> key.persist())
                .call(() -> audit.record(KeyEvents.created(key, expiresAt)))
                .chain(token -> withView(key, token));
    }

    private Uni<String> sign(Caller caller, User owner, ApiKey key, OpenSession session, Instant expiresAt) {
        TokenSubject subject = new TokenSubject(
                owner.organizationId,
                caller.organization(),
                NO_GENERATION,
                owner.id,
                owner.role,
                UUID.randomUUID().toString());
        return tokens.issueKey(
                subject,
                session,
                String.join(" ", key.scopes),
                key.createdAt.truncatedTo(ChronoUnit.SECONDS),
                expiresAt);
    }

    private static Uni<NewApiKey> withView(ApiKey key, String token) {
        return ApiKeyReads.made(key)
                .map(found -> found.orElseThrow(ErrorCode.API_KEY_NOT_FOUND::refusal))
                .map(view -> new NewApiKey(view, token));
    }
}

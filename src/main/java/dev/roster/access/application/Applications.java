package dev.roster.access.application;

import dev.roster.access.client.ClientIdentifier;
import dev.roster.access.client.Secret;
import dev.roster.access.session.ApplicationSessions;
import dev.roster.access.signing.KeyRotation;
import dev.roster.access.signing.SigningAlgorithm;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Changes;
import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Given;
import dev.roster.platform.persistence.Precondition;
import dev.roster.platform.persistence.TransactionLock;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import dev.roster.revocation.Revocations;
import dev.roster.user.CallerStanding;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The use cases of applications. One acts for whoever signs in through it, administrators too: to make or change one
 * takes all that those can do.
 */
@ApplicationScoped
public class Applications {
    // An organization connects its programs one by one; one that makes them in a loop shall notice
    private static final long MOST = 200;

    private final ApplicationReads reads;
    private final ApplicationSessions sessions;
    private final ApplicationRemoval removal;
    private final Revocations revocations;
    private final KeyRotation keys;
    private final AuditLog audit;
    private final Clock clock;

    Applications(
            ApplicationReads reads,
            ApplicationSessions sessions,
            ApplicationRemoval removal,
            Revocations revocations,
            KeyRotation keys,
            AuditLog audit,
            Clock clock) {
        this.reads = reads;
        this.sessions = sessions;
        this.removal = removal;
        this.revocations = revocations;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** Those of the organization, the newest first. */
    public Listing<ApplicationView> list(Caller caller) {
        caller.require(Scope.CLIENTS_WRITE);
        return reads.list(caller.organizationId());
    }

    /** One; {@code application_not_found}. */
    public Uni<ApplicationView> find(Caller caller, UUID id) {
        caller.require(Scope.CLIENTS_WRITE);
        return reads.find(caller.organizationId(), id)
                .map(found -> found.orElseThrow(ErrorCode.APPLICATION_NOT_FOUND::refusal));
    }

    /** Makes one; {@code group_not_found}. */
    public Uni<ApplicationView> create(Caller caller, ApplicationTerms terms) {
        authorize(caller);
        Application application = made(caller, terms);
        return reads.groups(caller.organizationId(), terms.audience())
                .invoke(groups -> application.groupIds = groups)
                .call(() -> provideKey(application.idTokenAlgorithm))
                .chain(() -> UnitOfWork.transaction(
                        () -> keep(caller, application, terms.audience()).chain(() -> view(application))));
    }

    /** Changes one; {@code application_not_found}, {@code group_not_found}. */
    public Uni<ApplicationView> patch(Caller caller, UUID id, ApplicationTerms terms, Precondition precondition) {
        authorize(caller);
        return find(caller, id)
                .chain(() -> provideKey(terms.idTokenAlgorithm()))
                .chain(() -> reads.groups(caller.organizationId(), terms.audience()))
                .chain(groups -> UnitOfWork.transaction(() -> lock(caller, id)
                        .call(application -> check(application, precondition))
                        .call(application -> change(application, terms, groups))
                        .chain(Applications::view)));
    }

    /** Takes one away, and with it all its tokens at once; {@code application_not_found}. */
    public Uni<Void> remove(Caller caller, UUID id, Precondition precondition) {
        authorize(caller);
        return revocations
                .heard(UnitOfWork.transaction(() -> require(
                                caller, Application.lockToRemove(caller.organizationId(), id))
                        .call(application -> check(application, precondition))
                        .call(application -> sessions.revokeAll(application.organizationId, application.clientId))
                        .call(application -> view(application)
                                .chain(view -> audit.record(application
                                        .event(AuditType.APPLICATION_REMOVED)
                                        .changing(Changes.between(application.audited(view.groups()), Map.of())))))
                        .call(application -> ClientIdentifier.release(List.of(application.clientId)))
                        .invoke(application -> application.removedAt = clock.instant())))
                .chain(() -> removal.finishSoon(caller.organizationId(), id));
    }

    private static Uni<ApplicationView> view(Application application) {
        return ApplicationReads.changed(application)
                .map(found -> found.orElseThrow(ErrorCode.APPLICATION_NOT_FOUND::refusal));
    }

    private static Uni<Void> check(Application application, Precondition precondition) {
        return precondition.check(() -> view(application).map(ApplicationView::state));
    }

    static void authorize(Caller caller) {
        caller.require(Scope.CLIENTS_WRITE);
        caller.requireDominance(Role.ADMIN);
    }

    static Uni<Application> lock(Caller caller, UUID id) {
        return require(caller, Application.lock(caller.organizationId(), id));
    }

    private static Uni<Application> require(Caller caller, Uni<Application> locked) {
        return UniqueRow.required(locked, ErrorCode.APPLICATION_NOT_FOUND::refusal)
                .call(() -> CallerStanding.require(caller));
    }

    private Application made(Caller caller, ApplicationTerms terms) {
        Instant now = clock.instant();
        Application application = new Application();
        application.organizationId = caller.organizationId();
        application.id = Uuids.v7(now);
        application.clientId = Secret.randomClientId();
        application.createdAt = now;
        application.updatedAt = now;
        application.publicClient = Boolean.TRUE.equals(terms.publicClient());
        application.postLogoutRedirectUris = new String[0];
        application.idTokenAlgorithm = new TreeSet<>(keys.possible()).first();
        apply(application, terms);
        return application;
    }

    private Uni<Void> keep(Caller caller, Application application, Audience audience) {
        // Else all that come at once find the same room
        return TransactionLock.hold("applications " + application.organizationId)
                .chain(() -> CallerStanding.require(caller))
                .chain(() -> Application.count("organizationId = ?1 and removedAt is null", application.organizationId))
                .invoke(Applications::requireRoom)
                .chain(() -> ClientIdentifier.take(application.clientId, application.organizationId))
                .chain(() -> application.persistAndFlush())
                .chain(() -> audit.record(application
                        .event(AuditType.APPLICATION_CREATED)
                        .changing(Changes.between(Map.of(), application.audited(names(audience))))
                        .with("client_id", application.clientId)));
    }

    private Uni<Void> change(Application application, ApplicationTerms terms, UUID[] groups) {
        return terms.audience() == null
                ? change(application, terms, null, null)
                : view(application).chain(present -> {
                    List<String> mayUse = names(terms.audience());
                    if (Objects.equals(unordered(present.groups()), unordered(mayUse))) {
                        return change(application, terms, null, null);
                    }
                    application.groupIds = groups;
                    return change(application, terms, present.groups(), mayUse);
                });
    }

    private Uni<Void> change(
            Application application, ApplicationTerms terms, List<String> couldUse, List<String> mayUse) {
        Map<String, Object> before = application.audited(couldUse);
        apply(application, terms);
        Changes changes = Changes.between(before, application.audited(mayUse));
        if (changes.isEmpty() && Objects.equals(couldUse, mayUse)) {
            return Uni.createFrom().voidItem();
        }
        application.updatedAt = clock.instant();
        return audit.record(application.event(AuditType.APPLICATION_CHANGED).changing(changes));
    }

    private static List<String> names(Audience audience) {
        return audience == null ? null : audience.groups();
    }

    private static Set<String> unordered(List<String> names) {
        return names == null ? null : Set.copyOf(names);
    }

    private static void apply(Application application, ApplicationTerms terms) {
        boolean isPublic = application.publicClient;
        Given.set(terms.name(), value -> application.name = value);
        Given.set(
                terms.redirectUris(),
                uris -> application.redirectUris = RedirectUris.checked("redirect_uris", uris, isPublic));
        Given.set(
                terms.postLogoutRedirectUris(),
                uris -> application.postLogoutRedirectUris =
                        RedirectUris.checked("post_logout_redirect_uris", uris, isPublic));
        Given.set(terms.scopes(), names -> application.scopes = scopes(names));
        Given.set(terms.idTokenAlgorithm(), value -> application.idTokenAlgorithm = value);
        Given.set(terms.firstParty(), value -> application.firstParty = value);
    }

    // Published for as long as possible before the first token is signed by it
    private Uni<Void> provideKey(String algorithm) {
        if (algorithm == null) {
            return Uni.createFrom().voidItem();
        }
        if (!keys.possible().contains(algorithm)) {
            throw RosterException.invalid(
                    "id_token_signed_response_alg",
                    "must be among " + String.join(", ", keys.possible()) + ", of which there are keys");
        }
        return keys.provide(SigningAlgorithm.of(algorithm).orElseThrow());
    }

    private static String[] scopes(List<String> names) {
        Set<String> possible = new TreeSet<>(Role.ADMIN.scopes());
        possible.addAll(Scope.IDENTITY);
        if (!possible.containsAll(names)) {
            throw RosterException.invalid("scopes", "must be among " + String.join(", ", possible));
        }
        return new TreeSet<>(names).toArray(String[]::new);
    }

    private static void requireRoom(long count) {
        if (count >= MOST) {
            throw RosterException.of(ErrorCode.CONFLICT, "The organization has " + MOST + " applications already.");
        }
    }
}

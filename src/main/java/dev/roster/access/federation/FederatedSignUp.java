package dev.roster.access.federation;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.request.RequestOrigin;
import dev.roster.user.CreateUser;
import dev.roster.user.Identifiers;
import dev.roster.user.User;
import dev.roster.user.UserKind;
import dev.roster.user.UserStatus;
import dev.roster.user.Users;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes the account of a token that comes for the first time. */
@ApplicationScoped
class FederatedSignUp {
    private final Users users;
    private final Validator rules;
    private final AuditLog audit;
    private final Vertx vertx;

    FederatedSignUp(Users users, Validator rules, AuditLog audit, Vertx vertx) {
        this.audit = audit;
        this.users = users;
        this.rules = rules;
        this.vertx = vertx;
    }

    /**
     * Makes the account under the name that its issuer prefers, or under one of its own where that
     * is taken: it is never joined with an account that is there.
     */
    Uni<Void> create(UUID organizationId, FederatedToken token) {
        FederatedProfile profile = FederatedProfile.of(token, rules);
        FederatedProfile own = new FederatedProfile(ownName(token), null, profile.displayName());
        return apart(() -> add(organizationId, token, profile.username() == null ? own : profile))
                .onFailure(Identifiers::isTaken)
                .recoverWithUni(taken -> apart(() -> add(organizationId, token, own)));
    }

    private Uni<Void> add(UUID organizationId, FederatedToken token, FederatedProfile profile) {
        CreateUser creation = new CreateUser(
                UserKind.PERSON,
                profile.username(),
                profile.email(),
                profile.displayName(),
                null,
                token.role(),
                UserStatus.ACTIVE,
                Map.of());
        return UnitOfWork.transaction(() -> users.signUp(organizationId, creation)
                        .invoke(user -> {
                            user.belongTo(token.from().issuer().url(), token.subject());
                            // None is taken over that the issuer has not proven
                            user.proveEmail(user.email);
                        })
                        .call(user -> audit.record(signedUp(user, token))))
                .replaceWithVoid();
    }

    private static AuditEvent signedUp(User user, FederatedToken token) {
        return AuditEvent.of(user.organizationId, AuditType.USER_SIGNED_UP)
                .on(Target.Kind.USER, user.id, user.username)
                .with("issuer", token.from().issuer().url());
    }

    /** On a context of its own: the request's must not yet have a session of the database. */
    private Uni<Void> apart(Supplier<Uni<Void>> work) {
        Optional<RequestOrigin> origin = RequestOrigin.current();
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        return Uni.createFrom()
                .emitter(done -> context.runOnContext(start -> {
                    origin.ifPresent(RequestOrigin::enter);
                    work.get().subscribe().with(done::complete, done::fail);
                }));
    }

    /** The issuer's name and 64 bits of the subject's digest. */
    private static String ownName(FederatedToken token) {
        byte[] digest = Sha256.of(token.subject());
        return token.from().issuer().name() + "-" + HexFormat.of().formatHex(digest, 0, 8);
    }
}

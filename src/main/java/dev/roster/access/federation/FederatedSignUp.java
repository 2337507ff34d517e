package dev.roster.access.federation;

import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.request.OwnContext;
import dev.roster.user.CreateUser;
import dev.roster.user.Identifiers;
import dev.roster.user.User;
import dev.roster.user.UserKind;
import dev.roster.user.UserStatus;
import dev.roster.user.Users;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** Makes the account of a token that comes for the first time. */
@ApplicationScoped
class FederatedSignUp {
    private final Users users;
    private final Validator rules;
    private final AuditLog audit;

    FederatedSignUp(Users users, Validator rules, AuditLog audit) {
        this.audit = audit;
        this.users = users;
        this.rules = rules;
    }

    /**
     * Makes the account under the name that its issuer prefers, or under one of its own where that
     * is taken: it is never joined with an account that is there.
     */
    Uni<Void> create(UUID organizationId, FederatedToken token) {
        FederatedProfile profile = FederatedProfile.of(token, rules);
        FederatedProfile own = new FederatedProfile(ownName(token), null, profile.displayName());
        // The request's must not yet have a session of the database
        return OwnContext.apart(() -> add(organizationId, token, profile.username() == null ? own : profile))
                .onFailure(Identifiers::isTaken)
                .recoverWithUni(taken -> OwnContext.apart(() -> add(organizationId, token, own)));
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

    /** The issuer's name and 64 bits of the subject's digest. */
    private static String ownName(FederatedToken token) {
        byte[] digest = Sha256.of(token.subject());
        return token.from().issuer().name() + "-" + HexFormat.of().formatHex(digest, 0, 8);
    }
}

package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/**
 * The rule for what one signs in with, of one's own account: it takes a whole token of someone who
 * has just signed in, and the current password where there is one. API keys and narrowed tokens
 * never do, however they were got.
 */
@ApplicationScoped
public class OwnCredentials {
    private static final String HASH =
            "SELECT password_hash, version FROM users WHERE organization_id = $1 AND id = $2";

    private final Pool database;
    private final PasswordCheck check;
    private final Passwords passwords;
    private final Duration signInWithin;
    private final Clock clock;

    OwnCredentials(Pool database, PasswordCheck check, Passwords passwords, CredentialSettings settings, Clock clock) {
        this.database = database;
        this.check = check;
        this.passwords = passwords;
        this.signInWithin = settings.signInWithin();
        this.clock = clock;
    }

    /** What a change of the caller's own account, or of another, needs before its transaction. */
    Uni<NewCredentials> prepare(Caller caller, UserView account, PatchUser patch, Proof proof) {
        Uni<NewCredentials> proven = require(caller, account, proof).map(owner -> new NewCredentials(owner, null));
        String password = patch.person().password();
        return password == null
                ? proven
                : proven.chain(known -> passwords
                        .hash(password, ContextWords.of(caller, account, patch), Asker.caller(caller))
                        .map(known::with));
    }

    /**
     * The same proof for what else lets somebody in as the caller, such as a new secret. Whoever
     * locks the account for that asks {@link ProvenOwner#require} then.
     */
    public Uni<ProvenOwner> require(Caller caller, UserView account, Proof proof) {
        return caller.is(account.id())
                ? prove(caller, account, proof)
                : Uni.createFrom().item(ProvenOwner.OF_ANOTHER);
    }

    /**
     * Refuses a password or another address for the caller's own locked account that has no password, where the secret that its
     * token was got with ends: they would let in for longer than that.
     */
    Uni<Void> requireLasting(Caller caller, User locked, PatchUser patch) {
        boolean lasts = patch.person().password() != null || PatchUser.differs(patch.email(), locked.email);
        if (!caller.is(locked.id) || locked.passwordHash != null || !lasts) {
            return Uni.createFrom().voidItem();
        }
        return CredentialEnd.within(caller, null, clock)
                .invoke(end -> {
                    if (end != null) {
                        throw RosterException.of(
                                ErrorCode.FORBIDDEN,
                                "The token of a secret that ends sets no first password and no address: they would outlive it.");
                    }
                })
                .replaceWithVoid();
    }

    /** Whether a form that needs this proof is worth filling in: a third of the time is left for that. */
    public boolean leavesTime(Caller caller) {
        Duration worth = signInWithin.multipliedBy(2).dividedBy(3);
        return caller.hasSignedInSince(clock.instant().minus(worth));
    }

    /** Refuses to make something for the caller's own account that lets in as it, where another issuer decides who does. */
    public static void requireOwnIssuer(User account, String made) {
        if (account.oauthProvider != null) {
            throw RosterException.of(
                    ErrorCode.FORBIDDEN,
                    "An account of another issuer cannot make " + made
                            + " for itself: they would outlive what that issuer takes away.");
        }
    }

    /**
     * Proves that a person changes its own account; {@code insufficient_scope}, {@code
     * sign_in_again}, {@code current_password_required}, {@code wrong_password}, {@code
     * rate_limited}, {@code password_blocked}.
     */
    private Uni<ProvenOwner> prove(Caller caller, UserView account, Proof proof) {
        if (!caller.mustChangePassword()) { // whose token has no other scope, and no other use
            caller.requireDominance(account.role());
        }
        caller.requireSignInSince(clock.instant().minus(signInWithin));
        return database.preparedQuery(HASH)
                .execute(Tuple.of(caller.organizationId(), account.id()))
                .map(rows -> Rows.first(rows, row -> new ProvenOwner(account.id(), row.getString(0), row.getInteger(1)))
                        .orElseThrow(ErrorCode.INVALID_TOKEN::refusal))
                .call(owner -> owner.passwordHash() == null
                        ? Uni.createFrom().voidItem()
                        : check(caller, owner.passwordHash(), proof));
    }

    private Uni<Void> check(Caller caller, String hash, Proof proof) {
        ErrorCode.CURRENT_PASSWORD_REQUIRED.unless(proof.password() != null);
        return check.isPassword(caller, hash, proof)
                .invoke(ErrorCode.WRONG_PASSWORD::unless)
                .replaceWithVoid();
    }
}

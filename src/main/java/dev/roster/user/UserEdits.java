package dev.roster.user;

import dev.roster.audit.ProvenActor;
import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Constraints;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Makes a change of a locked account that is allowed, with what it means for its names. */
@ApplicationScoped
public class UserEdits {
    private static final Constraints UNIQUE = new Constraints(
            Map.of(Identifiers.USERNAME_KEY, ErrorCode.NAME_TAKEN, Identifiers.EMAIL_KEY, ErrorCode.EMAIL_TAKEN));

    private final AccessChanges access;
    private final OwnEmailChange ownEmail;
    private final UserCounts counts;
    private final Clock clock;
    private final Duration kept;

    UserEdits(
            AccessChanges access,
            OwnEmailChange ownEmail,
            UserCounts counts,
            Clock clock,
            CredentialSettings settings) {
        kept = settings.keptWhileDeactivated();
        this.access = access;
        this.ownEmail = ownEmail;
        this.counts = counts;
        this.clock = clock;
    }

    /** What is unique about an account in its organization. */
    @Produces
    @Singleton
    static Constraints unique() {
        return UNIQUE;
    }

    /**
     * Makes a change inside the caller's transaction; {@code name_taken}, {@code email_taken}. A
     * person's own address stays as it is until the new one is proven.
     */
    Uni<Void> make(Caller caller, User user, PatchUser patch, String passwordHash) {
        if (!patch.changesOwnEmail(caller, user)) {
            return apply(user, () -> change(caller, user, patch, passwordHash), () -> keepStanding(caller, user));
        }
        return apply(user, () -> change(caller, user, patch.withoutEmail(), passwordHash))
                .chain(() -> ownEmail.request(caller, user, patch.email()));
    }

    /**
     * Gives a locked account the address that its person has proven by a link, inside the caller's
     * transaction; {@code email_taken}.
     */
    public Uni<Void> changeEmail(User user, String email) {
        ProvenActor.note(user.organizationId, user.id);
        return apply(user, () -> {
            user.changeEmail(email);
            user.proveEmail(user.email);
            user.touch(clock.instant());
        });
    }

    /**
     * Gives a locked account the password that its person has chosen by a link in a mail, inside the caller's transaction.
     * Whoever knew the former one is signed out.
     */
    public Uni<Void> resetPassword(User user, String passwordHash) {
        ProvenActor.note(user.organizationId, user.id);
        return access.apply(
                user,
                () -> {
                    user.changePassword(passwordHash);
                    user.proveEmail(user.email);
                    user.touch(clock.instant());
                },
                event -> event.with("by_mail", true));
    }

    /** The change itself; whoever comes back after long has to choose a new password. */
    void change(Caller caller, User user, PatchUser patch, String passwordHash) {
        Instant now = clock.instant();
        boolean back = user.status == UserStatus.DEACTIVATED
                && patch.statusAfter(user.status) == UserStatus.ACTIVE
                && deactivatedSince(user).isBefore(now.minus(kept));
        UserChanges.apply(caller, user, patch, passwordHash, now);
        if (back && passwordHash == null && user.passwordHash != null) {
            user.passwordExpired = true;
        }
    }

    /** Behind a wait for a name, too; whoever changes its own account may have taken rights from itself. */
    private static Uni<?> keepStanding(Caller caller, User user) {
        return caller.is(user.id) ? Uni.createFrom().voidItem() : CallerStanding.require(caller);
    }

    // An earlier version does not note it; the last change is then what is known
    private static Instant deactivatedSince(User user) {
        return Objects.requireNonNullElse(user.deactivatedAt, user.updatedAt);
    }

    /**
     * Makes a change of a locked account inside the caller's transaction, with what it means for access and names;
     * {@code name_taken}, {@code email_taken}.
     */
    Uni<Void> apply(User user, Runnable change) {
        return apply(user, change, Uni.createFrom()::voidItem);
    }

    private Uni<Void> apply(User user, Runnable change, Supplier<Uni<?>> claimed) {
        String username = user.username;
        String place = user.usernameKey;
        String email = user.email;
        return access.apply(user, change)
                // Before it is counted, as by an import: two of them would wait in a circle
                .chain(() -> user.username.equals(username) && Objects.equals(user.email, email)
                        ? Uni.createFrom().voidItem()
                        : Identifiers.claim(user).call(claimed))
                .chain(() -> user.usernameKey.equals(place) ? Uni.createFrom().voidItem() : counts.move(user))
                // The change is written before others are looked for, and the key may refuse it then
                .onFailure()
                .transform(UNIQUE::meaning);
    }
}

package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Precondition;
import dev.roster.platform.persistence.UnitOfWork;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Opens the deactivated account of a person who comes back: it waits for its person like an invited one, without what let
 * somebody in before. To make it active as it was is a change of its status.
 */
@ApplicationScoped
public class Reopening {
    private final Users users;
    private final AccessChanges access;
    private final AccountFollowers followers;
    private final Clock clock;

    Reopening(Users users, AccessChanges access, AccountFollowers followers, Clock clock) {
        this.users = users;
        this.access = access;
        this.followers = followers;
        this.clock = clock;
    }

    /**
     * Opens an account again; {@code conflict} where it is not deactivated, or federated.
     *
     * @param keepGroups whether it stays in its groups, which takes the right to put it into them
     */
    public Uni<UserView> reopen(Caller caller, String username, boolean keepGroups, Precondition precondition) {
        return UnitOfWork.transaction(() -> users.lock(caller, UserReference.person(username))
                .call(user -> users.check(user, precondition))
                .call(user -> reopen(caller, user, keepGroups))
                .chain(users::view));
    }

    /** Opens a locked account again, inside the caller's transaction; as above. */
    public Uni<Void> reopen(Caller caller, User user, boolean keepGroups) {
        caller.require(Scope.USERS_WRITE);
        if (keepGroups) {
            caller.require(Scope.GROUPS_WRITE);
        }
        caller.requireDominance(user.role);
        if (user.status != UserStatus.DEACTIVATED) {
            throw RosterException.of(ErrorCode.CONFLICT, "The account is not deactivated.");
        }
        if (user.isFederated()) {
            // Its identity provider lets its person in, and has no use for an invite
            throw RosterException.of(ErrorCode.CONFLICT, "A federated account is made active by its status.");
        }
        user.tokenGeneration++;
        return followers
                .each(one -> one.onReopening(user, keepGroups))
                .chain(() -> access.apply(user, () -> {
                    UserChanges.become(user, UserStatus.PENDING_SIGN_UP, clock.instant());
                    user.changePassword(null);
                    user.touch(clock.instant());
                }));
    }
}

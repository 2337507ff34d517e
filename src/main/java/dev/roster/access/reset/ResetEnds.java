package dev.roster.access.reset;

import dev.roster.user.AccountFollower;
import dev.roster.user.User;
import dev.roster.user.UserBefore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Objects;

/** Ends the link to a new password with what it rests on: the password, the address and the state of the account. */
@Singleton
class ResetEnds implements AccountFollower {
    @Override
    public Rank rank() {
        return Rank.PASSWORDS;
    }

    @Override
    public Uni<Void> onPasswordChange(User user) {
        return PasswordReset.end(user.organizationId, user.id);
    }

    @Override
    public Uni<Void> afterChange(UserBefore before, User user) {
        return before.status() != user.status || !Objects.equals(before.email(), user.email)
                ? PasswordReset.end(user.organizationId, user.id)
                : Uni.createFrom().voidItem();
    }
}

package dev.roster.user;

import io.smallrye.mutiny.Uni;

/** What follows, in the same transaction, from a change of an account. */
public interface AfterUserChange {
    Uni<Void> afterChange(UserBefore before, User user);
}

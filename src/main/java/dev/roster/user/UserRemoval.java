package dev.roster.user;

import io.smallrye.mutiny.Uni;

/** What must happen in a transaction before an account's row can go. */
public interface UserRemoval {
    Uni<Void> beforeRemoval(User user);
}

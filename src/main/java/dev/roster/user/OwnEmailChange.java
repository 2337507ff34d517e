package dev.roster.user;

import dev.roster.caller.Caller;
import io.smallrye.mutiny.Uni;

/** What happens where a person asks for another e-mail address of its own account. */
public interface OwnEmailChange {
    /** Lets the change of a locked account wait until the address is proven to be the person's. */
    Uni<Void> request(Caller caller, User user, String email);
}

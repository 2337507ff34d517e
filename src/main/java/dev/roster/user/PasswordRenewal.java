package dev.roster.user;

import dev.roster.platform.background.WorkState;
import dev.roster.platform.error.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Hashes passwords anew that were hashed otherwise than they are now; a metric and the log tell of what fails. */
@ApplicationScoped
public class PasswordRenewal {
    // Only where the password is still the one that was proved. No change of the account: its
    // version stays, by which ProvenOwner knows it, and so do its sessions.
    private static final String RENEW = """
            UPDATE users SET password_hash = $4
             WHERE organization_id = $1 AND id = $2 AND password_hash = $3
            """;

    private final Passwords passwords;
    private final Pool database;
    private final WorkState state;

    PasswordRenewal(Passwords passwords, Pool database, MeterRegistry metrics) {
        this.passwords = passwords;
        this.database = database;
        state = new WorkState("PasswordRenewal", metrics);
    }

    /**
     * Renews the hash of a password that has just been proved, if it is outdated. Never fails: the
     * next sign-in tries again.
     */
    public Uni<Void> renew(UUID organizationId, UUID userId, String password, String hash, Asker asker) {
        if (!passwords.isOutdated(hash)) {
            return Uni.createFrom().voidItem();
        }
        return passwords
                .rehash(password, asker)
                .chain(renewed ->
                        database.preparedQuery(RENEW).execute(Tuple.of(organizationId, userId, hash, renewed)))
                .invoke(state::succeed)
                .replaceWithVoid()
                // Many sign in, and this can wait
                .onFailure(failure -> !isFull(failure))
                .invoke(state::fail)
                .onFailure()
                .recoverWithNull();
    }

    private static boolean isFull(Throwable failure) {
        return ErrorCode.UNAVAILABLE.isOf(failure) || ErrorCode.RATE_LIMITED.isOf(failure);
    }
}

package dev.roster.user;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Hashes passwords anew that were hashed otherwise than they are now. */
@ApplicationScoped
public class PasswordRenewal {
    private static final Logger LOG = Logger.getLogger(PasswordRenewal.class);

    // Only where the password is still the one that was proved. No change of the account: its
    // version stays, by which ProvenOwner knows it, and so do its sessions.
    private static final String RENEW = """
            UPDATE users SET password_hash = $4
             WHERE organization_id = $1 AND id = $2 AND password_hash = $3
            """;

    private final Passwords passwords;
    private final Pool database;

    PasswordRenewal(Passwords passwords, Pool database) {
        this.passwords = passwords;
        this.database = database;
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
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "a password was not hashed anew"))
                .onFailure()
                .recoverWithNull();
    }
}

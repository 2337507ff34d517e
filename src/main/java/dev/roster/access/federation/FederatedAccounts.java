package dev.roster.access.federation;

import dev.roster.access.token.CallerClaims;
import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.user.UserStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jose4j.jwt.MalformedClaimException;

/**
 * The account behind a token of another issuer: the one of this issuer and subject, whatever its
 * name or e-mail address. It is read for every request, so that its deactivation and a lower role
 * hold at once.
 */
@ApplicationScoped
class FederatedAccounts {
    private static final String FIND = """
            SELECT o.id, o.name, u.id, u.role, u.status,
                   EXISTS (SELECT FROM removed_federated_accounts r
                            WHERE r.organization_id = o.id AND r.subject_digest = $4)
              FROM organizations o
              LEFT JOIN users u
                ON u.organization_id = o.id AND u.oauth_provider = $2 AND u.oauth_id = $3
             WHERE o.name = $1 AND o.status = 'active'
            """;

    private final Pool database;
    private final FederatedSignUp signUp;

    FederatedAccounts(Pool database, FederatedSignUp signUp) {
        this.database = database;
        this.signUp = signUp;
    }

    /** Who calls; fails where the account does not exist and is not made, or is not active. */
    Uni<Caller> caller(FederatedToken token) {
        return find(token)
                .chain(row -> isToBeMade(token, row)
                        ? signUp.create(row.getUUID(0), token)
                                .onFailure()
                                .recoverWithUni(failure -> again(token, failure))
                                .chain(() -> find(token))
                        : Uni.createFrom().item(row))
                .map(row -> caller(token, row));
    }

    /** An account that was deleted stays away: its deletion has ended this person's access. */
    private static boolean isToBeMade(FederatedToken token, Row row) {
        return row.getUUID(2) == null && token.from().issuer().createsAccounts() && !row.getBoolean(5);
    }

    /** Of two first requests at once, one makes the account and the other finds it. */
    private Uni<Void> again(FederatedToken token, Throwable failure) {
        return find(token)
                .chain(row -> row.getUUID(2) == null
                        ? Uni.createFrom().failure(failure)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Row> find(FederatedToken token) {
        TrustedIssuer issuer = token.from().issuer();
        return database.preparedQuery(FIND)
                .execute(Tuple.of(issuer.organization(), issuer.url(), token.subject())
                        .addBuffer(Buffer.buffer(RemovedAccounts.digest(issuer.url(), token.subject()))))
                .map(rows -> only(rows, issuer));
    }

    private static Row only(RowSet<Row> rows, TrustedIssuer issuer) {
        if (rows.size() == 0) {
            throw FederatedTokenVerifier.refused("there is no active organization " + issuer.organization(), null);
        }
        return rows.iterator().next();
    }

    private static Caller caller(FederatedToken token, Row row) {
        if (row.getUUID(2) == null || !UserStatus.ACTIVE.value().equals(row.getString(4))) {
            throw FederatedTokenVerifier.refused("it has no active account", null);
        }
        // The lower of what the issuer says and what the directory says
        Role inDirectory = Role.of(row.getString(3)).orElseThrow();
        Role role = token.role().includes(inDirectory) ? inDirectory : token.role();
        return new Caller(
                row.getUUID(0),
                row.getString(1),
                row.getUUID(2),
                role,
                role.scopes(),
                token.from().issuer().name() + ":" + client(token),
                session(token),
                authenticatedAt(token));
    }

    /** What the issuer says of it, if it says anything. */
    private static Instant authenticatedAt(FederatedToken token) {
        try {
            return CallerClaims.authenticatedAt(token.claims());
        } catch (MalformedClaimException notATime) {
            return null;
        }
    }

    private static String client(FederatedToken token) {
        return Stream.of("azp", "client_id", "appid")
                .map(token::text)
                .filter(client -> !client.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Its issuer keeps the session; the id only tells sessions apart. */
    private static UUID session(FederatedToken token) {
        String name = String.join("\n", token.from().issuer().url(), token.subject(), token.text("sid"));
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}

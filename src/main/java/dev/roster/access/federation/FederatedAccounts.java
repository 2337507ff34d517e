package dev.roster.access.federation;

import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.platform.database.WorkOwner;
import dev.roster.user.OrganizationNames;
import dev.roster.user.UserStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

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
                            WHERE r.organization_id = $1 AND r.subject_digest = $4),
                   o.generation
              FROM organizations o
              LEFT JOIN users u
                ON u.organization_id = $1 AND u.oauth_provider = $2 AND u.oauth_id = $3
             WHERE o.id = $1 AND o.name = $5 AND o.status = 'active'
            """;

    // One for each name of the configuration
    private final Map<String, UUID> known = new ConcurrentHashMap<>();

    private final Pool database;
    private final OrganizationNames organizations;
    private final FederatedSignUp signUp;

    FederatedAccounts(Pool database, OrganizationNames organizations, FederatedSignUp signUp) {
        this.database = database;
        this.organizations = organizations;
        this.signUp = signUp;
    }

    /**
     * An account as the directory has it.
     *
     * @param organization the name
     * @param organizationGeneration how often that has been deactivated
     * @param id null where there is none
     * @param role null where there is none
     */
    record DirectoryAccount(
            UUID organizationId,
            String organization,
            int organizationGeneration,
            UUID id,
            Role role,
            boolean isActive,
            boolean wasRemoved) {}

    /** Who calls; fails where the account does not exist and is not made, or is not active. */
    Uni<Caller> caller(FederatedToken token) {
        return find(token).map(account -> caller(token, account));
    }

    /** The account, which is made where that is to be; fails where there is no organization for it. */
    Uni<DirectoryAccount> find(FederatedToken token) {
        return read(token)
                .chain(account -> isToBeMade(token, account)
                        ? signUp.create(account.organizationId(), token)
                                .onFailure()
                                .recoverWithUni(failure -> again(token, failure))
                                .chain(() -> read(token))
                        : Uni.createFrom().item(account));
    }

    /** An account that was deleted stays away: its deletion has ended this person's access. */
    private static boolean isToBeMade(FederatedToken token, DirectoryAccount account) {
        return account.id() == null && token.from().issuer().createsAccounts() && !account.wasRemoved();
    }

    /** Of two first requests at once, one makes the account and the other finds it. */
    private Uni<Void> again(FederatedToken token, Throwable failure) {
        return read(token)
                .chain(account -> account.id() == null
                        ? Uni.createFrom().failure(failure)
                        : Uni.createFrom().voidItem());
    }

    /** The account as it is, which is not made; fails as {@link #find} does. */
    Uni<DirectoryAccount> read(FederatedToken token) {
        TrustedIssuer issuer = token.from().issuer();
        UUID before = known.get(issuer.organization());
        if (before == null) {
            return readAnew(token);
        }
        WorkOwner.set(before);
        return read(before, token)
                .chain(rows ->
                        rows.size() == 0 ? readAnew(token) : Uni.createFrom().item(only(rows, issuer)));
    }

    private Uni<DirectoryAccount> readAnew(FederatedToken token) {
        String name = token.from().issuer().organization();
        return organizations
                .id(name)
                .invoke(id -> known.put(name, id))
                .chain(id -> read(id, token))
                .map(rows -> only(rows, token.from().issuer()));
    }

    private Uni<RowSet<Row>> read(UUID organizationId, FederatedToken token) {
        TrustedIssuer issuer = token.from().issuer();
        return database.preparedQuery(FIND)
                .execute(Tuple.of(organizationId, issuer.url(), token.subject())
                        .addBuffer(Buffer.buffer(RemovedAccounts.digest(issuer.url(), token.subject())))
                        .addString(issuer.organization()));
    }

    private static DirectoryAccount only(RowSet<Row> rows, TrustedIssuer issuer) {
        if (rows.size() == 0) {
            throw FederatedTokenVerifier.refused("there is no active organization " + issuer.organization(), null);
        }
        Row row = rows.iterator().next();
        return new DirectoryAccount(
                row.getUUID(0),
                row.getString(1),
                row.getInteger(6),
                row.getUUID(2),
                Role.of(row.getString(3)).orElse(null),
                UserStatus.ACTIVE.value().equals(row.getString(4)),
                row.getBoolean(5));
    }

    private static Caller caller(FederatedToken token, DirectoryAccount account) {
        if (!account.isActive()) {
            throw FederatedTokenVerifier.refused("it has no active account", null);
        }
        Role role = account.role().atMost(token.role());
        return new Caller(
                account.organizationId(),
                account.organization(),
                account.id(),
                role,
                role.scopes(),
                token.from().issuer().name() + ":" + client(token),
                session(token),
                token.authenticatedAt().orElse(null));
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

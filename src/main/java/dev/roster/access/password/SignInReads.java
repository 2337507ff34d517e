package dev.roster.access.password;

import dev.roster.caller.Role;
import dev.roster.platform.http.Network;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.user.OrganizationNames;
import dev.roster.user.SignInClientId;
import dev.roster.user.TypedName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Reads who may sign in with a password. */
@ApplicationScoped
public class SignInReads {
    // What belongs to another issuer is signed in there
    private static final String FIND = """
            SELECT u.organization_id, o.name, u.id, u.role, u.password_hash, u.password_expired, c.id,
                   EXISTS (SELECT FROM known_networks n
                            WHERE n.organization_id = $1 AND n.user_id = u.id AND n.network = $7
                              AND n.seen_at > $8),
                   o.generation
              FROM users u
              JOIN organizations o ON o.id = u.organization_id
              LEFT JOIN clients c ON c.organization_id = u.organization_id AND c.client_id = $6 || CAST(u.id AS text)
             WHERE u.organization_id = $1 AND o.status = 'active' AND %s
               AND u.kind = 'person'
               AND u.status = 'active' AND u.password_hash IS NOT NULL AND u.oauth_provider IS NULL
             ORDER BY %s LIMIT 1
            """.formatted(TypedName.CONDITION, TypedName.ORDER);

    private static final String GENERATION = "SELECT generation FROM organizations WHERE id = $1";

    private final Pool database;
    private final OrganizationNames organizations;
    private final KnownNetworks networks;

    SignInReads(Pool database, OrganizationNames organizations, KnownNetworks networks) {
        this.database = database;
        this.organizations = organizations;
        this.networks = networks;
    }

    /**
     * An account with a password.
     *
     * @param organization the name
     * @param clientId the row of its client; null where it has not signed in yet
     * @param known whether it has signed in from this network lately
     * @param organizationGeneration how often the organization has been deactivated
     */
    record PasswordAccount(
            UUID organizationId,
            String organization,
            UUID userId,
            Role role,
            String passwordHash,
            boolean passwordExpired,
            UUID clientId,
            boolean known,
            int organizationGeneration) {
        @Override
        public String toString() {
            return "PasswordAccount[" + userId + "]"; // a hash must not end in a log
        }
    }

    /** How often an organization has been deactivated. */
    Uni<Integer> generation(UUID organizationId) {
        return database.preparedQuery(GENERATION)
                .execute(Tuple.of(organizationId))
                .map(rows -> Rows.first(rows, row -> row.getInteger(0)).orElseThrow());
    }

    /** The account of a username or an e-mail address, which somebody names from a network. */
    Uni<Optional<PasswordAccount>> find(String organization, String name, Network network) {
        if (!CanonicalText.isPrintable(organization + name)) {
            return Uni.createFrom().item(Optional.empty());
        }
        return organizations
                .id(organization)
                .chain(id -> database.preparedQuery(FIND)
                        .execute(TypedName.values(id, name)
                                .addString(SignInClientId.PREFIX)
                                .addValue(KnownNetworks.digest(network))
                                .addOffsetDateTime(networks.knownSince())))
                .map(rows -> Rows.first(rows, SignInReads::account));
    }

    private static PasswordAccount account(Row row) {
        return new PasswordAccount(
                row.getUUID(0),
                row.getString(1),
                row.getUUID(2),
                Role.of(row.getString(3)).orElseThrow(),
                row.getString(4),
                row.getBoolean(5),
                row.getUUID(6),
                row.getBoolean(7),
                row.getInteger(8));
    }
}

package dev.roster.access.client;

import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Authenticates applications at the token endpoint: a confidential one by one of its secrets, a public one by nothing but
 * its name (RFC 6749 section 3.2.1). Who guesses is put off as one who guesses secrets of clients is.
 */
@ApplicationScoped
public class ApplicationAuthentication {
    private static final String USABLE = """
            SELECT a.organization_id, o.name, o.generation, a.id, a.client_id, a.scopes, a.is_public,
                   s.id, s.secret_digest, a.id_token_signed_response_alg
              FROM applications a
              JOIN organizations o ON o.id = a.organization_id
              LEFT JOIN application_secrets s ON s.organization_id = a.organization_id AND s.application_id = a.id
                   AND (s.expires_at IS NULL OR s.expires_at > $2)
             WHERE a.organization_id = $1 AND a.client_id = $3 AND a.removed_at IS NULL AND o.status = 'active'
            """;

    private static final String EXISTS =
            "SELECT 1 FROM applications WHERE organization_id = $1 AND client_id = $2 AND removed_at IS NULL";

    private static final byte[] NO_DIGEST = new byte[32];

    private final Pool database;
    private final ClientOrganizations organizations;
    private final ClientAuthentication failures;
    private final Clock clock;

    ApplicationAuthentication(
            Pool database, ClientOrganizations organizations, ClientAuthentication failures, Clock clock) {
        this.database = database;
        this.organizations = organizations;
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * The application of these credentials; empty where there is none, its secret is another, or one is given or missing
     * against its kind; {@code rate_limited} where that happened too often.
     *
     * @param address where the request comes from; null where that is not known
     */
    public Uni<Optional<AuthenticatedApplication>> authenticate(ClientCredentials credentials, String address) {
        return read(credentials).chain(rows -> limited(rows, credentials, address));
    }

    /**
     * The same of credentials that may be those of a client of an account.
     *
     * @param otherwise what is asked, and counts, where a secret is given and there is no usable application
     */
    public Uni<Optional<AuthenticatedApplication>> authenticate(
            ClientCredentials credentials,
            String address,
            Supplier<Uni<Optional<AuthenticatedApplication>>> otherwise) {
        return read(credentials)
                .chain(rows -> rows.isEmpty() && credentials.secret() != null
                        ? otherwise.get()
                        : limited(rows, credentials, address));
    }

    private Uni<List<Row>> read(ClientCredentials credentials) {
        return credentials.isPossible()
                ? organizations
                        .read(credentials.clientId(), organization -> database.preparedQuery(USABLE)
                                .execute(Tuple.of(organization, Rows.now(clock), credentials.clientId())))
                        .map(rows -> Rows.list(rows, row -> row))
                : Uni.createFrom().item(List.of());
    }

    private Uni<Optional<AuthenticatedApplication>> limited(
            List<Row> rows, ClientCredentials credentials, String address) {
        Optional<AuthenticatedApplication> found = proven(rows, credentials.secret());
        // Who proves nothing has guessed nothing
        if (found.isPresent() && credentials.secret() == null) {
            return Uni.createFrom().item(found);
        }
        found.ifPresent(application -> WorkOwner.set(application.organizationId()));
        return failures.limit(credentials, secret(credentials), found.isPresent(), !rows.isEmpty(), address)
                .replaceWith(found);
    }

    /** Whether there is an application of this identifier, which is no secret. */
    public Uni<Boolean> exists(ClientCredentials credentials) {
        return credentials.isPossible()
                ? organizations
                        .read(credentials.clientId(), organization -> database.preparedQuery(EXISTS)
                                .execute(Tuple.of(organization, credentials.clientId())))
                        .map(rows -> rows.size() > 0)
                : Uni.createFrom().item(false);
    }

    private static String secret(ClientCredentials credentials) {
        return credentials.secret() == null ? "" : credentials.secret();
    }

    private static Optional<AuthenticatedApplication> proven(List<Row> rows, String secret) {
        Optional<AuthenticatedApplication> found = Optional.empty();
        byte[] compared = NO_DIGEST;
        for (Row row : rows) {
            boolean open = row.getBoolean(6);
            if (open && secret == null) {
                return Optional.of(application(row, null));
            }
            compared = open || row.getBuffer(8) == null
                    ? NO_DIGEST
                    : row.getBuffer(8).getBytes();
            if (secret != null && Secret.matches(secret, compared)) {
                found = Optional.of(application(row, row.getUUID(7)));
            }
        }
        return found;
    }

    private static AuthenticatedApplication application(Row row, UUID secretId) {
        return new AuthenticatedApplication(
                row.getUUID(0),
                row.getString(1),
                row.getInteger(2),
                row.getUUID(3),
                row.getString(4),
                Set.of(row.getArrayOfStrings(5)),
                row.getString(9),
                secretId);
    }
}

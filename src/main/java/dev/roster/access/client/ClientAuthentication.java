package dev.roster.access.client;

import dev.roster.caller.Role;
import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Supplier;

/** Authenticates clients by their secret (RFC 6749 section 2.3.1), and puts off those who guess. */
@ApplicationScoped
public class ClientAuthentication {
    private static final String USABLE_CLIENT = """
            SELECT c.secret_digest, c.organization_id, o.name, c.user_id, u.role, c.id, c.client_id, c.expires_at,
                   c.is_system, o.generation
              FROM clients c
              JOIN users u ON u.organization_id = c.organization_id AND u.id = c.user_id
              JOIN organizations o ON o.id = c.organization_id
             WHERE c.organization_id = $1 AND c.client_id = $3 AND u.status = 'active' AND o.status = 'active' AND c.revoked_at IS NULL
               AND (c.expires_at IS NULL OR c.expires_at > $2)
            """;

    // Compared with where there is no client, so that an unknown one takes as long as a wrong
    // secret.
    private static final byte[] NO_DIGEST = new byte[32];

    private final Pool database;
    private final ClientOrganizations organizations;
    private final FailedAuthentications failures;
    private final ClientFailures recorded;
    private final Clock clock;

    ClientAuthentication(
            Pool database,
            ClientOrganizations organizations,
            FailedAuthentications failures,
            ClientFailures recorded,
            Clock clock) {
        this.database = database;
        this.organizations = organizations;
        this.failures = failures;
        this.recorded = recorded;
        this.clock = clock;
    }

    /**
     * The client of the credentials of a request; empty as below; {@code rate_limited} where that
     * happened too often. A right secret that was made here is never put off: nobody guesses it.
     * One that a person chose may be a guess, so it is where its client has failed from that
     * address.
     *
     * @param address where the request comes from; null where that is not known
     */
    public Uni<Optional<AuthenticatedClient>> authenticate(ClientCredentials credentials, String address) {
        return read(credentials).chain(answer -> limited(answer, credentials, address));
    }

    /**
     * The same of credentials that may be those of an application.
     *
     * @param otherwise what is asked, and counts, where there is no usable client of this identifier
     */
    public Uni<Optional<AuthenticatedClient>> authenticate(
            ClientCredentials credentials, String address, Supplier<Uni<Optional<AuthenticatedClient>>> otherwise) {
        return read(credentials)
                .chain(answer -> answer.exists() ? limited(answer, credentials, address) : otherwise.get());
    }

    /**
     * The client of these credentials, which come from the installation itself; empty where there
     * is none, its secret is another, it is revoked or has expired, or its account is not active.
     */
    public Uni<Optional<AuthenticatedClient>> authenticate(ClientCredentials credentials) {
        return read(credentials).map(Answer::client);
    }

    private Uni<Optional<AuthenticatedClient>> limited(Answer answer, ClientCredentials credentials, String address) {
        answer.client().ifPresent(client -> WorkOwner.set(client.organizationId()));
        return limit(credentials, answer.secret(), answer.client().isPresent(), answer.exists(), address)
                .replaceWith(answer.client());
    }

    /** Counts what came of credentials, whatever they are for, and puts off who was wrong too often. */
    Uni<Void> limit(ClientCredentials credentials, String secret, boolean proven, boolean exists, String address) {
        AuthenticationAttempt attempt = AuthenticationAttempt.of(credentials.clientId(), address);
        if (!proven) {
            return failures.refuse(attempt, secret, exists).chain(() -> recorded.add(credentials));
        }
        return Secret.isRandom(secret) ? Uni.createFrom().voidItem() : failures.requireFew(attempt);
    }

    /**
     * What credentials have led to.
     *
     * @param exists whether there is a usable client of this identifier
     */
    private record Answer(Optional<AuthenticatedClient> client, boolean exists, String secret) {
        /** Where neither has proven anything, a wrong secret is that of the client that there is. */
        boolean isBetterThan(Answer other) {
            return client.isPresent() || !other.exists;
        }

        @Override
        public String toString() {
            return "Answer[" + exists + "]"; // a secret must not end in a log
        }
    }

    private Uni<Answer> read(ClientCredentials credentials) {
        Uni<Answer> answer = credentials.isPossible()
                ? find(credentials)
                : Uni.createFrom().item(new Answer(Optional.empty(), false, credentials.secret()));
        return credentials.otherReading() == null
                ? answer
                : answer.chain(first -> first.client().isPresent()
                        ? Uni.createFrom().item(first)
                        : read(credentials.otherReading()).map(second -> second.isBetterThan(first) ? second : first));
    }

    private Uni<Answer> find(ClientCredentials credentials) {
        OffsetDateTime now = Rows.now(clock);
        return organizations
                .read(credentials.clientId(), organization -> database.preparedQuery(USABLE_CLIENT)
                        .execute(Tuple.of(organization, now, credentials.clientId())))
                .map(rows -> check(rows, credentials.secret()));
    }

    private static Answer check(RowSet<Row> rows, String secret) {
        Row row = rows.size() == 0 ? null : rows.iterator().next();
        byte[] digest = row == null ? NO_DIGEST : row.getBuffer(0).getBytes();
        boolean proven = Secret.matches(secret, digest);
        return new Answer(row != null && proven ? Optional.of(client(row)) : Optional.empty(), row != null, secret);
    }

    private static AuthenticatedClient client(Row row) {
        return new AuthenticatedClient(
                row.getUUID(1),
                row.getString(2),
                row.getUUID(3),
                Role.of(row.getString(4)).orElseThrow(),
                row.getUUID(5),
                row.getString(6),
                Rows.instant(row, 7),
                row.getBoolean(8),
                row.getInteger(9));
    }
}

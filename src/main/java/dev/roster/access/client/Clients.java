package dev.roster.access.client;

import dev.roster.access.session.AccountSessions;
import dev.roster.access.session.Session;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.platform.persistence.Rows;
import dev.roster.revocation.Revocations;
import dev.roster.user.AccountFollower;
import dev.roster.user.SignInClientId;
import dev.roster.user.User;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Issues the clients of accounts and takes them away with them. */
@ApplicationScoped
public class Clients implements AccountFollower {
    // The sessions end with their client, but need no revocation of their own.
    private static final String CLOSE = """
            WITH closed AS (
              UPDATE clients SET revoked_at = $3
               WHERE organization_id = $1 AND user_id = $2 AND revoked_at IS NULL
            """;
    private static final String REVOKED = """
              RETURNING user_id, id, client_id),
            %s,
            revoked AS (
              SELECT CAST($1 AS uuid) AS organization_id, 'client' AS subject_kind, c.client_id AS subject,
                     u.token_generation + 1 AS generation, CAST($3 AS timestamptz) AS revoked_at,
                     max(coalesce(s.token_expires_at, s.expires_at)) AS last_token_at
                FROM closed c
                JOIN users u ON u.organization_id = $1 AND u.id = c.user_id
                LEFT JOIN sessions s ON s.organization_id = $1 AND s.user_id = c.user_id AND s.client_id = c.id
               GROUP BY c.client_id, u.token_generation)
            """.formatted(Session.ofClients("closed", "$1", "$3"));

    /** All of an account: organization, account, now. */
    private static final String REVOKE_ALL = Revocations.sql(CLOSE + REVOKED);

    /** One of an account: organization, account, now, row of the client. */
    private static final String REVOKE_ONE = Revocations.sql(CLOSE + " AND id = $4 " + REVOKED);

    /** Those of an account with secrets: organization, account, now, the client that it signs in through. */
    private static final String REVOKE_SECRETS = Revocations.sql(CLOSE + " AND client_id <> $4 " + REVOKED);

    private final SecretRules rules;
    private final AccountSessions sessions;
    private final AuditLog audit;
    private final Clock clock;

    Clients(SecretRules rules, AccountSessions sessions, AuditLog audit, Clock clock) {
        this.rules = rules;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Adds a client with a random identifier and secret to a locked account, inside the caller's
     * transaction; {@code secret_limit_reached}.
     *
     * @param expiresAt null where it does not expire
     */
    public Uni<NewSecret> issue(User user, String name, Instant expiresAt) {
        return rules.requireRoom(user, clock.instant()).chain(() -> add(user, name, expiresAt));
    }

    private Uni<NewSecret> add(User user, String name, Instant expiresAt) {
        Client client = Client.of(user, Secret.randomClientId(), name, clock.instant());
        client.expiresAt = expiresAt;
        return keep(client, Secret.random());
    }

    /**
     * Adds the client of an account that may create organizations, inside the caller's transaction.
     *
     * @param clientId as the installation names it
     */
    public Uni<NewSecret> issueSystem(User account, String clientId, String secret) {
        Client client = Client.of(account, clientId, clientId, clock.instant());
        client.system = true;
        return keep(client, secret);
    }

    /** Whose the client is that may create organizations; empty where there is none so named. */
    public Uni<Optional<UUID>> ownerOfSystem(UUID organizationId, String clientId) {
        return Client.named(organizationId, clientId)
                .map(found -> Optional.ofNullable(found).filter(client -> client.system))
                .map(found -> found.map(client -> client.userId));
    }

    /** Whether this is the secret of the account's client that may create organizations. */
    public Uni<Boolean> isSystemSecret(User account, String clientId, String secret) {
        return Client.named(account.organizationId, clientId)
                .map(client -> client != null
                        && client.system
                        && client.userId.equals(account.id)
                        && client.isUsable(clock.instant())
                        && Secret.matches(secret, client.secretDigest));
    }

    /**
     * Gives the client that may create organizations another secret, without an end, or makes it
     * for a locked account, inside the caller's transaction. Refuses a name that another client
     * has.
     */
    public Uni<Void> resetSystem(User account, String clientId, String secret) {
        return ClientIdentifier.<ClientIdentifier>findById(clientId)
                .chain(taken -> taken == null
                        ? issueSystem(account, clientId, secret).replaceWithVoid()
                        : Client.named(account.organizationId, clientId).chain(found -> renew(account, found, secret)));
    }

    private Uni<Void> renew(User account, Client client, String secret) {
        if (client == null || !client.system || !client.userId.equals(account.id)) {
            throw new ConfigurationException("ROSTER_ADMIN_CLIENT_ID names another client than the first one");
        }
        client.secretDigest = Secret.digest(secret);
        client.expiresAt = null;
        client.revokedAt = null;
        return client.<Client>persistAndFlush().chain(kept -> audit.record(created(kept)));
    }

    /** Ends all clients of a locked account at once, inside the caller's transaction. */
    Uni<Void> revokeAll(User user) {
        return Revocations.write(REVOKE_ALL, user.organizationId, user.id, Rows.now(clock));
    }

    /**
     * Ends the clients with a secret of a locked account at once, and records it, inside the caller's transaction; it goes
     * on signing in.
     */
    public Uni<Void> revokeSecrets(User user, String reason) {
        return Client.shownOf(user.organizationId, user.id)
                .call(() -> Revocations.write(
                        REVOKE_SECRETS, user.organizationId, user.id, Rows.now(clock), SignInClientId.of(user.id)))
                .map(ended -> ended.stream()
                        .map(client -> AuditEvent.of(user.organizationId, AuditType.SECRET_REVOKED)
                                .onAccount(user.id)
                                .with("secret_id", client.id)
                                .with("reason", reason))
                        .toArray(AuditEvent[]::new))
                .chain(events -> audit.record(events));
    }

    /** Ends one client of a locked account at once, inside the caller's transaction. */
    Uni<Void> revoke(User user, UUID id) {
        return Revocations.write(REVOKE_ONE, user.organizationId, user.id, Rows.now(clock), id)
                .chain(() -> audit.record(AuditEvent.of(user.organizationId, AuditType.SECRET_REVOKED)
                        .onAccount(user.id)
                        .with("secret_id", id)));
    }

    /** Lets those of a locked account that end later, or never, end at the given time, inside the caller's transaction. */
    Uni<Void> endAll(User user, Instant end) {
        return Client.endAll(user.organizationId, user.id, end).chain(() -> sessions.announce(user));
    }

    @Override
    public Rank rank() {
        return Rank.CLIENTS;
    }

    @Override
    public Uni<Void> onReopening(User user, boolean keepGroups) {
        return revokeSecrets(user, "reopened");
    }

    @Override
    public Uni<Void> beforeRemoval(User user) {
        return Client.idsOf(user.organizationId, user.id)
                .chain(ClientIdentifier::release)
                .chain(() -> Client.delete("organizationId = ?1 and userId = ?2", user.organizationId, user.id))
                .replaceWithVoid();
    }

    private Uni<NewSecret> keep(Client client, String secret) {
        client.secretDigest = Secret.digest(secret);
        return ClientIdentifier.take(client.clientId, client.organizationId)
                .chain(() -> client.persistAndFlush())
                .chain(() -> audit.record(created(client)))
                .replaceWith(new NewSecret(SecretView.of(client), secret));
    }

    private static AuditEvent created(Client client) {
        AuditEvent event = AuditEvent.of(client.organizationId, AuditType.SECRET_CREATED)
                .onAccount(client.userId)
                .with("secret_id", client.id)
                .with("secret_name", client.name)
                .with("client_id", client.clientId);
        return client.expiresAt == null ? event : event.with("expires_at", client.expiresAt);
    }
}

package dev.roster.access.application;

import dev.roster.access.client.AddSecret;
import dev.roster.access.client.NewSecret;
import dev.roster.access.client.Secret;
import dev.roster.access.client.SecretRules;
import dev.roster.access.client.SecretView;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.persistence.Uuids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** The secrets of confidential applications, which live and are limited as those of accounts are. */
@ApplicationScoped
public class ApplicationSecrets {
    private static final String USED = """
            UPDATE application_secrets SET last_used_at = $3
             WHERE organization_id = $1 AND id = $2
               AND (last_used_at IS NULL OR last_used_at <= CAST($3 AS timestamptz) - interval '1 minute')
            """;

    private final Pool database;
    private final Applications applications;
    private final ApplicationReads reads;
    private final SecretRules rules;
    private final AuditLog audit;
    private final Clock clock;

    ApplicationSecrets(
            Pool database,
            Applications applications,
            ApplicationReads reads,
            SecretRules rules,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.applications = applications;
        this.reads = reads;
        this.rules = rules;
        this.audit = audit;
        this.clock = clock;
    }

    /** Those of an application, the newest first; {@code application_not_found}. */
    public Uni<Listing<SecretView>> list(Caller caller, UUID application) {
        return applications.find(caller, application).map(found -> reads.secrets(caller.organizationId(), found.id()));
    }

    /** One more, and the others go on; {@code application_not_found}, {@code secret_limit_reached}. */
    public Uni<NewSecret> add(Caller caller, UUID id, AddSecret addition) {
        Applications.authorize(caller);
        Instant now = clock.instant();
        Instant expiresAt = rules.end("expires_at", addition.expiresAt(), now);
        return UnitOfWork.transaction(() -> Applications.lock(caller, id)
                .invoke(ApplicationSecrets::requireConfidential)
                .call(application ->
                        ApplicationSecret.countUsable(application, now).invoke(rules::requireRoom))
                .chain(application -> add(application, addition.name(), expiresAt, now)));
    }

    /** Ends one; what it was used for before goes on. {@code application_not_found}, {@code secret_not_found}. */
    public Uni<Void> revoke(Caller caller, UUID id, UUID secret) {
        Applications.authorize(caller);
        return UnitOfWork.transaction(() -> Applications.lock(caller, id)
                .call(application ->
                        ApplicationSecret.end(application, secret).invoke(ErrorCode.SECRET_NOT_FOUND::unless))
                .chain(application ->
                        audit.record(application.event(AuditType.SECRET_REVOKED).with("secret_id", secret))));
    }

    /** Notes that one was used, to the minute: a program that asks for tokens all the time writes no row each time. */
    public Uni<Void> used(UUID organizationId, UUID secret) {
        return database.preparedQuery(USED)
                .execute(Tuple.of(organizationId, secret, Rows.now(clock)))
                .replaceWithVoid();
    }

    private Uni<NewSecret> add(Application application, String name, Instant expiresAt, Instant now) {
        String secret = Secret.random();
        ApplicationSecret added = new ApplicationSecret();
        added.organizationId = application.organizationId;
        added.id = Uuids.v7(now);
        added.applicationId = application.id;
        added.name = name;
        added.secretDigest = Secret.digest(secret);
        added.expiresAt = expiresAt;
        added.createdAt = now;
        SecretView view = new SecretView(added.id, name, application.clientId, now, expiresAt, null);
        return added.persistAndFlush()
                .chain(() -> audit.record(created(application, added)))
                .replaceWith(new NewSecret(view, secret));
    }

    private static AuditEvent created(Application application, ApplicationSecret secret) {
        AuditEvent event = application
                .event(AuditType.SECRET_CREATED)
                .with("secret_id", secret.id)
                .with("secret_name", secret.name)
                .with("client_id", application.clientId);
        return secret.expiresAt == null ? event : event.with("expires_at", secret.expiresAt);
    }

    private static void requireConfidential(Application application) {
        if (application.publicClient) {
            throw RosterException.of(ErrorCode.CONFLICT, "A public application keeps no secret.");
        }
    }
}

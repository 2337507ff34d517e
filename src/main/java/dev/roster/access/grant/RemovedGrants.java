package dev.roster.access.grant;

import dev.roster.access.application.ApplicationRows;
import dev.roster.platform.background.Parts;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.Steps;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Deletes what persons let an application do that was removed: codes, consents, grants and their refresh tokens. */
@ApplicationScoped
class RemovedGrants implements ApplicationRows {
    private static final String CODES = """
            DELETE FROM authorization_codes WHERE organization_id = $1 AND id = ANY (ARRAY(
              SELECT id FROM authorization_codes WHERE organization_id = $1 AND application_id = $2
               LIMIT %s FOR UPDATE SKIP LOCKED))
            """.formatted(Parts.SIZE);

    private static final String CONSENTS = """
            DELETE FROM consents WHERE organization_id = $1 AND application_id = $2 AND user_id = ANY (ARRAY(
              SELECT user_id FROM consents WHERE organization_id = $1 AND application_id = $2
               LIMIT %s FOR UPDATE SKIP LOCKED))
            """.formatted(Parts.SIZE);

    // One alone may have thousands of tokens, which it would take along in one statement
    private static final int GRANTS_AT_ONCE = 100;

    private static final String SOME_GRANTS =
            "SELECT id FROM application_grants WHERE organization_id = $1 AND application_id = $2 LIMIT "
                    + GRANTS_AT_ONCE;

    private static final String TOKENS = """
            DELETE FROM refresh_tokens WHERE organization_id = $1 AND id = ANY (ARRAY(
              SELECT id FROM refresh_tokens WHERE organization_id = $1 AND grant_id = ANY ($2)
               LIMIT %s FOR UPDATE SKIP LOCKED))
            """.formatted(Parts.SIZE);

    private static final String GRANTS = """
            DELETE FROM application_grants WHERE organization_id = $1 AND id = ANY (ARRAY(
              SELECT id FROM application_grants WHERE organization_id = $1 AND id = ANY ($2) FOR UPDATE SKIP LOCKED))
            """;

    private final Pool database;

    RemovedGrants(Pool database) {
        this.database = database;
    }

    @Override
    public Uni<Void> delete(UUID organizationId, UUID applicationId) {
        Tuple application = Tuple.of(organizationId, applicationId);
        return Parts.ofAll(database, CODES, application)
                .chain(() -> Parts.ofAll(database, CONSENTS, application))
                .chain(() -> deleteGrants(application));
    }

    private Uni<Void> deleteGrants(Tuple application) {
        return Steps.whilst(() -> database.preparedQuery(SOME_GRANTS)
                .execute(application)
                .map(found -> Rows.list(found, row -> row.getUUID(0)).toArray(UUID[]::new))
                .chain(grants -> delete(application.getUUID(0), grants)));
    }

    /** Whether there may be more; where others hold all of these, they are at it. */
    private Uni<Boolean> delete(UUID organizationId, UUID[] grants) {
        Tuple these = Tuple.of(organizationId, grants);
        return Parts.ofAll(database, TOKENS, these)
                .chain(() -> database.preparedQuery(GRANTS).execute(these))
                .map(deleted -> deleted.rowCount() > 0 && grants.length == GRANTS_AT_ONCE);
    }
}

package dev.roster.access.grant;

import dev.roster.access.session.ApplicationSessions;
import dev.roster.access.session.Session;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.audit.Target;
import dev.roster.caller.Caller;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.standby.ListReads;
import dev.roster.revocation.Revocations;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** The applications that a person has let in: what was agreed to, and the tokens that there are for it. */
@ApplicationScoped
public class Consents {
    // Least first those of the person, of whom there are few; then what they are called
    private static final String SELECT = """
            WITH mine AS (
              SELECT application_id, scopes, updated_at AS since, CAST(NULL AS timestamptz) AS seen
                FROM consents WHERE organization_id = $1 AND user_id = $2
              UNION ALL
              SELECT g.application_id, g.scopes, s.created_at, s.last_seen_at
                FROM sessions s
                JOIN application_grants g ON g.organization_id = s.organization_id AND g.id = s.id
                JOIN organizations o ON o.id = s.organization_id
               WHERE s.organization_id = $1 AND s.user_id = $2 AND s.application_id IS NOT NULL
                 AND s.ended_at IS NULL AND s.expires_at > $3 AND %s)
            SELECT a.id, a.client_id, a.name,
                   ARRAY(SELECT DISTINCT unnest(one.scopes) FROM mine one WHERE one.application_id = a.id ORDER BY 1),
                   min(m.since), max(m.seen), a.is_first_party
              FROM mine m JOIN applications a ON a.organization_id = $1 AND a.id = m.application_id
                   AND a.removed_at IS NULL
             WHERE %%s
             GROUP BY a.id, a.client_id, a.name, a.is_first_party ORDER BY a.id DESC LIMIT $5
            """.formatted(Session.isOfPresent("s", "o"));
    private static final String LIST = SELECT.formatted("a.id < $4");
    private static final String ONE = SELECT.formatted("a.id = $4");

    private static final String DELETE =
            "DELETE FROM consents WHERE organization_id = $1 AND user_id = $2 AND application_id = $3";

    private final ListReads lists;
    private final ApplicationSessions sessions;
    private final Revocations revocations;
    private final AuditLog audit;
    private final Clock clock;

    Consents(ListReads lists, ApplicationSessions sessions, Revocations revocations, AuditLog audit, Clock clock) {
        this.lists = lists;
        this.sessions = sessions;
        this.revocations = revocations;
        this.audit = audit;
        this.clock = clock;
    }

    /** The caller's, the newest application first. */
    public Listing<ConsentView> list(Caller caller) {
        return KeysetListing.newestFirst(
                caller.organizationId(),
                "consents " + caller.userId(),
                ConsentView::id,
                (before, limit) -> read(LIST, caller, before, limit));
    }

    /**
     * Shows an application of the caller the door: its tokens end at once, on every replica, and it has to ask again;
     * {@code application_not_found}.
     */
    public Uni<Void> withdraw(Caller caller, UUID applicationId) {
        return revocations.heard(read(ONE, caller, applicationId, 1)
                .map(found -> found.stream().findFirst().orElseThrow(ErrorCode.APPLICATION_NOT_FOUND::refusal))
                .chain(application -> UnitOfWork.transaction(() -> UniqueRow.required(
                                User.lockById(caller.organizationId(), caller.userId()),
                                ErrorCode.APPLICATION_NOT_FOUND::refusal)
                        .chain(account -> withdraw(account, application)))));
    }

    // Codes are exchanged under the lock of their account: none slips through
    private Uni<Void> withdraw(User account, ConsentView application) {
        AuditEvent withdrawn = AuditEvent.of(account.organizationId, AuditType.CONSENT_WITHDRAWN)
                .on(Target.Kind.APPLICATION, application.id(), application.name())
                .with("scopes", String.join(" ", application.scopes()));
        return SessionSql.update(DELETE, account.organizationId, account.id, application.id())
                .chain(() -> CodeUse.forget(account, application.id()))
                .chain(() -> audit.record(withdrawn))
                .chain(() -> sessions.endOf(account, application.id(), "consent_withdrawn"));
    }

    private Uni<List<ConsentView>> read(String statement, Caller caller, UUID place, int limit) {
        return lists.execute(
                        statement, Tuple.of(caller.organizationId(), caller.userId(), Rows.now(clock), place, limit))
                .map(rows -> Rows.list(rows, Consents::view));
    }

    private static ConsentView view(Row row) {
        return new ConsentView(
                row.getUUID(0),
                row.getString(1),
                row.getString(2),
                List.of(row.getArrayOfStrings(3)),
                Rows.instant(row, 4),
                Rows.instant(row, 5),
                row.getBoolean(6));
    }
}

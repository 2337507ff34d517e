package dev.roster.invite;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.metrics.CountedRows;
import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.standby.ListReads;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The reads of invites, the newest first: plain SQL, one statement each. */
@ApplicationScoped
public class InviteReads {
    private static final String BY_ID = InviteRows.SELECT + " WHERE i.organization_id = $1 AND i.id = $2";
    private static final String LIST = InviteRows.SELECT + " WHERE i.organization_id = $1";
    private static final String STATE = """
            SELECT i.status, i.token_id, i.expires_at, o.name, i.email, o.status = 'active', o.generation
              FROM invites i JOIN organizations o ON o.id = i.organization_id
             WHERE i.organization_id = $1 AND i.id = $2
            """;

    private final Pool pool;
    private final ListReads lists;
    private final Clock clock;

    InviteReads(Pool pool, ListReads lists, Clock clock) {
        this.pool = pool;
        this.lists = lists;
        this.clock = clock;
    }

    /** Shows how many invites are open, expired ones until the next look at them among them. */
    @Produces
    @Singleton
    static CountedRows pending() {
        return new CountedRows(
                "roster.invites.pending",
                "Invites that nobody has accepted yet, over all replicas",
                "invites WHERE status = 'pending'",
                "invites_pending_key");
    }

    /** The invite of this id; {@code invite_not_found}. */
    public Uni<InviteView> find(Caller caller, UUID id) {
        caller.require(Scope.INVITES_WRITE);
        return Rows.first(
                        pool,
                        BY_ID,
                        Tuple.of(caller.organizationId(), id),
                        row -> InviteRows.view(row, clock.instant()))
                .map(found -> found.orElseThrow(ErrorCode.INVITE_NOT_FOUND::refusal));
    }

    /** An invite as the caller's transaction leaves it. */
    static Uni<InviteView> changed(Invite invite, Instant now) {
        return SessionSql.first(row -> InviteRows.view(row, now), BY_ID, invite.organizationId, invite.id)
                .map(found -> found.orElseThrow(ErrorCode.INVITE_NOT_FOUND::refusal));
    }

    /**
     * Invites.
     *
     * @param status null for all
     */
    public Listing<InviteView> list(Caller caller, InviteStatus status) {
        caller.require(Scope.INVITES_WRITE);
        UUID organizationId = caller.organizationId();
        return KeysetListing.newestFirst(
                organizationId,
                "invites " + status,
                InviteView::id,
                (behind, limit) -> behind(organizationId, status, behind, limit));
    }

    /**
     * An invite as it is now.
     *
     * @param organization the name
     * @param email where it was sent
     * @param active whether the organization is
     * @param organizationGeneration how often that has been deactivated
     */
    record CurrentInvite(
            InviteState state, String organization, String email, boolean active, int organizationGeneration) {
        /** Refuses with what is in the way of an acceptance. */
        void requireAcceptable(UUID tokenId, Instant now) {
            state.requireAcceptable(tokenId, now);
            ErrorCode.ORGANIZATION_DEACTIVATED.unless(active);
        }
    }

    /** Whether an invite can still be accepted; empty where there is none. */
    Uni<Optional<CurrentInvite>> current(UUID organizationId, UUID id) {
        return Rows.first(pool, STATE, Tuple.of(organizationId, id), InviteRows::current);
    }

    private Uni<List<InviteView>> behind(UUID organizationId, InviteStatus status, UUID behind, int limit) {
        Instant now = clock.instant();
        Tuple values = Tuple.of(organizationId, behind);
        String sql = LIST + InviteRows.behind(status) + " LIMIT " + limit;
        if (sql.contains("$3")) {
            values.addOffsetDateTime(Rows.utc(now));
        }
        return lists.execute(sql, values).map(rows -> Rows.list(rows, row -> InviteRows.view(row, now)));
    }
}

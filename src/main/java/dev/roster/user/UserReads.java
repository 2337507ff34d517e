package dev.roster.user;

import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.paging.Part;
import dev.roster.platform.paging.Slice;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.standby.ListReads;
import dev.roster.platform.validation.CanonicalText;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The hot reads of accounts: plain SQL, one statement whatever the number of rows and groups. */
@ApplicationScoped
public class UserReads {
    private static final String BY_USERNAME =
            UserRows.SELECT + " WHERE u.organization_id = $1 AND u.username_key = $2 AND u.kind = $3";
    private static final String BY_USERNAME_OF_ANY_KIND =
            UserRows.SELECT + " WHERE u.organization_id = $1 AND u.username_key = $2";
    private static final String BY_EMAIL = UserRows.SELECT + " WHERE u.organization_id = $1 AND u.email_key = $2";
    private static final String BY_EMAIL_OF_ANY_AGE = UserRows.SELECT
            + " WHERE u.organization_id = $1"
            + " AND (u.email_key = $2 OR (u.email_key = $3 AND u.email = $4))";
    private static final String BY_ID = UserRows.SELECT + " WHERE u.organization_id = $1 AND u.id = $2";

    private final Pool pool;
    private final ListReads lists;

    UserReads(Pool pool, ListReads lists) {
        this.pool = pool;
        this.lists = lists;
    }

    public Uni<Optional<UserView>> byUsername(UUID organizationId, UserKind kind, String username) {
        return one(BY_USERNAME, Tuple.of(organizationId, CanonicalText.fold(username), kind.value()));
    }

    /** A person or a service account. */
    public Uni<Optional<UserView>> byUsername(UUID organizationId, String username) {
        return one(BY_USERNAME_OF_ANY_KIND, Tuple.of(organizationId, CanonicalText.fold(username)));
    }

    public Uni<Optional<UserView>> byEmail(UUID organizationId, String email) {
        EmailMatch match = EmailMatch.of(email);
        return match.isPlain()
                ? one(BY_EMAIL, Tuple.of(organizationId, match.key()))
                : one(BY_EMAIL_OF_ANY_AGE, Tuple.of(organizationId, match.key(), match.oldKey(), match.address()));
    }

    public Uni<Optional<UserView>> byId(UUID organizationId, UUID id) {
        return one(BY_ID, Tuple.of(organizationId, id));
    }

    public Listing<UserView> list(UUID organizationId, UserFilter filter, UserSort sort) {
        return new KeysetListing<>(
                organizationId, "users " + sort.value() + " " + filter, UserPlaces.of(sort), (place, limit) -> {
                    UserQuery query = new UserQuery(organizationId, filter);
                    return read(place == null ? query : query.after(sort, place), sort, limit);
                });
    }

    /**
     * A part of the list by name, from a place that is counted from its beginning.
     *
     * <p>The rows before that place are skipped in the index the list walks, without reading them:
     * linear in the offset, but a few milliseconds per hundred thousand. The rows of the part
     * itself are found by key and cost the same at any depth.
     */
    public Multi<Part<UserView>> slice(UUID organizationId, UserFilter filter, Slice slice) {
        SliceParts parts = new SliceParts(organizationId, filter, slice);
        return Multi.createBy().repeating().uni(parts::next).whilst(part -> !part.isLast());
    }

    /** Reads a slice part by part: the first is counted from the beginning, the others follow the one before them. */
    private final class SliceParts {
        private final UUID organizationId;
        private final UserFilter filter;
        private final Slice slice;
        private UserView last;
        private int left;

        private SliceParts(UUID organizationId, UserFilter filter, Slice slice) {
            this.organizationId = organizationId;
            this.filter = filter;
            this.slice = slice;
            left = slice.limit();
        }

        Uni<Part<UserView>> next() {
            UserQuery query = new UserQuery(organizationId, filter);
            UserQuery placed = last == null
                    ? query.skip(slice.offset())
                    : query.after(
                            UserSort.NAME, UserPlaces.of(UserSort.NAME).of().apply(last));
            int limit = Math.min(Part.SIZE, left);
            return rows(placed.walk(UserSort.NAME, limit), placed)
                    .map(UserReads::views)
                    .map(users -> part(users, limit));
        }

        private Part<UserView> part(List<UserView> users, int limit) {
            left -= users.size();
            boolean isLast = left == 0 || users.size() < limit;
            last = isLast ? null : users.get(limit - 1);
            return new Part<>(users, isLast);
        }
    }

    private Uni<List<UserView>> read(UserQuery query, UserSort sort, int limit) {
        return query.isSearch()
                ? search(query, sort, limit)
                : rows(query.walk(sort, limit), query).map(UserReads::views);
    }

    /**
     * Ever dearer ways, of which the first that has the answer ends it: seldom is so much found that sorting it costs, and
     * seldom then are there none among those that come next. So it costs the fewer of what is found and what is passed over.
     */
    private Uni<List<UserView>> search(UserQuery query, UserSort sort, int limit) {
        return rows(query.few(sort, limit), query)
                .chain(few -> isEveryOne(few)
                        ? Uni.createFrom().item(few)
                        : rows(query.near(sort, limit), query)
                                .chain(near -> near.size() == limit
                                        ? Uni.createFrom().item(near)
                                        : rows(query.all(sort, limit), query)))
                .map(UserReads::views);
    }

    private static boolean isEveryOne(RowSet<Row> few) {
        return few.size() == 0 || few.iterator().next().getLong("found") < UserQuery.FEW;
    }

    private Uni<RowSet<Row>> rows(String sql, UserQuery query) {
        return lists.execute(sql, query.values());
    }

    private static List<UserView> views(RowSet<Row> rows) {
        return Rows.list(rows, UserRows::view);
    }

    private Uni<Optional<UserView>> one(String sql, Tuple values) {
        return pool.preparedQuery(sql).execute(values).map(rows -> Rows.first(rows, UserRows::view));
    }
}

package dev.roster.user;

import dev.roster.platform.paging.Cursor;
import dev.roster.platform.paging.Page;
import dev.roster.platform.paging.Slice;
import dev.roster.platform.validation.CanonicalText;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** The hot reads of accounts: plain SQL, one statement whatever the number of rows and groups. */
@ApplicationScoped
public class UserReads {
    // Enough rows to keep the database busy while the last ones are sent, few enough to keep in
    // memory per listing.
    private static final int STREAM_PAGE = 200;

    private static final String BY_USERNAME =
            UserRows.SELECT
                    + " WHERE u.organization_id = $1 AND u.username_key = $2 AND u.kind = $3";
    private static final String BY_USERNAME_OF_ANY_KIND =
            UserRows.SELECT + " WHERE u.organization_id = $1 AND u.username_key = $2";
    private static final String BY_EMAIL =
            UserRows.SELECT + " WHERE u.organization_id = $1 AND u.email_key = $2";
    private static final String BY_ID =
            UserRows.SELECT + " WHERE u.organization_id = $1 AND u.id = $2";

    private final Pool pool;

    UserReads(Pool pool) {
        this.pool = pool;
    }

    public Uni<Optional<UserView>> byUsername(UUID organizationId, UserKind kind, String username) {
        return one(
                BY_USERNAME, Tuple.of(organizationId, CanonicalText.fold(username), kind.value()));
    }

    /** A person or a service account. */
    public Uni<Optional<UserView>> byUsername(UUID organizationId, String username) {
        return one(BY_USERNAME_OF_ANY_KIND, Tuple.of(organizationId, CanonicalText.fold(username)));
    }

    public Uni<Optional<UserView>> byEmail(UUID organizationId, String email) {
        return one(BY_EMAIL, Tuple.of(organizationId, CanonicalText.fold(email)));
    }

    public Uni<Optional<UserView>> byId(UUID organizationId, UUID id) {
        return one(BY_ID, Tuple.of(organizationId, id));
    }

    /**
     * A part of the list of users.
     *
     * @param cursor where the part before ended; null for the first
     */
    public Uni<Page<UserView>> page(
            UUID organizationId, UserFilter filter, UserSort sort, String cursor, int limit) {
        String list = "users " + sort.value() + " " + filter;
        UserQuery query = new UserQuery(organizationId, filter);
        if (cursor != null) {
            Cursor.decode(organizationId, list, cursor, place -> query.after(sort, place));
        }
        return read(query, sort, limit + 1)
                .map(
                        views ->
                                Page.of(
                                        views,
                                        limit,
                                        view ->
                                                Cursor.encode(
                                                        organizationId, list, place(sort, view))));
    }

    /**
     * All users, page after page, as fast as they are asked for and never more than a page in
     * memory.
     */
    public Multi<List<UserView>> stream(UUID organizationId, UserFilter filter, UserSort sort) {
        AtomicReference<UserView> last = new AtomicReference<>();
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> {
                            UserQuery query = new UserQuery(organizationId, filter);
                            if (last.get() != null) {
                                query.after(sort, place(sort, last.get()));
                            }
                            return read(query, sort, STREAM_PAGE);
                        })
                .whilst(
                        views -> {
                            if (!views.isEmpty()) {
                                last.set(views.get(views.size() - 1));
                            }
                            return views.size() == STREAM_PAGE;
                        })
                .filter(views -> !views.isEmpty());
    }

    /**
     * A part of the list by name, from a place that is counted from its beginning.
     *
     * <p>The rows before that place are skipped in the index the list walks, without reading them:
     * linear in the offset, but a few milliseconds per hundred thousand. The rows of the part
     * itself are found by key and cost the same at any depth.
     */
    public Uni<List<UserView>> slice(UUID organizationId, UserFilter filter, Slice slice) {
        UserQuery query = new UserQuery(organizationId, filter).skip(slice.offset());
        return read(query, UserSort.NAME, slice.limit());
    }

    private Uni<List<UserView>> read(UserQuery query, UserSort sort, int limit) {
        String sql = query.sql(sort, limit);
        return pool.preparedQuery(sql).execute(query.values()).map(UserRows::views);
    }

    private Uni<Optional<UserView>> one(String sql, Tuple values) {
        return pool.preparedQuery(sql)
                .execute(values)
                .map(rows -> UserRows.views(rows).stream().findFirst());
    }

    private static List<String> place(UserSort sort, UserView view) {
        return sort.byName()
                ? List.of(CanonicalText.fold(view.username()))
                : List.of(view.createdAt().toString(), view.id().toString());
    }
}

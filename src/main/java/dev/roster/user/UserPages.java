package dev.roster.user;

import dev.roster.platform.database.KeyReads;
import dev.roster.platform.paging.Part;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Completes pages of accounts with their groups: each is read once, however many of the accounts are in it. So a page costs
 * what its groups do, and not its memberships. It ends before accounts whose groups are too much to be there beside the others;
 * of an account whose groups have too much text alone, the other groups come without their metadata. So an account reads the same
 * alone and in every page.
 */
@ApplicationScoped
class UserPages {
    // Others of the organization wait behind what is read by a key
    private static final int MOST = 100;

    // Accounts of an organization mostly share their groups, of which most have little text. In bytes, and what is read
    // together with the last of them comes besides
    private static final int MOST_OF_PAGE = 4_000;
    private static final int MOST_TEXT = 1_000_000;

    // The subselect hides how many there are, for which PostgreSQL would plan each time
    private static final String WANTED =
            " WHERE organization_id = $1 AND id = ANY (CAST((SELECT CAST($2 AS uuid[])) AS uuid[]))";
    private static final String GROUPS = GroupSummary.SELECT + WANTED;
    private static final String BARE_GROUPS = GroupSummary.SELECT_BARE + WANTED;

    private static final String ONE = UserRows.COLUMNS + " FROM users u WHERE u.organization_id = $1 AND u.id = $2";

    private final Reads committed;

    UserPages(KeyReads keys) {
        committed = (sql, organizationId, wanted) ->
                keys.read(sql, Tuple.of(organizationId, wanted)).map(rows -> Rows.list(rows, row -> row));
    }

    /** Where the statements run. */
    private interface Reads {
        Uni<List<Tuple>> rows(String sql, UUID organizationId, Object wanted);
    }

    /**
     * The accounts of rows that {@link UserRows#COLUMNS} begin, as many as can be there at once and one at least; they are the
     * last where none is left out. A row without an id is none.
     */
    Uni<Part<UserView>> views(UUID organizationId, RowSet<Row> rows) {
        List<Tuple> users = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getValue(0) != null) {
                users.add(row);
            }
        }
        return views(committed, organizationId, users);
    }

    /** An account that is in many groups. */
    Uni<Optional<UserView>> one(UUID organizationId, UUID id) {
        return one(committed, organizationId, id);
    }

    /** The same as the caller's transaction leaves it. */
    static Uni<Optional<UserView>> changed(UUID organizationId, UUID id) {
        return one((sql, owner, wanted) -> SessionSql.list(row -> row, sql, owner, wanted), organizationId, id);
    }

    private static Uni<Optional<UserView>> one(Reads reads, UUID organizationId, UUID id) {
        return reads.rows(ONE, organizationId, id)
                .chain(rows -> views(reads, organizationId, rows))
                .map(found -> found.items().stream().findFirst());
    }

    private static Uni<Part<UserView>> views(Reads reads, UUID organizationId, List<Tuple> users) {
        Page page = new Page(users);
        return Multi.createFrom()
                .iterable(page.groups)
                .group()
                .intoLists()
                .of(MOST)
                .onItem()
                .transformToUniAndConcatenate(some -> Uni.createFrom()
                        .deferred(() -> reads.rows(
                                page.isFull() ? BARE_GROUPS : GROUPS, organizationId, some.toArray(UUID[]::new)))
                        .invoke(found -> page.add(some.size(), found)))
                .select()
                .first(found -> page.isToBeCompleted())
                .onItem()
                .ignoreAsUni()
                .map(all -> page.views());
    }

    /** Rows of accounts, and what is known of their groups by now. */
    private static final class Page {
        private final List<Tuple> users;
        // In the order of the accounts, and how many of them the accounts up to one need
        private final Set<UUID> groups = new LinkedHashSet<>();
        private final int[] needed;
        // How many groups an account is in
        private final int[] own;
        private final Map<UUID, GroupSummary> known = new HashMap<>();
        private int looked;
        // How many were read with their metadata, and how many before the page was full
        private int whole;
        private int before;
        private long text;

        private Page(List<Tuple> rows) {
            users = rows;
            needed = new int[rows.size()];
            own = new int[rows.size()];
            Arrays.fill(needed, Integer.MAX_VALUE);
            for (int i = 0; i < needed.length && groups.size() < MOST_OF_PAGE; i++) {
                List<UUID> ids = new ArrayList<>();
                UserRows.memberships(rows.get(i), (id, since) -> ids.add(id));
                if (ids.size() > MOST) {
                    // Which of them come first, and have metadata, shall not hang on the plan of the statement
                    ids.sort(null);
                }
                own[i] = ids.size();
                groups.addAll(ids);
                needed[i] = groups.size();
            }
        }

        /** Takes what was found of so many of the groups. */
        private void add(int number, List<Tuple> found) {
            boolean bare = isFull();
            looked += number;
            for (Tuple row : found) {
                GroupSummary group = GroupSummary.of(row);
                known.put(group.id(), group);
                text += GroupSummary.text(row);
            }
            if (!bare) {
                whole = looked;
            }
            if (!isFull()) {
                before = looked;
            }
        }

        private boolean isFull() {
            return text >= MOST_TEXT;
        }

        private boolean isToBeCompleted() {
            return !isFull() || looked < needed[0];
        }

        private Part<UserView> views() {
            List<UserView> views = new ArrayList<>(users.size());
            while (views.size() < users.size() && isAsAlone(views.size())) {
                views.add(UserRows.view(users.get(views.size()), known));
            }
            return new Part<>(views, views.size() == users.size());
        }

        // What is read at once has all its metadata; more than that has it only while the text of all is not too much.
        // Of the first account the groups are read as if it were alone
        private boolean isAsAlone(int account) {
            int most = account == 0 ? looked : own[account] <= MOST ? whole : before;
            return needed[account] <= most;
        }
    }
}

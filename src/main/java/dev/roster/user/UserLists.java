package dev.roster.user;

import dev.roster.platform.database.Batcher;
import dev.roster.platform.paging.KeysetListing;
import dev.roster.platform.paging.Listing;
import dev.roster.platform.paging.Part;
import dev.roster.platform.paging.PartSize;
import dev.roster.platform.paging.PartsInTurn;
import dev.roster.platform.paging.Slice;
import dev.roster.platform.standby.ListReads;
import dev.roster.user.PageAnchors.Anchor;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lists of accounts: plain SQL, a statement for each hundred rows and for each hundred of their groups. Lists by a group or a
 * search try ever dearer ways, of which the first that has the answer ends it: those who are found are sorted where they are
 * few; else those who come next are looked at, which mostly are enough of a large group; else, and seldom, all are sorted.
 */
@ApplicationScoped
public class UserLists {
    private static final UserFilter ALL_PERSONS = UserFilter.of(UserKind.PERSON);

    private final Batcher<Wanted, Wanted, Part<UserView>> together;
    private final ListReads lists;
    private final UserPages pages;
    private final PageAnchors anchors;
    private final UserReads reads;

    UserLists(Vertx vertx, ListReads lists, UserPages pages, PageAnchors anchors, UserReads reads) {
        together = new Batcher<>(
                vertx, (wanted, all) -> read(wanted).map(found -> Collections.nCopies(all.size(), found)));
        this.lists = lists;
        this.pages = pages;
        this.anchors = anchors;
        this.reads = reads;
    }

    public Listing<UserView> list(UUID organizationId, UserFilter filter, UserSort sort) {
        return new KeysetListing<>(
                organizationId,
                "users " + sort.value() + " " + filter,
                UserPlaces.of(sort),
                (place, limit) -> find(new Wanted(organizationId, filter, sort, place, 0, limit)));
    }

    /**
     * A part of the list by name, from a place that is counted from its beginning.
     *
     * <p>The rows before that place are skipped in the index the list walks: linear in the offset, some tens of milliseconds
     * per hundred thousand. All persons are skipped from the nearest place that is known, see {@link PageAnchors}.
     */
    public Multi<Part<UserView>> slice(UUID organizationId, UserFilter filter, Slice slice) {
        SliceParts parts = new SliceParts(organizationId, filter, slice);
        return PartsInTurn.read(parts::next, part -> !part.isLast());
    }

    /** Reads a slice part by part: the first is counted from the beginning, the others follow the one before them. */
    private final class SliceParts {
        private final UUID organizationId;
        private final UserFilter filter;
        private final Slice slice;
        private final PartSize size = new PartSize();
        private UserView last;
        private int left;

        private SliceParts(UUID organizationId, UserFilter filter, Slice slice) {
            this.organizationId = organizationId;
            this.filter = filter;
            this.slice = slice;
            left = slice.limit();
        }

        Uni<Part<UserView>> next() {
            int limit = size.of(left);
            return limit == 0
                    ? Uni.createFrom().item(new Part<>(List.of(), true))
                    : users(limit).map(found -> part(found, limit));
        }

        private Uni<Part<UserView>> users(int limit) {
            List<Object> place =
                    last == null ? null : UserPlaces.of(UserSort.NAME).of().apply(last);
            return find(new Wanted(
                    organizationId, filter, UserSort.NAME, place, place == null ? slice.offset() : 0, limit));
        }

        private Part<UserView> part(Part<UserView> found, int limit) {
            List<UserView> users = found.items();
            left -= users.size();
            size.had(users.size(), found.isLast());
            boolean isLast = left == 0 || (users.size() < limit && found.isLast());
            last = isLast ? null : users.get(users.size() - 1);
            return new Part<>(users, isLast);
        }
    }

    /**
     * A part of a list.
     *
     * @param place where it begins, see {@link UserPlaces}; null is the beginning
     * @param offset how many rows are left out there
     */
    private record Wanted(
            UUID organizationId, UserFilter filter, UserSort sort, List<Object> place, int offset, int limit) {}

    /** Reads it once for all who ask for the same at the same moment. */
    private Uni<Part<UserView>> find(Wanted wanted) {
        return together.ask(wanted, wanted);
    }

    private Uni<Part<UserView>> read(Wanted wanted) {
        if (wanted.offset() > 0 && wanted.filter().equals(ALL_PERSONS)) {
            return personsFrom(anchors.before(wanted.organizationId(), wanted.offset()), wanted);
        }
        UserQuery query = new UserQuery(wanted.organizationId(), wanted.filter(), wanted.sort());
        if (wanted.place() != null) {
            return read(query.after(wanted.place()), wanted.limit());
        }
        return wanted.offset() == 0
                ? first(query, wanted.filter(), wanted.limit())
                : skip(query, wanted.limit(), wanted.offset());
    }

    private Uni<Part<UserView>> personsFrom(Anchor anchor, Wanted wanted) {
        UUID organizationId = wanted.organizationId();
        int offset = wanted.offset();
        UserQuery query = new UserQuery(organizationId, wanted.filter(), UserSort.NAME)
                .from(anchor)
                .skip(offset - anchor.offset());
        return rows(query.walkWithState(wanted.limit()), query).chain(rows -> {
            String state = rows.iterator().next().getString("state");
            return anchor.isGoodIn(state)
                    ? views(query, rows).invoke(found -> anchors.remember(organizationId, state, offset, found.items()))
                    : personsFrom(Anchor.BEGINNING, wanted);
        });
    }

    private Uni<Part<UserView>> skip(UserQuery query, int limit, int offset) {
        Supplier<Uni<Part<UserView>>> walk = () -> all(query.skip(offset).walk(limit), query);
        return query.isOfGroup()
                ? ofGroup(query, limit, offset, group -> {
                    if (group.getInteger("members") <= UserQuery.SET) {
                        query.withSet();
                    }
                    return walk.get();
                })
                : walk.get();
    }

    /** The beginning of a list. Of an address there is one account at most, which is read as by its name. */
    private Uni<Part<UserView>> first(UserQuery query, UserFilter filter, int limit) {
        return filter.isOfAddress() && EmailMatch.of(filter.email()).isPlain()
                ? reads.byEmail(query.organizationId(), filter.email())
                        .map(found -> Part.whole(found.stream()
                                .filter(user -> filter.kind() == null || user.kind() == filter.kind())
                                .toList()))
                : read(query, limit);
    }

    private Uni<Part<UserView>> read(UserQuery query, int limit) {
        if (query.isOfGroup()) {
            return ofGroup(
                    query,
                    limit,
                    0,
                    group -> query.isSearch() ? search(query, limit) : ofLargeGroup(query, limit, group));
        }
        return query.isSearch() ? search(query, limit) : all(query.walk(limit), query);
    }

    private Uni<Part<UserView>> ofGroup(
            UserQuery query, int limit, int offset, Function<Row, Uni<Part<UserView>>> ofLarge) {
        return rows(query.ofSmallGroup(limit, offset), query)
                .chain(group -> number(group) < UserQuery.FEW
                        ? views(query, group)
                        : ofLarge.apply(group.iterator().next()));
    }

    /** Looks at as many as have enough members among them, if those lie evenly, or takes all members where they are fewer. */
    private Uni<Part<UserView>> ofLargeGroup(UserQuery query, int limit, Row group) {
        long members = Math.max(1, group.getInteger("members"));
        OrderWalk walk = OrderWalk.ofGroup(limit, members, group.getLong("persons"));
        return walk.isCheaperThan(members) ? near(query, limit, walk) : all(query.all(limit), query);
    }

    private Uni<Part<UserView>> search(UserQuery query, int limit) {
        return rows(query.few(limit), query).chain(few -> {
            boolean isAll = few.size() == 0 ? !query.isOfGroup() : number(few) < UserQuery.FEW;
            return isAll ? views(query, few) : near(query, limit, OrderWalk.ofSearch(limit));
        });
    }

    /** Looks at what comes next, and then at more of it, before it takes all that fit. */
    private Uni<Part<UserView>> near(UserQuery query, int limit, OrderWalk walk) {
        return rows(walk.of(query, limit), query).chain(near -> {
            // Null where as many as were asked for fit
            Long seen = near.iterator().next().getLong("number");
            if (seen == null || seen < walk.window()) {
                return views(query, near);
            }
            return walk.isWidest() ? all(query.all(limit), query) : near(query, limit, walk.wider());
        });
    }

    private static long number(RowSet<Row> rows) {
        return rows.iterator().next().getLong("number");
    }

    private Uni<Part<UserView>> all(String sql, UserQuery query) {
        return rows(sql, query).chain(rows -> views(query, rows));
    }

    private Uni<RowSet<Row>> rows(String sql, UserQuery query) {
        return lists.execute(sql, query.values());
    }

    private Uni<Part<UserView>> views(UserQuery query, RowSet<Row> rows) {
        return pages.views(query.organizationId(), rows);
    }
}

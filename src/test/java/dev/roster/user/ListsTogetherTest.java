package dev.roster.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.caller.Role;
import dev.roster.platform.paging.Page;
import dev.roster.platform.paging.Part;
import dev.roster.platform.paging.Slice;
import dev.roster.testing.Database;
import dev.roster.testing.Eventually;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who asks for the same part of a list at the same moment is answered by one statement, and nobody by another's. */
@QuarkusTest
class ListsTogetherTest {
    private static final UserFilter PERSONS = UserFilter.of(UserKind.PERSON);
    private static final UserFilter SERVICES = UserFilter.of(UserKind.SERVICE);

    @Inject
    UserLists lists;

    @Inject
    Vertx vertx;

    private final TestOrganization organization = TestOrganization.create();
    private final TestOrganization other = TestOrganization.create();

    /** Who reads accounts, and not what the background does with them. */
    private static Object waiting() {
        return Database.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock' AND query LIKE 'SELECT u.%'");
    }

    @Test
    void whenTheSameIsAskedForAtOnceThenOneStatementReadsItAndAllHaveIt() throws Exception {
        TestRows.person(organization, "ada", Role.MEMBER);
        TestRows.person(organization, "bob", Role.MEMBER);
        TestRows.serviceAccount(organization, "robot", Role.MEMBER);
        TestRows.person(other, "eve", Role.MEMBER);
        Supplier<Uni<List<String>>> persons = () -> page(organization, PERSONS, 50);
        List<CompletableFuture<List<String>>> asked;
        try (TableLock users = new TableLock("users IN ACCESS EXCLUSIVE MODE")) {
            asked = together(
                    persons,
                    persons,
                    persons,
                    () -> page(organization, PERSONS, 1),
                    () -> page(organization, SERVICES, 50),
                    () -> page(other, PERSONS, 50),
                    () -> slice(new Slice(1, 50)),
                    () -> slice(new Slice(1, 50)),
                    () -> slice(new Slice(0, 50)));
            // Those of the same list, the two slices of one beginning; a page asks for one more than it shows
            users.awaitWaiting(6);
            Eventually.equal(6L, ListsTogetherTest::waiting);
            assertEquals(6L, waiting());
        }
        List<List<String>> found = new ArrayList<>();
        for (CompletableFuture<List<String>> one : asked) {
            found.add(one.get());
        }
        List<String> both = List.of("ada", "bob");
        assertEquals(
                List.of(
                        both,
                        both,
                        both,
                        List.of("ada"),
                        List.of("robot"),
                        List.of("eve"),
                        List.of("bob"),
                        List.of("bob"),
                        both),
                found);
    }

    private Uni<List<String>> page(TestOrganization of, UserFilter filter, int limit) {
        return lists.list(of.id(), filter, UserSort.NAME)
                .page(null, limit)
                .map(Page::items)
                .map(this::names);
    }

    private Uni<List<String>> slice(Slice slice) {
        return lists.slice(organization.id(), PERSONS, slice)
                .map(Part::items)
                .collect()
                .first()
                .map(this::names);
    }

    private List<String> names(List<UserView> users) {
        return users.stream().map(UserView::username).toList();
    }

    /** Asks from one event loop, before it does anything else. */
    @SafeVarargs
    private List<CompletableFuture<List<String>>> together(Supplier<Uni<List<String>>>... asking) throws Exception {
        ContextInternal loop = ((VertxInternal) vertx.getDelegate()).createEventLoopContext();
        CompletableFuture<List<CompletableFuture<List<String>>>> all = new CompletableFuture<>();
        loop.runOnContext(now -> {
            List<CompletableFuture<List<String>>> answers = new ArrayList<>();
            for (Supplier<Uni<List<String>>> one : asking) {
                CompletableFuture<List<String>> answer = new CompletableFuture<>();
                loop.duplicate().dispatch(null, in -> one.get()
                        .subscribe()
                        .with(answer::complete, answer::completeExceptionally));
                answers.add(answer);
            }
            all.complete(Collections.unmodifiableList(answers));
        });
        return all.get();
    }
}

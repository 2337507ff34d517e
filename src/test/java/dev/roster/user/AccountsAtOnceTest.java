package dev.roster.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What requests ask of accounts at the same moment goes to the database together, and is what each would have had alone. */
@QuarkusTest
class AccountsAtOnceTest {
    /** No name, since it has a space at its end. */
    private static final String TAKEN = "taken ";

    private final TestOrganization organization = TestOrganization.create();
    private final TestOrganization other = TestOrganization.create();

    @Inject
    Vertx vertx;

    @Inject
    Users users;

    @Inject
    UserReads reads;

    private ContextInternal loop;

    @BeforeEach
    void chooseALoop() {
        loop = (ContextInternal) vertx.getOrCreateContext();
    }

    @Test
    void whenAccountsAreReadAtOnceThenEachReaderHasItsOwn() {
        List<UUID> ids = IntStream.range(0, 40)
                .mapToObj(n -> TestRows.person(organization, "user" + n, "user" + n + "@example.org", Role.MEMBER))
                .toList();
        UUID foreign = TestRows.person(other, "user99", "user99@example.org", Role.MEMBER);
        List<UUID> wanted = new ArrayList<>(ids);
        wanted.add(foreign);
        wanted.add(ids.get(7));
        List<Optional<UUID>> expected =
                new ArrayList<>(ids.stream().map(Optional::of).toList());
        expected.add(Optional.empty());
        expected.add(Optional.of(ids.get(7)));

        assertEquals(expected, found(wanted, id -> reads.byId(organization.id(), id)));
        List<String> names = IntStream.concat(IntStream.range(0, 40), IntStream.of(99, 7))
                .mapToObj(n -> "user" + n)
                .toList();
        assertEquals(expected, found(names, name -> reads.byUsername(organization.id(), name)));
        assertEquals(
                expected,
                found(names, name -> reads.byEmail(organization.id(), name.toUpperCase(Locale.ROOT) + "@example.org")));
        assertEquals(
                names.stream().map(name -> Optional.empty()).toList(),
                found(names, name -> reads.byUsername(organization.id(), UserKind.SERVICE, name)));
    }

    @Test
    void whenAccountsAreCreatedAtOnceThenEachIsThereOnceWithItsCountAndEvent() {
        Map<String, Object> before = counts();
        List<CompletableFuture<UserView>> created = atOnce(
                List.of("zoe", "Ann", "ann", "bob", "ANN", "cid"),
                name -> users.create(caller(), creation(name, Map.of("of", name))));
        List<String> answers =
                created.stream().map(AccountsAtOnceTest::nameOrError).toList();
        List<String> ann = answers.stream()
                .filter(answer -> answer.equalsIgnoreCase("ann"))
                .toList();
        assertEquals(1, ann.size(), answers.toString());
        assertEquals(2, answers.stream().filter(TAKEN::equals).count(), answers.toString());
        String all = ann.get(0) + ", bob, cid, zoe";
        assertEquals(
                all,
                Database.value(
                        "SELECT string_agg(metadata ->> 'of', ', ' ORDER BY username_key)"
                                + " FROM users WHERE organization_id = ? AND metadata ->> 'of' = username",
                        organization.id()));
        Map<String, Object> after = counts();
        before.replaceAll((name, count) -> (Long) count + 4);
        assertEquals(before, after);
        assertEquals(
                all,
                Database.value(
                        "SELECT string_agg(target_name, ', ' ORDER BY lower(target_name)) FROM audit_events"
                                + " WHERE organization_id = ? AND type = 'user.created'",
                        organization.id()));
    }

    /** Also of more than one statement, in whatever order they come. */
    @Test
    void whenHundredsAreCreatedAtOnceThenEachNameIsTakenOnce() {
        List<String> names =
                IntStream.range(0, 300).mapToObj(n -> "name" + n * 7 % 100).toList();
        List<String> answers = atOnce(names, name -> users.create(caller(), creation(name, Map.of()))).stream()
                .map(AccountsAtOnceTest::nameOrError)
                .toList();
        assertEquals(200, answers.stream().filter(TAKEN::equals).count());
        assertEquals(
                100,
                answers.stream()
                        .filter(answer -> !answer.equals(TAKEN))
                        .distinct()
                        .count());
    }

    @Test
    void whenTheDatabaseRefusesOneThenTheOthersAreCreated() {
        List<CompletableFuture<UserView>> created = atOnce(
                List.of("ann", "bob", "cid"),
                name -> users.create(caller(), creation(name, Map.of("a", name.equals("bob") ? "\0" : "b"))));
        assertEquals("ann", nameOrError(created.get(0)));
        assertEquals("cid", nameOrError(created.get(2)));
        Throwable refusal =
                assertThrows(CompletionException.class, created.get(1)::join).getCause();
        assertEquals("22P05", ((PgException) refusal).getSqlState());
        assertEquals(
                "ann, cid",
                Database.value(
                        "SELECT string_agg(username, ', ' ORDER BY username) FROM users"
                                + " WHERE organization_id = ? AND username <> 'admin'",
                        organization.id()));
    }

    private <T> List<Optional<UUID>> found(List<T> wanted, Function<T, Uni<Optional<UserView>>> read) {
        return atOnce(wanted, read).stream()
                .map(answer -> answer.join().map(UserView::id))
                .toList();
    }

    private Map<String, Object> counts() {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put(
                "counted",
                Database.value(
                        "SELECT CAST(coalesce(sum(persons), 0) AS bigint) FROM user_counts WHERE organization_id = ?",
                        organization.id()));
        counts.put(
                "there",
                Database.value(
                        "SELECT count(*) FROM users WHERE organization_id = ? AND kind = 'person'", organization.id()));
        return counts;
    }

    private static String nameOrError(CompletableFuture<UserView> answer) {
        try {
            return answer.join().username();
        } catch (CompletionException e) {
            assertTrue(Identifiers.isTaken(e.getCause()), e.toString());
            return TAKEN;
        }
    }

    private static CreateUser creation(String name, Map<String, Object> metadata) {
        return new CreateUser(UserKind.PERSON, name, null, null, null, Role.MEMBER, UserStatus.ACTIVE, metadata);
    }

    private Caller caller() {
        return new Caller(
                organization.id(),
                "acme",
                UUID.randomUUID(),
                Role.ADMIN,
                Role.ADMIN.scopes(),
                "client",
                UUID.randomUUID(),
                null);
    }

    /** Asks all of them while the event loop does nothing else, each as a request of its own. */
    private <T, R> List<CompletableFuture<R>> atOnce(List<T> values, Function<T, Uni<R>> ask) {
        CompletableFuture<List<CompletableFuture<R>>> begun = new CompletableFuture<>();
        loop.runOnContext(now -> begun.complete(values.stream()
                .map(value -> {
                    CompletableFuture<R> answer = new CompletableFuture<>();
                    loop.duplicate().dispatch(null, in -> ask.apply(value)
                            .subscribe()
                            .with(answer::complete, answer::completeExceptionally));
                    return answer;
                })
                .toList()));
        return begun.join();
    }
}

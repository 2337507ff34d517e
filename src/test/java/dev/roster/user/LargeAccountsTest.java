package dev.roster.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.ProxiedDatabase;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is in groups with much metadata is read by few statements, and no reader is refused for others. */
@QuarkusTest
@TestProfile(ProxiedDatabase.class)
class LargeAccountsTest {
    // More than may wait for a turn, and as many as the sixteen that share a statement are in it
    private static final int READERS = 160;
    private static final int SHARED = READERS / 16;

    private final TestOrganization organization = TestOrganization.create();

    private DatabaseProxy proxy;

    @Inject
    Vertx vertx;

    @Inject
    UserReads reads;

    @Test
    void whenAllAreInAGroupOfMuchMetadataThenManyAreReadAtOnce() {
        groups(1, 27_000);
        List<UUID> ids = IntStream.range(0, READERS)
                .mapToObj(n -> TestRows.person(organization, "user" + n, Role.MEMBER))
                .toList();
        join();
        long statements = proxy.statementsOf(organization.id(), () -> {
            List<UserView> found = read(ids);
            assertEquals(ids, found.stream().map(UserView::id).toList());
            found.forEach(user -> assertWhole(user, 1, 27_000));
        });
        // The account and the group, of each
        assertTrue(statements <= SHARED + 2 * READERS, () -> statements + " statements");
    }

    @Test
    void whenALargeAccountIsAskedForByManyThenTheyShareItsTurns() {
        groups(101, 10);
        assertShared(101, 10, 3);
    }

    @Test
    void whenFewGroupsHaveMuchMetadataTogetherThenTheyShareItsTurns() {
        groups(12, 27_000);
        assertShared(12, 27_000, 2);
    }

    /** Each statement that they share may come back when a turn has just begun. */
    private void assertShared(int groups, int length, int statementsOfTurn) {
        UUID ann = TestRows.person(organization, "ann", Role.MEMBER);
        join();
        long statements = proxy.statementsOf(organization.id(), () -> read(Collections.nCopies(READERS, ann))
                .forEach(user -> assertWhole(user, groups, length)));
        assertTrue(statements <= SHARED + (SHARED + 1) * statementsOfTurn, () -> statements + " statements");
    }

    private static void assertWhole(UserView user, int groups, int length) {
        assertEquals(groups, user.groups().size());
        user.groups()
                .forEach(
                        group -> assertEquals(length, ((String) group.metadata().get("text")).length()));
    }

    /** Asks for all while the event loop does nothing else, each as a request of its own. */
    private List<UserView> read(List<UUID> ids) {
        ContextInternal loop = (ContextInternal) vertx.getOrCreateContext();
        List<CompletableFuture<Optional<UserView>>> answers = IntStream.range(0, ids.size())
                .mapToObj(i -> new CompletableFuture<Optional<UserView>>())
                .toList();
        loop.runOnContext(now -> {
            for (int i = 0; i < ids.size(); i++) {
                UUID id = ids.get(i);
                CompletableFuture<Optional<UserView>> answer = answers.get(i);
                loop.duplicate().dispatch(null, in -> reads.byId(organization.id(), id)
                        .subscribe()
                        .with(answer::complete, answer::completeExceptionally));
            }
        });
        return answers.stream().map(answer -> answer.join().orElseThrow()).toList();
    }

    private void groups(int number, int length) {
        Database.execute(
                "INSERT INTO groups (organization_id, id, name, display_name, sso_name, description, metadata,"
                        + " created_at, updated_at, version)"
                        + " SELECT ?, gen_random_uuid(), 'g' || n, 'Group', 'group', '',"
                        + " jsonb_build_object('text', repeat('x', ?)), now(), now(), 0 FROM generate_series(1, ?) n",
                organization.id(),
                length,
                number);
    }

    private void join() {
        Database.execute(
                "INSERT INTO memberships (organization_id, group_id, user_id, added_at)"
                        + " SELECT g.organization_id, g.id, u.id, now() FROM groups g"
                        + " JOIN users u ON u.organization_id = g.organization_id WHERE g.organization_id = ?",
                organization.id());
    }
}

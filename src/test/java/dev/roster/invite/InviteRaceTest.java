package dev.roster.invite;

import static dev.roster.invite.TestInvites.accept;
import static dev.roster.invite.TestInvites.address;
import static dev.roster.invite.TestInvites.id;
import static dev.roster.invite.TestInvites.invite;
import static dev.roster.invite.TestInvites.resend;
import static dev.roster.invite.TestInvites.revoke;
import static dev.roster.invite.TestInvites.token;
import static dev.roster.testing.Bearer.as;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.AtOnce;
import dev.roster.testing.Database;
import dev.roster.testing.NoDeadlock;
import dev.roster.testing.TableLock;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many at once: one wins, whatever the order. */
@QuarkusTest
@ExtendWith(NoDeadlock.class)
class InviteRaceTest {
    private static final int MANY = 50;
    private static final int ROUNDS = 30;

    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenManyInviteOneAddressThenOneWins() {
        String admin = organization.token(Role.ADMIN);
        String email = address();
        Map<Integer, Long> statuses = statuses(AtOnce.answers(MANY, i -> invite(admin, email)));
        assertEquals(Map.of(201, 1L, 409, MANY - 1L), statuses);
        assertEquals(1L, rows("SELECT count(*) FROM invites WHERE organization_id = ?"));
        assertEquals(1L, rows("SELECT count(*) FROM outbox WHERE organization_id = ?"));
    }

    @Test
    void whenManyAdministratorsInviteOneAddressThenOneWins() {
        String email = address();
        List<String> admins = IntStream.range(0, 5)
                .mapToObj(i -> organization.add("admin-" + i, Role.ADMIN).token())
                .toList();
        Map<Integer, Long> statuses = statuses(AtOnce.answers(MANY, i -> invite(admins.get(i % 5), email)));
        assertEquals(Map.of(201, 1L, 409, MANY - 1L), statuses);
    }

    @Test
    void whenManyAcceptOneInviteThenOneWins() {
        String token = token(invite(organization.token(Role.ADMIN), address()));
        List<Response> answers = new ArrayList<>(AtOnce.answers(MANY, i -> accept(token)));
        answers.add(accept(token));
        // Those that come while others of the invite hash their passwords are put off
        Map<Integer, Long> statuses = statuses(answers);
        assertEquals(1L, statuses.get(200));
        assertEquals(Set.of(200, 409, 429), statuses.keySet());
        Set<String> codes = answers.stream()
                .filter(answer -> answer.statusCode() == 409)
                .map(answer -> answer.<String>path("code"))
                .collect(Collectors.toSet());
        assertEquals(Set.of("invite_used"), codes);
    }

    @Test
    void whenAcceptedAndRevokedAtOnceThenOneOfTheTwo() {
        String admin = organization.token(Role.ADMIN);
        for (int round = 0; round < 5; round++) {
            String email = address();
            Response created = invite(admin, email);
            String id = id(created);
            String token = token(created);
            List<Response> answers = AtOnce.answers(6, i -> i % 2 == 0 ? accept(token) : revoke(admin, id));
            Map<Integer, Long> statuses = statuses(answers);
            boolean accepted = statuses.containsKey(200);
            assertTrue(accepted != statuses.containsKey(204), statuses::toString);
            assertEquals(accepted ? 200 : 404, user(admin, email), statuses::toString);
        }
    }

    @Test
    void whenTheOrganizationIsSwitchedOffWhileItIsAcceptedThenRefused() throws Exception {
        Response created = invite(organization.token(Role.ADMIN), address());
        UUID id = UUID.fromString(id(created));
        try (TableLock held = TableLock.ofRow("invites", id)) {
            CompletableFuture<Response> accepting = CompletableFuture.supplyAsync(() -> accept(token(created)));
            held.awaitWaiting();
            Database.execute("UPDATE organizations SET status = 'deactivated' WHERE id = ?", organization.id());
            held.commit();
            Response refused = accepting.get(60, TimeUnit.SECONDS);
            assertEquals(403, refused.statusCode());
            assertEquals("organization_deactivated", refused.path("code"));
        }
        assertEquals("pending", Database.value("SELECT status FROM invites WHERE id = ?", id));
    }

    @Test
    void whenResentByManyThenOneTokenIsValid() {
        String admin = organization.token(Role.ADMIN);
        String id = id(invite(admin, address()));
        List<Response> resent = AtOnce.answers(4, i -> resend(admin, id));
        List<Integer> accepted = resent.stream()
                .filter(answer -> answer.statusCode() == 200)
                .map(answer -> accept(token(answer)).statusCode())
                .toList();
        assertEquals(1, accepted.stream().filter(status -> status == 200).count(), accepted::toString);
    }

    /** Each leaves the group that the other joins. */
    @Test
    void whenDeactivatedAccountsAreInvitedIntoEachOthersGroupsThenNoneWaitsInACircle() {
        String admin = organization.token(Role.ADMIN);
        List<String> groups = List.of("east", "west");
        groups.forEach(group -> as(admin)
                .body(Map.of("name", group))
                .post("/api/v1/groups")
                .then()
                .statusCode(201));
        for (int round = 0; round < ROUNDS; round++) {
            List<String> addresses =
                    groups.stream().map(group -> deactivated(admin, group)).toList();
            List<Response> answers = AtOnce.answers(2, i -> {
                List<String> other = List.of(groups.get(1 - i));
                return invite(admin, Map.of("email", addresses.get(i), "role", "member", "groups", other));
            });
            assertEquals(Map.of(201, 2L), statuses(answers));
        }
    }

    /** The address of a deactivated account in a group. */
    private static String deactivated(String admin, String group) {
        String address = address();
        String line = "{\"email_address\": \"%s\", \"groups\": [\"%s\"], \"status\": \"deactivated\"}";
        as(admin)
                .contentType("application/x-ndjson")
                .body(line.formatted(address, group).getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/users/import")
                .then()
                .statusCode(200)
                .body(containsString("created"));
        return address;
    }

    private static int user(String admin, String email) {
        return as(admin).get("/api/v1/users/{name}", email).statusCode();
    }

    private Object rows(String sql) {
        return Database.value(sql, organization.id());
    }

    private static Map<Integer, Long> statuses(List<Response> answers) {
        return answers.stream()
                .map(Response::statusCode)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}

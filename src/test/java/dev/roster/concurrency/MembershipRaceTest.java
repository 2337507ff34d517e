package dev.roster.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.concurrency.SerialOrder.Change;
import dev.roster.testing.Database;
import dev.roster.testing.GroupCounts;
import dev.roster.testing.Http;
import dev.roster.testing.NoDeadlock;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Memberships that many change at once: some order explains the outcome, and the counts agree. */
@QuarkusTest
@ExtendWith(NoDeadlock.class)
class MembershipRaceTest {
    private static final int A = 1;
    private static final int B = 2;
    private static final int C = 4;
    private static final int D = 8;

    private final TestOrganization organization = TestOrganization.create();
    private String token;

    @BeforeEach
    void signIn() {
        token = organization.token(Role.ADMIN);
    }

    @RepeatedTest(5)
    void whenTwentyChangeOneUserThenSomeOrderExplainsIt() {
        List.of("a", "b", "c", "d").forEach(name -> TestRows.group(organization, name));
        UUID user = TestRows.person(organization, "ann", Role.MEMBER);
        List<Change> changes = List.of(
                new Change("{\"add_to_groups\":[\"a\",\"b\"]}", 4, ~0, A | B),
                new Change("{\"remove_from_groups\":[\"a\"]}", 4, ~A, 0),
                new Change("{\"set_groups\":[\"c\"]}", 4, 0, C),
                new Change("{\"set_groups\":[\"b\",\"d\"]}", 3, 0, B | D),
                new Change("{\"add_to_groups\":[\"d\"],\"remove_from_groups\":[\"b\",\"c\"]}", 5, ~(B | C), D));
        List<HttpRequest> requests = changes.stream()
                .flatMap(change -> Stream.generate(change::body).limit(change.times()))
                .map(body -> change("ann", body))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(requests);
        assertEquals(Set.of(200), Set.copyOf(Http.statusesAtOnce(requests)));
        Set<Integer> explained = SerialOrder.ends(changes, 0);
        assertTrue(explained.contains(groupsOf(user)), groupsOf(user) + " not in " + explained);
        GroupCounts.assertRight(organization);
    }

    @Test
    void whenManyUsersJoinAndLeaveManyGroupsThenNoneWaitsForEver() {
        List<String> groups = names("group-", 8);
        groups.forEach(name -> TestRows.group(organization, name));
        List<String> users = names("user-", 20);
        users.forEach(name -> TestRows.person(organization, name, Role.MEMBER));
        Random random = new Random();
        for (int round = 0; round < 5; round++) {
            List<HttpRequest> requests = new ArrayList<>();
            for (String user : users) {
                requests.add(change(user, "{\"set_groups\":" + json(some(groups, random)) + "}"));
            }
            assertEquals(Set.of(200), Set.copyOf(Http.statusesAtOnce(requests)));
        }
        GroupCounts.assertRight(organization);
    }

    @Test
    void whenGroupsStartWithMembersThatMoveThenNoneWaitsForEver() {
        List<String> groups = names("group-", 4);
        groups.forEach(name -> TestRows.group(organization, name));
        List<String> users = names("user-", 10);
        users.forEach(name -> TestRows.person(organization, name, Role.MEMBER));
        Random random = new Random();
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(users, random);
            String body = "{\"name\":\"new-" + i + "\",\"members\":" + json(users) + "}";
            requests.add(Http.request(token, "POST", "/api/v1/groups", body));
            requests.add(change(users.get(0), "{\"add_to_groups\":" + json(some(groups, random)) + "}"));
        }
        assertEquals(Set.of(200, 201), Set.copyOf(Http.statusesAtOnce(requests)));
        GroupCounts.assertRight(organization);
    }

    @RepeatedTest(10)
    void whenAGroupIsDeletedWhileUsersJoinThenNobodyIsInIt() {
        TestRows.group(organization, "going");
        TestRows.group(organization, "staying");
        List<String> users = names("user-", 10);
        users.forEach(name -> TestRows.person(organization, name, Role.MEMBER));
        List<HttpRequest> requests = users.stream()
                .map(user -> change(user, "{\"add_to_groups\":[\"staying\",\"going\"]}"))
                .collect(Collectors.toCollection(ArrayList::new));
        requests.add(5, Http.request(token, "DELETE", "/api/v1/groups/going", null));
        List<Integer> statuses = new ArrayList<>(Http.statusesAtOnce(requests));
        assertEquals(204, statuses.remove(5));
        assertTrue(Set.of(200, 404).containsAll(statuses), statuses.toString());
        assertEquals(0L, count("groups WHERE name = 'going' AND organization_id = ?"));
        long joined = statuses.stream().filter(status -> status == 200).count();
        assertEquals(joined, count("memberships WHERE organization_id = ?"));
        GroupCounts.assertRight(organization);
    }

    @RepeatedTest(10)
    void whenAGroupIsDeletedWhileMembersLeaveAndGoThenTheRestIsCounted() {
        List<String> users = names("user-", 10);
        users.forEach(name -> TestRows.person(organization, name, Role.MEMBER));
        List.of("going", "staying")
                .forEach(name -> assertEquals(
                        Set.of(201),
                        Set.copyOf(Http.statusesAtOnce(List.of(Http.request(
                                token,
                                "POST",
                                "/api/v1/groups",
                                "{\"name\":\"" + name + "\",\"members\":" + json(users) + "}"))))));
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < 9; i += 3) {
            requests.add(Http.request(token, "DELETE", "/api/v1/users/" + users.get(i), null));
            requests.add(change(users.get(i + 1), "{\"remove_from_groups\":[\"going\"]}"));
            requests.add(change(users.get(i + 2), "{\"set_groups\":[]}"));
        }
        requests.add(4, Http.request(token, "DELETE", "/api/v1/groups/going", null));
        List<Integer> statuses = new ArrayList<>(Http.statusesAtOnce(requests));
        assertEquals(204, statuses.remove(4));
        assertTrue(Set.of(200, 204, 404).containsAll(statuses), statuses.toString());
        assertEquals(0L, count("groups WHERE name = 'going' AND organization_id = ?"));
        // Those who left one group only, and who did nothing
        assertEquals(4L, count("memberships WHERE organization_id = ?"));
        GroupCounts.assertRight(organization);
    }

    @RepeatedTest(5)
    void whenWhoInvitesIntoAGroupJoinsAndLeavesItThenNoneWaitsForEver() {
        TestRows.group(organization, "staff");
        String inviter = organization.add("inviter", Role.ADMIN).token();
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String invite = "{\"role\":\"member\",\"email\":\"i" + i + "@example.org\",\"groups\":[\"staff\"]}";
            requests.add(Http.request(inviter, "POST", "/api/v1/invites", invite));
            requests.add(change("inviter", "{\"" + (i % 2 == 0 ? "add_to" : "remove_from") + "_groups\":[\"staff\"]}"));
        }
        assertEquals(Set.of(200, 201), Set.copyOf(Http.statusesAtOnce(requests)));
        GroupCounts.assertRight(organization);
    }

    @RepeatedTest(10)
    void whenAUserIsDeletedWhileJoiningThenItIsInNoGroup() {
        List<String> groups = names("group-", 5);
        groups.forEach(name -> TestRows.group(organization, name));
        UUID user = TestRows.person(organization, "ann", Role.MEMBER);
        List<HttpRequest> requests = groups.stream()
                .map(group -> change("ann", "{\"add_to_groups\":[\"" + group + "\"]}"))
                .collect(Collectors.toCollection(ArrayList::new));
        requests.add(2, Http.request(token, "DELETE", "/api/v1/users/ann", null));
        List<Integer> statuses = new ArrayList<>(Http.statusesAtOnce(requests));
        assertEquals(204, statuses.remove(2));
        assertTrue(Set.of(200, 404).containsAll(statuses), statuses.toString());
        assertEquals(0L, Database.value("SELECT count(*) FROM users WHERE id = ?", user));
        assertEquals(0L, count("memberships WHERE organization_id = ?"));
        GroupCounts.assertRight(organization);
    }

    @RepeatedTest(5)
    void whenAGroupChangesWhileUsersJoinThenBothAreKept() {
        TestRows.group(organization, "staff");
        List<String> users = names("user-", 10);
        users.forEach(name -> TestRows.person(organization, name, Role.MEMBER));
        List<HttpRequest> requests = users.stream()
                .map(user -> change(user, "{\"add_to_groups\":[\"staff\"]}"))
                .collect(Collectors.toCollection(ArrayList::new));
        String description = "{\"description\":\"changed\"}";
        requests.add(5, Http.request(token, "PATCH", "/api/v1/groups/staff", description));
        assertEquals(Set.of(200), Set.copyOf(Http.statusesAtOnce(requests)));
        assertEquals(1L, count("groups WHERE description = 'changed' AND organization_id = ?"));
        GroupCounts.assertRight(organization);
    }

    private HttpRequest change(String user, String body) {
        return Http.request(token, "PUT", "/api/v1/users/" + user + "/groups", body);
    }

    private static int groupsOf(UUID user) {
        return ((Number) Database.value("""
                                SELECT coalesce(sum(1 << (ascii(g.name) - ascii('a'))), 0)
                                  FROM memberships m JOIN groups g ON g.organization_id = m.organization_id AND g.id = m.group_id
                                 WHERE m.user_id = ?
                                """, user)).intValue();
    }

    private Object count(String rows) {
        return Database.value("SELECT count(*) FROM " + rows, organization.id());
    }

    private static List<String> some(List<String> all, Random random) {
        List<String> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, 1 + random.nextInt(all.size()));
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.toCollection(ArrayList::new));
    }

    private static String json(List<String> names) {
        return names.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }
}

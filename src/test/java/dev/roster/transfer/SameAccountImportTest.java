package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import dev.roster.testing.openapi.OpenApiDocument;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines of one file that are about one account, which they call by different names. */
@QuarkusTest
class SameAccountImportTest {
    private static final List<String> BEFORE = List.of(
            "{'external_id':'Z1','name':'anna','groups':['mills']}",
            "{'external_id':'Z2','name':'bert','email_address':'bert@example.com'}",
            "{'name':'carl','company':'Old'}");

    static Stream<Arguments> files() {
        return Stream.of(
                file(
                        "whose name one line gives away and another takes",
                        "{'external_id':'Z1','name':'anna.old'}",
                        "{'name':'anna','email_address':'anna2@example.com'}"),
                file(
                        "of which each says other groups",
                        "{'external_id':'Z1','groups':['engineers']}",
                        "{'name':'anna','groups':[]}"),
                file(
                        "of which the first is refused",
                        "{'external_id':'Z1','company':'Evil','groups':['nope']}",
                        "{'name':'anna','job_title':'T'}"),
                file(
                        "of which the first changes access",
                        "{'external_id':'Z1','role':'viewer','display_name':'first'}",
                        "{'name':'anna','display_name':'second'}"),
                file(
                        "whose external id moves on",
                        "{'external_id':'Z1','name':'dora'}",
                        "{'name':'anna','external_id':'Z9'}"),
                file(
                        "whose external id goes",
                        "{'name':'anna','external_id':''}",
                        "{'name':'carl','external_id':'Z1'}"),
                file(
                        "and others in between and behind",
                        "{'name':'ella'}",
                        "{'external_id':'Z2','display_name':'one'}",
                        "{'name':'fred'}",
                        "{'name':'bert','display_name':'two'}",
                        "{'name':'gert'}",
                        "{'name':'carl','company':'New'}"));
    }

    private static Arguments file(String about, String... lines) {
        return Arguments.of(about, List.of(lines));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void whenLinesAreAboutOneAccountThenAsIfEachCameByItself(String about, List<String> lines) {
        TestOrganization together = organization();
        TestOrganization apart = organization();
        List<String> outcomes = send(together, lines);
        List<String> expected = new ArrayList<>();
        lines.forEach(line -> expected.addAll(send(apart, List.of(line))));
        assertEquals(expected, outcomes);
        assertEquals(state(apart), state(together));
    }

    @Test
    void whenTheSameFileComesAgainThenNothingChanges() {
        TestOrganization organization = organization();
        List<String> lines = List.of(
                "{'external_id':'Z1','name':'anna.old'}", "{'name':'anna','email_address':'anna2@example.com'}");
        assertEquals(List.of("updated", "created"), send(organization, lines));
        assertEquals(List.of("unchanged", "unchanged"), send(organization, lines));
    }

    @Test
    void whenVeryManyAreAboutOneAccountThenTheLastOneHolds() {
        TestOrganization organization = organization();
        List<String> lines = IntStream.rangeClosed(1, 400)
                .mapToObj(n -> n % 2 == 0
                        ? "{'name':'anna','display_name':'%d'}".formatted(n)
                        : "{'external_id':'Z1','display_name':'%d'}".formatted(n))
                .toList();
        assertEquals(
                400,
                send(organization, lines).stream().filter("updated"::equals).count());
        assertEquals(
                "400",
                Database.value(
                        "SELECT display_name FROM users WHERE organization_id = ? AND username = 'anna'",
                        organization.id()));
    }

    private static TestOrganization organization() {
        TestOrganization organization = TestOrganization.create();
        TestRows.group(organization, "mills");
        TestRows.group(organization, "engineers");
        assertEquals(List.of("created", "created", "created"), send(organization, BEFORE));
        return organization;
    }

    /** What became of each line. */
    private static List<String> send(TestOrganization organization, List<String> lines) {
        return new ImportClient(organization.token(Role.ADMIN))
                .send("", lines.toArray(String[]::new)).lines().stream()
                        .map(OpenApiDocument::read)
                        .filter(line -> line.has("line"))
                        .map(SameAccountImportTest::outcome)
                        .toList();
    }

    private static String outcome(JsonNode line) {
        return line.path("result").asText() + line.at("/error/code").asText();
    }

    private static Object state(TestOrganization organization) {
        return Database.value(
                "SELECT CAST(json_agg(json_build_array(u.username, u.external_id, u.email, u.display_name, u.company,"
                        + " u.job_title, u.role, (SELECT json_agg(g.name ORDER BY g.name) FROM memberships m"
                        + " JOIN groups g ON g.organization_id = m.organization_id AND g.id = m.group_id"
                        + " WHERE m.organization_id = u.organization_id AND m.user_id = u.id)) ORDER BY u.username) AS text)"
                        + " FROM users u WHERE u.organization_id = ? AND u.username <> 'admin'",
                organization.id());
    }
}

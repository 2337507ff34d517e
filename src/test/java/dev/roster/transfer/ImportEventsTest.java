package dev.roster.transfer;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.audit.RecordedEvents;
import dev.roster.caller.Role;
import dev.roster.testing.Database;
import dev.roster.testing.TestClient;
import dev.roster.testing.TestOrganization;
import dev.roster.testing.TestRows;
import dev.roster.testing.openapi.OpenApiDocument;
import dev.roster.user.ImportUser;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the audit log is told of imports. */
@QuarkusTest
class ImportEventsTest {
    private static final String HASH =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private final TestOrganization organization = TestOrganization.create();
    private ImportClient admin;

    @BeforeEach
    void signIn() {
        admin = new ImportClient(organization.token(Role.ADMIN));
        TestRows.group(organization, "one");
    }

    /**
     * A change of one account.
     *
     * @param component of {@link ImportUser}
     * @param type of its event
     * @param said what the event has of it, in {@code after} or in its details
     */
    private record Change(String component, String line, String type, String said) {}

    static Stream<Change> changes() {
        return Stream.of(
                new Change("externalId", "'name':'ada','external_id':'b'", "user.changed", "'external_id':'b'"),
                new Change("username", "'name':'eve'", "user.renamed", "'username':'eve'"),
                new Change("email", "'email_address':'e@example.com'", "user.email_changed", "'email':'e@example.com'"),
                new Change("displayName", "'display_name':'E'", "user.changed", "'display_name':'E'"),
                new Change("fullName", "'full_name':'E'", "user.changed", "'full_name':'E'"),
                new Change("role", "'role':'viewer'", "user.role_changed", "'role':'viewer'"),
                new Change("status", "'status':'deactivated'", "user.deactivated", "'status':'deactivated'"),
                new Change("groups", "'groups':['one']", "membership.added", "'groups':'one'"),
                new Change("metadata", "'metadata':{'k':'e'}", "user.changed", "'metadata_keys':'k'"),
                new Change("passwordHash", "'password_hash':'" + HASH + "'", "user.password_changed", ""),
                new Change("passwordExpired", "'password_expired':true", "user.changed", "'password_expired':true"),
                new Change(
                        "avatarUrl",
                        "'avatar_url':'https://e.example/e'",
                        "user.changed",
                        "'avatar_url':'https://e.example/e'"),
                new Change("company", "'company':'E'", "user.changed", "'company':'E'"),
                new Change("jobTitle", "'job_title':'E'", "user.changed", "'job_title':'E'"));
    }

    @Test
    void whenALineMayHaveAFieldThenItsEventIsKnownHere() {
        assertEquals(
                Arrays.stream(ImportUser.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList(),
                changes().map(Change::component).toList());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whenOneFieldChangesThenItsEventIsOfTheAccount(Change change) {
        // Who has one keeps it
        String key = change.line().contains("external_id") ? "" : "'external_id':'a',";
        admin.send("", "{" + key + "'name':'ada','email_address':'a@example.com'}");
        int before = RecordedEvents.of(organization.id()).size();
        assertEquals(
                1,
                admin.send("?audit=accounts", "{" + key + change.line() + "}").count("updated"));
        List<JsonObject> events = RecordedEvents.of(organization.id());
        JsonObject event = events.subList(before, events.size()).stream()
                .filter(each -> each.getString("type").equals(change.type()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(events.subList(before, events.size())));
        JsonObject told = event.getJsonObject("after", new JsonObject())
                .copy()
                .mergeIn(event.getJsonObject("details", new JsonObject()));
        assertEquals(new JsonObject(("{" + change.said() + "}").replace('\'', '"')), told);
    }

    @Test
    void whenAnAccountIsMadeOrRemovedThenItsEventsHaveAllOfIt() {
        String line = changes()
                .map(Change::line)
                .filter(each -> !each.startsWith("'name':'eve'"))
                .collect(Collectors.joining(",", "{", "}"));
        admin.send("?audit=accounts", line);
        JsonObject created = events("user.created").get(0);
        Set<String> told = new TreeSet<>(created.getJsonObject("after").fieldNames());
        told.addAll(created.getJsonObject("details").fieldNames());
        assertEquals(
                Set.of(
                        "external_id",
                        "username",
                        "email",
                        "display_name",
                        "full_name",
                        "role",
                        "status",
                        "metadata_keys",
                        "password_expired",
                        "avatar_url",
                        "company",
                        "job_title",
                        "is_onboarded"),
                told);
        given().header("Authorization", "Bearer " + organization.token(Role.ADMIN))
                .delete("/api/v1/users/ada")
                .then()
                .statusCode(204);
        assertEquals("b", events("user.removed").get(0).getJsonObject("before").getString("external_id"));
    }

    @Test
    void whenABatchIsWrittenInSeveralWaysThenItsEventsAreItsAnswerTogether() {
        admin.send("", "{'name':'ada'}", "{'name':'ben'}", "{'name':'cyd'}");
        int before = imported().size();
        assertTold(
                admin.send(
                        "",
                        "{'name':'ben','role':'viewer'}",
                        "{'name':'ada','full_name':'Ada'}",
                        "{'name':'dan'}",
                        "{'name':'ben2','email_address':'wrong'}",
                        "{'name':'cyd','status':'deactivated'}",
                        "{'name':'admin','role':'viewer'}"),
                before,
                "{'created':1,'updated':1,'first_line':1,'last_line':6}",
                "{'created':0,'updated':2,'first_line':1,'last_line':5}");
    }

    @Test
    void whenOnlyRolesChangeOrNothingThenToldOfJustThat() {
        admin.send("", "{'name':'ada'}", "{'name':'ben'}");
        int before = imported().size();
        admin.send("?dry_run=true", "{'name':'ada','role':'viewer'}", "{'name':'cyd'}");
        admin.send("", "{'name':'ada'}", "{'name':'admin','role':'viewer'}");
        assertEquals(before, imported().size());
        assertTold(
                admin.send("", "{'name':'ada','role':'viewer'}", "{'name':'ben'}"),
                before,
                "{'created':0,'updated':1,'first_line':1,'last_line':1}");
    }

    @Test
    void whenASyncDeactivatesThenToldOfHowMany() {
        TestRows.persons(organization, "p", 120, 10);
        int before = imported().size();
        admin.send("?mode=sync&left_out=any&dry_run=true", "{'name':'ada'}");
        assertEquals(before, imported().size());
        assertTold(
                admin.send("?mode=sync&left_out=any", "{'name':'ada'}"),
                before,
                "{'created':1,'updated':0,'first_line':1,'last_line':1}",
                "{'deactivated':100}",
                "{'deactivated':20}");
    }

    /** What was done before the caller lost its role stays, and is told of. */
    @Test
    void whenAnImportEndsWithinABatchThenWhatItDidIsTold() {
        TestClient other = organization.add("other", Role.ADMIN);
        TestRows.person(organization, "p1", Role.MEMBER);
        TestRows.person(organization, "p2", Role.MEMBER);
        int before = imported().size();
        Database.execute(
                "CREATE FUNCTION end_other() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF NEW.username = 'p2'"
                        + " AND NEW.organization_id = '" + organization.id() + "' THEN"
                        + " PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END$$");
        Database.execute("CREATE TRIGGER end_other BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION end_other()");
        try {
            new ImportClient(other.token())
                    .post(
                            "",
                            ImportClient.LINES,
                            "{\"name\":\"p1\",\"role\":\"viewer\"}\n{\"name\":\"p2\",\"role\":\"viewer\"}");
        } finally {
            Database.execute("DROP FUNCTION end_other() CASCADE");
        }
        List<String> told = imported();
        assertEquals(before + 1, told.size());
        assertEquals(
                new JsonObject("{\"created\":0,\"updated\":1,\"first_line\":1,\"last_line\":1}"),
                new JsonObject(told.get(before)));
    }

    /** These events are there, and as many of each are in the answer's summary. */
    private void assertTold(ImportClient.Answer answer, int before, String... expected) {
        List<String> told = imported();
        assertEquals(
                Stream.of(expected)
                        .map(each -> new JsonObject(each.replace('\'', '"')))
                        .toList(),
                told.subList(before, told.size()).stream().map(JsonObject::new).toList());
        for (String count : List.of("created", "updated", "deactivated")) {
            long sum = told.subList(before, told.size()).stream()
                    .mapToLong(event -> new JsonObject(event).getLong(count, 0L))
                    .sum();
            assertEquals(OpenApiDocument.read(answer.summary()).path(count).asLong(), sum, count);
        }
        assertTrue(told.size() > before);
    }

    private List<String> imported() {
        return events("users.imported").stream()
                .map(event -> event.getJsonObject("details").encode())
                .toList();
    }

    private List<JsonObject> events(String type) {
        return RecordedEvents.of(organization.id()).stream()
                .filter(event -> event.getString("type").equals(type))
                .toList();
    }
}

package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.caller.Role;
import dev.roster.testing.DatabaseProxy;
import dev.roster.testing.ProxiedDatabase;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A batch is committed, and the connection is lost before that is heard. */
@QuarkusTest
@TestProfile(ProxiedDatabase.class)
class LostCommitTest {
    private DatabaseProxy proxy;
    private final TestOrganization organization = TestOrganization.create();

    @Test
    void whenTheEndOfABatchIsNotHeardThenItsLinesAreCreatedOnceAndAnsweredSo() {
        String token = organization.token(Role.ADMIN);
        String[] lines = IntStream.rangeClosed(1, 20)
                .mapToObj(n -> "{'name':'u" + n + "'}")
                .toArray(String[]::new);
        new ImportClient(token).send("", "{'name':'first'}");
        proxy.loseCommit(1);
        ImportClient.Answer answer = new ImportClient(token).send("?mode=create", lines);
        assertTrue(proxy.hasLostCommit());
        assertEquals(20, answer.count("created"));
        answer.assertSummary("{'result':'done','created':20,'updated':0,'unchanged':0,'deactivated':0,'errors':0,"
                + "'next_line':21}");
        new ImportClient(token)
                .send("?mode=create", lines[0])
                .assertSummary("{'result':'done','created':0,'updated':0,'unchanged':0,'deactivated':0,'errors':1,"
                        + "'next_line':2}");
    }
}

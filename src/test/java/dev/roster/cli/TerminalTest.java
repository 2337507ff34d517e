package dev.roster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Beside;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a person reads at a terminal. */
@Beside
class TerminalTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(out, new PrintStream(err, true, UTF_8), () -> true, () -> true);

    @Test
    void columnsStandBelowEachOtherWhateverTheScript() {
        new Table(terminal, List.of("name", "role"))
                .page(rows("ada", "\u65e5\u672c\u8a9e", "e\u0301", "\ud83d\ude00", "\u0639\u0631\u0628\u064a"));
        assertEquals("""
                name    role
                ada     member
                \u65e5\u672c\u8a9e  member
                e\u0301       member
                \ud83d\ude00      member
                \u0639\u0631\u0628\u064a    member
                """, text(out));
    }

    /** Of many users nobody waits for the last ones, nor are all of them held. */
    @Test
    void whenAPageIsThereThenItIsWrittenAndOneThatIsWiderMovesItsColumns() {
        Table table = new Table(terminal, List.of("name", "role"));
        table.page(rows("ada"));
        assertEquals("name  role\nada   member\n", text(out));
        table.page(rows("augusta", "ben"));
        table.page(rows("cat"));
        table.page(List.of());
        assertEquals("name  role\nada   member\naugusta  member\nben      member\ncat      member\n", text(out));
    }

    @Test
    void whenNobodyIsListedThenTheNamesOfTheColumnsAreThere() {
        new Table(terminal, List.of("name", "role")).page(List.of());
        assertEquals("name  role\n", text(out));
    }

    @Test
    void whenAValueIsLongThenCutBetweenCharacters() {
        new Table(terminal, List.of("name"))
                .page(rows("\ud83d\ude00".repeat(30), "\ud83d\ude00".repeat(31), "x".repeat(61)));
        assertEquals(
                "name\n" + "\ud83d\ude00".repeat(30) + "\n" + "\ud83d\ude00".repeat(29) + "…\n" + "x".repeat(59)
                        + "…\n",
                text(out));
    }

    @Test
    void whenOneValueIsShownThenItsFieldsAreWhole() {
        terminal.value(Api.JSON.createObjectNode().put("id", 1).put("metadata", "x".repeat(100)));
        assertEquals("id        1\nmetadata  " + "x".repeat(100) + "\n", text(out));
    }

    @Test
    void whenSomethingIsToldThenTheProgressBesideItIsTakenAway() {
        terminal.progress("half");
        terminal.complain("line 7");
        terminal.complain("line 8");
        terminal.progress("all");
        terminal.progress("");
        terminal.progress("");
        assertEquals("\rhalf\u001b[K\r\u001b[Kroster: line 7\nroster: line 8\n\rall\u001b[K\r\u001b[K", text(err));
    }

    @Test
    void howFarAPipeIsIsNotKnown() {
        assertEquals("1,200 lines  600/s", Progress.text(5_000, 0, 1_200, 2));
        assertEquals(
                "[###############               ]  50 %  1,200 lines  600/s  0:02 left",
                Progress.text(5, 10, 1_200, 2));
    }

    /** What the service does then may take as long as the file did. */
    @Test
    void whenAFileIsSentThenNoBarSaysThatAllIsOver() {
        Progress progress = new Progress(terminal);
        progress.expect(10);
        progress.sent(5);
        progress.sent(5);
        assertTrue(text(err).endsWith("all is sent, the service goes on: 0 lines  0/s\u001b[K"), text(err));
        progress.answered(1);
        progress.deactivated();
        assertTrue(text(err).contains("\rusers in no line: 1 deactivated  "), text(err));
        assertFalse(text(err).contains("100 %"), text(err));
    }

    @Test
    void whenTheLinesOfAnAnswerAreCountedThenTheyAreTheBar() {
        Progress progress = new Progress(terminal);
        progress.expect(200);
        progress.received(100);
        assertTrue(text(err).startsWith("\r[###############               ]  50 %  100 lines  "), text(err));
        assertTrue(text(err).endsWith(" left\u001b[K"), text(err));
    }

    @Test
    void whenAServiceSendsControlsThenTheTerminalDoesNotFollowThem() {
        new Table(terminal, List.of("name")).page(rows("a\u001b[2J\u0007b"));
        terminal.complain("404 \u001b]0;title\u0007");
        assertEquals("name\na\ufffd[2J\ufffdb\n", text(out));
        assertEquals("roster: 404 \ufffd]0;title\ufffd\n", text(err));
    }

    private static List<JsonNode> rows(String... names) {
        return Stream.of(names)
                .<JsonNode>map(
                        name -> Api.JSON.createObjectNode().put("name", name).put("role", "member"))
                .toList();
    }

    private static String text(ByteArrayOutputStream written) {
        return written.toString(UTF_8);
    }
}

package dev.roster.api.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Constraints;
import dev.roster.testing.DriverFailure;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.GenericJDBCException;
import org.junit.jupiter.api.Test;

/** The answer to each class of SQLSTATE (PostgreSQL appendix A) that a statement can end with. */
class DatabaseErrorsTest {
    private static final String PASSES = "unavailable";
    private static final String REFUSED = "invalid_request";
    private static final String OVERTAKEN = "conflict";
    private static final String FAULT = "a fault of the service";

    private static final String NAME = "things_name_key";
    private static final DatabaseErrors ERRORS =
            new DatabaseErrors(List.of(new Constraints(Map.of(NAME, ErrorCode.NAME_TAKEN)), new Constraints(Map.of())));

    private record Row(String states, String answer, String why) {}

    private static final List<Row> APPENDIX_A = List.of(
            new Row("03000", FAULT, "a statement that is not complete is written wrongly"),
            new Row("08000 08001 08003 08004 08006 08007 08P01", PASSES, "the connection broke or was not made"),
            new Row("09000 0B000 0F000 0L000 0P000 0Z000", FAULT, "triggers, locators, grants: nothing uses them"),
            new Row(
                    "0A000",
                    FAULT,
                    "the server has nothing of the kind; of a changed table a statement hears otherwise"),
            new Row("20000 21000", FAULT, "a case or a number of rows that the statement did not expect"),
            new Row("22001 22003 22007 22008 22021 22P02 22P05", REFUSED, "a value cannot be kept"),
            new Row("22004 22012 22023 22P03 2200H", FAULT, "the statement calculates wrongly, whatever the value"),
            new Row("23001 23503", OVERTAKEN, "the row it refers to went away, or got a reference, meanwhile"),
            new Row("23505 23P01", OVERTAKEN, "another request made the same row first"),
            new Row("23000 23502 23514", FAULT, "the service did not keep a rule that it has itself"),
            new Row("24000 25000 25001 25P01 25P02", FAULT, "statements came in a wrong order"),
            new Row("25006", PASSES, "a standby has not taken over yet"),
            new Row("25P03 25P04", PASSES, "the transaction was ended for its time"),
            new Row("26000", PASSES, "a pooler gave another server, which knows no such statement"),
            new Row("27000 2B000 2D000 2F000", FAULT, "the statement does what it may not"),
            new Row("28000 28P01", PASSES, "the password is being changed, or access is closed for a while"),
            new Row("34000 38000 39000 3B000", FAULT, "cursors, routines, savepoints are used wrongly"),
            new Row("3D000", PASSES, "the database is being restored"),
            new Row("3F000", FAULT, "the schema is wrong"),
            new Row("40000 40001 40002 40003 40P01", PASSES, "two transactions met; one of them tries again"),
            new Row(
                    "42501 42601 42703 42804 42P01 44000",
                    FAULT,
                    "the statement does not fit the schema or its rights"),
            new Row("42P05", PASSES, "a pooler gave a server that has the statement of another"),
            new Row("53000 53100 53200 53300 53400", PASSES, "the server is out of disk, memory or connections"),
            new Row("54000", REFUSED, "a value is too large for its index"),
            new Row("54001 54011 54023", FAULT, "the statement is too large"),
            new Row("55000 55P02 55P04", FAULT, "an object is not as the statement needs it"),
            new Row("55006 55P03", PASSES, "something else has it locked"),
            new Row("57000 57014 57P01 57P02 57P03 57P04 57P05", PASSES, "an operator or a limit of time ended it"),
            new Row("58000 58030 58P01 58P02", PASSES, "the machine under the server fails"),
            new Row("72000", PASSES, "the read took longer than its snapshot was kept"),
            new Row("F0000 F0001", PASSES, "the server's own files are being changed"),
            new Row("HV000 P0000 P0001", FAULT, "foreign tables and procedures: nothing uses them"),
            new Row("XX000 XX001 XX002", PASSES, "the server, or a node of it, broke; another one takes over"));

    @Test
    void everyStateHasATrueAnswer() {
        for (Row row : APPENDIX_A) {
            for (String state : row.states().split(" ", -1)) {
                for (Throwable failure : forms(state)) {
                    assertEquals(row.answer(), answer(failure), state + ", " + row.why());
                }
            }
        }
    }

    @Test
    void anUnloggedTableOnAStandbyIsWaitedFor() {
        PgException standby = DriverFailure.raisedIn("get_relation_info", "0A000");
        assertEquals(PASSES, answer(standby));
        assertEquals(PASSES, answer(new CompletionException(standby)));
    }

    @Test
    void noStateIsAnsweredTwice() {
        List<String> states = new ArrayList<>();
        APPENDIX_A.forEach(row -> states.addAll(List.of(row.states().split(" ", -1))));
        Set<String> once = new TreeSet<>(states);
        assertEquals(List.copyOf(once), states.stream().sorted().toList());
    }

    @Test
    void aRefusalNamesWhatIsWrongAndNoCauseOfItsOwn() {
        RosterException refused = ERRORS.translate(forms("22021").get(0)).orElseThrow();
        assertEquals("A text has a character that cannot be stored.", refused.getMessage());
        assertEquals(List.of(), refused.fields());
    }

    @Test
    void whatIsNotTheDatabasesIsLeftToOthers() {
        assertTrue(ERRORS.translate(new IllegalStateException("08006")).isEmpty());
        assertTrue(ERRORS.translate(new SQLException("no state")).isEmpty());
    }

    @Test
    void aDeclaredConstraintMeansWhatItsPackageSays() {
        for (String name : List.of(NAME, NAME + "_102013")) {
            SQLException refused = new SQLException("refused", "23505");
            RosterException taken = ERRORS.translate(new ConstraintViolationException("flush", refused, name))
                    .orElseThrow();
            assertEquals(ErrorCode.NAME_TAKEN, taken.code());
            assertEquals(List.of(), taken.fields(), "each contract has a name of its own for the field");
        }
    }

    /** A state tells less than a name, wherever in the chain the two stand. */
    @Test
    void aDeclaredConstraintIsFoundBehindAState() {
        SQLException refused = new SQLException("refused", "23505", DriverFailure.ofUnique(NAME));
        assertEquals(
                ErrorCode.NAME_TAKEN, ERRORS.translate(refused).orElseThrow().code());
        SQLException other = new SQLException(
                "refused",
                "23505",
                new ConstraintViolationException("flush", new SQLException("refused"), "others_key"));
        assertEquals(OVERTAKEN, answer(other));
    }

    /** As while it is copied or restored; what a statement says by the same state is a fault of its own. */
    @Test
    void whenTheDatabaseTakesNoConnectionsThenUnavailable() {
        assertEquals(PASSES, answer(DriverFailure.raisedIn("CheckMyDatabase", "55000")));
        assertEquals(FAULT, answer(DriverFailure.raisedIn("lastval", "55000")));
    }

    private static String answer(Throwable failure) {
        return ERRORS.translate(failure).map(error -> error.code().code()).orElse(FAULT);
    }

    /** As the driver, as Hibernate, and as a future hands it on. */
    private static List<Throwable> forms(String state) {
        PgException driver = new PgException("refused", "ERROR", state, null);
        return List.of(
                driver,
                new GenericJDBCException("could not execute", new SQLException("refused", state)),
                new CompletionException(driver));
    }
}

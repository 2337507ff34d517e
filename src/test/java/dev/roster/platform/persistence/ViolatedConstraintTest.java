package dev.roster.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.DriverFailure;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;

/** Which constraint a failure is about, however it is wrapped and wherever the row lies. */
class ViolatedConstraintTest {
    private static final String NAME = "users_username_key";

    @Test
    void bothFormsOfAViolationTellTheName() {
        for (Throwable failure : List.of(ofHibernate(NAME), DriverFailure.ofUnique(NAME))) {
            assertEquals(Optional.of(NAME), ViolatedConstraint.of(failure));
        }
    }

    @Test
    void theNameOfAShardIsThatOfItsTable() {
        for (Throwable failure : List.of(ofHibernate(NAME + "_102013"), DriverFailure.ofUnique(NAME + "_102013"))) {
            assertEquals(Optional.of(NAME), ViolatedConstraint.of(failure));
        }
    }

    @Test
    void whereAServerPassesOnWhatAnotherSaidTheNameIsInTheMessage() {
        String unique = "duplicate key value violates unique constraint \"users_username_key_102013\"";
        String check = "new row for relation \"users_102013\" violates check constraint \"users_role_check_102013\"";
        assertEquals(
                Optional.of(NAME), ViolatedConstraint.of(new PgException(unique, "ERROR", "23505", "Key (x)=(y)")));
        assertEquals(
                Optional.of("users_role_check"),
                ViolatedConstraint.of(new PgException(check, "ERROR", "23514", "Failing row")));
        assertEquals(Optional.empty(), ViolatedConstraint.of(new PgException(unique, "ERROR", "42704", null)));
    }

    @Test
    void onlyDigitsAtTheEndAreAShard() {
        assertEquals(Optional.of("users_2_key"), ViolatedConstraint.of(DriverFailure.ofUnique("users_2_key")));
        assertEquals(Optional.of("users_key2"), ViolatedConstraint.of(DriverFailure.ofUnique("users_key2")));
    }

    @Test
    void aWrappedViolationIsFound() {
        for (Throwable failure : List.of(ofHibernate(NAME), DriverFailure.ofUnique(NAME))) {
            Throwable wrapped = new CompletionException(new IllegalStateException("flush", failure));
            assertEquals(Optional.of(NAME), ViolatedConstraint.of(wrapped));
        }
    }

    @Test
    void aViolationWithoutANameLeavesItToItsCause() {
        ConstraintViolationException nameless = new ConstraintViolationException(
                "flush", new SQLException("refused", "23505", DriverFailure.ofUnique(NAME)), null);
        assertEquals(Optional.of(NAME), ViolatedConstraint.of(nameless));
    }

    @Test
    void anotherFailureHasNone() {
        for (Throwable failure : List.of(
                ofHibernate(null),
                DriverFailure.ofUnique(null),
                new SQLException("x", "23505"),
                new RuntimeException(NAME))) {
            assertEquals(Optional.empty(), ViolatedConstraint.of(failure));
        }
        assertEquals(Optional.empty(), ViolatedConstraint.of(null));
    }

    @Test
    void oneOfSeveralIsTold() {
        Throwable failure = new CompletionException(DriverFailure.ofUnique(NAME + "_7"));
        assertTrue(ViolatedConstraint.isOneOf(Set.of("users_email_key", NAME), failure));
        assertFalse(ViolatedConstraint.isOneOf(Set.of("users_email_key"), failure));
        assertFalse(ViolatedConstraint.isOneOf(Set.of(NAME), new RuntimeException(NAME)));
    }

    private static Throwable ofHibernate(String name) {
        return new ConstraintViolationException("could not execute", new SQLException("refused", "23505"), name);
    }
}

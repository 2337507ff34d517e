package dev.roster.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureKindTest {
    @ParameterizedTest
    @CsvSource({
        "40001, PASSING",
        "55P03, PASSING",
        "57P01, PASSING",
        "08006, PASSING", // the connection was lost
        "25006, PASSING", // a standby, before it takes over
        "23505, OF_A_LINE",
        "22021, OF_A_LINE",
        "42P01, OF_THE_SERVICE",
        "53100, OF_THE_SERVICE"
    })
    void whenTheDatabaseSaysWhyThenItsStateTells(String state, FailureKind kind) {
        PgException said = new PgException("said", "ERROR", state, null);
        assertEquals(kind, FailureKind.of(said));
        assertEquals(kind, FailureKind.of(new CompletionException(said)));
        // As Hibernate hands it on
        assertEquals(kind, FailureKind.of(new RuntimeException(new SQLException("said", state))));
    }

    @Test
    void whenTheConnectionIsLostThenTheNextTryMayMeetAnother() {
        assertEquals(FailureKind.PASSING, FailureKind.of(new IOException("Connection reset by peer")));
        assertEquals(FailureKind.PASSING, FailureKind.of(new VertxException("Connection was closed", true)));
        assertEquals(FailureKind.OF_THE_SERVICE, FailureKind.of(new IllegalStateException("a fault")));
        assertEquals(FailureKind.OF_A_LINE, FailureKind.of(RosterException.of(ErrorCode.NAME_TAKEN)));
        assertEquals(FailureKind.OF_THE_SERVICE, FailureKind.of(RosterException.of(ErrorCode.UNAVAILABLE)));
    }
}

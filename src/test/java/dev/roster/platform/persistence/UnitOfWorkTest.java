package dev.roster.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UnitOfWorkTest {
    @Test
    void whenTheConnectionIsLostBeforeTheRollbackThenWhatFailedIsSaidAllTheSame() {
        RosterException refusal = RosterException.of(ErrorCode.NAME_TAKEN);
        assertSame(
                refusal,
                assertThrows(
                        RosterException.class,
                        () -> VertxContextSupport.subscribeAndAwait(() -> UnitOfWork.transaction(
                                () -> SessionSql.unflushed(Integer.class, "SELECT pg_backend_pid()")
                                        .invoke(UnitOfWorkTest::end)
                                        .chain(() -> Uni.createFrom().<Void>failure(refusal))))));
    }

    private static void end(int backend) {
        Database.value("SELECT pg_terminate_backend(?, 10000)", backend);
    }
}

package dev.roster.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.testing.Database;
import dev.roster.testing.TestOrganization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
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

    @Test
    void whatIsToFollowIsDoneOnceWhenAllOfItHolds() throws Throwable {
        UUID organization = TestOrganization.create().id();
        List<Object> seen = new ArrayList<>();
        Runnable step =
                () -> seen.add(Database.value("SELECT display_name FROM organizations WHERE id = ?", organization));
        Supplier<Uni<Void>> rename =
                () -> SessionSql.update("UPDATE organizations SET display_name = 'Renamed' WHERE id = $1", organization)
                        .invoke(() -> UnitOfWork.afterwards(step))
                        .replaceWithVoid();
        VertxContextSupport.subscribeAndAwait(() -> UnitOfWork.transaction(
                        () -> UnitOfWork.transaction(rename).chain(rename::get))
                .chain(() -> UnitOfWork.transaction(() -> Uni.createFrom().voidItem())));
        assertEquals(List.of("Renamed"), seen);
    }

    @Test
    void whatIsToFollowIsNotDoneWhereItDoesNotHold() throws Throwable {
        List<String> done = new ArrayList<>();
        VertxContextSupport.subscribeAndAwait(() -> UnitOfWork.transaction(() -> {
                    UnitOfWork.afterwards(() -> done.add("refused"));
                    return Uni.createFrom().<Void>failure(RosterException.of(ErrorCode.NAME_TAKEN));
                })
                .onFailure(RosterException.class)
                .recoverWithUni(() -> UnitOfWork.transaction(() -> {
                    UnitOfWork.afterwards(() -> done.add("second"));
                    return Uni.createFrom().voidItem();
                })));
        assertEquals(List.of("second"), done);
    }

    private static void end(int backend) {
        Database.value("SELECT pg_terminate_backend(?, 10000)", backend);
    }
}

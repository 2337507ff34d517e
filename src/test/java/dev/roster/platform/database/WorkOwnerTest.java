package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose work a request is, by what it has proven. */
class WorkOwnerTest {
    private static final UUID ACME = UUID.fromString("01980f2e-0001-7000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("01980f2e-0002-7000-8000-000000000001");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whenAnOrganizationIsOnlyNamedThenItTakesNothingFromWhoBelongsToIt() {
        Object stranger = owner(() -> {});
        Object named = owner(() -> WorkOwner.claim(ACME));
        assertEquals(ACME, owner(() -> WorkOwner.set(ACME)));
        assertNotEquals(ACME, named);
        assertNotEquals(stranger, named);
        assertEquals(named, owner(() -> WorkOwner.claim(ACME)));
        assertNotEquals(named, owner(() -> WorkOwner.claim(OTHER)));
    }

    @Test
    void whenOneIsProvenThenNoOtherThatIsNamedCounts() {
        assertEquals(ACME, owner(() -> {
            WorkOwner.set(ACME);
            WorkOwner.claim(OTHER);
        }));
        assertEquals(ACME, owner(() -> {
            WorkOwner.claim(OTHER);
            WorkOwner.set(ACME);
        }));
    }

    @Test
    void whenOneOrganizationHasAllThatItMayThenSomeIsLeftToOthers() {
        Object named = owner(() -> WorkOwner.claim(ACME));
        for (int size : new int[] {8, 17, 20, 100, 1_000}) {
            assertTrue(WorkOwner.share(ACME, size) + WorkOwner.share(named, size) < size, "" + size);
        }
        assertEquals(1, WorkOwner.share(named, 1));
    }

    private Object owner(Runnable says) {
        CompletableFuture<Object> owner = new CompletableFuture<>();
        Context request = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        request.runOnContext(in -> {
            says.run();
            owner.complete(WorkOwner.of(request));
        });
        return owner.join();
    }
}

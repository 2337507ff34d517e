package dev.roster.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test during which no two transactions may wait for each other. Its requests would not show it: the one that PostgreSQL
 * ends is answered as what the service is too busy for, and sent again.
 */
public final class NoDeadlock implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(NoDeadlock.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put("before", TestDatabase.deadlocks());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertEquals(context.getStore(NAMESPACE).get("before"), TestDatabase.deadlocks(), "deadlocks so far");
    }
}

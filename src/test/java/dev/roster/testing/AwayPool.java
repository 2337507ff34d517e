package dev.roster.testing;

import io.vertx.mutiny.sqlclient.Pool;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A pool whose database may be away. */
public final class AwayPool {
    private AwayPool() {}

    /** The same pool, of which every call fails with {@link IllegalStateException} while its database is away. */
    public static Pool of(Pool real, AtomicBoolean away) {
        return of(real, away::get);
    }

    /** The same, where each call asks whether the database is away. */
    public static Pool of(Pool real, BooleanSupplier away) {
        io.vertx.sqlclient.Pool delegate = real.getDelegate();
        return Pool.newInstance((io.vertx.sqlclient.Pool) Proxy.newProxyInstance(
                AwayPool.class.getClassLoader(),
                new Class<?>[] {io.vertx.sqlclient.Pool.class},
                (proxy, method, values) -> {
                    if (away.getAsBoolean()) {
                        throw new IllegalStateException("away");
                    }
                    return method.invoke(delegate, values);
                }));
    }
}

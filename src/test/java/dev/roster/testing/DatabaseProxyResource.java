package dev.roster.testing;

import dev.roster.platform.database.DatabaseAddress;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.util.Map;

/**
 * Lets the service of a test profile reach the database of the test run through a {@link
 * DatabaseProxy}, which the test gets in its field of that type.
 */
public final class DatabaseProxyResource implements QuarkusTestResourceLifecycleManager {
    private DatabaseProxy proxy;

    @Override
    public int order() {
        return 1; // behind the resource that names the database itself
    }

    @Override
    public Map<String, String> start() {
        DatabaseAddress address = TestDatabase.address();
        URI direct = URI.create(address.url());
        proxy = new DatabaseProxy(direct.getHost(), direct.getPort());
        String url = "postgresql://localhost:" + proxy.port() + direct.getPath();
        return Map.of("roster.db.url", url);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(proxy, new TestInjector.MatchesType(DatabaseProxy.class));
    }

    @Override
    public void stop() {
        proxy.close();
    }
}

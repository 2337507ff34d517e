package dev.roster.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** The service behind a {@link DatabaseProxy}. */
public final class ProxiedDatabase implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(DatabaseProxyResource.class));
    }
}

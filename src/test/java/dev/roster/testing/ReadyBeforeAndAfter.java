package dev.roster.testing;

import dev.roster.revocation.RevocationFeed;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of what a service does without its database, or what that announces: it has both before each, and after it. */
public abstract class ReadyBeforeAndAfter {
    @Inject
    protected RevocationFeed feed;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    protected DatabaseProxy proxy;
    protected Probe probe;

    @BeforeEach
    void awaitReady() throws InterruptedException {
        probe = new Probe(management);
        probe.await("ready");
        Eventually.holds(feed::isInSync);
    }

    @AfterEach
    void restore() throws InterruptedException {
        proxy.restore();
        probe.await("ready");
        Eventually.holds(feed::isInSync);
    }
}

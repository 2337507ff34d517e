package dev.roster.revocation;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while revocations are heard. Requests are answered rightly without, each at the cost of a
 * question to the database; one that cannot be asked is noticed here first.
 */
@Readiness
@Singleton
public class RevocationsCheck implements HealthCheck {
    private final RevocationFeed feed;

    RevocationsCheck(RevocationFeed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("revocations").status(feed.isHeard()).build();
    }
}

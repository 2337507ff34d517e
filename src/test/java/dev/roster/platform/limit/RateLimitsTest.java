package dev.roster.platform.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.roster.platform.limit.RateLimits.Action;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RateLimitsTest {
    private static final RateLimit TWICE = new RateLimit("test:twice", 2, Duration.ofHours(1));
    private static final RateLimit THRICE = new RateLimit("test:thrice", 3, Duration.ofMinutes(10));

    @Inject
    RateLimits limits;

    private final UUID organization = UUID.randomUUID();

    @Test
    void whenTwoActionsAreSpentTogetherThenEachHasItsLimit() throws Throwable {
        spend(new Action(TWICE, "mia"), new Action(THRICE, "ben"));
        spend(new Action(TWICE, "mia"), new Action(THRICE, "ben"));
        assertAbout(Duration.ofMinutes(30), refused(new Action(TWICE, "mia"), new Action(THRICE, "eve")));
        // Neither of the two was used up
        spend(new Action(TWICE, "eve"), new Action(THRICE, "ben"));
        assertAbout(Duration.ofSeconds(200), refused(new Action(TWICE, "eve"), new Action(THRICE, "ben")));
        spend(new Action(TWICE, "eve"), new Action(THRICE, "tom"));
        assertEquals(4L, Database.value("SELECT count(*) FROM rate_limits WHERE organization_id = ?", organization));
    }

    @Test
    void whenOneIsSpentByItselfThenItIsTheSame() throws Throwable {
        spend(new Action(TWICE, "mia"), new Action(THRICE, "ben"));
        VertxContextSupport.subscribeAndAwait(
                () -> UnitOfWork.transaction(() -> limits.spend(TWICE, organization, "mia")));
        refused(new Action(TWICE, "mia"), new Action(THRICE, "ben"));
    }

    private void spend(Action first, Action second) throws Throwable {
        VertxContextSupport.subscribeAndAwait(
                () -> UnitOfWork.transaction(() -> limits.spend(organization, first, second)));
    }

    private Duration refused(Action first, Action second) {
        return assertThrows(LimitReached.class, () -> spend(first, second))
                .retryAfter()
                .orElseThrow();
    }

    // As much as is used up beyond the period; the test itself takes a part of it
    private static void assertAbout(Duration step, Duration wait) {
        assertEquals(0, step.minus(wait).dividedBy(Duration.ofMinutes(1)), wait::toString);
    }
}

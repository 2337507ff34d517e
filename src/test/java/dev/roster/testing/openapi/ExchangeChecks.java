package dev.roster.testing.openapi;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;

/**
 * Puts the {@link ExchangeCheck} into every Quarkus test; registered in {@code META-INF/services},
 * so that no test can forget it.
 */
public final class ExchangeChecks implements QuarkusTestBeforeEachCallback {
    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        RestAssured.replaceFiltersWith(new ExchangeCheck());
    }
}

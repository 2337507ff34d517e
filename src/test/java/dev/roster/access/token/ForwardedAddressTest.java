package dev.roster.access.token;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Without a configured proxy, a client cannot choose the address that its failures count to. */
@QuarkusTest
class ForwardedAddressTest {

    @Test
    void whenNoProxyIsConfiguredThenHeadersAreIgnored() {
        String clientId = "guess-" + UUID.randomUUID();
        List<Integer> statuses = IntStream.range(0, 11)
                .mapToObj(i -> given().header("X-Forwarded-For", "10.0.0." + i)
                        .header("Forwarded", "for=10.0.0." + i)
                        .formParam("grant_type", "client_credentials")
                        .formParam("client_id", clientId)
                        .formParam("client_secret", "wrong " + i)
                        .post("/oauth2/token")
                        .statusCode())
                .toList();
        assertEquals(10, statuses.lastIndexOf(401) + 1);
        assertEquals(429, statuses.get(10));
    }
}

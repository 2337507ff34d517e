package dev.roster.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Takes addresses from a proxy, so that a test can come from many, and has small limits. */
public final class BehindProxy implements QuarkusTestProfile {
    public static final int PER_PAIR = 3;
    public static final int PER_ADDRESS = 6;
    public static final int PER_CLIENT = 9;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "roster.trusted-proxies", "127.0.0.1, 192.0.2.0/24",
                "roster.client-failures.per-pair", "" + PER_PAIR,
                "roster.client-failures.per-address", "" + PER_ADDRESS,
                "roster.client-failures.per-client", "" + PER_CLIENT);
    }
}

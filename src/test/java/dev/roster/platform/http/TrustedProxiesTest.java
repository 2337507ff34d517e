package dev.roster.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.LogListener;
import dev.roster.testing.TestSettings;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The caller is the first from the right that is no trusted proxy; what is left of it is made up.
 */
class TrustedProxiesTest {
    private static final List<String> PROXIES = List.of("10.0.0.0/8", " 192.0.2.7 ", "2001:db8:1::/48");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1|198.51.100.1|198.51.100.1",
                "10.0.0.1|1.1.1.1, 198.51.100.1|198.51.100.1",
                "10.0.0.1|1.1.1.1, 198.51.100.1, 10.9.9.9, 192.0.2.7|198.51.100.1",
                "10.0.0.1|198.51.100.1:4711|198.51.100.1",
                "10.0.0.1|2001:db8::1|2001:db8::1",
                "10.0.0.1|[2001:DB8::0:1]:4711|2001:db8::1",
                "10.0.0.1|::ffff:198.51.100.1|198.51.100.1",
                "2001:db8:1::5|198.51.100.1|198.51.100.1",
                "2001:db8:2::5|198.51.100.1|2001:db8:2::5",
                "203.0.113.9|198.51.100.1|203.0.113.9",
                "10.0.0.1|10.0.0.2, 10.0.0.3|10.0.0.2",
                "10.0.0.1|198.51.100.1, unknown|10.0.0.1",
                "10.0.0.1|198.51.100.1, example.org, 10.0.0.2|10.0.0.2",
                "10.0.0.1|198.51.100.1,|10.0.0.1",
                "10.0.0.1|''|10.0.0.1"
            })
    void xForwardedFor(String peer, String header, String caller) {
        assertEquals(caller, caller("X-Forwarded-For", peer, header));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "10.0.0.1|for=198.51.100.1|198.51.100.1",
                "10.0.0.1|For=\"198.51.100.1:80\";proto=https;by=10.0.0.1|198.51.100.1",
                "10.0.0.1|for=1.1.1.1, proto=http; for=198.51.100.1 ,for=10.2.2.2|198.51.100.1",
                "10.0.0.1|for=\"[2001:db8::1]:4711\"|2001:db8::1",
                "10.0.0.1|for=\"\\198.51.100.1\"|198.51.100.1",
                "10.0.0.1|for=198.51.100.1, for=unknown|10.0.0.1",
                "10.0.0.1|for=198.51.100.1, for=_hidden, for=10.0.0.3|10.0.0.3",
                "10.0.0.1|for=198.51.100.1, by=10.0.0.3|10.0.0.1",
                "10.0.0.1|for=\"1.1.1.1, for=198.51.100.1|10.0.0.1",
                "10.0.0.1|for=\", for=\"[2001:db8::1]\"|10.0.0.1",
                "10.0.0.1|for=1.1.1.1 for=198.51.100.1|10.0.0.1",
                "10.0.0.1|198.51.100.1|10.0.0.1",
                "203.0.113.9|for=198.51.100.1|203.0.113.9"
            })
    void forwarded(String peer, String header, String caller) {
        assertEquals(caller, caller("Forwarded", peer, header));
    }

    @Test
    void theOtherHeaderAndTheLinesBeforeAreNotRead() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Forwarded", "for=1.1.1.1")
                .add("X-Forwarded-For", "2.2.2.2")
                .add("X-Forwarded-For", "198.51.100.1, 10.0.0.5");
        assertEquals(
                "198.51.100.1",
                NetUtil.toAddressString(proxies("X-Forwarded-For", PROXIES).caller(ip("10.0.0.1"), headers)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "2001:db8::/129", "proxy.example", "10.0.0", "1.2.3.4/", "/8"})
    void aWrongRangeStopsTheStart(String range) {
        List<String> broken = TestSettings.broken(settings("X-Forwarded-For", List.of("10.0.0.0/8", range)));
        assertEquals(
                List.of(
                        "ROSTER_TRUSTED_PROXIES must be addresses or ranges such as 10.0.0.0/8, and number 2 of these is"
                                + " none"),
                broken);
    }

    @Test
    void whenAnotherPeerSendsTheHeaderThenThatIsToldOnce() {
        List<String> log = new ArrayList<>();
        try (LogListener said =
                new LogListener(TrustedProxies.class.getName(), entry -> log.add(entry.getFormattedMessage()))) {
            TrustedProxies proxies = proxies("X-Forwarded-For", PROXIES);
            MultiMap forwarded = MultiMap.caseInsensitiveMultiMap().add("x-forwarded-for", "198.51.100.1");
            proxies.caller(ip("10.0.0.1"), forwarded);
            proxies.caller(ip("203.0.113.9"), MultiMap.caseInsensitiveMultiMap());
            assertEquals(List.of(), log);
            proxies.caller(ip("203.0.113.9"), forwarded);
            proxies.caller(ip("203.0.113.10"), forwarded);
        }
        assertEquals(
                List.of(
                        "x-forwarded-for of 203.0.113.9 is not read, as ROSTER_TRUSTED_PROXIES does not name it: if that is a"
                                + " proxy of yours, all behind it count as one caller"),
                log);
    }

    @Test
    void anotherHeaderStopsTheStart() {
        assertEquals(
                List.of("ROSTER_TRUSTED_PROXIES_HEADER must be X-Forwarded-For or Forwarded"),
                TestSettings.broken(settings("X-Real-IP", PROXIES)));
        assertEquals(List.of(), TestSettings.broken(settings("Forwarded", PROXIES)));
    }

    @Test
    void whatBelievesTheCallerStopsTheStart() {
        for (String name : List.of("proxy-address-forwarding", "use-proxy-protocol")) {
            List<String> broken = TestSettings.broken(
                    TestSettings.of(PortSettings.class, Map.of("quarkus.http.proxy." + name, "true")));
            assertEquals(1, broken.size(), broken.toString());
            String variable =
                    "QUARKUS_HTTP_PROXY_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
            assertTrue(broken.get(0).startsWith(variable + " must not be set"), broken.toString());
        }
        assertEquals(List.of(), TestSettings.broken(TestSettings.of(PortSettings.class, Map.of())));
    }

    private static String caller(String name, String peer, String value) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add(name, value);
        return NetUtil.toAddressString(proxies(name, PROXIES).caller(ip(peer), headers));
    }

    private static TrustedProxies proxies(String header, List<String> ranges) {
        return new TrustedProxies(settings(header, ranges));
    }

    private static ProxySettings settings(String header, List<String> ranges) {
        return new ProxySettings() {
            @Override
            public Optional<String> trustedProxies() {
                return Optional.of(String.join(",", ranges));
            }

            @Override
            public String trustedProxiesHeader() {
                return header;
            }
        };
    }

    private static InetAddress ip(String text) {
        return AddressRange.address(text).orElseThrow();
    }
}

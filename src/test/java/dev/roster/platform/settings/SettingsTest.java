package dev.roster.platform.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.mail.MailSettings;
import dev.roster.platform.http.PortSettings;
import dev.roster.platform.http.RequestLimits;
import dev.roster.platform.outbox.OutboxSettings;
import dev.roster.platform.request.TraceSettings;
import dev.roster.revocation.RevocationSettings;
import dev.roster.testing.TestSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting that makes no sense stops the start by the name of its variable. */
class SettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "roster.http.body-timeout   | 0S   | ROSTER_HTTP_BODY_TIMEOUT must be 1 seconds to 600 seconds",
                "roster.http.head-timeout   | 11M  | ROSTER_HTTP_HEAD_TIMEOUT must be 1 seconds to 600 seconds",
                "roster.http.max-uri        | 0    | ROSTER_HTTP_MAX_URI must be 1 to 131072",
                "roster.http.body-memory    | 1K   | ROSTER_HTTP_BODY_MEMORY must be at least 16384 bytes",
                "roster.http.connections-per-address | 0 | ROSTER_HTTP_CONNECTIONS_PER_ADDRESS must be at least 1"
            })
    void whenLimitMakesNoSenseThenNamed(String name, String value, String message) {
        RequestLimits limits = TestSettings.of(RequestLimits.class, Map.of(name, value));
        assertEquals(List.of(message), TestSettings.broken(limits));
    }

    /** Both would get some of the connections, and everybody the metrics. */
    @ParameterizedTest
    @CsvSource({
        "8633, 127.0.0.1, 8633, 127.0.0.1, false",
        "8633, 127.0.0.1, 8633, 0.0.0.0, false",
        "8633, ::, 8633, ::1, false",
        "8633, 0:0:0:0:0:0:0:0, 8633, 127.0.0.1, false",
        "8633, 0, 8633, 127.0.0.1, false",
        "8633, localhost, 8633, 127.0.0.1, false",
        "8633, LOCALHOST, 8633, 127.0.0.1, false",
        "8633, ::1, 8633, 0:0:0:0:0:0:0:1, false",
        "8633, ::ffff:127.0.0.1, 8633, 127.0.0.1, false",
        "8633, nowhere.invalid, 8633, nowhere.invalid, false",
        "8633, nowhere.invalid, 8633, 127.0.0.1, true",
        "8633, 127.0.0.1, 8633, ::1, true",
        "9000, , , , false",
        ", , 8080, , false",
        "8633, 127.0.0.1, 8633, 127.0.0.2, true",
        "8633, , 8634, , true",
        "0, , 0, , true",
        ", , , , true"
    })
    void whenTheManagementPortIsThatOfTheServiceThenNamed(
            String port, String host, String other, String otherHost, boolean isRight) {
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.http.port", port);
        settings.put("quarkus.http.host", host);
        settings.put("quarkus.management.port", other);
        settings.put("quarkus.management.host", otherHost);
        settings.values().removeIf(Objects::isNull);
        assertEquals(
                isRight
                        ? List.of()
                        : List.of("QUARKUS_MANAGEMENT_PORT must be another than QUARKUS_HTTP_PORT, which everybody can"
                                + " reach"),
                TestSettings.broken(TestSettings.of(PortSettings.class, settings)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "mail.example:25",
                "smtp://mail.example",
                "mail..example",
                ".",
                "[mail.example]",
                "a:25",
                "a@b",
                "a/b",
                "\u00a0",
                "12345678901234567890123456789012345678901234567890123456789012345.example"
            })
    void whenAHostCanBeNoneThenNamed(String host) {
        String rule = " must be the name or address of a host, without a port";
        assertEquals(
                List.of("ROSTER_MAIL_HOST" + rule),
                TestSettings.broken(TestSettings.of(
                        MailSettings.class, Map.of("roster.mail.host", host, "roster.mail.from", "a@b.example"))));
        assertEquals(
                List.of("QUARKUS_HTTP_HOST" + rule, "QUARKUS_MANAGEMENT_HOST" + rule),
                TestSettings.broken(TestSettings.of(
                        PortSettings.class, Map.of("quarkus.http.host", host, "quarkus.management.host", host))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail",
                "mail_server",
                "mail.example",
                "mail.example.",
                "192.0.2.1",
                "2001:db8::1",
                "[::1]",
                "m\u00fcller.example"
            })
    void whenAHostCanBeOneThenGood(String host) {
        assertEquals(
                List.of(),
                TestSettings.broken(TestSettings.of(
                        MailSettings.class, Map.of("roster.mail.host", host, "roster.mail.from", "a@b.example"))));
    }

    /** Only where there are traces: other programs of the same environment may read something else in it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b | false | false",
                "collector:4317 | false | false",
                "a b | true | true",
                "http://collector:4317 | false | true",
                "http://otel_collector:4317 | false | false",
                "https://collector.example/otlp | false | true"
            })
    void whenTheCollectorHasNoUrlThenNamed(String url, String disabled, boolean isRight) {
        assertEquals(
                isRight
                        ? List.of()
                        : List.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https URL without a fragment, its host of letters,"
                                        + " digits, hyphens and dots"),
                TestSettings.broken(TestSettings.of(
                        TraceSettings.class,
                        Map.of("otel.exporter.otlp.endpoint", url, "otel.sdk.disabled", disabled))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "roster.outbox.poll         | 0S   | ROSTER_OUTBOX_POLL must be 100 milliseconds to 3600 seconds",
                "roster.outbox.first-wait   | 0S   | ROSTER_OUTBOX_FIRST_WAIT must be 100 milliseconds to 86400 seconds",
                "roster.outbox.longest-wait | 9S   | ROSTER_OUTBOX_LONGEST_WAIT must be 10 seconds to 86400 seconds",
                "roster.outbox.give-up      | 59S  | ROSTER_OUTBOX_GIVE_UP must be 60 seconds to 31536000 seconds",
                "roster.outbox.lease        | 0S   | ROSTER_OUTBOX_LEASE must be 100 milliseconds to 3600 seconds"
            })
    void whenOutboxMakesNoSenseThenNamed(String name, String value, String message) {
        OutboxSettings settings = TestSettings.of(OutboxSettings.class, Map.of(name, value));
        assertEquals(List.of(message), TestSettings.broken(settings));
    }

    /** Another replica would send what is still being sent. */
    @Test
    void whenAMailMayTakeLongerThanItsLeaseThenNamed() {
        Map<String, String> mail = Map.of("roster.mail.host", "mail.example", "roster.mail.from", "a@b.example");
        Map<String, String> lease = Map.of("roster.outbox.lease", "30S");
        String rule = "ROSTER_OUTBOX_LEASE must be longer than the 30 seconds that an attempt may take, as"
                + " ROSTER_MAIL_HOST is set";
        assertEquals(
                List.of(rule),
                TestSettings.broken(
                        TestSettings.of(MailSettings.class, mail), TestSettings.of(OutboxSettings.class, lease)));
        assertEquals(
                List.of(rule),
                TestSettings.broken(
                        TestSettings.of(OutboxSettings.class, lease), TestSettings.of(MailSettings.class, mail)));
        assertEquals(
                List.of(),
                TestSettings.broken(
                        TestSettings.of(OutboxSettings.class, lease), TestSettings.of(MailSettings.class, Map.of())));
        assertEquals(
                List.of(),
                TestSettings.broken(
                        TestSettings.of(OutboxSettings.class, Map.of("roster.outbox.lease", "31S")),
                        TestSettings.of(MailSettings.class, mail)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "roster.revocations.size    | -1   | ROSTER_REVOCATIONS_SIZE must not be negative",
                "roster.revocations.lease   | 11M  | ROSTER_REVOCATIONS_LEASE must be 0 seconds to 600 seconds"
            })
    void whenRevocationsMakeNoSenseThenNamed(String name, String value, String message) {
        RevocationSettings settings = TestSettings.of(RevocationSettings.class, Map.of(name, value));
        assertEquals(List.of(message), TestSettings.broken(settings));
    }

    @Test
    void whenDefaultThenGood() {
        assertEquals(List.of(), TestSettings.broken(TestSettings.of(RequestLimits.class, Map.of())));
        assertEquals(List.of(), TestSettings.broken(TestSettings.of(OutboxSettings.class, Map.of())));
        assertEquals(List.of(), TestSettings.broken(TestSettings.of(RevocationSettings.class, Map.of())));
    }
}

package dev.roster.platform.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.access.federation.TrustedIssuerSettings;
import dev.roster.access.reset.ResetSettings;
import dev.roster.caller.TokenSettings;
import dev.roster.email.EmailChangeSettings;
import dev.roster.invite.InviteSettings;
import dev.roster.mail.MailSettings;
import dev.roster.platform.database.MigrationSettings;
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
import java.util.Set;
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
                "roster.http.max-body       | 2G   | ROSTER_HTTP_MAX_BODY must be 1 to 2147483647 bytes",
                "roster.http.max-body       | 0    | ROSTER_HTTP_MAX_BODY must be 1 to 2147483647 bytes",
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
                                "OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https URL without credentials or a fragment,"
                                        + " its host of letters, digits, hyphens and dots, its port 1 to 65535"),
                TestSettings.broken(TestSettings.of(
                        TraceSettings.class,
                        Map.of("otel.exporter.otlp.endpoint", url, "otel.sdk.disabled", disabled))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://h:99999",
                "https://h:65536",
                "https://h:0",
                "https://h:",
                "https://h:-1",
                "https://user:password@h",
                "https://user@h",
                "https://h#fragment",
                "https://h#",
                "https://h/a b",
                " https://h",
                "https://h\n",
                "https://",
                "https:h",
                "//h",
                "h",
                "ftp://h",
                "HTTPS://h"
            })
    void whenAUrlCannotBeCalledThenEachVariableThatHasItIsNamed(String url) {
        String rule = " must be an http or https URL without credentials or a fragment, its host of letters, digits,"
                + " hyphens and dots, its port 1 to 65535";
        assertEquals(
                Set.of(
                        "ROSTER_ISSUER must be an http or https URL without credentials, query, fragment or a slash at"
                                + " the end, its port 1 to 65535",
                        "ROSTER_INVITE_LINK_URL" + rule,
                        "ROSTER_PASSWORD_RESET_LINK_URL" + rule,
                        "ROSTER_EMAIL_CHANGE_LINK_URL" + rule,
                        "OTEL_EXPORTER_OTLP_ENDPOINT" + rule,
                        "ROSTER_TRUSTED_ISSUERS__IDP__ISSUER must be an https URL, as its metadata is read there; http is"
                                + " for this machine only",
                        "ROSTER_TRUSTED_ISSUERS__IDP__JWKS_URL must be an https URL; http is for this machine only"),
                Set.copyOf(withUrl(url)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://h",
                "https://h:1",
                "https://h:65535/a",
                "https://[2001:db8::1]:8443",
                "http://localhost:80"
            })
    void whenAUrlCanBeCalledThenGood(String url) {
        assertEquals(List.of(), withUrl(url));
    }

    private static List<String> withUrl(String url) {
        String issuer = "roster.trusted-issuers.idp.";
        Map<String, String> values = Map.ofEntries(
                Map.entry("roster.issuer", url),
                Map.entry("roster.invite.link-url", url),
                Map.entry("roster.password-reset.link-url", url),
                Map.entry("roster.email-change.link-url", url),
                Map.entry("otel.exporter.otlp.endpoint", url),
                Map.entry("otel.sdk.disabled", "false"),
                Map.entry(issuer + "issuer", url),
                Map.entry(issuer + "jwks-url", url),
                Map.entry(issuer + "organization", "acme"),
                Map.entry(issuer + "role", "member"),
                Map.entry(issuer + "client-id", "roster"),
                Map.entry(issuer + "client-secret", "secret"));
        return TestSettings.wrong(
                List.of(
                        TokenSettings.class,
                        InviteSettings.class,
                        ResetSettings.class,
                        EmailChangeSettings.class,
                        TraceSettings.class,
                        TrustedIssuerSettings.class),
                values);
    }

    /** They stand in every token, which has to fit into the headers of a request. */
    @Test
    void whenWhatStandsInEveryTokenIsLongThenNamed() {
        String longest = "https://" + "a".repeat(63) + ".example/" + "b".repeat(175);
        assertEquals(255, longest.length());
        Map<String, String> fitting = Map.of("roster.issuer", longest, "roster.audience", longest);
        assertEquals(List.of(), TestSettings.wrong(List.of(TokenSettings.class), fitting));
        Map<String, String> longer = Map.of("roster.issuer", longest + "b", "roster.audience", longest + "b");
        assertEquals(
                List.of(
                        "ROSTER_ISSUER must have at most 255 characters",
                        "ROSTER_AUDIENCE must have at most 255 characters"),
                TestSettings.wrong(List.of(TokenSettings.class), longer));
    }

    @ParameterizedTest
    @CsvSource({
        "roster@example.org, true",
        "Roster <roster@example.org>, true",
        "R\u00f6ster <roster@example.org>, true",
        "roster@localhost, true",
        "roster, false",
        "roster@, false",
        "Roster roster@example.org, false",
        "r\u00f6ster@example.org, false",
        "roster@r\u00f6ster.example, false",
        "'\"roster@example.org\"', false",
        "'roster@example.org\r\nBcc: other@example.org', false"
    })
    void whenTheSenderIsNoAddressThenNamed(String from, boolean isRight) {
        assertEquals(
                isRight
                        ? List.of()
                        : List.of(
                                "ROSTER_MAIL_FROM must be an address in ASCII, alone or as in Name <name@example.com>"),
                TestSettings.broken(TestSettings.of(MailSettings.class, Map.of("roster.mail.from", from))));
    }

    @ParameterizedTest
    @CsvSource({
        "roster.mail.username, start, mail.example, false",
        "roster.mail.password, off, mail.example, false",
        "roster.mail.username, only, mail.example, true",
        "roster.mail.username, start, '', true",
        "roster.mail.password, off, '', true"
    })
    void whenTheMailServerHasAUserWithoutAPasswordOrOneWithoutAUserThenNamed(
            String setting, String migrate, String host, boolean isRight) {
        assertEquals(
                isRight ? List.of() : List.of("ROSTER_MAIL_USERNAME and ROSTER_MAIL_PASSWORD must be set, or neither"),
                TestSettings.wrong(
                        List.of(MailSettings.class, MigrationSettings.class),
                        Map.of(
                                setting,
                                "something",
                                "roster.mail.host",
                                host,
                                "roster.mail.from",
                                "a@b.example",
                                "roster.migrate",
                                migrate)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exporter.otlp.protocol | nonsense | OTEL_EXPORTER_OTLP_PROTOCOL must be grpc or http/protobuf",
                "exporter.otlp.headers | secret | OTEL_EXPORTER_OTLP_HEADERS must be name=value, several with commas between, not percent-encoded",
                "exporter.otlp.headers | Authorization=Basic%20secret | OTEL_EXPORTER_OTLP_HEADERS must be name=value, several with commas between, not percent-encoded",
                "exporter.otlp.headers | a=b,=secret | OTEL_EXPORTER_OTLP_HEADERS must be name=value, several with commas between, not percent-encoded",
                "exporter.otlp.headers | a=b\u00e4 | OTEL_EXPORTER_OTLP_HEADERS must be name=value, several with commas between, not percent-encoded",
                "traces.sampler.arg | much | OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1",
                "traces.sampler.arg | 7 | OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1",
                "traces.sampler.arg | 1.01 | OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1",
                "traces.sampler.arg | -0.1 | OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1",
                "resource.attributes | secret | OTEL_RESOURCE_ATTRIBUTES must be name=value, several with commas between",
                "exporter.otlp.headers | a=b, | ",
                "exporter.otlp.headers | ,a=b,,c=d | ",
                "exporter.otlp.headers | a=b, , | OTEL_EXPORTER_OTLP_HEADERS must be name=value, several with commas between, not percent-encoded",
                "traces.sampler.arg | 1e-3 | ",
                "traces.sampler.arg | 1.001 | OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1",
                "traces.sampler.arg | -1e-3 | OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1",
                "traces.sampler.arg | NaN | OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1",
                "resource.attributes | a=b, | ",
                "resource.attributes | a=%zz | OTEL_RESOURCE_ATTRIBUTES must be name=value, several with commas between",
                "exporter.otlp.protocol | http/protobuf | ",
                "exporter.otlp.headers | Authorization=Basic cm9zdGVy==, x-scope=a b | ",
                "traces.sampler.arg | 0 | ",
                "traces.sampler.arg | 0.05 | ",
                "traces.sampler.arg | .5 | ",
                "traces.sampler.arg | 1.0 | ",
                "resource.attributes | deployment.environment.name=test,team=a%20b=c | "
            })
    void whenWhatTracingReadsMakesNoSenseThenNamedWhereThereIsTracing(String name, String value, String message) {
        assertEquals(
                message == null ? List.of() : List.of(message),
                TestSettings.broken(TestSettings.of(
                        TraceSettings.class, Map.of("otel." + name, value, "otel.sdk.disabled", "false"))));
        assertEquals(
                List.of(), TestSettings.broken(TestSettings.of(TraceSettings.class, Map.of("otel." + name, value))));
    }

    /** However long: what it is matched with keeps no place for each character, or for each pair. */
    @ParameterizedTest
    @ValueSource(strings = {"%20", "b", "b,a=c"})
    void whenWhatTracingReadsIsLongThenGood(String part) {
        String value = "a=" + part.repeat(100_000);
        assertEquals(
                List.of(),
                TestSettings.broken(TestSettings.of(
                        TraceSettings.class,
                        Map.of(
                                "otel.resource.attributes",
                                value,
                                "otel.exporter.otlp.headers",
                                value.replace('%', '_'),
                                "otel.sdk.disabled",
                                "false"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quarkus.http.idle-timeout | 25D | QUARKUS_HTTP_IDLE_TIMEOUT must be 0 seconds, which is for ever, to 24 days",
                "quarkus.http.limits.max-connections | 0 | QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS must be at least 1"
            })
    void whenConnectionsMakeNoSenseThenNamed(String name, String value, String message) {
        assertEquals(List.of(message), TestSettings.broken(TestSettings.of(PortSettings.class, Map.of(name, value))));
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

package dev.roster.platform.settings;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a start that was refused says of settings: a line for each that is wrong, by the name of its variable. */
public final class WrongSettings {
    private static final Pattern EXCEPTION = Pattern.compile("^([a-z]+\\.)+[A-Z]\\w*(Exception|Error): ");

    /** Messages of SmallRye Config, which name the property, and may have its value. */
    private static final Pattern MISSING = Pattern.compile(
            "SRCFG000(?:(?<none>14)|40|41): The config property (?<name>\\S+) (?:is required|is defined as the empty|with the config value)",
            Pattern.DOTALL);

    private static final Pattern OF_ANOTHER_TYPE = Pattern.compile(
            "SRCFG00039: The config property (?<name>\\S+) with the config value .*"
                    + " threw an Exception whilst being converted (?<why>.*)",
            Pattern.DOTALL);

    /** What an operator has a name of its own for, which stands between two more underscores. */
    private static final Pattern CHOSEN = Pattern.compile("^(roster\\.trusted-issuers)\\.\"?([^.\"]+)\"?\\.");

    /** What it says of the words of a setting that is one of a few. */
    private static final Pattern ONE_OF =
            Pattern.compile("SRCFG00049: .* allowed values: (?<words>[a-zA-Z0-9_,-]+)$", Pattern.DOTALL);

    /** What JBoss LogManager says, with the levels that it knows, but for those of {@code java.util.logging}. */
    private static final String NO_LEVEL = "Unknown level";

    private static final String LEVELS = "OFF, FATAL, ERROR, WARN, INFO, DEBUG, TRACE or ALL";

    /** What SmallRye Config says of places of further settings, which may have secrets in them; and of what it reads there. */
    private static final Map<String, String> LOCATIONS = Map.of(
            "SRCFG00018", "names a file that is not as files of properties are written",
            "SRCFG00033", "must be paths of files or URLs",
            "SRCFG00034", "must be paths of files or URLs",
            "SRCFG00035", "names a file or URL that cannot be read");

    /** Properties of Quarkus that have the values of our variables. */
    private static final Map<String, String> OURS = Map.ofEntries(
            Map.entry("quarkus.log.console.json.enabled", "roster.log.json"),
            Map.entry("quarkus.mailer.from", "roster.mail.from"),
            Map.entry("quarkus.mailer.host", "roster.mail.host"),
            Map.entry("quarkus.mailer.password", "roster.mail.password"),
            Map.entry("quarkus.mailer.port", "roster.mail.port"),
            Map.entry("quarkus.mailer.start-tls", "roster.mail.start-tls"),
            Map.entry("quarkus.mailer.tls", "roster.mail.tls"),
            Map.entry("quarkus.mailer.username", "roster.mail.username"),
            Map.entry("quarkus.otel.exporter.otlp.endpoint", "otel.exporter.otlp.endpoint"),
            Map.entry("quarkus.otel.exporter.otlp.headers", "otel.exporter.otlp.headers"),
            Map.entry("quarkus.otel.exporter.otlp.protocol", "otel.exporter.otlp.protocol"),
            Map.entry("quarkus.otel.resource.attributes", "otel.resource.attributes"),
            Map.entry("quarkus.otel.sdk.disabled", "otel.sdk.disabled"),
            Map.entry("quarkus.otel.service.name", "otel.service.name"),
            Map.entry("quarkus.otel.traces.sampler.arg", "otel.traces.sampler.arg"),
            Map.entry("quarkus.shutdown.delay", "roster.shutdown.delay"),
            Map.entry("quarkus.shutdown.timeout", "roster.shutdown.timeout"));

    private WrongSettings() {}

    /** What is wrong; empty where a start has failed for another reason. */
    public static List<String> of(Throwable failure) {
        Throwable root = ExceptionUtil.getRootCause(failure);
        if (root instanceof ConfigValidationException refused) {
            return IntStream.range(0, refused.getProblemCount())
                    .mapToObj(i -> said(refused.getProblem(i).getMessage()))
                    .distinct()
                    .toList();
        }
        return root instanceof ConfigurationException refused
                ? List.of(said(refused.getMessage()))
                : Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                        .flatMap(cause -> ofLocations(String.valueOf(cause.getMessage())))
                        .limit(1)
                        .toList();
    }

    private static Stream<String> ofLocations(String message) {
        return LOCATIONS.entrySet().stream()
                .filter(location -> message.startsWith(location.getKey()))
                .map(location -> "QUARKUS_CONFIG_LOCATIONS " + location.getValue());
    }

    private static String said(String message) {
        String text = EXCEPTION.matcher(message.strip()).replaceFirst("");
        Matcher missing = MISSING.matcher(text);
        if (missing.lookingAt()) {
            return variable(missing.group("name"))
                    + (missing.group("none") == null ? " must not be empty" : " must be set");
        }
        Matcher other = OF_ANOTHER_TYPE.matcher(text);
        return other.matches() ? variable(other.group("name")) + " must be " + wanted(other.group("why")) : text;
    }

    /** The converters of numbers tell no more of themselves. */
    private static String wanted(String why) {
        if (why.startsWith("SRCFG00029")) {
            return "a whole number";
        }
        if (why.startsWith("SRCFG00031")) {
            return "a number";
        }
        Matcher words = ONE_OF.matcher(why.strip());
        if (words.find()) {
            return "one of " + words.group("words").replace(",", ", ");
        }
        if (why.contains(NO_LEVEL)) {
            return LEVELS;
        }
        return Values.WORDS.stream().filter(why.strip()::endsWith).findFirst().orElse("of another form");
    }

    private static String variable(String property) {
        return ours(property).orElseGet(() -> nameOf(property));
    }

    /** The variable of ours that a property of Quarkus has its value from, if there is one. */
    static Optional<String> ours(String property) {
        return Optional.ofNullable(OURS.get(property)).map(WrongSettings::nameOf);
    }

    /** The variable of a property (MicroProfile Config, "Environment Variables Mapping Rules"). */
    static String nameOf(String property) {
        return CHOSEN.matcher(property)
                .replaceFirst("$1__$2__")
                .replaceAll("[^A-Za-z0-9]", "_")
                .toUpperCase(Locale.ROOT);
    }
}

package dev.roster.platform.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.roster.organization.AdminClientSettings;
import dev.roster.testing.Beside;
import dev.roster.testing.TestSettings;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting that is a number, a size or a time has a rule, which names its variable. */
@Beside
class AllSettingsTest {
    private static final Map<String, String> NECESSARY =
            Map.of("roster.issuer", "https://roster.example", "roster.signing-keys", "keys.json");

    /** What is wrong for each kind, and how a value of no kind is refused. */
    private static final Map<Class<?>, List<String>> KINDS = Map.of(
            int.class, List.of("-1", "a whole number"),
            Integer.class, List.of("-1", "a whole number"),
            long.class, List.of("-1", "a whole number"),
            Long.class, List.of("-1", "a whole number"),
            MemorySize.class, List.of("0", "a number of bytes, such as 512K or 24M"),
            Duration.class, List.of("PT-1S", "a time such as 30S, 5M, 1H or 7D"),
            boolean.class, List.of("ture", "true or false"));

    private static final Set<Class<?>> OTHERS = Set.of(String.class, Path.class);

    /** What is more than can be counted with, and where that is said before any rule of a setting. */
    private static final Map<Class<?>, List<String>> BEYOND = Map.of(
            int.class, List.of("2147483648", "99999999999999999999"),
            Integer.class, List.of("2147483648", "99999999999999999999"),
            MemorySize.class, List.of("8E", "9223372036854775808", "99999999T", "99999999999999999999Y"),
            Duration.class,
                    List.of(
                            "36501D",
                            "99999999999999D",
                            "9223372036854775807",
                            "9223372036854775808",
                            "-36501D",
                            "PT",
                            "P99999999999999999999D"));

    private static final List<Class<?>> MAPPINGS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.roster").stream()
                    .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                    .<Class<?>>map(JavaClass::reflect)
                    .toList();

    @ParameterizedTest
    @MethodSource("ofKinds")
    void whenOutOfRangeThenNamed(String property, Class<?> kind) {
        List<String> wrong = wrong(property, KINDS.get(kind).get(0));
        String rule = variable(property) + " must .*";
        assertTrue(wrong.stream().anyMatch(said -> said.matches(rule)), rule + " is not in " + wrong);
    }

    @ParameterizedTest
    @MethodSource("ofKinds")
    void whenOfNoKindThenNamed(String property, Class<?> kind) {
        assertEquals(List.of(variable(property) + " must be " + KINDS.get(kind).get(1)), wrong(property, "soon"));
    }

    @ParameterizedTest
    @MethodSource("ofKinds")
    void whenBeyondWhatCanBeCountedWithThenNamed(String property, Class<?> kind) {
        for (String value : BEYOND.getOrDefault(kind, List.of())) {
            List<String> wrong = wrong(property, value);
            assertEquals(1, wrong.size(), value + ": " + wrong);
            String rule = variable(property) + " must be (a whole number|less than 8E|36500D at most|"
                    + KINDS.get(Duration.class).get(1) + ")";
            assertTrue(wrong.get(0).matches(rule), value + ": " + wrong);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "TRUE, true",
        " yes , true",
        "y, true",
        "on, true",
        "1, true",
        "false, false",
        "no, false",
        "n, false",
        "Off, false",
        "0, false"
    })
    void whenSomethingIsOnOrOffThenSoInAnyOfTheWords(String word, boolean isOn) {
        assertEquals(
                isOn,
                TestSettings.of(AdminClientSettings.class, Map.of("roster.admin.reset", word))
                        .reset());
    }

    @Test
    void whenASettingOfAnIssuerIsWrongThenNamedAsItIsSet() {
        Map<String, String> values = new HashMap<>(NECESSARY);
        values.put("roster.trusted-issuers.idp2.issuer", "https://idp.example");
        values.put("roster.trusted-issuers.idp2.organization", "acme");
        values.put("roster.trusted-issuers.idp2.role", "member");
        values.put("roster.trusted-issuers.idp2.audience", "roster");
        values.put("roster.trusted-issuers.idp2.create-accounts", "maybe");
        assertEquals(
                List.of("ROSTER_TRUSTED_ISSUERS__IDP2__CREATE_ACCOUNTS must be true or false"),
                TestSettings.wrong(MAPPINGS, values));
    }

    @Test
    void whenNothingElseIsSetThenGood() {
        assertEquals(List.of(), TestSettings.wrong(MAPPINGS, NECESSARY));
    }

    @Test
    void whenNothingIsSetThenWhatIsNecessaryIsNamed() {
        assertEquals(
                Set.of(
                        "ROSTER_ISSUER must be set to the URL at which clients reach this service",
                        "ROSTER_SIGNING_KEYS must be set to the path of a JWK set with private keys"),
                Set.copyOf(TestSettings.wrong(MAPPINGS, Map.of())));
    }

    @Test
    void whenTheDatabaseIsOnlyMigratedThenNothingIsNecessary() {
        assertEquals(List.of(), TestSettings.wrong(MAPPINGS, Map.of("roster.migrate", "only")));
    }

    @Test
    void whenTheDatabaseIsOnlyMigratedThenTheSecretsOfThoseThatServeAreNotNecessary() {
        Map<String, String> shared = Map.of(
                "roster.trusted-issuers.a.issuer", "https://idp.example",
                "roster.trusted-issuers.a.organization", "acme",
                "roster.trusted-issuers.a.role", "member",
                "roster.trusted-issuers.a.client-id", "roster");
        Map<String, String> migrating = new HashMap<>(shared);
        migrating.put("roster.migrate", "only");
        assertEquals(List.of(), TestSettings.wrong(MAPPINGS, migrating));
        assertTrue(TestSettings.wrong(MAPPINGS, shared)
                .contains("ROSTER_TRUSTED_ISSUERS__A__CLIENT_ID and ROSTER_TRUSTED_ISSUERS__A__CLIENT_SECRET"
                        + " must be set, or neither"));
    }

    @Test
    void everySettingIsOfAKnownKind() {
        Set<Class<?>> known =
                Stream.concat(KINDS.keySet().stream(), OTHERS.stream()).collect(Collectors.toSet());
        assertEquals(
                Set.of(),
                Set.copyOf(properties().values().stream()
                        .filter(kind -> !known.contains(kind))
                        .toList()));
    }

    /** Of a text or a path it is to be said whether a line end behind it is part of it: else it would be, and nobody would see it. */
    @Test
    void everyTextOrPathIsExactOrStrippedOrHasARuleThatALineEndBreaks() {
        assertEquals(
                Set.of(
                        "ROSTER_ADMIN_CLIENT_ID",
                        "ROSTER_DATA_DIR",
                        "ROSTER_DB_READ_URL",
                        "ROSTER_EMAIL_CHANGE_LINK_URL",
                        "ROSTER_INVITE_LINK_URL",
                        "ROSTER_ISSUER",
                        "ROSTER_MAIL_FROM",
                        "ROSTER_MAIL_HOST",
                        "ROSTER_MAIL_START_TLS",
                        "ROSTER_MIGRATE",
                        "ROSTER_PASSWORD_RESET_LINK_URL",
                        "ROSTER_SIGNING_ALGORITHM",
                        "ROSTER_TRUSTED_PROXIES",
                        "ROSTER_TRUSTED_PROXIES_HEADER"),
                properties().entrySet().stream()
                        .filter(property -> OTHERS.contains(property.getValue()))
                        .map(property -> WrongSettings.nameOf(property.getKey().replace("*", "idp")))
                        .filter(name -> name.startsWith("ROSTER_") && !ExactVariables.isExact(name))
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyMappingIsChecked() {
        assertTrue(MAPPINGS.size() > 20, MAPPINGS.toString());
        assertEquals(
                List.of(),
                MAPPINGS.stream()
                        .filter(mapping -> Arrays.stream(mapping.getDeclaredMethods())
                                .map(Method::getName)
                                .noneMatch("check"::equals))
                        .toList());
    }

    static Stream<Arguments> ofKinds() {
        return properties().entrySet().stream()
                .filter(property -> KINDS.containsKey(property.getValue())
                        && !property.getKey().contains("*"))
                .map(property -> Arguments.of(property.getKey(), property.getValue()));
    }

    private static List<String> wrong(String property, String value) {
        Map<String, String> values = new HashMap<>(NECESSARY);
        values.put(property, value);
        return TestSettings.wrong(MAPPINGS, values);
    }

    /** The kind of each property of each mapping. */
    private static Map<String, Class<?>> properties() {
        Map<String, Class<?>> kinds = new TreeMap<>();
        for (Class<?> mapping : MAPPINGS) {
            ConfigMappings.getProperties(ConfigClass.configClass(mapping))
                    .forEach((name, property) ->
                            kinds.put(name, kind(property.getMethod().getGenericReturnType())));
        }
        return kinds;
    }

    private static Class<?> kind(Type type) {
        return type instanceof ParameterizedType optional
                ? kind(optional.getActualTypeArguments()[0])
                : (Class<?>) type;
    }

    private static String variable(String property) {
        return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }
}

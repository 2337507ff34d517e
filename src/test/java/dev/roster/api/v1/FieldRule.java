package dev.roster.api.v1;

import static dev.roster.api.v1.V1.API_KEYS;
import static dev.roster.api.v1.V1.GROUPS;
import static dev.roster.api.v1.V1.SERVICE_ACCOUNTS;
import static dev.roster.api.v1.V1.USERS;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One field of one operation, with the values that it refuses for the same reason. */
record FieldRule(String method, String path, String field, String rule, List<String> values) {
    static final String USERNAME =
            "must be 1 to 100 characters without control or invisible characters, with single plain spaces between"
                    + " words only, and none of the reserved words ., .., me, current, self, invite, system_invite, groups, membership, import, export";
    private static final String RESOURCE_NAME =
            "must be 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit";
    private static final String SERVICE_ACCOUNT_NAME = RESOURCE_NAME
            + ", and none of the reserved words me, current, self, invite, groups, membership, import, export";
    private static final String STRING = "must be a string";
    private static final String ROLES = "must be one of viewer, member, admin";
    private static final String STATUSES = "must be one of active, deactivated";
    private static final String TOO_MANY_GROUPS =
            IntStream.range(0, 1001).mapToObj(i -> "'g" + i + "'").collect(Collectors.joining(",", "[", "]"));

    /** Texts that every field of one line refuses, whatever its length. */
    private static final List<String> LINES = List.of("'a\\nb'", "'a\\r\\nb'", "'a\\tb'");

    /** Texts that every field refuses. */
    private static final List<String> UNPRINTABLE = List.of(
            "'a\\u0000'", "'\\ud800'", "'a\\u202eb'", "'a\\u200bb'", "'\\udc00\\ud800'", "'\\u0085'", "'a\\u2028b'");

    private static final List<String> NO_STRINGS = List.of("1", "1.5", "true", "[]", "{}", "['a']");

    /** Every rule of every field, by example. */
    static Stream<FieldRule> all() {
        return Stream.of(
                        names(USERS, USERNAME, 101),
                        names(GROUPS, RESOURCE_NAME, 64),
                        names(SERVICE_ACCOUNTS, SERVICE_ACCOUNT_NAME, 64),
                        text("PATCH", USERS + "/x", "display_name", 1, 150),
                        text("PATCH", USERS + "/x/profile", "full_name", 0, 100),
                        text("PATCH", GROUPS + "/x", "display_name", 1, 150),
                        text("PATCH", GROUPS + "/x", "sso_name", 1, 150),
                        lines("PATCH", GROUPS + "/x", "description", 250),
                        text("PATCH", SERVICE_ACCOUNTS + "/y", "display_name", 1, 150),
                        lines("PATCH", SERVICE_ACCOUNTS + "/y", "description", 250),
                        text("POST", SERVICE_ACCOUNTS + "/y/token", "name", 1, 100),
                        text("POST", SERVICE_ACCOUNTS + "/y/secrets", "name", 1, 100),
                        text("POST", API_KEYS, "name", 1, 100),
                        words(USERS + "/x", "role", ROLES),
                        words(SERVICE_ACCOUNTS + "/y", "role", ROLES),
                        words(USERS + "/x", "status", STATUSES),
                        words(SERVICE_ACCOUNTS + "/y", "status", STATUSES),
                        others())
                .flatMap(rules -> rules);
    }

    private static Stream<FieldRule> names(String path, String rule, int tooLong) {
        List<String> wrong = Stream.of(
                        List.of("''", "' '", "'me'", "'a/b'", "'" + "a".repeat(tooLong) + "'"), LINES, UNPRINTABLE)
                .flatMap(List::stream)
                .filter(name -> !path.equals(GROUPS) || !name.equals("'me'"))
                .filter(name -> !path.equals(USERS) || !name.equals("'a/b'"))
                .toList();
        return Stream.of(
                new FieldRule("POST", path, "name", rule, wrong),
                new FieldRule("POST", path, "name", "is required", List.of("null")),
                new FieldRule("POST", path, "name", STRING, NO_STRINGS));
    }

    private static Stream<FieldRule> text(String method, String path, String field, int min, int max) {
        String length = min == 0 ? "at most " + max + " characters" : min + " to " + max + " characters, not blank";
        String rule = "must be " + length + ", without control or invisible characters";
        List<String> blank = min == 0 ? List.of() : List.of("''", "'  '");
        return text(method, path, field, rule, max, Stream.of(LINES, UNPRINTABLE, blank));
    }

    private static Stream<FieldRule> lines(String method, String path, String field, int max) {
        String rule = "must be at most " + max
                + " characters, without invisible ones or control characters but tabs and line breaks";
        return text(method, path, field, rule, max, Stream.of(List.of("'a\\u000b'", "'a\\u001b[1m'"), UNPRINTABLE));
    }

    private static Stream<FieldRule> text(
            String method, String path, String field, String rule, int max, Stream<List<String>> others) {
        List<String> wrong = Stream.concat(Stream.of("'" + "é".repeat(max + 1) + "'"), others.flatMap(List::stream))
                .toList();
        return Stream.of(
                new FieldRule(method, path, field, rule, wrong),
                new FieldRule(method, path, field, STRING, NO_STRINGS));
    }

    private static Stream<FieldRule> words(String path, String field, String rule) {
        return Stream.of(new FieldRule(
                "PATCH",
                path,
                field,
                rule,
                List.of(
                        "'boss'",
                        "''",
                        "'ADMIN'",
                        "'Active'",
                        "' admin'",
                        "'admin\\n'",
                        "'active\\u0000'",
                        "0",
                        "1",
                        "true",
                        "[]",
                        "{}")));
    }

    private static Stream<FieldRule> others() {
        String x = USERS + "/x";
        return Stream.of(
                new FieldRule("PATCH", x, "status", STATUSES, List.of("'pending_sign_up'")),
                new FieldRule(
                        "PATCH",
                        x + "/profile",
                        "email_address",
                        "must be an e-mail address of at most 100 characters",
                        List.of(
                                "'a'",
                                "'a@'",
                                "'@b.c'",
                                "'a b@c.d'",
                                "'a@b c'",
                                "'a@b\\u0000'",
                                "'a@@b'",
                                "'a@" + "b".repeat(49) + "." + "c".repeat(49) + "'")),
                new FieldRule("PATCH", x + "/profile", "email_address", STRING, NO_STRINGS),
                new FieldRule("PATCH", x, "metadata", "must be an object", List.of("[]", "'a'", "1", "true")),
                new FieldRule(
                        "PATCH",
                        x,
                        "metadata",
                        "must have keys of 1 to 40 bytes, without NUL and broken surrogates",
                        List.of("{'': 'v'}", "{'" + "é".repeat(21) + "': 'v'}", "{'\\u0000': 'v'}")),
                new FieldRule(
                        "PATCH",
                        x,
                        "metadata.k",
                        "must be a string of at most 500 bytes, without NUL and broken surrogates, or null",
                        List.of(
                                "{'k': 1}",
                                "{'k': true}",
                                "{'k': []}",
                                "{'k': {}}",
                                "{'k': '" + "é".repeat(251) + "'}",
                                "{'k': '\\u0000'}",
                                "{'k': '\\ud800'}")),
                new FieldRule("PUT", x + "/groups", "set_groups", "must be an array", List.of("'a'", "{}", "1")),
                new FieldRule(
                        "PUT",
                        x + "/groups",
                        "add_to_groups",
                        "must have at most 1000 entries",
                        List.of(TOO_MANY_GROUPS)),
                new FieldRule("PUT", x + "/groups", "set_groups[0]", STRING, List.of("[1]", "[[]]", "[{}]")),
                new FieldRule("POST", GROUPS, "members", "must be an array", List.of("'a'", "{}")));
    }
}

package dev.roster.user;

import dev.roster.caller.Role;
import dev.roster.user.PageAnchors.Anchor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The statements that {@link UserQuery} builds: of each kind of filter, each order, and each way to the same rows. */
public final class UserStatements {
    private static final Map<String, UserFilter> FILTERS = Map.ofEntries(
            Map.entry("all", filter(null, null, null)),
            Map.entry("kind", UserFilter.of(UserKind.PERSON)),
            Map.entry("role", UserFilter.of(UserKind.SERVICE, Role.VIEWER, null, null)),
            Map.entry("status", UserFilter.of(UserKind.PERSON, null, UserStatus.PENDING_SIGN_UP, null)),
            Map.entry("role in a group", UserFilter.of(UserKind.PERSON, Role.MEMBER, null, "staff")),
            Map.entry("active", UserFilter.ofPersons(true, null, null, null, null)),
            Map.entry("inactive", UserFilter.ofPersons(false, null, null, null, null)),
            Map.entry("group", filter("staff", null, null)),
            Map.entry("search", filter(null, "ann", null)),
            Map.entry("group and search", filter("staff", "ann", null)),
            Map.entry("address", filter(null, null, "ann@example.com")),
            Map.entry("address of any age", filter(null, null, "ann@bücher.example")),
            Map.entry("everything", everything()));

    private UserStatements() {}

    /** Each by what it is for. */
    public static Map<String, String> all() {
        Map<String, String> statements = new LinkedHashMap<>();
        FILTERS.forEach((name, filter) -> {
            for (UserSort sort : UserSort.values()) {
                add(statements, name + " " + sort.value(), query(filter, sort));
                add(
                        statements,
                        name + " behind " + sort.value(),
                        query(filter, sort).after(place(sort)));
            }
            statements.put(
                    name + " from 10", query(filter, UserSort.NAME).skip(10).walk(10));
        });
        Anchor anchor = new Anchor(7, "ann", "12 34");
        UserFilter persons = UserFilter.of(UserKind.PERSON);
        statements.put("persons from 10", query(persons, UserSort.NAME).skip(10).walkWithState(10));
        statements.put(
                "persons from an anchor",
                query(persons, UserSort.NAME).from(anchor).walkWithState(10));
        statements.put(
                "persons behind an anchor",
                query(persons, UserSort.NAME).from(anchor).skip(10).walkWithState(10));
        return statements;
    }

    private static void add(Map<String, String> statements, String name, UserQuery query) {
        statements.put(name + " walk", query.walk(10));
        if (query.isOfGroup()) {
            statements.put(name + " small group", query.ofSmallGroup(10, 5));
        }
        if (query.isOfGroup() || query.isSearch()) {
            statements.put(name + " few", query.few(10));
            statements.put(name + " near", query.near(10, 1_000));
            statements.put(name + " sorted", query.all(10));
        }
    }

    private static UserQuery query(UserFilter filter, UserSort sort) {
        return new UserQuery(new UUID(0, 1), filter, sort);
    }

    static List<Object> place(UserSort sort) {
        List<String> words = sort.byName()
                ? List.of("ann")
                : List.of("2030-01-31T12:00:00Z", UUID.randomUUID().toString());
        return UserPlaces.of(sort).read().apply(words);
    }

    static UserFilter everything() {
        return new UserFilter(
                UserKind.PERSON,
                Role.ADMIN,
                UserStatus.ACTIVE,
                true,
                "staff",
                "a@b.example",
                "ann",
                UUID.randomUUID(),
                "google",
                "1");
    }

    private static UserFilter filter(String group, String search, String email) {
        return UserFilter.of(null, null, null, group).and(email, search);
    }
}

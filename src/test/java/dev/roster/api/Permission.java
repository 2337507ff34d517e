package dev.roster.api;

import dev.roster.caller.Role;
import dev.roster.caller.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of the table in {@code docs/security.md}.
 *
 * @param api whose operation it is
 * @param path with what it is about in braces
 * @param body in JSON; empty for none
 * @param whole the statuses of those who have all scopes of their role, by the names of the columns
 * @param narrowed what narrowed tokens of an administrator get; the first that they carry counts
 */
record Permission(
        String api, String method, String path, String body, Map<String, Integer> whole, List<Alternative> narrowed) {
    private static final List<String> WHOLE = List.of("admin", "member", "viewer", "key");
    private static final int FIRST = 3;
    private static final int REFUSED = 403;

    /**
     * What a token gets that carries these scopes.
     *
     * @param scopes the least
     */
    record Alternative(Set<String> scopes, int status) {}

    static Permission of(List<String> cells) {
        String[] operation = cells.get(1).split(" ", 2);
        Map<String, Integer> whole = new LinkedHashMap<>();
        for (int i = 0; i < WHOLE.size(); i++) {
            whole.put(WHOLE.get(i), Integer.parseInt(cells.get(FIRST + i)));
        }
        return new Permission(
                cells.get(0),
                operation[0],
                operation[1],
                cells.get(2).replace("`", ""),
                whole,
                alternatives(cells.get(FIRST + WHOLE.size()), whole.get("admin")));
    }

    /** The scheme that its callers use. */
    String scheme() {
        return api.equals("Kubiya") ? "UserKey" : "Bearer";
    }

    /**
     * Whether it names anything that the caller's organization could lack; organizations themselves
     * are in none.
     */
    boolean isAboutOthers() {
        return (path + body)
                .replaceAll("\\{(self|self id|new|organization|off organization|own [a-z ]+)}", "")
                .matches(".*\\{[a-z ]+}.*");
    }

    /** The sets of scopes to try: each alone, the least that do, and those with one less. */
    Set<Set<String>> tried() {
        Set<Set<String>> tried = new LinkedHashSet<>();
        new TreeSet<>(Scope.ALL).forEach(scope -> tried.add(Set.of(scope)));
        for (Alternative alternative : narrowed) {
            tried.add(alternative.scopes());
            if (alternative.scopes().size() > 1) {
                alternative.scopes().forEach(scope -> tried.add(without(alternative, scope)));
            }
        }
        return tried;
    }

    /** The least sets of scopes that the row speaks of. */
    Set<Set<String>> least() {
        return narrowed.stream().map(Alternative::scopes).collect(Collectors.toSet());
    }

    /** What a token of an administrator gets that is narrowed to these scopes. */
    int statusWith(Set<String> scopes) {
        return narrowed.stream()
                .filter(alternative -> scopes.containsAll(alternative.scopes()))
                .map(Alternative::status)
                .findFirst()
                .orElse(REFUSED);
    }

    private static List<Alternative> alternatives(String cell, int usual) {
        List<Alternative> alternatives = new ArrayList<>();
        if (cell.equals("none")) {
            return alternatives;
        }
        for (String part : cell.split(";", -1)) {
            String[] sides = part.split("→", -1);
            int status = sides.length == 1 ? usual : Integer.parseInt(sides[1].strip());
            for (String set : sides[0].split(" or ", -1)) {
                alternatives.add(new Alternative(scopes(set), status));
            }
        }
        return alternatives;
    }

    private static Set<String> scopes(String set) {
        Set<String> scopes = new TreeSet<>();
        Stream.of(set.split("\\+", -1))
                .map(String::strip)
                .map(Permission::named)
                .forEach(scopes::addAll);
        return scopes;
    }

    private static Set<String> named(String name) {
        return switch (name) {
            case "member" -> Role.MEMBER.scopes();
            case "all" -> Role.ADMIN.scopes();
            default -> {
                if (!Scope.ALL.contains(name)) {
                    throw new IllegalArgumentException("there is no scope " + name);
                }
                yield Set.of(name);
            }
        };
    }

    private static Set<String> without(Alternative alternative, String scope) {
        Set<String> fewer = new HashSet<>(alternative.scopes());
        fewer.remove(scope);
        return fewer;
    }

    @Override
    public String toString() {
        return (api + " " + method + " " + path + " " + body).strip();
    }
}

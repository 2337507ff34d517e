package dev.roster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at users and changes them, one by one. */
@RegisterForReflection
@Command(name = "users", description = "Looks at users and changes them.", mixinStandardHelpOptions = true)
final class UsersCommand extends RosterSubcommand implements Runnable {
    private static final List<String> COLUMNS = List.of("name", "display_name", "role", "status", "created_at");

    // As long as a page may be
    private static final int MOST = 1000;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: list, get, create, deactivate or activate.");
    }

    @Command(name = "list", description = "Lists users by name.", mixinStandardHelpOptions = true)
    void list(
            @Option(names = "--search", description = "A part of a name or an address.") String search,
            @Option(names = "--role", description = "viewer, member or admin.") String role,
            @Option(names = "--status", description = "active, deactivated or pending_sign_up.") String status,
            @Option(names = "--group", description = "The name of a group.") String group,
            @Option(names = "--limit", description = "At most so many.", defaultValue = "50") int limit,
            @Option(names = "--all", description = "However many there are.") boolean all) {
        StringBuilder path = new StringBuilder("/api/v1/users?limit=").append(all ? MOST : limit);
        add(path, "q", search);
        add(path, "role", role);
        add(path, "status", status);
        add(path, "group", group);
        Table table = new Table(terminal, COLUMNS);
        Progress progress = new Progress(terminal);
        try (Api api = profile.open()) {
            String next = "";
            do {
                JsonNode page = api.get(path + next);
                List<JsonNode> users = new ArrayList<>();
                page.path("items").forEach(users::add);
                table.page(users);
                String cursor = page.path("next_cursor").asText("");
                next = cursor.isEmpty() ? "" : "&cursor=" + Api.encoded(cursor);
                // At a terminal the rows themselves are what is seen
                if (all && !terminal.isInteractive()) {
                    progress.received(users.size());
                }
            } while (all && !next.isEmpty());
            if (!next.isEmpty()) {
                terminal.complain("There are more: --all lists them, and so does \"roster export\".");
            }
        } finally {
            progress.end();
        }
    }

    private static void add(StringBuilder path, String parameter, String value) {
        if (value != null) {
            path.append('&').append(parameter).append('=').append(Api.encoded(value));
        }
    }

    @Command(name = "get", description = "Shows a user.", mixinStandardHelpOptions = true)
    void get(@Parameters(paramLabel = "NAME") String name) {
        try (Api api = profile.open()) {
            JsonNode user = api.get(path(name));
            if (!user.has("id")) {
                throw new CallFailed("No user is called " + name + "."); // but a path
            }
            terminal.value(user);
        }
    }

    @Command(name = "create", description = "Makes a user.", mixinStandardHelpOptions = true)
    void create(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--display-name") String displayName,
            @Option(names = "--email") String email,
            @Option(names = "--role", description = "viewer, member or admin.") String role) {
        ObjectNode body = Api.JSON.createObjectNode().put("name", name);
        put(body, "display_name", displayName);
        put(body, "role", role);
        put(body, "email_address", email);
        try (Api api = profile.open()) {
            // A line of an import has more of a user than its creation
            JsonNode line = api.send(HttpMethod.POST, "/api/v1/users/import?mode=create&audit=accounts", body);
            if (line.has("error")) {
                throw new CallFailed(line.at("/error/detail").asText());
            }
            terminal.value(api.get(path(name)));
        }
    }

    private static void put(ObjectNode body, String field, String value) {
        if (value != null) {
            body.put(field, value);
        }
    }

    @Command(name = "deactivate", description = "Switches a user off.", mixinStandardHelpOptions = true)
    void deactivate(@Parameters(paramLabel = "NAME") String name) {
        change(name, "deactivated");
    }

    @Command(name = "activate", description = "Switches a user on again.", mixinStandardHelpOptions = true)
    void activate(@Parameters(paramLabel = "NAME") String name) {
        change(name, "active");
    }

    private void change(String name, String status) {
        try (Api api = profile.open()) {
            ObjectNode body = Api.JSON.createObjectNode().put("status", status);
            terminal.value(api.send(HttpMethod.PATCH, path(name), body));
        }
    }

    private String path(String name) {
        if (name.isBlank()) {
            throw new ParameterException(spec.commandLine(), "NAME must not be empty.");
        }
        return "/api/v1/users/" + Api.encoded(name);
    }
}

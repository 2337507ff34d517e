package dev.roster.operation;

import dev.roster.testing.Replica;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is asked of the organization of {@link ManyRows}: each list by each of its filters, and the reads of one row. */
final class ManyLists {
    private static final String ORGANIZATIONS = "/api/v1/organizations?limit=50";

    // The scheme of its header tells this contract from another
    private static final String KUBIYA = "UserKey /api/v1/users";

    private final Replica replica;
    private final ManyRows database;
    private final String token;
    private final String systemToken;

    ManyLists(Replica replica, ManyRows database) throws Exception {
        this.replica = replica;
        this.database = database;
        token = replica.adminToken();
        systemToken = replica.systemToken(database);
    }

    /** The status of an answer that is read to its end, however long. */
    int status(String path) throws IOException {
        HttpURLConnection connection = open(path);
        int status = connection.getResponseCode();
        try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            answer.transferTo(OutputStream.nullOutputStream());
        }
        return status;
    }

    /** All persons, a line for each. */
    void export(Path file) throws IOException {
        try (InputStream answer = open("/api/v1/users/export").getInputStream()) {
            Files.copy(answer, file);
        }
    }

    /** What an import of lines answers that tells of errors only, and at last how many there were of all. */
    String importOf(Path lines) throws IOException {
        HttpURLConnection connection = open("/api/v1/users/import?mode=upsert&results=errors");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(Files.size(lines));
        connection.setRequestProperty("Content-Type", "application/x-ndjson");
        try (OutputStream body = connection.getOutputStream()) {
            Files.copy(lines, body);
        }
        try (InputStream answer = connection.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpURLConnection open(String path) throws IOException {
        String scheme = path.startsWith("/") ? "Bearer" : path.substring(0, path.indexOf(' '));
        URI uri = URI.create("http://127.0.0.1:" + replica.port() + path.substring(path.indexOf('/')));
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestProperty(
                "Authorization", scheme + " " + (path.equals(ORGANIZATIONS) ? systemToken : token));
        return connection;
    }

    /** What else is sent as a whole, a part for each hundred rows. */
    List<String> streams() {
        return List.of(
                "/api/v1/users",
                "/api/v1/groups",
                "/api/v1/groups/export",
                "/api/v1/manage/groups",
                "/api/v1/invites",
                "/api/v1/api-keys?all=true",
                "/api/v1/audit-events");
    }

    /** Pages, and reads of one. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (String filter : List.of(
                "",
                "&role=admin",
                "&role=viewer",
                "&status=deactivated",
                "&status=pending_sign_up",
                "&kind=service",
                "&role=admin&status=deactivated",
                "&role=admin&kind=service",
                "&kind=service&status=deactivated",
                "&role=viewer&status=pending_sign_up",
                "&email=user3@example.com",
                "&email=nobody@example.com",
                "&group=group0",
                "&group=group7",
                "&group=group1001",
                "&group=group1002",
                "&group=nobodys",
                "&group=group1001&role=admin",
                "&group=group0&status=deactivated",
                "&group=group0&role=viewer",
                "&group=group0&q=user77",
                "&group=group0&q=nobody",
                "&q=user77",
                "&q=ser77",
                "&q=us",
                "&q=nobody",
                "&q=user&role=admin",
                "&q=user&status=deactivated",
                "&q=user&group=group7")) {
            for (String sort : List.of("", "&sort=-created_at")) {
                paths.add("/api/v1/users?limit=50" + filter + sort);
            }
        }
        paths.addAll(List.of("/api/v1/users?limit=50&sort=-name", "/api/v1/users?limit=50&sort=created_at"));
        for (String status : List.of("pending", "revoked", "expired", "accepted")) {
            paths.add("/api/v1/invites?limit=50&status=" + status);
        }
        paths.addAll(List.of(
                "/api/v1/users/user500",
                "/api/v1/users/user17",
                "/api/v1/users/user19/sessions?limit=50",
                "/api/v1/users/user19/sessions?limit=50&status=ended",
                "/api/v1/users/me",
                "/api/v1/users/me/sessions?limit=50",
                "/api/v1/service-accounts?limit=50",
                "/api/v1/service-accounts/user1",
                "/api/v1/service-accounts/user1/secrets?limit=50",
                "/api/v1/groups?limit=50",
                "/api/v1/groups/group0",
                "/api/v1/invites?limit=50",
                "/api/v1/users/user19/secrets?limit=50",
                "/api/v1/users/user21/secrets?limit=50",
                "/api/v1/users/me/secrets?limit=50",
                "/api/v1/users/me/applications?limit=50",
                "/api/v1/api-keys?limit=50",
                "/api/v1/api-keys?limit=50&all=true",
                "/api/v1/api-keys?limit=50&owner=user19",
                "/api/v1/api-keys?limit=50&owner=user17",
                "/api/v1/applications?limit=50",
                "/api/v1/applications/%s/secrets?limit=50".formatted(id("applications", "client_id = 'app1'")),
                "/api/v1/applications/%s/secrets?limit=50".formatted(id("applications", "client_id = 'app99'")),
                ORGANIZATIONS,
                "/api/v2/users?limit=50",
                "/api/v2/users?limit=50&role=admin",
                "/api/v2/users?limit=50&role=viewer&status=active",
                "/api/v2/users?limit=50&status=deactivated",
                "/api/v2/users?limit=50&status=pending_sign_up",
                "/api/v2/users?limit=50&role=admin&status=deactivated",
                "/api/v2/users?limit=50&role=admin&page=2",
                KUBIYA + "?limit=50&status=deactivated",
                KUBIYA + "/user3@example.com",
                KUBIYA + "/nobody@example.com",
                KUBIYA + "/membership/user3@example.com",
                KUBIYA + "/self",
                "/api/v2/users?limit=50&group=group7",
                "/api/v2/users?limit=50&group=group7&page=2",
                "/api/v2/users?limit=50&group=group0&page=3",
                "/api/v2/users?limit=50&group=group0&role=admin",
                "/api/v2/users?limit=50&group=nobodys",
                "/users?limit=50",
                "/users?limit=50&email=user3@example.com",
                "/users?limit=50&is_active=false",
                "/users?limit=50&is_active=true",
                "/users?limit=50&oauth_provider=github",
                "/users?limit=50&oauth_provider=gitlab",
                "/users?limit=50&oauth_provider=github&oauth_id=subject6",
                "/users?limit=50&oauth_id=subject6",
                "/users?limit=50&is_active=false&email=user3@example.com",
                "/api/v1/app/users?page_size=50",
                "/api/v1/app/user?email=user3@example.com"));
        paths.addAll(events());
        return paths;
    }

    // The ids of events, of which there are ten of a millisecond, tell when each was
    private List<String> events() {
        String since = "&since=2025-11-24T16:50:01Z";
        String until = "&until=2025-11-24T16:50:01.500Z";
        List<String> paths = new ArrayList<>();
        for (String filter : List.of(
                "",
                "&type=user.removed",
                "&type=session.ended",
                "&type=user.*",
                "&actor=" + person("user19"),
                "&actor=" + person("user17"),
                "&actor=" + person("user21"),
                "&target=" + person("user19"),
                "&target=" + person("user17"),
                "&target=" + person("user21"),
                since,
                until,
                since + until,
                since + until + "&type=user.removed",
                until + "&actor=" + person("user19"),
                until + "&target=" + person("user19"),
                "&actor=" + person("user19") + "&target=" + person("user17"),
                "&actor=" + person("user19") + "&target=" + person("user19"),
                "&actor=" + person("user19") + "&type=user.removed",
                "&actor=" + person("user19") + "&type=user.*",
                "&actor=" + person("user17") + "&type=user.changed",
                "&target=" + person("user19") + "&type=user.removed",
                "&target=" + person("user19") + "&type=user.*",
                "&target=" + person("user17") + "&type=user.changed",
                "&actor=" + person("user19") + "&target=" + person("user19") + "&type=user.removed",
                "&actor=" + person("user19") + "&target=" + person("user17") + "&type=user.*",
                since + until + "&actor=" + person("user19") + "&type=user.removed")) {
            for (String order : List.of("", "&order=oldest")) {
                paths.add("/api/v1/audit-events?limit=50" + filter + order);
            }
        }
        return paths;
    }

    private String person(String name) {
        return id("users", "username = '" + name + "'");
    }

    private String id(String table, String condition) {
        return database.rows("SELECT id FROM " + table + " WHERE " + condition)
                .get(0)
                .get(0);
    }
}

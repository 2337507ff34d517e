package dev.roster.testing;

import dev.roster.platform.database.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * A fresh database in a Citus cluster, migrated and distributed as an operator does it. The address is that of a database of
 * the coordinator to which the workers have been added.
 */
final class CitusDatabase {
    private static final Path DISTRIBUTE = Path.of("deploy/kubernetes/overlays/citus/distribute.sql");

    private record Node(String host, int port, boolean isCoordinator) {}

    private CitusDatabase() {}

    static DatabaseAddress create(DatabaseAddress cluster, String name) throws SQLException, IOException {
        List<Node> nodes = nodes(cluster);
        for (Node node : nodes) {
            execute(at(cluster, node, null), "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'");
            execute(at(cluster, node, name), "CREATE EXTENSION citus");
        }
        DatabaseAddress created = at(cluster, null, name);
        for (Node node : nodes) {
            String call = node.isCoordinator() ? "citus_set_coordinator_host" : "citus_add_node";
            execute(created, "SELECT %s('%s', %d)".formatted(call, node.host(), node.port()));
        }
        Flyway.configure()
                .dataSource("jdbc:" + created.url(), created.username(), created.password())
                .load()
                .migrate();
        execute(created, Files.readString(DISTRIBUTE).split(";\\n", -1));
        return created;
    }

    static void drop(DatabaseAddress cluster, String name) throws SQLException {
        for (Node node : nodes(cluster)) {
            execute(at(cluster, node, null), "DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    private static List<Node> nodes(DatabaseAddress cluster) throws SQLException {
        try (Connection connection = connect(cluster);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT nodename, nodeport, groupid = 0 FROM pg_dist_node ORDER BY groupid")) {
            List<Node> nodes = new ArrayList<>();
            while (rows.next()) {
                nodes.add(new Node(rows.getString(1), rows.getInt(2), rows.getBoolean(3)));
            }
            return nodes;
        }
    }

    /**
     * Another database of the cluster.
     *
     * @param node null means the address that the tests were given
     * @param name null means the database of that
     */
    private static DatabaseAddress at(DatabaseAddress cluster, Node node, String name) {
        String url = cluster.url();
        if (node != null && !node.isCoordinator()) {
            url = url.replaceFirst("//[^/]+/", "//" + node.host() + ":" + node.port() + "/");
        }
        if (name != null) {
            url = url.replaceFirst("/[^/?]+(\\?.*)?$", "/" + name + "$1");
        } else if (node != null && !node.isCoordinator()) {
            url = url.replaceFirst("/[^/?]+(\\?.*)?$", "/postgres$1");
        }
        return new DatabaseAddress(url, cluster.username(), cluster.password());
    }

    /** Runs statements, each in a transaction of its own. */
    private static void execute(DatabaseAddress database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static Connection connect(DatabaseAddress database) throws SQLException {
        return DriverManager.getConnection("jdbc:" + database.url(), database.username(), database.password());
    }
}

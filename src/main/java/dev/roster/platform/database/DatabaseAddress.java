package dev.roster.platform.database;

import dev.roster.platform.settings.Rules;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL database is and who signs in to it; the URL has the form {@code
 * postgresql://host:port,host:port/database}, with one host or several.
 */
public record DatabaseAddress(String url, String username, String password) {

    private static final String SCHEME = "postgresql://";

    // PostgreSQL hangs up where the user and the names of a connection have more than 10000 bytes
    private static final int LONGEST = 2_000;

    private static final String FORM = " must have the form postgresql://host:port/database,"
            + " with several host:port where the database has several servers";

    private static final Pattern URL =
            Pattern.compile(SCHEME + "(?<servers>[^/?#]+)(?<rest>/[^/?#\\s]+(\\?[^#\\s]*)?)");

    /** Host names with underscores are common between containers, and java.net.URI refuses them. */
    private static final Pattern SERVER = Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>.*))?");

    private static final Pattern CREDENTIALS = Pattern.compile("[?&](user|password)=");

    // Without the authority, the drivers would look for it in different places
    private static final Pattern VERIFYING = Pattern.compile("[?&]sslmode=verify-(ca|full)(&|$)");

    /** What libpq calls the server that is wanted ("Parameter Key Words"): it is always this one. */
    private static final Pattern WANTED = Pattern.compile("[?&]target_session_attrs=(?<which>[^&]*)");

    /**
     * Reads a URL as an operator wrote it.
     *
     * @param variable the name of the setting, for the message
     * @throws StartRefused if a driver would not understand it; the message never repeats the URL,
     *     which may hold a password
     */
    public static DatabaseAddress of(String variable, String url, String username, String password) {
        if (!url.startsWith(SCHEME)) {
            throw new StartRefused(variable + " must start with postgresql:// (postgresql://host:port/database)");
        }
        if (url.length() > LONGEST) {
            throw new StartRefused(variable + " must have at most " + LONGEST + " characters");
        }
        if (authority(url).contains("@") || CREDENTIALS.matcher(url).find()) {
            throw new StartRefused(variable + " must not contain a user or password: they have their own settings");
        }
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new StartRefused(variable + FORM);
        }
        checkServers(variable, parts.group("servers"));
        if (VERIFYING.matcher(url).find() && ServerCertificate.authority(url).isEmpty()) {
            throw new StartRefused(variable
                    + " must name the file of the certificate authority with this sslmode:"
                    + " &sslrootcert=/path/of/ca.crt");
        }
        Matcher wanted = WANTED.matcher(url);
        if (wanted.find() && !wanted.group("which").equals("read-write")) {
            throw new StartRefused(variable + " must have target_session_attrs=read-write, or none, which means it");
        }
        return new DatabaseAddress(url, username, password);
    }

    /** The properties that the data sources of Quarkus are configured with. */
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(drivers(url));
        properties.put("roster.db.url", escaped(url));
        properties.put("roster.db.username", escaped(username));
        properties.put("roster.db.password", escaped(password));
        return properties;
    }

    /** The properties of a URL of several servers that each driver reads in its own way; none of another. */
    static Map<String, String> drivers(String url) {
        List<String> servers = servers(url);
        return servers.size() == 1
                ? Map.of()
                : Map.of(
                        "roster.db.reactive-url",
                        escaped(servers.get(0)),
                        "roster.db.jdbc-url",
                        escaped("jdbc:" + url + (url.contains("?") ? "&" : "?")) + "targetServerType=preferPrimary");
    }

    /** The same URL for each of the servers. */
    public static List<String> servers(String url) {
        Matcher parts = URL.matcher(url);
        return parts.matches()
                ? Arrays.stream(parts.group("servers").split(",", -1))
                        .map(server -> SCHEME + server + parts.group("rest"))
                        .toList()
                : List.of(url);
    }

    @Override
    public String toString() {
        return username + " at " + url;
    }

    private static void checkServers(String variable, String servers) {
        for (String server : servers.split(",", -1)) {
            Matcher parts = SERVER.matcher(server);
            if (!parts.matches() || !Rules.isHost(parts.group("host"))) {
                throw new StartRefused(variable + FORM);
            }
            if (parts.group("port") != null && !isPort(parts.group("port"))) {
                throw new StartRefused(variable + " must have a port between 1 and 65535");
            }
        }
    }

    /** Quarkus takes a bare ${ in a value, as a password may have it, for a reference. */
    private static String escaped(String value) {
        return value.replace("$", "\\$");
    }

    private static String authority(String url) {
        String rest = url.substring(SCHEME.length());
        int end = rest.indexOf('/');
        return end < 0 ? rest : rest.substring(0, end);
    }

    private static boolean isPort(String digits) {
        return digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= 65_535;
    }
}

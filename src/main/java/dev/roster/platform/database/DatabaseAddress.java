package dev.roster.platform.database;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL database is and who signs in to it; the URL has the form that both drivers
 * read, {@code postgresql://host:port/database}.
 */
public record DatabaseAddress(String url, String username, String password) {

    /** Host names with underscores are common between containers, and java.net.URI refuses them. */
    private static final Pattern URL =
            Pattern.compile("postgresql://(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>[^/?#]*))?"
                    + "/(?<database>[^/?#\\s]+)(\\?[^#\\s]*)?");

    // Without the authority, the drivers would look for it in different places
    private static final Pattern VERIFYING = Pattern.compile("[?&]sslmode=verify-(ca|full)(&|$)");

    /**
     * Reads a URL as an operator wrote it.
     *
     * @param variable the name of the setting, for the message
     * @throws StartRefused if a driver would not understand it; the message never repeats the URL,
     *     which may hold a password
     */
    public static DatabaseAddress of(String variable, String url, String username, String password) {
        if (!url.startsWith("postgresql://")) {
            throw new StartRefused(variable + " must start with postgresql:// (postgresql://host:port/database)");
        }
        if (authority(url).contains("@")) {
            throw new StartRefused(variable + " must not contain a user or password: they have their own settings");
        }
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new StartRefused(variable + " must have the form postgresql://host:port/database");
        }
        if (VERIFYING.matcher(url).find() && ServerCertificate.authority(url).isEmpty()) {
            throw new StartRefused(variable
                    + " must name the file of the certificate authority with this sslmode:"
                    + " &sslrootcert=/path/of/ca.crt");
        }
        if (parts.group("port") != null && !isPort(parts.group("port"))) {
            throw new StartRefused(variable + " must have a port between 1 and 65535");
        }
        return new DatabaseAddress(url, username, password);
    }

    /** The properties that the data sources of Quarkus are configured with. */
    public Map<String, String> properties() {
        return Map.of(
                "roster.db.url", escaped(url),
                "roster.db.username", escaped(username),
                "roster.db.password", escaped(password));
    }

    @Override
    public String toString() {
        return username + " at " + url;
    }

    /** Quarkus takes a bare ${ in a value, as a password may have it, for a reference. */
    private static String escaped(String value) {
        return value.replace("$", "\\$");
    }

    private static String authority(String url) {
        String rest = url.substring("postgresql://".length());
        int end = rest.indexOf('/');
        return end < 0 ? rest : rest.substring(0, end);
    }

    private static boolean isPort(String digits) {
        return digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= 65_535;
    }
}

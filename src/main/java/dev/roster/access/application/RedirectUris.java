package dev.roster.access.application;

import dev.roster.platform.error.RosterException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where an answer may be sent (RFC 9700 section 2.1): what is registered, letter by letter; only the port of a loopback
 * address is free (RFC 8252 section 7.3).
 */
public final class RedirectUris {
    /** How many an application may have. */
    static final int MOST = 20;

    private static final int LONGEST = 2000;
    private static final String RULE = "must be https URLs, or http URLs of a loopback address, without credentials,"
            + " wildcard, fragment, backslash or dots in the path, of at most " + LONGEST + " characters";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final Set<String> FREE_PORT = Set.of("127.0.0.1", "[::1]");

    private RedirectUris() {}

    /** The URIs of a field; {@code invalid_request} names it and the rule. */
    static String[] checked(String field, List<String> uris) {
        if (uris.size() > MOST || Set.copyOf(uris).size() < uris.size()) {
            throw RosterException.invalid(field, "must be " + MOST + " different URLs at most");
        }
        if (!uris.stream().allMatch(RedirectUris::mayBeRegistered)) {
            throw RosterException.invalid(field, RULE);
        }
        return uris.toArray(String[]::new);
    }

    /** Whether an answer may be sent to a URI. */
    public static boolean contains(List<String> registered, String asked) {
        return registered.contains(asked) || registered.stream().anyMatch(one -> differsInPortOnly(one, asked));
    }

    /** Whether an origin (RFC 6454), as browsers write it, is that of one of these. */
    public static boolean haveOrigin(List<String> registered, String origin) {
        URI asked = parse(origin);
        return asked != null
                && asked.getHost() != null
                && registered.stream().map(RedirectUris::parse).anyMatch(one -> isOrigin(one, asked, origin));
    }

    private static boolean isOrigin(URI registered, URI asked, String origin) {
        boolean free = FREE_PORT.contains(registered.getHost()) && "http".equals(registered.getScheme());
        return origin.equals(origin(registered, registered.getPort()))
                || (free && origin.equals(origin(registered, asked.getPort())));
    }

    /** As browsers write it: small letters, and no port that goes without saying. */
    private static String origin(URI uri, int port) {
        boolean usual = port == -1 || port == ("https".equals(uri.getScheme()) ? 443 : 80);
        return uri.getScheme() + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
    }

    private static boolean differsInPortOnly(String registered, String asked) {
        URI one = parse(registered);
        URI other = parse(asked);
        return one != null
                && other != null
                && isWellFormed(other, asked)
                && FREE_PORT.contains(one.getHost())
                && "http".equals(one.getScheme())
                && withoutPort(one, registered).equals(withoutPort(other, asked));
    }

    /** The text itself without its port, so that nothing else is read in two ways. */
    private static String withoutPort(URI uri, String text) {
        String port = ":" + uri.getPort();
        String start = uri.getScheme() + "://" + uri.getHost();
        boolean hasPort = uri.getPort() >= 0 && text.startsWith(start + port);
        return hasPort ? start + text.substring((start + port).length()) : text;
    }

    private static boolean mayBeRegistered(String text) {
        URI uri = parse(text);
        return uri != null
                && isWellFormed(uri, text)
                && ("https".equals(uri.getScheme())
                        || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost())));
    }

    private static boolean isWellFormed(URI uri, String text) {
        return text.length() <= LONGEST
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && text.indexOf('*') < 0
                && uri.normalize().toString().equals(text)
                && !text.toLowerCase(Locale.ROOT).contains("%2e");
    }

    private static URI parse(String text) {
        try {
            return text == null || !text.chars().allMatch(letter -> letter > ' ' && letter <= '~')
                    ? null
                    : new URI(text);
        } catch (URISyntaxException notAUri) {
            return null;
        }
    }
}

package dev.roster.access.application;

import dev.roster.platform.error.RosterException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where an answer may be sent (RFC 9700 section 2.1): what is registered, letter by letter; only the port of a loopback
 * address is free (RFC 8252 section 7.3). Programs that keep no secret may have schemes of their own (section 7.1).
 */
public final class RedirectUris {
    /** How many an application may have. */
    static final int MOST = 20;

    private static final int LONGEST = 2000;

    // RFC 6749 sections 4.1.2 and 3.1.2, RFC 9207: none is there twice, or the program might take the wrong one
    private static final Set<String> ANSWER = Set.of("code", "state", "iss", "error", "error_description", "error_uri");
    private static final String RULE = "must be https URLs, or http URLs of a loopback address, without credentials,"
            + " wildcard, fragment, backslash or dots in the path, without the parameters of an answer in the query ("
            + String.join(", ", new TreeSet<>(ANSWER)) + "), of at most " + LONGEST + " characters";
    private static final String NATIVE_RULE =
            RULE + "; or URIs of a scheme that is a domain name read backwards, such as com.example.app:/callback";

    // A domain name that its owner has, read backwards, so with a dot; and a single slash, as nobody owns what follows
    private static final Pattern PRIVATE_USE =
            Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)++:/(?!/).*");

    private static final Pattern DOTS = Pattern.compile("(?:^|/)\\.{1,2}(?:/|$)");

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final Set<String> FREE_PORT = Set.of("127.0.0.1", "[::1]");

    private RedirectUris() {}

    /**
     * The URIs of a field; {@code invalid_request} names it and the rule.
     *
     * @param publicClient whether they are of an application that can keep no secret
     */
    static String[] checked(String field, List<String> uris, boolean publicClient) {
        if (uris.size() > MOST || Set.copyOf(uris).size() < uris.size()) {
            throw RosterException.invalid(field, "must be " + MOST + " different URLs at most");
        }
        if (!uris.stream().allMatch(uri -> mayBeRegistered(uri) || (publicClient && isOfProgram(uri)))) {
            throw RosterException.invalid(field, publicClient ? NATIVE_RULE : RULE);
        }
        return uris.toArray(String[]::new);
    }

    /** Whether an answer may be sent to a URI. */
    public static boolean contains(List<String> registered, String asked) {
        return registered.contains(asked) || registered.stream().anyMatch(one -> differsInPortOnly(one, asked));
    }

    /**
     * Whether a URI has a scheme of a program's own. Any other program on the device can have the same, so that nobody
     * knows which one is answered (RFC 8252 section 8.6).
     */
    public static boolean isPrivateUse(String uri) {
        return uri.length() <= LONGEST && PRIVATE_USE.matcher(uri).matches();
    }

    private static boolean isOfProgram(String text) {
        URI uri = parse(text);
        return uri != null && isPrivateUse(text) && isWellSpelled(uri, text);
    }

    /** Whether an origin (RFC 6454), as browsers write it, is that of one of these. */
    public static boolean haveOrigin(List<String> registered, String origin) {
        URI asked = parse(origin);
        return asked != null
                && asked.getHost() != null
                && registered.stream()
                        .map(RedirectUris::parse)
                        .filter(one -> one.getHost() != null)
                        .anyMatch(one -> isOrigin(one, asked, origin));
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
                && one.getHost() != null
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
        return uri.getHost() != null && uri.getRawUserInfo() == null && isWellSpelled(uri, text);
    }

    private static boolean isWellSpelled(URI uri, String text) {
        return text.length() <= LONGEST
                && uri.getRawFragment() == null
                && text.indexOf('*') < 0
                && uri.normalize().toString().equals(text)
                // URI leaves those that lead out of the root
                && !DOTS.matcher(uri.getRawPath()).find()
                && !text.toLowerCase(Locale.ROOT).contains("%2e")
                && parameters(uri).noneMatch(ANSWER::contains);
    }

    /** The names in its query, as programs read them. */
    private static Stream<String> parameters(URI uri) {
        return uri.getRawQuery() == null
                ? Stream.empty()
                : Stream.of(uri.getRawQuery().split("&"))
                        .map(parameter -> URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8));
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

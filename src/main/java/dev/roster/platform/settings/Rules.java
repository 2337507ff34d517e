package dev.roster.platform.settings;

import io.netty.util.NetUtil;
import io.quarkus.runtime.configuration.MemorySize;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What settings have to be. Those that are not are collected, by the names of their variables. */
public final class Rules {
    private static final Pattern HOST =
            Pattern.compile("([\\p{L}\\p{M}\\p{N}_-]{1,63}\\.)*[\\p{L}\\p{M}\\p{N}_-]{1,63}\\.?");

    // RFC 1035 section 2.3.4
    private static final int LONGEST_HOST = 255;

    private static final int LAST_PORT = 65_535;

    private final List<Checked> known = new ArrayList<>();
    private final List<Predicate<Checked>> waiting = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    /**
     * Checks settings, and what compares them with those that were checked before.
     *
     * @return the rules that they break
     */
    public List<String> check(Checked settings) {
        known.add(settings);
        settings.check(this);
        waiting.removeIf(comparison -> comparison.test(settings));
        List<String> found = List.copyOf(broken);
        broken.clear();
        return found;
    }

    /**
     * A condition.
     *
     * @param rule begins with the name of the variable, and never has its value: that may be a secret
     */
    public void require(boolean condition, String rule) {
        if (!condition) {
            broken.add(rule);
        }
    }

    /** A time that is one of these, or between them. */
    public void requireBetween(Duration least, Duration time, Duration most, String variable) {
        requireBetween(least, time, most, variable, words(least) + " to " + words(most));
    }

    /** A time that is one of these, or between them, which are said in these words. */
    public void requireBetween(Duration least, Duration time, Duration most, String variable, String words) {
        require(time.compareTo(least) >= 0 && time.compareTo(most) <= 0, variable + " must be " + words);
    }

    /** A number that is one of these, or between them. */
    public void requireBetween(int least, int number, int most, String variable) {
        require(number >= least && number <= most, variable + " must be " + least + " to " + most);
    }

    /** A number of bytes that is one of these, or between them. */
    public void requireBetween(long least, MemorySize size, long most, String variable) {
        require(
                size.asLongValue() >= least && size.asLongValue() <= most,
                variable + " must be " + least + " to " + most + " bytes");
    }

    /** A time that is not below another. */
    public void requireAtLeast(Duration least, Duration time, String rule) {
        require(time.compareTo(least) >= 0, rule);
    }

    /** The URL of a page: the code of a link follows it. */
    public void requirePage(String url, String variable) {
        require(
                web(url).isPresent(),
                variable
                        + " must be an http or https URL without credentials or a fragment, its host of letters, digits,"
                        + " hyphens and dots, its port 1 to 65535");
    }

    /** The name or address of a machine, without a port. */
    public void requireHost(String host, String variable) {
        require(isHost(host), variable + " must be the name or address of a host, without a port");
    }

    /** Whether a machine can be called so: names with underscores are common between containers. */
    public static boolean isHost(String host) {
        return NetUtil.isValidIpV6Address(host)
                || (host.length() <= LONGEST_HOST && HOST.matcher(host).matches());
    }

    /** A rule that compares these settings with others, once those are known too. */
    public <T extends Checked> void compare(Class<T> others, Consumer<T> rule) {
        Predicate<Checked> comparison = settings -> {
            boolean found = others.isInstance(settings);
            if (found) {
                rule.accept(others.cast(settings));
            }
            return found;
        };
        if (known.stream().noneMatch(comparison)) {
            waiting.add(comparison);
        }
    }

    /** A URL that can be called, http or https; empty where it is none, or has credentials or a fragment, which are not sent. */
    public static Optional<URI> web(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return Optional.of(uri)
                    .filter(known -> web && known.getHost() != null && hasPort(known))
                    .filter(known -> known.getRawUserInfo() == null && known.getRawFragment() == null);
        } catch (URISyntaxException notAUri) {
            return Optional.empty();
        }
    }

    /** That of the scheme, or one that there can be. */
    private static boolean hasPort(URI uri) {
        int port = uri.getPort();
        return port == -1 ? !uri.getRawAuthority().endsWith(":") : port > 0 && port <= LAST_PORT;
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " seconds" : time.toMillis() + " milliseconds";
    }
}

package dev.roster.cli;

import io.vertx.core.VertxException;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Which service is called, and as whom: from the environment, or else from a file that its owner alone reads. */
final class Profile {
    private static final Pattern BESIDE_AN_ADDRESS = Pattern.compile("[@?#]");
    private static final int HIGHEST_PORT = 65_535;
    private static final char DELETE = 0x7f;
    private static final String URL = "ROSTER_URL";
    private static final String CLIENT = "ROSTER_CLIENT_ID";
    private static final String SECRET = "ROSTER_CLIENT_SECRET";
    private static final String TOKEN = "ROSTER_TOKEN";
    private static final String FILE = "ROSTER_CONFIG";

    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final Map<String, String> environment;
    private final Consumer<String> warnings;
    private final Path file;
    private Properties kept;

    Profile(Map<String, String> environment, Consumer<String> warnings) {
        this.environment = environment;
        this.warnings = warnings;
        // As the shell reads ~; what Java calls home is in the list of users, whatever the environment says
        String home = given("HOME", System.getProperty("user.home"));
        file = Path.of(given(FILE, home + "/.config/roster/config.properties"));
    }

    private String given(String name, String otherwise) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /** What the file says, read when it is asked for, since not every command asks. */
    private Properties kept() {
        if (kept == null) {
            Properties read = new Properties();
            if (Files.exists(file)) {
                SentFile.check(file);
                try (Reader reader = Files.newBufferedReader(file)) {
                    read.load(reader);
                    warnOfOthers(read);
                } catch (IOException | IllegalArgumentException unreadable) {
                    throw new CallFailed(file + " cannot be read: " + unreadable.getMessage());
                }
            }
            kept = read;
        }
        return kept;
    }

    private void warnOfOthers(Properties read) throws IOException {
        boolean secret = read.containsKey(SECRET) || read.containsKey(TOKEN);
        boolean hasOwner = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (secret && hasOwner && !Collections.disjoint(Files.getPosixFilePermissions(file), OF_OTHERS)) {
            warnings.accept("Others may read or change the secret in " + file + "; chmod 600 keeps it to its owner.");
        }
    }

    /** What is kept of one service goes to no other that the environment names. */
    private String value(String name) {
        if (environment.containsKey(name)) {
            return environment.get(name);
        }
        boolean other =
                environment.containsKey(URL) && !bare(environment.get(URL)).equals(kept().getProperty(URL));
        return other ? null : kept().getProperty(name);
    }

    private String required(String name) {
        String value = value(name);
        if (value == null || value.isBlank()) {
            throw new CallFailed(name + " is not set, neither in the environment nor in " + file
                    + "; \"roster login\" sets it there.");
        }
        return value;
    }

    String url() {
        return bare(required(URL));
    }

    /** An address as paths are added to it. */
    static String bare(String url) {
        String address = url.replaceAll("/+$", "");
        if (!address.startsWith("https://") && !address.startsWith("http://")) {
            throw new CallFailed("The address must begin with https:// or http://.");
        }
        if (address.chars().anyMatch(Character::isWhitespace)) {
            throw new CallFailed("The address must have no blanks in it.");
        }
        // Neither is ever shown, as addresses are
        if (BESIDE_AN_ADDRESS.matcher(address).find()) {
            throw new CallFailed("The address must be that of a service, without a user, a password or a query.");
        }
        if (!isCallable(address)) {
            throw new CallFailed("The address must name a host, and no port but one of 1 to 65535.");
        }
        return address;
    }

    private static boolean isCallable(String address) {
        try {
            RequestOptions parsed = new RequestOptions().setAbsoluteURI(address);
            return !parsed.getHost().isEmpty() && parsed.getPort() > 0 && parsed.getPort() <= HIGHEST_PORT;
        } catch (VertxException none) {
            return false;
        }
    }

    /** A token for calls: the one that is set, or one of the client that is. */
    String token(Api api) {
        return token(api, "");
    }

    private String token(Api api, String scope) {
        // Of a client that the environment names, a token that is kept is none
        String token = environment.containsKey(CLIENT) ? environment.get(TOKEN) : value(TOKEN);
        return plain(token == null || token.isBlank() ? api.grant(required(CLIENT), required(SECRET), scope) : token);
    }

    /** A token as a header can have it, without the end of the line that it was on; what cannot be one is never shown. */
    private static String plain(String token) {
        String stripped = token.strip();
        if (!stripped.chars().allMatch(c -> c > ' ' && c < DELETE)) {
            throw new CallFailed("The token must be one line of ASCII, without blanks or control characters in it.");
        }
        return stripped;
    }

    /** What is only in the environment, as it is of one call; null where it is not set. */
    String once(String name) {
        return environment.get(name);
    }

    /** The service, as whom the settings say. */
    Api open() {
        return open("");
    }

    /**
     * The service, with a token for some of what the settings allow.
     *
     * @param scope what a token is to be for, by names with spaces between; empty takes all that is usual
     */
    Api open(String scope) {
        Api api = new Api(url());
        try {
            api.useToken(token(api, scope));
            return api;
        } catch (RuntimeException failure) {
            api.close();
            throw failure;
        }
    }

    /** Keeps a client for later calls. */
    Path keep(String url, String client, String secret) {
        kept().setProperty(URL, url);
        kept().setProperty(CLIENT, client);
        kept().setProperty(SECRET, secret);
        // Of who called before, and maybe of another service
        kept().remove(TOKEN);
        try {
            // A link to it stays one
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Files.createDirectories(target.getParent());
            // Read by its owner alone from the beginning; what was kept is there until all is written
            Path written = Files.createTempFile(target.getParent(), "config", null);
            try {
                try (Writer writer = Files.newBufferedWriter(written)) {
                    kept().store(writer, null);
                }
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
            return file;
        } catch (IOException failure) {
            throw new CallFailed(file + " cannot be written: " + failure.getMessage());
        }
    }
}

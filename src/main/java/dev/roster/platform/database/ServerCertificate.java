package dev.roster.platform.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLDecoder;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the certificate of the database as {@code sslmode} and {@code sslrootcert} of its URL ask,
 * the way PostgreSQL documents it for its own library ("SSL Support", table "SSL Mode
 * Descriptions"): the driver of the migrations does so by itself, the reactive one does not.
 */
final class ServerCertificate {
    private static final Pattern AUTHORITY = Pattern.compile("[?&]sslrootcert=([^&]+)");
    private static final Set<SslMode> UNCHECKED = EnumSet.of(SslMode.ALLOW, SslMode.PREFER, SslMode.REQUIRE);

    private ServerCertificate() {}

    /** The PEM file of the authority that the certificate is checked with. */
    static Optional<String> authority(String url) {
        Matcher parameter = AUTHORITY.matcher(url);
        return parameter.find() ? Optional.of(URLDecoder.decode(parameter.group(1), UTF_8)) : Optional.empty();
    }

    /** Completes what the reactive driver has read from the URL. */
    static void check(PgConnectOptions server, String url) {
        Optional<String> authority = authority(url);
        if (authority.isPresent()) {
            server.setPemTrustOptions(new PemTrustOptions().addCertPath(authority.get()));
        } else if (UNCHECKED.contains(server.getSslMode())) {
            server.setTrustAll(true);
        }
        if (server.getSslMode() == SslMode.VERIFY_FULL) {
            server.setHostnameVerificationAlgorithm("HTTPS");
        }
    }
}

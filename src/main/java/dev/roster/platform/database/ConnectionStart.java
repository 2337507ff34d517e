package dev.roster.platform.database;

import io.vertx.pgclient.PgConnectOptions;

/** What each new connection is asked and told, in one statement: its first column is whether its server takes no writes. */
final class ConnectionStart {
    // A statement that waits for a lock says as little as a server that is gone: this ends it before, unless the
    // database has a limit of its own
    private static final String LIMIT_LOCKS =
            "CASE current_setting('lock_timeout') WHEN '0' THEN set_config('lock_timeout', '%s', false) END";

    // One whose connection is given up would go on, with the locks it has, while others take its place. A server that
    // cannot see that its client is gone, as on Windows, refuses to look
    private static final String END_WITH_CLIENT = """
            CASE WHEN current_setting('client_connection_check_interval', true) = '0' AND version() ~ 'linux|darwin|bsd'
                 THEN set_config('client_connection_check_interval', '1s', false) END
            """;

    private ConnectionStart() {}

    static String of(PgConnectOptions options) {
        return String.join(
                ", ",
                ServerChange.IS_READ_ONLY,
                LIMIT_LOCKS.formatted(options.getIdleTimeout() / 4 * 3),
                END_WITH_CLIENT);
    }
}

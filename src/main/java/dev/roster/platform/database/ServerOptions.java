package dev.roster.platform.database;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How the reactive driver connects to servers beside those of the pool: with the same patience and TLS. */
public final class ServerOptions {
    private ServerOptions() {}

    /** Those of each server of a URL. */
    public static List<SqlConnectOptions> each(String url, String username, String password, PoolSettings limits) {
        return DatabaseAddress.servers(url).stream()
                .map(PgConnectOptions::fromUri)
                .<SqlConnectOptions>map(server -> {
                    ServerCertificate.check(server, url);
                    server.setUser(username).setPassword(password);
                    return set(server, limits);
                })
                .toList();
    }

    /** Sets what is the same for all servers. */
    static PgConnectOptions set(PgConnectOptions server, PoolSettings limits) {
        server.setConnectTimeout(limits.timeoutMilliseconds());
        server.setIdleTimeout(limits.silenceMilliseconds());
        server.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        server.setCachePreparedStatements(true);
        // A statement kept prepared gets one plan for all values. A search must be planned for its own term.
        server.setPreparedStatementCacheSqlFilter(sql -> !sql.startsWith(PlannedAnew.MARK));
        return server;
    }
}

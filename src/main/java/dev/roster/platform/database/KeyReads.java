package dev.roster.platform.database;

import io.quarkus.arc.ClientProxy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/**
 * Runs queries that find a row or a few by a key: those of one organization that come at once share a connection. Lists and
 * searches have one each, since others would wait behind them.
 */
@Singleton
public class KeyReads {
    private final SqlClient client;

    KeyReads(Vertx vertx, Pool pool) {
        client = SqlClient.newInstance(new SharedConnections(
                (VertxInternal) vertx.getDelegate(),
                (DatabasePool) ClientProxy.unwrap(pool.getDelegate()),
                System::nanoTime));
    }

    public Uni<RowSet<Row>> read(String sql, Tuple values) {
        return client.preparedQuery(sql).execute(values);
    }
}

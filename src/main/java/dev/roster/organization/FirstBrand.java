package dev.roster.organization;

import dev.roster.caller.Brand;
import dev.roster.platform.background.PeriodicWork;
import dev.roster.platform.persistence.Rows;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * What pages show that belong to no organization, as that for signing in: the organization that the first start makes,
 * which everybody knows to exist. Known in memory, and a few seconds old.
 */
@Singleton
public class FirstBrand implements PeriodicWork {
    private static final String FIND =
            "SELECT id, display_name, logo_digest, support_url FROM organizations WHERE name = $1 AND status = 'active'";

    // What it is called until somebody calls it otherwise
    private static final String UNNAMED = "Default";

    private final Pool database;
    private volatile Brand brand = Brand.ROSTER;

    FirstBrand(Pool database) {
        this.database = database;
    }

    /** That of the last look. */
    public Brand get() {
        return brand;
    }

    @Override
    public Duration first() {
        return Duration.ofMillis(200);
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Uni<Void> run() {
        return database.preparedQuery(FIND)
                .execute(Tuple.of(Organizations.FIRST))
                .map(rows -> Rows.first(rows, FirstBrand::brand).orElse(Brand.ROSTER))
                .invoke(found -> brand = found)
                .replaceWithVoid();
    }

    private static Brand brand(Row row) {
        String name = row.getString(1);
        return Brand.of(
                row.getUUID(0), name.equals(UNNAMED) ? Brand.ROSTER.name() : name, row.getString(2), row.getString(3));
    }
}

package dev.roster.access.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.Uuids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Leads from the public identifier of a client or an application to its organization, so that all other statements name
 * that. Known in memory, because an identifier stays where it is: whoever is not there any more is asked for anew.
 */
@ApplicationScoped
public class ClientOrganizations {
    private static final String FIND = "SELECT organization_id FROM client_ids WHERE client_id = $1";

    // Some 15 MB; a client beyond costs one more question
    private static final int MOST = 100_000;

    private final Cache<String, UUID> known =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Pool database;

    ClientOrganizations(Pool database) {
        this.database = database;
    }

    /** The organization that has this identifier now; empty where none has. What follows is its work. */
    Uni<Optional<UUID>> find(String clientId) {
        return Rows.first(database, FIND, Tuple.of(clientId), row -> row.getUUID(0))
                .invoke(found -> found.ifPresent(organization -> {
                    known.put(clientId, organization);
                    WorkOwner.claim(organization);
                }));
    }

    /**
     * What a statement reads of the client of an identifier.
     *
     * @param read the statement, of the organization that is given to it
     */
    public Uni<RowSet<Row>> read(String clientId, Function<UUID, Uni<RowSet<Row>>> read) {
        UUID before = known.getIfPresent(clientId);
        if (before == null) {
            // An identifier that nobody has leads to nobody: the same statement reads nothing
            return find(clientId).chain(found -> read.apply(found.orElse(Uuids.NIL)));
        }
        WorkOwner.claim(before);
        return read.apply(before)
                .chain(rows -> rows.size() > 0
                        ? Uni.createFrom().item(rows)
                        : elsewhere(clientId, before).chain(found -> found.map(read)
                                .orElseGet(() -> Uni.createFrom().item(rows))));
    }

    private Uni<Optional<UUID>> elsewhere(String clientId, UUID before) {
        known.invalidate(clientId);
        return find(clientId).map(found -> found.filter(organization -> !organization.equals(before)));
    }
}

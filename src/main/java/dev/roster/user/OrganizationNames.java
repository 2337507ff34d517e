package dev.roster.user;

import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.Uuids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Leads from the name of an organization to its id, so that all other statements name that. */
@ApplicationScoped
public class OrganizationNames {
    private static final String FIND = "SELECT id FROM organizations WHERE name = $1";

    private final Pool database;

    OrganizationNames(Pool database) {
        this.database = database;
    }

    /** The organization of this name, active or not; empty where there is none. What follows is its work. */
    public Uni<Optional<UUID>> find(String name) {
        return Rows.first(database, FIND, Tuple.of(name), row -> row.getUUID(0))
                .invoke(found -> found.ifPresent(WorkOwner::claim));
    }

    /** The same; an id that no organization has where there is none. */
    public Uni<UUID> id(String name) {
        // Of a name that none has, the same is read as of others, so that the answer takes as long
        return find(name).map(found -> found.orElse(Uuids.NIL));
    }
}

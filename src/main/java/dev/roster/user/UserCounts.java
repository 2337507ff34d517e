package dev.roster.user;

import dev.roster.platform.database.KeyReads;
import dev.roster.platform.persistence.SessionSql;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;

/**
 * How many persons an organization has: kept with every change, never counted. The count of an
 * organization is spread over several rows, so that creations at once seldom wait for each other.
 * Every transaction counts after it has locked accounts and invites and before it locks groups: two
 * never wait for each other in a circle.
 */
@ApplicationScoped
public class UserCounts implements AccountFollower {
    // The last bits of an id are random. More than a pool has connections by default; each read sums them.
    private static final int SLOTS = 32;
    private static final String ADDITION = " ON CONFLICT (organization_id, slot) DO UPDATE"
            + " SET persons = c.persons + excluded.persons, changes = c.changes + 1";
    private static final String CHANGE =
            "INSERT INTO user_counts AS c (organization_id, slot, persons, changes) VALUES ($1, $2, $3, 1)" + ADDITION;
    private static final String CHANGE_ALL = """
            INSERT INTO user_counts AS c (organization_id, slot, persons, changes)
            SELECT $1, CAST(s.key AS smallint), CAST(s.value AS bigint), 1
              FROM jsonb_each_text(CAST(CAST($2 AS text) AS jsonb)) AS s ORDER BY 2
            """ + ADDITION;

    /** How many persons the organization {@code $1} has. */
    static final String PERSONS =
            "SELECT CAST(coalesce(sum(persons), 0) AS bigint) FROM user_counts WHERE organization_id = $1";

    /**
     * A statement whose column {@code state} is the same text for as long as the list of the persons of the organization
     * {@code $1} by name is: nobody comes, goes or is renamed.
     */
    static final String STATE = """
            SELECT coalesce(sum(persons), 0) || ' ' || coalesce(sum(changes), 0) AS state
              FROM user_counts WHERE organization_id = $1
            """;

    private final KeyReads keys;

    UserCounts(KeyReads keys) {
        this.keys = keys;
    }

    /** The number of persons in an organization, deactivated ones included. */
    public Uni<Long> persons(UUID organizationId) {
        return keys.read(PERSONS, Tuple.of(organizationId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /**
     * The part of a statement that counts the persons of the organization {@code $1} that other parts add.
     *
     * @param slot an SQL expression: what {@link #slot} answers for one of them
     * @param persons what stands behind FROM: a row for each
     */
    static String counting(String slot, String persons) {
        return "INSERT INTO user_counts AS c (organization_id, slot, persons, changes) SELECT $1, " + slot
                + ", count(*), 1 FROM " + persons + " HAVING count(*) > 0" + ADDITION + " RETURNING 1";
    }

    /** Counts an account that the transaction adds. */
    Uni<Void> add(User user) {
        return change(user, 1);
    }

    /** Notes that an account has another place in the list by name. */
    Uni<Void> move(User user) {
        return change(user, 0);
    }

    /** Counts the persons that the transaction adds together. */
    Uni<Void> add(UUID organizationId, Collection<User> persons) {
        JsonObject slots = new JsonObject();
        persons.forEach(user -> {
            String slot = String.valueOf(slot(user));
            slots.put(slot, slots.getInteger(slot, 0) + 1);
        });
        return SessionSql.update(CHANGE_ALL, organizationId, slots.encode()).replaceWithVoid();
    }

    /** A row in which an account may be counted: what an organization has is the sum of its rows. */
    static int slot(User user) {
        return (int) (user.id.getLeastSignificantBits() & (SLOTS - 1));
    }

    @Override
    public Rank rank() {
        return Rank.COUNTS;
    }

    @Override
    public Uni<Void> beforeRemoval(User user) {
        return change(user, -1);
    }

    private static Uni<Void> change(User user, int step) {
        if (user.kind != UserKind.PERSON) {
            return Uni.createFrom().voidItem();
        }
        return Panache.getSession()
                .chain(session -> session.flush()) // accounts are locked before
                .chain(() -> SessionSql.update(CHANGE, user.organizationId, slot(user), step))
                .replaceWithVoid();
    }
}

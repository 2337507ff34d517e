package dev.roster.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.roster.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What refers to a row that goes is found by an index: PostgreSQL looks for it with each such row, and makes none for that. */
@QuarkusTest
class ForeignKeysTest {
    // Which begins with the columns, in any order, and leaves out only what refers to nothing
    private static final String WITHOUT_INDEX = """
            SELECT coalesce(string_agg(f.conname, ', ' ORDER BY f.conname), '')
              FROM pg_constraint f
             WHERE f.contype = 'f' AND f.connamespace = CAST(current_schema() AS regnamespace)
               AND NOT EXISTS (
                 SELECT FROM pg_index i
                  WHERE i.indrelid = f.conrelid AND i.indisvalid
                    AND (SELECT array_agg(k.column_number)
                           FROM unnest(CAST(i.indkey AS smallint[])) WITH ORDINALITY AS k (column_number, place)
                          WHERE k.place <= least(cardinality(f.conkey), i.indnkeyatts)) @> f.conkey
                    AND (i.indpred IS NULL
                         OR pg_get_expr(i.indpred, i.indrelid) IN (
                              SELECT format('(%I IS NOT NULL)', a.attname) FROM pg_attribute a
                               WHERE a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey))))
            """;

    @Test
    void whenARowGoesThenAnIndexFindsWhatRefersToIt() {
        assertEquals("", Database.value(WITHOUT_INDEX));
    }
}

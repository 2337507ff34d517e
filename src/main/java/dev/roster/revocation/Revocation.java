package dev.roster.revocation;

import dev.roster.platform.validation.Word;
import java.time.Instant;

/**
 * Something whose tokens are no longer valid although they have not expired.
 *
 * @param subject the id of an account or session, or the public identifier of a client
 * @param generation of an account: tokens of earlier generations are refused
 * @param expiresAt when the last token that it could concern has ended
 */
record Revocation(RevocationKind kind, String subject, int generation, Instant revokedAt, Instant expiresAt) {

    /** The fields of a row, in the order of an announcement. */
    static final String COLUMNS = """
            subject_kind || ' ' || generation
              || ' ' || CAST(floor(extract(epoch FROM revoked_at) * 1000) AS bigint)
              || ' ' || CAST(ceil(extract(epoch FROM expires_at) * 1000) AS bigint)
              || ' ' || subject""";

    /** Reads what {@link #COLUMNS} writes; the subject is last because it may contain spaces. */
    static Revocation parse(String announcement) {
        String[] fields = announcement.split(" ", 5);
        return new Revocation(
                Word.of(RevocationKind.class, fields[0]).orElseThrow(),
                fields[4],
                Integer.parseInt(fields[1]),
                Instant.ofEpochMilli(Long.parseLong(fields[2])),
                Instant.ofEpochMilli(Long.parseLong(fields[3])));
    }
}

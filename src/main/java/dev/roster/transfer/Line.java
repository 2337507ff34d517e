package dev.roster.transfer;

import dev.roster.user.ImportUser;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * One record of an import, read.
 *
 * @param number where it stands in the file
 * @param size its bytes
 * @param id of the account, where the line makes one: it tells what an attempt has made whose end was not heard
 * @param name how the account is called in the line; null where it is not, or not so that it could be
 * @param user null where it cannot be read
 * @param refusal why it cannot be read; null where it can
 */
record Line(long number, int size, UUID id, String name, ImportUser user, Throwable refusal) {

    static Line of(SourceRecord found, UUID id, ImportUser user) {
        return new Line(found.line(), found.size(), id, user.name().orElse(null), user, null);
    }

    static Line refused(SourceRecord found, String name, Throwable refusal) {
        return new Line(found.line(), found.size(), null, name, null, refusal);
    }

    /** What no two lines of one batch may share: the later one is about what the earlier one has made. */
    Set<String> keys() {
        if (user == null) {
            return Set.of();
        }
        Set<String> keys = new TreeSet<>(user.texts());
        user.key().ifPresent(id -> keys.add("\0" + id)); // no name has a NUL
        return keys;
    }

    /** How many groups it names. */
    int memberships() {
        return user == null || user.groups() == null ? 0 : user.groups().size();
    }
}

package dev.roster.transfer;

import dev.roster.platform.json.JsonWeight;
import dev.roster.user.ImportUser;
import dev.roster.user.WantedUser;
import java.util.Set;

/**
 * One record of an import, read.
 *
 * @param number where it stands in the file
 * @param size its bytes, with what is made of them
 * @param name how the account is called in the line; null where it is not, or not so that it could be
 * @param wanted what it wants, prepared; null where it cannot be read
 * @param refusal why it cannot be read; null where it can
 */
record Line(long number, int size, String name, WantedUser wanted, Throwable refusal) {

    static Line of(SourceRecord found, WantedUser wanted) {
        ImportUser user = wanted.user();
        int size = found.size() + JsonWeight.of(user.metadata()) + JsonWeight.of(user.groups());
        return new Line(found.line(), size, user.name().orElse(null), wanted, null);
    }

    static Line refused(SourceRecord found, String name, Throwable refusal) {
        return new Line(found.line(), found.size(), name, null, refusal);
    }

    /** What no two lines of one batch may share: the later one is about what the earlier one has made. */
    Set<String> keys() {
        return wanted == null ? Set.of() : wanted.keys();
    }

    ImportUser user() {
        return wanted.user();
    }

    /** How many groups it names. */
    int memberships() {
        return wanted == null || user().groups() == null ? 0 : user().groups().size();
    }
}

package dev.roster.user;

import dev.roster.platform.paging.KeysetListing.Places;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.validation.CanonicalText;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Where accounts stand in a list: a name, or a time of creation and an id. */
final class UserPlaces {
    // The last with four digits; PostgreSQL's end is far behind it.
    private static final int LAST_YEAR = 9_999;

    private static final Places<UserView, List<Object>> BY_NAME = new Places<>(
            user -> List.of(name(user)), place -> List.of((String) place.get(0)), words -> List.of(words.get(0)));

    private static final Places<UserView, List<Object>> BY_CREATION = new Places<>(
            user -> List.of(Rows.utc(user.createdAt()), user.id()),
            place -> List.of(text((OffsetDateTime) place.get(0)), place.get(1).toString()),
            words -> List.of(time(words.get(0)), UUID.fromString(words.get(1))));

    private UserPlaces() {}

    static Places<UserView, List<Object>> of(UserSort sort) {
        return sort.byName() ? BY_NAME : BY_CREATION;
    }

    /** Where an account stands in a list by name. */
    static String name(UserView user) {
        return CanonicalText.fold(user.username());
    }

    private static String text(OffsetDateTime time) {
        return time.toInstant().toString();
    }

    private static OffsetDateTime time(String text) {
        OffsetDateTime time = Rows.utc(Instant.parse(text));
        if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException("no row is of the year " + time.getYear());
        }
        return time;
    }
}

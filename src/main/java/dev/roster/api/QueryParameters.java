package dev.roster.api;

import dev.roster.caller.Role;
import dev.roster.platform.error.FieldError.Place;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.Uuids;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.Storable;
import dev.roster.platform.validation.StorableText;
import dev.roster.platform.validation.Word;
import dev.roster.user.UserStatus;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Reads the query parameters of a contract; each refusal names the parameter and its rule. */
public final class QueryParameters {
    // An e-mail address is the longest text that is looked for.
    private static final int MAX_TEXT = 254;

    private QueryParameters() {}

    /** Refuses a parameter that says several things, whether it is known or not. */
    public static void requireOnce(UriInfo uri) {
        requireOnce(uri, uri.getQueryParameters().keySet());
    }

    /** Refuses one of these that says several things; of contracts whose servers ignore what they do not know. */
    public static void requireOnce(UriInfo uri, Set<String> known) {
        uri.getQueryParameters().forEach((name, values) -> {
            if (values.size() != 1 && known.contains(name)) {
                throw refused(name, "must be given once");
            }
        });
    }

    /** A whole number between two; the default where the parameter is absent. */
    public static int number(String field, String value, int fallback, int min, int max) {
        if (value == null) {
            return fallback;
        }
        boolean number = value.matches("[0-9]{1,9}");
        if (!number || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            throw refused(field, "must be a whole number from " + min + " to " + max);
        }
        return Integer.parseInt(value);
    }

    /** A UUID; null where the parameter is absent. */
    public static UUID uuid(String field, String value) {
        return value == null ? null : uuid(Place.QUERY, field, value);
    }

    /** The id in a path. */
    public static UUID id(String value) {
        return uuid(Place.PATH, "id", value);
    }

    /** A UUID in its canonical form, wherever it stands. */
    public static UUID uuid(Place place, String field, String value) {
        return Uuids.parse(value).orElseThrow(() -> RosterException.invalid(place, field, "must be a UUID"));
    }

    /** Whether it is true; false where the parameter is absent. */
    public static boolean flag(String field, String value) {
        return is("true", field, value, "true", "false");
    }

    /** Whether it is this one of two words; false where the parameter is absent. */
    public static boolean is(String word, String field, String value, String one, String other) {
        return word.equals(word(
                field, value, text -> Optional.of(text).filter(List.of(one, other)::contains), one + ", " + other));
    }

    // The two have an order in documents that is not that of their constants

    /** A role; null where the parameter is absent. */
    public static Role role(String value) {
        return word("role", value, Role::of, "admin, member, viewer");
    }

    /** A status of accounts; null where the parameter is absent. */
    public static UserStatus userStatus(String value) {
        return word("status", value, text -> Word.of(UserStatus.class, text), "active, deactivated, pending_sign_up");
    }

    /** One of a closed set of words; null where the parameter is absent. */
    public static <W extends Enum<W> & Word> W word(String field, String value, Class<W> words) {
        return word(field, value, text -> Word.of(words, text), Word.all(words));
    }

    /** What a word of a closed set means; null where the parameter is absent. */
    public static <T> T word(String field, String value, Function<String, Optional<T>> words, String rule) {
        return value == null ? null : words.apply(value).orElseThrow(() -> refused(field, "must be one of " + rule));
    }

    /** A text to look for; null where the parameter is absent. */
    public static String text(String field, String value) {
        if (value != null
                && (CanonicalText.isLonger(value, MAX_TEXT)
                        || CanonicalText.fold(value).isBlank()
                        || !CanonicalText.isPrintable(value))) {
            throw refused(field, "must be 1 to " + MAX_TEXT + " characters, not blank, without control characters");
        }
        return value;
    }

    /** Refuses a text that no account could have, where there is one. */
    public static void storable(Place place, String field, String value) {
        if (value != null && !StorableText.isStorable(value)) {
            throw RosterException.invalid(place, field, Storable.RULE);
        }
    }

    private static RosterException refused(String field, String rule) {
        return RosterException.invalid(Place.QUERY, field, rule);
    }
}

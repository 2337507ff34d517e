package dev.roster.user;

import dev.roster.platform.validation.CanonicalText;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.UUID;

/**
 * Whom somebody means who types a username or an e-mail address, be it to sign in or to have a password reset. A username and
 * an address that are the same belong to one account; of rows from before that rule, the username's owner is meant.
 */
public final class TypedName {
    /** What an account {@code u} of the organization {@code $1} has to be; its values are {@link #values}. */
    public static final String CONDITION =
            "(u.username_key = $2 OR u.email_key = $3 OR u.email_key = $5 OR (u.email_key = $2 AND u.email = $4))";

    /** Which of several is meant: the first in this order. */
    public static final String ORDER =
            "(u.username_key = $2) DESC, (u.email_key = $3) DESC NULLS LAST, (u.email = $4) DESC NULLS LAST";

    private TypedName() {}

    /** The values {@code $1} to {@code $5}, to which more may be added. */
    public static Tuple values(UUID organizationId, String name) {
        EmailMatch email = EmailMatch.of(name);
        return Tuple.of(
                organizationId, CanonicalText.fold(name), email.key(), email.address(), EmailMatch.foldedKey(name));
    }
}

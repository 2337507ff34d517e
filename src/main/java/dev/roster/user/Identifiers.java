package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.caller.Scope;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.Steps;
import dev.roster.platform.persistence.TransactionLock;
import dev.roster.platform.persistence.ViolatedConstraint;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.EmailKey;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The rule that what somebody signs in with belongs to one account: no username is the e-mail
 * address of another, nor the other way around. Unique keys see to each of the two by itself.
 */
public final class Identifiers {
    static final String USERNAME_KEY = "users_username_key";
    static final String EMAIL_KEY = "users_email_key";

    // With those of an import, which has too many to hold each
    private static final String HOLD = "SELECT CAST(pg_advisory_xact_lock_shared(hashtextextended(CAST($2 AS text), 0))"
            + " AS text) || CAST(pg_advisory_xact_lock(hashtextextended(CAST($1 AS text), 0)) AS text)";
    private static final String CONFLICT = """
            SELECT CASE WHEN u.email_key IN ($5, $6) THEN 'username' ELSE 'email' END
              FROM users u
             WHERE u.organization_id = $1 AND u.id <> $2
               AND (u.email_key = $3 OR u.username_key = $3 OR u.username_key = $4 OR u.email_key = $5
                    OR u.email_key = $6 OR (u.email_key = $4 AND u.email = $7))
             LIMIT 1
            """;

    private Identifiers() {}

    /**
     * Keeps the username and the address of a new or changed account for it, until the caller's
     * transaction ends; {@code name_taken}, {@code email_taken}. Of two transactions that want the
     * same text, the one as a name and the other as an address, the second waits and sees the
     * first.
     */
    static Uni<Void> claim(User user) {
        if (isNobodysAddress(user)) {
            return Uni.createFrom().voidItem();
        }
        List<String> texts = texts(user);
        // In their order, so that two never wait in a circle
        return Steps.each(addresses(texts), address -> hold(user, address))
                .chain(() -> refuseTaken(user.organizationId, user.id, texts));
    }

    /** Whether nothing of an account could be an address: then unique keys see to all of it. */
    static boolean isNobodysAddress(User user) {
        return addresses(texts(user)).isEmpty();
    }

    private static Set<String> addresses(List<String> texts) {
        Set<String> addresses = new TreeSet<>(texts.subList(0, texts.size() - 1));
        addresses.remove(""); // as of a username that is no address
        return addresses;
    }

    private static List<String> texts(User user) {
        String email = user.email == null ? "" : user.email;
        return List.of(
                user.email == null ? "" : user.emailKey,
                CanonicalText.fold(email),
                EmailMatch.of(user.username).key(),
                EmailMatch.foldedKey(user.username),
                email);
    }

    /**
     * Keeps the usernames and addresses of accounts that the caller's transaction has just added, until it ends, as
     * {@link #claim} does; {@link OvertakenException} where another account has got one of them meanwhile.
     */
    static Uni<Void> claimAll(UUID organizationId, Collection<User> users) {
        return TransactionLock.hold(all(organizationId))
                .chain(() -> UserBatch.taken(organizationId, users))
                .invoke(taken -> {
                    if (taken > 0) {
                        throw new OvertakenException();
                    }
                })
                .replaceWithVoid();
    }

    private static String all(UUID organizationId) {
        return "identifiers " + organizationId;
    }

    /**
     * Refuses a change by which a person would be called like an address that is not its own, and
     * be taken for somebody else; administrators may call an account so.
     */
    static void requireOwn(Caller caller, User user, PatchUser patch) {
        String name = patch.person().username();
        if (name == null || name.equals(user.username) || caller.scopes().contains(Scope.USERS_WRITE)) {
            return;
        }
        // As it is typed and as it is compared: a sign-in with another's address must not find it
        if (Stream.of(name, CanonicalText.fold(name))
                .flatMap(text -> EmailKey.of(text).stream())
                .anyMatch(key -> !key.equals(user.emailKey))) {
            throw RosterException.invalid("username", "must not be an e-mail address other than the account's own");
        }
    }

    /** Refuses with {@code email_taken} an address that another account has now. */
    public static Uni<Void> requireFree(User user, String email) {
        EmailMatch match = EmailMatch.of(email);
        return refuseTaken(user.organizationId, user.id, List.of(match.key(), match.oldKey(), "", "", match.address()));
    }

    private static Uni<Void> hold(User user, String address) {
        String name = "identifier " + user.organizationId + " " + address;
        return SessionSql.value(String.class, HOLD, name, all(user.organizationId))
                .replaceWithVoid();
    }

    private static Uni<Void> refuseTaken(UUID organizationId, UUID id, List<String> texts) {
        Object[] values =
                Stream.concat(Stream.of(organizationId, id), texts.stream()).toArray();
        return SessionSql.value(String.class, CONFLICT, values)
                .invoke(taken -> {
                    if (taken != null) {
                        throw taken(taken);
                    }
                })
                .replaceWithVoid();
    }

    /** Whether a creation failed because another account has the username or the e-mail address. */
    public static boolean isTaken(Throwable failure) {
        return ErrorCode.NAME_TAKEN.isOf(failure)
                || ErrorCode.EMAIL_TAKEN.isOf(failure)
                || ViolatedConstraint.isOneOf(Set.of(USERNAME_KEY, EMAIL_KEY), failure);
    }

    private static RosterException taken(String what) {
        return RosterException.of(what.equals("email") ? ErrorCode.EMAIL_TAKEN : ErrorCode.NAME_TAKEN);
    }
}

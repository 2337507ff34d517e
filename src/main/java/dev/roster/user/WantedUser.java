package dev.roster.user;

import dev.roster.caller.Role;
import dev.roster.platform.error.FieldError;
import dev.roster.platform.error.RosterException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a line of an import wants, with all of it that needs no database: made while the lines before are written.
 *
 * @param texts all that is unique about the account, as {@link ImportUser#texts} has it
 * @param keys the same with the external id: what no two lines of one batch may share, the later one being about what
 *     the earlier one has made
 * @param account as the line makes it, if it does: its id tells what an attempt has made whose end was not heard. The time
 *     of its creation is that of its batch
 * @param refusal why the line makes none; null where it does
 */
public record WantedUser(ImportUser user, Set<String> texts, Set<String> keys, User account, RosterException refusal) {

    /**
     * What a line wants, prepared.
     *
     * @param id of the account, where the line makes one
     */
    public static WantedUser of(UUID organizationId, UUID id, ImportUser user, Instant now) {
        Set<String> texts = user.texts();
        Set<String> keys = new TreeSet<>(texts);
        user.key().ifPresent(key -> keys.add("\0" + key)); // no name has a NUL
        try {
            return new WantedUser(user, texts, keys, account(organizationId, id, user, now), null);
        } catch (RosterException refusal) {
            return new WantedUser(user, texts, keys, null, refusal);
        }
    }

    /** Whether an account is what an attempt of this line has made. */
    boolean made(User found) {
        return account != null && found.id.equals(account.id);
    }

    /** The account that it makes; fails with why there is none. */
    User accountToCreate() {
        if (refusal != null) {
            throw refusal;
        }
        return account;
    }

    private static User account(UUID organizationId, UUID id, ImportUser line, Instant now) {
        String name = line.name().orElseThrow(() -> RosterException.invalid("name", FieldError.REQUIRED));
        CreateUser creation = new CreateUser(
                UserKind.PERSON,
                line.username(),
                line.email(),
                line.displayName(),
                null,
                Objects.requireNonNullElse(line.role(), Role.MEMBER),
                Objects.requireNonNullElse(line.status(), UserStatus.ACTIVE),
                Objects.requireNonNullElse(line.metadata(), Map.of()));
        return creation.toUser(organizationId, id, name, now, user -> {
            line.describe(user);
            user.passwordHash = line.passwordHash();
            user.passwordExpired = Boolean.TRUE.equals(line.passwordExpired());
        });
    }
}

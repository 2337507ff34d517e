package dev.roster.user;

import dev.roster.caller.Role;
import dev.roster.platform.validation.CanonicalText;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What a new account starts with.
 *
 * @param username unique in the organization in any case; null has one made of the e-mail address
 * @param email unique in the organization in any case; null where there is none
 * @param displayName null takes the username, or the address where there is none, which is cut where it is longer than a name
 * @param description what a service account is for; null for a person
 */
public record CreateUser(
        UserKind kind,
        String username,
        String email,
        String displayName,
        String description,
        Role role,
        UserStatus status,
        Map<String, Object> metadata) {
    // As long as one that somebody chooses may be
    private static final int LONGEST_NAME = 150;

    /** A member that is known by its e-mail address and has not signed up yet. */
    public static CreateUser pending(String email, String displayName) {
        return pending(email, displayName, Role.MEMBER);
    }

    /** A person that is known by its e-mail address and has not signed up yet. */
    public static CreateUser pending(String email, String displayName, Role role) {
        return new CreateUser(
                UserKind.PERSON, null, email, displayName, null, role, UserStatus.PENDING_SIGN_UP, Map.of());
    }

    /**
     * The account, not kept yet.
     *
     * @param rest sets what else it has, before it is ready to be found
     */
    User toUser(UUID organizationId, UUID id, String chosenUsername, Instant now, Consumer<User> rest) {
        User user = new User();
        user.organizationId = organizationId;
        user.id = id;
        user.kind = kind;
        user.rename(chosenUsername);
        user.changeEmail(email);
        user.displayName = nameToShow();
        user.description = description;
        user.role = role;
        user.status = status;
        user.deactivatedAt = status == UserStatus.DEACTIVATED ? now : null;
        user.metadata = new HashMap<>(metadata);
        rest.accept(user);
        user.touch(now);
        return user;
    }

    private String nameToShow() {
        if (displayName != null) {
            return displayName;
        }
        if (username != null) {
            return username;
        }
        return CanonicalText.isLonger(email, LONGEST_NAME) ? EmailUsername.of(email) : email;
    }

    /** An active member. */
    public static CreateUser member(String username, String displayName, Map<String, Object> metadata) {
        return new CreateUser(
                UserKind.PERSON, username, null, displayName, null, Role.MEMBER, UserStatus.ACTIVE, metadata);
    }
}

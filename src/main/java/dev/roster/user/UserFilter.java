package dev.roster.user;

import dev.roster.caller.Role;
import java.util.UUID;

/**
 * Which users a list shows; every part is optional (null) and all given parts must hold.
 *
 * @param group the name of a group the user is in
 * @param email the exact address, in any case
 * @param search the beginning of a word, or from three characters on any part, of username, e-mail
 *     or names
 * @param inactive whether the status is any but active
 * @param oauthProvider the identity provider of a federated account
 */
public record UserFilter(
        UserKind kind,
        Role role,
        UserStatus status,
        boolean inactive,
        String group,
        String email,
        String search,
        UUID id,
        String oauthProvider,
        String oauthId) {

    /** All accounts of one kind. */
    public static UserFilter of(UserKind kind) {
        return of(kind, null, null, null);
    }

    /** The accounts of one kind, with a role and a status, in a group. */
    public static UserFilter of(UserKind kind, Role role, UserStatus status, String group) {
        return new UserFilter(kind, role, status, false, group, null, null, null, null, null);
    }

    /** Persons by whether they can sign in, and by what tells them apart. */
    public static UserFilter ofPersons(Boolean active, String email, UUID id, String oauthProvider, String oauthId) {
        UserStatus status = Boolean.TRUE.equals(active) ? UserStatus.ACTIVE : null;
        boolean inactive = Boolean.FALSE.equals(active);
        return new UserFilter(UserKind.PERSON, null, status, inactive, null, email, null, id, oauthProvider, oauthId);
    }

    /** Those of them who have an address and whom a search finds. */
    public UserFilter and(String address, String text) {
        return new UserFilter(kind, role, status, inactive, group, address, text, id, oauthProvider, oauthId);
    }
}

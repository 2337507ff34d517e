package dev.roster.user;

import dev.roster.caller.Role;
import java.util.UUID;

/**
 * Which users a list shows; every part is optional (null) and all given parts must hold. Its text is sealed into cursors: another one
 * would refuse those that a version before has given out.
 *
 * @param group the name of a group the user is in
 * @param email the exact address, in any case
 * @param search the beginning of a word, or from three characters on any part, of username, e-mail
 *     or names
 * @param active whether the status is active, or any other; not given beside a status
 * @param oauthProvider the identity provider of a federated account
 */
public record UserFilter(
        UserKind kind,
        Role role,
        UserStatus status,
        Boolean active,
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
        return new UserFilter(kind, role, status, null, group, null, null, null, null, null);
    }

    /** Persons by whether they can sign in, and by what tells them apart. */
    public static UserFilter ofPersons(Boolean active, String email, UUID id, String oauthProvider, String oauthId) {
        return new UserFilter(UserKind.PERSON, null, null, active, null, email, null, id, oauthProvider, oauthId);
    }

    /** The one status that is asked for, by its word or as active. */
    UserStatus oneStatus() {
        return Boolean.TRUE.equals(active) ? UserStatus.ACTIVE : status;
    }

    /** Whether any status but active is asked for. */
    boolean isOfInactive() {
        return Boolean.FALSE.equals(active);
    }

    /** Whether it asks for nothing but a kind and an address. */
    boolean isOfAddress() {
        return email != null && equals(of(kind).and(email, null));
    }

    /** Those of them who have an address and whom a search finds. */
    public UserFilter and(String address, String text) {
        return new UserFilter(kind, role, status, active, group, address, text, id, oauthProvider, oauthId);
    }
}

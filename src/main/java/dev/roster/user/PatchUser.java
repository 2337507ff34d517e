package dev.roster.user;

import dev.roster.caller.Caller;
import dev.roster.caller.Role;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.Word;
import java.util.Objects;

/**
 * A change of an account; what is null stays as it is.
 *
 * @param fullName empty takes it away
 * @param email empty takes it away; refused for a federated account
 * @param person what only a person's account has
 */
public record PatchUser(
        String displayName,
        String fullName,
        String email,
        String description,
        Role role,
        UserStatus status,
        MetadataPatch metadata,
        PatchPerson person) {
    /** A status that a change sets, or none; {@code invalid_request} for the one that only an invite or a reopening gives. */
    public static UserStatus settable(UserStatus status) {
        if (status != null && !status.isSettable()) {
            throw RosterException.invalid("status", Word.rule(UserStatus.class));
        }
        return status;
    }

    /** A change of an account, as it is administered. */
    public static PatchUser of(
            String displayName, String description, Role role, UserStatus status, MetadataPatch metadata) {
        return new PatchUser(displayName, null, null, description, role, status, metadata, PatchPerson.NONE);
    }

    /** A change of what a person is called and written to by. */
    public static PatchUser ofProfile(String displayName, String fullName, String email) {
        return new PatchUser(displayName, fullName, email, null, null, null, null, PatchPerson.NONE);
    }

    /** A change of the status alone. */
    public static PatchUser to(UserStatus status) {
        return of(null, null, null, status, null);
    }

    /** A change of the password alone. */
    public static PatchUser toPassword(String password) {
        PatchPerson person = new PatchPerson(null, password, null, null, null, null, null, null);
        return new PatchUser(null, null, null, null, null, null, null, person);
    }

    /** Whether it names what the person signs in with or is found by for that, or how long that is good. */
    boolean namesCredentials() {
        return email != null
                || person.username() != null
                || person.password() != null
                || person.passwordExpired() != null;
    }

    /** Whether it makes anything of that another than it is: clients send the whole account for a new name. */
    boolean changesCredentials(UserView account) {
        return changesCredentials(account.email(), account.username(), account.passwordExpired());
    }

    /** The same of a locked account. */
    boolean changesCredentials(User locked) {
        return changesCredentials(locked.email, locked.username, locked.passwordExpired);
    }

    private boolean changesCredentials(String presentEmail, String presentName, boolean presentlyExpired) {
        return differs(email, presentEmail)
                || differs(person.username(), presentName)
                || person.password() != null
                || (person.passwordExpired() != null && person.passwordExpired() != presentlyExpired);
    }

    /** Whether a text is to become another; empty takes it away. */
    static boolean differs(String wanted, String present) {
        return wanted != null && !wanted.equals(Objects.requireNonNullElse(present, ""));
    }

    /** Whether it changes the password and nothing else. */
    boolean isPasswordAlone() {
        return person.password() != null && equals(toPassword(person.password()));
    }

    /**
     * Whether a person asks for another address of its own account without being an administrator.
     */
    boolean changesOwnEmail(Caller caller, User user) {
        return differs(email, user.email) && caller.is(user.id) && caller.mustProveAddress();
    }

    /** The same change but for the address. */
    PatchUser withoutEmail() {
        return new PatchUser(displayName, fullName, null, description, role, status, metadata, person);
    }

    /** Whether only an administrator may make this change. */
    boolean changesAccess() {
        return role != null || status != null || person.active() != null || person.passwordExpired() != null;
    }

    /** Whether it may end access: of the account, or what somebody is signed in with. */
    boolean mayEndAccess() {
        return role != null || status != null || person.mayEndAccess();
    }

    /** The status that an account has afterwards. */
    UserStatus statusAfter(UserStatus before) {
        if (person.active() == null) {
            return status == null ? before : status;
        }
        if (person.active()) {
            return UserStatus.ACTIVE;
        }
        return UserStatus.DEACTIVATED;
    }
}

package dev.roster.user;

/**
 * A change of what only a person's account has; what is null stays as it is.
 *
 * @param username refused for a federated account
 * @param password in clear text; kept as its hash only
 * @param passwordExpired whether the person must choose a new password; for administrators
 * @param avatarUrl where a picture of the person is
 * @param company where the person works
 * @param jobTitle what the person does there
 * @param onboarded whether the person has been shown around
 * @param active true switches the account on; false switches it off, also one that still waits for
 *     its person
 */
public record PatchPerson(
        String username,
        String password,
        Boolean passwordExpired,
        String avatarUrl,
        String company,
        String jobTitle,
        Boolean onboarded,
        Boolean active) {
    /** No change. */
    public static final PatchPerson NONE = new PatchPerson(null, null, null, null, null, null, null, null);

    /** Clients send the whole account for a new name; what is on stays on, and what is good stays good. */
    boolean mayEndAccess() {
        return Boolean.FALSE.equals(active) || Boolean.TRUE.equals(passwordExpired) || password != null;
    }

    /** Everything but the password, which no log may show. */
    @Override
    public String toString() {
        return "PatchPerson[" + username + "]";
    }
}

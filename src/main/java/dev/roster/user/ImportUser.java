package dev.roster.user;

import dev.roster.caller.Role;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Given;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.EmailKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one line of an import says of a person. What is null stays as it is; an empty text, or one of blanks, takes away.
 *
 * @param externalId by which the account is found first, if it is there
 * @param username null has one made of the e-mail address
 * @param groups the names of exactly the groups that the account is in
 * @param metadata all of it
 * @param passwordHash of the password that the person has elsewhere
 */
public record ImportUser(
        String externalId,
        String username,
        String email,
        String displayName,
        String fullName,
        Role role,
        UserStatus status,
        List<String> groups,
        Map<String, Object> metadata,
        String passwordHash,
        Boolean passwordExpired,
        String avatarUrl,
        String company,
        String jobTitle) {

    public ImportUser {
        externalId = orEmpty(externalId);
        fullName = orEmpty(fullName);
        company = orEmpty(company);
        jobTitle = orEmpty(jobTitle);
    }

    /** Of an account that is to be switched off. */
    static final ImportUser DEACTIVATION = new ImportUser(
            null, null, null, null, null, null, UserStatus.DEACTIVATED, null, null, null, null, null, null, null);

    /** The name that the line gives the account; empty where it gives neither name nor address. */
    public Optional<String> name() {
        return username == null && hasEmail() ? Optional.of(EmailUsername.of(email)) : Optional.ofNullable(username);
    }

    private boolean hasEmail() {
        return email != null && !email.isEmpty();
    }

    /** All that is unique about the account, as a name or an address is compared. */
    public Set<String> texts() {
        Set<String> texts = new TreeSet<>();
        name().ifPresent(name -> {
            String key = CanonicalText.fold(name);
            texts.add(key);
            EmailKey.of(name).ifPresent(texts::add);
            EmailKey.of(key).ifPresent(texts::add);
        });
        if (hasEmail()) {
            texts.add(CanonicalText.fold(email));
            EmailKey.of(email).ifPresent(texts::add);
        }
        return texts;
    }

    /** The external id that the account is found by; empty where the line names none. */
    public Optional<String> key() {
        return Optional.ofNullable(externalId).filter(id -> !id.isEmpty());
    }

    /** Whether it changes what decides about access to an account, or how its person signs in. */
    boolean changesAccess(User user) {
        return (role != null && role != user.role) || (status != null && status != user.status) || changesSignIn(user);
    }

    private boolean changesSignIn(User user) {
        return (username != null && !username.equals(user.username))
                || !isSameAddress(user)
                || newHash(user) != null
                || (newExpiry(user) != null && newExpiry(user) != user.passwordExpired);
    }

    /**
     * The hash to keep; null where the account keeps the one it has: also one that was made here, be it at a sign-in with
     * this very password, so that the same file changes nothing when it comes again.
     */
    String newHash(User user) {
        boolean keeps = user.passwordHash != null
                && (user.passwordHash.equals(passwordHash) || Argon2id.isOwn(user.passwordHash));
        return keeps ? null : passwordHash;
    }

    /** Whether the password is to have expired; null where that stays, as what is said of one that the account has no more. */
    private Boolean newExpiry(User user) {
        boolean ofAnother = passwordHash != null && !passwordHash.equals(user.passwordHash) && newHash(user) == null;
        return ofAnother ? null : passwordExpired;
    }

    /** Refuses a password for an account that signs in elsewhere. */
    void refuseFederated(User user) {
        ErrorCode.FEDERATED_ACCOUNT.unless(!user.isFederated() || newHash(user) == null);
    }

    /** Whether the account is already as the line has it, but for its groups. */
    boolean isSaidOf(User user) {
        return !changesAccess(user)
                && isSame(displayName, user.displayName)
                && isSame(fullName, user.fullName)
                && isSame(avatarUrl, user.avatarUrl)
                && isSame(company, user.company)
                && isSame(jobTitle, user.jobTitle)
                && isSame(externalId, user.externalId)
                && (metadata == null || MetadataPatch.isSame(metadata, user.metadata));
    }

    /** Directories spell an address now so, now so: the one that is kept stays. */
    private boolean isSameAddress(User user) {
        return isSame(email, user.email) || EmailMatch.isOneMailbox(email, user.email);
    }

    private static boolean isSame(String said, String present) {
        return said == null || said.equals(Objects.requireNonNullElse(present, ""));
    }

    /** The change of what decides about access, as it is made of an account by itself. */
    PatchUser accessPatch(User user) {
        // A password that comes with its hash is the person's own; one that stays has expired as before
        Boolean expired = (newHash(user) != null && passwordExpired == null) ? Boolean.FALSE : newExpiry(user);
        return new PatchUser(
                null,
                null,
                isSameAddress(user) ? null : email,
                null,
                role,
                status,
                null,
                new PatchPerson(username, null, expired, null, null, null, null, null));
    }

    /** Sets what decides about nothing. */
    void describe(User user) {
        Given.set(displayName, value -> user.displayName = value);
        Given.set(fullName, value -> user.fullName = orNone(value));
        Given.set(avatarUrl, value -> user.avatarUrl = orNone(value));
        Given.set(company, value -> user.company = orNone(value));
        Given.set(jobTitle, value -> user.jobTitle = orNone(value));
        Given.set(externalId, value -> user.externalId = orNone(value));
        Given.set(metadata, value -> user.metadata = new HashMap<>(value));
    }

    // Blanks show nothing, and are kept by nobody on purpose
    private static String orEmpty(String text) {
        return text != null && text.isBlank() ? "" : text;
    }

    private static String orNone(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Everything but the hash, which no log may show. */
    @Override
    public String toString() {
        return "ImportUser[" + username + "]";
    }
}

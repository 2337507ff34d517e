package dev.roster.user;

import dev.roster.caller.Role;
import dev.roster.platform.persistence.OrganizationRow;
import dev.roster.platform.persistence.RowId;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.validation.CanonicalText;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** An account: a person or a service account. */
@Entity
@Table(name = "users")
public class User extends OrganizationRow {
    @Enumerated(EnumType.STRING)
    public UserKind kind;

    public String username;

    @Column(name = "username_key")
    public String usernameKey;

    public String email;

    @Column(name = "email_key")
    public String emailKey;

    /** The address that the person has proven by a link sent to it; it counts while it is the account's. */
    @Column(name = "proven_email")
    public String provenEmail;

    @Column(name = "display_name")
    public String displayName;

    @Column(name = "full_name")
    public String fullName;

    /** What a service account is for. */
    public String description;

    @Enumerated(EnumType.STRING)
    public Role role;

    @Enumerated(EnumType.STRING)
    public UserStatus status;

    /** Tokens of an earlier generation are revoked. */
    @Column(name = "token_generation")
    public int tokenGeneration;

    /** Made by the service itself and never deleted, such as the first administrator. */
    @Column(name = "is_internal")
    public boolean internal;

    @Column(name = "password_hash")
    public String passwordHash;

    @Column(name = "password_expired")
    public boolean passwordExpired;

    @Column(name = "avatar_url")
    public String avatarUrl;

    public String company;

    @Column(name = "job_title")
    public String jobTitle;

    @Column(name = "oauth_provider")
    public String oauthProvider;

    @Column(name = "oauth_id")
    public String oauthId;

    @Column(name = "is_onboarded")
    public boolean onboarded;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> metadata;

    @Column(name = "external_id")
    public String externalId;

    @Column(name = "search_text")
    public String searchText;

    @Column(name = "last_login_at")
    public Instant lastLoginAt;

    @Column(name = "last_seen_at")
    public Instant lastSeenAt;

    @Column(name = "updated_at")
    public Instant updatedAt;

    @Column(name = "deactivated_at")
    public Instant deactivatedAt;

    @Version
    public int version;

    /** Sets the username and its canonical form. */
    public void rename(String newUsername) {
        username = newUsername;
        usernameKey = CanonicalText.fold(newUsername);
    }

    /** Sets the e-mail address and its canonical form; null or empty takes it away. */
    public void changeEmail(String newEmail) {
        boolean none = newEmail == null || newEmail.isEmpty();
        String before = email;
        email = none ? null : newEmail;
        emailKey = none ? null : EmailMatch.keyToKeep(newEmail);
        if (before != null && before.equals(provenEmail) && EmailMatch.isOneMailbox(before, email)) {
            provenEmail = email;
        }
    }

    /** Sets the name that people see; null leaves it as it is. */
    public void changeDisplayName(String newDisplayName) {
        if (newDisplayName != null) {
            displayName = newDisplayName;
        }
    }

    /** Takes an address for proven; null for none. */
    public void proveEmail(String address) {
        provenEmail = address;
    }

    /** Sets the hash of a password that its person has chosen, or null for none; it is not expired. */
    public void changePassword(String newPasswordHash) {
        passwordHash = newPasswordHash;
        passwordExpired = false;
    }

    /** Gives the account to a person of another issuer, who signs in there alone. */
    public void belongTo(String issuer, String subject) {
        oauthProvider = issuer;
        oauthId = subject;
        changePassword(null);
    }

    /** Gives an account that waits for its person the role of a new invite. */
    public void changeInvitedRole(Role newRole) {
        role = newRole;
    }

    /** Lets the person in who has accepted an invite. */
    public void signUp(Instant now) {
        status = UserStatus.ACTIVE;
        touch(now);
    }

    /** Notes that its person is signing in. */
    public void signIn(Instant now) {
        lastLoginAt = now;
        lastSeenAt = now;
    }

    /** Makes it one of those that the service made itself, which no request deletes. */
    public void makeInternal() {
        internal = true;
    }

    /** Marks the row as changed, also where only its memberships did, and refreshes what search reads. */
    public void touch(Instant now) {
        updatedAt = now;
        // A leading space lets a search for the beginning of a word use the index from the first
        // letter on.
        searchText = Stream.of(username, email, displayName, fullName)
                .filter(Objects::nonNull)
                .map(CanonicalText::fold)
                .distinct()
                .collect(Collectors.joining(" ", " ", ""));
    }

    /** Whether another issuer signs its person in. */
    public boolean isFederated() {
        return oauthProvider != null;
    }

    /** Whether losing this account's role or status could leave the organization without an administrator. */
    public boolean isActiveAdmin() {
        return role == Role.ADMIN && status == UserStatus.ACTIVE;
    }

    /** The account of this username, locked until the transaction ends; null where there is none. */
    static Uni<User> lockByUsername(UUID organizationId, UserKind kind, String username) {
        return UniqueRow.of(User.<User>find(
                        "organizationId = ?1 and usernameKey = ?2 and kind = ?3",
                        organizationId,
                        CanonicalText.fold(username),
                        kind)
                .withLock(LockModeType.PESSIMISTIC_WRITE));
    }

    /** The account of this id, locked until the transaction ends; null where there is none. */
    public static Uni<User> lockById(UUID organizationId, UUID id) {
        return User.findById(new RowId(organizationId, id), LockModeType.PESSIMISTIC_WRITE);
    }

    /** The oldest person that the service made itself, locked until the transaction ends; null where there is none. */
    public static Uni<User> lockInternal(UUID organizationId) {
        return UniqueRow.of(User.<User>find(
                        "organizationId = ?1 and internal = true and kind = ?2 order by id",
                        organizationId,
                        UserKind.PERSON)
                .page(0, 1)
                .withLock(LockModeType.PESSIMISTIC_WRITE));
    }

    /** The account of this e-mail address, locked until the transaction ends; null where there is none. */
    public static Uni<User> lockByEmail(UUID organizationId, String email) {
        EmailMatch match = EmailMatch.of(email);
        return UniqueRow.of(User.<User>find(
                        "organizationId = ?1 and (emailKey = ?2 or (emailKey = ?3 and email = ?4))",
                        organizationId,
                        match.key(),
                        match.oldKey(),
                        match.address())
                .withLock(LockModeType.PESSIMISTIC_WRITE));
    }

    /** Whether a person of another issuer has an account, of whatever status. */
    public static Uni<Boolean> isKnownTo(UUID organizationId, String issuer, String subject) {
        return count("organizationId = ?1 and oauthProvider = ?2 and oauthId = ?3", organizationId, issuer, subject)
                .map(found -> found > 0);
    }
}

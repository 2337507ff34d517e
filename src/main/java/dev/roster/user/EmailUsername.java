package dev.roster.user;

import dev.roster.platform.digest.RandomBytes;
import dev.roster.platform.digest.Sha256;
import dev.roster.platform.persistence.ViolatedConstraint;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.Username;
import io.smallrye.mutiny.Uni;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes the username of an account that is created by its e-mail address alone. */
public final class EmailUsername {
    // 48 bits tell any two addresses of an organization apart that look alike after the change.
    private static final int MARK_BYTES = 6;
    private static final int KEPT = Username.MAX - 1 - 2 * MARK_BYTES;

    private EmailUsername() {}

    /**
     * The address itself. One that cannot stand in a path, being too long or with a slash, is cut,
     * its slashes replaced, and marked with its digest: the same address always gives the same
     * name, and no other one does.
     */
    public static String of(String email) {
        if (Username.Validator.isUsername(email)) {
            return email;
        }
        return marked(email, mark(email));
    }

    /**
     * The username of a new account of this address: the address, or another one where somebody is
     * called like that already, who need not have the address, or has an address that it is compared like.
     */
    static Uni<String> free(UUID organizationId, String email) {
        String first = of(email);
        return isNamed(organizationId, first)
                .chain(named -> named ? Uni.createFrom().item(true) : isOfAnother(organizationId, first, email))
                .map(taken -> taken ? another(email) : first);
    }

    // Its own address is told from a free one when the account is added
    private static Uni<Boolean> isOfAnother(UUID organizationId, String username, String email) {
        String key = EmailMatch.foldedKey(username);
        return key.isEmpty() || key.equals(EmailMatch.of(email).key())
                ? Uni.createFrom().item(false)
                : hasAddress(organizationId, key);
    }

    /**
     * Tries a creation once more where someone else took the username at the same moment: then the
     * e-mail address is taken as well, or another username is chosen.
     */
    public static <T> Uni<T> settle(Supplier<Uni<T>> creation) {
        return Uni.createFrom()
                .deferred(creation::get)
                .onFailure(EmailUsername::isTaken)
                .recoverWithUni(creation::get);
    }

    private static boolean isTaken(Throwable failure) {
        return ViolatedConstraint.isOneOf(Set.of(Identifiers.USERNAME_KEY), failure);
    }

    private static String another(String email) {
        return marked(email, HexFormat.of().formatHex(RandomBytes.of(MARK_BYTES)));
    }

    private static String marked(String email, String mark) {
        String readable = email.replace('/', '-');
        int kept = Math.min(KEPT, readable.codePointCount(0, readable.length()));
        return readable.substring(0, readable.offsetByCodePoints(0, kept)) + "-" + mark;
    }

    private static String mark(String email) {
        byte[] digest = Sha256.of(CanonicalText.fold(email));
        return HexFormat.of().formatHex(digest, 0, MARK_BYTES);
    }

    /** Whether an account of any kind has this username. */
    private static Uni<Boolean> isNamed(UUID organizationId, String username) {
        return User.count("organizationId = ?1 and usernameKey = ?2", organizationId, CanonicalText.fold(username))
                .map(found -> found > 0);
    }

    /** Whether an account has the address of this key. */
    private static Uni<Boolean> hasAddress(UUID organizationId, String emailKey) {
        return User.count("organizationId = ?1 and emailKey = ?2", organizationId, emailKey)
                .map(found -> found > 0);
    }
}

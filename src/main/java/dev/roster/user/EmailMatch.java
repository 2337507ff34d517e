package dev.roster.user;

import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.CanonicalText;
import dev.roster.platform.validation.EmailKey;
import java.util.Optional;

/**
 * What finds the account of an e-mail address: its key, or else the key that rows of older versions
 * have, of which some are shared by addresses that are not the same. Such a row is found only by
 * the address as it is kept.
 *
 * @param key empty, as no row's is, for what is no address any more
 * @param address as it was typed, but for a plus that a form has made a space
 */
public record EmailMatch(String key, String oldKey, String address) {
    /** The match of an address as somebody types it, of any length and form. */
    public static EmailMatch of(String typed) {
        String address = typed.replace(' ', '+');
        return new EmailMatch(EmailKey.of(address).orElse(""), CanonicalText.fold(address), address);
    }

    /** What is counted where nobody has a name or an address: the same of all spellings that would find one account. */
    public static String spelling(String typed) {
        String key = foldedKey(typed);
        return key.isEmpty() ? CanonicalText.fold(typed) : key;
    }

    /**
     * The key of what is typed, as names are compared: letters in another form of theirs, as some keyboards have them, find
     * the same account.
     */
    public static String foldedKey(String typed) {
        return of(CanonicalText.fold(typed)).key();
    }

    /** The key of an address that an account gets; {@code invalid_request} where it has none. */
    static String keyToKeep(String address) {
        return EmailKey.of(address)
                .orElseThrow(
                        () -> RosterException.invalid("email", "must be an e-mail address of at most 254 characters"));
    }

    /** Whether two addresses are of one mailbox, in whatever spelling; null and empty are of none. */
    static boolean isOneMailbox(String one, String other) {
        Optional<String> key = one == null ? Optional.empty() : EmailKey.of(one);
        return key.isPresent() && other != null && key.equals(EmailKey.of(other));
    }

    /** Whether it finds an account that has this address: whose letters may be of another case, unless its key is none. */
    boolean finds(String kept) {
        return EmailKey.of(kept).filter(key::equals).isPresent() || address.equals(kept);
    }

    /** Whether the key alone finds the account, as it does for all addresses in ASCII. */
    boolean isPlain() {
        return key.equals(oldKey);
    }
}

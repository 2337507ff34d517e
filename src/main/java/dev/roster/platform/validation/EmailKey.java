package dev.roster.platform.validation;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * What an e-mail address is compared by: a local part in which only ASCII letters are folded, and
 * the domain as the name system knows it (RFC 3490), in lower case. Two addresses have the same key
 * only where their mail goes to the same mailbox, as far as anyone but its server can tell.
 */
public final class EmailKey {
    // RFC 5321 sections 4.5.3.1.1 and 4.5.3.1.2
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;

    // RFC 1035 section 2.3.4
    private static final int LONGEST_LABEL = 63;

    private static final String LOCAL_SPECIALS = "!#$%&'*+-/=?^_`{|}~.";

    // Which IDNA 2003 and 2008 understand differently, so that they name one domain here and
    // another one there (Unicode Technical Standard 46, section 7.2)
    private static final String AMBIGUOUS = "\u00DF\u1E9E\u03C2\u200C\u200D";

    private EmailKey() {}

    /** The key of an address; empty for what no mail can be sent to. */
    public static Optional<String> of(String address) {
        return mailbox(address).map(mailbox -> asciiLower(mailbox));
    }

    /** An address as mail servers understand it: its domain in ASCII; empty as for {@link #of}. */
    public static Optional<String> mailbox(String address) {
        if (CanonicalText.isLonger(address, CanonicalText.LONGEST)) {
            return Optional.empty();
        }
        int at = address.indexOf('@');
        if (at < 1 || at != address.lastIndexOf('@')) {
            return Optional.empty();
        }
        String local = address.substring(0, at);
        return isLocal(local)
                ? domain(address.substring(at + 1)).map(domain -> local + "@" + domain)
                : Optional.empty();
    }

    // The dot-atom of RFC 5322 section 3.4.1, with the letters of other scripts (RFC 6531).
    private static boolean isLocal(String local) {
        return !CanonicalText.isLonger(local, LONGEST_LOCAL)
                && !local.startsWith(".")
                && !local.endsWith(".")
                && !local.contains("..")
                && isOfLocal(local);
    }

    private static boolean isOfLocal(String local) {
        for (int i = 0; i < local.length(); i += Character.charCount(local.codePointAt(i))) {
            if (!isLocal(local.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLocal(int character) {
        if (character < 128) {
            return isAsciiLetterOrDigit(character) || LOCAL_SPECIALS.indexOf(character) >= 0;
        }
        return Character.isDefined(character)
                && !Character.isISOControl(character)
                && Character.getType(character) != Character.SURROGATE
                && !VisibleText.isBlank(character);
    }

    private static Optional<String> domain(String domain) {
        if (isPlain(domain)) {
            return Optional.of(domain);
        }
        if (domain.chars().anyMatch(c -> AMBIGUOUS.indexOf(c) >= 0)) {
            return Optional.empty();
        }
        try {
            String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            boolean sound = !ascii.isEmpty() && ascii.length() <= LONGEST_DOMAIN;
            return sound && !ascii.endsWith(".") ? Optional.of(ascii) : Optional.empty();
        } catch (RuntimeException noDomain) { // also StringPrep's own, for some broken names
            return Optional.empty();
        }
    }

    /** Whether a domain is already what {@link IDN} makes of it, as nearly all are: some times as fast. */
    private static boolean isPlain(String domain) {
        int label = 0;
        for (int i = 0; i < domain.length(); i++) {
            char c = domain.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    return false;
                }
                label = 0;
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                label++;
            } else {
                return false;
            }
            if (label > LONGEST_LABEL) {
                return false;
            }
        }
        return label > 0 && domain.length() <= LONGEST_DOMAIN;
    }

    private static boolean isAsciiLetterOrDigit(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }

    private static String asciiLower(String text) {
        StringBuilder lower = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower = lower == null ? new StringBuilder(text) : lower;
                lower.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return lower == null ? text : lower.toString();
    }
}

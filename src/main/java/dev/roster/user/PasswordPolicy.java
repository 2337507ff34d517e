package dev.roster.user;

import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.CanonicalText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which passwords are taken (NIST SP 800-63B section 5.1.1.2): long enough, any Unicode, no rules
 * about kinds of characters, none that everybody, or whoever knows the account, tries first.
 */
final class PasswordPolicy {
    private static final int MIN = 8;
    // Room for a sentence; what is longer is an attempt to make hashing expensive.
    private static final int MAX = 128;
    private static final String LIST = "/passwords/common.txt";

    private final Set<String> common;

    private PasswordPolicy(Set<String> common) {
        this.common = common;
    }

    /** The policy with the list of common passwords that comes with the service. */
    static PasswordPolicy load() {
        try (InputStream list = PasswordPolicy.class.getResourceAsStream(LIST)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8));
            return new PasswordPolicy(lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(CanonicalText::fold)
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * The password as it is hashed (Unicode NFC), however a keyboard composes its accents; refused
     * with {@code invalid_request}, naming the rule and never the password.
     */
    String check(String password, ContextWords words) {
        String normal = CanonicalText.compose(password).orElseThrow(PasswordPolicy::wrongLength);
        int length = normal.codePointCount(0, normal.length());
        if (length < MIN || length > MAX) {
            throw wrongLength();
        }
        if (normal.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw refused("must be Unicode text without broken surrogates");
        }
        if (isRepeated(normal) || common.contains(CanonicalText.fold(normal))) {
            throw refused("is one of the most common passwords");
        }
        if (words.makeUp(normal)) {
            throw refused("must be more than a name, an e-mail address, the organization or the service");
        }
        return normal;
    }

    private static boolean isRepeated(String password) {
        return password.codePoints().distinct().count() == 1;
    }

    private static RosterException wrongLength() {
        return refused("must be " + MIN + " to " + MAX + " characters");
    }

    private static RosterException refused(String rule) {
        return RosterException.invalid("password", rule);
    }
}

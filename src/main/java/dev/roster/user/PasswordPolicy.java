package dev.roster.user;

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
        String normal = CanonicalText.compose(password).orElseThrow(PasswordRule.LENGTH::broken);
        int length = normal.codePointCount(0, normal.length());
        if (length < PasswordRule.MIN || length > PasswordRule.MAX) {
            throw PasswordRule.LENGTH.broken();
        }
        if (normal.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw PasswordRule.TEXT.broken();
        }
        if (isRepeated(normal) || common.contains(CanonicalText.fold(normal))) {
            throw PasswordRule.UNCOMMON.broken();
        }
        if (words.makeUp(normal)) {
            throw PasswordRule.MORE_THAN_NAMES.broken();
        }
        return normal;
    }

    private static boolean isRepeated(String password) {
        return password.codePoints().distinct().count() == 1;
    }
}

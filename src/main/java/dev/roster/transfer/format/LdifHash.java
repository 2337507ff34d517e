package dev.roster.transfer.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.user.PasswordHashes;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The hash in a {@code userPassword} (RFC 4519 section 2.41), whose values have their schemes before them (RFC 2307). */
final class LdifHash {
    private static final Pattern SCHEME = Pattern.compile("\\{([\\w-]{1,20})}(.*)", Pattern.DOTALL);

    private LdifHash() {}

    /** The first that can be checked here, else the first of all; null where there is none. */
    static String of(JsonNode entry) {
        List<String> hashes = Fields.texts("userpassword", entry.path("userpassword"))
                .map(LdifHash::hash)
                .filter(Objects::nonNull)
                .toList();
        return hashes.stream()
                .filter(PasswordHashes::isTaken)
                .findFirst()
                .orElse(hashes.isEmpty() ? null : hashes.get(0));
    }

    private static String hash(String value) {
        Matcher scheme = SCHEME.matcher(value);
        if (!scheme.matches()) {
            return unlocked(value);
        }
        String name = scheme.group(1).toLowerCase(Locale.ROOT);
        return switch (name) {
            // Before hashes that are known by themselves
            case "crypt", "argon2", "bcrypt" -> unlocked(scheme.group(2));
            // Rounds, salt and hash, as of passlib
            case "pbkdf2", "pbkdf2-sha1", "pbkdf2-sha256", "pbkdf2-sha512" -> "$" + name + "$" + scheme.group(2);
            // Of who has the password in another system
            case "sasl", "kerberos", "unix" -> null;
            default -> value;
        };
    }

    /** What is no hash is what passwd(5) and shadow(5) have where no password is the right one. */
    private static String unlocked(String text) {
        boolean none = text.isBlank() || text.equals("x") || text.startsWith("!") || text.startsWith("*");
        return none ? null : text;
    }
}

package dev.roster.transfer.format;

import dev.roster.platform.error.RosterException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a project of Firebase makes its hashes, as its console shows.
 *
 * @param signerKey in Base64
 * @param saltSeparator in Base64
 */
public record FirebaseScrypt(String signerKey, String saltSeparator, int rounds, int memoryCost) {
    /** The header that has them. */
    public static final String HEADER = "Firebase-Scrypt";

    private static final String RULE =
            "must be signer_key=…; salt_separator=…; rounds=8; mem_cost=14, as the console of the project shows them";

    // As the console has them: hash_config { algorithm: SCRYPT, base64_signer_key: …, … }; or with equals signs
    private static final Pattern PARAMETER = Pattern.compile("(?:base64_)?(\\w+)\\s*[=:](.*)", Pattern.DOTALL);

    /** Those of a header, with semicolons or commas between. */
    public static FirebaseScrypt parse(String header) {
        Map<String, String> values = new HashMap<>();
        for (String part : header.split("[;,{}\\r\\n]", -1)) {
            Matcher parameter = PARAMETER.matcher(part.strip());
            if (parameter.matches()) {
                values.put(parameter.group(1), parameter.group(2).strip());
            }
        }
        try {
            return new FirebaseScrypt(
                    required(values, "signer_key"),
                    required(values, "salt_separator"),
                    Integer.parseInt(required(values, "rounds")),
                    Integer.parseInt(required(values, "mem_cost")));
        } catch (NumberFormatException wrong) {
            throw refusal();
        }
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw refusal();
        }
        return value;
    }

    private static RosterException refusal() {
        return RosterException.invalid(HEADER, RULE);
    }

    /** A hash as it is kept here. */
    String hash(String salt, String hash) {
        return "$firebase-scrypt$ln=%s,r=%s$%s$%s$%s$%s"
                .formatted(memoryCost, rounds, signerKey, saltSeparator, plain(salt), plain(hash));
    }

    /** In the alphabet of RFC 4648 section 4, whichever it was in. */
    private static String plain(String base64) {
        return base64.replace('-', '+').replace('_', '/');
    }

    /** All but the key, which no log may show. */
    @Override
    public String toString() {
        return "FirebaseScrypt[rounds=" + rounds + ", memoryCost=" + memoryCost + "]";
    }
}

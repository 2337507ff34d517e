package dev.roster.user;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 (RFC 8018 section 5.2) as Django, passlib and the PHC string format write it. */
final class Pbkdf2Hash {
    // Measured: that many take as long as a MiB of Argon2
    private static final Map<String, Integer> ROUNDS_OF_A_MIB = Map.of("sha1", 8_000, "sha256", 8_000, "sha512", 2_500);

    private static final Map<String, Integer> LENGTHS = Map.of("sha1", 20, "sha256", 32, "sha512", 64);

    private static final Pattern PHC = Pattern.compile("\\$pbkdf2(?:-(?<prf>sha1|sha256|sha512))?"
            + "\\$(?:i=)?(?<rounds>\\d{1,9})(?:,l=\\d{1,3})?"
            + "\\$(?<salt>[A-Za-z0-9+/.]{1,171}={0,2})\\$(?<tag>[A-Za-z0-9+/.]{22,171}={0,2})");

    private static final Pattern DJANGO = Pattern.compile("pbkdf2_(?<prf>sha1|sha256)\\$(?<rounds>\\d{1,9})"
            + "\\$(?<salt>[ -#%-~]{1,128})\\$(?<tag>[A-Za-z0-9+/]{22,171}={0,2})");

    private Pbkdf2Hash() {}

    static Optional<KnownHash> parse(String hash) {
        Matcher phc = PHC.matcher(hash);
        if (phc.matches()) {
            return Optional.of(known(phc, KnownHash.bytes(phc.group("salt"))));
        }
        Matcher django = DJANGO.matcher(hash);
        return django.matches()
                ? Optional.of(known(django, django.group("salt").getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    private static KnownHash known(Matcher hash, byte[] salt) {
        int rounds = KnownHash.number(hash, "rounds");
        byte[] tag = KnownHash.bytes(hash.group("tag"));
        String prf = hash.group("prf") == null ? "sha1" : hash.group("prf");
        // Each block of the result takes all the rounds (RFC 8018 section 5.2)
        long blocks = (tag.length + LENGTHS.get(prf) - 1L) / LENGTHS.get(prf);
        String algorithm = "PBKDF2WithHmac" + prf.toUpperCase(Locale.ROOT);
        return KnownHash.of(
                password -> MessageDigest.isEqual(tag, tag(algorithm, password, salt, rounds, tag.length)),
                1024 * blocks * rounds / ROUNDS_OF_A_MIB.get(prf));
    }

    private static byte[] tag(String algorithm, String password, byte[] salt, int rounds, int length) {
        try {
            PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, rounds, length * Byte.SIZE);
            return SecretKeyFactory.getInstance(algorithm).generateSecret(key).getEncoded();
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}

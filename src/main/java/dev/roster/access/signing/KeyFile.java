package dev.roster.access.signing;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** The file that {@code ROSTER_SIGNING_KEYS} names, or the one that the embedded mode keeps. */
public final class KeyFile {
    private static final String VARIABLE = "ROSTER_SIGNING_KEYS";

    private final Path path;
    private final boolean own;

    private KeyFile(Path path, boolean own) {
        this.path = path;
        this.own = own;
    }

    /** The file of the settings. */
    static KeyFile of(KeySettings settings) {
        return settings.signingKeys()
                .map(path -> new KeyFile(path, false))
                .orElseGet(
                        () -> new KeyFile(settings.dataDirectory().orElseThrow().resolve("signing-keys.json"), true));
    }

    /**
     * Reads the file of a configuration, if there is one already.
     *
     * @throws ConfigurationException in one line, if the file is not a set of signing keys
     */
    public static void check(SmallRyeConfig config) {
        KeyFile file = of(config.getConfigMapping(KeySettings.class));
        var unused = file.isOwn() ? file.present() : file.read();
    }

    Path path() {
        return path;
    }

    /** Whether the service itself makes the keys in it. */
    boolean isOwn() {
        return own;
    }

    /** What changes with the file's content; a mounted file changes by pointing to another one. */
    String stamp() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
    }

    /** The keys in the file's order; none before the service has made some. */
    List<PublicJsonWebKey> present() {
        return Files.exists(path) ? read() : List.of();
    }

    /**
     * The keys in the file's order.
     *
     * @throws ConfigurationException in one line, if the file is not a set of signing keys
     */
    List<PublicJsonWebKey> read() {
        List<PublicJsonWebKey> keys = parse();
        if (keys.isEmpty() || keys.get(0).getPrivateKey() == null) {
            throw wrong("must begin with a private key");
        }
        Set<String> ids = new HashSet<>();
        for (PublicJsonWebKey key : keys) {
            check(key);
            if (!ids.add(key.getKeyId())) {
                throw wrong("has two keys with the kid " + key.getKeyId());
            }
        }
        return keys;
    }

    private List<PublicJsonWebKey> parse() {
        List<Map<String, Object>> found = new ArrayList<>();
        List<PublicJsonWebKey> keys = new ArrayList<>();
        try {
            String json = Files.readString(path);
            for (Object key : (List<?>) JsonUtil.parseJson(json).get("keys")) {
                found.add(Objects.requireNonNull(members(key)));
                keys.add(PublicJsonWebKey.Factory.newPublicJwk(members(key)));
            }
        } catch (IOException unreadable) {
            throw wrong("cannot be read");
        } catch (JoseException | RuntimeException malformed) {
            found.forEach(this::requireWritten);
            throw wrong("is not a JWK set of EC, RSA or OKP keys in JSON");
        }
        found.forEach(this::requireWritten);
        return keys;
    }

    private void requireWritten(Map<String, Object> key) {
        KeyMembers.wrong(key).ifPresent(what -> {
            Object id = key.get("kid");
            throw wrong("has a key whose " + what + (id == null ? "" : ": " + id));
        });
    }

    @SuppressWarnings("unchecked") // a JSON object has strings for keys
    private static Map<String, Object> members(Object key) {
        return (Map<String, Object>) key;
    }

    private void check(PublicJsonWebKey key) {
        if (key.getKeyId() == null || key.getKeyId().isBlank()) {
            throw wrong("has a key without kid");
        }
        // It stands in the header of each token
        if (!key.getKeyId().chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw wrong("has a key whose kid is not of visible ASCII characters");
        }
        SigningAlgorithm algorithm = SigningAlgorithm.of(key)
                .orElseThrow(() -> wrong("has a key that is none of P-256, Ed25519 and RSA"
                        + " with 2048 bits or more: "
                        + key.getKeyId()));
        if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm.value())) {
            throw wrong("has a key whose alg is not " + algorithm.value() + ": " + key.getKeyId());
        }
        key.setUse(Use.SIGNATURE);
        key.setAlgorithm(algorithm.value());
        if (key.getPrivateKey() != null && !isPair(key)) {
            throw wrong("has a private key that does not fit its public one: " + key.getKeyId());
        }
    }

    private static boolean isPair(PublicJsonWebKey key) {
        try {
            JsonWebSignature signed = new JsonWebSignature();
            signed.setAlgorithmHeaderValue(key.getAlgorithm());
            signed.setKey(key.getPrivateKey());
            signed.setPayload("");
            JsonWebSignature read = new JsonWebSignature();
            read.setCompactSerialization(signed.getCompactSerialization());
            read.setKey(key.getPublicKey());
            return read.verifySignature();
        } catch (JoseException notEvenAKey) {
            return false;
        }
    }

    private ConfigurationException wrong(String what) {
        return new ConfigurationException(VARIABLE + ": the file " + path + " " + what);
    }
}

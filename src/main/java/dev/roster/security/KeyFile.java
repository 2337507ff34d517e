package dev.roster.security;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/** The file that {@code ROSTER_SIGNING_KEYS} names, or the one that the embedded mode keeps. */
final class KeyFile {
    private static final String VARIABLE = "ROSTER_SIGNING_KEYS";

    private final Path path;

    private KeyFile(Path path) {
        this.path = path;
    }

    /** The file of the settings, made with a new key where the embedded mode starts first. */
    static KeyFile of(TokenSettings settings) {
        if (settings.signingKeys().isPresent()) {
            return new KeyFile(settings.signingKeys().get());
        }
        if (!settings.embedded() || settings.dataDirectory().isEmpty()) {
            throw new ConfigurationException(
                    VARIABLE + " must be set to the path of a JWK set with private keys");
        }
        Path path = settings.dataDirectory().get().resolve("signing-keys.json");
        if (!Files.exists(path)) {
            NewKeyFile.write(path);
        }
        return new KeyFile(path);
    }

    /**
     * The keys in the file's order.
     *
     * @throws ConfigurationException in one line, if the file is not a set of ES256 keys
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
        try {
            String json = Files.readString(path);
            List<PublicJsonWebKey> keys = new ArrayList<>();
            for (Object key : (List<?>) JsonUtil.parseJson(json).get("keys")) {
                keys.add(PublicJsonWebKey.Factory.newPublicJwk(members(key)));
            }
            return keys;
        } catch (IOException unreadable) {
            throw wrong("cannot be read");
        } catch (JoseException | RuntimeException malformed) {
            throw wrong("is not a JWK set of EC keys in JSON");
        }
    }

    @SuppressWarnings("unchecked") // a JSON object has strings for keys
    private static Map<String, Object> members(Object key) {
        return (Map<String, Object>) key;
    }

    private void check(PublicJsonWebKey key) {
        if (key.getKeyId() == null || key.getKeyId().isBlank()) {
            throw wrong("has a key without kid");
        }
        if (!(key instanceof EllipticCurveJsonWebKey ec) || !"P-256".equals(ec.getCurveName())) {
            throw wrong("has a key that is not EC with the curve P-256: " + key.getKeyId());
        }
        if (key.getPrivateKey() != null && !isPair(key)) {
            throw wrong("has a private key that does not fit its public one: " + key.getKeyId());
        }
        key.setUse(Use.SIGNATURE);
        key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    }

    private static boolean isPair(PublicJsonWebKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivateKey());
            byte[] signed = signature.sign();
            signature.initVerify(key.getPublicKey());
            return signature.verify(signed);
        } catch (GeneralSecurityException notEvenAKey) {
            return false;
        }
    }

    private ConfigurationException wrong(String what) {
        return new ConfigurationException(VARIABLE + ": the file " + path + " " + what);
    }
}

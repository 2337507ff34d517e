package dev.roster.access.federation;

import dev.roster.access.signing.SigningAlgorithm;
import dev.roster.access.signing.VerificationKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Reads the keys of another issuer (RFC 7517 section 5), passing over those of no use here. */
final class PublicKeySet {
    private PublicKeySet() {}

    /**
     * The keys by name.
     *
     * @throws JoseException if the text is not a JWK set with a key that is of use
     */
    static Map<VerificationKey.Name, VerificationKey> parse(String json) throws JoseException {
        if (!(JsonUtil.parseJson(json).get("keys") instanceof List<?> members)) {
            throw new JoseException("not a JWK set");
        }
        Map<VerificationKey.Name, VerificationKey> keys = new HashMap<>();
        for (Object member : members) {
            if (member instanceof Map<?, ?> parameters) {
                read(parameters).ifPresent(key -> keys.put(key.name(), key));
            }
        }
        // Such an answer is a fault of the issuer; the keys that are known go on until it is mended
        if (keys.isEmpty()) {
            throw new JoseException("no usable key in it");
        }
        return Map.copyOf(keys);
    }

    @SuppressWarnings("unchecked") // a JSON object has strings for keys
    private static Optional<VerificationKey> read(Map<?, ?> parameters) {
        try {
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk((Map<String, Object>) parameters);
            boolean signs = key.getUse() == null || key.getUse().equals("sig");
            return SigningAlgorithm.of(key)
                    .map(SigningAlgorithm::value)
                    .filter(value -> signs && key.getKeyId() != null)
                    .filter(value -> key.getAlgorithm() == null || value.equals(key.getAlgorithm()))
                    .map(value -> new VerificationKey(key.getKeyId(), value, key.getPublicKey()));
        } catch (JoseException | RuntimeException ofAnotherKind) {
            return Optional.empty();
        }
    }
}

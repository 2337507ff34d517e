package dev.roster.security;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;

/** The ES256 keys of this service: the first one signs, all of them verify (RFC 7517). */
public final class SigningKeys {
    private final PublicJsonWebKey current;
    private final Map<String, PublicKey> byId;
    private final String published;

    /**
     * The keys of a checked set.
     *
     * @param keys with distinct key ids, the signing one first
     */
    SigningKeys(List<PublicJsonWebKey> keys) {
        current = keys.get(0);
        byId =
                keys.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        PublicJsonWebKey::getKeyId,
                                        PublicJsonWebKey::getPublicKey));
        published = new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    /** The id of the key that signs. */
    public String currentId() {
        return current.getKeyId();
    }

    /** The key that signs. */
    public PrivateKey current() {
        return current.getPrivateKey();
    }

    /** The key that verifies what was signed under this id. */
    public Optional<PublicKey> verifying(String keyId) {
        return Optional.ofNullable(keyId).map(byId::get);
    }

    /** The public keys as a JWK set in JSON. */
    public String published() {
        return published;
    }
}

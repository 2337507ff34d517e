package dev.roster.testing;

import dev.roster.caller.Role;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * An access token that the service did not issue: as good as one of its own until a test changes
 * something about it.
 */
public final class ForgedToken {
    private final Map<String, Object> headers = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private Key key;
    private String payloadEnd = "}";

    /** A valid token of an account that need not exist. */
    public ForgedToken(Role role) {
        this(role, issuer(), TestKeys.current(), Instant.now());
    }

    /** As good as a token of this issuer, signed with this key at this time. */
    public ForgedToken(Role role, String issuer, PublicJsonWebKey key, Instant time) {
        this.key = key.getPrivateKey();
        long now = time.getEpochSecond();
        headers.put("typ", "at+jwt");
        headers.put("kid", key.getKeyId());
        headers.put("alg", "ES256");
        claims.put("iss", issuer);
        claims.put("aud", "roster");
        claims.put("sub", UUID.randomUUID().toString());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now);
        claims.put("exp", now + 600);
        claims.put("client_id", "forger");
        claims.put("sid", UUID.randomUUID().toString());
        claims.put("org", UUID.randomUUID().toString());
        claims.put("org_name", "forged");
        claims.put("scope", String.join(" ", role.scopes()));
        claims.put("groups", List.of(role.value()));
    }

    /** Sets a header parameter; null takes it away. */
    public ForgedToken header(String name, Object value) {
        return put(headers, name, value);
    }

    /** Sets a claim; null takes it away. */
    public ForgedToken claim(String name, Object value) {
        return put(claims, name, value);
    }

    /** Writes something else than a brace at the end of the claims. */
    public ForgedToken payloadEnd(String text) {
        payloadEnd = text;
        return this;
    }

    /** Signs with another key. */
    public ForgedToken key(Key other) {
        key = other;
        return this;
    }

    /** The token in compact form. */
    public String sign() {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setDoKeyValidation(false);
        headers.forEach(signature::setHeader);
        signature.setKey(key);
        String json = JsonUtil.toJson(claims);
        String payload = json.substring(0, json.length() - 1) + payloadEnd;
        signature.setPayloadBytes(payload.getBytes(StandardCharsets.UTF_8));
        try {
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private ForgedToken put(Map<String, Object> members, String name, Object value) {
        if (value == null) {
            members.remove(name);
        } else {
            members.put(name, value);
        }
        return this;
    }

    private static String issuer() {
        return RestAssured.get("/.well-known/oauth-authorization-server").path("issuer");
    }
}

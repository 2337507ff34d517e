package dev.roster.access.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roster.testing.Beside;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signatures are those of the RFCs, and other implementations verify them. */
@Beside
class SigningAlgorithmTest {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** RFC 6979 appendix A.2.5. */
    @Test
    void whenEs256ThenAsTheRfcSays() throws Exception {
        byte[] secret = hex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
        byte[] x = hex("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6");
        byte[] y = hex("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299");
        PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(Map.of(
                "kty", "EC",
                "crv", "P-256",
                "d", BASE64.encodeToString(secret),
                "x", BASE64.encodeToString(x),
                "y", BASE64.encodeToString(y)));
        assertEquals(
                "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
                HexFormat.of().formatHex(SigningAlgorithm.ES256.sign(key, ascii("sample"))));
    }

    /** RFC 8037 appendix A.4. */
    @Test
    void whenEdDsaThenAsTheRfcSays() throws Exception {
        PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(Map.of(
                "kty", "OKP",
                "crv", "Ed25519",
                "d", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
                "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"));
        assertEquals(
                "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
                BASE64.encodeToString(SigningAlgorithm.EDDSA.sign(
                        key, ascii("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"))));
    }

    @ParameterizedTest
    @EnumSource
    void whenSignedThenOthersVerifyIt(SigningAlgorithm algorithm) throws Exception {
        for (int i = 0; i < 50; i++) {
            PublicJsonWebKey key = algorithm.generate();
            String text = BASE64.encodeToString(ascii("{\"alg\":\"" + algorithm.value() + "\"}"))
                    + "."
                    + BASE64.encodeToString(ascii("text " + i));
            JsonWebSignature read = new JsonWebSignature();
            read.setAlgorithmConstraints(SigningAlgorithm.only(algorithm.value()));
            read.setKey(key.getPublicKey());
            read.setCompactSerialization(text + "." + BASE64.encodeToString(algorithm.sign(key, ascii(text))));
            assertTrue(read.verifySignature());
            if (algorithm == SigningAlgorithm.RS256) {
                return; // a key takes a second
            }
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package dev.roster.access.federation;

import com.sun.net.httpserver.HttpExchange;
import dev.roster.caller.Role;
import dev.roster.platform.digest.Sha256;
import dev.roster.testing.ForgedToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.PublicJsonWebKey;

/** An OpenID provider over real HTTP, whose person is the test: it agrees to what was asked, well or badly. */
final class StandInProvider {
    static final String CLIENT = "roster at the stand-in";
    static final String SECRET = "s3cret:+/&= of the stand-in";
    static final String ORGANIZATION = "signed-in-elsewhere";
    static final String OTHER_ORGANIZATION = "signed-in-by-post";
    static final String BROWSER_ORGANIZATION = "engines";

    /** What happens to a code at the token endpoint. */
    private interface Exchange {
        void answer(HttpExchange exchange, Map<String, String> form) throws IOException, InterruptedException;
    }

    private final String url;
    private final PublicJsonWebKey key;
    private final boolean byPost;
    private final Map<String, Exchange> codes = new ConcurrentHashMap<>();

    /**
     * A provider beneath a path.
     *
     * @param byPost whether it wants the secret in the form, and says nothing of itself in its answers
     */
    StandInProvider(StandInIssuer server, String base, String name, PublicJsonWebKey key, boolean byPost) {
        this.url = base + "/" + name;
        this.key = key;
        this.byPost = byPost;
        server.publish("/" + name + "/keys", key);
        server.serve(
                "/" + name + "/.well-known/openid-configuration",
                exchange -> StandInIssuer.send(exchange, 200, JsonUtil.toJson(metadata())));
        server.serve("/" + name + "/token", this::tokens);
    }

    /** The service is a client of these: one that makes accounts, one that does not, one with wishes, three bad ones, and one for the browser. */
    static void settings(Map<String, String> settings, String port) {
        for (String name : List.of("idp", "post", "strict", "away", "liar", "lost")) {
            String prefix = "roster.trusted-issuers." + name + ".";
            settings.put(prefix + "issuer", "http://127.0.0.1:" + port + "/" + name);
            settings.put(prefix + "organization", name.equals("post") ? OTHER_ORGANIZATION : ORGANIZATION);
            settings.put(prefix + "client-id", CLIENT);
            settings.put(prefix + "client-secret", SECRET);
            settings.put(prefix + "display-name", "Stand-in <" + name + ">");
            settings.put(prefix + "create-accounts", Boolean.toString(!name.equals("post")));
        }
        for (String name : List.of("post", "strict", "away", "liar", "lost")) {
            settings.put("roster.trusted-issuers." + name + ".role", "member");
        }
        String shown = "roster.trusted-issuers.shown.";
        settings.put(shown + "issuer", "http://127.0.0.1:" + port + "/shown");
        settings.put(shown + "organization", BROWSER_ORGANIZATION);
        settings.put(shown + "client-id", CLIENT);
        settings.put(shown + "client-secret", SECRET);
        settings.put(shown + "display-name", "Keycloak");
        settings.put(shown + "create-accounts", "true");
        settings.put(shown + "role", "member");
        settings.put("roster.trusted-issuers.idp.role-claim", "realm_access.roles");
        settings.put("roster.trusted-issuers.strict.acr-values", "gold platinum");
        settings.put("roster.trusted-issuers.strict.scopes", "email");
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new HashMap<>(Map.of(
                "issuer",
                url,
                "authorization_endpoint",
                url + "/authorize?tenant=a",
                "token_endpoint",
                url + "/token",
                "jwks_uri",
                url + "/keys"));
        if (byPost) {
            metadata.put("token_endpoint_auth_methods_supported", List.of("private_key_jwt", "client_secret_post"));
            metadata.put("prompt_values_supported", List.of("none", "login", "consent"));
        } else {
            metadata.put("authorization_response_iss_parameter_supported", true);
        }
        return metadata;
    }

    /** A good identity token for what was asked. */
    ForgedToken token(Map<String, String> asked, String subject, String role) {
        return new ForgedToken(Role.VIEWER, url, key, Instant.now())
                .claim("aud", CLIENT)
                .claim("sub", subject)
                .claim("nonce", asked.get("nonce"))
                .claim("realm_access", Map.of("roles", List.of(role)))
                .claim("auth_time", Instant.now().getEpochSecond() - 1)
                .claim("client_id", null)
                .claim("scope", null)
                .claim("sid", null)
                .claim("org", null)
                .claim("org_name", null)
                .claim("groups", null)
                .header("typ", "JWT")
                .header("kid", key.getKeyId())
                .header("alg", "RS256");
    }

    /** The person agrees: the code gives this token, to the client that asked and knows the verifier. */
    String agree(Map<String, String> asked, String identityToken) {
        String code = UUID.randomUUID().toString();
        codes.put(code, (exchange, form) -> {
            boolean good = isClient(exchange, form)
                    && form.get("grant_type").equals("authorization_code")
                    && form.get("redirect_uri").equals(asked.get("redirect_uri"))
                    && challenge(form.get("code_verifier")).equals(asked.get("code_challenge"));
            String body = good
                    ? JsonUtil.toJson(
                            Map.of("access_token", "opaque", "token_type", "Bearer", "id_token", identityToken))
                    : "{\"error\":\"invalid_grant\"}";
            StandInIssuer.send(exchange, good ? 200 : 400, body);
        });
        return code;
    }

    /** Its page, where a browser comes with what was asked and the person agrees at once; whoever that is at present. */
    void agreeAtOnce(StandInIssuer server, String name, String service, Supplier<String> subject) {
        server.serve("/" + name + "/authorize", exchange -> {
            Map<String, String> asked = fields(exchange.getRequestURI().getRawQuery());
            String code = agree(asked, token(asked, subject.get(), "member").sign());
            // The service stands at another port than its issuer says
            String back = service + URI.create(asked.get("redirect_uri")).getPath() + "?code=" + code + "&state="
                    + asked.get("state") + "&iss=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", back);
            StandInIssuer.send(exchange, 302, "");
        });
    }

    /** The person agrees, and the code gives only this. */
    String agreeBadly(int status, String body) {
        return code((exchange, form) -> StandInIssuer.send(exchange, status, body));
    }

    String agreeInSilence() {
        return code((exchange, form) -> new CountDownLatch(1).await(30, TimeUnit.SECONDS));
    }

    String agreeWithoutEnd() {
        return code((exchange, form) -> StandInIssuer.sendWithoutEnd(exchange));
    }

    private String code(Exchange exchange) {
        String code = UUID.randomUUID().toString();
        codes.put(code, exchange);
        return code;
    }

    private void tokens(HttpExchange exchange) throws IOException {
        Map<String, String> form = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Exchange code = codes.remove(form.getOrDefault("code", ""));
        try {
            if (code == null) {
                StandInIssuer.send(exchange, 400, "{\"error\":\"invalid_grant\"}");
            } else {
                code.answer(exchange, form);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClient(HttpExchange exchange, Map<String, String> form) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (byPost) {
            return header == null && CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
        }
        String[] parts = new String(
                        Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8)
                .split(":", -1);
        UnaryOperator<String> decoded = part -> URLDecoder.decode(part, StandardCharsets.UTF_8);
        return parts.length == 2
                && CLIENT.equals(decoded.apply(parts[0]))
                && SECRET.equals(decoded.apply(parts[1]))
                && !form.containsKey("client_secret");
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier));
    }

    /** The fields of a form, or of a query. */
    static Map<String, String> fields(String form) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            fields.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }
}

package dev.roster.access.federation;

import dev.roster.access.federation.IssuerHttp.Answer;
import dev.roster.access.federation.SignInRefused.Reason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** Gets the identity token for a code at the token endpoint of an issuer (RFC 6749 section 4.1.3, RFC 7636). */
@ApplicationScoped
class TokenEndpoint {
    // RFC 6749 section 5.2; nothing else of an answer may end in a log
    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,40}");

    private static final int SERVER_ERRORS = 500;

    private final IssuerHttp http;

    TokenEndpoint(IssuerHttp http) {
        this.http = http;
    }

    /** The identity token, of which nothing is proven; fails with {@link SignInRefused}. */
    Uni<String> exchange(
            ProviderMetadata metadata, ProviderClient client, String code, String verifier, String redirectUri) {
        String form = form(Map.of(
                "grant_type", "authorization_code",
                "code", code,
                "code_verifier", verifier,
                "redirect_uri", redirectUri));
        Uni<Answer> answer = metadata.takesSecretInForm()
                ? http.post(
                        metadata.tokensAt(),
                        "",
                        form + "&"
                                + form(Map.of("client_id", client.clientId(), "client_secret", client.clientSecret())))
                : http.post(metadata.tokensAt(), basic(client), form);
        return answer.onFailure()
                .transform(failure -> new SignInRefused(
                        Reason.UNAVAILABLE, "its token endpoint does not answer: " + failure.getMessage()))
                .map(TokenEndpoint::identityToken);
    }

    private static String identityToken(Answer answer) {
        if (answer.status() >= SERVER_ERRORS) {
            throw new SignInRefused(Reason.UNAVAILABLE, "its token endpoint answers with status " + answer.status());
        }
        Map<String, Object> members = members(answer);
        if (answer.status() == 200 && members.get("id_token") instanceof String token) {
            return token;
        }
        String error = members.get("error") instanceof String named
                        && ERROR.matcher(named).matches()
                ? named
                : "none";
        throw new SignInRefused(
                Reason.WRONG_ANSWER,
                "its token endpoint gives no identity token: status " + answer.status() + ", error " + error);
    }

    private static Map<String, Object> members(Answer answer) {
        try {
            return JsonUtil.parseJson(answer.body());
        } catch (JoseException malformed) {
            return Map.of();
        }
    }

    // Both parts are encoded as in a form before (RFC 6749 section 2.3.1)
    private static String basic(ProviderClient client) {
        String both = encoded(client.clientId()) + ":" + encoded(client.clientSecret());
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    /** Fields of a form, or of a query. */
    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

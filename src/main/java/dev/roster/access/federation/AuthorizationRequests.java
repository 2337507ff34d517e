package dev.roster.access.federation;

import dev.roster.access.federation.SignInRefused.Reason;
import dev.roster.caller.Issuer;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is asked of an issuer (OpenID Connect Core section 3.1.2.1), and what its answer has to be. */
@Singleton
class AuthorizationRequests {
    // The person has refused, or the issuer could not ask
    private static final Set<String> CANCELLED = Set.of(
            "access_denied",
            "login_required",
            "interaction_required",
            "account_selection_required",
            "consent_required");

    // RFC 6749 section 4.1.2.1
    private static final Set<String> UNAVAILABLE = Set.of("server_error", "temporarily_unavailable");

    private final Issuer own;

    AuthorizationRequests(Issuer own) {
        this.own = own;
    }

    /** Where the issuer answers: a path for each, so that none answers for another (RFC 9700 section 4.4.2.2). */
    String redirectUri(TrustedIssuer issuer) {
        return own.url() + "/signin/with/" + issuer.name() + "/callback";
    }

    /**
     * Where the browser goes.
     *
     * @param chooses whether the person is to choose an account there
     */
    String url(ProviderMetadata metadata, TrustedIssuer issuer, SignInAttempt attempt, boolean chooses) {
        ProviderClient client = issuer.client().orElseThrow();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", client.clientId());
        query.put("redirect_uri", redirectUri(issuer));
        query.put("scope", String.join(" ", client.scopes()));
        query.put("state", attempt.state());
        query.put("nonce", attempt.nonce());
        query.put("code_challenge", attempt.challenge());
        query.put("code_challenge_method", "S256");
        if (attempt.maxAge() != null) {
            query.put("max_age", attempt.maxAge().toString());
        }
        prompt(metadata, attempt, chooses).ifPresent(value -> query.put("prompt", value));
        if (!client.acrValues().isEmpty()) {
            query.put("acr_values", String.join(" ", client.acrValues()));
        }
        String endpoint = metadata.authorizeAt().toString();
        return endpoint + (endpoint.indexOf('?') < 0 ? '?' : '&') + TokenEndpoint.form(query);
    }

    // One at most, as some take no more. A login is what no age is to those who do not know that, and a choice to those
    // who do not offer one.
    private static Optional<String> prompt(ProviderMetadata metadata, SignInAttempt attempt, boolean chooses) {
        boolean anew = attempt.maxAge() != null && attempt.maxAge() == 0;
        if (!anew && !chooses) {
            return Optional.empty();
        }
        return Optional.of(anew || !metadata.offersChoice() ? "login" : "select_account");
    }

    /**
     * The code of an answer.
     *
     * @throws SignInRefused if there is none, or another issuer gives it (RFC 9207 section 2.4)
     */
    String code(ProviderMetadata metadata, TrustedIssuer issuer, ProviderAnswer answer) {
        boolean itself = answer.issuer().map(issuer.url()::equals).orElse(!metadata.saysWhoAnswers());
        if (!itself) {
            throw new SignInRefused(Reason.WRONG_ANSWER, "another issuer answers");
        }
        answer.error().ifPresent(error -> {
            throw new SignInRefused(reason(error), "it answers with an error");
        });
        return answer.code().orElseThrow(() -> new SignInRefused(Reason.WRONG_ANSWER, "it answers without a code"));
    }

    private static Reason reason(String error) {
        if (CANCELLED.contains(error)) {
            return Reason.CANCELLED;
        }
        return UNAVAILABLE.contains(error) ? Reason.UNAVAILABLE : Reason.WRONG_ANSWER;
    }
}

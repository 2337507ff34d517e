package dev.roster.web;

import dev.roster.access.application.RedirectUris;
import dev.roster.access.grant.RegisteredApplication;
import dev.roster.access.openid.SinceAsked;
import dev.roster.access.token.OAuthError;
import dev.roster.access.token.OAuthError.Code;
import dev.roster.api.oauth2.Form;
import dev.roster.caller.Scope;
import dev.roster.platform.validation.CanonicalText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an application asks a person for (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
 *
 * @param challenge of the method S256
 * @param nonce comes back in the ID token (OpenID Connect Core section 3.1.2.1)
 * @param prompt what is to be shown anyway, as OpenID Connect Core section 3.1.2.1 names it
 * @param maxAge how many seconds ago the person may have signed in; empty for any number
 */
record AuthorizationRequest(
        RegisteredApplication application,
        String redirectUri,
        List<String> scopes,
        String challenge,
        Optional<String> nonce,
        Set<String> prompt,
        Optional<Long> maxAge) {
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account");

    // A sign-in that was asked for is followed by the consent, which somebody may want to read
    private static final Duration TO_READ = Duration.ofMinutes(5);

    // It stands in each ID token; clients send 43 characters
    private static final int LONGEST_NONCE = 500;

    /** Where the answer goes; empty where that is not registered, and then no error may go there either. */
    static Optional<String> redirectUri(RegisteredApplication application, Form parameters) {
        return parameters.get("redirect_uri").filter(uri -> RedirectUris.contains(application.redirectUris(), uri));
    }

    /**
     * Reads the rest.
     *
     * @throws OAuthError if it is not one that this service answers
     */
    static AuthorizationRequest read(RegisteredApplication application, String redirectUri, Form parameters) {
        Code.REQUEST_NOT_SUPPORTED.unless(parameters.get("request").isEmpty(), "request is not supported");
        Code.REQUEST_URI_NOT_SUPPORTED.unless(parameters.get("request_uri").isEmpty(), "request_uri is not supported");
        String type = parameters.required("response_type");
        Code.UNSUPPORTED_RESPONSE_TYPE.unless(type.equals("code"), "The response type must be code");
        Code.INVALID_REQUEST.unless(
                parameters.get("response_mode").orElse("query").equals("query"), "The response mode must be query");
        String challenge = parameters.required("code_challenge");
        Code.INVALID_REQUEST.unless(
                parameters.get("code_challenge_method").orElse("plain").equals("S256"),
                "code_challenge_method must be S256");
        Code.INVALID_REQUEST.unless(
                CHALLENGE.matcher(challenge).matches(), "code_challenge must be 43 characters of base64url");
        return new AuthorizationRequest(
                application,
                redirectUri,
                scopes(application, parameters),
                challenge,
                nonce(parameters),
                prompt(parameters),
                maxAge(parameters));
    }

    /** The same with what can be given of its scopes; fails where that is nothing (RFC 6749 section 4.1.2.1). */
    AuthorizationRequest within(Predicate<String> possible) {
        List<String> left = scopes.stream().filter(possible).toList();
        Code.INVALID_SCOPE.unless(!left.isEmpty(), "The account has none of these scopes");
        return new AuthorizationRequest(application, redirectUri, left, challenge, nonce, prompt, maxAge);
    }

    /** How many seconds old the proof may be of the sign-in that this leads to; empty for any number. */
    Optional<Long> wantedAge() {
        return prompt.contains("login") ? Optional.of(0L) : maxAge;
    }

    /** Whether the person is to choose an account, which proves nothing. */
    boolean wantsChoice() {
        return prompt.contains("select_account");
    }

    /**
     * Whether somebody has to sign in first.
     *
     * @param proven when the person proved who it is: where it has done so since this was asked for, as long ago as it takes
     *     to read a consent, and no longer
     */
    boolean wantsSignIn(Instant proven, Instant now, SinceAsked since) {
        boolean anew = since == SinceAsked.PROVEN;
        Duration age = Duration.between(proven, now);
        return (wantsChoice() && since == SinceAsked.NOTHING)
                || (prompt.contains("login") && !anew)
                || wantedAge()
                        .map(Duration::ofSeconds)
                        .filter(wanted -> age.compareTo(anew ? longer(wanted, TO_READ) : wanted) > 0)
                        .isPresent();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Whether the person is asked, whatever it has agreed to: also where nobody knows which program is answered. */
    boolean wantsConsent() {
        return prompt.contains("consent") || RedirectUris.isPrivateUse(redirectUri);
    }

    /** Whether nothing may be shown. */
    boolean isSilent() {
        return prompt.contains("none");
    }

    // Every code gives a refresh token, so that asking for one asks for nothing more
    private static List<String> scopes(RegisteredApplication application, Form parameters) {
        List<String> asked = parameters
                .get("scope")
                .map(names -> Stream.of(names.split(" ", -1))
                        .filter(name -> !name.equals(Scope.OFFLINE_ACCESS))
                        .toList())
                .orElse(application.scopes());
        Code.INVALID_SCOPE.unless(
                application.scopes().containsAll(asked) && !asked.isEmpty(),
                "A scope is unknown or not given to this application");
        return new ArrayList<>(new TreeSet<>(asked));
    }

    private static Optional<String> nonce(Form parameters) {
        Optional<String> nonce = parameters.get("nonce");
        Code.INVALID_REQUEST.unless(
                nonce.filter(text -> text.length() > LONGEST_NONCE || !CanonicalText.isPrintable(text))
                        .isEmpty(),
                "nonce must be of " + LONGEST_NONCE + " characters at most, without control characters");
        return nonce;
    }

    private static Set<String> prompt(Form parameters) {
        Set<String> prompt = parameters
                .get("prompt")
                .map(names -> new TreeSet<>(List.of(names.split(" ", -1))))
                .orElse(new TreeSet<>());
        Code.INVALID_REQUEST.unless(
                PROMPTS.containsAll(prompt) && (!prompt.contains("none") || prompt.size() == 1),
                "prompt must be none, or some of login, consent and select_account");
        return prompt;
    }

    private static Optional<Long> maxAge(Form parameters) {
        Optional<String> seconds = parameters.get("max_age");
        Code.INVALID_REQUEST.unless(
                seconds.filter(text -> !SECONDS.matcher(text).matches()).isEmpty(),
                "max_age must be a number of seconds");
        return seconds.map(Long::valueOf);
    }
}

package dev.roster.access.federation;

import dev.roster.access.client.SignInClients;
import dev.roster.access.federation.FederatedAccounts.DirectoryAccount;
import dev.roster.access.federation.SignInRefused.Reason;
import dev.roster.access.federation.TrustedIssuers.Trusted;
import dev.roster.access.token.AccessToken;
import dev.roster.access.token.TokenGrants;
import dev.roster.access.token.TokenTerms;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.http.Origin;
import dev.roster.platform.persistence.UniqueRow;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.platform.request.OwnContext;
import dev.roster.user.User;
import dev.roster.user.UserStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Signs persons in through trusted issuers, by the code flow with PKCE, a nonce and a state that belongs to one browser
 * (OpenID Connect Core section 3.1, RFC 7636, RFC 9700 section 2.1). All fail with {@link SignInRefused}, and with {@code
 * not_found} for an issuer through which nobody signs in.
 */
@ApplicationScoped
public class FederatedSignIns {
    private final TrustedIssuers issuers;
    private final AuthorizationRequests requests;
    private final SignInAttempts attempts;
    private final TokenEndpoint tokens;
    private final IdentityTokenVerifier verifier;
    private final FederatedAccounts accounts;
    private final SignInClients clients;
    private final TokenGrants grants;
    private final RefusedSignIns refused;
    private final Validator rules;
    private final Clock clock;

    FederatedSignIns(
            TrustedIssuers issuers,
            AuthorizationRequests requests,
            SignInAttempts attempts,
            TokenEndpoint tokens,
            IdentityTokenVerifier verifier,
            FederatedAccounts accounts,
            SignInClients clients,
            TokenGrants grants,
            RefusedSignIns refused,
            Validator rules,
            Clock clock) {
        this.issuers = issuers;
        this.requests = requests;
        this.attempts = attempts;
        this.tokens = tokens;
        this.verifier = verifier;
        this.accounts = accounts;
        this.clients = clients;
        this.grants = grants;
        this.refused = refused;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * An issuer that persons can go on with.
     *
     * @param issuer the operator's name for it
     * @param displayName what persons know it by
     * @param organization whose persons can
     */
    public record Offer(String issuer, String displayName, String organization) {}

    /** Through whom the persons of an organization can sign in. */
    public List<Offer> offers(String organization) {
        return issuers.ofOrganization(organization).stream()
                .map(FederatedSignIns::offer)
                .toList();
    }

    /** What persons know an issuer by. */
    public Offer offer(String issuer) {
        return offer(trusted(issuer).issuer());
    }

    private static Offer offer(TrustedIssuer issuer) {
        return new Offer(issuer.name(), issuer.client().orElseThrow().displayName(), issuer.organization());
    }

    /** The URL of the issuer to which the browser has to go; {@code rate_limited}. */
    public Uni<String> begin(String issuer, BeginSignIn begin) {
        Trusted trusted = trusted(issuer);
        return refused.reporting(trusted.issuer(), metadata(trusted).chain(metadata -> attempts.organization(
                                trusted.issuer().organization())
                        .map(found -> found.filter(begin::isFor).orElseThrow(ErrorCode.NOT_FOUND::refusal))
                        .chain(organization -> attempts.add(organization, issuer, begin))
                        .map(attempt -> requests.url(metadata, trusted.issuer(), attempt, begin.chooses()))))
                .onFailure(SignInRefused.class)
                .transform(failure -> ((SignInRefused) failure).of(begin));
    }

    /** The person that an issuer sends back; the answer is good once, and in the browser that was sent there. */
    public Uni<FederatedPerson> complete(String issuer, String browser, ProviderAnswer answer) {
        Trusted trusted = trusted(issuer);
        return refused.reporting(
                trusted.issuer(),
                attempts.take(answer.state(), browser)
                        .map(found -> found.filter(attempt -> attempt.issuer().equals(issuer))
                                .orElseThrow(() ->
                                        new SignInRefused(Reason.UNKNOWN_ATTEMPT, "the state is not of this browser")))
                        .chain(attempt -> OwnContext.keep(identify(trusted, attempt, answer))));
    }

    private Uni<FederatedPerson> identify(Trusted trusted, SignInAttempt attempt, ProviderAnswer answer) {
        TrustedIssuer issuer = trusted.issuer();
        Uni<FederatedPerson> identified = metadata(trusted)
                .chain(metadata -> tokens.exchange(
                        metadata,
                        issuer.client().orElseThrow(),
                        requests.code(metadata, issuer, answer),
                        attempt.verifier(),
                        requests.redirectUri(issuer)))
                .chain(token -> verifier.verify(token, trusted, attempt))
                .map(token -> FederatedPerson.of(attempt, token, FederatedProfile.of(token, rules), clock.instant()));
        return refused.recording(attempt, issuer, null, identified);
    }

    /** Counts and records how a use case ends that is for this person alone, such as the acceptance of an invite. */
    public <T> Uni<T> reporting(FederatedPerson person, Uni<T> work) {
        TrustedIssuer issuer = person.token().from().issuer();
        return refused.reporting(issuer, refused.recording(person.attempt(), issuer, null, work))
                .invoke(done -> refused.none(issuer));
    }

    /** A token in a new session of the person's account, which is made where the issuer makes accounts. */
    public Uni<AccessToken> signIn(FederatedPerson person, Origin origin) {
        TrustedIssuer issuer = person.token().from().issuer();
        TokenTerms terms = TokenTerms.of(Optional.empty(), origin).provenBy(issuer.url());
        return refused.reporting(
                issuer,
                OwnContext.keep(accounts.find(person.token()))
                        .onFailure(AuthenticationFailedException.class)
                        .transform(gone -> noAccount().of(person.attempt()))
                        .chain(account ->
                                refused.recording(person.attempt(), issuer, account.id(), signIn(account, terms)))
                        .invoke(token -> refused.none(issuer)));
    }

    private Uni<AccessToken> signIn(DirectoryAccount account, TokenTerms terms) {
        if (!account.isActive()) {
            return Uni.createFrom().failure(noAccount());
        }
        return UnitOfWork.transaction(() -> UniqueRow.required(
                                User.lockById(account.organizationId(), account.id())
                                        .map(user -> user == null || user.status != UserStatus.ACTIVE ? null : user),
                                FederatedSignIns::noAccount)
                        .chain(user -> clients.of(user, account.organization(), account.organizationGeneration())))
                .chain(client -> grants.grantTo(client, terms))
                .map(token -> token.orElseThrow(FederatedSignIns::noAccount));
    }

    private static Uni<ProviderMetadata> metadata(Trusted trusted) {
        return OwnContext.keep(trusted.metadata().get())
                .onFailure()
                .transform(failure -> new SignInRefused(Reason.UNAVAILABLE, failure.getMessage()));
    }

    private Trusted trusted(String issuer) {
        return issuers.ofSignIns(issuer).orElseThrow(ErrorCode.NOT_FOUND::refusal);
    }

    private static SignInRefused noAccount() {
        return new SignInRefused(Reason.NO_ACCOUNT, "the person has no active account");
    }
}

package dev.roster.access.grant;

import dev.roster.access.application.Application;
import dev.roster.access.client.AuthenticatedApplication;
import dev.roster.access.client.Secret;
import dev.roster.access.session.ApplicationSessions;
import dev.roster.access.session.Session;
import dev.roster.access.session.TokenSpan;
import dev.roster.access.token.OAuthError;
import dev.roster.caller.Role;
import dev.roster.platform.database.NoConnectionException;
import dev.roster.platform.database.WorkOwner;
import dev.roster.platform.http.Origin;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;

/**
 * Gives tokens for a code, once (RFC 6749 section 10.5), of any number of requests on all replicas. What comes second ends
 * what the first got. A wrong verifier or address uses the code up too: where they are wrong, somebody else has the code.
 */
@ApplicationScoped
class CodeExchange {
    private static final Uni<Optional<Granted>> REFUSED = Uni.createFrom().item(Optional.empty());

    private final CodeUse codes;
    private final ApplicationSessions sessions;
    private final ApplicationAccess access;
    private final Clock clock;

    CodeExchange(CodeUse codes, ApplicationSessions sessions, ApplicationAccess access, Clock clock) {
        this.codes = codes;
        this.sessions = sessions;
        this.access = access;
        this.clock = clock;
    }

    /** What the code gives; empty where it gives nothing. */
    Uni<Optional<Granted>> exchange(AuthenticatedApplication application, CodeProof proof, Origin origin) {
        return codes.find(application.organizationId(), proof.code())
                .map(found -> found.filter(code -> code.applicationId().equals(application.id())))
                // It proves whose one without a secret is
                .invoke(found -> found.ifPresent(code -> WorkOwner.set(code.organizationId())))
                .chain(found -> found.map(code -> exchange(application, code, proof, origin))
                        .orElse(REFUSED));
    }

    private Uni<Optional<Granted>> exchange(
            AuthenticatedApplication application, AuthorizationCode code, CodeProof proof, Origin origin) {
        if (code.used()) {
            return codes.again(code, application.clientId()).chain(() -> REFUSED);
        }
        if (!code.expiresAt().isAfter(clock.instant())) {
            return REFUSED;
        }
        OffsetDateTime now = Rows.now(clock);
        return codes.claim(code, now)
                // Perhaps it was, and the answer was lost
                .onFailure(failure -> proof.fits(code) && !(failure instanceof NoConnectionException))
                .call(() -> codes.release(code, now))
                .chain(first -> {
                    if (!first) {
                        return codes.again(code, application.clientId()).chain(() -> REFUSED);
                    }
                    return proof.fits(code) ? grant(application, code, now, origin) : REFUSED;
                });
    }

    private Uni<Optional<Granted>> grant(
            AuthenticatedApplication application, AuthorizationCode code, OffsetDateTime claimedAt, Origin origin) {
        return UnitOfWork.transaction(() -> User.lockById(code.organizationId(), code.userId())
                        .chain(account -> CodeUse.browser(code)
                                .chain(browser -> isStillGood(application, account, browser)
                                        .chain(good -> good
                                                ? grant(application, account, code, browser, origin)
                                                        .map(Optional::of)
                                                : REFUSED))))
                .onFailure(failure -> !(failure instanceof OAuthError))
                .call(() -> codes.release(code, claimedAt));
    }

    private Uni<Boolean> isStillGood(AuthenticatedApplication application, User account, CodeUse.Browser browser) {
        Uni<Boolean> no = Uni.createFrom().item(false);
        return account == null
                ? no
                : Application.keep(account.organizationId, application.id())
                        .chain(kept -> kept ? sessions.isOpen(account, browser.id()) : no)
                        .chain(open -> open ? access.isAllowed(application, account) : no);
    }

    private Uni<Granted> grant(
            AuthenticatedApplication application,
            User account,
            AuthorizationCode code,
            CodeUse.Browser browser,
            Origin origin) {
        Role role = account.role.atMost(browser.foreignRole());
        Collection<String> scopes = ApplicationAccess.scopes(application, role, code.scopes());
        String token = RefreshToken.next(Secret.random(), Secret.random());
        TokenSpan usual = access.usualSpan();
        return sessions.open(account, application.id(), application.clientId(), origin, usual)
                .chain(session -> keep(session, code, browser, token)
                        .chain(grant -> codes.gave(code, grant.id, application.clientId())
                                .chain(ended -> access.granted(
                                        application,
                                        account,
                                        grant,
                                        code.nonce(),
                                        scopes,
                                        token,
                                        usual.within(session.expiresAt),
                                        ended))));
    }

    private Uni<ApplicationGrant> keep(Session session, AuthorizationCode code, CodeUse.Browser browser, String token) {
        return grant(session, code, browser).<ApplicationGrant>persistAndFlush().call(grant -> RefreshToken.of(
                        grant.organizationId, grant.id, token, clock.instant())
                .persistAndFlush());
    }

    private static ApplicationGrant grant(Session session, AuthorizationCode code, CodeUse.Browser browser) {
        ApplicationGrant grant = new ApplicationGrant();
        grant.organizationId = session.organizationId;
        grant.id = session.id;
        grant.applicationId = code.applicationId();
        grant.browserSessionId = browser.id();
        grant.scopes = code.scopes().toArray(String[]::new);
        grant.authenticatedAt = code.authenticatedAt();
        grant.foreignRole = browser.foreignRole();
        grant.createdAt = session.createdAt;
        return grant;
    }
}

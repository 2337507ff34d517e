package dev.roster.email;

import dev.roster.access.token.LinkToken;
import dev.roster.audit.AuditEvent;
import dev.roster.audit.AuditLog;
import dev.roster.audit.AuditType;
import dev.roster.caller.Caller;
import dev.roster.mail.Post;
import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.PastOfOrganizations;
import dev.roster.platform.digest.SentForm;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.limit.RateLimit;
import dev.roster.platform.limit.RateLimits;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.user.ActiveOrganization;
import dev.roster.user.Identifiers;
import dev.roster.user.OwnEmailChange;
import dev.roster.user.User;
import dev.roster.user.UserEdits;
import dev.roster.user.UserStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/**
 * A person's own change of address: it waits for the link that is sent to the new one, so that
 * nobody takes an address that somebody else reads.
 */
@ApplicationScoped
public class EmailChanges implements OwnEmailChange {
    // Long enough for a mail that a server puts off, too short to be found in an old mailbox
    private static final Duration LIFETIME = Duration.ofHours(24);

    // Enough to correct mistakes; more than this in a mailbox is a nuisance
    private static final RateLimit MAILS = new RateLimit("email-change", 5, Duration.ofHours(1));

    private final UserEdits edits;
    private final EmailChangeMail mail;
    private final EmailChangeCodes codes;
    private final Post post;
    private final RateLimits limits;
    private final AuditLog audit;
    private final Clock clock;

    EmailChanges(
            UserEdits edits,
            EmailChangeMail mail,
            EmailChangeCodes codes,
            Post post,
            RateLimits limits,
            AuditLog audit,
            Clock clock) {
        this.codes = codes;
        this.audit = audit;
        this.edits = edits;
        this.mail = mail;
        this.post = post;
        this.limits = limits;
        this.clock = clock;
    }

    /** Deletes those whose links nobody used in time. */
    @Produces
    @Singleton
    static Cleaner expired(Pool database, Clock clock) {
        return new Cleaner(
                "EmailChangeCleaner",
                database,
                Duration.ofMinutes(10),
                new PastOfOrganizations("email_changes", "id", "expires_at", "<=", clock::instant));
    }

    /**
     * Sends a link to the address that a person wants; {@code email_taken}, {@code
     * federated_account}, {@code rate_limited}, {@code forbidden} where no mail can be sent.
     */
    @Override
    public Uni<Void> request(Caller caller, User user, String email) {
        ErrorCode.FEDERATED_ACCOUNT.unless(!user.isFederated());
        if (email.isEmpty() || !post.hasServer()) {
            throw RosterException.of(
                    ErrorCode.FORBIDDEN,
                    email.isEmpty()
                            ? "Only an administrator takes an e-mail address away."
                            : "Without a mail server, only an administrator changes an e-mail address.");
        }
        return Identifiers.requireFree(user, email)
                .chain(() -> limits.spend(MAILS, user.organizationId, user.id.toString()))
                .chain(() -> wait(user, email))
                .call(change -> audit.record(requested(user, change)))
                .chain(mail::post);
    }

    /**
     * Gives an account the address that a link was sent to, once; {@code email_change_ended},
     * {@code email_taken}, {@code organization_deactivated}.
     */
    public Uni<Void> confirm(LinkToken token) {
        return confirm(token, user -> Uni.createFrom().voidItem());
    }

    /**
     * The same by the code of a link. The same form of the same browser is answered as before, as a second click overtakes
     * the answer to the first.
     *
     * @param browser what only the browser knows whose form it is
     */
    public Uni<Void> confirm(String code, String browser) {
        SentForm form = SentForm.of(browser, code);
        return codes.preview(code)
                .chain(found -> confirm(found.token(), user -> codes.use(form, found.token(), user)))
                .onFailure(ErrorCode.EMAIL_CHANGE_ENDED::isOf)
                .recoverWithUni(ended -> codes.isUsed(form, code)
                        .invoke(ErrorCode.EMAIL_CHANGE_ENDED::unless)
                        .replaceWithVoid());
    }

    private Uni<Void> confirm(LinkToken token, Function<User, Uni<Void>> used) {
        return UnitOfWork.transaction(() -> User.lockById(token.organizationId(), token.subjectId())
                .call(user -> confirm(token, user))
                .chain(user -> used.apply(user)));
    }

    private Uni<Void> confirm(LinkToken token, User user) {
        ErrorCode.EMAIL_CHANGE_ENDED.unless(user != null && user.status == UserStatus.ACTIVE);
        return EmailChange.of(user.organizationId, user.id)
                .invoke(change -> require(change, token.id()))
                .call(() -> ActiveOrganization.require(user.organizationId))
                .map(change -> change.email)
                .chain(email -> edits.changeEmail(user, email));
    }

    private static AuditEvent requested(User user, EmailChange change) {
        return AuditEvent.of(user.organizationId, AuditType.USER_EMAIL_CHANGE_REQUESTED)
                .onAccount(user.id)
                .with("email", change.email)
                .with("expires_at", change.expiresAt);
    }

    private void require(EmailChange change, UUID tokenId) {
        ErrorCode.EMAIL_CHANGE_ENDED.unless(change != null
                && change.tokenId.equals(tokenId)
                && clock.instant().isBefore(change.expiresAt));
    }

    private Uni<EmailChange> wait(User user, String email) {
        return EmailChange.of(user.organizationId, user.id).chain(found -> {
            Instant now = clock.instant();
            EmailChange change = found == null ? new EmailChange() : found;
            change.organizationId = user.organizationId;
            change.id = user.id;
            change.email = email;
            change.tokenId = UUID.randomUUID();
            change.expiresAt = now.plus(LIFETIME);
            change.createdAt = now;
            return change.persist();
        });
    }
}

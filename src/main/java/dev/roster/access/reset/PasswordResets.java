package dev.roster.access.reset;

import dev.roster.access.apikey.ApiKeys;
import dev.roster.access.client.Clients;
import dev.roster.caller.Brand;
import dev.roster.platform.background.Cleaner;
import dev.roster.platform.background.Cleaner.PastOfOrganizations;
import dev.roster.platform.digest.OpaqueSecret;
import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.UnitOfWork;
import dev.roster.revocation.Revocations;
import dev.roster.user.ActiveOrganization;
import dev.roster.user.Asker;
import dev.roster.user.ContextWords;
import dev.roster.user.Passwords;
import dev.roster.user.User;
import dev.roster.user.UserEdits;
import dev.roster.user.UserStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** The use case of who reads the mail of an account: choose a new password, once. Looking at a link changes nothing. */
@ApplicationScoped
public class PasswordResets {
    private static final String REASON = "password_reset";

    private static final String FIND = """
            SELECT u.id, o.name, o.display_name, u.username, u.email, u.display_name, u.full_name, o.logo_digest,
                   o.support_url
              FROM password_resets r
              JOIN users u ON u.organization_id = r.organization_id AND u.id = r.id
              JOIN organizations o ON o.id = r.organization_id
             WHERE r.organization_id = $1 AND r.digest = $2 AND r.expires_at > $3 AND %s
               AND u.status = 'active' AND u.oauth_provider IS NULL AND o.status = 'active'
            """;

    private static final String OPEN = FIND.formatted("u.email = r.email");

    // A link that was used is followed by one without an address, see ResetEnds
    private static final String USED = FIND.formatted("r.email = ''");

    private static final String USE = "UPDATE password_resets SET digest = $3 WHERE organization_id = $1 AND id = $2";

    private final Pool database;
    private final Passwords passwords;
    private final UserEdits edits;
    private final ApiKeys keys;
    private final Clients secrets;
    private final ResetNotice notice;
    private final Revocations revocations;
    private final Clock clock;

    PasswordResets(
            Pool database,
            Passwords passwords,
            UserEdits edits,
            ApiKeys keys,
            Clients secrets,
            ResetNotice notice,
            Revocations revocations,
            Clock clock) {
        this.database = database;
        this.passwords = passwords;
        this.edits = edits;
        this.keys = keys;
        this.secrets = secrets;
        this.notice = notice;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** Deletes those whose links nobody used in time. */
    @Produces
    @Singleton
    static Cleaner expired(Pool database, Clock clock) {
        return new Cleaner(
                "ResetCleaner",
                database,
                Duration.ofMinutes(10),
                new PastOfOrganizations("password_resets", "id", "expires_at", "<=", clock::instant));
    }

    /** Whose password the code of a link sets; {@code password_reset_ended}. */
    public Uni<ResetPreview> preview(String code) {
        OpaqueSecret secret = OpaqueSecret.read(code).orElseThrow(ErrorCode.PASSWORD_RESET_ENDED::refusal);
        return find(OPEN, secret.organizationId(), secret.digest());
    }

    private Uni<ResetPreview> find(String sql, UUID organizationId, Buffer digest) {
        return database.preparedQuery(sql)
                .execute(Tuple.of(organizationId, digest, Rows.now(clock)))
                .map(rows -> Rows.first(rows, row -> preview(organizationId, row))
                        .orElseThrow(ErrorCode.PASSWORD_RESET_ENDED::refusal));
    }

    /**
     * Sets a new password, once, and ends what was signed in before, on every replica; {@code password_reset_ended}, {@code
     * organization_deactivated}, {@code invalid_request} where the password is refused. The same form of the same browser is
     * answered as before, as a second click overtakes the answer to the first.
     */
    public Uni<ResetPreview> reset(ResetPassword reset) {
        // Looked for before the password is hashed, which costs far more, and again behind the lock
        return preview(reset.code())
                .call(found -> hash(reset, found)
                        .chain(hash ->
                                UnitOfWork.transaction(() -> User.lockById(found.organizationId(), found.userId())
                                        .call(user -> requireOpen(user, reset.code()))
                                        .chain(user -> set(user, hash, reset)))))
                .onFailure(ErrorCode.PASSWORD_RESET_ENDED::isOf)
                .recoverWithUni(ended -> doneBefore(reset))
                .call(revocations::settleIfAny);
    }

    private Uni<ResetPreview> doneBefore(ResetPassword reset) {
        return reset.form()
                .digest()
                .flatMap(sent -> OpaqueSecret.read(reset.code()).map(code -> find(USED, code.organizationId(), sent)))
                .orElseGet(() -> Uni.createFrom().failure(ErrorCode.PASSWORD_RESET_ENDED.refusal()));
    }

    private Uni<String> hash(ResetPassword reset, ResetPreview found) {
        ContextWords words = ContextWords.of(
                found.organization(), found.username(), found.email(), found.displayName(), found.fullName());
        return passwords.hash(
                reset.password(),
                words,
                Asker.stranger(reset.ipAddress(), found.organizationId(), "reset " + found.userId()));
    }

    private Uni<Void> requireOpen(User user, String code) {
        if (user == null || user.status != UserStatus.ACTIVE || user.isFederated()) {
            throw ErrorCode.PASSWORD_RESET_ENDED.refusal();
        }
        return PasswordReset.of(user.organizationId, user.id)
                .invoke(found -> requireOpen(user, found, code))
                .chain(() -> ActiveOrganization.require(user.organizationId));
    }

    private void requireOpen(User user, PasswordReset found, String code) {
        byte[] digest = OpaqueSecret.read(code).orElseThrow().digest().getBytes();
        ErrorCode.PASSWORD_RESET_ENDED.unless(found != null
                && MessageDigest.isEqual(found.digest, digest)
                && found.email.equals(user.email)
                && clock.instant().isBefore(found.expiresAt));
    }

    private Uni<Void> set(User user, String hash, ResetPassword reset) {
        Uni<Void> changed = edits.resetPassword(user, hash).chain(() -> notice.post(user));
        Uni<Void> used = changed.chain(() -> reset.form()
                .digest()
                .map(sent -> SessionSql.update(USE, user.organizationId, user.id, sent)
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem()));
        return reset.revokeKeys()
                ? used.chain(() -> keys.revokeAll(user, REASON)).chain(() -> secrets.revokeSecrets(user, REASON))
                : used;
    }

    private static ResetPreview preview(UUID organizationId, Row row) {
        return new ResetPreview(
                organizationId,
                row.getUUID(0),
                row.getString(1),
                Brand.of(organizationId, row.getString(2), row.getString(7), row.getString(8)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }
}

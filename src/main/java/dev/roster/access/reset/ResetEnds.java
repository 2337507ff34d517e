package dev.roster.access.reset;

import dev.roster.platform.digest.OpaqueSecret;
import dev.roster.platform.persistence.Rows;
import dev.roster.platform.persistence.SessionSql;
import dev.roster.platform.persistence.Uuids;
import dev.roster.user.AccountFollower;
import dev.roster.user.User;
import dev.roster.user.UserBefore;
import dev.roster.user.UserKind;
import dev.roster.user.UserStatus;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/** Ends the link to a new password with what it rests on: the password, the address and the state of the account. */
@Singleton
class ResetEnds implements AccountFollower {
    // In the place of a link comes one that nobody has, as if it had been asked for now. It stays until those are over
    // that were asked for before: their mail may still wait, or be sent again, and would open another
    private static final String END = """
            INSERT INTO password_resets AS r (organization_id, id, request_id, digest, email, expires_at, created_at)
            SELECT CAST($1 AS uuid), u.id, $3, $4, '', $5, $6 FROM users u WHERE u.organization_id = $1 AND u.id = $2
                ON CONFLICT ON CONSTRAINT password_resets_pk DO UPDATE
               SET request_id = greatest(r.request_id, excluded.request_id), digest = excluded.digest, email = '',
                   expires_at = greatest(r.expires_at, excluded.expires_at)
            """;

    private final ResetSettings settings;
    private final Clock clock;

    ResetEnds(ResetSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Rank rank() {
        return Rank.PASSWORDS;
    }

    @Override
    public Uni<Void> onPasswordChange(User user) {
        return end(user);
    }

    @Override
    public Uni<Void> afterChange(UserBefore before, User user) {
        return before.status() != user.status || !Objects.equals(before.email(), user.email)
                ? end(user)
                : Uni.createFrom().voidItem();
    }

    /** No link is for any other account; one that becomes active comes here once more. */
    private Uni<Void> end(User user) {
        if (user.kind != UserKind.PERSON || user.status != UserStatus.ACTIVE) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.instant();
        return SessionSql.update(
                        END,
                        user.organizationId,
                        user.id,
                        Uuids.v7(now),
                        OpaqueSecret.random(user.organizationId).digest(),
                        Rows.utc(now.plus(settings.lifetime())),
                        Rows.utc(now))
                .replaceWithVoid();
    }
}

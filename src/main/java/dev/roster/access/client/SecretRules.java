package dev.roster.access.client;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.ChosenEnd;
import dev.roster.user.User;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The limits of secrets: how long one lives, and how many an account has. */
@Singleton
public class SecretRules {

    private final Optional<Duration> usual;
    private final Optional<Duration> longest;
    private final int most;

    SecretRules(SecretSettings settings) {
        longest = settings.maxLifetime();
        usual = settings.lifetime().or(() -> longest);
        most = settings.perAccount();
    }

    /**
     * When a new secret ends, null where it never does; {@code invalid_request} names the field.
     *
     * @param wanted null takes the usual life
     */
    public Instant end(String field, Instant wanted, Instant now) {
        if (wanted == null) {
            return usual.map(now::plus).orElse(null);
        }
        ChosenEnd.requireLater(field, wanted, now);
        longest.ifPresent(life -> ChosenEnd.requireWithin(field, wanted, now, life, " (ROSTER_SECRETS_MAX_LIFETIME)"));
        return wanted;
    }

    /** Refuses with {@code secret_limit_reached} one more secret of a locked account. */
    Uni<Void> requireRoom(User user, Instant now) {
        return Client.countUsable(user.organizationId, user.id, now)
                .invoke(this::requireRoom)
                .replaceWithVoid();
    }

    /** Refuses with {@code secret_limit_reached} one more secret where there are so many. */
    public void requireRoom(long usable) {
        if (usable >= most) {
            throw RosterException.of(ErrorCode.SECRET_LIMIT_REACHED, "There are " + most + " usable secrets already.");
        }
    }
}

package dev.roster.user;

import dev.roster.platform.validation.CanonicalText;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Hashes and checks passwords with Argon2id (RFC 9106), on threads of its own: one hash on an event
 * loop would stall every other request on it.
 */
@Startup // reads its list of common passwords
@ApplicationScoped
public class Passwords {
    // Each takes a core and its memory while it runs; more at once would only make all of them
    // slow.
    private static final int THREADS = 2;

    private final PasswordPolicy policy = PasswordPolicy.load();
    private final Argon2id argon2id;
    private final WorkerExecutor workers;
    private final HashingTurns turns;

    Passwords(Vertx vertx, PasswordHashSettings settings) {
        argon2id = new Argon2id(settings);
        workers = vertx.createSharedWorkerExecutor("passwords", THREADS);
        turns = new HashingTurns(workers, THREADS);
    }

    @PreDestroy
    void close() {
        workers.close();
    }

    /**
     * The hash to keep of a new password; {@code invalid_request} where the policy refuses it,
     * {@code rate_limited} or {@code unavailable} where too many wait already.
     *
     * @param words what it must not consist of
     */
    public Uni<String> hash(String password, ContextWords words, Asker asker) {
        String accepted = policy.check(password, words);
        return turns.run(asker, 1, () -> argon2id.hash(accepted));
    }

    /**
     * Whether a password is the one of a hash; {@code rate_limited} or {@code unavailable} as
     * above.
     *
     * @param hash null, as of an account without a password, takes as long and matches nothing
     */
    public Uni<Boolean> matches(String password, String hash, Asker asker) {
        // Nobody has one that is too long to be set; it must not be told apart by its time either.
        Optional<String> composed = CanonicalText.compose(password);
        if (composed.isPresent() && hash != null && !Argon2id.isOwn(hash)) {
            return matchesForeign(password, composed.get(), hash, asker);
        }
        String known = composed.isPresent() ? hash : null;
        return turns.run(asker, argon2id.worth(known), () -> argon2id.matches(composed.orElse(""), known));
    }

    /** Other systems may have taken the text as it was typed: that is looked at in a turn of its own. */
    private Uni<Boolean> matchesForeign(String password, String composed, String hash, Asker asker) {
        boolean once = composed.equals(password);
        Uni<Boolean> first = matchesForeign(composed, hash, asker, once);
        return once
                ? first
                : first.chain(
                        right -> right ? Uni.createFrom().item(true) : matchesForeign(password, hash, asker, true));
    }

    private Uni<Boolean> matchesForeign(String password, String hash, Asker asker, boolean last) {
        KnownHash known = PasswordHashes.kept(hash);
        return turns.run(asker, argon2id.worth(known.cost(), known.kib()), () -> {
            long start = System.nanoTime();
            boolean right = known.check().test(password);
            if (right || last) {
                argon2id.fill(System.nanoTime() - start);
            }
            return right;
        });
    }

    /** Whether a hash is of another kind than a new one, or has another cost. */
    boolean isOutdated(String hash) {
        return !Argon2id.isOwn(hash) || argon2id.isOutdated(hash);
    }

    /** Another hash of a password that an account has: what was taken once stays good. */
    Uni<String> rehash(String password, Asker asker) {
        String composed = CanonicalText.compose(password).orElseThrow();
        return turns.run(asker, 1, () -> argon2id.hash(composed));
    }
}

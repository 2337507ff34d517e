package dev.roster.user;

import dev.roster.platform.error.ErrorCode;
import dev.roster.platform.error.RosterException;
import dev.roster.platform.validation.CanonicalText;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes and checks passwords with Argon2id (RFC 9106), on threads of its own: one hash on an event
 * loop would stall every other request on it.
 */
@Startup // reads its list of common passwords
@ApplicationScoped
public class Passwords {
    // Each takes a core and 19 MiB while it runs; more at once would only make all of them slow.
    private static final int THREADS = 2;
    // About two seconds of work for the threads: who comes later is better served by a 503.
    private static final int MOST_WAITING = 64;

    private final PasswordPolicy policy = PasswordPolicy.load();
    private final Argon2id argon2id = new Argon2id();
    private final AtomicInteger waiting = new AtomicInteger();
    private final WorkerExecutor workers;

    Passwords(Vertx vertx) {
        workers = vertx.createSharedWorkerExecutor("passwords", THREADS);
    }

    @PreDestroy
    void close() {
        workers.closeAndAwait();
    }

    /**
     * The hash to keep of a new password; {@code invalid_request} where the policy refuses it,
     * {@code unavailable} where too many wait already.
     */
    public Uni<String> hash(String password) {
        String accepted = policy.check(password);
        return work(() -> argon2id.hash(accepted));
    }

    /**
     * Whether a password is the one of a hash.
     *
     * @param hash null, as of an account without a password, takes as long and matches nothing
     */
    public Uni<Boolean> matches(String password, String hash) {
        // Nobody has one that is too long to be set; it must not be told apart by its time either.
        Optional<String> composed = CanonicalText.compose(password);
        return work(
                () -> argon2id.matches(composed.orElse(""), composed.isPresent() ? hash : null));
    }

    private <T> Uni<T> work(Callable<T> task) {
        return Uni.createFrom()
                .deferred(
                        () -> {
                            if (waiting.incrementAndGet() > MOST_WAITING) {
                                waiting.decrementAndGet();
                                throw RosterException.of(ErrorCode.UNAVAILABLE);
                            }
                            return workers.executeBlocking(task, false)
                                    .onTermination()
                                    .invoke(waiting::decrementAndGet);
                        });
    }
}
